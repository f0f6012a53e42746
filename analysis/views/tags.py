"""Words on values at one card: which value is at stake, in which sentences, and who of which side says so."""

from django.core.exceptions import ValidationError
from django.views.decorators.http import require_GET, require_POST

from analysis import rules
from analysis.models import BundlingSession, Placing, Stage, Tag, sentences
from dialoog.pages import back, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import sent_key, sent_number
from experiences.models import Fragment
from values.models import Value


@require_GET
@seated(rules.may_read, fragment=Fragment)
def card(request, seat, fragment):
    """One card, large, with its sentences to choose from and all words on it."""
    meeting = BundlingSession.objects.visible_to(seat).filter(project=fragment.project_id).first()
    lies = Placing.objects.visible_to(seat).filter(fragment=fragment).select_related("theme").first()
    at_stake = Tag.objects.visible_to(seat).at_stake([fragment]).get(fragment.pk, [])
    told = {
        "card": fragment,
        "project": fragment.project,
        "parts": list(enumerate(sentences(fragment.text))),
        "at_stake": at_stake,
        "values": _values(seat, fragment.project),
        "mine": [tag.value for stake in at_stake for tag in stake.tags if tag.by_id == seat.pk],
        "may_tag": rules.may_tag(seat) and not fragment.project.is_closed,
        "theme": lies and lies.theme,
        "on_board": bool(meeting) and meeting.stage == Stage.TOGETHER,
    }
    return page(request, "analysis/card.html", told)


@require_POST
@seated(rules.may_tag, fragment=Fragment)
def tag(request, seat, fragment):
    """Say which value is at stake in this card, or in some sentences of it."""
    value = Value.for_seat(seat, sent_key(request.POST, "value"))
    if value is None or value.joined_into_id:
        raise ValidationError("Kies eerst om welke waarde het gaat.")
    places = [sent_number({"place": sent}, "place") for sent in request.POST.getlist("sentence")]
    Tag.put(seat, fragment, value, request.POST.get("stake", ""), places)
    return back(request, seat.url("analysis:card", fragment=fragment.pk), f"waarde-{value.pk}")


@require_POST
@seated(rules.may_untag, tag=Tag)
def untag(request, seat, tag):
    """Take one's own word back."""
    tag.delete()
    return back(request, seat.url("analysis:card", fragment=tag.fragment_id), "waarden")


def _values(seat, project):
    """The values this round is about; without a choice all of the table."""
    return project.values.all() or Value.objects.visible_to(seat).listed()
