"""The doors of rounds, commitments and meetings."""

from datetime import timedelta

from django.utils import timezone

from projects.models import AgendaItem, Commitment, Phase
from tests.access import OLD_PAGE, Access, everyone
from tests.projects import make

SIDES = {"anna": 200, "bram": 200, "dora": 200, "nico": 403}
SIDES_POST = {"anna": 302, "bram": 302, "dora": 302, "nico": 403}


def first_round(world):
    """The round these doors lead to; made once, because each of the cast tries the same address."""
    if "project" not in world.things:
        world.things["project"] = make.project(world.bram)
    return world.things["project"]


def project(world):
    return {"project": first_round(world).pk}


def at(phase):
    def made(world):
        world.things.setdefault(f"project-{phase}", make.project(world.bram, phase))
        return {"project": world.things[f"project-{phase}"].pk}

    return made


def thing(name, maker):
    """The address of one thing in the first round."""

    def made(world):
        if name not in world.things:
            world.things[name] = maker(world)
        return {name: world.things[name].pk}

    return made


def fresh(name, maker):
    """The address of a thing that its own act takes away, so it is made anew for each who tries."""
    return lambda world: {name: maker(world).pk}


pledge = thing("pledge", lambda world: make.pledge(world.anna, first_round(world), world.bram))
task = thing("task", lambda world: make.task(world.anna, first_round(world), member=world.bram))
plan = thing("plan", lambda world: make.plan(world.anna, first_round(world)))
note = thing("note", lambda world: make.backing(world.bram, first_round(world)))
commitment = thing("commitment", lambda world: make.commitment(world.bram, make.project(world.bram, Phase.COMMIT)))
meeting = thing("meeting", lambda world: make.meeting(world.bram))


def solved(world):
    made = make.commitment(world.bram, make.project(world.bram, Phase.COMMIT), status=Commitment.Status.DONE)
    made.solve(world.bram, "Ja, dat merken zij.")
    return made


def held(world):
    """A meeting that was, with minutes that nobody signed yet."""
    if "held" not in world.things:
        world.things["held"] = make.minute(world.bram, make.meeting(world.bram, days=-1)).meeting
    return {"meeting": world.things["held"].pk}


def first_point(world):
    held(world)
    return {"item": AgendaItem.objects.of(world.things["held"]).first().pk}


def a_paper(world):
    return make.paper(world.bram, make.meeting(world.bram))


def own_commitment(world):
    return make.commitment(world.anna, make.project(world.anna, Phase.COMMIT), owner_member=world.bram)


def asked_owner(world):
    made = make.commitment(world.anna, make.project(world.anna, Phase.COMMIT))
    make.owner_link(world.anna, made)
    return made


COUNCIL = {"anna": 403, "bram": 200, "dora": 200, "nico": 403}
COUNCIL_POST = {"anna": 403, "bram": 302, "dora": 302, "nico": 403}
SIDES_WRONG = {"anna": 422, "bram": 422, "dora": 422, "nico": 403}
# The owner is of the municipality.
OWNERS_SIDE = {"anna": 200, "bram": 403, "dora": 403, "nico": 403}
OWNERS_SIDE_POST = {"anna": 302, "bram": 403, "dora": 403, "nico": 403}

ROUTES = {
    # Only Bram says yes for Bram.
    "projects:say_no": Access(
        kwargs=thing("commitment", own_commitment), post={"anna": 403, "bram": 302, "dora": 403, "nico": 403}
    ),
    "projects:say_yes": Access(
        kwargs=thing("commitment", own_commitment), post={"anna": 403, "bram": 422, "dora": 403, "nico": 403}
    ),
    "projects:ask_owner": Access(
        kwargs=commitment, get=OWNERS_SIDE, post=OWNERS_SIDE_POST, data=lambda w: {"email": "team@gemeente.example"}
    ),
    "projects:end_link": Access(kwargs=thing("commitment", asked_owner), post=OWNERS_SIDE_POST),
    # What still runs cannot be closed.
    "projects:close_commitment": Access(kwargs=commitment, post=SIDES_WRONG),
    "projects:invite": Access(kwargs=meeting, post=everyone(302)),
    "projects:calendar_file": Access(kwargs=meeting, get=everyone()),
    "projects:meeting_pack": Access(kwargs=meeting, get=everyone()),
    "projects:add_paper": Access(kwargs=meeting, get=SIDES, post=SIDES_WRONG),
    "projects:read_papers": Access(kwargs=meeting, post=everyone(302)),
    # Bram brings it, so his side writes it.
    "projects:paper": Access(kwargs=thing("paper", a_paper), get=everyone()),
    "projects:write_paper": Access(
        kwargs=thing("paper", a_paper), get=COUNCIL, post={"anna": 403, "bram": 422, "dora": 422, "nico": 403}
    ),
    "projects:paper_text": Access(
        kwargs=thing("paper", a_paper), get=everyone(), post={"anna": 403, "bram": 422, "dora": 422, "nico": 403}
    ),
    "projects:drop_paper": Access(kwargs=fresh("paper", a_paper), post=COUNCIL_POST),
    "projects:minutes": Access(kwargs=held, get=everyone()),
    "projects:begin_minutes": Access(kwargs=held, post=everyone(302)),
    "projects:present": Access(kwargs=held, get=everyone(), post=everyone(302), data=lambda w: {"present": "Bram"}),
    "projects:read_minutes": Access(kwargs=held, get=everyone()),
    "projects:sign_minutes": Access(kwargs=held, post=SIDES_WRONG),
    "projects:differ": Access(kwargs=held, get=SIDES, post=SIDES_POST),
    "projects:not_yet": Access(kwargs=held, get=SIDES, post=SIDES_POST, data=lambda w: {"why": "wij lezen nog."}),
    "projects:minutes_pdf": Access(kwargs=held, get=everyone()),
    "projects:write_item": Access(
        kwargs=first_point, get=everyone(), post=everyone(302), data=lambda w: {"version": 2, "minutes": "Ja."}
    ),
    "projects:put_back": Access(kwargs=first_point, post=everyone(302)),
    "projects:item_text": Access(kwargs=first_point, get=everyone(), post=everyone(422)),
    "projects:decide": Access(kwargs=first_point, get=SIDES, post=SIDES_WRONG),
    "projects:drop_decision": Access(
        kwargs=fresh("decision", lambda w: make.decision(w.bram, AgendaItem.objects.get(pk=first_point(w)["item"]))),
        post=SIDES_POST,
    ),
    "projects:list": Access(get=everyone()),
    "projects:start": Access(get=SIDES, post={"anna": 422, "bram": 422, "dora": 422, "nico": 403}),
    "projects:current": Access(get=everyone(302)),
    "projects:detail": Access(kwargs=project, get=everyone()),
    "projects:change": Access(kwargs=project, get=SIDES, post={"anna": 422, "bram": 422, "dora": 422, "nico": 403}),
    "projects:project_text": Access(
        kwargs=project, get=everyone(), post={"anna": 422, "bram": 422, "dora": 422, "nico": 403}
    ),
    # Bram leads; Anna and Bram coordinate their sides; Nico helps both.
    "projects:lead": Access(
        kwargs=project,
        get={"anna": 200, "bram": 200, "dora": 403, "nico": 200},
        post={"anna": 422, "bram": 422, "dora": 403, "nico": 422},
    ),
    # Nobody was asked to lead, so nobody may answer.
    "projects:answer_lead": Access(kwargs=project, post={"anna": 403, "bram": 403, "dora": 403, "nico": 403}),
    "projects:start_check": Access(kwargs=project, get=everyone()),
    "projects:advance": Access(
        kwargs=project,
        get={"anna": 403, "bram": 200, "dora": 403, "nico": 200},
        post={"anna": 403, "bram": 422, "dora": 403, "nico": 422},
        data=lambda w: {"expected": 0},
    ),
    "projects:go_back": Access(
        kwargs=project,
        get={"anna": 403, "bram": 200, "dora": 403, "nico": 200},
        post={"anna": 403, "bram": 422, "dora": 403, "nico": 422},
    ),
    "projects:close": Access(
        kwargs=at(Phase.REPORT),
        get={"anna": 403, "bram": 200, "dora": 403, "nico": 200},
        post={"anna": 403, "bram": 422, "dora": 403, "nico": 422},
    ),
    "projects:trust_check": Access(
        kwargs=project, get=SIDES, post={"anna": 422, "bram": 422, "dora": 422, "nico": 403}
    ),
    "projects:trust_path": Access(kwargs=project, get=everyone()),
    "projects:close_out": Access(kwargs=project, get=everyone()),
    "projects:change_close_out": Access(
        kwargs=at(Phase.REPORT), get=SIDES, post=SIDES_POST, data=lambda w: {"learnt": "Ga erheen."}
    ),
    # Bram's side looked back, so Dora may put an older text of it back and Anna may not.
    "projects:close_out_text": Access(
        kwargs=thing("close_out", lambda w: make.close_out(w.bram, make.project(w.bram, Phase.REPORT))),
        get=everyone(),
        post={"anna": 403, "bram": 422, "dora": 422, "nico": 403},
    ),
    "projects:lessons": Access(get=everyone()),
    "projects:small": Access(
        kwargs=lambda w: {"step": 1}, get=SIDES, post=SIDES_POST, data=lambda w: {"subject": "Brieven"}
    ),
    "projects:small_overview": Access(get={**SIDES_POST}, post=SIDES_POST),
    "projects:trust": Access(kwargs=project, get=everyone()),
    "projects:confirm_trust": Access(kwargs=project, post=SIDES_POST),
    "projects:retract_trust": Access(kwargs=project, post=SIDES_POST),
    "projects:backing": Access(kwargs=project, post=SIDES_POST, data=lambda w: {"text": "In de nieuwsbrief."}),
    "projects:backing_text": Access(
        kwargs=note, get=everyone(), post={"anna": 403, "bram": 422, "dora": 422, "nico": 403}
    ),
    "projects:people": Access(kwargs=project, get=everyone()),
    "projects:ask": Access(kwargs=project, post={"anna": 422, "bram": 422, "dora": 422, "nico": 403}),
    "projects:pair": Access(kwargs=project, post={"anna": 422, "bram": 422, "dora": 422, "nico": 403}),
    "projects:task": Access(kwargs=project, post={"anna": 422, "bram": 422, "dora": 422, "nico": 403}),
    # Only Bram answers for Bram.
    "projects:pledge": Access(
        kwargs=pledge,
        get={"anna": 403, "bram": 200, "dora": 403, "nico": 403},
        post={"anna": 403, "bram": 302, "dora": 403, "nico": 403},
        data=lambda w: {"answer": "yes"},
    ),
    "projects:drop_pledge": Access(
        kwargs=fresh("pledge", lambda w: make.pledge(w.anna, make.project(w.anna), w.dora)), post=SIDES_POST
    ),
    "projects:part": Access(
        kwargs=fresh("pair", lambda w: make.pair(w.anna, first_round(w), w.dora, w.joost)), post=SIDES_POST
    ),
    "projects:change_task": Access(kwargs=task, get=SIDES, post={"anna": 422, "bram": 422, "dora": 422, "nico": 403}),
    "projects:ask_again": Access(kwargs=pledge, post=SIDES_POST),
    "projects:tasks": Access(get=everyone()),
    "projects:reaching": Access(get=everyone()),
    "projects:set_reminders": Access(post=everyone(302), data=lambda w: {"wanted": "no"}),
    "projects:make_calendar": Access(post=everyone(302)),
    "projects:stop_calendar": Access(post=everyone(302)),
    # Bram's own task; Dora has nothing to finish there.
    "projects:finish": Access(
        kwargs=task,
        get={"anna": 403, "bram": 200, "dora": 403, "nico": 403},
        post={"anna": 403, "bram": 302, "dora": 403, "nico": 403},
    ),
    "projects:move_task": Access(
        kwargs=task,
        get=SIDES,
        post=SIDES_POST,
        data=lambda w: {"due": str(timezone.localdate() + timedelta(days=30))},
    ),
    "projects:take_up_again": Access(kwargs=task, post={"anna": 403, "bram": 302, "dora": 403, "nico": 403}),
    "projects:drop_task": Access(kwargs=fresh("task", lambda w: make.task(w.anna, first_round(w))), post=SIDES_POST),
    "projects:plan": Access(kwargs=project, get=everyone()),
    "projects:change_plan": Access(
        kwargs=project, get=SIDES, post={"anna": 422, "bram": 422, "dora": 422, "nico": 403}
    ),
    "projects:plan_text": Access(
        kwargs=plan, get=everyone(), post={"anna": 422, "bram": 422, "dora": 422, "nico": 403}
    ),
    "projects:agree_plan": Access(kwargs=plan, post=OLD_PAGE),
    "projects:override": Access(kwargs=project, get=SIDES, post={"anna": 422, "bram": 422, "dora": 422, "nico": 403}),
    "projects:commitments": Access(get=everyone()),
    "projects:commit": Access(
        kwargs=at(Phase.COMMIT), get=SIDES, post={"anna": 422, "bram": 422, "dora": 422, "nico": 403}
    ),
    "projects:commitment": Access(kwargs=commitment, get=everyone()),
    "projects:change_commitment": Access(
        kwargs=commitment, get=SIDES, post={"anna": 422, "bram": 422, "dora": 422, "nico": 403}
    ),
    "projects:commitment_text": Access(
        kwargs=commitment, get=everyone(), post={"anna": 422, "bram": 422, "dora": 422, "nico": 403}
    ),
    # Nobody asked for another day: that is told.
    "projects:answer_due": Access(kwargs=commitment, post={"anna": 422, "bram": 422, "dora": 422, "nico": 403}),
    "projects:set_status": Access(kwargs=commitment, get=SIDES, post=SIDES_POST, data=lambda w: {"status": "busy"}),
    # 'Opgelost' is the council's word, after asking clients.
    "projects:ask_clients": Access(
        kwargs=commitment,
        get={"anna": 403, "bram": 200, "dora": 200, "nico": 403},
        post={"anna": 403, "bram": 302, "dora": 302, "nico": 403},
        data=lambda w: {"clients_said": "Vier van de zeven wachtten langer.", "noticed": "no"},
    ),
    "projects:reopen": Access(
        kwargs=thing("commitment", solved),
        get={"anna": 403, "bram": 200, "dora": 200, "nico": 403},
        post={"anna": 403, "bram": 302, "dora": 302, "nico": 403},
        data=lambda w: {"reason": "Het gebeurt weer."},
    ),
    "projects:meetings": Access(get=everyone()),
    "projects:plan_meeting": Access(get=everyone(), post=everyone(422)),
    "projects:meeting": Access(kwargs=meeting, get=everyone()),
    "projects:change_meeting": Access(kwargs=meeting, get=everyone(), post=everyone(422)),
    # Anna and Bram coordinate their sides, Dora's side is the host; Nico leads no round.
    "projects:cancel_meeting": Access(
        kwargs=meeting,
        get={"anna": 200, "bram": 200, "dora": 200, "nico": 403},
        post={"anna": 422, "bram": 422, "dora": 422, "nico": 403},
    ),
    "projects:add_item": Access(kwargs=meeting, post={"anna": 422, "bram": 422, "dora": 422, "nico": 403}),
    "projects:attend": Access(kwargs=meeting, post=everyone(302), data=lambda w: {"coming": "yes"}),
    # Bram's point is of the council; Dora sits on that side too.
    "projects:drop_item": Access(
        kwargs=fresh("item", lambda w: make.agenda_item(w.bram, make.meeting(w.bram))),
        post={"anna": 403, "bram": 302, "dora": 302, "nico": 403},
    ),
}
