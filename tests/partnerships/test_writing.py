"""Texts that several people write: nothing is overwritten, nothing disappears."""

import pytest
from django.core.exceptions import ValidationError

from dialoog.partnerships.models import ConflictCopy, Event
from dialoog.partnerships.writing import Written
from tests.values import make
from values.models import ValueEnvelope, ValuePractice, ValueView


@pytest.fixture
def practice(bram, anna):
    value = make.shared(bram, anna)
    return make.practice(bram, value, "Eerst luisteren. Dan het formulier.", place="bij de balie")


def test_bram_and_anna_change_different_words_and_both_stay(practice, bram, anna):
    assert practice.write(bram, 1, behaviour="Altijd eerst luisteren. Dan het formulier.") == ()
    assert practice.write(anna, 1, behaviour="Eerst luisteren. Dan pas het formulier.") == ()
    practice.refresh_from_db()
    assert practice.behaviour == "Altijd eerst luisteren. Dan pas het formulier."
    assert practice.version == 3


@pytest.mark.promise("R1")
def test_when_the_same_word_changed_the_first_stays_and_the_second_is_kept_as_a_copy(practice, bram, anna, nico):
    practice.write(bram, 1, behaviour="Eerst horen. Dan het formulier.")
    (copy,) = practice.write(anna, 1, behaviour="Eerst vragen. Dan het formulier.")
    practice.refresh_from_db()
    assert practice.behaviour == "Eerst horen. Dan het formulier."
    assert (copy.base, copy.theirs, copy.yours) == (
        "Eerst luisteren. Dan het formulier.",
        "Eerst horen. Dan het formulier.",
        "Eerst vragen. Dan het formulier.",
    )
    assert (copy.after, copy.by) == (bram, anna)
    for seat in (bram, anna, nico):
        assert practice.open_conflicts(seat) == [copy]


def test_a_retry_of_a_merged_save_adds_no_word_and_no_version(practice, bram, anna):
    practice.write(bram, 1, behaviour="Eerst luisteren. Dan samen het formulier.")
    for _ in range(3):
        practice.write(anna, 1, behaviour="Eerst goed luisteren. Dan het formulier.")
    practice.refresh_from_db()
    assert (practice.behaviour, practice.version) == ("Eerst goed luisteren. Dan samen het formulier.", 3)


def retry_after_somebody_took_the_words_out(practice, bram, anna):
    """Anna's words were kept but the answer got lost; Bram takes them out; then Anna's browser tries again."""
    practice.write(bram, 1, behaviour="Eerst luisteren. Dan samen het formulier.")
    practice.write(anna, 1, behaviour="Eerst goed luisteren. Dan het formulier.")
    practice.write(bram, 3, behaviour="Eerst luisteren. Dan samen het formulier.")
    practice.write(anna, 1, behaviour="Eerst goed luisteren. Dan het formulier.")
    practice.refresh_from_db()
    return practice.behaviour, practice.version


@pytest.mark.promise("R2")
def test_a_retry_after_a_lost_answer_does_not_bring_back_what_somebody_took_out(practice, bram, anna):
    assert retry_after_somebody_took_the_words_out(practice, bram, anna) == (
        "Eerst luisteren. Dan samen het formulier.",
        4,
    )


@pytest.mark.promise("R2", control=True)
def test_without_looking_back_a_retry_writes_twice(practice, bram, anna, monkeypatch):
    monkeypatch.setattr(Written, "_has_merged", lambda *args: False)
    assert "goed" in retry_after_somebody_took_the_words_out(practice, bram, anna)[0]


def test_a_retry_of_a_clash_keeps_one_copy(practice, bram, anna):
    practice.write(bram, 1, behaviour="Eerst horen. Dan het formulier.")
    for _ in range(3):
        practice.write(anna, 1, behaviour="Eerst vragen. Dan het formulier.")
    assert ConflictCopy.objects.about(practice).count() == 1


def test_a_version_that_never_was_overwrites_nothing(practice, anna):
    (copy,) = practice.write(anna, 77, behaviour="Heel iets anders.")
    practice.refresh_from_db()
    assert practice.behaviour == "Eerst luisteren. Dan het formulier."
    assert copy.yours == "Heel iets anders."


def test_words_that_do_not_fit_together_in_a_short_field_become_a_copy(practice, bram, anna):
    practice.write(bram, 1, place="bij de balie " + "b" * 150)
    (copy,) = practice.write(anna, 1, place="a" * 150 + " bij de balie")
    assert copy.field == "place"
    assert copy.yours.startswith("aaa")


def test_an_act_with_an_old_copy_in_hand_leaves_the_new_text_alone(practice, bram, anna):
    old = ValuePractice.objects.get(pk=practice.pk)
    practice.write(bram, 1, behaviour="Nieuwe tekst.")
    old.added_by = anna
    old.save()
    old.refresh_from_db()
    assert (old.behaviour, old.version, old.added_by) == ("Nieuwe tekst.", 2, anna)


def test_settling_for_mine_writes_my_words_and_can_be_done_once(practice, bram, anna):
    practice.write(bram, 1, behaviour="Eerst horen. Dan het formulier.")
    (copy,) = practice.write(anna, 1, behaviour="Eerst vragen. Dan het formulier.")
    assert copy.settle(anna, copy.yours) == ()
    practice.refresh_from_db()
    assert practice.behaviour == "Eerst vragen. Dan het formulier."
    assert practice.open_conflicts(anna) == []
    with pytest.raises(ValidationError, match="Iemand heeft hier al over besloten"):
        copy.settle(bram)


def test_settling_after_a_third_change_does_not_overwrite_that_one(practice, bram, anna, dora):
    practice.write(bram, 1, behaviour="Eerst horen. Dan het formulier.")
    (copy,) = practice.write(anna, 1, behaviour="Eerst vragen. Dan het formulier.")
    practice.write(dora, 2, behaviour="Eerst horen. Dan het formulier. En bellen.")
    assert copy.settle(anna, copy.yours) == ()
    practice.refresh_from_db()
    assert practice.behaviour == "Eerst vragen. Dan het formulier. En bellen."


def test_who_takes_the_other_text_takes_it_over_what_the_page_showed(browse, practice, bram, anna, dora):
    practice.write(bram, 1, behaviour="Eerst horen. Dan het formulier.")
    (copy,) = practice.write(anna, 1, behaviour="Eerst vragen. Dan het formulier.")
    practice.write(bram, 2, behaviour="Eerst aanhoren. Dan het formulier. En bellen.")
    told = {"choice": "mine", "version": practice.version}
    assert browse(dora).do("partnerships:settle", told, copy=copy.pk).status_code == 302
    practice.refresh_from_db()
    assert practice.behaviour == "Eerst vragen. Dan het formulier. En bellen."
    assert practice.open_conflicts(dora) == []


def test_a_choice_that_came_too_late_stays_the_words_of_who_wrote_them(browse, practice, bram, anna, dora):
    practice.write(bram, 1, behaviour="Eerst horen. Dan het formulier.")
    (copy,) = practice.write(anna, 1, behaviour="Eerst vragen. Dan het formulier.")
    shown = practice.version
    practice.write(bram, shown, behaviour="Eerst aanhoren. Dan het formulier.")
    answer = browse(dora).do("partnerships:settle", {"choice": "mine", "version": shown}, copy=copy.pk)
    assert answer.status_code == 409 and f"{anna.name} schreef dit" in answer.content.decode()
    practice.refresh_from_db()
    assert practice.behaviour == "Eerst aanhoren. Dan het formulier."
    assert practice.open_conflicts(dora) == [copy]


def test_history_tells_who_wrote_what_and_an_old_version_comes_back_as_a_new_one(practice, bram, anna):
    practice.write(anna, 1, behaviour="Eerst luisteren. Dan pas het formulier.")
    latest, first = practice.versions()
    assert (latest.by, first.by) == (anna, bram)
    assert latest.changes == [
        ("wat ziet u dan gebeuren?", [("same", "Eerst luisteren. Dan "), ("new", "pas "), ("same", "het formulier.")])
    ]
    practice.restore(bram, 2, 1)
    practice.refresh_from_db()
    assert (practice.behaviour, practice.version) == ("Eerst luisteren. Dan het formulier.", 3)


def test_history_and_copies_go_with_the_thing(practice, bram, anna):
    practice.write(bram, 1, behaviour="Eerst horen.")
    practice.write(anna, 1, behaviour="Eerst vragen.")
    pk = practice.pk
    practice.delete()
    assert not ValuePractice.history.filter(id=pk).exists()
    assert not ConflictCopy.objects.filter(thing_id=pk).exists()


def test_copies_go_along_when_many_things_are_taken_away_at_once(practice, bram, anna):
    practice.write(bram, 1, behaviour="Eerst horen.")
    practice.write(anna, 1, behaviour="Eerst vragen.")
    ValuePractice.objects.filter(pk=practice.pk).delete()
    assert not ConflictCopy.objects.filter(thing_id=practice.pk).exists()


def test_a_stale_page_adds_nothing_to_an_envelope_that_is_released_or_open(bram, anna):
    mine = make.view(bram, meaning="Gehoord worden.")
    make.view(anna, meaning="Gezien worden.")
    mine.write(bram, 1, meaning="Gehoord worden, ook bij de balie.")
    ValueEnvelope.coming(bram).release(bram)
    with pytest.raises(ValidationError, match="Neem dat eerst terug"):
        mine.write(bram, 1, meaning="Heel iets anders.")
    ValueEnvelope.coming(anna).release(anna)
    with pytest.raises(ValidationError, match="zijn al open"):
        mine.write(bram, 1, meaning="Heel iets anders.")
    assert not ConflictCopy.objects.exists()


def test_writing_in_what_was_taken_away_is_refused_with_a_way_out(practice, anna):
    stale = ValuePractice.objects.get(pk=practice.pk)
    practice.delete()
    with pytest.raises(ValidationError, match="Kopieer uw tekst"):
        stale.write(anna, 1, behaviour="Te laat.")


def test_a_copy_of_a_sealed_text_is_read_by_its_own_side_only(bram, dora, anna, nico):
    view = make.view(bram, meaning="Gehoord worden.")
    view.write(bram, 1, meaning="Gezien worden.")
    (copy,) = view.write(dora, 1, meaning="Serieus genomen worden.")
    assert list(ConflictCopy.objects.visible_to(bram)) == [copy]
    for seat in (anna, nico):
        assert not ConflictCopy.objects.visible_to(seat).exists()
        assert copy.thing(seat) is None
    assert not Event.objects.visible_to(anna).about(view).exists()
    assert ValueView.objects.visible_to(bram).get() == view


@pytest.mark.promise("R1")
def test_a_choice_that_clashes_once_more_leaves_the_words_where_one_can_choose_them(browse, practice, bram, anna):
    practice.write(bram, 1, behaviour="Eerst horen. Dan het formulier.")
    (copy,) = practice.write(anna, 1, behaviour="Eerst vragen. Dan het formulier.")
    shown = practice.version
    practice.write(bram, shown, behaviour="Eerst zien. Dan het formulier.")
    told = browse(anna).do("partnerships:settle", {"choice": "mine", "version": shown}, copy=copy.pk)
    assert told.status_code == 409 and "Eerst vragen." in told.content.decode()
    assert [one.yours for one in practice.open_conflicts(bram)] == ["Eerst vragen. Dan het formulier."]


def test_what_was_left_out_stands_with_the_earlier_texts_and_nobody_is_said_to_have_typed_it(
    browse, practice, bram, anna
):
    practice.write(bram, 1, behaviour="Eerst horen. Dan het formulier.")
    (copy,) = practice.write(anna, 1, behaviour="Eerst vragen. Dan het formulier.")
    copy.settle(bram)
    refused = browse(anna).do("partnerships:settle", {"choice": "mine", "text": "Eerst horen."}, copy=copy.pk)
    assert "Wat er niet in kwam, staat bij ‘Eerdere teksten’." in refused.content.decode()
    assert "Wat u typte" not in refused.content.decode()
    earlier = browse(bram).at("values:practice_history", practice=practice.pk).content.decode()
    assert "Eerst vragen. Dan het formulier." in earlier.split("Wat er niet in kwam")[1]
