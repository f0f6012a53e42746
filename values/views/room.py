"""The room on people's own phones, without an account.

Who comes in has the code of one room, sees nothing of the table, and leaves a ballot that leads to nobody. What lets
them in is `in_room`: every route here wears it, and the list of open doors in tests/test_house.py names them all.
"""

import secrets
from contextlib import nullcontext
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from dialoog.pages import back, form_page, page, typed_in
from dialoog.partnerships.door import turn
from values import entrance as door
from values.forms import CodeForm, ExampleForm, GroupForm, WordsForm
from values.models import MOST_WORDS, SUGGESTIONS, Ballot, Stage, Value, Workshop, plain
from values.result import told
from values.views.workshop import as_file

COOKIE_LASTS = 31 * 24 * 60 * 60


def in_room(view):
    """Let a phone in with the code of a room: a known phone at once, a new one unless somebody is guessing.

    The phone gets a random number in a signed cookie that no script can read and that works in this room only.
    """

    @login_not_required
    @wraps(view)
    def enter(request, code):
        room = Workshop.behind(code)
        token = room and _token(request, room)
        if not token:
            if refusal := _refuse_guesser(request, room, code):
                return refusal
            token = secrets.token_urlsafe(18)
        if code != room.code:
            # Scanned: from here on the address is the short one, which can be read aloud.
            return _remember(request, room, token, redirect("room:room", code=room.code))
        try:
            # On SQLite three hundred phones that vote at once stand in one line, in the order in which they came.
            with turn() if request.method == "POST" else nullcontext():
                answer = view(request, room, token)
        except ValidationError as refusal:
            context = {"room": room, "sentences": refusal.messages, "typed": typed_in(request)}
            answer = page(request, "values/room_refused.html", context, status=422)
        return _remember(request, room, token, answer)

    return enter


@form_page
@login_not_required
def entrance(request):
    """Type the code of the big screen."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        room = Workshop.behind(code)
        if room is not None and _token(request, room):
            return redirect("room:room", code=room.code)
        if refusal := _refuse_guesser(request, room, code):
            return refusal
        return _remember(request, room, secrets.token_urlsafe(18), redirect("room:room", code=room.code))
    return page(request, "values/room_code.html", {"form": form}, status=422 if form.is_bound else 200)


@require_GET
@in_room
def room(request, room, token):
    """Where this phone is now: who comes late or reads the page again arrives in the right place."""
    ballot = Ballot.of(room, token)
    if room.is_closed:
        return page(request, "values/room_closed.html", {"room": room} | told(room))
    if ballot is None or request.GET.get("groep"):
        return _group_page(request, room, ballot)
    if room.stage == Stage.JOIN:
        return page(request, "values/room_wait.html", {"room": room, "ballot": ballot})
    if not ballot.has_told or request.GET.get("voorbeeld"):
        return _example_page(request, room, ballot)
    if room.stage == Stage.EXAMPLE:
        return page(request, "values/room_wait.html", {"room": room, "ballot": ballot})
    return _words_page(request, room, ballot)


@require_POST
@in_room
def group(request, room, token):
    """Choose where you belong; this makes the ballot of this phone, once."""
    form = GroupForm(request.POST, groups=room.groups())
    if not form.is_valid():
        return _group_page(request, room, Ballot.of(room, token), form)
    Ballot.take_part(room, token, form.cleaned_data["group"])
    return redirect("room:room", code=room.code)


@require_POST
@in_room
def example(request, room, token):
    """Send one example, or say that there is none now."""
    ballot, form = _own(room, token), ExampleForm(request.POST)
    if not form.is_valid():
        return _example_page(request, room, ballot, form)
    ballot.tell(form.cleaned_data["example"], form.cleaned_data["may_show"])
    said = "Uw voorbeeld is binnen." if ballot.example else "Dat is goed. U kunt gewoon meedoen."
    return back(request, f"/zaal/{room.code}/", said=said)


@require_POST
@in_room
def words(request, room, token):
    """Send at most five words; the latest ones count."""
    ballot = _own(room, token)
    form = WordsForm(request.POST, offered=_offered(room) if ballot.choices() else ())
    if not form.is_valid():
        return _words_page(request, room, ballot, form)
    ballot.choose(form.named)
    return back(request, f"/zaal/{room.code}/", said="Uw waarden zijn binnen. Veranderen kan tot de zaal sluit.")


@require_GET
@in_room
def stand(request, room, token):
    """Where the room is, for a phone that asks now and then: nothing when it knows already."""
    if request.GET.get("fase") == str(room.stage):
        return HttpResponse(status=204)
    return HttpResponse(str(room.stage), content_type="text/plain; charset=utf-8")


@require_GET
@in_room
def result(request, room, token):
    """The result on one sheet, for who was there."""
    if not room.is_closed:
        return redirect("room:room", code=room.code)
    return as_file(room)


def _own(room, token):
    """The ballot of this phone; without one there is nothing to write on."""
    ballot = Ballot.of(room, token)
    if ballot is None:
        room.refuse_closed()
        raise ValidationError("Kies eerst waar u bij hoort.")
    return ballot


def _group_page(request, room, ballot, form=None):
    initial = {"group": ballot.group_id} if ballot else {}
    form = form or GroupForm(groups=room.groups(), initial=initial)
    context = {"room": room, "ballot": ballot, "form": form}
    return page(request, "values/room_group.html", context, status=422 if form.is_bound else 200)


def _example_page(request, room, ballot, form=None):
    form = form or ExampleForm(initial={"example": ballot.example, "may_show": ballot.may_show})
    context = {"room": room, "ballot": ballot, "form": form}
    return page(request, "values/room_example.html", context, status=422 if form.is_bound else 200)


def _words_page(request, room, ballot, form=None):
    kept = [(choice.word.name, choice.notice) for choice in ballot.choices()]
    known = {plain(word) for word, _ in kept}
    # The list of others comes after the own words: people are primed by lists.
    offered = [name for name in _offered(room) if plain(name) not in known] if kept else []
    form = form or WordsForm(chosen=kept, offered=offered)
    context = {"room": room, "ballot": ballot, "form": form, "kept": kept, "offered": offered,
               "offers_shared": not {plain(name) for name, _ in SUGGESTIONS}.issuperset(map(plain, offered)),
               "room_left": MOST_WORDS - len(kept)}  # fmt: skip
    return page(request, "values/room_words.html", context, status=422 if form.is_bound else 200)


def _offered(room):
    """The list of the table: what both sides share, and what others named most."""
    return Value.names_for(room.partnership, SUGGESTIONS)


def _cookie(room):
    # The prefix makes browsers refuse the cookie over http or from a sibling domain.
    return f"{'__Host-' if settings.HTTPS else ''}zaal-{room.code}"


def _token(request, room):
    """The random number of this phone in this room, or None when it comes for the first time."""
    return request.get_signed_cookie(_cookie(room), default=None, salt=str(room.pk))


def _remember(request, room, token, answer):
    if not _token(request, room):
        answer.set_signed_cookie(
            _cookie(room), token, salt=str(room.pk), max_age=COOKIE_LASTS, path="/",
            httponly=True, samesite="Lax", secure=settings.HTTPS,
        )  # fmt: skip
    return answer


def _refuse_guesser(request, room, code):
    """The answer to a wrong code, or to any typed code from where too many wrong ones came."""
    guesses = door.Guesses(request.META.get("REMOTE_ADDR", ""))
    if room is not None and code == room.door_key:
        return None
    if guesses.too_many:
        return page(request, "values/room_too_many.html", status=429)
    if room is not None:
        return None
    guesses.note()
    form = CodeForm({"code": code[:40]})
    form.is_valid()
    form.add_error("code", "Deze code klopt niet, of de zaal is al weg. Kijk nog eens op het scherm.")
    return page(request, "values/room_code.html", {"form": form}, status=404)
