"""A commitment between its owner and the two sides: the owner's own yes, a letter, and closing it together."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from dialoog.pages import back, form_page, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import seen_in
from dialoog.partnerships.views import posted
from projects import forms, rules
from projects.models import Commitment, OwnerLink
from projects.views.asking import asked


@require_POST
@seated(rules.may_say_yes, commitment=Commitment)
def say_yes(request, seat, commitment):
    """The owner says yes; nobody can say so for somebody else."""
    commitment.say_yes(seat, seen=seen_in(request))
    return back(request, commitment.address(seat), said="Dank u wel. Iedereen ziet nu dat u dit zelf op u nam.")


@require_POST
@seated(rules.may_say_no, commitment=Commitment)
def say_no(request, seat, commitment):
    """The one who was asked does not take it on; it goes back to who asked."""
    commitment.say_no(seat)
    return back(request, commitment.address(seat), said=f"U zei nee. {commitment.agreed_by} zoekt iemand anders.")


@form_page
@seated(rules.may_ask_owner, commitment=Commitment)
def ask_owner(request, seat, commitment):
    """Ask an owner without an account how far it is."""
    known = OwnerLink.objects.visible_to(seat).filter(commitment=commitment).first()
    initial = {"email": known.email if known else ""}
    form = forms.AskOwnerForm(posted(request), seat=seat, commitment=commitment, initial=initial)
    home = commitment.address(seat)
    return asked(
        request, seat, form, home, "Vraag hoe het staat", verb="Stuur het bericht", nav="afspraken",
        lead=f"{commitment.owner_name} krijgt een link en kan antwoorden zonder in te loggen. "
        "Weet die er nog niet van? Vertel het dan liever eerst zelf.",
        said="Het bericht is onderweg.", onward=lambda made: home,
    )  # fmt: skip


@require_POST
@seated(rules.may_ask_owner, commitment=Commitment)
def end_link(request, seat, commitment):
    """The link in the letter stops working."""
    link = OwnerLink.objects.visible_to(seat).filter(commitment=commitment).first()
    if link is None:
        raise ValidationError("Er is nog geen bericht gestuurd.")
    link.end(seat)
    return back(request, commitment.address(seat), said="De link werkt niet meer.")


@require_POST
@seated(rules.may_close, commitment=Commitment)
def close(request, seat, commitment):
    """This side says that it may leave the standing list."""
    commitment.close(seat, seen=seen_in(request))
    said = "Beide kanten sloten deze afspraak." if commitment.is_closed else "Uw kant wil sluiten. De andere kant ook?"
    return back(request, commitment.address(seat), said=said)


@form_page
@login_not_required
def progress(request, token):
    """An owner without an account says how far it is. Opening changes nothing; the link can do only this."""
    link = OwnerLink.by_token(token)
    if link is None:
        return page(request, "projects/progress_over.html", status=404)
    form = forms.TellForm(posted(request))
    told = {"commitment": link.commitment, "partnership": link.commitment.partnership, "form": form}
    if not form.is_valid():
        return page(request, "projects/progress.html", told, status=422 if form.is_bound else 200)
    try:
        link.tell(form.cleaned_data["status"], form.cleaned_data["note"], seen=seen_in(request))
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return page(request, "projects/progress.html", told, status=429 if refusal.code == "often" else 422)
    return page(request, "projects/progress_thanks.html", told | {"commitment": link.commitment})


@form_page
@login_not_required
@csrf_exempt
def stop_progress(request, token):
    """Have no more letters about this, or have them again; a mail program presses the first by itself (RFC 8058)."""
    # Exempt, because a mail program brings no token of ours; the signed address is what shows that it may.
    link = OwnerLink.by_token(token)
    if link is None:
        return page(request, "projects/progress_over.html", status=404)
    if request.method == "POST":
        link.hush("again" not in request.POST)
    return page(request, "projects/stop_progress.html", {"link": link})
