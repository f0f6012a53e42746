"""A room of people: one ballot per phone, counted once, small groups never apart, nothing that leads to anybody."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from dialoog.live.models import Bell
from dialoog.partnerships.models import Event
from tests.values import make
from values.models import Ballot, Candidate, Choice, Stage, Tally, WorkshopWord, close_room
from values.result import lines


@pytest.fixture
def room(nico):
    return make.room(nico, Stage.VALUES)


def names(tally):
    return {one.name: one.people for one in tally.named}


def test_a_phone_has_one_ballot_and_a_changed_vote_counts_once(room):
    make.vote(room, "a", "Respect", "Humor")
    make.vote(room, "b", "respect ")
    make.vote(room, "a", "Vertrouwen", group=3)
    tally = Tally(room)
    assert (tally.people, tally.voted, names(tally)) == (2, 2, {"Respect": 1, "Vertrouwen": 1})
    # What the only writer took back leaves no trace.
    assert not WorkshopWord.objects.filter(name="Humor").exists()


def test_one_word_twice_on_a_ballot_counts_once(room):
    make.vote(room, "a", "Respect", " RESPECT", "Respect\u200b")
    assert names(Tally(room)) == {"Respect": 1}


def test_a_sixth_word_is_refused_and_the_five_stay(room):
    ballot = make.vote(room, "a", *"abcde")
    with pytest.raises(ValidationError, match="U hebt er nu 6"):
        ballot.choose([(word, "") for word in "abcdef"])
    assert len(ballot.choices()) == 5


def test_values_come_after_an_example_or_after_saying_there_is_none(room):
    ballot = Ballot.take_part(room, "a", room.groups().first())
    with pytest.raises(ValidationError, match="eerst uw voorbeeld"):
        ballot.choose([("Respect", "")])
    ballot.tell("", may_show=True)
    ballot.choose([("Respect", "")])
    assert not ballot.may_show


def test_words_that_lie_together_count_each_person_once_and_can_be_taken_apart(room, nico, anna):
    make.vote(room, "a", "Respect", "Eerbied")
    make.vote(room, "b", "Eerbied", "Achting")
    make.vote(room, "c", "Achting")
    respect, eerbied, achting = (WorkshopWord.objects.get(name=name) for name in ("Respect", "Eerbied", "Achting"))
    achting.lay_with(nico, eerbied)
    # Whichever is laid on which: the name that more people wrote stays.
    assert eerbied.lay_with(anna, respect) == eerbied
    assert names(Tally(room)) == {"Eerbied": 3}
    with pytest.raises(ValidationError, match="liggen al bij elkaar"):
        respect.lay_with(nico, achting)
    # Undoing the last one brings back exactly what was there before.
    respect.take_apart(nico)
    assert names(Tally(room)) == {"Respect": 1, "Eerbied": 3}


def test_a_word_cannot_lie_under_itself(room, nico):
    make.vote(room, "a", "Respect")
    respect = WorkshopWord.objects.get()
    with pytest.raises(ValidationError, match="twee losse woorden"):
        respect.lay_with(nico, WorkshopWord.objects.get())


def test_nothing_is_shown_before_three_people_chose(room):
    make.vote(room, "a", "Respect")
    make.vote(room, "b", "Respect")
    assert Tally(room).on_screen == []
    make.vote(room, "c", "Humor")
    assert [one.name for one in Tally(room).on_screen] == ["Respect", "Humor"]


@pytest.mark.promise("P4")
def test_a_group_of_two_does_not_stand_apart_and_cannot_be_found_by_subtracting(room):
    for number in range(5):
        make.vote(room, f"client{number}", "Respect" if number else "Rust", group=1)
    for number in range(4):
        make.vote(room, f"council{number}", "Vertrouwen", group=2)
    for number in range(2):
        make.vote(room, f"town{number}", "Humor", group=3)
    tally = Tally(room)
    # With the total of eleven beside it, one shown group still leaves six people who cannot be told apart.
    assert [(top.group.name, top.people, top.names) for top in tally.groups] == [("Cliënten", 5, ["Respect"])]
    assert tally.has_hidden_groups and tally.voted == 11


@pytest.mark.promise("P4", control=True)
def test_a_group_that_is_large_enough_does_stand_apart(room):
    for group in (1, 2, 3):
        for number in range(3):
            make.vote(room, f"{group}-{number}", "Respect", group=group)
    assert [top.people for top in Tally(room).groups] == [3, 3, 3]


def test_in_a_group_only_what_three_of_it_named_is_told_and_never_how_many(room):
    for number in range(4):
        make.vote(room, f"a{number}", *["Respect", "Humor"][: 2 if number < 2 else 1], group=1)
    make.vote(room, "a4", "Humor", group=1)
    for number in range(6):
        make.vote(room, f"b{number}", "Humor", "Respect", group=2)
    assert [top.names for top in Tally(room).groups] == [["Respect", "Humor"], ["Respect", "Humor"]]


@pytest.mark.promise("P4")
def test_what_all_of_a_few_named_is_not_told_of_their_group(room):
    for number in range(3):
        make.vote(room, f"a{number}", "Respect", group=1)
    for number in range(6):
        make.vote(room, f"b{number}", "Respect", group=2)
    assert [top.names for top in Tally(room).groups] == [[], ["Respect"]]


def test_a_tie_keeps_the_order_in_which_the_words_came(room):
    for phone in "abc":
        make.vote(room, phone, "Zorg", "Aandacht")
    assert [one.name for one in Tally(room).top] == ["Zorg", "Aandacht"]


def test_closing_brings_what_three_people_named_to_both_envelopes_and_nothing_else(room, nico, anna, bram, chris):
    for phone in "abcd":
        make.vote(room, phone, "Respect", *(["Humor"] if phone < "c" else []))
    room.move(nico, Stage.VALUES)
    close_room(room, nico, Stage.TOGETHER)
    for seat in (anna, bram):
        assert [(one.name, one.people, one.voted) for one in Candidate.objects.visible_to(seat)] == [("Respect", 4, 4)]
    assert not Candidate.objects.visible_to(chris).exists()
    told = Event.objects.visible_to(bram).about(room).first()
    assert told.sentence == "sloot de werkbijeenkomst ‘Wat vindt u het belangrijkst?’"


def test_a_sentence_that_several_wrote_goes_along_once(room, nico):
    for phone in "abcd":
        make.vote(room, phone).choose([("Respect", "Zij groet." if phone != "d" else "Zij belt.")])
    room.move(nico, Stage.VALUES)
    close_room(room, nico, Stage.TOGETHER)
    assert Candidate.objects.get().notices == ["Zij belt.", "Zij groet."]


def test_closed_is_closed_for_phones_and_for_the_facilitator(room, nico):
    ballot = make.vote(room, "a", "Respect")
    word = WorkshopWord.objects.get()
    room.move(nico, Stage.VALUES)
    close_room(room, nico, Stage.TOGETHER)
    for act in (
        lambda: Ballot.take_part(room, "b", room.groups().first()),
        lambda: ballot.tell("Nog een voorbeeld", True),
        lambda: ballot.choose([("Humor", "")]),
        lambda: word.hide(nico),
        lambda: room.move(nico, Stage.CLOSED, forward=False),
        lambda: room.change(nico, "Iets anders?", "Elders", {}),
    ):
        with pytest.raises(ValidationError, match="Deze bijeenkomst is gesloten"):
            act()


def test_after_closing_no_phone_leads_to_its_ballot_and_what_was_not_to_be_shown_is_gone(room, nico):
    make.vote(room, "a", "Respect", example="Dit mag", may_show=True)
    make.vote(room, "b", "Respect", example="Dit niet")
    make.vote(room, "c", "Respect", example="Dit toch niet", may_show=True).hide(nico)
    room.move(nico, Stage.VALUES)
    close_room(room, nico, Stage.TOGETHER)
    assert Ballot.of(room, "a") is None
    assert set(Ballot.objects.values_list("ticket", "example")) == {(None, "Dit mag"), (None, "")}


def test_nobody_at_the_table_leafs_through_ballots(room, nico, anna, bram):
    make.vote(room, "a", "Respect", example="Alleen voor mijzelf")
    shown = make.vote(room, "b", "Respect", example="Voor de zaal", may_show=True)
    for seat in (nico, anna, bram):
        assert list(Ballot.objects.visible_to(seat)) == [shown]


def test_the_database_keeps_no_name_no_phone_and_no_hour_of_who_is_in_the_room(room):
    make.vote(room, "toestel-geheim", "Respect")
    kept = {field.attname for model in (Ballot, Choice) for field in model._meta.concrete_fields}
    assert kept == {
        "id", "partnership_id", "workshop_id", "ticket", "group_id", "example", "has_no_example", "may_show", "turn",
        "hidden_by_id", "hidden_at", "ballot_id", "word_id", "notice", "place",
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM values_ballot")
        assert "toestel-geheim" not in str(cursor.fetchall())


def test_the_same_phone_has_another_ticket_in_another_room(room, nico):
    assert room.ticket("a") != make.room(nico).ticket("a")


def test_one_vote_rings_one_bell(room):
    ballot = make.vote(room, "a")
    before = Bell.objects.count()
    ballot.choose([(word, "") for word in "abcde"])
    assert list(Bell.objects.order_by("id").values_list("topic", flat=True))[before:] == [room.topic]


def test_a_group_in_which_somebody_sits_stays_and_can_get_another_name(room, nico):
    make.vote(room, "a", group=4)
    with pytest.raises(ValidationError, match="‘Anderen’ zit al iemand"):
        room.change(nico, room.question, room.place, {1: "Cliënten", 2: "Raad"})
    room.change(nico, room.question, room.place, {1: "Cliënten", 2: "Raad", 4: "Vrijwilligers"})
    assert [str(group) for group in room.groups()] == ["Cliënten", "Raad", "Vrijwilligers"]


def test_two_who_press_at_once_move_the_room_one_stage(nico, anna):
    room = make.room(nico)
    room.move(nico, Stage.JOIN)
    with pytest.raises(ValidationError, match="Iemand anders bracht de zaal al verder"):
        room.move(anna, Stage.JOIN)
    assert room.stage == Stage.EXAMPLE


def test_counting_a_large_room_takes_as_many_questions_as_a_small_one(room, django_assert_num_queries):
    make.vote(room, "a", "Respect")
    with django_assert_num_queries(4):
        assert Tally(room).groups == []
    for number in range(20):
        make.vote(room, f"p{number}", f"Woord {number}", "Respect", group=number % 4 + 1)
    with django_assert_num_queries(4):
        assert len(Tally(room).groups) == 4


@pytest.mark.parametrize(
    ("level", "at_the_top", "below"),
    [(2, ["Zorg", "Rust", "Tijd", "Hulp", "W0", "W1"], []), (3, ["Zorg", "Rust", "Tijd", "Hulp"], ["W0", "W1", "W2"])],
)
def test_words_that_were_named_as_often_stand_together(room, level, at_the_top, below):
    for phone in range(3):
        make.vote(room, f"{phone}", "Zorg", "Rust", "Tijd", "Hulp")
    for number in range(level):
        make.vote(room, f"los {number}", f"W{number}")
    tally = Tally(room)
    assert [one.name for one in tally.top] == at_the_top
    assert [one.name for one in tally.also] == below
    assert [line.place for line in lines(tally)] == [1, 1, 1, 1, 5, 5][: len(at_the_top)]
