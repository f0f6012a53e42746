"""Where the council asks it, conversations open only to whoever showed more than a password or a mailbox."""

from datetime import timedelta

import pytest
from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.db import transaction
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.formats import date_format

from dialoog.accounts.adapter import CHANGES
from dialoog.partnerships import rules as table_rules
from dialoog.partnerships.models import Invitation, Member
from experiences.models import Reading
from projects.models import Phase
from tests import make
from tests.experiences import make as experiences
from tests.experiences.access import ROUTES
from tests.projects import make as rounds

ASKED = "gesprekken en verhalen gaan alleen open met een tweede stap"
# What the council does without opening what a teller said.
HARMLESS = {"any_member"}


@pytest.fixture
def careful(table):
    """A table whose council asks a second step."""
    table.stories_second_step = True
    table.save()
    return table


def knock(world, browser):
    """Try every door of the conversations; gives the rules that asked nothing, and how many readings he made."""
    passed, readings, things = set(), 0, dict(world.things)
    for route, row in ROUTES.items():
        for method in ("get", "post"):
            with transaction.atomic():
                address = world.bram.url(route, **row.kwargs(world))
                answer = getattr(browser, method)(address, row.data(world) if method == "post" else {})
                if answer.status_code != 405 and ASKED not in answer.content.decode(errors="replace"):
                    passed.add(resolve(address).func.seated[0].__name__)
                readings += Reading.objects.filter(by=world.bram).count()
                transaction.set_rollback(True)
            world.things = dict(things)
    return passed, readings


@pytest.mark.promise("S5")
def test_no_door_to_a_story_opens_for_bram_until_he_shows_more(careful, world, browse):
    passed, readings = knock(world, browse(world.bram))
    assert passed <= HARMLESS
    assert readings == 0


@pytest.mark.promise("S5", control=True)
def test_where_the_council_does_not_ask_it_they_open(world, browse):
    passed, readings = knock(world, browse(world.bram))
    assert {"listener", "may_collect"} <= passed
    assert readings > 0


def test_bram_is_told_what_to_do_and_goes_on_after_the_code_of_his_app(careful, bram, browse):
    browser = browse(bram)
    told = browser.at("experiences:list")
    assert told.status_code == 403 and "Zet een tweede stap aan" in told.content.decode()
    secret = make.second_step(bram.user)
    again = browser.at("experiences:list").content.decode()
    way = f"/inloggen/tweede-stap/opnieuw/?next={bram.url('experiences:list')}"
    assert way in again and "Vul de code uit uw app in" in again
    assert browser.post(way, {"code": make.code_of(secret)})["Location"] == bram.url("experiences:list")
    assert browser.at("experiences:list").status_code == 200


def test_the_start_page_tells_the_code_of_a_teller_only_where_no_second_step_is_asked(table, bram, browse):
    project = rounds.project(bram, Phase.COLLECT)
    held = experiences.told(bram, project, may_call_back=True)
    experiences.feedback(bram, held)
    project.phase = Phase.REPORT
    project.save()
    assert f"code {held.teller.code}" in browse(bram).at("start").content.decode()
    table.stories_second_step = True
    table.save()
    told = browse(bram).at("start").content.decode()
    assert held.teller.code not in told and "Terugkoppeling aan een verteller" in told


SETTINGS = {"client_word": "cliënt", "reply_weeks": 6, "papers_days": 7, "contact_retention_months": 6}
SETTINGS |= {"data_controller": "Raad"}
OURS = {"council_name": "Raad", "council_word": "adviesraad"} | SETTINGS


def test_the_other_side_notices_nothing_and_cannot_change_it(careful, anna, browse):
    assert browse(anna).at("experiences:list").status_code == 200
    assert "gesprekken alleen" not in browse(anna).at("partnerships:change_table").content.decode()
    browse(anna).do("partnerships:change_table", {"municipality_name": "Oosterhage"} | SETTINGS)
    careful.refresh_from_db()
    assert careful.stories_second_step and careful.data_controller == "Raad"


def refused_to(browser, world):
    """Whether the settings stay as they are and nobody comes in, for whoever does not show the second step."""
    answers = [
        browser.do("partnerships:change_table", OURS),
        browser.do("partnerships:invite", {"email": "bram2@example.org", "party": "council"}),
        browser.do("partnerships:member", {"is_coordinator": "on"}, member=world.dora.pk),
        browser.do("partnerships:say_goodbye", {}, member=world.dora.pk),
    ]
    return [ASKED in answer.content.decode() for answer in answers]


@pytest.mark.promise("S5")
def test_who_reads_brams_mail_does_not_switch_it_off_and_invites_nobody(careful, world, browse):
    assert refused_to(browse(world.bram), world) == [True] * 4
    careful.refresh_from_db()
    assert careful.stories_second_step and not Invitation.objects.filter(email="bram2@example.org").exists()
    assert world.dora in Member.objects.active() and not Member.objects.get(pk=world.dora.pk).is_coordinator


@pytest.mark.promise("S5", control=True)
def test_without_the_mark_whoever_reads_brams_mail_goes_on(careful, world, browse, monkeypatch):
    for rule in (table_rules.coordinator, table_rules.may_manage):
        monkeypatch.delattr(rule, "keeps_stories")
    assert refused_to(browse(world.bram), world) == [False] * 4
    careful.refresh_from_db()
    assert not careful.stories_second_step


def test_bram_switches_it_off_after_his_code_and_the_table_reads_that_he_did(careful, bram, anna, browse):
    browser, secret = browse(bram), make.second_step(bram.user)
    browser.post("/inloggen/tweede-stap/opnieuw/", {"code": make.code_of(secret)})
    for sent, turned in ((OURS, "uit"), (OURS | {"stories_second_step": "on"}, "aan")):
        assert browser.do("partnerships:change_table", sent).status_code == 302
        careful.refresh_from_db()
        assert careful.stories_second_step == (turned == "aan")
        told = f"zette de tweede stap voor gesprekken en verhalen {turned}"
        assert told in browse(anna).at("partnerships:table").content.decode()


def after_setting_one_up(bram, browser):
    """The conversations, for whoever came in by a code by mail, set up an app and showed its code."""
    setup = reverse("mfa_activate_totp")
    browser.get(setup)
    code = make.code_of(browser.session["mfa.totp.secret"])
    browser.post(setup, {"code": code})
    cache.clear()
    browser.post("/inloggen/tweede-stap/opnieuw/?next=/", {"code": code})
    return browser.at("experiences:list")


@pytest.mark.promise("S5")
def test_who_reads_brams_mail_sets_up_no_second_step_that_counts_at_once(
    careful, bram, dora, anna, browse, mailoutbox, django_capture_on_commit_callbacks
):
    browser = browse(bram)
    with django_capture_on_commit_callbacks(execute=True):
        answer = after_setting_one_up(bram, browser)
    assert answer.status_code == 403 and "Uw tweede stap is nieuw." in answer.content.decode()
    told = "zette een tweede stap of toegangssleutel aan"
    assert told in browse(dora).at("partnerships:members").content.decode()
    assert told not in browse(anna).at("partnerships:members").content.decode()
    # Bram himself hears of it where he looks every day, in words that tell nothing of the table.
    (letter,) = mailoutbox
    page, _ = letter.alternatives[0]
    begins = date_format(timezone.localtime() + timedelta(hours=24), "l j F")
    assert letter.to == [bram.user.email] and letter.subject == "Er is iets veranderd aan uw account bij Dialoog"
    for words in (letter.body, page):
        assert "Er is een tweede stap aangezet" in words and f"telt helemaal mee vanaf {begins}" in words
        assert not [inside for inside in (careful.council_name, "gesprek", "verhaal", "raad") if inside in words]
    assert "telt daarvoor mee vanaf morgen om" in browser.get(reverse("mfa_index")).content.decode()


def test_whose_account_it_is_hears_of_every_change_in_who_gets_in(bram, mailoutbox, django_capture_on_commit_callbacks):
    for change in CHANGES:
        with django_capture_on_commit_callbacks(execute=True):
            get_adapter().send_notification_mail(f"mfa/email/{change}", bram.user)
    assert [told for letter, told in zip(mailoutbox, CHANGES.values(), strict=True) if told not in letter.body] == []


@pytest.mark.promise("S5", control=True)
def test_if_it_counted_at_once_the_mail_would_open_the_conversations(careful, bram, browse, monkeypatch):
    monkeypatch.setattr("dialoog.accounts.second_step.SETTLES", timedelta())
    assert after_setting_one_up(bram, browse(bram)).status_code == 200
