"""Doors that somebody at the table tried, and that stay shut."""

import pytest
from django.conf import settings
from django.core.management import call_command

from analysis.models import Deliberation, OwnPile, Stage, Theme
from dialoog import paper
from dialoog.partnerships.themes import theme_trouble
from dialoog.report import year
from dialoog.report.blocks import Readers
from dialoog.report.models import Printing, Report
from experiences.models import ContactDetail, Fragment, FragmentDraft
from projects.models import Commitment, OwnerLink, Phase
from tests.advice import make as letters
from tests.analysis import make as bundled
from tests.experiences import make
from tests.partnerships.make import invitation
from tests.projects import make as projects
from tests.report import make as reports


@pytest.fixture
def read_two_ways(anna, bram, dora):
    """How the council reads a theme, written by two of its members at once: the copy of the one who came second."""
    theme = bundled.theme(bram, bundled.make_round(bram), council_reading="Mensen schamen zich.")
    theme.write(bram, 1, council_reading="Mensen zwijgen.")
    (copy,) = theme.write(dora, 1, council_reading="Mensen verdwalen.")
    return theme, copy


def test_the_other_side_does_not_settle_how_the_council_reads_a_theme(browse, anna, nico, bram, read_two_ways):
    theme, copy = read_two_ways
    for seat in (anna, nico):
        assert browse(seat).do("partnerships:settle", {"choice": "theirs"}, copy=copy.pk).status_code == 403
    assert theme.open_conflicts(anna)[0].may_settle is False
    assert browse(bram).do("partnerships:settle", {"choice": "mine"}, copy=copy.pk).status_code == 302
    theme.refresh_from_db()
    assert theme.council_reading == "Mensen verdwalen."


@pytest.fixture
def told_by_a_member(bram, dora):
    """A theme with a card of a council member, and one with two cards of one story."""
    project = projects.project(bram, Phase.COLLECT)
    make.released(bram, dora, project, whose="own")
    project.phase = Phase.BUNDLE
    project.save()
    card = Fragment.objects.filter(project=project).first()
    return bundled.theme(bram, project, cards=[card])


@pytest.mark.promise("P1")
def test_a_pile_does_not_tell_the_municipality_who_told_a_card(browse, anna, nico, bram, told_by_a_member):
    tell = ("leden van de raad zelf meemaakten", "uit één verhaal")
    for seat, told in ((anna, False), (nico, False), (bram, True)):
        shown = browse(seat).at("analysis:theme", theme=told_by_a_member.pk).content.decode()
        assert [sentence in shown for sentence in tell] == [told, told]


@pytest.mark.promise("P1")
def test_who_leads_for_the_municipality_is_not_told_who_told_a_card(browse, anna, bram, told_by_a_member):
    meeting = bundled.session(anna, told_by_a_member.project, Stage.TOGETHER, [anna, bram])
    sent = {"expected": Stage.TOGETHER, "go_on": "on", "go_on_reason": "Wij zijn klaar."}
    for data in (sent, {"expected": 4}):
        shown = browse(anna).do("analysis:go_on", data, session=meeting.pk, follow=True).content.decode()
        assert "meemaakten" not in shown and "één verhaal" not in shown
    meeting.refresh_from_db()
    assert meeting.is_done


def test_a_key_of_somebody_elses_pile_makes_a_pile_of_ones_own(browse, anna, bram):
    meeting = bundled.session(bram, stage=Stage.OWN_SORT, present=[anna, bram])
    bundled.own_sort(bram, meeting, Geheim=[1])
    theirs = OwnPile.objects.get()
    card = Fragment.objects.get(number=2)
    sent = {"card": card.pk, "pile": "new", "label": "Van mij", "key": theirs.pk}
    answer = browse(anna).do("analysis:lay", sent, follow=True, session=meeting.pk)
    assert answer.status_code == 200 and b"Geheim" not in answer.content
    assert OwnPile.objects.get(label="Van mij").sort.author == anna


def test_a_key_of_an_earlier_round_makes_a_new_commitment(bram, anna):
    first, second = (projects.project(bram, Phase.COMMIT) for _ in range(2))
    assert first != second
    old = projects.commitment(bram, first)
    made = Commitment(pk=old.pk, partnership=bram.partnership, project=second)
    assert made._earlier_try() is None
    assert Commitment(pk=old.pk, partnership=bram.partnership, project=first)._earlier_try() == old


def test_a_retry_still_finds_the_invitation_it_made(bram):
    made = invitation(bram)
    again = invitation(bram, pk=made.pk)
    assert again.pk == made.pk and again.is_new is False


def test_no_longer_calling_back_erases_how_to_reach_the_teller(bram, dora):
    held = make.interview(bram, projects.project(bram, Phase.COLLECT))
    given = make.consent(bram, held, may_call_back=True)
    make.contact(bram, held)
    given.may_call_back = False
    given.note(dora)
    assert not ContactDetail.objects.filter(teller=held.teller).exists()


def test_withdrawing_takes_the_reason_beside_a_conversation_too(bram):
    held = make.interview(bram, projects.project(bram, Phase.COLLECT), nudge_reason="Zij is bang voor haar buurman.")
    held.teller.withdraw(bram)
    held.refresh_from_db()
    assert held.nudge_reason == ""


@pytest.mark.parametrize(
    "value",
    ["var(--y, url(https://elders.example/))", "{a url(x)}", "f(g(image-set('https://elders.example/' 1x)))"],
)
def test_a_theme_fetches_nothing_however_deep_it_hides(value):
    assert "haalt niets van buiten" in theme_trouble(f".x{{--a: {value}}}", "x")


def test_a_theme_with_a_null_byte_is_no_theme():
    assert theme_trouble(".x{--a: 1\0}", "x")


@pytest.mark.parametrize(("name", "value"), [("reply_weeks", 53), ("contact_retention_months", 9_000_000)])
def test_a_table_promises_no_terms_beyond_the_calendar(browse, anna, table, name, value):
    sent = {
        "municipality_name": table.municipality_name, "client_word": "cliënt", "reply_weeks": 6, "papers_days": 7,
        "contact_retention_months": 6, "data_controller": "het college", name: value,
    }  # fmt: skip
    assert browse(anna).do("partnerships:change_table", sent).status_code == 422
    assert browse(anna).do("partnerships:change_table", sent | {name: 12}).status_code == 302


def test_a_null_byte_in_what_a_view_reads_by_hand_is_left_out(browse, anna, bram):
    meeting = bundled.together(bram, anna, bram)
    browse(anna).do("analysis:add_theme", {"sentence": "Een\0 stapel"}, session=meeting.pk)
    assert Theme.objects.get().sentence == "Een stapel"


# What was signed, and for whom.

LEFT_OUT = ("Om hulp vragen voelt als schaamte", "Een tafel apart", "Brieven in gewone taal")


@pytest.fixture
def told(bram):
    """A report with a theme, a commitment and an advice."""
    project = projects.project(bram, Phase.COMMIT)
    bundled.theme(bram, project, LEFT_OUT[0], bundled.cards(bram, project, 2))
    projects.commitment(bram, project, LEFT_OUT[1])
    letters.sent(bram, title=LEFT_OUT[2], project=project)
    return reports.report(bram, project)


def arrange(report, seat, readers, *blocks):
    report.arrange(seat, readers, blocks, report.parts(readers))


def test_words_that_only_others_read_do_not_change_between_two_signatures(told, anna, bram):
    arrange(told, anna, Readers.CLOSED, "kort", "vraag")
    told.sign(bram, reports.fingerprint(told))
    theme = Theme.objects.get()
    theme.write(anna, theme.version, explanation="De gemeente deed het goed.")
    told = Report.objects.get()
    told.sign(anna, reports.fingerprint(told))
    assert not Report.objects.get().is_frozen
    told.sign(bram, reports.fingerprint(told))
    assert Report.objects.get().is_frozen


@pytest.mark.parametrize("left_out", [True, False])
def test_a_part_that_is_not_for_everyone_stands_on_no_other_paper_for_everyone(told, anna, bram, left_out):
    if left_out:
        arrange(told, anna, Readers.PUBLIC, "kort", "vraag")
    reports.signed(bram, anna, report=told)
    for seat in (bram, anna):
        told.speak(seat, True)
    sheet = told.edition(Readers.PUBLIC).handout
    overview = year.overview(anna, told.project.started_on.year, public=True)
    assert told.project.subject in overview
    assert [words in overview for words in LEFT_OUT] == [not left_out] * 3
    assert [words in sheet for words in LEFT_OUT[:2]] == [not left_out] * 2
    assert "geen afspraken" not in sheet


# What was taken back.


@pytest.fixture
def quoted(bram, dora):
    """The draft of a report that quotes a teller, and that card."""
    project = projects.project(bram, Phase.COLLECT)
    cards = make.released(bram, dora, project, may_quote=True)
    project.refresh_from_db()
    project.phase = Phase.COMMIT
    project.save()
    theme = bundled.theme(bram, project, cards=cards)
    assert theme.cards_now()
    return reports.report(bram, project), cards[0]


@pytest.mark.promise("P5")
def test_a_paper_that_was_being_made_goes_with_the_teller(browse, anna, bram, quoted):
    report, card = quoted
    reports.printing(anna, report)
    busy = Printing.next()
    assert "<blockquote" in busy.html.partition("</style>")[2]
    code = FragmentDraft.objects.get(fragment=card).teller.code
    browse(bram).do("withdraw", {"code": code, "sure": "ja"})
    busy.make()
    busy._stop("the press stopped")
    assert not Printing.objects.exists()


@pytest.mark.promise("P3")
def test_a_draft_on_paper_is_not_handed_out_when_a_teller_does_not_want_to_be_quoted_any_more(browse, anna, quoted):
    report, card = quoted
    made = reports.printing(anna, report)
    reports.printed()
    assert browse(anna).at("report:printed", printing=made.pk).status_code == 200
    Fragment.objects.filter(pk=card.pk).update(may_quote=False)
    assert browse(anna).at("report:printed", printing=made.pk).status_code == 403


@pytest.mark.promise("P5")
def test_what_was_drawn_once_does_not_stay_on_the_disk(db):
    paper.keep_a_while("<p>Een brief</p>", lambda: b"drawn", 600)
    folder = settings.VAR_DIR / "cache-paper"
    assert list(folder.rglob("*.djcache"))
    call_command("retention", verbosity=0)
    assert not list(folder.rglob("*.djcache"))


# What one side wrote alone.


def test_an_answer_does_not_change_after_its_side_said_that_the_envelope_may_open(browse, anna, joost, bram):
    project = bundled.bundled(bram)
    mine = bundled.answer(anna, Theme.of(project)[0])
    Deliberation.of(project).release_for(anna, project)
    typed = {"unit": "text", "version": 1, "text": "Toch anders."}
    sent = browse(joost).do("partnerships:type_in", typed, kind="deliberationanswer", thing=mine.pk)
    mine.refresh_from_db()
    assert (sent.status_code, mine.text) == (422, "Mensen wachten in één rij.")
    Deliberation.of(project).take_back_for(anna, project)
    assert browse(joost).do("partnerships:type_in", typed, kind="deliberationanswer", thing=mine.pk).status_code == 200


def test_what_stood_in_a_draft_of_a_letter_is_not_for_the_other_side_once_it_is_sent(browse, anna, bram, dora):
    advice = letters.advice(bram, opening="De gemeente liegt.")
    advice.write(bram, advice.version, opening="Mensen begrijpen hun brief niet.")
    advice.send(bram)
    assert b"liegt" in browse(dora).at("advice:history", advice=advice.pk).content
    for route, thing in (("history", {"advice": advice.pk}), ("point_history", {"point": advice.points()[0].pk})):
        assert browse(anna).at(f"advice:{route}", **thing).status_code == 403
    assert b"Eerdere teksten" not in browse(anna).at("advice:detail", advice=advice.pk).content


def test_who_takes_a_commitment_over_does_not_learn_the_address_of_its_owner(browse, anonymous, anna, bram):
    project = projects.project(bram, Phase.COMMIT)
    promised = projects.commitment(
        bram, project, owner_member=None, owner_name="De vrijwilligers", owner_party="council"
    )
    link = OwnerLink.send(bram, promised, "wilma@thuis.example")
    address = link.url.removeprefix(settings.SITE_URL)
    assert b"wilma@thuis" in browse(bram).at("projects:ask_owner", commitment=promised.pk).content
    assert anonymous.get(address).status_code == 200
    promised.change(anna, promised.version, owner_party="municipality")
    assert b"wilma@thuis" not in browse(anna).at("projects:ask_owner", commitment=promised.pk).content
    assert anonymous.get(address).status_code == 404


def test_signs_that_word_cannot_hold_do_not_stop_a_report(browse, anna, bram):
    project = projects.project(bram, Phase.COMMIT, subject="Een\x0bvraag")
    report = reports.report(bram, project, subtitle="Twee\x0bregels")
    assert browse(anna).at("report:draft_word", report=report.pk).status_code == 200
