"""Sorting and naming together: the shared board, and who moved what."""

import uuid

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from analysis import rules
from analysis.models import (
    BundlingSession,
    Move,
    Regrouping,
    Stage,
    Tag,
    Theme,
)
from analysis.models.board import Board
from analysis.models.regroup import undo_last as take_back_last
from dialoog.pages import back, page, when_drawn
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
    # Also a pile that just went up in another: the card then lies with that one.
    target = chosen(Theme.objects.visible_to(seat).filter(project=session.project), request.POST, "theme")
    if fragment is None:
        return board_answer(request, seat, session, "Dit kaartje is er niet meer. De verteller trok het terug.", True)
    if where == "new":
        target = table.add_theme(seat, key=sent_key(request.POST, "key"))
    elif where and target is None:
        return board_answer(request, seat, session, "Die stapel is net weggehaald. Kies een andere.", True)
    moved = table.move(seat, fragment, target, sent_number(request.POST, "seen"))
    return board_answer(request, seat, session, moved.said, not moved.counted)


@require_POST
@seated(rules.may_undo, move=Move)
def undo(request, seat, move):
    """Take one's own move back."""
    found = BundlingSession.objects.visible_to(seat).get(project=move.project_id)
    moved = Board(found).undo(seat, move)
    return board_answer(request, seat, found, moved.said)


@require_POST
@seated(rules.may_arrange, session=BundlingSession)
def undo_last(request, seat, session):
    """Take back the last step of one's own that can still be taken back."""
    return board_answer(request, seat, session, take_back_last(Board(session), seat).said)


@require_POST
@seated(rules.may_arrange, session=BundlingSession)
def add_theme(request, seat, session):
    """Lay down a new pile, with a name or without."""
    made = Board(session).add_theme(seat, request.POST.get("sentence", ""), sent_key(request.POST, "key"))
    if request.htmx:
        return board_answer(request, seat, session, f"‘{made.label}’ ligt op het bord.")
    return back(request, seat.url("analysis:session", project=session.project_id), made.topic)


@require_GET
@seated(rules.may_read, session=BundlingSession)
def moves(request, seat, session):
    """Who moved what, all of it."""
    told = [*Move.objects.visible_to(seat).of(session.project)]
    told += Regrouping.objects.visible_to(seat).of(session.project)
    told.sort(key=lambda step: step.at, reverse=True)
    return page(request, "analysis/moves.html", {"session": session, "moves": told})


def draw_board(request, seat, session):
    """The board on its page: who only reads again who is there does without it."""
    names = ("themes", "loose", "moves", "my_last", "fresh", "taken", "key", "may_drop")
    return "analysis/together.html", when_drawn(lambda: _board(request, seat, session), *names)


def _board(request, seat, session):
    """The shared board: its piles, what lies on the table, and who moved what; in a fixed number of queries."""
    project, taken = session.project, sent_key(request.GET, "verplaats")
    themes = Theme.of(project)
    loose = Board(session).on_the_table()
    placings = [*loose, *(placing for theme in themes for placing in theme.cards)]
    at_stake = Tag.objects.visible_to(seat).at_stake([placing.fragment for placing in placings])
    for placing in placings:
        placing.at_stake = at_stake.get(placing.fragment_id, ())
    steps = _latest(seat, project, {placing.fragment_id: placing for placing in placings})
    moved = [placing for placing in placings if placing.moved_at]
    return {
        "session": session,
        "themes": themes,
        "loose": loose,
        "moves": steps,
        "my_last": next((step for step in steps if step.is_own_step), None),
        "fresh": max(moved, key=lambda placing: placing.moved_at).fragment_id if moved else None,
        "taken": taken,
        "key": uuid.uuid4(),
        "may_drop": not project.bundled_at,
    }


def _latest(seat, project, lies):
    """The latest steps of everyone, each with whether this person can take it back."""
    moves = list(Move.objects.visible_to(seat).of(project)[:LATEST_MOVES])
    theirs = Move.objects.visible_to(seat).by_others(seat, moves)
    undone = {move.undoes_id for move in moves}
    for move in moves:
        placing = lies.get(move.fragment_id)
        stands = bool(placing) and placing.theme_id == move.to_theme_id and placing.version > 0
        mine = move.by_id == seat.pk and not move.is_late
        move.may_undo = mine and stands and theirs.get(move.fragment_id, 0) <= move.version
        # What was taken back, and taking back itself, is no step that the one button takes back once more.
        move.is_own_step = mine and not move.undoes_id and move.pk not in undone
    regrouped = list(Regrouping.objects.visible_to(seat).of(project)[:LATEST_MOVES])
    for step in regrouped:
        step.is_regrouping = True
        step.is_own_step = step.by_id == seat.pk and not step.undone_at
        step.may_undo = step.is_own_step and step.can_be_undone
    return sorted([*moves, *regrouped], key=lambda step: step.at, reverse=True)[:LATEST_MOVES]


def board_answer(request, seat, session, said, is_warning=False, part="board"):
    """The board after an act; a plain page comes back at this part of it."""
    url = seat.url("analysis:session", project=session.project_id)
    if not request.htmx:
        (messages.warning if is_warning else messages.success)(request, said)
        return back(request, url, part)
    return page(request, "analysis/_board.html", _board(request, seat, session) | {"said": said, "warns": is_warning})
