"""Two piles that become one, and one that becomes two."""

import uuid

from django.http import Http404
from django.views.decorators.http import require_GET, require_POST

from analysis import rules
from analysis.models import BundlingSession, Regrouping, Theme
from analysis.models.board import Board
from analysis.views.board import board_answer
from dialoog.pages import page
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import chosen, sent_key
from experiences.models import Fragment


@require_GET
@seated(rules.may_arrange, session=BundlingSession, theme=Theme)
def regroup(request, seat, session, theme):
    """One pile, to join with another or to lay some of its cards apart: the same that a drag does, as lists."""
    if theme.project_id != session.project_id:
        raise Http404
    theme = theme.living()
    others = [other for other in Theme.of(session.project) if other != theme]
    told = {"session": session, "theme": theme, "others": others, "cards": theme.cards_now(), "key": uuid.uuid4()}
    return page(request, "analysis/regroup.html", told | {"may_merge": not session.project.bundled_at})


@require_POST
@seated(rules.may_arrange, session=BundlingSession)
def merge(request, seat, session):
    """Lay all cards of one pile with another."""
    themes = Theme.objects.visible_to(seat).filter(project=session.project_id)
    theme, other = (chosen(themes, request.POST, name) for name in ("theme", "other"))
    if theme is None or other is None:
        return board_answer(request, seat, session, "Kies met welke stapel u wilt samenvoegen.", True)
    return board_answer(request, seat, session, Regrouping.merge(Board(session), seat, theme, other).said)


@require_POST
@seated(rules.may_arrange, session=BundlingSession)
def split(request, seat, session):
    """Lay some cards of a pile apart."""
    theme = chosen(Theme.objects.visible_to(seat).filter(project=session.project_id), request.POST, "theme")
    if theme is None:
        return board_answer(request, seat, session, "Die stapel is net weggehaald. Kies een andere.", True)
    keys = [key for sent in request.POST.getlist("card") if (key := sent_key({"card": sent}, "card"))]
    cards = Fragment.objects.visible_to(seat).of(session.project).filter(pk__in=keys)
    name, key = request.POST.get("sentence", ""), sent_key(request.POST, "key") or uuid.uuid4()
    said = Regrouping.split(Board(session), seat, theme, cards, name, key).said
    return board_answer(request, seat, session, said, part=Theme(pk=key).topic)


@require_POST
@seated(rules.may_undo_regrouping, regrouping=Regrouping)
def undo_regrouping(request, seat, regrouping):
    """Take back what one merged or split oneself."""
    found = BundlingSession.objects.visible_to(seat).get(project=regrouping.project_id)
    return board_answer(request, seat, found, regrouping.undo(Board(found), seat).said)
