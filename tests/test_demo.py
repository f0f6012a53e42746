"""The demo stands in the middle of a real-looking round; test_every_page.py opens every page of it."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from analysis.models import BundlingSession, Outcome, Stage, Theme
from dialoog import settings as our_settings
from dialoog.bootstrap import port_of
from dialoog.management.commands.run import keep_address
from dialoog.management.demo.earlier_stories import EARLIER_STORIES
from dialoog.management.demo.stories import STORIES
from dialoog.partnerships.models import Member, Partnership
from dialoog.report.models import Edition, Report
from experiences.models import Fragment, Story
from projects.models import Commitment, ConsultationMeeting, Phase, Project


@pytest.fixture
def demo(db, settings, tmp_path):
    """Both tables, filled; gives the seats by first name."""
    settings.DEMO = True
    # The addresses were read when the tests began, and then this was no try-out.
    settings.ROOT_URLCONF = "tests.demo_urls"
    settings.VAULT_DIR = tmp_path / "vault"
    call_command("demo", verbosity=0)
    return {seat.name.split()[0].lower(): seat for seat in Member.objects.invented()}


def test_the_demo_is_a_round_in_the_middle(demo, anonymous):
    bram, anna, chris = demo["bram"], demo["anna"], demo["chris"]
    first, second = Project.objects.visible_to(bram).order_by("number")
    assert (first.phase, second.phase) == (Phase.CLOSED, Phase.DIALOGUE)

    assert Story.objects.visible_to(bram).filter(interview__project=second).count() == 8
    assert not Story.objects.visible_to(anna).exists()
    assert [card.number for card in Fragment.objects.visible_to(anna).of(second)] == list(range(1, 25))

    sessions = BundlingSession.objects.visible_to(anna)
    assert {session.stage for session in sessions} == {Stage.DONE}
    five = {
        "Je hele leven moet op tafel",
        "Ik was één dag te laat",
        "‘Wie werkt hoort hier niet’, zei ze",
        "Ik belde en werd steeds doorverbonden",
        "Het was in een week geregeld",
    }
    numbers = {row.card for row in sessions.get(project=second).picture().five}
    assert {card.heading for card in Fragment.objects.visible_to(anna).of(second).filter(number__in=numbers)} == five

    assert Theme.objects.visible_to(anna).of(second).count() == 5
    outcomes = Outcome.objects.visible_to(anna).filter(theme__project=second)
    assert sorted(outcome.agreement for outcome in outcomes) == ["agree", "agree", "not", "partly"]
    states = sorted(commitment.state for commitment in Commitment.objects.visible_to(anna))
    assert states == ["busy", "done", "dropped", "late", "open", "solved"]

    report = Report.objects.visible_to(anna).get(project=first)
    assert report.is_frozen and report.is_public
    assert {edition.readers for edition in Edition.objects.visible_to(anna)} == {"boards", "closed", "public"}
    meeting = ConsultationMeeting.objects.visible_to(anna).next()
    assert timedelta(days=3) < meeting.starts_at - timezone.now() < timedelta(days=11)

    assert not Project.objects.visible_to(chris).exists()
    assert Partnership.objects.filter(is_demo=True).count() == 2

    page = anonymous.get("/inloggen/").content.decode()
    assert "Alle mensen en verhalen zijn verzonnen." in page
    assert page.count('name="person"') == len(demo)


def test_a_card_says_what_its_teller_said_and_nothing_that_betrays_them():
    for told in [*EARLIER_STORIES, *STORIES]:
        story = " ".join([told.happened, told.effect, told.went_well, told.went_badly, told.different]).lower()
        known = set(re.findall(r"\w+", story))
        for card in told.cards:
            words = re.findall(r"\w+", card.text.lower())
            assert len(card.heading) <= 45
            assert 15 <= len(words) <= 60, card.heading
            # Nearly every word of a card was said; a few are changed so that nobody can be recognised.
            strange = [word for word in words if word not in known]
            assert len(strange) <= len(words) / 4, (card.heading, strange)


def test_the_conversations_have_the_length_of_a_conversation():
    for told in STORIES:
        story = " ".join([told.happened, told.effect, told.went_well, told.went_badly, told.different])
        assert 250 <= len(story.split()) <= 600, told.key


@pytest.mark.parametrize(
    ("typed", "port"),
    [
        ([], "8000"),
        (["--port", "8345"], "8345"),
        (["--port=8345"], "8345"),
        (["--port"], "8000"),
        (["--port", "x"], "8000"),
    ],
)
def test_papers_print_the_port_on_which_people_find_the_try_out(typed, port):
    assert port_of(["manage.py", "run", *typed]) == port


def test_what_another_command_writes_leads_to_where_the_demo_runs(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(our_settings, "VAR_DIR", tmp_path)
    assert our_settings.served_at() == "http://127.0.0.1:8000"
    keep_address("http://127.0.0.1:8114")
    assert our_settings.served_at() == "http://127.0.0.1:8114"
