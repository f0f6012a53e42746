"""Who may do what with values."""

from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from dialoog.partnerships.rules import any_member, side_member

__all__ = [
    "any_member",
    "may_agree",
    "may_change_view",
    "may_drop",
    "may_join",
    "may_lead_room",
    "may_see_suggestions",
    "may_write",
    "side_member",
]


def may_write(seat, thing):
    """Both sides write in the joint words and the examples; a neutral helper reads."""
    return thing.may_be_written_by(seat)


def may_change_view(seat, view):
    """Only the own side writes in its own envelope; who reads it after opening cannot change it."""
    return seat.party == view.party


def may_agree(seat, value):
    """Any member of a side says yes, or takes it back, for that side."""
    return seat.is_side


def may_join(seat, value):
    """Either side may lay two values together, and take them apart again."""
    return seat.is_side


def may_see_suggestions(seat, own_input):
    """The list of others comes after the own words: people are primed by lists."""
    return seat.is_side and own_input


def may_lead_room(seat, *things):
    """A neutral facilitator, the coordinator of either side, or whoever leads a round, of whatever side that is."""
    return seat.is_neutral or seat.is_coordinator or leads_something(seat)


def leads_something(seat):
    """Whether an app above says in its drawer `leading.py` that this person leads something at this table now."""
    above = (app for app in apps.get_app_configs() if module_has_submodule(app.module, "leading"))
    return any(import_module(f"{app.name}.leading").leads(seat) for app in above)


def may_drop(seat, practice):
    """Each side takes only its own examples away."""
    return seat.is_side and practice.added_by.party == seat.party
