"""The whole story of a value over the years, told by every app that has something of it in its drawer `touched.py`."""

from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from itertools import groupby
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule


@dataclass(frozen=True)
class Touch:
    """Something in which a value was at stake: on which day, what, and where to read it.

    About cards it tells in how many of them the value was upheld and in how many harmed: plain counts, no people.
    """

    value: Any
    on: date
    title: str
    url: str = ""
    note: str = ""
    upheld: int = 0
    harmed: int = 0
    # Titles with their addresses: the themes in which those cards lie.
    parts: list = field(default_factory=list)
    # Whose act it was, when it was of one side.
    party: str = ""

    @property
    def is_about_cards(self):
        return bool(self.upheld or self.harmed)


def touches(seat, values):
    """Everything that touched these values, per value, the newest first; each app is asked once."""
    keys = [value.pk for value in values]
    found = {key: [] for key in keys}
    for app in apps.get_app_configs():
        # A lower storey never looks up: it asks whoever has this drawer, without knowing who that is.
        if keys and module_has_submodule(app.module, "touched"):
            for touch in import_module(f"{app.name}.touched").touched(seat, keys):
                found[touch.value].append(touch)
    return {key: sorted(told, key=lambda touch: (touch.on, touch.title), reverse=True) for key, told in found.items()}


def by_year(told):
    """The same, year by year."""
    return [(year, list(those)) for year, those in groupby(told, key=lambda touch: touch.on.year)]


@dataclass(frozen=True)
class Figure:
    """In how many cards a value was upheld and in how many harmed, over all rounds that are told."""

    upheld: int
    harmed: int
    rounds: int

    @classmethod
    def of(cls, told):
        """The sum of these; None when no card touched the value."""
        cards = [touch for touch in told if touch.is_about_cards]
        if not cards:
            return None
        return cls(sum(one.upheld for one in cards), sum(one.harmed for one in cards), len(cards))
