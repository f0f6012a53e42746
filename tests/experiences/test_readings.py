"""Who read what: every opening of a raw story or of contact details leaves a line, and never a word of it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from dialoog.live.models import Bell
from experiences.models import LONGEST, Reading
from experiences.vault import Vault
from projects.models import Phase
from tests import access as doors
from tests import make as people
from tests.experiences import access, make
from tests.projects import make as rounds
from tests.test_access import ROUTES

# The storeys that stand on the stories, and the page that asks all of them what waits.
NEAR = ("experiences:", "analysis:", "report:", "start")
RAW = ("passage", "passageversion", "contactdetail")


@pytest.fixture
def project(bram, anna):
    return rounds.project(bram, Phase.COLLECT)


@pytest.fixture
def held(bram, dora, project):
    return make.told(bram, project, interviewers=[bram, dora], may_call_back=True)


@pytest.fixture
def opened(monkeypatch):
    """Whose raw words were opened since: (teller, kind of row)."""
    seen, open_as_ever = set(), Vault.open

    def watched(vault, teller, row, sealed):
        if row.split(":")[0] in RAW:
            seen.add((str(teller), row.split(":")[0]))
        return open_as_ever(vault, teller, row, sealed)

    monkeypatch.setattr(Vault, "open", watched)
    return seen


def lines():
    """What the log holds: (who, which teller, what, why)."""
    return [(one.by.name.split()[0], one.teller_id, one.what, one.why) for one in Reading.objects.order_by("at", "pk")]


def unlogged(opened, seat):
    """What was opened without a line by this person: about that teller, or about the whole round."""
    logged = Reading.objects.filter(by=seat)
    whole = logged.filter(what=Reading.What.ROUND).exists()
    of = {str(teller) for teller in logged.values_list("teller_id", flat=True)}
    return [(teller, kind) for teller, kind in opened if teller not in of and not whole]


@pytest.mark.promise("P6")
@pytest.mark.parametrize("route", [name for name in sorted(ROUTES) if name.startswith(NEAR)])
def test_no_page_and_no_act_opens_a_story_without_a_line_in_the_log(world, route, opened, browse):
    row: doors.Access = ROUTES[route]
    kwargs = row.kwargs(world)
    for method in ("get", "post"):
        if not getattr(row, method):
            continue
        data = row.data(world) if method == "post" else {}
        opened.clear()
        getattr(browse(world.bram), method)(world.bram.url(route, **kwargs), data)
        assert unlogged(opened, world.bram) == []


@pytest.mark.promise("P6", control=True)
def test_a_page_that_opens_a_story_is_seen_by_that_watch(world, opened, browse):
    kwargs = access.ROUTES["experiences:interview"].kwargs(world)
    opened.clear()
    browse(world.bram).at("experiences:interview", **kwargs)
    Reading.objects.all().delete()
    assert unlogged(opened, world.bram) != []


@pytest.mark.promise("P6")
def test_the_line_says_who_when_which_and_why_and_no_word_of_it(browse, bram, dora, held):
    make.contact(bram, held)
    browse(dora).at("experiences:interview", interview=held.pk)
    browse(dora).at("experiences:contact", interview=held.pk)
    browse(bram).do("experiences:list", {"zoek": "rode Panda"})
    assert lines() == [
        ("Dora", held.teller_id, "story", "uittypen"),
        ("Dora", held.teller_id, "contact", "bereiken"),
        ("Bram", None, "round", "zoeken"),
    ]
    page = browse(bram).at("experiences:readings").content.decode()
    assert "opende het verhaal van gesprek 1: uittypen" in page
    assert "opende alle verhalen van de ronde (van ronde 1): zoeken" in page
    assert not any(word in page for word in ("Panda", "Ouali", "06-1234", held.teller.code))


@pytest.mark.promise("P6")
@pytest.mark.django_db(transaction=True)
def test_the_line_stands_when_the_act_is_refused(browse, bram, held):
    answer = browse(bram).do(
        "experiences:save", {"field": "happened", "version": 1, "text": "x" * (LONGEST + 1)}, interview=held.pk
    )
    assert answer.status_code == 422
    assert lines() == [("Bram", held.teller_id, "story", "uittypen")]


@pytest.mark.promise("P6", control=True)
@pytest.mark.django_db(transaction=True)
def test_a_line_inside_the_act_would_go_with_it(bram, held):
    with pytest.raises(ValidationError), transaction.atomic():
        Reading.note(bram, held, Reading.What.STORY, "uittypen")
        raise ValidationError("geweigerd")
    assert lines() == []


def test_going_on_with_the_same_thing_is_one_reading_until_it_is_left_for_a_while(bram, held):
    begun = timezone.now()
    for minutes in (0, 0.5, 4, 13, 30):
        with time_machine.travel(begun + timedelta(minutes=minutes), tick=False):
            Reading.note(bram, held, Reading.What.STORY, "uittypen")
    lasted = [(one.until - one.at).seconds // 60 for one in Reading.objects.order_by("at")]
    assert lasted == [13, 0]


def test_only_the_coordinator_of_the_council_sees_the_log(browse, bram, dora, anna, nico, chris, held):
    Reading.note(dora, held, Reading.What.STORY, "uittypen")
    seen = {seat.name: Reading.objects.visible_to(seat).count() for seat in (bram, dora, anna, nico, chris)}
    assert seen == {bram.name: 1, dora.name: 0, anna.name: 0, nico.name: 0, chris.name: 0}
    assert browse(dora).at("experiences:readings").status_code == 403
    assert browse(anna).at("experiences:readings").status_code == 404


def test_that_somebody_reads_rings_no_bell(bram, held):
    before = Bell.objects.count()
    Reading.note(bram, held, Reading.What.STORY, "uittypen")
    assert Bell.objects.count() == before


def test_the_log_is_narrowed_to_a_person_and_to_a_conversation(browse, bram, dora, project, held):
    other = make.told(bram, project)
    Reading.note(bram, held, Reading.What.STORY, "uittypen")
    Reading.note(dora, other, Reading.What.STORY, "een kaartje nakijken")
    page = browse(bram).at("experiences:readings", {"wie": str(dora.pk)}).content.decode()
    assert "van gesprek 2" in page and "van gesprek 1" not in page
    page = browse(bram).at("experiences:readings", {"gesprek": str(held.pk)}).content.decode()
    assert "van gesprek 1" in page and "van gesprek 2" not in page
    page = browse(bram).at("experiences:readings", {"wie": str(people.council(bram.partnership, "Wim Bos").pk)})
    assert "Daarvan is niets gelezen." in page.content.decode()
    assert browse(bram).at("experiences:readings", {"wie": "x\0", "blad": "-3"}).status_code == 200


def test_the_coordinator_goes_from_a_conversation_to_its_log_and_to_the_sheet_for_the_teller(browse, bram, dora, held):
    Reading.note(dora, held, Reading.What.STORY, "een kaartje nakijken")
    log = bram.url("experiences:readings") + f"?gesprek={held.pk}"
    sheet = bram.url("experiences:reading_log", interview=held.pk)
    assert log in browse(bram).at("experiences:interview", interview=held.pk).content.decode()
    assert "?gesprek=" not in browse(dora).at("experiences:interview", interview=held.pk).content.decode()
    shown = browse(bram).get(log).content.decode()
    assert sheet in shown and bram.url("experiences:interview", interview=held.pk) in shown
    assert sheet not in browse(bram).at("experiences:readings").content.decode()
    # Nobody can ask for it any more, and the code that stood on the sheet is nobody's.
    held.teller.withdraw(bram)
    assert sheet not in browse(bram).get(log).content.decode()


def test_the_log_costs_the_same_with_one_line_and_with_many(browse, bram, project, held, django_assert_max_num_queries):
    browser = browse(bram)
    Reading.note(bram, held, Reading.What.STORY, "uittypen")
    browser.at("experiences:readings")
    for place in range(12):
        Reading.note(people.council(bram.partnership, f"Lid{place} Bos"), held, Reading.What.STORY, f"reden {place}")
    with django_assert_max_num_queries(14):
        page = browser.at("experiences:readings")
    assert page.content.decode().count("opende het verhaal") == 13
