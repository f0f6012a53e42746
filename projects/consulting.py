"""What a meeting of the two sides begins with: everything that is open, from every app that has a drawer for it."""

from functools import lru_cache
from importlib import import_module
from itertools import chain

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from dialoog.partnerships.agenda import OpenItem


@lru_cache(maxsize=1)
def _drawers():
    """The drawers `agenda.py` of all apps that have one; a missing drawer means that nothing is open there."""
    # The storeys above deliver here without being named here: who is installed is for the front door to say.
    found = [config for config in apps.get_app_configs() if module_has_submodule(config.module, "agenda")]
    modules = [import_module(f"{config.name}.agenda") for config in found]
    return [module.open_items for module in modules if hasattr(module, "open_items")]


def open_items(partnership):
    """All that is open between the two sides, in the order of the agenda: sort by sort, what has a date first."""
    items = list(chain.from_iterable(drawer(partnership) for drawer in _drawers()))
    order = list(OpenItem.KINDS)
    return sorted(items, key=lambda item: (order.index(item.kind), str(item.due or "9999"), item.title))
