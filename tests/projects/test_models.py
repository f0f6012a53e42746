"""A round holds what the two sides decided together."""

import pytest
from django.core.exceptions import ValidationError

from projects.models import Phase, Project
from tests.projects import make


def test_a_round_walks_from_trust_to_closed_when_everything_holds(anna, bram):
    project = make.project(bram)
    project.confirm_trust(bram)
    project.confirm_trust(anna)
    project.advance(bram)
    project.advance(bram)
    plan = make.plan(bram, project)
    plan.agree(bram)
    plan.agree(anna)
    project.advance(bram)
    assert project.phase == Phase.COLLECT
    assert project.is_collecting
    project.note_fact("cards_released", bram)
    project.advance(bram)
    project.note_fact("bundled", bram)
    project.advance(bram)
    project.note_fact("deliberation_opened", anna)
    project.advance(bram)
    project.note_fact("listened", anna)
    assert not project.may_commit
    project.note_fact("listened", bram)
    assert project.may_commit
    project.advance(bram)
    project.advance(bram)
    project.note_fact("report_signed", anna)
    project.note_feedback(bram, done=True, erased=True)
    project.advance(bram)
    assert project.is_closed
    assert Project.objects.visible_to(anna).current() is None


def test_a_person_who_was_asked_and_is_silent_holds_up_collecting(anna, bram, dora):
    project = make.ready(bram, anna, bram)
    make.pledge(bram, project, dora)
    with pytest.raises(ValidationError, match="Dora Vermeulen gaf nog geen antwoord"):
        project.advance(bram)
