"""The ground of every thing: its table, its key, who may know of it."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from dialoog.partnerships.models import Envelope, Event, Member, Party
from tests import make


def test_chris_finds_nothing_of_the_table_of_anna_and_bram(table, bram, chris):
    envelope = Envelope.objects.create(partnership=table, purpose="test")
    assert list(Envelope.objects.visible_to(bram)) == [envelope]
    assert not Envelope.objects.visible_to(chris).exists()


def test_a_thing_is_found_by_its_key_from_its_own_table_only(table, bram, anna, chris):
    """The question is worked out for the first who asks: it must not be the answer for the next."""
    first, second = (Envelope.objects.create(partnership=table, purpose="test") for _ in range(2))
    assert Envelope.for_seat(bram, first.pk) == first
    assert Envelope.for_seat(chris, first.pk) is None
    assert (Envelope.for_seat(anna, second.pk), Envelope.for_seat(anna, uuid.uuid4())) == (second, None)


def test_what_one_side_keeps_is_not_found_by_the_other_with_its_key(table, bram, anna):
    Event.record(bram, "schreef iets voor de eigen kant", audience=Party.COUNCIL)
    line = Event.objects.get()
    assert (Event.for_seat(bram, line.pk), Event.for_seat(anna, line.pk)) == (line, None)


def test_a_thing_never_points_at_another_table(table, chris):
    line = Event(partnership=table, by=chris, sentence="schoof aan bij de verkeerde tafel")
    with pytest.raises(ValidationError, match="hoort bij een andere tafel"):
        line.save()


def test_a_thing_never_points_at_another_table_by_bare_key(table, chris):
    line = Event(partnership=table, by_id=chris.pk, sentence="schoof aan bij de verkeerde tafel")
    with pytest.raises(ValidationError, match="hoort bij een andere tafel"):
        line.save()


@pytest.mark.promise("R2")
def test_a_form_sent_three_times_makes_one_thing(table):
    key = uuid.uuid4()
    tries = [Envelope.objects.once(key, partnership=table, purpose="test") for _ in range(3)]
    assert [thing.is_new for thing in tries] == [True, False, False]
    assert Envelope.objects.count() == 1


@pytest.mark.promise("R2", control=True)
def test_without_the_key_three_tries_make_three_things(table):
    for _ in range(3):
        Envelope.objects.once(None, partnership=table, purpose="test")
    assert Envelope.objects.count() == 3


def test_a_key_of_another_table_says_nothing_about_that_table(table, other_table, bram, chris):
    key = uuid.uuid4()
    of_bram = Envelope.objects.once(key, partnership=table, purpose="van Bram")
    of_chris = Envelope.objects.once(key, partnership=other_table, purpose="van Chris")
    assert of_chris.is_new and of_chris.pk != of_bram.pk
    assert list(Envelope.objects.visible_to(bram)) == [of_bram]
    assert list(Envelope.objects.visible_to(chris)) == [of_chris]


def test_one_account_has_one_side_at_a_table(table, anna):
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(partnership=table, user=anna.user, party=Party.COUNCIL)


def test_somebody_may_come_back_on_the_other_side_later(table, gone):
    back = Member.objects.create(partnership=table, user=gone.user, party=Party.COUNCIL)
    assert Member.objects.seat_of(gone.user, "oosterhage") == back


def test_a_removed_member_has_no_seat_any_more(table, anna, gone):
    assert Member.objects.seat_of(anna.user, "oosterhage") == anna
    assert Member.objects.seat_of(gone.user, "oosterhage") is None


def test_a_seat_that_begins_tomorrow_is_not_a_seat_today(table):
    early = make.municipal(table, "Samira El Amrani", active_from=timezone.now() + timedelta(days=1))
    assert Member.objects.seat_of(early.user, "oosterhage") is None


def test_each_side_hears_its_own_channel_and_nico_hears_the_table_only(table, anna, bram, nico):
    assert table.channel("council") in bram.channels()
    assert table.channel("council") not in anna.channels()
    assert nico.channels() == [table.channel()]
