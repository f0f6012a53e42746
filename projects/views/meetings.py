"""The consultation meetings."""

from django.views.decorators.http import require_GET, require_POST

from dialoog.pages import back, form_page, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.models import Event, Member
from dialoog.partnerships.views import posted
from projects import forms, rules
from projects.models import (
    AgendaItem,
    Commitment,
    ConsultationMeeting,
)
from projects.views.asking import asked


@require_GET
@seated(rules.may_read)
def meetings(request, seat):
    """When the two sides meet, and when they met."""
    meetings = ConsultationMeeting.objects.visible_to(seat)
    context = {"coming": meetings.coming(), "past": meetings.past(), "may_meet": rules.may_meet(seat)}
    return page(request, "projects/meetings.html", context)


@form_page
@seated(rules.may_meet)
def plan_meeting(request, seat):
    """Plan a meeting."""
    form = forms.MeetingForm(posted(request), seat=seat)
    home = seat.url("projects:meetings")
    return asked(
        request, seat, form, home, "Plan een overleg", verb="Plan dit overleg", nav="overleg",
        said="Het overleg staat gepland.", onward=lambda made: seat.url("projects:meeting", meeting=made.pk),
    )  # fmt: skip


@require_GET
@seated(rules.may_read, meeting=ConsultationMeeting)
def meeting(request, seat, meeting):
    """One meeting: it opens with the standing list, then the points of both sides."""
    return _meeting(request, seat, meeting)


@form_page
@seated(rules.may_meet, meeting=ConsultationMeeting)
def change_meeting(request, seat, meeting):
    """Change the time, the place or the host."""
    home = seat.url("projects:meeting", meeting=meeting.pk)
    form = forms.MeetingForm(posted(request), seat=seat, instance=meeting)
    return asked(request, seat, form, home, "Verander het overleg", said="Opgeslagen.", nav="overleg")


@require_POST
@seated(rules.may_add_item, meeting=ConsultationMeeting)
def add_item(request, seat, meeting):
    """Put something on the agenda."""
    form = forms.AgendaItemForm(request.POST, seat=seat, meeting=meeting)
    if form.kept(seat):
        return back(request, seat.url("projects:meeting", meeting=meeting.pk), "agenda", "Het punt staat op de agenda.")
    return _meeting(request, seat, meeting, form)


@require_POST
@seated(rules.may_read, meeting=ConsultationMeeting)
def attend(request, seat, meeting):
    """Say whether one comes, for oneself."""
    coming = request.POST.get("coming") == "yes"
    meeting.answer(seat, coming)
    said = "Fijn dat u komt." if coming else "Genoteerd: u komt niet."
    return back(request, seat.url("projects:meeting", meeting=meeting.pk), "komst", said)


@require_POST
@seated(rules.may_drop_item, item=AgendaItem)
def drop_item(request, seat, item):
    """Take an own point off the agenda."""
    item.drop(seat)
    return back(request, seat.url("projects:meeting", meeting=item.meeting_id), "agenda", "Het punt is van de agenda.")


def _meeting(request, seat, meeting, form=None):
    attendances = meeting.attendances()
    context = {
        "meeting": meeting,
        "own_answer": next((answer.coming for answer in attendances if answer.member_id == seat.pk), None),
        "items": AgendaItem.objects.visible_to(seat).of(meeting),
        "attendances": attendances,
        "silent": Member.objects.visible_to(seat)
        .active()
        .exclude(pk__in=[answer.member_id for answer in attendances])
        .select_related("user"),
        "commitments": Commitment.objects.visible_to(seat).with_people().open_ends(),
        "events": Event.objects.visible_to(seat).about(meeting)[:20],
        "form": form or forms.AgendaItemForm(seat=seat, meeting=meeting),
        "may_add": rules.may_add_item(seat),
        "may_meet": rules.may_meet(seat),
    }
    return page(request, "projects/meeting.html", context, status=422 if form else 200)
