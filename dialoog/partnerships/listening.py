"""Who may hear the bells of a table, asked at the door of the stream and every few seconds after that."""

import io
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.core.exceptions import SuspiciousOperation
from django.core.handlers.asgi import ASGIRequest
from django.utils import timezone

from dialoog.live.streams import Visitor
from dialoog.partnerships import shared_words
from dialoog.partnerships.models import Member

SessionStore = import_module(settings.SESSION_ENGINE).SessionStore


def enter(scope):
    """The seat that opens this stream, with its channels; None for everyone without a seat at this table."""
    slug = scope["path"].strip("/").split("/")[0]
    request = ASGIRequest(scope, io.BytesIO())
    try:
        request.get_host()
    except SuspiciousOperation:
        return None
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    request.session = SessionStore(key)
    seat = Member.objects.seat_of(get_user(request), slug) if key else None
    if seat is None:
        return None
    heard = request.headers.get("Last-Event-ID") or request.GET.get("heard", "")
    reads = shared_words.asked_for(request.GET.get("words", ""))
    return Visitor(tuple(seat.channels()), (seat.pk, key, seat.user.get_session_auth_hash()), heard, reads)


def still_welcome(tickets):
    """The tickets whose member still sits at the table with a working account, and whose session still lives.

    A new password ends the sessions of before it at their next page; a stream asks for none, so its ticket tells which
    password it came in with.
    """
    seats = Member.objects.active().filter(pk__in={seat for seat, *_ in tickets}, user__is_active=True)
    proofs = {(seat.pk, seat.user.get_session_auth_hash()) for seat in seats.select_related("user")}
    keys = {key for _, key, *_ in tickets}
    alive = SessionStore.get_model_class().objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    sessions = set(alive.values_list("session_key", flat=True))
    return {(seat, key, proof) for seat, key, proof in tickets if (seat, proof) in proofs and key in sessions}
