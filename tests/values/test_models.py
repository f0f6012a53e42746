"""Own values, sealed; then side by side, and a yes of each side."""

import pytest
from django.core.exceptions import ValidationError

from dialoog.partnerships.models import Event, Party
from tests.values import make
from values.models import Value, ValueEnvelope, ValuePractice, ValueView


@pytest.mark.promise("P1")
def test_scene_3_the_values_of_the_council_are_nowhere_for_the_municipality_until_both_release(bram, dora, anna, nico):
    view = make.view(bram, "Respect")
    assert list(ValueView.objects.visible_to(dora)) == [view]
    for seat in (anna, nico):
        assert not ValueView.objects.visible_to(seat).exists()
    make.view(anna, "Zorgvuldigheid")
    ValueEnvelope.coming(bram).release(bram)
    assert not ValueView.objects.visible_to(anna).filter(party=Party.COUNCIL).exists()
    assert not Value.objects.visible_to(anna).exists()
    ValueEnvelope.coming(anna).release(anna)
    for seat in (bram, anna, nico):
        assert {view.name for view in ValueView.objects.visible_to(seat)} == {"Respect", "Zorgvuldigheid"}
        assert {value.name for value in Value.objects.visible_to(seat)} == {"Respect", "Zorgvuldigheid"}


def test_what_bram_lays_in_is_told_to_dora_and_not_to_anna(bram, dora, anna, nico):
    make.view(bram, "Respect")
    assert [event.sentence for event in Event.objects.visible_to(dora)] == ["legde ‘Respect’ in onze envelop"]
    for seat in (anna, nico):
        assert not Event.objects.visible_to(seat).exists()


def test_an_empty_first_envelope_cannot_be_released(bram, anna):
    make.view(bram)
    with pytest.raises(ValidationError, match="Uw envelop is nog leeg"):
        ValueEnvelope.coming(anna).release(anna)


def test_after_saying_ready_nothing_is_added_until_that_is_taken_back(bram, dora):
    view = make.view(bram)
    ValueEnvelope.coming(bram).release(bram)
    for act in (lambda: make.view(dora, "Rust"), lambda: view.write(dora, 1, meaning="Anders."), view.delete):
        with pytest.raises(ValidationError, match="Neem dat eerst terug"):
            act()
    ValueEnvelope.coming(dora).take_back(dora)
    make.view(dora, "Rust")
    assert ValueView.objects.visible_to(bram).count() == 2


def test_nothing_goes_back_into_an_open_envelope(bram, anna):
    view = make.view(bram)
    make.opened(bram, anna)
    view.refresh_from_db()
    with pytest.raises(ValidationError, match="De enveloppen zijn al open"):
        view.write(bram, 1, meaning="Achteraf anders.")
    with pytest.raises(ValidationError, match="De enveloppen zijn al open"):
        view.delete()


def test_the_same_name_from_both_sides_becomes_one_value(bram, anna):
    make.view(bram, "Klantgerichtheid", "Luisteren.")
    make.view(anna, " klantgerichtheid ", "De vraag is het begin.")
    make.opened(bram, anna)
    (row,) = Value.objects.visible_to(bram).side_by_side(bram)
    assert row.both_named
    assert (row.council.meaning, row.municipality.meaning) == ("Luisteren.", "De vraag is het begin.")


def test_a_value_is_shared_only_after_a_yes_of_both_sides_and_stays_when_one_takes_it_back(bram, dora, anna):
    value = make.value(bram, anna)
    value.agree(dora)
    assert not value.is_shared
    value.agree(anna)
    assert list(Value.objects.visible_to(bram).shared()) == [value]
    value.retract(bram)
    assert not Value.objects.visible_to(bram).shared().exists()
    assert list(Value.objects.visible_to(anna).listed()) == [value]


def test_two_members_who_say_yes_at_once_do_not_undo_each_other(bram, anna):
    value = make.value(bram, anna)
    seen_by_bram, seen_by_anna = Value.objects.get(pk=value.pk), Value.objects.get(pk=value.pk)
    seen_by_bram.agree(bram)
    seen_by_anna.agree(anna)
    value.refresh_from_db()
    assert value.is_shared


def test_nico_cannot_say_yes_for_anybody(bram, anna, nico):
    value = make.value(bram, anna)
    with pytest.raises(ValidationError, match="Alleen een kant zelf kan hier ja of nee op zeggen"):
        value.agree(nico)


def test_a_yes_to_words_that_just_changed_is_refused(bram, anna):
    value = make.value(bram, anna)
    read = value.seen
    value.write(anna, 1, meaning="Wij maken tijd.")
    with pytest.raises(ValidationError, match="De tekst is net veranderd"):
        value.agree(bram, seen=read)
    value.agree(bram, seen=value.seen)


def test_new_words_ask_the_other_side_again(bram, anna):
    value = make.shared(bram, anna)
    value.write(anna, 1, meaning="Wij maken tijd.")
    assert value.has_agreed(Party.MUNICIPALITY)
    assert not value.has_agreed(Party.COUNCIL)
    assert "de cliëntenraad zegt opnieuw ja of nee" in Event.objects.visible_to(bram).about(value).first().sentence


def test_two_words_for_one_thing_are_joined_and_taken_apart(bram, anna):
    make.view(bram, "Ontwikkeling", "Mensen kunnen meer.")
    make.view(anna, "Creativiteit", "Ruimte zoeken.")
    make.opened(bram, anna)
    theirs, ours = make.named(anna, "Creativiteit"), make.named(bram, "Ontwikkeling")
    pair = theirs.join(anna, ours)
    (row,) = Value.objects.visible_to(bram).listed().side_by_side(bram)
    assert row.names == ("Ontwikkeling", "creativiteit")
    assert (row.council.own_word, row.municipality.own_word) == ("Ontwikkeling", "Creativiteit")
    assert pair.has_agreed(Party.MUNICIPALITY)
    assert not pair.has_agreed(Party.COUNCIL)
    pair.split(bram)
    assert {value.name for value in Value.objects.visible_to(bram).listed()} == {"Ontwikkeling", "Creativiteit"}
    rows = {row.value.name: row for row in Value.objects.visible_to(bram).side_by_side(bram)}
    assert rows["Ontwikkeling"].municipality is None
    assert rows["Creativiteit"].municipality.meaning == "Ruimte zoeken."
    with pytest.raises(ValidationError, match="liggen al los"):
        pair.split(anna)


def test_joining_takes_one_value_of_each_side(bram, anna):
    for name in ("Respect", "Rust"):
        make.view(bram, name)
    make.opened(bram, anna)
    with pytest.raises(ValidationError, match="één waarde van elke kant"):
        make.named(bram, "Respect").join(bram, make.named(bram, "Rust"))


def test_joinable_are_only_values_that_the_other_side_alone_named(bram, anna):
    for name in ("Respect", "Klantgerichtheid"):
        make.view(bram, name)
    for name in ("Zorg", "Klantgerichtheid"):
        make.view(anna, name)
    make.opened(bram, anna)
    respect, both = make.named(bram, "Respect"), make.named(bram, "Klantgerichtheid")
    assert [value.name for value in Value.objects.visible_to(bram).joinable_with(respect)] == ["Zorg"]
    assert not Value.objects.visible_to(bram).joinable_with(both).exists()


def test_a_later_envelope_may_be_empty_on_one_side_and_adds_to_what_lies_there(bram, anna):
    make.view(bram, "Respect")
    make.view(anna, "Zorg")
    make.opened(bram, anna)
    make.view(bram, "zorg", "Ook voor ons.")
    make.view(bram, "Rust")
    assert not ValueView.objects.visible_to(anna).filter(name="Rust").exists()
    ValueEnvelope.coming(bram).release(bram)
    ValueEnvelope.coming(anna).release(anna)
    rows = {row.value.name: row for row in Value.objects.visible_to(anna).side_by_side(anna)}
    assert set(rows) == {"Respect", "Zorg", "Rust"}
    assert rows["Zorg"].both_named


def test_two_who_begin_an_envelope_at_once_begin_the_same_one(bram, anna):
    assert ValueEnvelope.begin(bram).pk == ValueEnvelope.begin(anna).pk


def test_an_open_proposal_has_the_yes_of_its_own_side(bram, anna):
    make.opened(bram, anna)
    value = Value.propose(anna, None, "Eenvoud", "Gewone woorden.")
    (row,) = Value.objects.visible_to(bram).filter(pk=value.pk).side_by_side(bram)
    assert row.municipality.meaning == "Gewone woorden."
    assert row.verdict == ("De gemeente zei ja", "Wij nog niet")


def test_a_value_without_a_yes_is_still_of_who_wrote_it(bram, anna):
    make.view(bram, "Menselijkheid")
    make.opened(bram, anna)
    told = [
        Value.objects.visible_to(seat).filter(name="Menselijkheid").side_by_side(seat)[0].verdict
        for seat in (bram, anna)
    ]
    assert told[0] == ("Nog niet samen", "Wij schreven dit op. Nog geen kant zei ja")
    assert told[1] == ("Nog niet samen", "De cliëntenraad schreef dit op. Nog geen kant zei ja")


def test_proposing_comes_after_own_input(anna):
    with pytest.raises(ValidationError, match="Schrijf eerst uw eigen waarden op"):
        Value.propose(anna, None, "Eenvoud", "Gewone woorden.")


def test_an_example_belongs_to_its_value_and_leaves_a_trace_when_it_goes(bram, anna):
    value = make.shared(bram, anna)
    practice = make.practice(bram, value, "Wie binnenkomt wordt begroet.", place="bij de poort")
    assert list(ValuePractice.objects.visible_to(anna).under(value)) == [practice]
    with pytest.raises(ValidationError, match="Dit voorbeeld is van de andere kant"):
        practice.drop(anna)
    practice.drop(bram)
    assert not ValuePractice.objects.visible_to(bram).exists()
    latest = Event.objects.visible_to(bram).about(value).first().sentence
    assert latest == "haalde een voorbeeld weg bij ‘Klantgerichtheid’: Wie binnenkomt wordt begroet."


def test_going_on_without_an_example_asks_why(bram, anna):
    value = make.shared(bram, anna)
    with pytest.raises(ValidationError, match="Schrijf op waarom het zonder voorbeeld kan"):
        value.waive_practice(bram, " ")
    value.waive_practice(bram, "Volgt in mei.")
    assert value.nudge_reason == "Volgt in mei."


def test_values_of_another_table_are_not_there_for_chris(bram, anna, chris):
    value = make.shared(bram, anna)
    practice = make.practice(anna, value)
    assert list(ValuePractice.objects.visible_to(bram)) == [practice]
    for model in (Value, ValueView, ValuePractice, ValueEnvelope):
        assert not model.objects.visible_to(chris).exists()
