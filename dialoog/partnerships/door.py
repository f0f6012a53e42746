"""The one door to a table: without a seat nothing can be looked up."""

import fcntl
from contextlib import contextmanager
from functools import wraps

from allauth.mfa.models import Authenticator
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.db import connection, transaction
from django.http import Http404
from django.urls import URLPattern

from dialoog.accounts.second_step import counts_from, showed_more_than_a_password
from dialoog.pages import not_yours, page, refused, typed_in
from dialoog.partnerships.models import Member
from dialoog.partnerships.rules import Closed

GONE = "Dit is hier niet, of niet meer. Misschien haalde iemand het intussen weg."


class Gone(Http404):
    """A thing that is not for your eyes, or not there: the same answer for both."""


def seated(rule, *, atomic=True, **things):
    """Let a view in only from a seat: address → seat or 404, ids → things that the seat may see or 404, rule or 403.

    `things` names the URL's ids with their models, in the order in which the rule takes them. A POST is one transaction
    (unless `atomic=False`, for an act that manages its own); an act's refusal becomes a 422 with its sentence. With
    each of these answers comes back what somebody typed.
    """

    def decorate(view):
        @wraps(view)
        def enter(request, table, **rest):
            if request.method == "POST" and atomic:
                with turn() as let_go, transaction.atomic():
                    # The first thing after the commit: a letter or a drawing that takes long keeps nobody waiting.
                    transaction.on_commit(let_go)
                    # And who waits for a thread of this process, if the server made them wait (see `Front.in_line`).
                    transaction.on_commit(request.environ.get("dialoog.let_go", let_go))
                    return pass_through(request, table, rest)
            return pass_through(request, table, rest)

        def pass_through(request, table, rest):
            without_null_bytes(request)
            seat = request.seat = Member.objects.seat_of(request.user, table)
            if seat is None:
                raise Http404
            found = {}
            for name, model in things.items():
                found[name] = model.for_seat(seat, rest.pop(name))
                if found[name] is None:
                    raise Gone
            if not (may := rule(seat, *found.values())):
                # Who might have, but not now any more, reads why; who typed something gets it back beside that.
                closed = str(may) if isinstance(may, Closed) else ""
                raise ValidationError(closed) if closed and request.method == "POST" else PermissionDenied(closed)
            if _leads_to_stories(rule, seat) and wants_second_step(request, seat):
                return ask_second_step(request, seat)
            return view(request, seat, **found, **rest)

        @wraps(view)
        def answer(request, table, **rest):
            try:
                return enter(request, table, **rest)
            except ValidationError as refusal:
                if request.method != "POST":
                    raise
                return refused(request, refusal)
            except PermissionDenied as no:
                return not_yours(request, str(no))
            except Gone:
                # What a teller took back is not handed out once more.
                if not typed_in(request) or getattr(rule, "opens_stories", False):
                    raise
                return refused(request, ValidationError(GONE), status=404)

        answer.seated = rule, things
        # What manages its own transaction may do slow things in between, and has others wait only for that.
        answer.takes_turn = atomic
        return answer

    return decorate


@contextmanager
def turn():
    """On SQLite acts wait for one another here, in all processes of this machine; gives how to let the next one go.

    SQLite lets a writer try again after a pause that grows, so with twenty at once somebody new is always just before
    who waits longest. A lock of the system wakes who waits, and ends with the process that holds it, however that ends.
    Whoever writes outside the door is not in this line; SQLite lets them wait, and refuses after its timeout.
    """
    file = connection.settings_dict["NAME"]
    if connection.vendor != "sqlite" or connection.in_atomic_block or connection.is_in_memory_db():
        yield lambda: None
        return
    with open(f"{file}-turn", "w") as line:
        fcntl.flock(line, fcntl.LOCK_EX)
        yield lambda: fcntl.flock(line, fcntl.LOCK_UN)


def _leads_to_stories(rule, seat):
    """Whether a story lies behind this door, or the say about who opens them: which mailboxes, and with what."""
    return getattr(rule, "opens_stories", False) or (seat.is_council and getattr(rule, "keeps_stories", False))


def wants_second_step(request, seat):
    """Whether the council of this table asks more than this person showed when logging in, before a story opens."""
    return seat.partnership.stories_second_step and not showed_more_than_a_password(request)


def ask_second_step(request, seat):
    """The page that says what to do before a story opens, and comes back to where somebody wanted to be."""
    ways = set(Authenticator.objects.filter(user=seat.user).values_list("type", flat=True))
    wanted = request.get_full_path() if request.method == "GET" else seat.url("start")
    has = {
        "counts_from": counts_from(seat.user),
        "has_app": Authenticator.Type.TOTP in ways,
        "has_key": Authenticator.Type.WEBAUTHN in ways,
    }
    told = {**has, "wanted": wanted, "typed": typed_in(request)}
    return page(request, "partnerships/second_step.html", told, status=403)


def without_null_bytes(request):
    """Nobody types a null byte and PostgreSQL keeps none: what is sent is freed of it before any view reads it."""
    if any("\0" in text for _, texts in request.POST.lists() for text in texts):
        sent = request.POST.copy()
        for name, texts in request.POST.lists():
            sent.setlist(name, [text.replace("\0", "") for text in texts])
        request.POST = sent


def guard(patterns, inside=False):
    """Refuse to load a URLconf in which a route of a table has no seat."""
    for pattern in patterns:
        here = inside or "<slug:table>" in str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            if here and not hasattr(pattern.callback, "seated"):
                name = pattern.callback.__name__
                raise ImproperlyConfigured(f"{name} is a route of a table but has no @seated rule.")
        else:
            guard(pattern.url_patterns, here)
