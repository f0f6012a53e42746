"""The lead's desk on a screen: starting small without a script, and every page of it sound at both widths."""

from datetime import timedelta

import pytest
from django.utils import timezone

from projects.models import CalendarAddress, Phase, Pledge, Project, RoundDraft, Task
from tests.advice import make as letters
from tests.projects import make

# What a browser makes of a page is the same with either database.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.only("sqlite")]


def sound(screen, name):
    """What the checker says of this page on a desk and on a phone, by its name."""
    return [f"{name} {fault}" for fault in screen.shoot(name).faults()]


@pytest.mark.promise("A6")
def test_a_round_begins_small_without_a_script(screen, anna, joost, bram, dora):
    desk = screen(bram, javascript=False)
    desk.go("projects:small", step=1).fill("Waar gaat het over?", "Brieven over de huur").click("Verder")
    desk.fill("Wat wilt u van mensen horen?", "Wat vindt u van alles in de brief?").click("Verder")
    desk.sees("is breed voor een eerste ronde")
    desk.fill("Wat wilt u van mensen horen?", "Wat gebeurde er toen u de brief kreeg?").click("Verder")
    desk.page.get_by_label("Joost Kramer").check()
    desk.page.get_by_label("Dora Vermeulen").check()
    desk.click("Vorige vraag").click("Verder").click("Verder").click("Verder").click("Bekijk de ronde")
    desk.sees("Dit wordt uw ronde").sees("Joost Kramer").fill("Wat", "Eerst samen koffie")
    desk.click("Begin deze ronde").sees("De ronde is begonnen.")
    assert Task.objects.filter(what="Eerst samen koffie").exists()
    assert Pledge.objects.count() == 3


# How a page looks is the same on either database.
@pytest.mark.only("sqlite")
@pytest.mark.promise("A1")
def test_the_pages_of_the_desk_are_sound(screen, anna, bram, dora, joost):
    desk, faults = screen(bram), []
    desk.go("projects:small", step=1)
    desk.page.wait_for_load_state()
    faults += sound(desk, "desk-small-1")
    desk.click("Verder").sees("Schrijf op waar deze ronde over gaat.")
    faults += sound(desk, "desk-small-1-fout")
    today = timezone.localdate()
    answers = {"subject": "Brieven over de huur", "question": "Wat gebeurde er?", "lead": bram, "planned_stories": 5}
    draft = RoundDraft.objects.create(
        partnership=bram.partnership, member=bram, started_on=today, talk_on=today + timedelta(days=63), **answers
    )
    draft.participants.set([bram, dora, anna, joost])
    desk.go("projects:small", step=3)
    faults += sound(desk, "desk-small-3")
    desk.go("projects:small_overview")
    faults += sound(desk, "desk-small-overview")
    project = make.project(bram)
    for number, days in enumerate((-3, 1, 4, 20, 40)):
        make.task(bram, project, what=f"De zaal voor avond {number}", member=(bram, anna)[number % 2], days=days)
    make.task(bram, project, what="Soep maken").finish(bram, "Zestien kommen")
    pledge = make.pledge(bram, project, dora)
    desk.page.goto(desk.address + bram.url("projects:tasks") + "?wie=iedereen&als=bord")
    faults += sound(desk, "desk-taken-bord")
    CalendarAddress.make(bram)
    desk.go("projects:reaching")
    faults += sound(desk, "desk-herinneringen")
    for seat in (bram, dora, joost):
        make.trust(seat, project, answer=1)
    desk.go("projects:trust", project=project.pk)
    faults += sound(desk, "desk-vertrouwen")
    stranger = screen()
    stranger.page.goto(desk.address + pledge.url.split("8000", 1)[1])
    faults += sound(stranger, "desk-brief")
    Project.objects.update(phase=Phase.REPORT)
    make.close_out(bram, project, worked="Samen lezen, zonder meteen te antwoorden.")
    desk.go("projects:close_out", project=project.pk)
    faults += sound(desk, "desk-terugblik")
    desk.go("projects:change_close_out", project=project.pk)
    faults += sound(desk, "desk-terugblik-invullen")
    assert faults == []
    assert desk.problems == []


# What stands behind an open question is the same on either database.
@pytest.mark.only("sqlite")
def test_a_yes_in_a_question_that_stands_open_goes_to_what_was_there_when_it_was_asked(screen, anna, joost):
    enquiry = letters.enquiry(anna)
    town = screen(anna).go("advice:enquiry", enquiry=enquiry.pk).click("Verstuur de vraag").sees("Onder de brief staat")
    enquiry.write(joost, enquiry.version, question="Waarom luistert u nooit?")
    # It is there, behind the question.
    town.page.get_by_text("Waarom luistert u nooit?").first.wait_for(state="attached")
    town.click("^Verstuur$").sees("De tekst is net veranderd. Lees hem opnieuw en verstuur hem dan.")
