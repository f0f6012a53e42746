"""The pages of values, as each of the cast sees them."""

import re
import uuid
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dialoog.partnerships.models import ConflictCopy, Event
from tests.values import make
from values.models import SUGGESTIONS, Value, ValueEnvelope, ValuePractice, ValueView
from values.report import chapters
from values.waiting import waiting

CANARY = "kanarie-onder-het-zegel"


def words(answer):
    return answer.content.decode()


def plainly(answer):
    """The page without what differs on every page: the token of a form, the time, and how far the stream was heard."""
    text = re.sub(r'name="(csrfmiddlewaretoken|key)" value="[^"]*"', "", words(answer))
    return re.sub(r'data-(stream|now)="[^"]*"', "", text)


@pytest.mark.promise("P1")
def test_nothing_on_annas_pages_changes_while_bram_fills_his_envelope(browse, bram, dora, anna, nico):
    make.view(anna, "Zorgvuldigheid")
    routes = ("values:list", "values:own", "values:write", "start")
    before = [plainly(browse(anna).at(route)) for route in routes]
    neutral, waited = plainly(browse(nico).at("values:list")), waiting(anna)
    for number in range(3):
        view = make.view(bram, f"Waarde {number} {CANARY}", CANARY)
    view.write(dora, 1, meaning=f"Anders {CANARY}")
    view.write(bram, 1, meaning=f"Nog anders {CANARY}")
    assert words(browse(dora).at("values:own")).count(CANARY) >= 6
    assert "Erin: drie waarden" in words(browse(dora).at("values:list"))
    assert [plainly(browse(anna).at(route)) for route in routes] == before
    assert plainly(browse(nico).at("values:list")) == neutral
    assert waiting(anna) == waited
    for seat in (anna, nico):
        for route, known in (("values:rewrite", view), ("values:view_history", view)):
            answer = browse(seat).at(route, view=known.pk)
            assert answer.status_code == 404
            assert answer.content == browse(seat).at(route, view=uuid.uuid4()).content
        assert not ConflictCopy.objects.visible_to(seat).exists()


@pytest.mark.promise("P1", control=True)
def test_a_canary_that_lies_open_is_found(browse, bram, anna):
    make.view(bram, CANARY)
    make.opened(bram, anna)
    assert CANARY in words(browse(anna).at("values:list"))


def test_scene_3_both_envelopes_open_at_the_same_moment_for_both(browse, bram, anna):
    make.view(bram, "Respect", "Niet te snel je en jij.")
    make.view(anna, "Zorgvuldigheid", "Elke aanvraag dezelfde aandacht.")
    browse(bram).do("values:release")
    for seat, secret in ((bram, "Elke aanvraag"), (anna, "Niet te snel")):
        assert "Twee enveloppen" in words(browse(seat).at("values:list"))
        assert secret not in words(browse(seat).at("values:list"))
    assert "De cliëntenraad is klaar" in words(browse(anna).at("values:list"))
    browse(anna).do("values:release")
    for seat in (bram, anna):
        told = words(browse(seat).at("values:list"))
        assert "Niet te snel je en jij." in told
        assert "Elke aanvraag dezelfde aandacht." in told


def test_the_list_of_others_comes_after_own_words(browse, bram, dora, anna):
    names = [name for name, _ in SUGGESTIONS]
    for route in ("values:list", "values:own", "values:write"):
        told = words(browse(bram).at(route, {"idee": "1"}))
        assert not any(name in told for name in names)
    make.view(dora, "Rust")
    told = words(browse(bram).at("values:own"))
    assert all(name in told for name in names)
    assert "75 leden van cliëntenraden" in told
    assert 'value="Deskundigheid"' in words(browse(bram).at("values:write", {"idee": "1"}))
    assert not any(name in words(browse(anna).at("values:own")) for name in names)


def test_a_value_without_a_name_or_meaning_comes_back_with_what_was_typed(browse, bram):
    answer = browse(bram).do("values:write", {"name": "", "meaning": "Dit typte ik.", "priority": "2"})
    assert answer.status_code == 422
    assert "Dit typte ik." in words(answer)
    assert "Schrijf de waarde op, in één of een paar woorden." in words(answer)
    assert not ValueView.objects.visible_to(bram).exists()


def test_the_same_value_twice_in_one_envelope_is_refused_and_a_retry_is_not(browse, bram):
    sent = {"key": str(uuid.uuid4()), "name": "Respect", "meaning": "Gehoord worden.", "priority": "2"}
    for _ in range(3):
        assert browse(bram).do("values:write", sent).status_code == 302
    assert ValueView.objects.visible_to(bram).count() == 1
    answer = browse(bram).do("values:write", sent | {"key": str(uuid.uuid4()), "name": "RESPECT "})
    assert answer.status_code == 422
    assert "Deze waarde ligt al in uw envelop." in words(answer)


def test_an_empty_envelope_is_refused_with_a_sentence(browse, bram):
    answer = browse(bram).do("values:release")
    assert answer.status_code == 422
    assert "Uw envelop is nog leeg. Leg er eerst een waarde in." in words(answer)
    assert not ValueEnvelope.of(bram).exists()


def test_writing_after_ready_is_refused_with_a_sentence(browse, bram, dora):
    make.view(bram)
    browse(bram).do("values:release")
    answer = browse(dora).do("values:write", {"name": "Rust", "meaning": "Tijd.", "priority": "2"})
    assert answer.status_code == 422
    assert "Neem dat eerst terug, dan kunt u verder schrijven." in words(answer)


def test_who_said_yes_reads_from_where_one_sits(browse, bram, anna, nico):
    value = make.value(bram, anna)
    assert browse(bram).do("values:agree", {"seen": value.seen, "from": "list"}, value=value.pk).status_code == 302
    assert "Wij zeiden ja</b><br>De gemeente nog niet" in words(browse(bram).at("values:list"))
    assert "De cliëntenraad zei ja</b><br>Wij nog niet" in words(browse(anna).at("values:list"))
    assert "De cliëntenraad zei ja</b><br>De gemeente nog niet" in words(browse(nico).at("values:list"))
    assert "Wij zeggen ja" in words(browse(anna).at("values:list"))
    assert "Wij zeggen ja" not in words(browse(nico).at("values:list"))
    browse(anna).do("values:agree", {"seen": value.seen}, value=value.pk)
    assert "Van ons samen" in words(browse(bram).at("values:list"))
    browse(bram).do("values:retract", value=value.pk)
    assert "De gemeente zei ja</b><br>Wij nog niet" in words(browse(bram).at("values:list"))


def test_a_yes_to_old_words_is_refused_with_a_sentence(browse, bram, anna):
    value = make.value(bram, anna)
    read = value.seen
    value.write(anna, 1, meaning="Wij maken tijd.")
    answer = browse(bram).do("values:agree", {"seen": read}, value=value.pk)
    assert answer.status_code == 422
    assert "De tekst is net veranderd. Lees hem opnieuw en zeg dan ja of nee." in words(answer)


def test_joining_and_taking_apart_by_the_pages(browse, bram, anna, nico):
    make.view(bram, "Ontwikkeling")
    make.view(anna, "Creativiteit")
    make.opened(bram, anna)
    ours, theirs = make.named(bram, "Ontwikkeling"), make.named(bram, "Creativiteit")
    assert "Leg bij elkaar" in words(browse(bram).at("values:detail", value=ours.pk))
    assert "Leg bij elkaar" not in words(browse(nico).at("values:detail", value=ours.pk))
    assert browse(bram).do("values:join", {"other": theirs.pk}, value=ours.pk).status_code == 302
    assert "‘Creativiteit’" in words(browse(anna).at("values:list"))
    assert browse(anna).at("values:detail", value=theirs.pk).status_code == 302
    answer = browse(bram).do("values:join", {"other": theirs.pk}, value=ours.pk)
    assert "Kies een waarde die alleen de andere kant noemde." in words(answer)
    browse(anna).do("values:split", value=ours.pk)
    assert Value.objects.visible_to(bram).listed().count() == 2


@pytest.mark.promise("R1")
def test_a_form_that_is_too_late_is_answered_with_the_three_texts(browse, bram, anna, nico):
    practice = make.practice(bram, make.shared(bram, anna), "Eerst luisteren.")
    sent = {"version": 1, "behaviour": "Eerst horen.", "place": "", "safeguard": ""}
    assert browse(bram).do("values:redescribe", sent, practice=practice.pk).status_code == 302
    answer = browse(anna).do("values:redescribe", sent | {"behaviour": "Eerst vragen."}, practice=practice.pk)
    assert answer.status_code == 409
    for text in ("Eerst luisteren.", "Eerst horen.", "Eerst vragen."):
        assert text in words(answer)
    for seat in (bram, anna, nico):
        told = words(browse(seat).at("values:detail", value=practice.value_id))
        assert "Twee mensen schreven tegelijk" in told
        assert "Eerst vragen." in told
    assert "Neem de tekst van Anna de Wit" not in words(browse(nico).at("values:detail", value=practice.value_id))
    copy = ConflictCopy.objects.visible_to(bram).get()
    joined = {"choice": "joined", "text": "Eerst horen en vragen.", "version": 2}
    assert browse(bram).do("partnerships:settle", joined, copy=copy.pk).status_code == 302
    told = words(browse(anna).at("values:detail", value=practice.value_id))
    assert "Eerst horen en vragen." in told
    assert "Twee mensen schreven tegelijk" not in told


def test_settling_without_a_choice_is_refused_with_a_sentence(browse, bram, anna):
    practice = make.practice(bram, make.shared(bram, anna), "Eerst luisteren.")
    practice.write(bram, 1, behaviour="Eerst horen.")
    (copy,) = practice.write(anna, 1, behaviour="Eerst vragen.")
    answer = browse(anna).do("partnerships:settle", {"choice": "alles"}, copy=copy.pk)
    assert answer.status_code == 422
    assert "Kies eerst welke tekst blijft staan." in words(answer)


def test_a_form_that_met_a_change_elsewhere_says_so(browse, bram, anna):
    practice = make.practice(bram, make.shared(bram, anna), "Eerst luisteren. Dan het formulier.")
    practice.write(bram, 1, behaviour="Eerst luisteren. Dan samen het formulier.")
    sent = {"version": 1, "behaviour": "Eerst goed luisteren. Dan het formulier.", "place": "", "safeguard": ""}
    answer = browse(anna).do("values:redescribe", sent, practice=practice.pk, follow=True)
    assert "Beide teksten staan erin" in words(answer)
    assert "Eerst goed luisteren. Dan samen het formulier." in words(answer)


@pytest.mark.parametrize("version", ["", "oud", "-1", "9" * 40])
def test_a_form_with_a_broken_version_overwrites_nothing(browse, bram, anna, version):
    practice = make.practice(bram, make.shared(bram, anna), "Eerst luisteren.")
    sent = {"version": version, "behaviour": "Alles anders.", "place": "", "safeguard": ""}
    assert browse(anna).do("values:redescribe", sent, practice=practice.pk).status_code == 409
    practice.refresh_from_db()
    assert practice.behaviour == "Eerst luisteren."


def test_an_older_text_comes_back_from_the_history(browse, bram, anna, nico):
    practice = make.practice(bram, make.shared(bram, anna), "Eerst luisteren.")
    practice.write(anna, 1, behaviour="Eerst horen.")
    told = words(browse(bram).at("values:practice_history", practice=practice.pk))
    assert '<del><span class="unseen">weg: </span>luisteren.</del>' in told
    assert "Zet deze tekst terug" not in words(browse(nico).at("values:practice_history", practice=practice.pk))
    sent = {"version": 2, "number": 1}
    assert browse(nico).do("values:practice_history", sent, practice=practice.pk).status_code == 403
    browse(bram).do("values:practice_history", sent, practice=practice.pk)
    practice.refresh_from_db()
    assert practice.behaviour == "Eerst luisteren."


def test_a_shared_value_without_an_example_nudges_until_there_is_one_or_a_reason(browse, bram, anna):
    value = make.shared(bram, anna)
    nudge = "Een gedeelde waarde zonder voorbeeld blijft een mooi woord."
    assert nudge in words(browse(anna).at("values:detail", value=value.pk))
    answer = browse(anna).do("values:waive_practice", {"reason": ""}, value=value.pk)
    assert "Schrijf op waarom het zonder voorbeeld kan." in words(answer)
    browse(anna).do("values:waive_practice", {"reason": "Volgt in mei."}, value=value.pk)
    told = words(browse(bram).at("values:detail", value=value.pk))
    assert nudge not in told
    assert "Volgt in mei." in told


def test_a_value_of_ones_own_comes_on_the_table_by_a_proposal_sent_twice(browse, bram, anna):
    make.opened(bram, anna)
    sent = {"key": str(uuid.uuid4()), "name": "Eenvoud", "meaning": "Gewone woorden."}
    for _ in range(2):
        assert browse(anna).do("values:propose", sent).status_code == 302
    assert Value.objects.visible_to(bram).filter(name="Eenvoud").count() == 1
    assert "Gewone woorden." in words(browse(bram).at("values:list"))
    again = browse(bram).do("values:propose", sent | {"key": str(uuid.uuid4())})
    assert "Deze waarde ligt al open op tafel." in words(again)


def test_a_new_envelope_shows_nothing_until_its_side_is_ready(browse, bram, anna):
    make.opened(bram, anna)
    before = plainly(browse(anna).at("values:list"))
    make.view(bram, CANARY)
    assert "Erin: één waarde" in words(browse(bram).at("values:list"))
    assert plainly(browse(anna).at("values:list")) == before
    browse(bram).do("values:release")
    told = words(browse(anna).at("values:list"))
    assert "De cliëntenraad is klaar" in told
    assert CANARY not in told
    browse(anna).do("values:release")
    assert CANARY in words(browse(anna).at("values:list"))


def test_what_bram_types_is_shown_as_text(browse, bram, anna):
    make.view(bram, "<b>Respect</b>", "<script>alert(1)</script>")
    make.opened(bram, anna)
    told = words(browse(anna).at("values:list"))
    assert "<script>alert" not in told
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in told


def queries(browser, route, **kwargs):
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert browser.at(route, **kwargs).status_code == 200
    return len(counted)


def test_three_and_three_hundred_values_take_the_same_queries(browse, bram, anna):
    for number in range(3):
        make.view(bram, f"Waarde {number}")
    make.opened(bram, anna)
    browser = browse(anna)
    few, few_waiting = queries(browser, "values:list"), len(waiting(anna))
    now = timezone.now()
    Value.objects.bulk_create(
        Value(
            partnership=bram.partnership,
            name=f"Nog een {number}",
            proposed_by=bram,
            proposed_at=now,
        )
        for number in range(297)
    )
    assert queries(browser, "values:list") == few
    with CaptureQueriesContext(connection) as counted:
        assert len(waiting(anna)) == few_waiting
    assert len(counted) == 5


def test_what_waits_is_told_to_both_and_holds_no_secret(bram, anna, nico):
    make.view(bram, CANARY)
    assert [(one.party, one.title) for one in waiting(bram)] == [
        ("council", "Zeg dat uw envelop met waarden open mag"),
        ("municipality", "Waarden in de envelop leggen"),
    ]
    assert [(one.party, one.title) for one in waiting(anna)] == [
        ("council", "Waarden in de envelop leggen"),
        ("municipality", "Schrijf op welke waarden voor u belangrijk zijn"),
    ]
    assert {one.title for one in waiting(nico)} == {"Waarden in de envelop leggen"}
    make.opened(bram, anna)
    value = make.named(bram, CANARY)
    value.agree(bram)
    assert [(one.party, one.title) for one in waiting(nico)] == [
        ("municipality", f"Zegt de gemeente ook ja tegen ‘{CANARY}’?")
    ]
    value.agree(anna)
    account = f"Hoe komt ‘{CANARY}’ terug in uw werk?"
    assert [one.title for one in waiting(anna)] == [*[f"Hoe ziet ‘{CANARY}’ eruit?"] * 2, account]
    other = make.shared(bram, anna, "Rust")
    several = [(one.title, one.url, one.verb) for one in waiting(anna)]
    # Which ones it is about stands there, and the button leads to the first.
    first, second = sorted((value, other), key=lambda one: f"Hoe zien ‘{one.name}’" not in several[0][0])
    both = f"‘{first.name}’ en ‘{second.name}’"
    assert several == [
        *[(f"Hoe zien {both} eruit?", first.address(anna), "Schrijf op")] * 2,
        (f"Hoe komen {both} terug in uw werk?", f"{first.address(anna)}#uitleg", "Schrijf op"),
    ]
    make.practice(anna, other)
    make.account(anna, other)
    make.account(bram, other)
    make.practice(anna, value)
    assert [one.title for one in waiting(anna)] == [account]
    make.account(anna, value)
    make.account(bram, value)
    assert waiting(anna) == []


def test_the_chapter_gives_both_voices_the_same_place(bram, anna, table):
    value = make.shared(bram, anna)
    make.practice(bram, value, "Wie binnenkomt wordt begroet.")
    make.view(bram, CANARY)
    ran = {"started_on": date(2026, 1, 1), "report_signed_at": None}
    project = SimpleNamespace(partnership=table, values=Value.objects.visible_to(bram), **ran)
    (chapter,) = chapters(project)
    told = render_to_string(chapter.template, chapter.context)
    assert (chapter.slot, chapter.title) == ("waarden", "Onze waarden")
    assert "Klantgerichtheid volgens de raad." in told
    assert "Klantgerichtheid volgens de gemeente." in told
    assert "Wie binnenkomt wordt begroet." in told
    assert CANARY not in told


def test_history_of_a_value_is_read_by_all_and_of_an_envelope_by_its_side(bram, dora, anna, nico):
    view = make.view(bram)
    make.opened(bram, anna)
    value = make.named(bram, "Respect")
    value.agree(dora)
    for seat in (bram, anna, nico):
        assert [event.sentence for event in Event.objects.visible_to(seat).about(value)] == ["zei ja tegen ‘Respect’"]
    assert Event.objects.visible_to(dora).about(view).exists()
    assert not Event.objects.visible_to(anna).about(view).exists()
    assert not ValuePractice.objects.visible_to(bram).exists()


def test_what_was_typed_stays_when_a_colleague_just_said_ready(browse, bram, dora):
    view = make.view(bram, "Respect", "Gehoord worden.")
    browse(dora).do("values:release")
    sent = {"version": 1, "name": "Respect", "meaning": "Lang over nagedacht.", "why": "", "priority": "1"}
    answer = browse(bram).do("values:rewrite", sent, view=view.pk)
    assert answer.status_code == 422
    assert "Neem dat eerst terug" in words(answer)
    assert "Lang over nagedacht." in words(answer)


def test_what_was_typed_stays_when_the_envelopes_just_opened(browse, bram, anna):
    view = make.view(bram, "Respect", "Gehoord worden.")
    make.opened(bram, anna)
    sent = {"version": 1, "name": "Andere naam", "meaning": "Lang over nagedacht.", "why": "", "priority": "1"}
    answer = browse(bram).do("values:rewrite", sent, view=view.pk)
    assert answer.status_code == 422
    assert "De enveloppen zijn al open. U kunt hier niets meer aan veranderen." in words(answer)
    assert "Lang over nagedacht." in words(answer)


def test_a_clash_of_choices_is_told_in_words(browse, bram, dora):
    view = make.view(bram, "Respect", "Gehoord worden.")
    sent = {"version": 1, "name": "Respect", "meaning": "Gehoord worden.", "why": "", "priority": "1"}
    browse(bram).do("values:rewrite", sent, view=view.pk)
    answer = browse(dora).do("values:rewrite", sent | {"priority": "3"}, view=view.pk)
    assert answer.status_code == 409
    for label in ("Heel belangrijk", "Dit komt voor ons op de eerste plaats", "Ook belangrijk"):
        assert label in words(answer)
    assert "Heel belangrijk" in words(browse(dora).at("values:view_history", view=view.pk))


@pytest.mark.parametrize("sign", ["\0", "\ud7ff", "‮", "😀"])
def test_odd_signs_are_boring(browse, bram, anna, sign):
    value = make.shared(bram, anna)
    practice = make.practice(bram, value, "Eerst luisteren.")
    practice.write(bram, 1, behaviour="Eerst horen.")
    (copy,) = practice.write(anna, 1, behaviour="Eerst vragen.")
    joined = {"choice": "joined", "text": f"a{sign}b", "version": 2}
    assert browse(anna).do("partnerships:settle", joined, copy=copy.pk).status_code == 302
    reason = {"reason": f"a{sign}b"}
    assert browse(anna).do("values:waive_practice", reason, value=value.pk).status_code == 302
    answer = browse(anna).do("values:describe", {"behaviour": f"a{sign}b"}, value=value.pk)
    assert answer.status_code == 302
    value.refresh_from_db()
    assert value.nudge_reason == f"a{sign}b".replace("\0", "")


def test_the_page_of_a_value_takes_the_same_queries_with_many_examples(browse, bram, anna):
    value = make.shared(bram, anna)
    browser = browse(anna)
    for number in range(3):
        make.practice(bram, value, f"Voorbeeld {number}")
    few = queries(browser, "values:detail", value=value.pk)
    for number in range(20):
        make.practice(anna, value, f"Nog een {number}")
    assert queries(browser, "values:detail", value=value.pk) == few
