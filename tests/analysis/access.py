"""The doors of this app."""

from analysis.models import OwnPile, Parked, Quote, Regrouping, Stage, Theme
from analysis.models.board import Board
from experiences.models import Fragment
from projects.models import Phase
from tests.access import OLD_PAGE, Access, everyone
from tests.analysis import make
from tests.experiences import make as stories
from tests.projects import make as rounds
from tests.values import make as values

SIDES = {"anna": 302, "bram": 302, "dora": 302, "nico": 403}
READ_SIDES = {"anna": 200, "bram": 200, "dora": 200, "nico": 403}
# Bram leads the talk here, and the round; Anna coordinates her side.
LEADS = {"anna": 302, "bram": 302, "dora": 403, "nico": 403}


def once(world, name, maker):
    """The same thing for every visitor in one test."""
    if name not in world.things:
        world.things[name] = maker()
    return world.things[name]


def meeting(world, stage=Stage.READ):
    return once(
        world,
        f"meeting-{stage}",
        lambda: make.session(world.bram, stage=stage, present=(world.anna, world.bram)),
    )


def quotable(world):
    """A theme of which the cards may be quoted."""

    def make_it():
        project = make.project(world.bram)
        return make.theme(world.bram, project, cards=make.cards(world.bram, project, may_quote=True))

    return once(world, "quotable", make_it)


def quoted(world):
    theme = quotable(world)
    return Quote.propose(world.dora, theme, theme.cards_now()[0], [0]).pk


def in_session(stage=Stage.READ):
    return lambda world: {"session": meeting(world, stage).pk}


def opened(world):
    def make_it():
        made = make.session(world.bram, stage=Stage.OWN_SORT, present=(world.anna,))
        make.own_sort(world.bram, made, Weg=[1, 2])
        make.own_sort(world.anna, made, Vinden=[1])
        make.opened(made, world.anna, world.bram)
        made.stage = Stage.SIDE_BY_SIDE
        made.save()
        return made

    return {"session": once(world, "opened", make_it).pk}


def sorting(world):
    """A meeting in which both sides laid something."""

    def make_it():
        made = make.session(world.bram, stage=Stage.OWN_SORT, present=(world.anna,))
        make.own_sort(world.bram, made, Weg=[1])
        make.own_sort(world.dora, made, Weg=[1])
        make.own_sort(world.anna, made, Vinden=[1])
        return made

    return {"session": once(world, "sorting", make_it).pk}


def bundled(world):
    return once(world, "bundled", lambda: make.bundled(world.bram))


def talked(world):
    return once(world, "talked", lambda: make.deliberated(world.anna, world.bram))


def asked_for(world):
    """Somebody told something, and wants to hear what came of it."""
    project = rounds.project(world.bram, Phase.COLLECT)
    return stories.feedback(world.bram, stories.told(world.bram, project))


def first_theme(project):
    return Theme.objects.filter(project=project).first()


def board_theme(world):
    made = meeting(world, Stage.TOGETHER)
    return once(world, "board-theme", lambda: make.theme(world.bram, made.project))


def first_card(world, stage=Stage.TOGETHER):
    return Fragment.objects.filter(project=meeting(world, stage).project).first()


def a_move(world):
    def make_it():
        made = meeting(world, Stage.TOGETHER)
        return make.move(world.bram, made, first_card(world), board_theme(world))

    return {"move": once(world, "move", make_it).pk}


def _second_theme(world):
    made = meeting(world, Stage.TOGETHER)
    return once(world, "second-theme", lambda: make.theme(world.bram, made.project, position=1))


def _full_theme(world):
    """A pile of so many cards that each of the cast can lay one apart."""
    made = meeting(world, Stage.TOGETHER)
    cards = list(Fragment.objects.filter(project=made.project))
    return once(world, "full-theme", lambda: make.theme(world.bram, made.project, cards=cards, position=2))


def a_regrouping(world):
    board, other = Board(meeting(world, Stage.TOGETHER)), _second_theme(world)
    Regrouping.merge(board, world.bram, board_theme(world), other)
    return {"regrouping": Regrouping.objects.filter(by=world.bram).latest("at").pk}


def own_pile(world):
    sorting(world)
    return {"pile": OwnPile.objects.get(sort__author=world.bram).pk}


def a_tag(world):
    def make_it():
        value = values.shared(world.bram, world.anna)
        return make.tag(world.dora, make.cards(world.bram, make.project(world.bram), 1)[0], value)

    return {"tag": once(world, "tag", make_it).pk}


def an_answer(world):
    def make_it():
        return make.answer(world.bram, first_theme(bundled(world)))

    return {"answer": once(world, "answer", make_it).pk}


def a_note(world):
    return {"note": once(world, "note", lambda: make.heard(world.bram, first_theme(talked(world)))).pk}


def an_outcome(world):
    return {"outcome": once(world, "outcome", lambda: make.outcome(world.bram, first_theme(talked(world)))).pk}


def listened(world):
    def make_it():
        made = make.deliberated(world.anna, world.bram)
        for seat in (world.anna, world.bram):
            make.heard(seat, first_theme(made))
        return made

    return once(world, "listened", make_it)


ROUTES = {
    "analysis:session": Access(kwargs=lambda w: {"project": meeting(w).project_id}, get=everyone()),
    "analysis:begin": Access(
        kwargs=lambda w: {"project": once(w, "round", lambda: make.make_round(w.bram)).pk},
        data=lambda w: {"facilitator": w.nico.pk},
        post=everyone(302),
    ),
    "analysis:join": Access(kwargs=in_session(), post=everyone(302)),
    "analysis:leave": Access(kwargs=in_session(), post=everyone(302)),
    "analysis:hand_over": Access(
        kwargs=in_session(),
        data=lambda w: {"facilitator": w.bram.pk},
        post=LEADS,
    ),
    "analysis:go_on": Access(
        kwargs=in_session(),
        data=lambda w: {"expected": 0},
        post=LEADS,
    ),
    "analysis:go_back": Access(
        kwargs=in_session(Stage.TOGETHER),
        data=lambda w: {"expected": 3},
        post=LEADS,
    ),
    "analysis:ready": Access(kwargs=in_session(), data=lambda w: {"expected": 0}, post=SIDES),
    "analysis:not_ready": Access(kwargs=in_session(), post=SIDES),
    "analysis:clock": Access(kwargs=in_session(), data=lambda w: {"minutes": 10}, post=LEADS),
    "analysis:lay": Access(
        kwargs=in_session(Stage.OWN_SORT),
        data=lambda w: {"card": first_card(w, Stage.OWN_SORT).pk, "pile": "new", "label": "De weg"},
        post=SIDES,
    ),
    # Nobody laid anything here yet, so there is nothing to take back.
    "analysis:undo_own": Access(
        kwargs=in_session(Stage.OWN_SORT), post={"anna": 422, "bram": 422, "dora": 422, "nico": 403}
    ),
    "analysis:name_own": Access(
        kwargs=own_pile, data=lambda w: {"label": "Geld"}, post={"anna": 404, "bram": 302, "dora": 404, "nico": 404}
    ),
    "analysis:release_own": Access(kwargs=sorting, post=SIDES),
    "analysis:take_back_own": Access(kwargs=sorting, post=SIDES),
    "analysis:side_by_side": Access(kwargs=opened, get=everyone()),
    "analysis:board": Access(kwargs=in_session(Stage.TOGETHER), get=everyone()),
    "analysis:move": Access(
        kwargs=in_session(Stage.TOGETHER),
        data=lambda w: {"card": first_card(w).pk, "theme": board_theme(w).pk, "seen": 0},
        post=everyone(302),
    ),
    # Only who made the move takes it back.
    "analysis:undo": Access(kwargs=a_move, post={"anna": 403, "bram": 302, "dora": 403, "nico": 403}),
    # Only who did something has a last step to take back.
    "analysis:undo_last": Access(
        kwargs=lambda w: a_move(w) and in_session(Stage.TOGETHER)(w),
        post={"anna": 422, "bram": 302, "dora": 422, "nico": 422},
    ),
    "analysis:regroup": Access(
        kwargs=lambda w: in_session(Stage.TOGETHER)(w) | {"theme": board_theme(w).pk}, get=everyone()
    ),
    "analysis:merge": Access(
        kwargs=in_session(Stage.TOGETHER),
        data=lambda w: {"theme": board_theme(w).pk, "other": _second_theme(w).pk},
        post=everyone(302),
    ),
    "analysis:split": Access(
        kwargs=in_session(Stage.TOGETHER),
        data=lambda w: {"theme": _full_theme(w).pk, "card": _full_theme(w).cards_now()[0].pk},
        post=everyone(302),
    ),
    "analysis:undo_regrouping": Access(kwargs=a_regrouping, post={"anna": 403, "bram": 302, "dora": 403, "nico": 403}),
    "analysis:add_theme": Access(kwargs=in_session(Stage.TOGETHER), post=everyone(302)),
    "analysis:moves": Access(kwargs=in_session(Stage.TOGETHER), get=everyone()),
    **{
        f"analysis:{name}": Access(kwargs=lambda w: {"project": bundled(w).pk}, get=everyone())
        for name in ("take_along", "highlights", "workbook", "cards_csv", "themes_csv", "codebook", "qda_project")
    },
    # Without a card there is no paper, only the way back.
    "analysis:board_sheet": Access(
        kwargs=lambda w: {"project": once(w, "no-cards", lambda: make.project(w.bram)).pk}, get=everyone(302)
    ),
    "analysis:themes": Access(kwargs=lambda w: {"project": bundled(w).pk}, get=everyone()),
    "analysis:theme": Access(kwargs=lambda w: {"theme": first_theme(bundled(w)).pk}, get=everyone()),
    "analysis:write_theme": Access(
        kwargs=lambda w: {"theme": first_theme(bundled(w)).pk},
        data=lambda w: {"sentence": "Om hulp vragen voelt als schaamte", "version": 1},
        get=everyone(),
        post=everyone(302),
    ),
    "analysis:theme_history": Access(
        kwargs=lambda w: {"theme": first_theme(bundled(w)).pk},
        data=lambda w: {"version": 1, "number": 1},
        get=everyone(),
        post=everyone(302),
    ),
    "analysis:drop_theme": Access(
        kwargs=lambda w: {"theme": once(w, "empty", lambda: make.theme(w.bram, meeting(w, Stage.TOGETHER).project)).pk},
        post=everyone(302),
    ),
    "analysis:quotes": Access(kwargs=lambda w: {"theme": quotable(w).pk}, get=everyone()),
    "analysis:propose": Access(
        kwargs=lambda w: {"theme": quotable(w).pk},
        post=SIDES,
        data=lambda w: {"card": str(quotable(w).cards_now()[0].pk), "sentence": "0"},
    ),
    "analysis:agree_quote": Access(kwargs=lambda w: {"quote": quoted(w)}, post=OLD_PAGE | {"bram": 302, "dora": 302}),
    "analysis:take_back_quote": Access(kwargs=lambda w: {"quote": quoted(w)}, post=SIDES),
    "analysis:counter": Access(kwargs=lambda w: {"quote": quoted(w)}, post=SIDES),
    "analysis:card": Access(kwargs=lambda w: {"fragment": first_card(w).pk}, get=everyone()),
    "analysis:tag": Access(
        kwargs=lambda w: {"fragment": first_card(w).pk},
        data=lambda w: {"value": once(w, "value", lambda: values.shared(w.bram, w.anna)).pk, "stake": "harmed"},
        post=SIDES,
    ),
    "analysis:untag": Access(kwargs=a_tag, post={"anna": 403, "bram": 403, "dora": 302, "nico": 403}),
    "analysis:deliberation": Access(kwargs=lambda w: {"project": bundled(w).pk}, get=everyone()),
    "analysis:save_answer": Access(
        kwargs=lambda w: {"theme": first_theme(bundled(w)).pk},
        data=lambda w: {"unit": "1", "version": "0", "text": "Mensen gaan weg."},
        post=READ_SIDES,
    ),
    "analysis:answer": Access(
        kwargs=lambda w: {"theme": first_theme(bundled(w)).pk},
        data=lambda w: {f"q{n}-text": "Mensen gaan weg." for n in (1, 2, 3, 4)},
        get=READ_SIDES,
        post=SIDES,
    ),
    # Sealed: for the other side and the neutral helper it does not exist.
    "analysis:answer_history": Access(
        kwargs=an_answer,
        data=lambda w: {"version": 1, "number": 1},
        get={"anna": 404, "bram": 200, "dora": 200, "nico": 404},
        post={"anna": 404, "bram": 302, "dora": 302, "nico": 404},
    ),
    "analysis:release": Access(
        kwargs=lambda w: once(w, "written", lambda: {"project": _written(w).pk}),
        post=SIDES,
    ),
    "analysis:take_back": Access(kwargs=lambda w: {"project": bundled(w).pk}, post=SIDES),
    "analysis:dialogue": Access(kwargs=lambda w: {"project": talked(w).pk}, get=everyone()),
    "analysis:arrange": Access(
        kwargs=lambda w: {"project": talked(w).pk},
        data=lambda w: {"held_on": "2027-01-14", "place": "Stadhuis", "host_party": "municipality"},
        get=everyone(),
        post=everyone(302),
    ),
    "analysis:confirm_rules": Access(kwargs=lambda w: {"project": talked(w).pk}, post=everyone(302)),
    "analysis:talk": Access(kwargs=lambda w: {"theme": first_theme(talked(w)).pk}, get=everyone()),
    "analysis:hear": Access(
        kwargs=lambda w: {"theme": first_theme(talked(w)).pk},
        data=lambda w: {"heard-heard": "Dat het snel moet."},
        post=SIDES,
    ),
    "analysis:conclude": Access(
        kwargs=lambda w: {"theme": first_theme(talked(w)).pk},
        data=lambda w: {"outcome-insight": "Het duurt een week.", "outcome-council_agreement": "agree"},
        post=SIDES,
    ),
    "analysis:screen": Access(kwargs=lambda w: {"project": talked(w).pk}, get=everyone()),
    "analysis:lay_on_the_table": Access(kwargs=lambda w: {"theme": first_theme(talked(w)).pk}, post=everyone(302)),
    "analysis:give_turn": Access(
        kwargs=lambda w: {"theme": first_theme(talked(w)).pk},
        data=lambda w: {"party": "council"},
        post=everyone(302),
    ),
    "analysis:park": Access(
        kwargs=lambda w: {"theme": first_theme(talked(w)).pk},
        data=lambda w: {"text": "Een tafel apart"},
        post=everyone(302),
    ),
    "analysis:let_go": Access(
        kwargs=lambda w: {"parked": Parked.park(w.nico, first_theme(talked(w)), "Een tafel apart").pk},
        post=everyone(422) | {"nico": 403},
    ),
    "analysis:type_note": Access(
        kwargs=lambda w: {"theme": first_theme(talked(w)).pk},
        data=lambda w: {"unit": "heard", "version": "0", "text": "Dat het snel moet."},
        post=READ_SIDES,
    ),
    "analysis:type_outcome": Access(
        kwargs=lambda w: {"theme": first_theme(talked(w)).pk},
        data=lambda w: {"unit": "insight", "version": "0", "text": "De rij luistert mee."},
        post=READ_SIDES,
    ),
    "analysis:note_history": Access(
        kwargs=a_note,
        data=lambda w: {"version": 1, "number": 1},
        get={"anna": 403, "bram": 200, "dora": 200, "nico": 403},
        post={"anna": 403, "bram": 302, "dora": 302, "nico": 403},
    ),
    "analysis:outcome_history": Access(
        kwargs=an_outcome,
        data=lambda w: {"version": 1, "number": 1},
        get=READ_SIDES,
        post=SIDES,
    ),
    # Which themes a story fed is for the council alone.
    "analysis:letter": Access(
        kwargs=lambda w: {"feedback": asked_for(w).pk},
        data=lambda w: {"version": 0, "text": "Beste verteller, er komt een tafel apart."},
        get={"anna": 404, "bram": 200, "dora": 200, "nico": 404},
        post={"anna": 404, "bram": 302, "dora": 302, "nico": 404},
    ),
    "analysis:commit": Access(
        kwargs=lambda w: {"theme": first_theme(listened(w)).pk},
        data=lambda w: {
            "what": "Een tafel apart",
            "because": "Schaamte",
            "owner_member": w.bram.pk,
            "due": "2027-03-01",
            "client_notices": "U stelt uw vraag zonder dat de rij het hoort.",
        },
        get=READ_SIDES,
        post=SIDES,
    ),
}


def _written(world):
    made = bundled(world)
    for seat in (world.anna, world.bram):
        make.answer(seat, first_theme(made))
    return made
