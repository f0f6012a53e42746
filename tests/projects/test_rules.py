"""Who may do what in a round."""

from django.utils import timezone

from projects import rules
from projects.models import Phase
from tests.projects import make


def test_both_sides_may_prepare_a_round_and_the_helper_may_not(anna, bram, dora, nico):
    project = make.project(bram)
    assert [rules.may_prepare(seat, project) for seat in (anna, bram, dora, nico)] == [True, True, True, False]
    assert [rules.may_start(seat) for seat in (anna, bram, dora, nico)] == [True, True, True, False]


def test_the_lead_or_the_helper_moves_the_round(anna, bram, dora, nico):
    project = make.project(dora)
    assert [rules.may_move(seat, project) for seat in (anna, bram, dora, nico)] == [False, False, True, True]


def test_the_lead_is_handed_on_by_who_leads_helps_or_coordinates(anna, joost, bram, dora, nico):
    project = make.project(dora)
    who = [anna, joost, bram, dora, nico]
    assert [rules.may_hand_lead(seat, project) for seat in who] == [True, False, True, True, True]
    dora.active_to = timezone.now()
    dora.save()
    project.refresh_from_db()
    assert rules.may_hand_lead(joost, project)


def test_nobody_answers_for_another(anna, bram, dora):
    pledge = make.pledge(anna, make.project(bram), dora)
    assert [rules.may_answer(seat, pledge) for seat in (anna, bram, dora)] == [False, False, True]


def test_a_task_is_finished_by_its_person_or_by_the_lead_of_the_own_side(anna, bram, dora):
    project = make.project(bram)
    for member, who_may in ((anna, [True, False, False]), (dora, [False, True, True])):
        task = make.task(anna, project, member=member)
        assert [rules.may_finish(seat, task) for seat in (anna, bram, dora)] == who_may


def test_only_the_council_asks_clients(anna, bram, dora, nico):
    project = make.project(bram, Phase.COMMIT)
    commitment = make.commitment(bram, project)
    assert [rules.may_ask_clients(seat, commitment) for seat in (anna, bram, dora, nico)] == [False, True, True, False]


def test_each_side_takes_off_only_its_own_points(anna, bram, dora, nico):
    item = make.agenda_item(bram, make.meeting(bram))
    assert [rules.may_drop_item(seat, item) for seat in (anna, bram, dora, nico)] == [False, True, True, False]
    assert [rules.may_add_item(seat) for seat in (anna, bram, dora, nico)] == [True, True, True, False]
