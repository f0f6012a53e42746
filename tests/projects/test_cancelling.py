"""A meeting that does not go on: everyone hears so, calendars let it go, and nothing that was to be said gets lost."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone
from icalendar import Calendar

from dialoog.letters import LettersToday
from projects import rules
from projects.agenda import open_items
from projects.calendar import calendar, invitation
from projects.consulting import agenda
from projects.models import AgendaItem, ConsultationMeeting, Minute, Phase
from projects.waiting import waiting
from tests.projects import make

WHY = {"why": "De zaal staat onder water."}


def cancelled(seat, **fields):
    """A meeting that somebody cancelled."""
    meeting = make.meeting(seat, **fields)
    meeting.cancel(seat, WHY["why"], invitation)
    return meeting


def entry(file):
    [one] = Calendar.from_ical(file).walk("VEVENT")
    return one


def test_everyone_hears_so_and_the_file_takes_it_out_of_a_calendar(
    anna, bram, gone, browse, django_capture_on_commit_callbacks
):
    meeting = make.meeting(bram)
    meeting.invite(bram, invitation)
    invited = entry(invitation(meeting))
    with django_capture_on_commit_callbacks(execute=True):
        browse(anna).do("projects:cancel_meeting", WHY, meeting=meeting.pk)
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted({anna.user.email, bram.user.email})
    letter = mail.outbox[0]
    assert letter.subject == "Een bericht over een overleg in Dialoog"
    for body in (letter.body, letter.alternatives[0][0]):
        assert "gaat niet door" in body and "onder water" not in body
    name, content, kind = letter.attachments[0]
    assert name == "overleg.ics" and kind.endswith("method=CANCEL")
    assert Calendar.from_ical(content)["method"] == "CANCEL"
    gone_out = entry(content)
    assert gone_out["status"] == "CANCELLED" and invited["status"] == "CONFIRMED"
    assert gone_out["uid"] == invited["uid"] and gone_out["sequence"] > invited["sequence"]
    assert b"VEVENT" not in calendar(anna)


def test_the_page_stays_and_says_who_and_why_and_nothing_more_is_asked(anna, bram, browse):
    meeting = make.meeting(bram)
    later = make.meeting(bram, days=20)
    make.paper(bram, meeting)
    point = make.agenda_item(bram, meeting, "Wachttijd")
    browse(bram).do("projects:cancel_meeting", WHY, meeting=meeting.pk)
    read = browse(anna).at("projects:meeting", meeting=meeting.pk).content.decode()
    assert re.search(r"gaat niet door\.</b>.*Bram Hoekstra</span> liet dit weten", read) and "onder water" in read
    assert "Wachttijd" in read and "Kies een nieuwe dag" in read
    assert not any(asked in read for asked in ("Ja, ik kom", "Stuur iedereen", "in uw agenda", "Zet een punt op"))
    for route in ("projects:meetings", "start"):
        assert "Gaat niet door" in browse(anna).at(route).content.decode()
    assert ConsultationMeeting.objects.visible_to(anna).next() == later
    assert [line.url for line in waiting(anna)] == [f"{anna.url('projects:meeting', meeting=later.pk)}#komst"]
    meeting.refresh_from_db()
    for act in (
        lambda: meeting.answer(anna, True),
        lambda: meeting.invite(anna, invitation),
        lambda: meeting.cancel(anna, "Nog eens.", invitation),
        lambda: point.write(bram, 1, minutes="Toch besproken."),
    ):
        with pytest.raises(ValidationError, match="gaat niet door"):
            act()
    assert browse(anna).do("projects:add_item", {"title": "Nog iets"}, meeting=meeting.pk).status_code == 422


def test_a_point_waits_for_the_next_meeting_until_that_took_it_up(anna, bram):
    meeting, later = make.meeting(bram, days=0.01), make.meeting(bram, days=0.02)
    point = make.agenda_item(bram, meeting, "Wachttijd")
    assert "Wachttijd" not in [one.title for one in agenda(later)]
    meeting.cancel(bram, WHY["why"], invitation)
    [waits] = [one for one in agenda(later) if one.title == "Wachttijd"]
    assert waits.sort == "Agendapunt" and waits.party == "council" and waits.thing == point.pk
    assert "Van Bram Hoekstra" in waits.note and [one.title for one in agenda(meeting)] == ["Wachttijd"]
    table = meeting.partnership
    Minute.begin(anna, later, open_items(table))
    assert open_items(table) == [] and "Wachttijd" in [one.title for one in agenda(later)]
    # Left out is not taken up, and neither is a meeting that does not go on after all.
    AgendaItem.objects.filter(meeting=later, thing=point.pk).update(position=3, added_by=anna)
    assert [one.thing for one in open_items(table)] == [point.pk]
    AgendaItem.objects.filter(meeting=later, thing=point.pk).update(position=1)
    later.cancel(anna, WHY["why"], invitation)
    assert [one.thing for one in open_items(table)] == [point.pk]
    point.drop(bram)
    assert open_items(table) == []


def test_another_day_brings_it_back_with_a_higher_number(anna, bram, browse):
    meeting = make.meeting(bram)
    meeting.answer(anna, True)
    meeting.cancel(bram, WHY["why"], invitation)
    before = entry(invitation(meeting))
    day = timezone.localtime(timezone.now() - timedelta(days=3))
    sent = {"place": meeting.place, "host_party": meeting.host_party, "starts_at": f"{day:%Y-%m-%dT%H:%M}"}
    refused = browse(anna).do("projects:change_meeting", sent, meeting=meeting.pk)
    assert "Deze dag is al geweest" in refused.content.decode()
    day += timedelta(days=30)
    browse(anna).do("projects:change_meeting", sent | {"starts_at": f"{day:%Y-%m-%dT%H:%M}"}, meeting=meeting.pk)
    meeting.refresh_from_db()
    assert not meeting.is_cancelled and meeting.cancelled_why == ""
    after = entry(invitation(meeting))
    assert after["status"] == "CONFIRMED" and after["sequence"] > before["sequence"]
    read = browse(bram).at("projects:meeting", meeting=meeting.pk).content.decode()
    assert "Ja, ik kom" in read and "zei dit voor het overleg veranderde" in read


def test_what_was_written_or_signed_went_on(anna, bram):
    held = make.meeting(bram, days=-1)
    minute = Minute.begin(bram, held, [])
    # Begun and empty: whoever expected a meeting may have pressed the button.
    assert not held._was_held() and minute.may_be_written_by(anna)
    item = make.agenda_item(anna, held)
    for words in ("Wij spraken erover.", ""):
        item.write(anna, item.version, minutes=words)
        # Wiping out what somebody wrote, or signed, takes nothing back.
        with pytest.raises(ValidationError, match="Dit overleg is doorgegaan"):
            held.cancel(bram, WHY["why"], invitation)
    item.write(anna, item.version, minutes="Wij spraken erover.")
    fingerprint = minute.hash_of(minute.body())
    for seat in (anna, bram):
        minute.sign(seat, fingerprint)
    held.refresh_from_db()
    assert not rules.may_cancel(bram, held)
    with pytest.raises(ValidationError, match="Beide kanten hebben dit verslag getekend"):
        held.cancel(bram, WHY["why"], invitation)
    with pytest.raises(ValidationError, match="Schrijf op waarom"):
        make.meeting(bram).cancel(bram, " ", invitation)


def test_a_day_that_passed_asks_nobody_for_minutes_or_for_mail(anna, bram, django_capture_on_commit_callbacks):
    Minute.begin(bram, held := make.meeting(bram, days=-2), [])
    assert [one.kind for one in open_items(held.partnership)] == ["minute"]
    with django_capture_on_commit_callbacks(execute=True):
        held.cancel(bram, "Niemand kwam opdagen.", invitation)
    assert mail.outbox == [] and open_items(held.partnership) == []
    assert not any("verslag" in line.title for line in waiting(anna))
    # Whose turn it is to be host goes by the meetings that were.
    assert ConsultationMeeting.objects.visible_to(anna).before(timezone.now()) is None


def test_the_other_side_can_say_that_it_was_held_and_then_nobody_says_the_opposite_alone(anna, bram, browse):
    held = make.meeting(bram, days=-7)
    browse(anna).do("projects:cancel_meeting", {"why": "Niemand kwam."}, meeting=held.pk)
    day = timezone.localtime(held.starts_at)
    sent = {"place": held.place, "host_party": held.host_party, "starts_at": f"{day:%Y-%m-%dT%H:%M}"}
    browse(bram).do("projects:change_meeting", sent, meeting=held.pk)
    held.refresh_from_db()
    assert not held.is_cancelled
    answer = browse(anna).do("projects:cancel_meeting", {"why": "Toch niet."}, meeting=held.pk)
    assert "Bespreek samen of het doorging" in answer.content.decode()


def test_nobody_fills_a_mailbox_by_cancelling_again_and_again(anna, bram, browse, django_capture_on_commit_callbacks):
    meeting = make.meeting(bram)
    day = timezone.localtime(timezone.now() + timedelta(days=20))
    sent = {"place": meeting.place, "host_party": meeting.host_party, "starts_at": f"{day:%Y-%m-%dT%H:%M}"}
    # What else went to somebody today keeps no invitation back.
    for _ in range(LettersToday.MOST):
        LettersToday(bram, anna.user.email).take()
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(4):
            browse(bram).do("projects:cancel_meeting", WHY, meeting=meeting.pk)
            browse(bram).do("projects:change_meeting", sent, meeting=meeting.pk)
            answer = browse(bram).do("projects:invite", meeting=meeting.pk, follow=True)
    assert f"Geen e-mail vandaag voor {anna} en {bram}: daarheen gingen er al 3." in answer.content.decode()
    assert [letter.to[0] for letter in mail.outbox].count(anna.user.email) == 3


def test_who_may_say_that_it_does_not_go_on(anna, bram, dora, joost, nico):
    of_council, of_town = make.meeting(bram), make.meeting(bram, days=14, host_party="municipality")
    assert [rules.may_cancel(seat, of_council) for seat in (anna, bram, dora, joost, nico)] == [
        True, True, True, False, False
    ]  # fmt: skip
    assert [rules.may_cancel(seat, of_town) for seat in (dora, joost)] == [False, True]
    # Who leads a running round may, whichever side that is.
    make.project(joost, Phase.COLLECT)
    assert rules.may_cancel(joost, of_council)
