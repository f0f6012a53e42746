"""Four eyes and consent: many random walks through all acts, against a model that knows nothing of ours."""

import random
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from experiences import models
from experiences.models import Consent, Fragment, FragmentDraft
from projects.models import Phase
from tests.experiences import make
from tests.projects import make as rounds

TEXTS = {
    "plain": "Ik wacht al lang op een brief.",
    "other": "Niemand belde terug, dat deed mij pijn.",
    "phone": "Bel mij op 06-12345678 als het kan.",
    "age": "Ik ben 54 jaar en alleen.",
}
ACTS = ("rewrite", "leave", "swap", "offer", "show", "approve", "send_back", "consent", "withdraw", "release")


class Model:
    """What may cross, told once more from the method and in plain Python."""

    def __init__(self, count):
        self.text = ["plain"] * count
        self.decided = [set() for _ in range(count)]
        self.writers = [{"bram"} for _ in range(count)]
        self.state = ["writing"] * count
        self.read = [None] * count
        self.allowed = [True] * count
        self.gone = [False] * count
        self.shown = {}

    def changed(self, one, who):
        self.state[one], self.read[one] = "writing", None
        self.writers[one].add(who)

    def clean(self, one):
        return self.text[one] != "phone" and (self.text[one] != "age" or "age" in self.decided[one])

    def alive(self, one):
        return not self.gone[one] and self.state[one] != "released"

    def may_cross(self, one):
        return (
            self.alive(one)
            and self.allowed[one]
            and self.clean(one)
            and self.state[one] == "approved"
            and self.read[one] is not None
            and self.read[one] not in self.writers[one]
        )


class Walk:
    """One random walk over one round, done twice: by our acts and by the model."""

    def __init__(self, seed, bram, dora, wim, project, drafts, count):
        self.dice = random.Random(seed)
        self.seats = {"bram": bram, "dora": dora, "wim": wim}
        self.project, self.drafts, self.model = project, drafts, Model(count)
        self.crossed, self.hashes, self.lost, self.words = 0, {}, set(), "plain"

    def step(self):
        act, one, who = self._helpful() if self.dice.random() < 0.7 else self._wild()
        expected = getattr(self, f"_{act}")(one, who)
        try:
            with transaction.atomic():
                self._do(act, one, self.seats[who])
            happened = True
        except (ValidationError, FragmentDraft.DoesNotExist):
            happened = False
        assert happened == bool(expected), (act, one, who, vars(self.model))
        if happened:
            expected()

    def _wild(self):
        return self.dice.choice(ACTS), self.dice.randrange(len(self.drafts)), self.dice.choice(list(self.seats))

    def _helpful(self):
        """What somebody would do next who wants this card to cross; else hardly any walk would get there."""
        model, one = self.model, self.dice.randrange(len(self.drafts))
        readers = [who for who in self.seats if who not in model.writers[one]]
        if model.state[one] in ("writing", "sent_back"):
            return "offer" if model.clean(one) or self.dice.random() < 0.4 else "swap", one, "bram"
        if model.state[one] == "ready" and readers:
            seen = [who for who in readers if model.shown.get((one, who)) == model.text[one]]
            return ("approve", one, seen[0]) if seen else ("show", one, readers[0])
        return "release", one, "dora"

    def _do(self, act, one, seat):
        draft = FragmentDraft.objects.get(pk=self.drafts[one])
        if act == "rewrite":
            draft.rewrite(seat, draft.version, "Een kop", TEXTS[self.words])
        elif act == "leave":
            draft.leave(seat, draft.version, 1)
        elif act == "swap":
            draft.swap(seat, draft.version, 1, "iets")
        elif act == "offer":
            draft.offer(seat, draft.version)
        elif act == "show":
            self.hashes[one, seat] = draft.hash
        elif act == "approve":
            draft.approve(seat, self.hashes.get((one, seat), ""))
        elif act == "send_back":
            draft.send_back(seat, "Anders")
        elif act == "consent":
            given = Consent.of(draft.teller)
            given.may_analyse = given.may_quote = not given.may_analyse
            given.may_call_back = True
            given.note(seat)
        elif act == "withdraw":
            draft.teller.withdraw(seat)
        elif act == "release":
            FragmentDraft.release(seat, self.project)

    def _rewrite(self, one, who):
        self.words = self.dice.choice(list(TEXTS))

        def then():
            if self.model.text[one] != self.words:
                self.model.text[one] = self.words
                self.model.changed(one, who)

        return self.model.alive(one) and then

    def _leave(self, one, who):
        def then():
            self.model.decided[one].add("age")
            self.model.changed(one, who)

        return self.model.alive(one) and self.model.text[one] == "age" and not self.model.clean(one) and then

    def _swap(self, one, who):
        def then():
            self.model.text[one] = f"swapped {self.model.text[one]}"
            self.model.changed(one, who)

        return self.model.alive(one) and not self.model.clean(one) and then

    def _offer(self, one, who):
        def then():
            if self.model.state[one] in ("writing", "sent_back"):
                self.model.state[one] = "ready"

        return self.model.alive(one) and self.model.allowed[one] and self.model.clean(one) and then

    def _show(self, one, who):
        def then():
            self.model.shown[one, who] = self.model.text[one]

        return not self.model.gone[one] and then

    def _approve(self, one, who):
        model = self.model
        saw = model.shown.get((one, who)) == model.text[one]
        again = model.state[one] == "approved" and model.read[one] == who
        able = model.alive(one) and saw and who not in model.writers[one]

        def then():
            model.state[one], model.read[one] = "approved", who

        return able and (again or (model.state[one] == "ready" and model.allowed[one] and model.clean(one))) and then

    def _send_back(self, one, who):
        def then():
            self.model.state[one], self.model.read[one] = "sent_back", None

        waits = self.model.state[one] in ("ready", "approved")
        return self.model.alive(one) and waits and who not in self.model.writers[one] and then

    def _consent(self, one, who):
        def then():
            self.model.allowed[one] = not self.model.allowed[one]

        return not self.model.gone[one] and then

    def _withdraw(self, one, who):
        def then():
            self.model.gone[one] = True

        return not self.model.gone[one] and then

    def _release(self, one, who):
        ready = [one for one in range(len(self.drafts)) if self.model.may_cross(one)]

        def then():
            for each in ready:
                self.model.state[each] = "released"
            self.crossed += len(ready)

        return not self.model.gone[one] and len(ready) >= 3 and then

    def check(self):
        """Exactly the cards of the model are on the shared side."""
        model, expected = self.model, set()
        for one, state in enumerate(model.state):
            # Taking back the consent takes the card along; giving it again brings nothing back by itself.
            if state == "released" and not model.gone[one] and model.allowed[one] and one not in self.lost:
                expected.add(self.drafts[one])
        there = set(FragmentDraft.objects.exclude(fragment=None).values_list("pk", flat=True))
        assert there == expected
        assert Fragment.objects.filter(project=self.project).count() == len(expected)

    def go(self, steps):
        for _ in range(steps):
            self.step()
            model = self.model
            self.lost |= {n for n, state in enumerate(model.state) if state == "released" and not model.allowed[n]}
            self.check()


class Rollback(Exception):
    """Ends a walk and leaves nothing behind."""


def walk_many(seats, project, drafts, seeds, steps):
    """Walk from the same start again and again; gives how many cards crossed in all."""
    crossed = 0
    for seed in seeds:
        walk = Walk(seed, *seats, project, drafts, len(drafts))
        try:
            with transaction.atomic():
                walk.go(steps)
                raise Rollback
        except Rollback:
            project.refresh_from_db()
        crossed += walk.crossed
    return crossed


@pytest.fixture
def stage(bram, dora, table):
    """Four cards in the making, of four tellers, and three members of the council."""
    project = rounds.project(bram, Phase.COLLECT)
    drafts = []
    for _ in range(4):
        held = make.told(bram, project, text="Een kort verhaal.", may_call_back=True)
        drafts.append(make.draft(bram, held, heading="Een kop", text=TEXTS["plain"], key=uuid.uuid4()).pk)
    return (bram, dora, make.member(table)), project, drafts


@pytest.mark.promise("P3")
def test_no_card_crosses_without_consent_a_second_reader_and_the_text_that_was_shown(stage, full):
    walks = 10_000 if full else 50
    crossed = walk_many(*stage, seeds=range(walks), steps=25)
    # Walks in which nothing ever crosses would prove nothing.
    assert crossed > walks / 10


@pytest.mark.promise("P3", control=True)
@pytest.mark.parametrize("guard", ["_refuse_reader", "_refuse_hits"])
def test_without_a_guard_the_walks_find_the_hole(stage, monkeypatch, guard):
    monkeypatch.setattr(models.FragmentDraft, guard, lambda *anything: None)
    with pytest.raises(AssertionError):
        walk_many(*stage, seeds=range(120), steps=25)
