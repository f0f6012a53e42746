"""Opening what a teller said: who does it is written down first."""

from functools import wraps

from django.db import transaction

from dialoog.pages import page
from dialoog.partnerships.door import ask_second_step, wants_second_step
from experiences import rules
from experiences.models import ContactDetail, FragmentDraft, PassageVersion, Reading, Story
from experiences.vault import VaultClosed


def vaulted(view):
    """A page that reads from the vault: when a key or a second step is missing it says so, and nothing else breaks."""

    @wraps(view)
    def enter(request, seat, **things):
        if wants_second_step(request, seat) and rules.hears(seat):
            return ask_second_step(request, seat)
        try:
            return view(request, seat, **things)
        except VaultClosed as refusal:
            if request.method == "POST":
                raise
            return page(request, "refused.html", {"sentences": refusal.messages}, status=503)

    return enter


def reads(what, why):
    """A page that opens what a teller said: who, when, which and why is written down before it is opened.

    The line is kept before the act begins, so that it also stands when the act is refused: hence `atomic=False` at the
    door, and the transaction of the act in here.
    """

    def decorate(view):
        @wraps(view)
        def enter(request, seat, **things):
            if wants_second_step(request, seat):
                return ask_second_step(request, seat)
            for thing in things.values():
                _note_reading(seat, _conversation(thing), what, why)
            if request.method == "POST":
                with transaction.atomic():
                    return view(request, seat, **things)
            return view(request, seat, **things)

        return enter

    return decorate


def _conversation(thing):
    """The conversation that these secret words belong to."""
    if isinstance(thing, PassageVersion):
        return thing.passage.story.interview
    return thing.story.interview if isinstance(thing, FragmentDraft) else thing


def _note_reading(seat, interview, what, why):
    kind = {Reading.What.STORY: Story, Reading.What.CONTACT: ContactDetail}[what]
    # Where nothing was ever written down there is nothing to open.
    if kind.objects.visible_to(seat).filter(teller=interview.teller_id).exists():
        Reading.note(seat, interview, what, why)
