"""The intern beraad: the four questions, for one's own side until both envelopes open."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from analysis import forms, rules
from analysis.models import (
    QUESTIONS,
    Deliberation,
    DeliberationAnswer,
    Theme,
)
from dialoog.pages import back, form_page, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import sent_number
from dialoog.partnerships.models import Party
from dialoog.partnerships.models.envelopes import ALREADY_OPEN
from dialoog.partnerships.views import text_history, typed, written
from projects.models import Project


@require_GET
@seated(rules.may_read, project=Project)
def deliberation(request, seat, project):
    """Where the two envelopes stand, and which themes one's own side wrote about."""
    if not project.bundled_at:
        return page(request, "analysis/too_early.html", {"project": project})
    envelope = Deliberation.of(project)
    listed = [theme for theme in Theme.of(project) if theme.cards]
    texts = DeliberationAnswer.objects.visible_to(seat).filter(envelope=envelope).exclude(text="")
    known = list(texts.values_list("theme_id", "party"))
    answered = [theme for theme, party in known if party == seat.party]
    for theme in listed:
        theme.answered = answered.count(theme.pk)
        theme.wrote = {party: (theme.pk, party) in known for party in Party.sides()}
    missing = sum(len(QUESTIONS) - theme.answered for theme in listed)
    told = {"project": project, "envelope": envelope, "themes": listed, "missing": missing, "wrote": bool(answered)}
    told["is_ready"] = seat.is_side and envelope.is_ready(seat.party)
    told["other_ready"] = seat.is_side and envelope.is_ready(seat.other_side)
    return page(request, "analysis/deliberation.html", told)


@form_page
@seated(rules.may_deliberate, theme=Theme)
def answer_questions(request, seat, theme):
    """The four questions about one theme, for one's own side only."""
    if theme.project.deliberation_opened_at:
        if request.method == "POST":
            raise ValidationError(ALREADY_OPEN)
        return redirect(seat.url("analysis:talk", theme=theme.pk))
    known = DeliberationAnswer.objects.visible_to(seat).filter(theme=theme, party=seat.party)
    mine = {known.question: known for known in known.select_related("envelope")}
    sent = request.POST if request.method == "POST" else None
    asked = [forms.AnswerForm(sent, seat=seat, theme=theme, question=q, instance=mine.get(q)) for q in QUESTIONS]
    if sent is not None and all(form.is_valid() for form in asked):
        saved = [kept for form in asked if form.has_changed() and (kept := form.kept(seat))]
        clashed = next((kept for kept in saved if kept.conflicts), None)
        home = seat.url("analysis:deliberation", project=theme.project_id)
        if clashed:
            return written(request, seat, clashed, home)
        if not any(form.errors for form in asked):
            return back(request, home, theme.topic, "Opgeslagen.")
    conflicts = [copy for kept in mine.values() for copy in kept.open_conflicts(seat)]
    told = {"theme": theme, "forms": asked, "conflicts": conflicts, "cards": theme.cards_now(), "mine": mine.values()}
    return page(request, "analysis/answer.html", told, status=422 if sent is not None else 200)


@require_POST
@seated(rules.may_deliberate, theme=Theme)
def save_answer(request, seat, theme):
    """Keep one answer while somebody writes; the reply tells what stands there now, merged with a colleague's words."""
    question = sent_number(request.POST, "unit")
    if question not in QUESTIONS:
        raise ValidationError("Deze vraag is er niet. Lees de pagina opnieuw.")
    answer = DeliberationAnswer.of(seat, theme, question)

    def keep(seat, version, field, text):
        return DeliberationAnswer.put(seat, theme, question, text, version, typing=True)

    return typed(request, seat, answer, keep, field="text")


@seated(rules.may_see_answer, answer=DeliberationAnswer)
def answer_history(request, seat, answer):
    """Who of the own side wrote what in this answer."""
    return text_history(request, seat, answer)


@require_POST
@seated(rules.may_deliberate, project=Project)
def release(request, seat, project):
    """This side is done writing."""
    envelope = Deliberation.of(project)
    envelope.release_for(seat, project)
    said = "De enveloppen zijn open." if envelope.is_open else "Uw kant is klaar. Wij wachten op de andere kant."
    return back(request, seat.url("analysis:deliberation", project=project.pk), said=said)


@require_POST
@seated(rules.may_deliberate, project=Project)
def take_back(request, seat, project):
    """This side writes on."""
    Deliberation.of(project).take_back_for(seat, project)
    return back(request, seat.url("analysis:deliberation", project=project.pk), said="U kunt weer schrijven.")
