"""Why the two sides agree on something in a round."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """One thing that a commitment can be made for, with the page on which it is made and tied to it.

    An app delivers these from its drawer `reasons.py`, as `reasons_for(seat, project) -> list[Reason]`, and ties a
    commitment to one of them, or to none, by `tie(seat, commitment, key)`. `settled(seat)` names those that stayed open
    when their round closed, and for which something was agreed since.
    """

    key: str
    label: str
    url: str
    note: str = ""
    # The keys of the commitments that were made for it.
    tied: frozenset = frozenset()
