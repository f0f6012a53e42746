"""A teller withdraws while the council is doing something with what was told: one waits for the other, never both."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from experiences.models import Fragment, FragmentDraft, Remark
from experiences.models.own_way import withdraw_with
from projects.models import Phase, Project
from tests.experiences import make
from tests.projects import make as projects

pytestmark = [pytest.mark.only("postgresql"), pytest.mark.django_db(transaction=True)]


def beside(act):
    """Another request, on a connection of its own; gives its thread and what went wrong in it."""
    problems = []

    def work():
        try:
            act()
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    return thread, problems


def meanwhile(monkeypatch, owner, name, act):
    """Another request does this from the moment that this part of an act is reached."""
    real, begun = getattr(owner, name), []

    def reached(*args, **kwargs):
        if not begun:
            begun.append(beside(act))
            begun[0][0].join(0.3)
        return real(*args, **kwargs)

    monkeypatch.setattr(owner, name, reached)
    return begun


def ends_well(begun):
    (thread, problems) = begun[0]
    thread.join(20)
    return not thread.is_alive() and problems == []


def test_the_teller_of_the_last_card_withdraws_while_new_cards_are_released(bram, dora, table, monkeypatch):
    project = projects.project(bram, Phase.COLLECT)
    make.released(bram, dora, project)
    last, *others = [draft.teller for draft in FragmentDraft.objects.filter(fragment__isnull=False)]
    for teller in others:
        teller.withdraw(bram)
    for number in range(3):
        held = make.told(bram, project, text=f"{make.STORY} Nog {number}.")
        make.approved(bram, dora, held, heading=f"Nieuw {number}", text=f"{make.CARD} En nog iets: {number} keer.")
    begun = meanwhile(monkeypatch, Project, "note_fact", lambda: withdraw_with(table, last.code))
    FragmentDraft.release(dora, project)
    assert ends_well(begun)
    last.refresh_from_db()
    assert last.is_withdrawn and sorted(card.heading for card in Fragment.objects.all()) == [
        "Nieuw 0",
        "Nieuw 1",
        "Nieuw 2",
    ]


def test_the_teller_withdraws_while_a_card_is_sent_back(bram, dora, monkeypatch):
    held = make.told(bram, projects.project(bram, Phase.COLLECT))
    draft = make.draft(bram, held)
    draft.offer(bram, draft.version)
    begun = meanwhile(monkeypatch, Remark, "say", held.teller.withdraw)
    draft.send_back(dora, "Dit herkent iemand.")
    assert ends_well(begun)
    assert not FragmentDraft.objects.exists() and not Remark.objects.exists()


def test_the_teller_withdraws_while_somebody_chooses_between_two_texts(bram, dora, monkeypatch):
    held = make.told(bram, projects.project(bram, Phase.COLLECT))
    copy = make.clash(bram, dora, held)
    begun = meanwhile(monkeypatch, type(copy.passage), "_keep", held.teller.withdraw)
    copy.settle(dora, take=True)
    assert ends_well(begun)
    held.teller.refresh_from_db()
    assert held.teller.is_withdrawn and not type(copy).objects.exists()
    with pytest.raises(ValidationError, match="trok dit gesprek in"):
        make.contact(bram, held)
