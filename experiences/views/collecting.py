"""Conversations and stories: what only the council sees."""

from django.core.exceptions import ValidationError
from django.views.decorators.http import require_http_methods, require_POST

from dialoog.pages import back, page
from dialoog.partnerships.door import seated
from experiences import papers, rules
from experiences.forms import (
    ConsentForm,
    ContactForm,
    HelperForm,
    InterviewForm,
    MissedForm,
)
from experiences.models import (
    BATCH,
    Consent,
    ConsentText,
    ContactDetail,
    Feedback,
    FragmentDraft,
    Helper,
    Interview,
    Listening,
    Passage,
    Reading,
    Story,
    saturation,
)
from experiences.vault import VaultClosed
from experiences.views.cards import cards_of
from experiences.views.opening import reads, vaulted
from projects.models import Project

MAKING = (FragmentDraft.Status.WRITING, FragmentDraft.Status.SENT_BACK)


@require_http_methods(["GET", "POST"])
@seated(rules.any_member, atomic=False)
@vaulted
def conversations(request, seat):
    """For the council its conversations; for the others the cards of the running round.

    What the council searches for is posted: words of a story belong in no address, no history and no log.
    """
    current = Project.objects.visible_to(seat).current()
    # Between two rounds the conversations and cards of the last one stay where they were.
    project = current or Project.objects.visible_to(seat).order_by("-number").first()
    if not Helper.lets(seat, current):
        return cards_of(request, seat, project)
    asked = request.POST.get("zoek", "").strip()[:100]
    if asked and project:
        Reading.note_round(seat, project, "zoeken")
    rows = _overview(seat, project, asked) if project else []
    drafts = FragmentDraft.objects.visible_to(seat).of(project)
    told = {
        "project": project,
        "rows": rows,
        "asked": asked,
        "collected": sum(1 for row in rows if row["story"] or row["consent"]) if not asked else None,
        "why_not": Interview.why_not(current),
        "enough": saturation(project) if project and seat.is_council else "",
        "is_bundled": bool(project and project.bundled_at),
        "to_read": list(_to_read(seat, project)) if project and seat.is_council else [],
        "to_mend": list(drafts.filter(status=FragmentDraft.Status.SENT_BACK, writers=seat)),
        "approved": drafts.filter(status=FragmentDraft.Status.APPROVED).count(),
        "batch": BATCH,
        "owed": Feedback.objects.visible_to(seat).owed(project).count() if project and seat.is_council else 0,
        "listening": Listening.objects.visible_to(seat).filter(project=project).first() if project else None,
    }
    return page(request, "experiences/conversations.html", told)


@seated(rules.may_collect)
@vaulted
def begin(request, seat):
    """Write down that a conversation was held."""
    project = Project.objects.visible_to(seat).current()
    why_not = Interview.why_not(project)
    if why_not:
        return page(request, "experiences/not_now.html", {"sentences": why_not}, status=_status(request))
    form = InterviewForm(_sent(request), seat=seat, project=project)
    if request.method == "POST" and form.is_valid() and (made := _saved(form, seat)):
        if made.declined:
            return back(request, seat.url("experiences:list"), said="Genoteerd. Er is niets van het gesprek bewaard.")
        said = f"De code van dit gesprek is {made.teller.code}. Nu eerst de toestemming."
        return back(request, seat.url("experiences:consent", interview=made.pk), said=said)
    return page(request, "experiences/begin.html", {"form": form, "project": project}, status=_status(request))


@seated(rules.listener, interview=Interview)
@vaulted
def change(request, seat, interview):
    """Mend what was noted around the conversation."""
    form = InterviewForm(_sent(request), seat=seat, instance=interview)
    if request.method == "POST" and form.is_valid() and _saved(form, seat):
        return back(request, seat.url("experiences:interview", interview=interview.pk), said="Opgeslagen.")
    told = {"form": form, "interview": interview, "project": interview.project}
    return page(request, "experiences/begin.html", told, status=_status(request))


@require_POST
@seated(rules.listener, interview=Interview)
def clock(request, seat, interview):
    """The conversation begins, or is over: the clock starts or stops."""
    if request.POST.get("clock") == "stop":
        interview.stop_clock(seat)
        said = f"Het gesprek duurde {interview.minutes} minuten."
    else:
        interview.start_clock(seat)
        said = "De klok loopt."
    return back(request, seat.url("experiences:interview", interview=interview.pk), "duur", said)


@seated(rules.listener, interview=Interview)
@vaulted
def consent(request, seat, interview):
    """What the teller says yes to: before a word of the story is typed."""
    teller = interview.teller
    given = _given(seat, teller)
    form = ConsentForm(_sent(request), seat=seat, teller=teller, instance=given)
    if request.method == "POST" and form.is_valid() and _saved(form, seat):
        return back(
            request, seat.url("experiences:interview", interview=interview.pk), said="De toestemming is vastgelegd."
        )
    text, *others = ConsentText.objects.visible_to(seat).current()
    in_own_words = [(other, papers.lines_of(other)) for other in others]
    told = {"form": form, "interview": interview, "text": text, "others": in_own_words}
    return page(request, "experiences/consent.html", told, status=_status(request))


@seated(rules.listener, atomic=False, interview=Interview)
@vaulted
@reads(Reading.What.CONTACT, "bereiken")
def contact(request, seat, interview):
    """How to reach the teller: apart from the story, only here."""
    teller = interview.teller
    given = _given(seat, teller)
    if given is None or not given.may_call_back:
        sentence = "De verteller wil niet teruggebeld worden. Bewaar dan ook geen gegevens."
        told = {"sentences": [sentence], "interview": interview}
        return page(request, "experiences/not_now.html", told, status=_status(request))
    kept = ContactDetail.objects.visible_to(seat).filter(teller=teller).first()
    form = ContactForm(_sent(request), seat=seat, teller=teller, instance=kept)
    if request.method == "POST" and form.is_valid() and _saved(form, seat):
        return back(request, seat.url("experiences:contact", interview=interview.pk), said="Opgeslagen, in de kluis.")
    told = {"form": form, "interview": interview, "kept": kept}
    return page(request, "experiences/contact.html", told, status=_status(request))


@require_POST
@seated(rules.listener, interview=Interview)
def erase_contact(request, seat, interview):
    """The details are no longer needed."""
    for kept in ContactDetail.objects.visible_to(seat).filter(teller=interview.teller):
        kept.erase(seat)
    return back(
        request, seat.url("experiences:interview", interview=interview.pk), said="De contactgegevens zijn gewist."
    )


@seated(rules.council_alone, project=Project)
def helpers(request, seat, project):
    """Which neutral person may help with the conversations of this round."""
    form = HelperForm(_sent(request), seat=seat)
    if request.method == "POST" and form.is_valid():
        Helper.name(seat, project, form.cleaned_data["member"])
        return back(request, seat.url("experiences:helpers", project=project.pk), said="Deze persoon mag nu meehelpen.")
    named = Helper.objects.visible_to(seat).filter(project=project).select_related("member__user")
    told = {"form": form, "project": project, "helpers": named}
    return page(request, "experiences/helpers.html", told, status=_status(request))


@require_POST
@seated(rules.council_alone, helper=Helper)
def dismiss(request, seat, helper):
    """This person no longer helps."""
    project = helper.project_id
    helper.dismiss(seat)
    return back(request, seat.url("experiences:helpers", project=project), said="Deze persoon ziet niets meer.")


@seated(rules.council_alone, project=Project)
def missed(request, seat, project):
    """Whom the council did not reach; it comes in the report."""
    known = Listening.objects.visible_to(seat).filter(project=project).first()
    form = MissedForm(_sent(request), initial={"missed": known.missed if known else ""})
    if request.method == "POST" and form.is_valid():
        try:
            Listening.note(seat, project, form.cleaned_data["missed"])
            return back(request, seat.url("experiences:list"), said="Opgeslagen. Dit komt in het verslag.")
        except ValidationError as refusal:
            form.add_error("missed", refusal)
    told = {"form": form, "project": project, "known": known}
    return page(request, "experiences/missed.html", told, status=_status(request))


def _sent(request):
    return request.POST if request.method == "POST" else None


def _status(request):
    return 422 if request.method == "POST" else 200


def _saved(form, seat):
    """What the form's act gives, or None with its refusal on the form: everything typed stays."""
    try:
        return form.save(seat)
    except VaultClosed:
        raise
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None


def _given(seat, teller):
    """What this teller said yes to and did not take back."""
    return Consent.objects.visible_to(seat).standing().filter(teller=teller).select_related("text").first()


def _overview(seat, project, asked):
    """The conversations with what became of each; with a question only those in which the words were said."""
    found = Passage.said(seat, project, asked) if asked else None
    of = {"teller__project": project} if found is None else {"teller__in": list(found)}
    held = Interview.objects.visible_to(seat).of(project).filter(**of).with_people()
    stories = {story.interview_id: story for story in Story.objects.visible_to(seat).filter(**of)}
    given = set(Consent.objects.visible_to(seat).standing().filter(**of).values_list("teller_id", flat=True))
    cards = {}
    for teller, status in FragmentDraft.objects.visible_to(seat).filter(**of).values_list("teller_id", "status"):
        cards.setdefault(teller, []).append(status)
    rows = []
    for one in held:
        made = cards.get(one.teller_id, [])
        crossed = made.count(FragmentDraft.Status.RELEASED)
        rows.append(
            {
                "interview": one,
                "story": stories.get(one.pk),
                "consent": one.teller_id in given,
                "making": sum(made.count(status) for status in MAKING),
                "waits": made.count(FragmentDraft.Status.READY),
                "read": made.count(FragmentDraft.Status.APPROVED),
                "crossed": crossed,
                "excerpt": found[one.teller_id] if found else "",
            }
        )
    return rows


def _to_read(seat, project):
    """The cards that wait for this second reader, oldest first."""
    return FragmentDraft.objects.visible_to(seat).of(project).waiting_for(seat).order_by("written_at")
