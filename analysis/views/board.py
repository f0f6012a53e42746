"""Sorting and naming together: the shared board, and who moved what."""

import uuid

from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from analysis import rules
from analysis.models import (
    BundlingSession,
    Move,
    Stage,
    Theme,
)
from analysis.models.board import Board
from dialoog.pages import back, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import chosen, sent_key, sent_number
from experiences.models import Fragment

LATEST_MOVES = 12


@require_GET
@seated(rules.may_read, session=BundlingSession)
def board(request, seat, session):
    """The shared board alone: what open screens read again after a move."""
    if session.stage != Stage.TOGETHER:
        return redirect(seat.url("analysis:session", project=session.project_id))
    return page(request, "analysis/_board.html", _board(request, seat, session))


@require_POST
@seated(rules.may_arrange, session=BundlingSession)
def move(request, seat, session):
    """Lay a card elsewhere; when somebody was first, theirs stands and the sentence says so."""
    fragment = chosen(Fragment.objects.visible_to(seat).of(session.project), request.POST, "card")
    where, table = request.POST.get("theme", ""), Board(session)
    target = chosen(Theme.objects.visible_to(seat).of(session.project), request.POST, "theme")
    if fragment is None:
        return _board_answer(request, seat, session, "Dit kaartje is er niet meer. De verteller trok het terug.", True)
    if where == "new":
        target = table.add_theme(seat, key=sent_key(request.POST, "key"))
    elif where and target is None:
        return _board_answer(request, seat, session, "Die stapel is net weggehaald. Kies een andere.", True)
    moved = table.move(seat, fragment, target, sent_number(request.POST, "seen"))
    return _board_answer(request, seat, session, moved.said, not moved.counted)


@require_POST
@seated(rules.may_undo, move=Move)
def undo(request, seat, move):
    """Take one's own move back."""
    found = BundlingSession.objects.visible_to(seat).get(project=move.project_id)
    moved = Board(found).undo(seat, move)
    return _board_answer(request, seat, found, moved.said)


@require_POST
@seated(rules.may_arrange, session=BundlingSession)
def add_theme(request, seat, session):
    """Lay down a new pile, with a name or without."""
    made = Board(session).add_theme(seat, request.POST.get("sentence", ""), sent_key(request.POST, "key"))
    return back(request, seat.url("analysis:session", project=session.project_id), made.topic)


@require_GET
@seated(rules.may_read, session=BundlingSession)
def moves(request, seat, session):
    """Who moved what, all of it."""
    told = Move.objects.visible_to(seat).of(session.project)
    return page(request, "analysis/moves.html", {"session": session, "moves": told})


def draw_board(request, seat, session):
    return "analysis/together.html", _board(request, seat, session)


def _board(request, seat, session):
    """The shared board: its piles, what lies on the table, and who moved what; in a fixed number of queries."""
    project, taken = session.project, sent_key(request.GET, "verplaats")
    themes = Theme.of(project)
    latest = list(Move.objects.visible_to(seat).of(project)[:LATEST_MOVES])
    placed = {placing.fragment_id: placing for theme in themes for placing in theme.cards}
    loose = Board(session).on_the_table()
    placed |= {placing.fragment_id: placing for placing in loose}
    fresh = next((move for move in latest if not move.is_late), None)
    for move in latest:
        lies = placed.get(move.fragment_id)
        move.may_undo = move.by_id == seat.pk and not move.is_late and bool(lies) and lies.version == move.version
    return {
        "session": session,
        "themes": themes,
        "loose": loose,
        "moves": latest,
        "fresh": fresh and fresh.fragment_id,
        "taken": taken,
        "key": uuid.uuid4(),
        "may_drop": not project.bundled_at,
    }


def _board_answer(request, seat, session, said, is_warning=False):
    url = seat.url("analysis:session", project=session.project_id)
    if not request.htmx:
        return back(request, url, "board", said)
    return page(request, "analysis/_board.html", _board(request, seat, session) | {"said": said, "warns": is_warning})
