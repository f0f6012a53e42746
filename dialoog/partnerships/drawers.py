"""What the storeys above lay ready in a drawer of this name, asked from below without naming one of them."""

from functools import lru_cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule


@lru_cache(maxsize=8)
def held(drawer, name):
    """What all apps that have this drawer hold under this name; a missing drawer means that there is nothing."""
    # Who is installed is for the front door to say.
    found = [config for config in apps.get_app_configs() if module_has_submodule(config.module, drawer)]
    modules = [import_module(f"{config.name}.{drawer}") for config in found]
    return [getattr(module, name) for module in modules if hasattr(module, name)]
