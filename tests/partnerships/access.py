"""The doors of this app."""

from tests.access import Access, everyone
from tests.values import make as values


def clash(world):
    """A text of a practice that Anna wrote at the same time as Bram."""
    practice = values.practice(world.bram, values.shared(world.bram, world.anna), "Eerst luisteren.")
    practice.write(world.bram, 1, behaviour="Eerst horen.")
    (copy,) = practice.write(world.anna, 1, behaviour="Eerst vragen.")
    return {"copy": copy.pk}


ROUTES = {
    "partnerships:stream": Access(get=everyone()),
    "partnerships:settle": Access(
        kwargs=clash,
        post={"anna": 302, "bram": 302, "dora": 302, "nico": 403},
        data=lambda world: {"choice": "theirs"},
    ),
}
