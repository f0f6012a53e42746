"""The doors of this app."""

from tests.access import Access, everyone
from tests.partnerships import make
from tests.values import make as values


def clash(world):
    """A text of a practice that Anna wrote at the same time as Bram."""
    practice = values.practice(world.bram, values.shared(world.bram, world.anna), "Eerst luisteren.")
    practice.write(world.bram, 1, behaviour="Eerst horen.")
    (copy,) = practice.write(world.anna, 1, behaviour="Eerst vragen.")
    return {"copy": copy.pk}


def example(world):
    """An example that both sides write."""
    return values.practice(world.bram, values.shared(world.bram, world.anna), "Eerst luisteren.")


def offer(world):
    """An open invitation of Bram's side."""
    return {"invitation": make.invitation(world.bram).pk}


# Only the coordinator of the own side.
OF_THE_COUNCIL = {"anna": 404, "bram": 302, "dora": 403, "nico": 404}
COORDINATORS = {"anna": 200, "bram": 200, "dora": 403, "nico": 403}
MANAGES_DORA = {"anna": 403, "bram": 200, "dora": 403, "nico": 403}

ROUTES = {
    "partnerships:members": Access(get=everyone()),
    "partnerships:invite": Access(
        get=COORDINATORS,
        post={"anna": 422, "bram": 422, "dora": 403, "nico": 403},
    ),
    "partnerships:invite_again": Access(kwargs=offer, post=OF_THE_COUNCIL),
    "partnerships:withdraw_invitation": Access(kwargs=offer, post=OF_THE_COUNCIL),
    "partnerships:member": Access(
        kwargs=lambda world: {"member": world.dora.pk},
        get=MANAGES_DORA,
        post=MANAGES_DORA | {"bram": 302},
    ),
    "partnerships:say_goodbye": Access(
        kwargs=lambda world: {"member": world.dora.pk},
        get=MANAGES_DORA,
        post=MANAGES_DORA | {"bram": 302},
    ),
    "partnerships:profile": Access(get=everyone(), post=everyone(422)),
    "partnerships:look": Access(post=everyone(302), data=lambda world: {"look": "own"}),
    "partnerships:table": Access(get=everyone()),
    "partnerships:change_table": Access(
        get=COORDINATORS,
        post={"anna": 422, "bram": 422, "dora": 403, "nico": 403},
    ),
    "partnerships:theme": Access(get=everyone()),
    "partnerships:stream": Access(get=everyone()),
    "partnerships:type_in": Access(
        kwargs=lambda world: {"kind": "valuepractice", "thing": example(world).pk},
        data=lambda world: {"unit": "behaviour", "version": "1", "text": "Eerst luisteren."},
        post={"anna": 200, "bram": 200, "dora": 200, "nico": 403},
    ),
    "partnerships:settle": Access(
        kwargs=clash,
        post={"anna": 302, "bram": 302, "dora": 302, "nico": 403},
        data=lambda world: {"choice": "theirs"},
    ),
}
