"""Advice and reply: each side writes alone, what is sent stays, and silence is told as silence."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from dialoog.advice.agenda import open_items
from dialoog.advice.models import Advice, AdvicePoint, AdviceReply, Enquiry, LetterQuerySet, PointReply
from dialoog.advice.report import chapters
from dialoog.advice.waiting import waiting
from dialoog.live.models import Bell
from dialoog.partnerships.models import Event, PartnershipQuerySet
from dialoog.partnerships.templatetags.dialoog import dutch_date
from tests.advice import make
from tests.projects import make as projects
from tests.values import make as values
from values.story import touches

LETTERS = (Enquiry, Advice, AdvicePoint, AdviceReply, PointReply)


def at(day):
    return time_machine.travel(timezone.make_aware(datetime.fromisoformat(day)), tick=True)


def seen(seat):
    return {model: model.objects.visible_to(seat).count() for model in LETTERS}


def known(seat):
    """All that a person can know: rows, history, and what waits."""
    return seen(seat), Event.objects.visible_to(seat).count(), [line.title for line in waiting(seat)]


@pytest.mark.promise("S1")
def test_a_draft_of_the_council_is_nowhere_for_the_municipality_nor_for_the_helper(bram, dora, anna, nico):
    make.sent(bram)
    before = {seat: known(seat) for seat in (anna, nico)}
    make.advice(bram, title="Kwikstaart")
    assert {seat: known(seat) for seat in (anna, nico)} == before
    assert seen(bram) == seen(dora) != seen(anna)


@pytest.mark.promise("S1")
def test_a_draft_of_the_municipality_is_nowhere_for_the_council_nor_for_the_helper(bram, dora, anna, joost, nico):
    advice = make.sent(bram)
    before = {seat: known(seat) for seat in (bram, dora, nico)}
    make.reply(anna, advice, reasons="Kwikstaart")
    assert {seat: known(seat) for seat in (bram, dora, nico)} == before
    assert seen(anna) == seen(joost) != seen(bram)


@pytest.mark.promise("S1", control=True)
def test_without_the_queryset_of_letters_the_draft_would_be_seen(bram, anna, monkeypatch):
    make.reply(anna, make.sent(bram))
    make.advice(bram)
    assert (seen(anna)[Advice], seen(bram)[AdviceReply]) == (1, 0)
    monkeypatch.setattr(LetterQuerySet, "visible_to", PartnershipQuerySet.visible_to)
    assert (seen(anna)[Advice], seen(bram)[AdviceReply]) == (2, 1)


def test_the_bells_of_a_draft_ring_for_its_own_side_only(bram, anna, table):
    Bell.objects.all().delete()
    make.advice(bram)
    assert set(Bell.objects.values_list("channel", flat=True)) == {table.channel("council")}
    advice = make.sent(bram, title="Nog een")
    Bell.objects.all().delete()
    reply = make.reply(anna, advice)
    assert set(Bell.objects.values_list("channel", flat=True)) == {table.channel("municipality")}
    reply.send(anna)
    assert table.channel() in Bell.objects.values_list("channel", flat=True)


def test_sending_starts_the_clock_of_this_table(bram, table):
    table.reply_weeks = 4
    table.save()
    with at("2027-03-01 10:00"):
        advice = make.advice(bram)
        advice.send(bram)
        assert advice.reply_due == date(2027, 3, 29)
        assert advice.clock == "Er is nog geen antwoord. Het wordt uiterlijk maandag 29 maart verwacht."
    with at("2027-03-30 10:00"):
        assert advice.is_late
        assert advice.clock == "Er is nog geen antwoord. Het werd uiterlijk maandag 29 maart verwacht."


def test_the_clock_stops_when_the_reply_goes_out_and_not_before(bram, anna):
    with at("2027-03-01 10:00"):
        advice = make.sent(bram)
    with at("2027-04-05 10:00"):
        reply = make.reply(anna, advice)
        advice.refresh_from_db()
        assert not advice.is_answered
        reply.send(anna)
        advice.refresh_from_db()
        assert advice.clock == "Beantwoord op maandag 5 april, na vijf weken."
        Advice.objects.update(sent_at=advice.sent_at - timedelta(days=4), reply_due="2027-03-29")
        advice.refresh_from_db()
        told = "Beantwoord op maandag 5 april, na 39 dagen. Het werd uiterlijk maandag 29 maart verwacht."
        assert advice.clock == told
    # Under four weeks the days are told: three weeks would make it look slower than it was.
    Advice.objects.update(sent_at=advice.answered_at - timedelta(days=18), reply_due="2027-04-05")
    advice.refresh_from_db()
    assert advice.clock.endswith("na 18 dagen.")


def test_an_advice_needs_a_point(bram):
    with pytest.raises(ValidationError, match="Zet er eerst ten minste één punt in"):
        make.advice(bram, points=0).send(bram)


def test_what_was_sent_stays_as_it_was(bram, anna):
    advice = make.sent(bram)
    (point,) = advice.points()
    for act in (
        lambda: advice.write(bram, advice.version, title="Anders"),
        lambda: point.write(bram, point.version, text="Anders"),
        lambda: make.point(bram, advice),
        lambda: point.drop(bram),
        lambda: advice.discard(bram),
        lambda: advice.send(bram),
    ):
        with pytest.raises(ValidationError, match="Wat erin staat, blijft staan"):
            act()
    reply = make.reply(anna, advice)
    answer = make.answer(reply)
    reply.send(anna)
    for act in (
        lambda: reply.write(anna, reply.version, opening="Anders"),
        lambda: answer.write(anna, answer.version, verdict="not", reasons="Toch niet."),
        lambda: reply.send(anna),
    ):
        with pytest.raises(ValidationError, match="Wat erin staat, blijft staan"):
            act()


@pytest.mark.parametrize("verdict", ["partly", "not"])
def test_who_does_not_adopt_a_point_says_why(bram, anna, verdict):
    answer = make.answer(make.reply(anna, make.sent(bram), verdict=""))
    with pytest.raises(ValidationError, match="Schrijf op waarom u dit punt niet of niet helemaal overneemt"):
        answer.write(anna, 1, verdict=verdict, reasons="  ")
    with pytest.raises(IntegrityError), transaction.atomic():
        PointReply.objects.filter(pk=answer.pk).update(verdict=verdict, reasons="")
    answer.write(anna, 1, verdict=verdict, reasons="Daar is geen geld voor.")
    assert answer.verdict == verdict


def test_a_point_that_is_adopted_needs_no_reasons(bram, anna):
    make.reply(anna, make.sent(bram)).send(anna)


def test_each_point_gets_its_answer_before_the_reply_goes_out(bram, anna):
    reply = make.reply(anna, make.sent(bram, points=2), verdict="")
    make.answer(reply).write(anna, 1, verdict="adopted")
    with pytest.raises(ValidationError, match="Punt 2 heeft nog geen antwoord"):
        reply.send(anna)


def test_each_side_writes_only_its_own_letter(bram, anna, nico):
    with pytest.raises(ValidationError, match="Een advies schrijft de raad"):
        make.advice(anna)
    advice = make.sent(bram)
    for seat in (bram, nico):
        with pytest.raises(ValidationError, match="Het antwoord schrijft de gemeente"):
            AdviceReply.begin(seat, advice)
    with pytest.raises(ValidationError, match="Het antwoord verstuurt de gemeente"):
        make.reply(anna, advice).send(bram)


def test_nobody_replies_to_what_was_not_sent(bram, anna):
    with pytest.raises(ValidationError, match="nog niet verstuurd"):
        AdviceReply.begin(anna, make.advice(bram))


def test_two_colleagues_who_begin_a_reply_begin_the_same_one(bram, anna, joost):
    advice = make.sent(bram, points=2)
    assert AdviceReply.begin(anna, advice) == AdviceReply.begin(joost, advice)
    assert PointReply.objects.count() == 2


def test_points_move_up_when_one_is_taken_out(bram):
    advice = make.advice(bram, points=3)
    advice.points()[0].drop(bram)
    assert [point.position for point in advice.points()] == [1, 2]


def test_what_waits_and_what_comes_on_the_agenda(bram, anna, table):
    advice = make.sent(bram)
    ((line,), (same,)) = waiting(anna), waiting(bram)
    assert line.is_for(anna)
    assert not same.is_for(bram)
    # The page puts the day behind the note, so the note holds none.
    assert line.due == advice.reply_due and "vóór" not in line.note and line.verb == "Antwoord"
    assert [item.title for item in open_items(table)] == [advice.title]
    make.advice(bram, title="In de maak")
    assert [one.title for one in waiting(anna)] == ["Antwoord op het advies: Brieven in gewone taal"]
    assert "Advies in de maak: In de maak" in [one.title for one in waiting(bram)]
    make.reply(anna, advice).send(anna)
    assert waiting(anna) == open_items(table) == []


def test_the_chapter_has_what_was_sent_and_tells_silence(bram, anna):
    project = projects.project(bram)
    make.advice(bram, project=project)
    assert chapters(project) == []
    advice = make.sent(bram, project=project, title="Verstuurd")
    make.reply(anna, advice)
    (chapter,) = chapters(project)
    ((told, ((_, answer),)),) = chapter.context["letters"]
    assert (told, answer) == (advice, None)
    AdviceReply.objects.get().send(anna)
    (chapter,) = chapters(project)
    assert chapter.context["letters"][0][1][0][1].verdict == "adopted"


def test_a_value_tells_which_points_were_given_for_it(bram, anna):
    value = values.shared(bram, anna)
    advice = make.advice(bram, points=0)
    make.point(bram, advice, values=[value])
    assert touches(bram, [value])[value.pk] == []
    advice.send(bram)
    (touch,) = touches(anna, [value])[value.pk]
    assert (touch.title, touch.note) == ("Advies: Zet er een naam onder.", "Er is nog geen antwoord.")
    make.reply(anna, advice).send(anna)
    assert (
        touches(bram, [value])[value.pk][0].note
        == f"De gemeente zei op {dutch_date(timezone.now())}: dit nemen wij over."
    )
