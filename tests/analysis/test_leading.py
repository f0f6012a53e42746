"""The dialogue leader's screen: even time, solutions that wait, and commitments that stay shut until both listened."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from analysis.models import Parked, Theme, Turn
from projects.models import Commitment
from tests.analysis import make


@pytest.fixture
def project(anna, bram):
    made = make.deliberated(anna, bram, themes=2)
    make.dialogue(bram, made)
    return made


@pytest.fixture
def theme(project):
    return Theme.of(project)[0]


def earlier(turn, **ago):
    turn.began_at = timezone.now() - timedelta(**ago)
    turn.save()


def test_one_side_speaks_at_a_time_and_both_times_are_kept(theme, project, nico, bram):
    earlier(Turn.give(nico, theme, "council"), minutes=4, seconds=5)
    earlier(Turn.give(bram, theme, "municipality"), minutes=2)
    spoken = Turn.spoken(theme)
    assert (spoken.council, spoken.municipality, spoken.now) == (245, 120, "municipality")
    # Pressing the same button again begins nothing anew.
    assert Turn.give(nico, theme, "municipality") == Turn.objects.get(ended_at=None)
    Turn.give(nico, theme, "")
    assert Turn.spoken(theme).now == ""
    with pytest.raises(ValidationError, match="Kies wie"):
        Turn.give(nico, theme, "neutral")


def test_who_forgets_to_stop_the_clock_gives_nobody_an_hour(theme, nico):
    earlier(Turn.give(nico, theme, "council"), hours=9)
    assert Turn.spoken(theme).council == Turn.LONGEST


def test_another_theme_on_the_table_ends_the_turn(browse, theme, project, nico):
    Turn.give(nico, theme, "council")
    other = Theme.of(project)[1]
    browse(nico).do("analysis:lay_on_the_table", theme=other.pk)
    assert not Turn.objects.filter(ended_at=None).exists()
    screen = browse(nico).at("analysis:screen", project=project.pk).content.decode()
    assert f'<h1><span data-thing="{other.topic}"' in screen


def test_both_times_stand_on_the_screen_in_the_same_way(browse, theme, project, bram, anna):
    earlier(Turn.give(bram, theme, "council"), minutes=9)
    Turn.give(bram, theme, "")
    for seat in (bram, anna):
        told = browse(seat).at("analysis:screen", project=project.pk).content.decode()
        assert '<b class="turn-time" data-spoken="540">9.00</b>' in told
        assert '<b class="turn-time" data-spoken="0">0.00</b>' in told
        assert "te lang" not in told and "%" not in told.split('<h2 id="beurt">')[1].split("</section>")[0]


def test_a_solution_that_comes_too_early_waits_for_the_commitments(browse, theme, project, nico, bram, anna):
    answer = browse(nico).do("analysis:park", {"text": " Een tafel  apart ", "from": "scherm"}, theme=theme.pk)
    assert answer.status_code == 302
    parked = Parked.objects.get()
    assert parked.text == "Een tafel apart"
    assert browse(bram).do("analysis:let_go", parked=parked.pk).status_code == 422
    assert "Een tafel apart" in browse(anna).at("analysis:screen", project=project.pk).content.decode()
    for one in Theme.of(project):
        for seat in (bram, anna):
            make.heard(seat, one)
    page = browse(anna).at("analysis:talk", theme=theme.pk).content.decode()
    assert f"?apart={parked.pk}" in page
    form = browse(anna).get(anna.url("analysis:commit", theme=theme.pk) + f"?apart={parked.pk}")
    assert 'value="Een tafel apart"' in form.content.decode()
    sent = {"what": "Een tafel apart", "because": theme.label, "owner_member": anna.pk, "due": "2030-01-01"}
    sent |= {"client_notices": "Ik hoef niet meer in de rij."}
    browse(anna).post(anna.url("analysis:commit", theme=theme.pk) + f"?apart={parked.pk}", sent)
    parked.refresh_from_db()
    assert parked.commitment == Commitment.objects.get() and parked.settled_by == anna
    assert "Werd een afspraak" in browse(bram).at("analysis:talk", theme=theme.pk).content.decode()


def test_what_both_let_go_stays_to_be_read(browse, theme, project, bram, anna):
    parked = Parked.park(bram, theme, "Een folder")
    project.override_listening(bram, "De tijd is om.")
    project.override_listening(anna, "De tijd is om.")
    browse(anna).do("analysis:let_go", parked=parked.pk)
    assert "Anna de Wit liet dit los" in browse(bram).at("analysis:talk", theme=theme.pk).content.decode()


@pytest.mark.parametrize("text", ["  ", "x" * 201])
def test_what_cannot_be_set_apart_is_said(theme, bram, text):
    with pytest.raises(ValidationError):
        Parked.park(bram, theme, text)


def test_commitments_stay_shut_on_the_screen_until_both_noted_or_both_open_them(browse, theme, project, bram, anna):
    screen = lambda: browse(bram).at("analysis:screen", project=project.pk).content.decode()  # noqa: E731
    assert "De afspraken zijn nog dicht" in screen()
    for one in Theme.of(project):
        make.heard(bram, one)
    assert "de gemeente nog niet" in screen()
    project.override_listening(anna, "De tijd is om.")
    assert "De gemeente wil ze toch openen" in screen()
    project.override_listening(bram, "Goed.")
    assert "De afspraken zijn open" in screen()


def test_the_screen_asks_the_database_as_often_for_three_turns_as_for_thirty(browse, theme, project, bram, nico):
    asked = []
    for count in (3, 30):
        for number in range(count):
            Turn.give(nico, theme, ("council", "municipality")[number % 2])
            Parked.park(bram, theme, f"Oplossing {count}-{number}")
        window = browse(bram)
        with CaptureQueriesContext(connection) as queries:
            window.at("analysis:screen", project=project.pk)
        asked.append(len(queries))
    assert asked[0] == asked[1]
