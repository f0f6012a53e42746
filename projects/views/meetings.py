"""The consultation meetings: when and where, the agenda, who comes, and what is sent to people."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_POST

from dialoog.pages import back, form_page, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.models import Event, Member
from dialoog.partnerships.views import posted
from projects import consulting, forms, pack, rules
from projects.calendar import invitation
from projects.models import AgendaItem, ConsultationMeeting, Minute, Paper, PapersRead
from projects.views.asking import asked


@require_GET
@seated(rules.may_read)
def meetings(request, seat):
    """When the two sides meet, and when they met."""
    meetings = ConsultationMeeting.objects.visible_to(seat)
    context = {
        "coming": meetings.coming(),
        "cancelled": meetings.cancelled(),
        "past": meetings.past(),
        "may_meet": rules.may_meet(seat),
    }
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
    """One meeting: it opens with the standing list, then what is open, then the points of both sides."""
    return _meeting(request, seat, meeting)


@form_page
@seated(rules.may_meet, meeting=ConsultationMeeting)
def change_meeting(request, seat, meeting):
    """Change the time, the place or the host; a meeting that was cancelled goes on again."""
    home = seat.url("projects:meeting", meeting=meeting.pk)
    form = forms.MeetingForm(posted(request), seat=seat, instance=meeting)
    if meeting.is_cancelled:
        again = "Daarna gaat het overleg weer door. Stuur dan iedereen een nieuwe uitnodiging."
        held = "Ging het toch door? Laat de dag dan staan. Ging het niet door? Kies dan een dag die nog komt."
        lead, said = held if meeting.is_over else again, "Het overleg staat er weer."
        return asked(request, seat, form, home, "Toch een overleg", lead=lead, said=said, nav="overleg")
    return asked(request, seat, form, home, "Verander het overleg", said="Opgeslagen.", nav="overleg")


@form_page
@seated(rules.may_cancel, meeting=ConsultationMeeting)
def cancel_meeting(request, seat, meeting):
    """Say that the meeting does not go on."""
    home = seat.url("projects:meeting", meeting=meeting.pk)
    form = forms.CancelForm(posted(request), seat=seat, instance=meeting)
    lead = "" if meeting.is_over else "Iedereen aan tafel krijgt een e-mail, en het gaat uit de agenda’s."
    return asked(
        request, seat, form, home, "Dit overleg gaat niet door", lead=lead, verb="Laat iedereen weten",
        said=lambda kept: f"Iedereen kan lezen dat het overleg niet doorgaat. {kept.without_mail}".strip(),
        nav="overleg",
    )  # fmt: skip


@require_POST
@seated(rules.may_add_item, meeting=ConsultationMeeting)
def add_item(request, seat, meeting):
    """Put something on the agenda; once there are minutes its text is what comes next."""
    meeting.refuse_closed()
    form = forms.AgendaItemForm(request.POST, seat=seat, meeting=meeting)
    if item := form.kept(seat):
        if Minute.objects.visible_to(seat).filter(meeting=meeting).exists():
            url = f"{seat.url('projects:minutes', meeting=meeting.pk)}?bij={item.topic}"
            return back(request, url, said="Het punt staat erbij. Schrijf op wat u besprak.")
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


@require_POST
@seated(rules.may_meet, meeting=ConsultationMeeting)
def invite(request, seat, meeting):
    """Send everyone at the table the invitation."""
    meeting.invite(seat, invitation)
    to = "" if meeting.without_mail else " naar iedereen aan tafel"
    said = f"De uitnodiging is onderweg{to}. {meeting.without_mail}".strip()
    return back(request, seat.url("projects:meeting", meeting=meeting.pk), "komst", said)


@require_GET
@seated(rules.may_read, meeting=ConsultationMeeting)
def calendar_file(request, seat, meeting):
    """The meeting for one's own calendar."""
    return _download(invitation(meeting), "text/calendar; charset=utf-8", "overleg.ics")


@require_GET
@seated(rules.may_read, meeting=ConsultationMeeting)
def meeting_pack(request, seat, meeting):
    """Everything for the meeting in one file: the agenda, the commitments and the papers."""
    return _download(pack.pack(meeting), "application/pdf", f"{pack.file_name(meeting)}.pdf")


def _download(content, kind, name):
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _meeting(request, seat, meeting, form=None):
    attendances = meeting.attendances()
    heard = [answer.member_id for answer in attendances]
    papers = list(Paper.objects.visible_to(seat).of(meeting))
    read = PapersRead.objects.visible_to(seat).filter(meeting=meeting).first()
    there = [paper for paper in papers if paper.is_there]
    agenda = consulting.agenda(meeting)
    context = {
        "meeting": meeting,
        "agenda": agenda,
        "raised": [point for point in agenda if point.thing],
        "commitments": consulting.standing_list(meeting),
        "own": next((answer for answer in attendances if answer.member_id == seat.pk), None),
        "attendances": attendances,
        "silent": Member.objects.visible_to(seat).active().exclude(pk__in=heard).select_related("user"),
        "papers": papers,
        "begun": Minute.objects.visible_to(seat).filter(meeting=meeting).exists(),
        "unread": [
            paper
            for paper in there
            if paper.member_id != seat.pk and (read is None or paper.handed_in_at > read.read_at)
        ],
        "events": Event.objects.visible_to(seat).about(meeting)[:20],
        "form": form or forms.AgendaItemForm(seat=seat, meeting=meeting),
        "may_add": rules.may_add_item(seat) and meeting.is_open,
        "may_drop": rules.may_add_item(seat) and not meeting.minutes_signed_at,
        "may_meet": rules.may_meet(seat) and not meeting.minutes_signed_at,
        "may_cancel": rules.may_cancel(seat, meeting),
        "may_bring": rules.may_bring(seat, meeting),
        "may_ask_clients": rules.may_ask_clients(seat, None),
    }
    return page(request, "projects/meeting.html", context, status=422 if form else 200)
