"""The form of a row in the table of doors; each app lists its own in tests/<app>/access.py."""

from collections.abc import Callable
from dataclasses import dataclass, field

CAST = ("anna", "bram", "dora", "nico", "chris", "gone", "anonymous")


@dataclass(frozen=True)
class Access:
    """What each of the cast gets at one route.

    `kwargs(world)` makes the things the address needs and gives its keywords (without `table`). `get` and `post` say
    the status per person; a missing method means that everyone gets 405. Left-out people: chris and gone get 404,
    anonymous is sent to the login page. `data(world)` is what is posted.
    """

    kwargs: Callable = lambda world: {}
    get: dict = field(default_factory=dict)
    post: dict = field(default_factory=dict)
    data: Callable = lambda world: {}

    def expected(self, method, who):
        given = getattr(self, method)
        # Whoever sent something gets it back in a page of their own, to send again after logging in.
        login = 401 if method == "post" else 302
        if not given:
            # The login comes before everything; then the method, then the seat.
            return login if who == "anonymous" else 405
        return given.get(who, {"chris": 404, "gone": 404, "anonymous": login}.get(who))


# A yes of which the form does not say to which words: the two sides may give one, and are asked to read again.
OLD_PAGE = {"anna": 422, "bram": 422, "dora": 422, "nico": 403}


def everyone(status=200):
    """The same answer for everyone who sits at the table."""
    return dict.fromkeys(("anna", "bram", "dora", "nico"), status)
