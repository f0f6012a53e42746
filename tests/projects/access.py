"""The doors of this app."""

from tests.access import Access

ROUTES: dict[str, Access] = {}
