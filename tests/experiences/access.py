"""The doors of this app."""

import uuid

from projects.models import Phase
from tests.access import Access, everyone
from tests.experiences import make
from tests.projects import make as rounds

HIDDEN = {"anna": 404, "nico": 404}
COUNCIL = {"bram": 200, "dora": 200} | HIDDEN
ACT = {"bram": 302, "dora": 302} | HIDDEN


def _project(world):
    return rounds.project(world.bram, Phase.COLLECT)


def _told(world, **scopes):
    return make.told(world.bram, _project(world), text="Ik ben 54 jaar en ik wacht.", **scopes)


def _interview(world):
    return {"interview": _told(world).pk}


def _bare(world):
    return {"interview": make.interview(world.bram, _project(world)).pk}


def _reachable(world):
    return {"interview": _told(world, may_call_back=True).pk}


def _draft(world, **fields):
    return {"draft": make.draft(world.bram, _told(world), **fields).pk}


def _ready(world):
    """Written by somebody who is not in the cast, so that both council members may read it."""
    third = world.things.get("third") or make.member(world.table)
    world.things["third"] = third
    draft = make.draft(third, _told(world))
    draft.offer(third, draft.version)
    world.things["draft"] = draft
    return {"draft": draft.pk}


def _copy(world):
    held = _told(world)
    return {"copy": make.clash(world.bram, world.dora, held).pk}


def _withdrawn(world):
    teller = _told(world).teller
    teller.withdraw()
    return {"teller": teller.pk}


def _round(world):
    return {"project": _project(world).pk}


def _helper(world):
    # Somebody else than Nico: he must find nothing here.
    return {"helper": make.other_helper(world.bram, _project(world)).pk}


def _approved_round(world):
    project = _project(world)
    for _ in range(4):
        make.approved(world.bram, world.dora, make.told(world.bram, project))
    return {"project": project.pk}


def _late_round(world):
    """Collecting is over, and of one group three people were heard."""
    project = rounds.project(world.bram, Phase.COLLECT)
    trait = make.trait(world.bram, project)
    for _ in range(3):
        make.falls_in(world.bram, make.told(world.bram, project), trait.bands[0])
    project.phase = Phase.DELIBERATE
    project.save()
    return {"project": project.pk}


def _trait(world):
    return {"trait": make.trait(world.bram, _project(world)).pk}


def _own_time(world):
    return {"entry": make.time(world.bram).pk}


def _text(world):
    return {"text": make.text(world.bram).pk}


def _asked(world, letter="Beste verteller, er komt een tafel apart."):
    held = _told(world, may_call_back=True)
    return {"feedback": make.feedback(world.bram, held, letter).pk}


def _mailable(world):
    held = _told(world, may_call_back=True)
    make.contact(world.bram, held, email="verteller@example.com")
    make.feedback(world.bram, held, "Beste verteller, er komt een tafel apart.")
    return {"interview": held.pk}


def _guide(world):
    return {"guide": make.guide(world.bram, _project(world)).pk}


def _addresses(world):
    return {"addresses": make.addresses(world.bram).pk}


def _printed(world):
    project = _project(world)
    make.fragment(project, 1)
    return {"project": project.pk}


CONSENT = {"given_on": "2026-01-10", "way": "spoken", "may_analyse": "on"}


def _begin(world):
    return {
        "key": str(uuid.uuid4()), "code": make.fresh_code(), "whose": "client", "held_on": "2026-01-10",
        "interviewers": [str(world.bram.pk), str(world.dora.pk)], "form": "together", "place": "home",
        "approach": "person", "minutes": "30", "note": "",
    }  # fmt: skip


ROUTES: dict[str, Access] = {
    "experiences:list": Access(kwargs=lambda w: _round(w) and {}, get=everyone(), post=everyone()),
    "experiences:patterns": Access(get={"bram": 200, "dora": 200} | HIDDEN),
    "experiences:begin": Access(kwargs=lambda w: _round(w) and {}, get=COUNCIL, post=ACT, data=_begin),
    "experiences:consent_text": Access(
        get=COUNCIL, post=ACT, data=lambda w: {"body": f"Wij zijn niet van de gemeente. {w.table.data_controller}"}
    ),
    "withdraw": Access(get=COUNCIL, post={"bram": 422, "dora": 422} | HIDDEN, data=lambda w: {"code": "?"}),
    "experiences:terms": Access(
        get=COUNCIL, post={"bram": 302, "dora": 403} | HIDDEN,
        data=lambda w: {
            "story_months": "6", "consent_months": "60", "reading_months": "24", "invitation_days": "30",
            "device_days": "30",
        },
    ),
    "experiences:see": Access(kwargs=_withdrawn, post=ACT),
    # Bram is the coordinator of the council.
    "experiences:readings": Access(get={"bram": 200, "dora": 403} | HIDDEN),
    "experiences:helpers": Access(kwargs=_round, get=COUNCIL, post=ACT, data=lambda w: {"member": str(w.nico.pk)}),
    "experiences:dismiss": Access(kwargs=_helper, post=ACT),
    "experiences:missed": Access(kwargs=_round, get=COUNCIL, post=ACT, data=lambda w: {"missed": "Jongeren."}),
    "experiences:settle": Access(kwargs=_copy, post=ACT),
    "experiences:draft": Access(
        kwargs=_draft, get=COUNCIL, post=ACT,
        data=lambda w: {"version": 1, "heading": "Een andere kop", "text": "Een andere tekst."},
    ),
    "experiences:clear": Access(
        kwargs=lambda w: _draft(w, text="Ik ben 54 jaar."), post=ACT,
        data=lambda w: {"version": 1, "number": 1, "choice": "replace"},
    ),
    "experiences:offer": Access(kwargs=_draft, post=ACT, data=lambda w: {"version": 1}),
    "experiences:review": Access(kwargs=_draft, get=COUNCIL),
    "experiences:approve": Access(
        kwargs=_ready, post=ACT,
        data=lambda w: {"read": "ja", "shown": w.things["draft"].hash},
    ),
    "experiences:send_back": Access(
        kwargs=_ready, post=ACT, data=lambda w: {"remark": "Te herkenbaar."}
    ),
    "experiences:drop": Access(kwargs=_draft, post=ACT),
    "experiences:release": Access(kwargs=_approved_round, get=COUNCIL, post=ACT),
    "experiences:interview": Access(kwargs=_interview, get=COUNCIL, post=ACT, data=lambda w: {"happened": "Erbij."}),
    "experiences:save": Access(
        kwargs=_interview, post=COUNCIL, data=lambda w: {"field": "well", "version": 0, "text": "Goed."}
    ),
    "experiences:swap": Access(
        kwargs=_interview, post=ACT,
        data=lambda w: {"word": "happened:1:replace:54 jaar"},
    ),
    "experiences:finish": Access(kwargs=_interview, post=ACT),
    "experiences:change": Access(kwargs=_interview, get=COUNCIL, post=ACT, data=_begin),
    "experiences:consent": Access(
        kwargs=_bare, get=COUNCIL, post=ACT, data=lambda w: CONSENT | {"text": str(make.text(w.bram).pk)}
    ),
    "experiences:contact": Access(
        kwargs=_reachable, get=COUNCIL, post=ACT,
        data=lambda w: {"phone": "06-12345678", "purpose": "feedback", "delete_by": make.soon()},
    ),
    "experiences:erase_contact": Access(kwargs=_reachable, post=ACT),
    "experiences:make_card": Access(
        kwargs=_interview, get=COUNCIL, post=ACT,
        data=lambda w: {"key": str(uuid.uuid4()), "heading": "Lang wachten", "text": "Ik wacht."},
    ),
    "experiences:spread": Access(kwargs=_round, get=COUNCIL),
    "experiences:seek": Access(kwargs=_round, post=ACT, data=lambda w: {"plan": "Naar het jongerenwerk."}),
    "experiences:seeking_text": Access(
        kwargs=lambda w: {"seeking": make.seeking(w.bram, _project(w)).pk}, get=COUNCIL, post=ACT,
        data=lambda w: {"version": 1, "number": 1},
    ),
    "experiences:give_spread": Access(kwargs=_late_round, post=ACT),
    "experiences:traits": Access(kwargs=_round, get=COUNCIL, post=ACT, data=lambda w: {"suggestion": "Leeftijd"}),
    "experiences:change_trait": Access(
        kwargs=_trait, get=COUNCIL, post=ACT, data=lambda w: {"name": "Thuis", "more_1": "met een hond"}
    ),
    "experiences:drop_trait": Access(kwargs=_trait, post=ACT),
    "experiences:who": Access(kwargs=_interview, get=COUNCIL, post=ACT, data=lambda w: {"new": "ja"}),
    "experiences:time": Access(kwargs=lambda w: {}, get=COUNCIL),
    "experiences:note_time": Access(
        kwargs=lambda w: {}, post=ACT, data=lambda w: {"went_to": "clients", "minutes": "30"}
    ),
    "experiences:drop_time": Access(
        kwargs=_own_time, post={"bram": 302, "dora": 422} | HIDDEN,
    ),
    "experiences:fragments": Access(kwargs=_round, get=everyone()),
    "experiences:fragment": Access(
        kwargs=lambda w: {"fragment": make.fragment(_project(w), 1).pk}, get=everyone()
    ),
    "experiences:translation": Access(
        get=COUNCIL, post=ACT,
        data=lambda w: {"language": "Turks", "body": f"Biz belediyeden değiliz. {w.table.data_controller}"},
    ),
    "experiences:read_text": Access(kwargs=_text, get=COUNCIL),
    "experiences:papers": Access(kwargs=lambda w: _round(w) and {}, get=COUNCIL),
    "experiences:papers_of": Access(kwargs=_interview, get=COUNCIL),
    "experiences:guide": Access(
        kwargs=_round, get=COUNCIL, post=ACT,
        data=lambda w: {"version": 1, "opening": "Dag.", "questions": "Wat gebeurde er?", "probing": "En toen?",
                        "closing": "Dank u wel."},
    ),
    "experiences:guide_history": Access(
        kwargs=_guide, get=COUNCIL, post=ACT, data=lambda w: {"version": 2, "number": 1}
    ),
    "experiences:addresses": Access(
        get=COUNCIL, post=ACT,
        data=lambda w: {"version": 1, "reach": "Bel 06-00000000.", "urgent": "112: nu.", "nearby": "Wijkteam: hulp.",
                        "complaint": "Gemeente: klacht."},
    ),
    "experiences:addresses_history": Access(
        kwargs=_addresses, get=COUNCIL, post=ACT, data=lambda w: {"version": 1, "number": 1}
    ),
    "experiences:consent_card": Access(kwargs=_text, get=COUNCIL),
    "experiences:own_card": Access(kwargs=lambda w: _interview(w) | _text(w), get=COUNCIL),
    "experiences:guide_sheet": Access(kwargs=_round, get=COUNCIL),
    "experiences:notes_sheet": Access(get=COUNCIL),
    "experiences:own_notes": Access(kwargs=_interview, get=COUNCIL),
    "experiences:referral_sheet": Access(get=COUNCIL),
    "experiences:reading_log": Access(kwargs=_interview, get={"bram": 200, "dora": 403} | HIDDEN),
    "experiences:letter_sheet": Access(kwargs=_asked, get=COUNCIL),
    # The cards are of both sides, on paper too.
    "experiences:card_sheets": Access(kwargs=_printed, get=everyone()),
    "experiences:clock": Access(kwargs=_interview, post=ACT, data=lambda w: {"clock": "start"}),
    "experiences:feedback": Access(
        kwargs=_round, get=COUNCIL, post=ACT, data=lambda w: {"reason": "Nog niet iedereen is gebeld."}
    ),
    "experiences:ask_feedback": Access(kwargs=_interview, post=ACT),
    "experiences:no_longer": Access(kwargs=_asked, post=ACT),
    "experiences:tell": Access(kwargs=_asked, post=ACT, data=lambda w: {"way": "read", "on": "2026-01-10"}),
    "experiences:send_feedback": Access(kwargs=_mailable, post=ACT | {"bram": 422, "dora": 422}),
    "experiences:excuse": Access(kwargs=_asked, post=ACT, data=lambda w: {"reason": "Het nummer werkt niet meer."}),
    "experiences:reopen": Access(kwargs=_asked, post=ACT),
}  # fmt: skip
