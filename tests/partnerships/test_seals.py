"""One envelope mechanism: sealed until both sides release it, then open at one moment."""

import pytest
from django.core.exceptions import ValidationError

from dialoog.partnerships.models import Envelope, Event


@pytest.fixture
def envelope(table):
    return Envelope.objects.create(partnership=table, purpose="test")


def test_the_envelope_opens_only_when_anna_and_bram_are_both_ready(envelope, anna, bram):
    envelope.release(bram)
    assert not envelope.is_open
    envelope.release(anna)
    assert envelope.is_open


def test_bram_takes_his_yes_back_before_anna_says_hers(envelope, anna, bram):
    envelope.release(bram)
    envelope.take_back(bram)
    envelope.release(anna)
    assert not envelope.is_open


def test_an_open_envelope_cannot_be_closed_again(envelope, anna, bram):
    envelope.release(bram)
    envelope.release(anna)
    with pytest.raises(ValidationError, match="Daarna kan niets terug in de envelop"):
        envelope.take_back(anna)


def test_nico_who_belongs_to_no_side_cannot_open_anything(envelope, nico):
    with pytest.raises(ValidationError, match="Alleen een kant zelf"):
        envelope.release(nico)


def test_the_history_of_one_side_is_not_read_by_the_other(anna, bram, dora):
    Event.record(bram, "legde iets klaar", audience="council")
    assert [event.sentence for event in Event.objects.visible_to(dora)] == ["legde iets klaar"]
    assert not Event.objects.visible_to(anna).exists()
