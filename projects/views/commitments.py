"""The standing list: what was agreed, and whether clients notice."""

from django.views.decorators.http import require_GET, require_POST

from dialoog.pages import back, form_page, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import seen_in
from dialoog.partnerships.models import Event
from dialoog.partnerships.templatetags.dialoog import dutch_date
from dialoog.partnerships.views import posted, text_history
from projects import forms, rules
from projects.consulting import reasons
from projects.models import (
    Commitment,
    OwnerLink,
    Project,
)
from projects.views.asking import asked


@require_GET
@seated(rules.may_read)
def commitments(request, seat):
    """The standing list: what was agreed, by whom, and whether clients notice."""
    everything = Commitment.objects.visible_to(seat)
    form = forms.FilterForm(request.GET or None, seat=seat)
    context = {
        "form": form,
        "commitments": (chosen := form.chosen(everything.with_people())),
        "found": chosen.found() if any(request.GET.values()) else None,
        "summary": everything.summary(),
        "current": Project.objects.visible_to(seat).current(),
        "may_start": rules.may_start(seat),
    }
    return page(request, "projects/commitments.html", context)


@form_page
@seated(rules.may_commit, project=Project)
def commit(request, seat, project):
    """Record what was agreed in this round."""
    home = seat.url("projects:detail", project=project.pk)
    if too_early := Commitment.too_early(project):
        return page(request, "projects/too_early.html", {"project": project, "sentence": too_early}, status=422)
    themes = reasons(seat, project)
    if themes and request.method == "GET" and request.GET.get("reden") != "anders":
        # A commitment that comes from a theme is made at that theme: only there it is tied to it.
        return page(request, "projects/which_theme.html", {"project": project, "themes": themes, "home": home})
    form = forms.CommitmentForm(posted(request), seat=seat, project=project)
    lead = f"Wie doet wat, voor wanneer, en waaraan merkt een {seat.partnership.client_word} het?"
    return asked(
        request, seat, form, home, "Leg een afspraak vast", verb="Leg vast", lead=lead, nav="afspraken",
        said="De afspraak staat op de lijst.", onward=lambda made: seat.url("projects:commitment", commitment=made.pk),
    )  # fmt: skip


@require_GET
@seated(rules.may_read, commitment=Commitment)
def commitment(request, seat, commitment):
    """One commitment with its history."""
    # What a meeting decided outside a round may be about a theme of whichever round.
    rounds = [commitment.project] if commitment.project_id else Project.objects.visible_to(seat)
    themes = [one.label for project in rounds for one in reasons(seat, project) if commitment.pk in one.tied]
    context = {
        "commitment": commitment,
        "themes": themes,
        # A theme that was chosen is often the whole reason.
        "because": "" if commitment.because in themes else commitment.because,
        "conflicts": commitment.open_conflicts(seat),
        "signed_words": commitment.signed_words(),
        "events": Event.objects.visible_to(seat).about(commitment),
        "may_change": rules.may_commit(seat),
        "may_ask_clients": rules.may_ask_clients(seat, commitment),
        "may_say_yes": rules.may_say_yes(seat, commitment),
        "may_ask_owner": rules.may_ask_owner(seat, commitment),
        "may_close": rules.may_close(seat, commitment) and not commitment.has_closed(seat.party),
        "link": OwnerLink.objects.visible_to(seat)
        .select_related("sent_by__user")
        .filter(commitment=commitment)
        .first(),
    }
    return page(request, "projects/commitment.html", context)


@form_page
@seated(rules.may_commit, commitment=Commitment)
def change_commitment(request, seat, commitment):
    """Change the words, the owner or the date."""
    home = seat.url("projects:commitment", commitment=commitment.pk)
    form = forms.CommitmentForm(posted(request), seat=seat, instance=commitment)
    return asked(
        request, seat, form, home, "Verander de afspraak", nav="afspraken",
        said=lambda kept: (
            "Opgeslagen. De dag verandert pas als de andere kant ja zegt." if kept.asked_due else "Opgeslagen."
        ),
    )  # fmt: skip


@require_POST
@seated(rules.may_commit, commitment=Commitment)
def answer_due(request, seat, commitment):
    """Say yes or no to another day for what both sides signed."""
    answer = request.POST.get("answer") == "yes"
    commitment.answer_due(seat, answer, seen=seen_in(request))
    said = "De andere dag geldt nu." if answer else "De dag blijft zoals hij was."
    return back(request, commitment.address(seat), said=said)


@form_page
@seated(rules.may_read, commitment=Commitment)
def commitment_text(request, seat, commitment):
    """The earlier texts of a commitment."""
    return text_history(request, seat, commitment)


@form_page
@seated(rules.may_commit, commitment=Commitment)
def set_status(request, seat, commitment):
    """Say how far it is."""
    home = seat.url("projects:commitment", commitment=commitment.pk)
    form = forms.StatusForm(posted(request), seat=seat, instance=commitment)
    return asked(
        request, seat, form, home, "Hoe staat het ervoor?", lead=_agreed(commitment), nav="afspraken",
        said=lambda kept: f"De afspraak staat op ‘{kept.get_status_display()}’.",
    )  # fmt: skip


@form_page
@seated(rules.may_ask_clients, commitment=Commitment)
def ask_clients(request, seat, commitment):
    """Write down what clients said, and whether it is solved."""
    home = seat.url("projects:commitment", commitment=commitment.pk)
    form = forms.ClientsForm(posted(request), seat=seat, instance=commitment)
    title = f"Wat merken {seat.partnership.clients_word}?"
    return asked(request, seat, form, home, title, lead=_agreed(commitment), nav="afspraken", said="Genoteerd.")


@form_page
@seated(rules.may_ask_clients, commitment=Commitment)
def reopen(request, seat, commitment):
    """It was not solved after all."""
    home = seat.url("projects:commitment", commitment=commitment.pk)
    form = forms.ReopenForm(posted(request), seat=seat, instance=commitment)
    return asked(
        request, seat, form, home, "Toch niet opgelost", lead=commitment.what, nav="afspraken",
        said="De afspraak staat weer op ‘Bezig’.",
    )  # fmt: skip


def _agreed(commitment):
    """What a word about it is about."""
    return f"‘{commitment.what}’, uiterlijk {dutch_date(commitment.due)}. {commitment.client_notices}"
