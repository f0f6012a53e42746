"""The doors of this app."""

from dialoog.partnerships.models import Party
from tests.access import OLD_PAGE, Access, everyone
from tests.values import make
from values.models import Ballot, Stage, ValueEnvelope, WorkshopWord

SIDES = {"anna": 200, "bram": 200, "dora": 200, "nico": 403}
SIDES_ACT = {"anna": 302, "bram": 302, "dora": 302, "nico": 403}
# Before opening even the address of a sealed value is nowhere for the other side.
COUNCIL = {"anna": 404, "bram": 200, "dora": 200, "nico": 404}
COUNCIL_ACT = {"anna": 404, "bram": 302, "dora": 302, "nico": 404}


def sealed(world):
    return {"view": make.view(world.bram).pk}


def value(world):
    return {"value": make.value(world.bram, world.anna).pk}


def one_sided(world):
    make.view(world.bram, "Respect")
    make.view(world.anna, "Aandacht")
    make.opened(world.bram, world.anna)
    respect, aandacht = (make.named(world.bram, name) for name in ("Respect", "Aandacht"))
    return respect, aandacht


def alone(world):
    return {"value": one_sided(world)[0].pk}


def pair(world):
    respect, aandacht = one_sided(world)
    return {"value": respect.join(world.bram, aandacht).pk}


def practice(world):
    return {"practice": make.practice(world.bram, make.shared(world.bram, world.anna)).pk}


def both_wrote(world):
    for seat in (world.bram, world.anna):
        make.view(seat, f"Waarde van {seat.party}")
    return {}


def released(world):
    both_wrote(world)
    envelope = ValueEnvelope.coming(world.bram)
    # Ready on one side only: the other may still take back nothing, and that is no error.
    envelope.release(world.bram)
    assert not envelope.is_ready(Party.MUNICIPALITY)
    return {}


LEADERS = {"anna": 200, "bram": 200, "dora": 403, "nico": 200}
LEADERS_ACT = {"anna": 302, "bram": 302, "dora": 403, "nico": 302}
LEADERS_EMPTY = {"anna": 422, "bram": 422, "dora": 403, "nico": 422}


def room(world):
    world.things["room"] = make.room(world.nico)
    return {"workshop": world.things["room"].pk}


def full_room(world):
    """Three people named the same word, one of them also another; one example may be shown."""
    opened = world.things["room"] = make.room(world.nico, Stage.VALUES)
    for phone in "abc":
        make.vote(opened, phone, "Respect", may_show=phone == "a")
    make.vote(opened, "c", "Respect", "Eerbied")
    return {"workshop": opened.pk}


def closed_room(world):
    return {"workshop": make.room(world.nico, Stage.CLOSED).pk}


def of_room(model, **found):
    return model.objects.get(**found).pk


def account(world):
    known = make.shared(world.bram, world.anna)
    return {"account": make.account(world.anna, known).pk}


def account_part(world):
    return {"value": make.shared(world.bram, world.anna).pk, "part": "werkvloer"}


def statutory(world):
    return {"statutory": make.statutory(world.bram).pk}


def review(world):
    return {"review": make.review(world.anna, make.shared(world.bram, world.anna)).pk}


def point(world):
    known = make.shared(world.bram, world.anna)
    return {"point": make.point(make.review(world.anna, known), known).pk}


def older_text(world):
    return {"version": 1, "number": 1}


WRITES = {"anna": 422, "bram": 422, "dora": 422, "nico": 403}

ROUTES = {
    "values:account": Access(kwargs=account_part, get=SIDES, post=SIDES_ACT),
    "values:account_history": Access(kwargs=account, get=everyone(), post=SIDES_ACT, data=older_text),
    "values:compare": Access(kwargs=value, get=everyone()),
    "values:note_statutory": Access(get=SIDES, post=WRITES),
    "values:change_statutory": Access(kwargs=statutory, get=SIDES, post=WRITES),
    "values:drop_statutory": Access(kwargs=statutory, post=SIDES_ACT),
    "values:statutory_history": Access(kwargs=statutory, get=everyone(), post=SIDES_ACT, data=older_text),
    "values:reviews": Access(get=everyone()),
    "values:bring_review": Access(get=SIDES, post=WRITES),
    "values:review": Access(kwargs=review, get=everyone()),
    "values:change_review": Access(kwargs=review, get=SIDES, post=WRITES),
    "values:review_history": Access(kwargs=review, get=everyone(), post=SIDES_ACT, data=older_text),
    "values:speak_review": Access(kwargs=review, post=OLD_PAGE, data=lambda world: {"word": "yes"}),
    "values:review_pdf": Access(kwargs=review, get=everyone()),
    "values:point": Access(kwargs=point, get=SIDES, post=SIDES_ACT),
    "values:point_history": Access(kwargs=point, get=everyone(), post=SIDES_ACT, data=older_text),
    "values:workshops": Access(get=everyone()),
    "values:open_workshop": Access(get=LEADERS, post=LEADERS_EMPTY),
    "values:workshop": Access(kwargs=full_room, get=everyone()),
    "values:workshop_screen": Access(kwargs=full_room, get=everyone()),
    "values:change_workshop": Access(kwargs=room, get=LEADERS, post=LEADERS_EMPTY),
    "values:move_workshop": Access(kwargs=room, post=LEADERS_ACT, data=lambda world: {"expected": 0}),
    "values:lay_words": Access(
        kwargs=full_room,
        post=LEADERS_ACT,
        data=lambda world: {
            "word": of_room(WorkshopWord, plain="eerbied"),
            "other": of_room(WorkshopWord, plain="respect"),
        },
    ),
    "values:part_words": Access(kwargs=full_room, post=LEADERS_ACT),
    "values:hide_word": Access(
        kwargs=full_room, post=LEADERS_ACT, data=lambda world: {"word": of_room(WorkshopWord, plain="eerbied")}
    ),
    "values:hide_example": Access(
        kwargs=full_room, post=LEADERS_ACT, data=lambda world: {"example": of_room(Ballot, may_show=True)}
    ),
    "values:workshop_result": Access(kwargs=closed_room, get=everyone()),
    "values:list": Access(get=everyone()),
    "values:own": Access(get=SIDES),
    "values:write": Access(get=SIDES, post={"anna": 422, "bram": 422, "dora": 422, "nico": 403}),
    "values:release": Access(kwargs=both_wrote, post=SIDES_ACT),
    "values:take_back": Access(kwargs=released, post=SIDES_ACT),
    "values:rewrite": Access(kwargs=sealed, get=COUNCIL, post=COUNCIL_ACT | {"bram": 422, "dora": 422}),
    "values:take_out": Access(kwargs=sealed, post=COUNCIL_ACT),
    "values:view_history": Access(
        kwargs=sealed, get=COUNCIL, post=COUNCIL_ACT, data=lambda world: {"version": 1, "number": 1}
    ),
    "values:propose": Access(get=SIDES, post={"anna": 422, "bram": 422, "dora": 422, "nico": 403}),
    "values:detail": Access(kwargs=value, get=everyone()),
    "values:edit": Access(kwargs=value, get=SIDES, post={"anna": 422, "bram": 422, "dora": 422, "nico": 403}),
    "values:history": Access(
        kwargs=value, get=everyone(), post=SIDES_ACT, data=lambda world: {"version": 1, "number": 1}
    ),
    "values:agree": Access(kwargs=value, post=OLD_PAGE),
    "values:retract": Access(kwargs=value, post=SIDES_ACT),
    "values:join": Access(kwargs=alone, post={"anna": 422, "bram": 422, "dora": 422, "nico": 403}),
    "values:split": Access(kwargs=pair, post=SIDES_ACT),
    "values:waive_practice": Access(kwargs=value, post=SIDES_ACT, data=lambda world: {"reason": "Volgt in mei."}),
    "values:describe": Access(kwargs=value, get=SIDES, post={"anna": 422, "bram": 422, "dora": 422, "nico": 403}),
    "values:redescribe": Access(kwargs=practice, get=SIDES, post={"anna": 422, "bram": 422, "dora": 422, "nico": 403}),
    # Bram's example is of the council; Dora sits on that side too.
    "values:drop": Access(kwargs=practice, post={"anna": 403, "bram": 302, "dora": 302, "nico": 403}),
    "values:practice_history": Access(
        kwargs=practice, get=everyone(), post=SIDES_ACT, data=lambda world: {"version": 1, "number": 1}
    ),
}
