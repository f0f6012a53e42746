"""What the vault says about cards: on how many stories they rest, never which."""

from types import SimpleNamespace

from experiences import models as experiences


def rests_on(cards):
    """Whether these cards come from at least two stories, and whether only from council members' own."""
    if hasattr(experiences, "rests_on"):
        return experiences.rests_on(cards)
    return SimpleNamespace(stories_enough=len(cards) > 1, only_own=False)


def all_collected(project, members):
    """Whether each of these council members also collected stories in this round."""
    return hasattr(experiences, "all_collected") and experiences.all_collected(project, members)
