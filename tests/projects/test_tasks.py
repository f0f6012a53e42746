"""Tasks: mine, the round's, and those that want another day; done with a word, moved without shame."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dialoog.partnerships.models import Event
from projects.models import Phase
from projects.models.drafting import working_day
from tests.projects import make
from tests.projects.test_pages import day, words


def test_the_list_is_mine_or_everyones_or_what_wants_another_day(browse, anna, bram):
    project = make.project(bram)
    make.task(bram, project, what="De zaal regelen", days=-3)
    figures = make.task(bram, project, what="Cijfers opzoeken", member=anna, days=3)
    make.task(bram, make.project(bram, Phase.CLOSED), what="Van vroeger")
    seen = {whose: words(browse(bram).at("projects:tasks", {"wie": whose})) for whose in ("mijn", "iedereen", "dag")}
    assert ["De zaal regelen" in page for page in seen.values()] == [True, True, True]
    assert ["Cijfers opzoeken" in page for page in seen.values()] == [False, True, False]
    assert "Van vroeger" not in "".join(seen.values())
    assert "Taken van mij (1)Taken van iedereen (2)Zoekt een andere dag (1)" in seen["mijn"]
    # The start page asks for more than tasks and commitments, so this page does not call itself all of the work.
    assert "Wat verder op u wacht" in seen["mijn"] and "Wat verder op u wacht" not in seen["iedereen"]
    # No reproach: the day that was meant, and a way to another one.
    assert "was bedoeld voor" in seen["mijn"]
    assert "te laat" not in "".join(seen.values())
    # A way to one more; and when nothing of one's own is open, the page says so.
    assert "?wat=#taak-erbij" in browse(bram).at("projects:tasks").content.decode()
    figures.finish(anna)
    assert "Al uw taken zijn klaar." in words(browse(anna).at("projects:tasks")) and "Al uw" not in seen["mijn"]


def test_the_board_lays_tasks_by_when_they_are_wanted(browse, bram):
    project = make.project(bram)
    for what, days in (("Gisteren", -1), ("Morgen", 1), ("Volgende maand", 30)):
        make.task(bram, project, what=what, days=days)
    make.task(bram, project, what="Gedaan").finish(bram)
    board = words(browse(bram).at("projects:tasks", {"wie": "mijn", "als": "bord"}))
    places = ["De dag ging voorbij (1)", "Gisteren", "Binnen een week (1)", "Morgen", "Later (1)", "Volgende maand"]
    places += ["Klaar (1)", "Gedaan"]
    found = [board.index(place) for place in places]
    assert found == sorted(found)


def test_a_task_is_done_with_a_word_and_the_word_may_come_later(browse, bram):
    task = make.task(bram, make.project(bram))
    assert "Is het klaar?" in words(browse(bram).at("projects:finish", task=task.pk))
    done = browse(bram).do(
        "projects:finish", {"note": "Zaal 2, met koffie", "terug": "mijn"}, follow=True, task=task.pk
    )
    assert "Mooi, die is klaar." in words(done)
    assert "Zaal 2, met koffie" in words(done)
    first = task.__class__.objects.get().done_at
    browse(bram).do("projects:finish", {"note": "Zaal 3"}, task=task.pk)
    task.refresh_from_db()
    assert (task.note, task.done_at) == ("Zaal 3", first)
    assert Event.objects.filter(sentence__startswith="rondde een taak af").count() == 1


def test_who_said_for_somebody_else_that_a_task_is_done_stands_beside_it(browse, anna, bram, dora):
    project = make.project(bram)
    own, other = make.task(bram, project, what="Bellen", member=dora), make.task(bram, project, member=anna)
    listed = browse(bram).at("projects:tasks", {"wie": "iedereen"}).content.decode()
    assert f"/{own.pk}/klaar/" in listed and f"/{other.pk}/klaar/" not in listed
    browse(bram).do("projects:finish", task=own.pk)
    assert f"zei {bram}" in words(browse(anna).at("projects:tasks", {"wie": "iedereen"}))
    browse(bram).do("projects:take_up_again", task=own.pk)
    assert f"zei {bram}" not in words(browse(anna).at("projects:tasks", {"wie": "iedereen"}))


def test_another_day_is_a_sentence_and_no_drama(browse, anna, bram):
    task = make.task(bram, make.project(bram), member=anna, days=-4)
    browser = browse(anna)
    page = browser.at("projects:move_task", task=task.pk)
    assert "Dat kan gebeuren. U hoeft niet te zeggen waarom." in words(page)
    next_week = working_day(timezone.localdate() + timedelta(days=7))
    assert f'value="{next_week}"' in page.content.decode()
    moved = browser.do("projects:move_task", {"due": str(next_week), "terug": "dag", "als": "bord"}, task=task.pk)
    assert moved["Location"].endswith("/taken/?wie=dag&als=bord#taken")
    task.refresh_from_db()
    assert task.due == next_week
    assert "Prima. De taak staat nu op" in words(browser.get(moved["Location"]))


@pytest.mark.parametrize(
    ("due", "sentence"),
    [("", "Kies een dag die wel past."), (day(-1), "Deze dag is al geweest. Kies een dag die nog komt.")],
)
def test_a_day_that_cannot_be_is_told(browse, bram, due, sentence):
    task = make.task(bram, make.project(bram))
    answer = browse(bram).do("projects:move_task", {"due": due}, task=task.pk)
    assert (answer.status_code, sentence in words(answer)) == (422, True)


def test_what_is_done_is_taken_up_before_it_moves(browse, bram):
    task = make.task(bram, make.project(bram))
    task.finish(bram)
    answer = browse(bram).do("projects:move_task", {"due": day(9)}, task=task.pk)
    assert "Deze taak is al klaar. Pak hem eerst weer op." in words(answer)


def test_what_i_stand_for_is_beside_my_tasks(browse, bram, dora):
    project = make.project(bram, Phase.COMMIT)
    make.commitment(bram, project, owner_member=bram)
    make.commitment(bram, project, what="Van een ander", owner_member=dora)
    page = words(browse(bram).at("projects:tasks"))
    assert "U hebt nu geen taken." in page
    assert "Afspraken waar u aan werkt" in page
    assert ("Terugbellen binnen twee werkdagen" in page, "Van een ander" in page) == (True, False)


@pytest.mark.parametrize("how", [{}, {"wie": "iedereen"}, {"wie": "iedereen", "als": "bord"}, {"wie": "dag"}])
def test_the_page_of_tasks_asks_as_often_for_three_as_for_three_hundred(browse, anna, bram, how):
    project = make.project(bram)

    def asks(count):
        for number in range(count):
            make.task(bram, project, what=f"Taak {number}", member=(anna, bram)[number % 2], days=number % 20 - 5)
        with CaptureQueriesContext(connection) as queries:
            assert browse(bram).at("projects:tasks", how).status_code == 200
        return len(queries)

    asks(8)
    assert asks(3) == asks(289)


def test_what_somebody_said_of_their_finished_task_is_written_by_nobody_else(browse, anna, bram):
    project = make.project(bram, Phase.COMMIT)
    task = make.task(bram, project, member=anna)
    task.finish(anna, "Ik sprak met drie collega's.")
    sent = {"what": "Iets anders", "member": anna.pk, "due": f"{task.due:%Y-%m-%d}", "note": "Ik had geen zin."}
    said = words(browse(bram).do("projects:change_task", sent, task=task.pk))
    assert "Deze taak is al klaar. Pak hem eerst weer op." in said
    task.refresh_from_db()
    assert task.note == "Ik sprak met drie collega's."
