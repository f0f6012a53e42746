"""The dialogue: when and where, what each side heard, and what came of it."""

import uuid

from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from analysis import forms, rules
from analysis.models import (
    QUESTIONS,
    DeliberationAnswer,
    Dialogue,
    DialogueNote,
    Outcome,
    Parked,
    Question,
    Tag,
    Theme,
)
from dialoog.pages import back, form_page, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import chosen
from dialoog.partnerships.models import Party
from dialoog.partnerships.views import posted, text_history, typed, written
from projects.forms import CommitmentForm
from projects.models import Commitment, ConsultationMeeting, Project
from projects.views.asking import asked


@require_GET
@seated(rules.may_read, project=Project)
def dialogue(request, seat, project):
    """When and where, the rules, and the themes to talk about."""
    if not project.deliberation_opened_at:
        return page(request, "analysis/too_early.html", {"project": project})
    listed = [theme for theme in Theme.of(project) if theme.cards]
    noted = set(DialogueNote.objects.visible_to(seat).filter(theme__in=listed).values_list("theme_id", "party"))
    talked = Outcome.objects.visible_to(seat).filter(theme__in=listed).select_related("partnership")
    outcomes = {kept.theme_id: kept for kept in talked}
    for theme in listed:
        theme.noted = {party: (theme.pk, party) in noted for party in Party.sides()}
        theme.outcome = outcomes.get(theme.pk)
    cards = [placing.fragment for theme in listed for placing in theme.cards]
    disputed = {card.pk for card, _ in Tag.objects.visible_to(seat).disputed(cards)}
    for theme in listed:
        theme.disputed = sum(placing.fragment_id in disputed for placing in theme.cards)
    meeting = Dialogue.objects.visible_to(seat).filter(project=project).select_related("rules_by__user").first()
    told = {"project": project, "themes": listed, "dialogue": meeting, "rules": Dialogue.RULES}
    told["unheard"] = [theme for theme in listed if not all(theme.noted.values())]
    if meeting and meeting.held_on < timezone.localdate():
        # One evening is seldom enough: who looks for the next one finds it here.
        told |= {"is_over": True, "coming": ConsultationMeeting.objects.visible_to(seat).next()}
    elif meeting is None:
        told["planned"] = ConsultationMeeting.objects.visible_to(seat).planned_for(project)
    return page(request, "analysis/dialogue.html", told)


@form_page
@seated(rules.may_settle_dialogue, project=Project)
def arrange(request, seat, project):
    """Settle when and where the dialogue is, and who is host."""
    meeting = Dialogue.objects.visible_to(seat).filter(project=project).first()
    planned = ConsultationMeeting.objects.visible_to(seat).planned_for(project) if meeting is None else None
    known = {"held_on": planned.day, "place": planned.place, "host_party": planned.host_party} if planned else None
    form = forms.DialogueForm(posted(request), seat=seat, instance=meeting, project=project, initial=known)
    home = seat.url("analysis:dialogue", project=project.pk)
    return asked(
        request, seat, form, home, "Wanneer is de dialoog?", said="De dialoog staat vast.", verb="Leg vast",
        lead="Neem de tijd: eerst luisteren kost meer dan u denkt.",
    )  # fmt: skip


@require_POST
@seated(rules.may_settle_dialogue, project=Project)
def confirm_rules(request, seat, project):
    """The rules were read out."""
    home = seat.url("analysis:dialogue", project=project.pk)
    meeting = Dialogue.objects.visible_to(seat).filter(project=project).first()
    if meeting is None:
        return back(request, seat.url("analysis:arrange", project=project.pk), said="Leg eerst vast wanneer en waar.")
    meeting.confirm_rules(seat)
    return back(request, home, "regels")


@require_GET
@seated(rules.may_read, theme=Theme)
def talk(request, seat, theme):
    """Both sides' answers side by side, what each heard, and where they stand now."""
    if not theme.project.deliberation_opened_at:
        return page(request, "analysis/too_early.html", {"project": theme.project})
    return page(request, "analysis/talk.html", _talk(seat, theme))


@require_POST
@seated(rules.may_listen, theme=Theme)
def hear(request, seat, theme):
    """Note what one's own side heard."""
    known = DialogueNote.objects.visible_to(seat).filter(theme=theme, party=seat.party).first()
    form = forms.HeardForm(request.POST, seat=seat, theme=theme, instance=known)
    if note := form.kept(seat):
        return written(request, seat, note, seat.url("analysis:talk", theme=theme.pk), "hoor")
    return page(request, "analysis/talk.html", _talk(seat, theme) | {"heard_form": form}, status=422)


@require_POST
@seated(rules.may_conclude, theme=Theme)
def conclude(request, seat, theme):
    """Write what came of it."""
    known = Outcome.objects.visible_to(seat).filter(theme=theme).first()
    form = forms.OutcomeForm(request.POST, seat=seat, theme=theme, instance=known)
    if outcome := form.kept(seat):
        return written(request, seat, outcome, seat.url("analysis:talk", theme=theme.pk), "uitkomst")
    return page(request, "analysis/talk.html", _talk(seat, theme) | {"outcome_form": form}, status=422)


@require_POST
@seated(rules.may_listen, theme=Theme)
def type_note(request, seat, theme):
    """Keep what one's own side heard while somebody types it."""

    def keep(seat, version, field, text):
        return DialogueNote.put(seat, theme, text, version, typing=True)

    return typed(request, seat, DialogueNote.of(theme, seat.party), keep)


@require_POST
@seated(rules.may_conclude, theme=Theme)
def type_outcome(request, seat, theme):
    """Keep what came of it while somebody types it."""

    def keep(seat, version, field, text):
        outcome.refuse_hand(seat, field)
        return Outcome.put(seat, theme, version, typing=True, **{field: text})

    outcome = Outcome.of(theme)
    return typed(request, seat, outcome, keep)


@seated(rules.may_see_note, note=DialogueNote)
def note_history(request, seat, note):
    """Who of the own side wrote what in this note."""
    return text_history(request, seat, note)


@seated(rules.may_conclude, outcome=Outcome)
def outcome_history(request, seat, outcome):
    """Who wrote what in this outcome."""
    return text_history(request, seat, outcome)


@form_page
@seated(rules.may_commit, theme=Theme)
def commit(request, seat, theme):
    """Agree on something because of this theme."""
    project, home = theme.project, seat.url("analysis:talk", theme=theme.pk)
    if too_early := Commitment.too_early(project):
        return page(request, "projects/too_early.html", {"project": project, "sentence": too_early}, status=422)
    sent = posted(request)
    # A solution that was set apart is where the words begin.
    parked = chosen(Parked.objects.visible_to(seat).of(theme).waiting(), request.GET, "apart")
    begin = {"because": theme.label} | ({"what": parked.text} if parked else {})
    form = CommitmentForm(sent, seat=seat, project=project, initial=begin)
    # It was chosen already: this is the page of one theme.
    form.fields.pop("theme", None)
    if sent is not None and (commitment := form.kept(seat)):
        theme.bind(commitment)
        if parked:
            parked.settle(seat, commitment)
        return back(request, home, "afspraken", "De afspraak staat op de lijst.")
    told = {"form": form, "title": "Leg een afspraak vast", "home": home, "verb": "Leg vast", "nav": "afspraken"}
    lead = f"Omdat: {theme.label}. Wie doet wat, en waaraan merkt een {seat.partnership.client_word} het?"
    return page(request, "projects/form.html", told | {"lead": lead}, status=422 if sent is not None else 200)


def _talk(seat, theme):
    """Everything about one theme in the dialogue."""
    answers = {}
    for kept in DeliberationAnswer.objects.visible_to(seat).filter(theme=theme).exclude(text=""):
        answers.setdefault(kept.question, {})[kept.party] = kept
    notes = {party: DialogueNote.of(theme, party) for party in Party.sides()}
    outcome = Outcome.of(theme)
    wrote = {party for texts in answers.values() for party in texts}
    told = {
        "theme": theme,
        "project": theme.project,
        "wrote": {party: party in wrote for party in Party.sides()},
        "questions": [(q, q.label, answers.get(q, {}), q == Question.DESIRABLE) for q in QUESTIONS],
        "notes": notes,
        "outcome": outcome,
        "dialogue": Dialogue.objects.visible_to(seat).filter(project=theme.project_id).first(),
        "commitments": theme.commitments.with_people(),
        "disputed": Tag.objects.visible_to(seat).disputed(theme.cards_now()),
        "parked": Parked.objects.visible_to(seat).of(theme),
        "park_key": uuid.uuid4(),
        "outcome_is_written": not outcome._state.adding,
    }
    if seat.is_side:
        told["heard_form"] = forms.HeardForm(seat=seat, theme=theme, instance=_kept(notes[seat.party]))
        told["outcome_form"] = forms.OutcomeForm(seat=seat, theme=theme, instance=_kept(outcome))
    return told


def _kept(thing):
    """The thing for a form that changes it; None for a form that makes it."""
    return None if thing._state.adding else thing
