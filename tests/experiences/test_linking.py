"""No card can be laid beside its conversation: a thousand releases, and somebody who guesses from all that is shown."""

import random
from collections import Counter

import pytest
from django.db import transaction

from analysis.models import Placing
from dialoog.live.models import Bell
from dialoog.report.models import Report
from dialoog.report.report import chapters
from experiences.models import Fragment, FragmentDraft, saturation
from projects.models import Phase
from tests.analysis import make as bundled
from tests.experiences import make
from tests.projects import make as rounds

CARDS = 4


class Rollback(Exception):
    """Ends a release and leaves nothing behind."""


@pytest.fixture
def batch(bram, dora):
    """Four conversations in a known order, each with one card that a second member read."""
    project = rounds.project(bram, Phase.COLLECT)
    for place in range(CARDS):
        make.approved(bram, dora, make.told(bram, project), heading=f"Kaartje uit verhaal {place}")
    return project


def guesses(anna, project):
    """The orders that somebody of the municipality may take for the order of the conversations."""
    cards = {card.pk: card for card in Fragment.objects.visible_to(anna).of(project)}
    rung = Bell.objects.filter(topic__startswith="fragment-").order_by("pk").values_list("topic", flat=True)
    by_bell = [key for key in (topic.removeprefix("fragment-") for topic in rung) if key in map(str, cards)]
    found = {
        "number": sorted(cards.values(), key=lambda card: card.number),
        "key": sorted(cards.values(), key=lambda card: card.pk),
        "row": list(cards.values()),
        "bell": [next(card for card in cards.values() if str(card.pk) == key) for key in dict.fromkeys(by_bell)],
    }
    return {name: [int(card.heading[-1]) for card in order] for name, order in found.items()}


def tried(anna, dora, project, runs):
    """How often each way of guessing put the conversation in its own place, over all runs and all cards."""
    right = Counter()
    for _ in range(runs):
        try:
            with transaction.atomic():
                FragmentDraft.release(dora, project)
                for name, order in guesses(anna, project).items():
                    right[name] += sum(place == card for place, card in enumerate(order))
                raise Rollback
        except Rollback:
            project.refresh_from_db()
    return right


def lucky(right, runs):
    """The ways of guessing that are better, or worse, than chance: by chance one card per release lies right."""
    # Of a shuffled hand one card lies in its own place, give or take one: five times the spread is no luck.
    return {name: count for name, count in right.items() if abs(count - runs) > 5 * runs**0.5}


@pytest.mark.promise("P2")
def test_guessing_the_order_of_the_conversations_is_no_better_than_chance(batch, anna, dora, full):
    runs = 1000 if full else 120
    right = tried(anna, dora, batch, runs)
    assert set(right) == {"number", "key", "row", "bell"}
    assert lucky(right, runs) == {}


@pytest.mark.promise("P2", control=True)
def test_cards_that_are_not_shuffled_are_found_out(batch, anna, dora, monkeypatch):
    def by_conversation(self, drafts):
        drafts.sort(key=lambda draft: draft.story.interview.number)

    monkeypatch.setattr(random.SystemRandom, "shuffle", by_conversation, raising=False)
    assert set(lucky(tried(anna, dora, batch, 40), 40)) == {"number", "row", "bell"}


@pytest.mark.promise("P2")
def test_a_thousand_hands_of_the_same_dealer_are_even():
    """The dealer alone, at the full number: every card lies on every place about as often."""
    places = Counter()
    for _ in range(1000):
        hand = list(range(CARDS))
        FragmentDraft.deal(hand)
        places.update(enumerate(hand))
    assert len(places) == CARDS**2
    assert all(abs(number - 250) < 5 * 13.7 for number in places.values())


def laying_apart(anna, bram, dora, look):
    """What is said of the last stories each time that one card is laid apart from all the others."""
    project = rounds.project(bram, Phase.COLLECT)
    cards = make.released(bram, dora, project, number=6)
    project.phase = Phase.DELIBERATE
    project.save()
    many, alone = (bundled.theme(bram, project, sentence) for sentence in ("Wachten", "Een kaartje apart"))
    for card in cards:
        Placing.objects.create(partnership=bram.partnership, project=project, fragment=card, theme=many)
    for card in cards:
        Placing.objects.filter(project=project).update(theme=many)
        Placing.objects.filter(fragment=card).update(theme=alone)
        yield look(project)


@pytest.mark.promise("P2")
def test_laying_cards_apart_and_reading_the_report_tells_nobody_which_story_came_when(anna, bram, dora):
    def look(project):
        return chapters(Report.start(anna, project))[0].context["saturation"]

    assert len(set(laying_apart(anna, bram, dora, look))) == 1


@pytest.mark.promise("P2", control=True)
def test_what_the_council_reads_itself_would_tell_of_each_card_how_long_ago_it_was_told(anna, bram, dora):
    def look(project):
        laid = Placing.objects.filter(project=project).values_list("fragment_id", "theme_id")
        return saturation(project, {card: {theme} for card, theme in laid})

    assert len(set(laying_apart(anna, bram, dora, look))) == 5
