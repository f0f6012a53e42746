"""Doors that somebody at the table tried, and that stay shut."""

import pytest

from analysis.models import OwnPile, Stage, Theme
from dialoog.partnerships.forms import theme_trouble
from experiences.models import ContactDetail, Fragment
from projects.models import Commitment, Phase
from tests.analysis import make as bundled
from tests.experiences import make
from tests.partnerships.make import invitation
from tests.projects import make as projects


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
