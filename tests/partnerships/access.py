"""The doors of this app."""

from tests.access import Access, everyone

ROUTES = {
    "partnerships:stream": Access(get=everyone()),
}
