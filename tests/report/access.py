"""The doors of this app."""

from dialoog.report.blocks import usual
from dialoog.report.models import Edition, Refusal, Report
from projects.models import Phase
from tests.access import OLD_PAGE, Access, everyone
from tests.projects import make as projects
from tests.report import make

SIDES = {"anna": 302, "bram": 302, "dora": 302, "nico": 403}


def a_round(world):
    return {"project": projects.project(world.bram, Phase.COMMIT).pk}


def a_report(world):
    return {"report": make.report(world.bram).pk}


def a_signed_report(world):
    """A report that Bram's side has signed, so that there is something to take back."""
    return {"report": make.signed(world.bram, report=make.report(world.bram)).pk}


def a_refused_report(world):
    """A report that Bram's side does not sign yet."""
    report = make.report(world.bram)
    Refusal.say(world.bram, report, "wij overleggen eerst.")
    return {"report": report.pk}


def an_edition(readers):
    def make_edition(world):
        report = make.signed(world.bram, world.anna, report=make.report(world.bram))
        return {"edition": Edition.objects.visible_to(world.bram).get(report=report, readers=readers).pk}

    return make_edition


def a_printing(world):
    return {"printing": make.printing(world.bram, make.report(world.bram)).pk}


def a_failed_printing(world):
    made = make.printing(world.bram, make.report(world.bram))
    made.state = made.State.FAILED
    made.save()
    return {"printing": made.pk}


def for_the_boards(world):
    return a_report(world) | {"readers": "boards"}


def a_dissent(world):
    return {"dissent": make.dissent(world.bram, make.report(world.bram)).pk}


def the_fingerprint(world):
    return {"fingerprint": make.fingerprint(Report.objects.visible_to(world.bram).get())}


ROUTES = {
    "report:list": Access(kwargs=lambda world: {}, get=everyone()),
    "report:detail": Access(kwargs=a_round, get=everyone()),
    "report:start": Access(kwargs=a_round, post=SIDES),
    "report:write": Access(
        kwargs=a_report,
        get={"anna": 200, "bram": 200, "dora": 200, "nico": 403},
        post=SIDES,
        data=lambda world: {"version": "2", "brief": "Kort", "subtitle": "", "feedback": ""},
    ),
    "report:hints": Access(
        kwargs=a_report,
        post={"anna": 200, "bram": 200, "dora": 200, "nico": 403},
        data=lambda world: {"brief": "De implementatie."},
    ),
    "report:text_history": Access(
        kwargs=a_report, get=everyone(), post=SIDES, data=lambda world: {"version": "2", "number": "1"}
    ),
    "report:preview": Access(kwargs=a_report, get=everyone()),
    "report:preview_for": Access(kwargs=for_the_boards, get=everyone()),
    "report:arrange": Access(
        kwargs=for_the_boards,
        get={"anna": 200, "bram": 200, "dora": 200, "nico": 403},
        post=SIDES,
        data=lambda world: {"order": "kort,themas", "part": ["kort"], "known": ",".join(usual("boards"))},
    ),
    "report:versions": Access(kwargs=a_report, get=everyone()),
    "report:years": Access(get=everyone()),
    "report:print_year": Access(post=everyone(302), data=lambda world: {"year": "2026"}),
    "report:commitments_sheet": Access(get=everyone()),
    "report:sign": Access(kwargs=a_report, post=SIDES, data=the_fingerprint),
    "report:take_back": Access(kwargs=a_signed_report, post={"anna": 422, "bram": 302, "dora": 302, "nico": 403}),
    "report:not_yet": Access(
        kwargs=a_report,
        get={"anna": 200, "bram": 200, "dora": 200, "nico": 403},
        post=SIDES,
        data=lambda world: {"reason": "wij overleggen eerst met de achterban."},
    ),
    "report:drop_not_yet": Access(kwargs=a_refused_report, post={"anna": 422, "bram": 302, "dora": 302, "nico": 403}),
    "report:dissent": Access(
        kwargs=a_report,
        get={"anna": 200, "bram": 200, "dora": 200, "nico": 403},
        post=SIDES,
        data=lambda world: {"text": "Wij zien het anders."},
    ),
    "report:dissent_text": Access(
        kwargs=a_dissent,
        get={"anna": 403, "bram": 200, "dora": 200, "nico": 403},
        post={"anna": 403, "bram": 302, "dora": 302, "nico": 403},
        data=lambda world: {"version": "1", "number": "1"},
    ),
    "report:remove_dissent": Access(kwargs=a_dissent, post={"anna": 403, "bram": 302, "dora": 302, "nico": 403}),
    "report:speak": Access(kwargs=a_report, post=OLD_PAGE, data=lambda world: {"word": "yes"}),
    "report:print_draft": Access(kwargs=a_report, post=everyone(302)),
    "report:draft_word": Access(kwargs=a_report, get=everyone()),
    "report:print_handout": Access(kwargs=a_report, post=everyone(302)),
    "report:printing": Access(kwargs=a_printing, get=everyone()),
    "report:print_again": Access(kwargs=a_failed_printing, post=everyone(302)),
    # Not made yet: back to the page that says how far it is.
    "report:printed": Access(kwargs=a_printing, get=everyone(302)),
    "report:kept_pdf": Access(kwargs=an_edition("closed"), get=everyone(302)),
    "report:kept_word": Access(kwargs=an_edition("closed"), get=everyone()),
    "report:kept_page": Access(kwargs=an_edition("public"), get=everyone(403)),
}
