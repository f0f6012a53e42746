"""The form of a chapter in the joint report. It holds only what both sides see alike."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Chapter:
    """One chapter: its place (`slot`), its title for the contents, and the template that draws it from `context`."""

    slot: str
    title: str
    template: str
    context: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Stake:
    """In how many cards a value was upheld and in how many harmed: small cards above and below one line.

    It comes back wherever a value is named, always in the same form, and without colour it says the same.
    """

    upheld: int
    harmed: int
    # Millimetres; more cards than fit in a row are drawn narrower.
    WIDTH, CARD, GAP = 46, 2.6, 0.9

    @property
    def rows(self):
        """The places of the cards that stand on the line, and of those that hang below it."""
        step = min(self.CARD + self.GAP, self.WIDTH / max(self.upheld, self.harmed, 1))
        width = f"{step * self.CARD / (self.CARD + self.GAP):.2f}"
        return [(width, [f"{number * step:.2f}" for number in range(count)]) for count in (self.upheld, self.harmed)]

    @property
    def words(self):
        """The same in words."""
        told = [
            f"{what} in {count} kaartje{'' if count == 1 else 's'}"
            for what, count in (("geschonden", self.harmed), ("waargemaakt", self.upheld))
            if count
        ]
        if len(told) > 1:
            told[1] = f"waargemaakt in {self.upheld}"
        return ", ".join(told)
