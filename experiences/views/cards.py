"""Cards: made from a story by the council, read by a second reader, and seen by both sides once they crossed."""

import uuid
from collections import Counter

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.views.decorators.http import require_GET, require_POST

from dialoog.pages import back, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import sent_key, sent_number
from dialoog.partnerships.models import Event
from dialoog.partnerships.templatetags.dialoog import in_words
from dialoog.partnerships.views import posted
from dialoog.small_numbers import FEWEST
from experiences import rules
from experiences.forms import (
    CardForm,
)
from experiences.models import (
    BATCH,
    Consent,
    Fragment,
    FragmentDraft,
    Interview,
    Reading,
    Remark,
    SharedSpread,
    Story,
    changes,
    rare_traits,
)
from experiences.views.opening import reads, vaulted
from projects.models import Project, in_a_row


@seated(rules.listener, atomic=False, interview=Interview)
@vaulted
@reads(Reading.What.STORY, "een kaartje maken")
def make_card(request, seat, interview):
    """Make a card from a story: the words on the left, the card on the right."""
    story = Story.objects.visible_to(seat).filter(interview=interview).first()
    parts = [part for part in story.passages() if part.text.strip()] if story else []
    if request.method == "POST" and "take" in request.POST:
        told = {"form": _taken_over(request, parts), "interview": interview, "parts": parts}
        return page(request, "experiences/card.html", told)
    form = CardForm(posted(request), initial={"text": parts[0].text[:1500] if parts else ""})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = FragmentDraft.begin(seat, interview, said["key"] or uuid.uuid4(), said["heading"], said["text"])
            said = "Opgeslagen. Loop het kaartje nog eens na, en leg het dan klaar."
            return back(request, seat.url("experiences:draft", draft=made.pk), said=said)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    told = {"form": form, "interview": interview, "parts": parts}
    return page(request, "experiences/card.html", told, status=422 if request.method == "POST" else 200)


@seated(rules.listener, atomic=False, draft=FragmentDraft)
@vaulted
@reads(Reading.What.STORY, "een kaartje maken")
def draft(request, seat, draft):
    """A card in the making: change its words, and decide about every hit."""
    held = {"heading": draft.heading, "text": draft.text, "version": draft.version}
    form = CardForm(posted(request), initial=held)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            draft.rewrite(seat, said["version"] or 0, said["heading"], said["text"])
            return back(request, seat.url("experiences:draft", draft=draft.pk), said="Opgeslagen.")
        except ValidationError as refusal:
            form.add_error(None, refusal)
    told = {
        "form": form,
        "draft": draft,
        "interview": draft.story.interview,
        "parts": [part for part in draft.story.passages() if part.text.strip()],
        "hits": draft.undecided(),
        "left": draft.left(),
        "thread": Remark.about(draft),
        "events": Event.objects.visible_to(seat).about(draft),
    }
    return page(request, "experiences/card.html", told, status=422 if request.method == "POST" else 200)


@require_POST
@seated(rules.listener, draft=FragmentDraft)
def clear(request, seat, draft):
    """Decide about one hit: replace it, or leave it; what was typed meanwhile is saved first."""
    choice, number, words = [*request.POST.get("word", "").split(":", 2), "", "", ""][:3]
    if not choice:
        choice, number = request.POST.get("choice", ""), request.POST.get("number", "")
    place = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0
    version = sent_number(request.POST, "version")
    if _keep_typed(request, seat, draft):
        version = draft.version
        place = next((at for at, hit in enumerate(draft.undecided(), 1) if hit.text == words), 0)
    if choice == "replace":
        draft.swap(seat, version, place, request.POST.get("by", "").strip()[:200] or None)
    else:
        draft.leave(seat, version, place)
    return back(request, seat.url("experiences:draft", draft=draft.pk), anchor="hits")


@require_POST
@seated(rules.listener, draft=FragmentDraft)
def offer(request, seat, draft):
    """The writer is done: what stands on the page is saved first, so that the reader gets what the writer sees."""
    typed = _keep_typed(request, seat, draft)
    version = draft.version if typed else sent_number(request.POST, "version")
    try:
        draft.offer(seat, version, request.POST.get("answer", ""))
    except ValidationError as refusal:
        if not typed:
            raise
        # What was typed is kept; only the offering has to wait.
        messages.warning(request, " ".join(refusal.messages))
        return back(request, seat.url("experiences:draft", draft=draft.pk), anchor="hits")
    return back(request, seat.url("experiences:list"), said="Een ander lid van de raad kijkt het kaartje na.")


def _keep_typed(request, seat, draft):
    """Save the words that were sent along with an act; gives whether they differ from what was kept."""
    heading, text = request.POST.get("heading"), request.POST.get("text")
    if heading is None or text is None:
        return False
    before = draft.version
    draft.rewrite(seat, sent_number(request.POST, "version"), heading, text)
    return draft.version != before


def _taken_over(request, parts):
    """The form as it was typed, with one part of the story under the text that stands there."""
    taken = next((part.text for part in parts if part.field == request.POST["take"]), "")
    typed = request.POST.get("text", "").replace("\r\n", "\n").strip()
    text = taken if not typed or typed in (part.text[:1500].strip() for part in parts) else f"{typed}\n\n{taken}"
    return CardForm(
        initial={"key": sent_key(request.POST, "key") or uuid.uuid4(), "heading": request.POST.get("heading", "")}
        | {"text": text[:1500]}
    )


@require_GET
@seated(rules.council_alone, atomic=False, draft=FragmentDraft)
@vaulted
@reads(Reading.What.STORY, "een kaartje nakijken")
def review(request, seat, draft):
    """The second reader: the story and the card beside each other."""
    waiting = list(
        FragmentDraft.objects.visible_to(seat).of(draft.teller.project).waiting_for(seat).order_by("written_at")
    )
    left, right, told = changes(draft.story.whole(), draft.text)
    return page(
        request,
        "experiences/review.html",
        {
            "draft": draft,
            "consent": Consent.of(draft.teller),
            "place": waiting.index(draft) + 1 if draft in waiting else 0,
            "waiting": len(waiting),
            "left": left,
            "right": right,
            "changes": told,
            "kept": draft.left(),
            "open_hits": draft.undecided(),
            "rare": rare_traits(draft.story.interview),
            "few": Interview.objects.visible_to(seat).of(draft.teller.project).filter(declined=False).count() < FEWEST,
            "thread": Remark.about(draft),
            "wrote": seat in draft.writers.all() and not draft.is_alone(seat),
        },
    )


@require_POST
@seated(rules.council_alone, draft=FragmentDraft)
def approve(request, seat, draft):
    """The second reader read exactly this, and finds that it may cross."""
    if not request.POST.get("read"):
        raise ValidationError("Zet eerst het vinkje: u hebt het hele kaartje gelezen.")
    draft.approve(seat, request.POST.get("shown", ""))
    return _next_to_read(request, seat, draft, "Nagekeken. Het gaat mee met de volgende kaartjes.")


@require_POST
@seated(rules.council_alone, draft=FragmentDraft)
def send_back(request, seat, draft):
    """The second reader says what should be different."""
    draft.send_back(seat, request.POST.get("remark", ""))
    return _next_to_read(request, seat, draft, f"Het kaartje ligt weer bij {draft.written_by}.")


@require_POST
@seated(rules.listener, draft=FragmentDraft)
def drop(request, seat, draft):
    """This card is not needed."""
    where = draft.story.interview_id
    draft.drop(seat)
    return back(request, seat.url("experiences:interview", interview=where), said="Het kaartje is weg.")


@seated(rules.council_alone, project=Project)
@vaulted
def release(request, seat, project):
    """All approved cards cross together, in random order."""
    if request.method == "POST":
        reason = request.POST.get("go_on_reason", "")[:200] if request.POST.get("go_on") else ""
        made = FragmentDraft.release(seat, project, reason)
        said = f"{len(made)} kaartjes zijn nu van beide kanten."
        return back(request, seat.url("experiences:fragments", project=project.pk), said=said)
    ready, kept_back = FragmentDraft.ready_to_cross(project)
    close = FragmentDraft.close_together(ready)
    texts = Counter(draft.text.strip() for draft in ready)
    twins = [draft for draft in ready if texts[draft.text.strip()] > 1]
    told = {"project": project, "ready": ready, "kept_back": kept_back, "batch": BATCH, "twins": twins}
    return page(request, "experiences/release.html", told | {"close": _close_told(close)})


def _close_told(numbers):
    """How many cards lie there of one teller, as a sentence; the same number is said once."""
    told = [
        f"{in_words(number)} kaartjes zijn van één verteller"
        if tellers == 1
        else f"van {in_words(tellers)} vertellers liggen er elk {in_words(number)} kaartjes"
        for number, tellers in Counter(numbers).items()
    ]
    sentence = in_a_row(told)
    return f"{sentence[:1].upper()}{sentence[1:]}." if sentence else ""


@require_GET
@seated(rules.any_member, project=Project)
def fragments(request, seat, project):
    """The cards of a round, for both sides."""
    return cards_of(request, seat, project)


@require_GET
@seated(rules.any_member, fragment=Fragment)
def fragment(request, seat, fragment):
    """One card."""
    cards = Fragment.objects.visible_to(seat).of(fragment.project)
    told = {
        "fragment": fragment,
        "before": cards.filter(number__lt=fragment.number).last(),
        "after": cards.filter(number__gt=fragment.number).first(),
    }
    return page(request, "experiences/fragment.html", told)


def cards_of(request, seat, project):
    """The page of cards as both sides see it."""
    cards = Fragment.objects.visible_to(seat).of(project) if project else []
    spread = SharedSpread.objects.visible_to(seat).filter(project=project).first() if project else None
    return page(request, "experiences/fragments.html", {"project": project, "cards": cards, "spread": spread})


def _next_to_read(request, seat, draft, said):
    """On to the next card that waits for a second reader, or back to the list."""
    after = (
        FragmentDraft.objects.visible_to(seat).of(draft.teller.project).waiting_for(seat).order_by("written_at").first()
    )
    if after:
        return back(request, seat.url("experiences:review", draft=after.pk), said=said)
    return back(request, seat.url("experiences:list"), said=said)
