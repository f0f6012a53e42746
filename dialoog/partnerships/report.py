"""The form of a chapter in the joint report. It holds only what both sides see alike."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Chapter:
    """One chapter: its place (`slot`), its title for the contents, and the template that draws it from `context`."""

    slot: str
    title: str
    template: str
    context: dict = field(default_factory=dict)
