"""How a person is reached outside Dialoog: reminders, a calendar of their own, and an answer from a letter."""

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from dialoog.pages import back, form_page, not_found, page
from dialoog.partnerships import rules as table_rules
from dialoog.partnerships.door import seated
from dialoog.partnerships.views import posted
from projects import forms
from projects.calendar import calendar as drawn
from projects.models import CalendarAddress, Pledge, Reminders, Task


@require_GET
@seated(table_rules.any_member)
def reaching(request, seat):
    """Whether I am reminded, and the address of my calendar."""
    address = CalendarAddress.objects.visible_to(seat).first()
    return page(request, "projects/reaching.html", {"wanted": Reminders.wanted_by(seat.user), "address": address})


@require_POST
@seated(table_rules.any_member)
def set_reminders(request, seat):
    """Have reminders, or have none."""
    wish = Reminders.of(seat.user)
    if request.POST.get("wanted") == "yes":
        wish.turn_on()
        said = "U krijgt weer herinneringen, hooguit één per dag."
    else:
        wish.turn_off()
        said = "U krijgt geen herinneringen meer."
    return back(request, seat.url("projects:reaching"), said=said)


@require_POST
@seated(table_rules.any_member)
def make_calendar(request, seat):
    """Make the secret address of one's own calendar; the one before stops working."""
    CalendarAddress.make(seat)
    return back(
        request, seat.url("projects:reaching"), "agenda", "Dit is uw adres. Een adres van eerder werkt niet meer."
    )


@require_POST
@seated(table_rules.any_member)
def stop_calendar(request, seat):
    """End the address: no calendar program reads along any more."""
    CalendarAddress.stop(seat)
    return back(request, seat.url("projects:reaching"), "agenda", "Het adres werkt niet meer.")


@require_GET
@login_not_required
def calendar(request, token):
    """The calendar file of who has this secret address; a calendar program cannot log in."""
    address = CalendarAddress.by_token(token)
    if address is None:
        return not_found(request, None)
    return HttpResponse(drawn(address.member), content_type="text/calendar; charset=utf-8")


@form_page
@login_not_required
@csrf_exempt
def stop_reminders(request, token):
    """Have no more reminders: a page with one button; a mail program presses it by itself (RFC 8058)."""
    # Exempt, because a mail program brings no token of ours; the signed address is what shows that it may.
    wish = Reminders.by_token(token)
    if wish is None:
        return not_found(request, None)
    if request.method == "POST":
        wish.turn_off()
    return page(request, "projects/stop_reminders.html", {"wish": wish})


@form_page
@login_not_required
def pledge_letter(request, token):
    """Say yes or no from the link in a letter: this one answer, once. Opening changes nothing."""
    pledge = Pledge.by_token(token)
    if pledge is None:
        return page(request, "projects/pledge_over.html", status=404)
    if request.user.is_authenticated and request.user.pk != pledge.member.user_id:
        return page(request, "projects/pledge_other.html", {"pledge": pledge}, status=403)
    form = forms.AnswerForm(posted(request), seat=pledge.member, instance=pledge)
    with transaction.atomic():
        if form.is_bound:
            # Of two answers at once the second finds the question answered.
            pledge.lock()
            if not pledge.is_open:
                return page(request, "projects/pledge_over.html", status=404)
        kept = form.kept(pledge.member)
    if kept:
        return page(request, "projects/pledge_thanks.html", {"pledge": kept})
    laid_out = Task.objects.visible_to(pledge.member).of(pledge.project).open().filter(member=pledge.member).count()
    told = {"form": form, "pledge": pledge, "laid_out": laid_out}
    return page(request, "projects/pledge_letter.html", told, status=422 if form.is_bound else 200)
