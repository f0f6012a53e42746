"""The pages of conversations and cards, without a script; and what the others never see of them."""

import json
import shutil
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dialoog.partnerships.models import ConflictCopy, Event, Party
from experiences import report, waiting
from experiences.models import (
    Consent,
    ContactDetail,
    Fragment,
    FragmentDraft,
    Interview,
    Listening,
    Passage,
    Story,
    Teller,
)
from experiences.vault import Vault
from projects.models import Phase
from tests.experiences import make
from tests.experiences.access import CONSENT
from tests.projects import make as rounds


@pytest.fixture
def project(bram, anna):
    return rounds.project(bram, Phase.COLLECT)


@pytest.fixture
def held(bram, dora, project):
    return make.told(bram, project, interviewers=[bram, dora], code="K4M 72")


def around(bram, dora, **fields):
    """What somebody fills in about a conversation."""
    return {
        "key": str(uuid.uuid4()), "code": "K4M 72", "whose": "client", "held_on": timezone.localdate().isoformat(),
        "interviewers": [str(bram.pk), str(dora.pk)], "form": "together", "place": "home", "approach": "person",
        "minutes": "30", "note": "", **fields,
    }  # fmt: skip


# Without a script


def test_a_conversation_from_the_first_form_to_the_story(browse, bram, dora, project):
    browser = browse(bram)
    answer = browser.do("experiences:begin", around(bram, dora))
    held = Interview.objects.get()
    assert answer.url == bram.url("experiences:consent", interview=held.pk)
    assert (
        "Zonder toestemming schrijft u niets op."
        in browser.at("experiences:interview", interview=held.pk).content.decode()
    )
    browser.do("experiences:consent", CONSENT | {"text": make.text(bram).pk}, interview=held.pk)
    page = browser.at("experiences:interview", interview=held.pk).content.decode()
    assert "Wat gebeurde er?" in page and "code <b" in page and "K4M 72" in page
    browser.do(
        "experiences:interview",
        {
            "happened": "Ik ben 54 jaar.",
            "happened_version": 0,
            "well": "De koffie.",
            "meaning": "mixed",
            "read_back": "ja",
        },
        interview=held.pk,
    )
    story = Story.objects.get()
    assert (story.whole(), story.meaning, story.read_back) == ("Ik ben 54 jaar.\n\nDe koffie.", "mixed", True)
    page = browser.at("experiences:interview", interview=held.pk).content.decode()
    assert "54 jaar → <b>vijftiger</b>" in page


def test_replacing_saves_what_stands_on_the_page_first(browse, bram, held):
    browse(bram).do(
        "experiences:swap",
        {"happened": make.STORY + " Nieuw.", "happened_version": 1, "word": "happened:2:replace:54 jaar"},
        interview=held.pk,
    )
    text = Passage.objects.get(field="happened").text
    assert "vijftiger" in text and text.endswith("Nieuw.")


def test_done_typing_keeps_the_words_on_the_page(browse, bram, held):
    browse(bram).do("experiences:finish", {"well": "De koffie.", "well_version": 0}, interview=held.pk)
    held.refresh_from_db()
    assert held.finished_by == bram
    assert Passage.objects.get(field="well").text == "De koffie."


def test_a_card_from_the_story_to_both_sides(browse, bram, dora, anna, project, held):
    for _ in range(2):
        make.approved(bram, dora, make.told(bram, project))
    writer, reader, other = browse(bram), browse(dora), browse(anna)
    key = str(uuid.uuid4())
    writer.do(
        "experiences:make_card",
        {"key": key, "heading": "Kwartier in de auto", "text": "Mevrouw Jansen riep. Ik ben 54 jaar."},
        interview=held.pk,
    )
    for version in (1, 2):
        writer.do("experiences:clear", {"version": version, "number": 1, "choice": "replace"}, draft=key)
    writer.do("experiences:offer", {"version": 3}, draft=key)
    page = reader.at("experiences:review", draft=key).content.decode()
    assert "Iemand riep. Ik ben vijftiger." in page.replace('<ins class="new">', "").replace("</ins>", "")
    shown = FragmentDraft.objects.get(pk=key).hash
    unread = reader.do("experiences:approve", {"shown": shown}, draft=key)
    assert "Zet eerst het vinkje: u hebt het hele kaartje gelezen." in unread.content.decode()
    reader.do("experiences:approve", {"shown": shown, "read": "ja"}, draft=key)
    assert "Er zijn nog geen kaartjes vrijgegeven." in other.at("experiences:list").content.decode()
    reader.do("experiences:release", project=project.pk)
    assert "Kwartier in de auto" in other.at("experiences:list").content.decode()
    card = Fragment.objects.get(heading="Kwartier in de auto")
    assert "Ik ben vijftiger." in other.at("experiences:fragment", fragment=card.pk).content.decode()


def test_withdrawing_shows_first_what_goes(browse, bram, dora, anna, project):
    cards = make.released(bram, dora, project)
    code = FragmentDraft.objects.get(fragment=cards[0]).teller.code
    browser = browse(dora)
    first = browser.do("withdraw", {"code": code.lower().replace(" ", "")}, follow=True)
    assert "1 kaartje dat beide kanten nu zien" in first.content.decode()
    assert cards[0].heading in first.content.decode()
    assert Fragment.objects.count() == 3 and first.redirect_chain
    browser.do("withdraw", {"code": code, "sure": "ja"})
    # Who goes back in the browser afterwards finds the empty form, and not a page to send again.
    assert code not in browser.at("withdraw").content.decode()
    assert cards[0].heading not in browse(anna).at("experiences:list").content.decode()
    assert Fragment.objects.count() == 2
    again = browser.do("withdraw", {"code": code})
    assert "Dit gesprek is al ingetrokken." in again.content.decode()
    assert "Deze code kennen wij niet." in browser.do("withdraw", {"code": "B2B 22"}).content.decode()


def test_contact_details_stand_on_their_own_page_only(browse, bram, dora, project):
    held = make.told(bram, project, may_call_back=True)
    browser = browse(bram)
    data = {"name": "Fatima Ouali", "phone": "06-87654321", "purpose": "feedback", "delete_by": make.soon()}
    browser.do("experiences:contact", data, interview=held.pk)
    assert "06-87654321" in browser.at("experiences:contact", interview=held.pk).content.decode()
    for route, kwargs in (("experiences:interview", {"interview": held.pk}), ("experiences:list", {})):
        assert "06-87654321" not in browser.at(route, **kwargs).content.decode()
    browser.do("experiences:erase_contact", interview=held.pk)
    assert not ContactDetail.objects.exists()


# Refusals and nudges on the page


def test_one_interviewer_is_a_nudge_with_a_reason(browse, bram, dora, project):
    alone = around(bram, dora, interviewers=[str(bram.pk)])
    page = browse(bram).do("experiences:begin", alone)
    assert page.status_code == 422
    told = page.content.decode()
    assert "Ga liever met z’n tweeën: dat is veiliger" in told and "Toch doorgaan" in told
    # An advice is no fault: nothing on the page is red, and the tick stands above the first field.
    assert 'class="errors"' not in told and "aria-invalid" not in told
    assert told.index('id="id_go_on"') < told.index('id="id_code"')
    without_place = browse(bram).do("experiences:begin", alone | {"place": ""}).content.decode()
    assert "Kies wat voor plek het was." in without_place and "verplicht" not in without_place
    assert without_place.index('class="errors"') < without_place.index('id="id_go_on"')
    browse(bram).do("experiences:begin", alone | {"go_on": "on", "go_on_reason": "Dora was ziek"})
    assert Interview.objects.get().nudge_reason == "Dora was ziek"


def test_only_mail_gets_a_tip(browse, bram, dora, project):
    page = browse(bram).do("experiences:begin", around(bram, dora, approach="mail")).content.decode()
    assert "Met alleen post of mail bereikt u vooral wie toch al meedoet." in page


def test_a_day_that_is_still_to_come_is_refused_and_all_is_kept(browse, bram, dora, project):
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    page = browse(bram).do("experiences:begin", around(bram, dora, held_on=tomorrow, note="Let op de hond"))
    assert page.status_code == 422
    assert "Dit gesprek moet nog komen." in page.content.decode() and "Let op de hond" in page.content.decode()


def test_collecting_before_its_time_is_told_in_a_sentence(browse, bram, dora):
    rounds.project(bram, Phase.VALUES)
    page = browse(bram).do("experiences:begin", around(bram, dora))
    assert page.status_code == 422
    assert "Ophalen kan pas in de stap ‘Ervaringen ophalen’." in page.content.decode()
    assert f'href="{bram.url("projects:current")}">Naar de ronde' in page.content.decode()


def test_consent_that_makes_no_sense_comes_back_with_a_sentence(browse, bram, project):
    held = make.interview(bram, project)
    data = {"given_on": "2026-01-10", "way": "spoken", "may_publish": "on", "text": make.text(bram).pk}
    page = browse(bram).do("experiences:consent", data | {"remark": "Wil geen naam"}, interview=held.pk)
    assert page.status_code == 422
    assert "alleen als het verhaal ook mee mag" in page.content.decode() and "Wil geen naam" in page.content.decode()


def test_typing_without_consent_is_refused_also_by_the_script(browse, bram, project):
    held = make.interview(bram, project)
    answer = browse(bram).do(
        "experiences:save", {"field": "happened", "version": 0, "text": "Hallo"}, interview=held.pk
    )
    assert answer.status_code == 422
    assert "Er is geen toestemming van deze verteller. Leg die eerst vast." in answer.content.decode()


def test_a_stale_card_comes_back_with_what_was_typed(browse, bram, dora, held):
    card = make.draft(bram, held)
    card.rewrite(dora, 1, card.heading, "Dora was eerst.")
    page = browse(bram).do(
        "experiences:draft", {"version": 1, "heading": "Mijn kop", "text": "Mijn woorden."}, draft=card.pk
    )
    assert page.status_code == 422
    assert "Iemand anders veranderde dit kaartje net." in page.content.decode()
    assert "Mijn woorden." in page.content.decode()


@pytest.mark.promise("R2")
def test_a_double_click_makes_one_conversation_and_one_card(browse, bram, dora, project, held):
    data = around(bram, dora, code="B2B 22")
    card = {"key": str(uuid.uuid4()), "heading": "Een kop", "text": "Een tekst."}
    for _ in range(3):
        browse(bram).do("experiences:begin", data)
        browse(bram).do("experiences:make_card", card, interview=held.pk)
    assert (Interview.objects.count(), Teller.objects.count(), FragmentDraft.objects.count()) == (2, 2, 1)


def test_autosave_tells_what_stands_there_now(browse, bram, dora, held):
    def save(seat, version, text):
        data = {"field": "well", "version": version, "text": text}
        return json.loads(browse(seat).do("experiences:save", data, interview=held.pk).content)

    told = save(bram, 0, "De koffie.")
    assert (told["version"], told["text"], told["copy"]) == (1, "De koffie.", False)
    save(dora, 1, "De thee.")
    told = save(bram, 1, "De soep.")
    assert (told["text"], told["copy"]) == ("De thee.", True)
    page = browse(dora).at("experiences:interview", interview=held.pk).content.decode()
    assert "Twee mensen schreven tegelijk: Wat ging er goed?" in page and "De soep." in page
    assert not ConflictCopy.objects.exists()


def test_bad_input_is_boring(browse, bram, held):
    browser = browse(bram)
    for data in (
        {},
        {"field": "\0"},
        {"field": "well", "version": "x" * 50, "text": "\0😀\u202e"},
        {"field": ["a", "b"]},
    ):
        assert browser.do("experiences:save", data, interview=held.pk).status_code in (200, 422)
    for word in ("", ":::", "well:x:replace:y", "nergens:1:leave:x", "happened:99999999999:replace:54 jaar"):
        assert browser.do("experiences:swap", {"word": word}, interview=held.pk).status_code in (302, 422)
    assert browser.do("experiences:list", {"zoek": "\0%_'\""}).status_code == 200
    assert browser.at("experiences:make_card", {"deel": "<script>"}, interview=held.pk).status_code == 200
    assert (
        browser.do("experiences:clear", {"version": "-1", "number": "x"}, draft=make.draft(bram, held).pk).status_code
        == 422
    )


def test_a_lost_key_is_told_and_breaks_nothing_else(browse, bram, anna, held):
    kept = Vault(bram.partnership_id).folder
    aside = Path(f"{kept}-weg")
    shutil.move(kept, aside)
    try:
        page = browse(bram).at("experiences:interview", interview=held.pk)
        assert page.status_code == 503
        assert "De sleutel van deze tafel is er niet." in page.content.decode()
        answer = browse(bram).do("experiences:save", {"field": "well", "version": 0, "text": "x"}, interview=held.pk)
        assert answer.status_code == 422
        assert browse(anna).at("experiences:list").status_code == 200
    finally:
        shutil.move(aside, kept)
    assert browse(bram).at("experiences:interview", interview=held.pk).status_code == 200


# Searching


def test_the_council_searches_in_the_raw_words(browse, bram, dora, project, held):
    make.told(bram, project, text="Ik ging naar de tandarts en die was heel aardig.")
    page = browse(dora).do("experiences:list", {"zoek": "TANDARTS"}).content.decode()
    assert "de tandarts en die was" in page and "Gesprek 2" in page and "Gesprek 1<" not in page
    nothing = browse(dora).do("experiences:list", {"zoek": "zeehond"}).content.decode()
    assert "In geen enkel verhaal staan deze woorden." in nothing


def test_the_list_costs_the_same_with_one_and_with_many(browse, bram, dora, project):
    make.released(bram, dora, project)

    def queries(query=None):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            browser = browse(bram)
            answer = browser.do("experiences:list", query) if query else browser.at("experiences:list")
            assert answer.status_code == 200
        return len(caught)

    # The first search of a sitting is written in the reading log, the next ones go on with that line.
    queries({"zoek": "auto"})
    few, few_searched = queries(), queries({"zoek": "auto"})
    for _ in range(6):
        make.approved(bram, dora, make.told(bram, project, interviewers=[bram, dora]))
    assert queries() == few
    assert queries({"zoek": "auto"}) == few_searched


def test_releasing_looks_at_many_cards_as_easily_as_at_few(browse, bram, dora, project):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert browse(bram).at("experiences:release", project=project.pk).status_code == 200
        return len(caught)

    make.approved(bram, dora, make.told(bram, project))
    few = queries()
    for _ in range(4):
        make.approved(bram, dora, make.told(bram, project))
    assert queries() == few


def test_the_cards_cost_the_same_with_one_and_with_many(browse, anna, bram, dora, project):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            browse(anna).at("experiences:fragments", project=project.pk)
        return len(caught)

    make.fragment(project, 1)
    few = queries()
    for number in range(2, 40):
        make.fragment(project, number)
    assert queries() == few


def test_empty_pages_say_what_to_do(browse, bram, anna, nico):
    assert "Er loopt nu geen ronde." in browse(bram).at("experiences:list").content.decode()
    assert "Er loopt nog geen ronde." in browse(anna).at("experiences:list").content.decode()
    rounds.project(bram, Phase.COLLECT)
    assert (
        "Er zijn nog geen gesprekken. Eén verhaal kan genoeg zijn."
        in browse(bram).at("experiences:list").content.decode()
    )


# Who sees what


SECRETS = {
    "story": "Ik verloor mijn sleutelbos in de regen",
    "code": "X7X 77",
    "note": "Grote hond achter de poort",
    "remark": "Wil liever niet op dinsdag",
    "name": "Zwaantje Quispel",
    "phone": "06-13572468",
    "address": "Korenmolenpad 813",
    "draft": "Een kaartje dat nog niemand zag",
    "place": "Kerk, moskee of vereniging",
    "sent_back": "Te herkenbaar door de fiets",
}


@pytest.fixture
def planted(bram, dora, project):
    """A conversation with a secret in every field, and cards that crossed from other ones."""
    make.released(bram, dora, project)
    held = make.interview(
        bram, project, code=SECRETS["code"], note=SECRETS["note"], place="faith", interviewers=[bram, dora]
    )
    make.consent(bram, held, remark=SECRETS["remark"], may_call_back=True)
    make.story(bram, held, happened=SECRETS["story"], effect="", well="")
    make.contact(bram, held, name=SECRETS["name"], phone=SECRETS["phone"], email="", address=SECRETS["address"])
    card = make.draft(bram, held, heading=SECRETS["draft"], text="Nog een tekst.")
    card.offer(bram, card.version)
    card.send_back(dora, SECRETS["sent_back"])
    ids = {str(thing.pk) for thing in (held, held.teller, card, Story.objects.get(interview=held))}
    return held, card, set(SECRETS.values()) | ids


@pytest.mark.promise("P1")
def test_scene_1_every_raw_address_is_404_and_says_nothing(browse, anna, nico, bram, planted, project):
    held, card, _ = planted
    addresses = [
        bram.url(f"experiences:{name}", interview=held.pk)
        for name in ("interview", "change", "consent", "contact", "make_card")
    ]
    addresses += [bram.url(f"experiences:{name}", draft=card.pk) for name in ("draft", "review")]
    addresses += [bram.url(f"experiences:{name}", project=project.pk) for name in ("release", "helpers", "missed")]
    addresses += [bram.url(f"experiences:{name}") for name in ("begin", "consent_text", "terms", "readings")]
    addresses += [bram.url("withdraw")]
    for seat in (anna, nico):
        nowhere = browse(seat).get(bram.url("start") + "bestaat-niet/")
        for address in addresses:
            answer = browse(seat).get(address)
            assert (answer.status_code, answer.content) == (404, nowhere.content), address
            assert browse(bram).get(address).status_code == 200, address


@pytest.mark.promise("P1")
def test_the_page_of_the_others_is_the_same_with_and_without_secret_work(browse, anna, bram, dora, project):
    make.released(bram, dora, project)

    def seen():
        browser = browse(anna)
        texts = []
        for route in ("experiences:list", "start"):
            page = browser.at(route).content.decode()
            texts.append(
                "\n".join(line for line in page.splitlines() if "csrf" not in line and "data-stream" not in line)
            )
        return texts

    before = seen()
    held = make.told(bram, project, may_call_back=True)
    make.contact(bram, held)
    make.approved(bram, dora, held)
    assert seen() == before


def test_bells_of_secret_things_ring_for_the_council_alone(bram, project, held):
    secret = [
        held,
        held.teller,
        Story.objects.get(),
        Passage.objects.get(),
        Consent.objects.get(),
        make.draft(bram, held),
    ]
    assert {thing.audience() for thing in secret} == {Party.COUNCIL}


def test_a_helper_sees_conversations_only_when_named_and_only_of_that_round(browse, bram, dora, nico, project, held):
    browser = browse(nico)
    assert browser.at("experiences:interview", interview=held.pk).status_code == 404
    browse(bram).do("experiences:helpers", {"member": nico.pk}, project=project.pk)
    assert browser.at("experiences:interview", interview=held.pk).status_code == 200
    assert "Gesprek 1" in browser.at("experiences:list").content.decode()
    other = make.told(bram, rounds.project(bram, Phase.COLLECT))
    assert browser.at("experiences:interview", interview=other.pk).status_code == 404
    assert browser.at("withdraw").status_code == 404
    # That is the running round now, in which nobody named the helper.
    assert browse(nico).at("experiences:begin").status_code == 404
    assert browse(bram).at("experiences:begin").status_code == 200
    assert browser.do("experiences:begin", around(bram, dora, code="B2B 22")).status_code == 404
    (helper,) = browse(bram).at("experiences:helpers", project=project.pk).context["helpers"]
    browse(bram).do("experiences:dismiss", helper=helper.pk)
    assert browser.at("experiences:interview", interview=held.pk).status_code == 404


def test_nobody_of_a_side_can_be_named_a_helper(browse, bram, anna, project):
    page = browse(bram).do("experiences:helpers", {"member": anna.pk}, project=project.pk)
    assert page.status_code == 422


# What waits, and the report


def test_what_waits_is_for_the_council_alone(bram, dora, anna, nico, project, held):
    card = make.draft(bram, held)
    card.offer(bram, card.version)
    titles = {seat.name: [one.title for one in waiting.waiting(seat)] for seat in (bram, dora, anna, nico)}
    assert titles == {
        "Bram Hoekstra": ["Gesprek 1 verder uittypen"],
        "Dora Vermeulen": ["Gesprek 1 verder uittypen", "Eén kaartje nakijken"],
        "Anna de Wit": [],
        "Nico Blom": [],
    }


def test_waiting_to_mend_to_release_and_to_erase(bram, dora, project):
    for _ in range(3):
        make.approved(bram, dora, make.told(bram, project))
    back = make.told(dora, project, may_call_back=True)
    card = make.draft(dora, back)
    card.offer(dora, card.version)
    card.send_back(bram, "Anders")
    kept = make.contact(dora, back)
    kept.delete_by = timezone.localdate() - timedelta(days=1)
    kept.save()
    titles = [one.title for one in waiting.waiting(dora)]
    assert "Een kaartje uit gesprek 4 verbeteren" in titles
    assert "Drie kaartjes vrijgeven" in titles
    assert "Contactgegevens bij gesprek 4 wissen" in titles


def chapter(project, slot):
    return next(one for one in report.chapters(project) if one.slot == slot)


def test_the_report_says_it_is_no_sample_and_whom_we_missed(browse, bram, anna, project, held):
    page = browse(bram).do("experiences:missed", {"missed": "Bel 06-12345678 voor jongeren."}, project=project.pk)
    assert "Dit leest ook de gemeente. Haal dit weg: 06-12345678." in page.content.decode()
    browse(bram).do("experiences:missed", {"missed": "Jongeren."}, project=project.pk)
    told = chapter(project, "luisteren")
    assert told.context["missed"] == ["Jongeren."]
    assert Listening.objects.visible_to(anna).get().missed == "Jongeren."
    text = Path("templates", told.template).read_text()
    assert "Dit is geen steekproef." in text
    # What comes in no report any more is not said to come in it.
    project.note_fact("report_signed", bram)
    refused = browse(bram).do("experiences:missed", {"missed": "Ouderen."}, project=project.pk)
    assert (refused.status_code, "komt er niet meer in" in refused.content.decode()) == (422, True)
    shown = browse(bram).at("experiences:missed", project=project.pk).content.decode()
    assert "Het verslag is getekend." in shown and "Jongeren." in shown and "<textarea" not in shown


def test_the_text_that_was_read_aloud_is_an_annex_once_collecting_is_over(bram, project):
    for _ in range(3):
        make.told(bram, project)
    project.phase = Phase.DELIBERATE
    project.save()
    annex = chapter(project, "bijlage").context["paragraphs"]
    assert annex[0].startswith("De cliëntenraad is niet van de gemeente.")


def test_who_was_missed_waits_for_the_council_until_it_is_written_or_signed(bram, anna, project):
    def asked(seat):
        return [line.title for line in waiting.waiting(seat) if "niet sprak" in line.title]

    assert asked(bram) == []
    project.phase = Phase.COMMIT
    project.save()
    assert asked(bram) == ["Opschrijven wie u niet sprak"] and asked(anna) == []
    Listening.note(bram, project, "Jongeren.")
    assert asked(bram) == []


def test_a_conversation_tells_of_its_consent_and_its_cards_and_twins_are_named(browse, bram, dora, project):
    held = make.told(bram, project, interviewers=[bram, dora])
    for heading in ("De rij", "De balie"):
        make.approved(bram, dora, held, heading=heading)
    page = browse(bram).at("experiences:interview", interview=held.pk).content.decode()
    assert "legde de toestemming vast" in page and page.count("keek een kaartje na") == 2
    told = browse(bram).at("experiences:release", project=project.pk).content.decode()
    assert "Twee kaartjes hebben woord voor woord dezelfde tekst:" in told


def test_the_history_of_a_release_is_for_both_and_names_no_story(bram, dora, anna, project):
    make.released(bram, dora, project)
    assert [event.sentence for event in Event.objects.visible_to(anna)] == ["gaf 3 kaartjes vrij"]


def test_between_two_rounds_the_last_ones_conversations_and_cards_can_still_be_found(browse, bram, anna):
    project = rounds.project(bram, Phase.CLOSED)
    make.fragment(project, 1, heading="De rij bij de balie")
    assert "De rij bij de balie" in browse(anna).at("experiences:list").content.decode()
    kept = browse(bram).at("experiences:list")
    assert kept.context["project"] == project
    assert "Er loopt nu geen ronde." in kept.content.decode()
    # A search that finds nothing says so, and keeps its box and the way back.
    nothing = browse(bram).do("experiences:list", {"zoek": "olifant"}).content.decode()
    assert "In geen enkel verhaal staan deze woorden." in nothing and "Toon alle gesprekken" in nothing


def typed_page(bram, held, **texts):
    """What the page of a conversation sends as a whole, without a script."""
    sent = {f"{field}_version": "0" for field in texts} | texts
    return sent, bram.url("experiences:interview", interview=held.pk)


def test_without_a_script_too_much_text_comes_back_on_the_page_and_nothing_typed_is_lost(browse, bram):
    held = make.told(bram, rounds.project(bram, Phase.COLLECT), text="Eerst dit.")
    sent, page = typed_page(bram, held, happened="woord " * 17_000, effect="Ik schrok <b>erg</b>.\r\nEcht.")
    for address in (page, f"{page}klaar/", f"{page}woord/"):
        answer = browse(bram).post(address, sent)
        told = answer.content.decode()
        assert answer.status_code == 422 and "Dit is langer dan 60 duizend tekens." in told
        assert "woord " * 17_000 in told and "Ik schrok &lt;b&gt;erg&lt;/b&gt;.\nEcht." in told
    assert [part.text for part in Passage.objects.all()] == ["Eerst dit."]


def test_without_a_script_what_is_said_to_be_saved_is_saved(browse, bram):
    held = make.interview(bram, rounds.project(bram, Phase.COLLECT))
    make.consent(bram, held)
    sent, page = typed_page(bram, held, happened="Mijn bsn is 111222333.")
    answer = browse(bram).post(f"{page}klaar/", sent)
    assert answer.status_code == 422 and "Alles is opgeslagen, maar" in answer.content.decode()
    assert Passage.objects.get(field="happened").text == "Mijn bsn is 111222333."
    # The same for a word in the list that is no longer there: the refusal takes nothing typed along.
    sent = sent | {"happened": "Mijn nummer is weg.", "happened_version": "1", "word": "happened:1:leave:111222333"}
    answer = browse(bram).post(f"{page}woord/", sent, follow=True)
    assert "Deze woorden staan er niet meer." in answer.content.decode()
    assert Passage.objects.get(field="happened").text == "Mijn nummer is weg."
