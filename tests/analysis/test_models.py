"""Bundling, the intern beraad and the dialogue: what the acts do."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from analysis.models import (
    BundlingSession,
    Deliberation,
    DeliberationAnswer,
    DialogueNote,
    Move,
    Outcome,
    OwnPile,
    OwnPlacing,
    OwnSort,
    Placing,
    Stage,
    Tag,
    Theme,
    talk,
)
from analysis.models.board import Board
from analysis.waiting import waiting
from dialoog.live.models import Bell
from experiences.models import Fragment
from projects.models import Phase
from tests.analysis import make
from tests.experiences import make as experiences
from tests.values import make as values


def rung():
    """The topics of every bell so far, and a clean row of bells."""
    topics = list(Bell.objects.order_by("pk").values_list("channel", "topic"))
    Bell.objects.all().delete()
    return topics


def refused(sentence):
    return pytest.raises(ValidationError, match=sentence)


# ---- The meeting


def test_two_who_begin_at_once_sit_at_one_meeting(anna, bram, nico):
    project = make.make_round(bram)
    first, second = BundlingSession.begin(bram, project, nico), BundlingSession.begin(anna, project, nico)
    assert first == second
    assert BundlingSession.objects.count() == 1


def test_a_meeting_walks_through_its_five_stages(anna, bram, dora, joost, nico):
    meeting = make.session(nico, make.make_round(bram, 4), present=[anna, bram])
    meeting.go_on(nico)
    for seat in (bram, dora):
        make.own_sort(seat, meeting, Weg=[1, 2], Geld=[3, 4])
    for seat in (anna, joost):
        make.own_sort(seat, meeting, Vinden=[1, 2], Inkomen=[3, 4])
    make.opened(meeting, anna, bram)
    meeting.go_on(nico)
    meeting.go_on(nico)
    themes = Theme.of(meeting.project)
    assert [[placing.fragment.number for placing in theme.cards] for theme in themes] == [[1, 2], [3, 4]]
    for theme in themes:
        theme.write(bram, 1, sentence=f"Thema {theme.letter}")
    meeting.go_on(nico)
    assert meeting.stage == Stage.DONE
    meeting.project.refresh_from_db()
    assert meeting.project.bundled_at is not None
    assert Deliberation.objects.filter(pk=Deliberation.key_of(meeting.project)).exists()


def test_the_proposal_never_covers_what_people_laid(anna, bram, nico):
    meeting = make.session(nico, make.make_round(bram, 2), Stage.SIDE_BY_SIDE, [anna, bram])
    make.theme(bram, meeting.project, "Van ons samen")
    meeting.lay_out_board()
    assert [theme.sentence for theme in Theme.of(meeting.project)] == ["Van ons samen"]


# ---- Sorting alone


@pytest.mark.promise("P1")
def test_sorting_alone_rings_no_bell_at_all(anna, bram, nico):
    """Scene 4: nobody hears that somebody lays a card, also not one's own side."""
    meeting = make.session(nico, make.make_round(bram), Stage.OWN_SORT, [anna, bram])
    rung()
    sort = make.own_sort(bram, meeting, Weg=[1, 2], Geld=[3])
    sort.undo()
    sort.rename(sort.piles()[0], "De weg kwijt")
    assert rung() == []


@pytest.mark.promise("P1", control=True)
def test_a_move_on_the_shared_board_does_ring(bram, anna):
    meeting = make.together(bram, anna)
    theme = make.theme(bram, meeting.project)
    rung()
    make.move(bram, meeting, Fragment.objects.first(), theme)
    assert {topic for _, topic in rung()} >= {"placing", "move"}


def test_an_own_sort_is_only_of_its_maker_until_both_sides_open_them(anna, bram, dora, nico):
    meeting = make.session(nico, make.make_round(bram), Stage.OWN_SORT, [anna, bram])
    make.own_sort(bram, meeting, Weg=[1, 2])
    make.own_sort(anna, meeting, Vinden=[1])
    for model in (OwnSort, OwnPile, OwnPlacing):
        assert model.objects.visible_to(bram).count() >= 1
        assert model.objects.visible_to(dora).count() == 0
        assert model.objects.visible_to(nico).count() == 0
    make.opened(meeting, anna, bram)
    assert OwnPlacing.objects.visible_to(dora).count() == OwnPlacing.objects.visible_to(nico).count() == 3


def test_one_step_back_and_a_card_back_in_the_hand(anna, bram, nico):
    meeting = make.session(nico, make.make_round(bram), Stage.OWN_SORT, [anna, bram])
    sort = make.own_sort(bram, meeting, Weg=[1], Geld=[2])
    card = Fragment.objects.get(number=2)
    sort.lay(card, sort.piles()[0])
    sort.undo()
    assert [[one.number for one in pile.cards] for pile in sort.piles()] == [[1], [2]]
    sort.lay(card)
    assert [[one.number for one in pile.cards] for pile in sort.piles()] == [[1], []]
    sort.undo()
    assert [[one.number for one in pile.cards] for pile in sort.piles()] == [[1], [2]]


def test_a_withdrawn_card_leaves_every_own_sort(anna, bram, nico):
    meeting = make.session(nico, make.make_round(bram), Stage.OWN_SORT, [anna, bram])
    sort = make.own_sort(bram, meeting, Weg=[1, 2])
    Fragment.objects.get(number=2).delete()
    assert [[one.number for one in pile.cards] for pile in sort.piles()] == [[1]]


# ---- The board


def test_of_two_hands_at_once_the_first_counts_and_neither_is_lost(anna, bram):
    meeting = make.together(bram, anna)
    here, there = make.theme(bram, meeting.project, "Hier"), make.theme(bram, meeting.project, "Daar", position=1)
    card, board = Fragment.objects.get(number=1), Board(meeting)
    first = board.move(anna, card, here, 0)
    second = board.move(bram, card, there, 0)
    assert first.counted and not second.counted
    assert second.said == (
        "Anna de Wit legde kaartje 1 net bij ‘Hier’. Het ligt nu daar. Kijk of u het dan nog wilt verplaatsen."
    )
    assert Placing.objects.get(fragment=card).theme == here
    told = [str(move) for move in Move.objects.of(meeting.project)]
    assert told == [
        "Bram Hoekstra wilde 1 bij ‘Daar’ leggen, maar een ander was net eerder",
        "Anna de Wit legde 1 bij ‘Hier’",
    ]


def test_two_hands_that_lay_it_at_the_same_place_agree(anna, bram):
    meeting = make.together(bram, anna)
    here, card, board = make.theme(bram, meeting.project), Fragment.objects.get(number=1), Board(meeting)
    assert board.move(anna, card, here, 0).counted
    assert board.move(bram, card, here, 0).counted
    assert Move.objects.count() == 1


def test_one_takes_back_ones_own_move_and_the_trace_stays(anna, bram):
    meeting = make.together(bram, anna)
    here, card = make.theme(bram, meeting.project, "Hier"), Fragment.objects.get(number=1)
    move = make.move(bram, meeting, card, here)
    Board(meeting).undo(bram, move)
    assert Placing.objects.get(fragment=card).theme is None
    assert [str(kept) for kept in Move.objects.of(meeting.project)] == [
        "Bram Hoekstra legde 1 terug op tafel",
        "Bram Hoekstra legde 1 bij ‘Hier’",
    ]


def test_a_placing_shows_the_hands_of_both_sides(anna, bram):
    meeting = make.together(bram, anna)
    here, there = make.theme(bram, meeting.project, "Hier"), make.theme(bram, meeting.project, "Daar", position=1)
    card = Fragment.objects.get(number=1)
    make.move(anna, meeting, card, here)
    make.move(bram, meeting, card, there)
    assert Placing.objects.with_cards().get().hands == [anna, bram]


def test_withdrawing_takes_a_card_its_moves_and_its_count_from_the_board(anna, bram):
    """Scene 2: the card is gone from the open session, and the theme's count falls."""
    meeting = make.together(bram, anna)
    theme, card = make.theme(bram, meeting.project), Fragment.objects.get(number=1)
    make.move(bram, meeting, card, theme)
    make.move(bram, meeting, Fragment.objects.get(number=2), theme)
    make.tag(bram, card, values.shared(bram, anna))
    assert len(theme.cards_now()) == 2
    rung()
    card.delete()
    assert len(theme.cards_now()) == 1
    assert not Move.objects.filter(fragment_id=card.pk).exists()
    assert not Tag.objects.exists()
    assert "fragment" in {topic for _, topic in rung()}


def test_a_new_pile_is_one_pile_however_often_it_is_sent(anna, bram):
    board, key = Board(make.together(bram, anna)), make.key()
    assert board.add_theme(bram, "Wachten", key) == board.add_theme(bram, "Wachten", key)
    assert Theme.objects.count() == 1


# ---- Tags and themes


def test_one_word_per_card_value_and_person(anna, bram):
    meeting, value = make.together(bram, anna), values.shared(bram, anna)
    card = Fragment.objects.first()
    Tag.put(bram, card, value, "harmed")
    Tag.put(bram, card, value, "upheld")
    Tag.put(anna, card, value, "harmed")
    assert sorted(Tag.objects.values_list("by__user__name", "stake")) == [
        ("Anna de Wit", "harmed"),
        ("Bram Hoekstra", "upheld"),
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        Tag.objects.create(partnership=bram.partnership, fragment=card, value=value, stake="harmed", by=bram)
    assert Tag.counted(meeting.project and [card]) == [{"value": value.name, "upheld": 1, "harmed": 1}]


def test_how_a_side_reads_a_theme_is_written_by_that_side_alone(anna, bram):
    theme = make.theme(bram, make.make_round(bram))
    theme.write(bram, 1, council_reading="Schaamte.", municipality_reading="Onzin.")
    theme.write(anna, 2, council_reading="Anders.", municipality_reading="Aanvragen.")
    theme.refresh_from_db()
    assert (theme.council_reading, theme.municipality_reading) == ("Schaamte.", "Aanvragen.")


@pytest.mark.promise("R1")
def test_two_who_name_a_theme_at_once_both_find_their_words(anna, bram):
    theme = make.theme(bram, make.make_round(bram), "Om hulp vragen")
    theme.write(bram, 1, sentence="Om hulp vragen voelt als schaamte")
    (copy,) = theme.write(anna, 1, sentence="Om hulp vragen is moeilijk")
    theme.refresh_from_db()
    assert theme.sentence == "Om hulp vragen voelt als schaamte"
    assert copy.yours == "Om hulp vragen is moeilijk"


# ---- Beraad and dialogue


@pytest.mark.promise("P1")
def test_an_answer_is_of_the_own_side_until_both_release_and_then_of_all(anna, bram, dora, nico):
    """Scene 3, for the four questions."""
    project = make.bundled(bram)
    theme = Theme.objects.of(project).first()
    rung()
    make.answer(bram, theme, 3, "Nee.")
    heard_by = {channel for channel, topic in rung() if topic.startswith("deliberation")}
    assert heard_by == {bram.partnership.channel("council")}
    seen = {seat.name: DeliberationAnswer.objects.visible_to(seat).count() for seat in (anna, bram, dora, nico)}
    assert seen == {"Anna de Wit": 0, "Bram Hoekstra": 1, "Dora Vermeulen": 1, "Nico Blom": 0}
    envelope = Deliberation.of(project)
    envelope.release_for(bram, project)
    assert DeliberationAnswer.objects.visible_to(anna).count() == 0
    make.answer(anna, theme, 3, "Ook nee.")
    envelope.release_for(anna, project)
    assert {DeliberationAnswer.objects.visible_to(seat).count() for seat in (anna, bram, dora, nico)} == {2}
    project.refresh_from_db()
    assert project.deliberation_opened_at is not None


def test_a_theme_nobody_thought_about_apart_is_named_before_the_talk_and_not_before_the_envelopes_open(anna, bram):
    project = make.bundled(bram, themes=2)
    first, late = Theme.objects.of(project)
    make.answer(bram, first, 3, "Nee.")
    assert {check.key for check in project.checks_for(Phase.DIALOGUE)} == {"deliberation_opened"}
    make.answer(anna, first, 3, "Ook nee.")
    for seat in (anna, bram):
        Deliberation.of(project).release_for(seat, project)
    project.refresh_from_db()
    told = project.checks_for(Phase.DIALOGUE)[-1]
    assert not told.ok and not told.enforced
    assert told.missing.startswith(f"Over ‘{late.label}’ dacht nog niemand apart na.")


def test_two_of_one_side_write_one_answer_together(bram, dora):
    theme = Theme.objects.of(make.bundled(bram)).first()
    make.answer(bram, theme, 1, "Mensen wachten in één rij.")
    answer = DeliberationAnswer.put(dora, theme, 1, "Mensen wachten in één lange rij.", 1)
    assert (answer.text, answer.version) == ("Mensen wachten in één lange rij.", 2)


def test_listening_is_noted_when_both_sides_heard_at_every_theme(anna, bram):
    project = make.deliberated(anna, bram, themes=2)
    project.listened_at = None
    project.save()
    first, second = Theme.objects.of(project)
    for seat, theme in ((bram, first), (bram, second), (anna, first)):
        make.heard(seat, theme)
    project.refresh_from_db()
    assert not project.may_commit
    make.heard(anna, second)
    project.refresh_from_db()
    assert project.may_commit
    assert DialogueNote.is_complete(project, "council")


def test_each_side_writes_its_own_position_and_nobody_the_others(anna, bram):
    theme = Theme.objects.of(make.deliberated(anna, bram)).first()
    make.outcome(bram, theme, "not", council_position="Een vaste medewerker.", municipality_position="Onzin.")
    Outcome.put(anna, theme, 1, municipality_position="Kunnen wij niet beloven.", council_position="Onzin.")
    outcome = Outcome.objects.get()
    assert outcome.council_position == "Een vaste medewerker."
    assert outcome.municipality_position == "Kunnen wij niet beloven."


def test_one_side_that_says_yes_does_not_say_it_for_the_other(anna, bram):
    theme = Theme.objects.of(make.deliberated(anna, bram)).first()
    outcome = make.outcome(bram, theme, "not")
    assert outcome.agreement == "" and not Outcome.objects.decided()
    assert outcome.apart == "De cliëntenraad zegt: niet eens. De gemeente zei het nog niet."
    Outcome.put(anna, theme, 1, municipality_agreement="agree", council_agreement="agree")
    outcome = Outcome.objects.decided().get()
    assert outcome.get_agreement_display() == "Niet eens"
    assert outcome.apart == "De cliëntenraad zegt: niet eens. De gemeente zegt: eens."
    Outcome.put(bram, theme, 2, council_agreement="agree")
    outcome.refresh_from_db()
    assert (outcome.get_agreement_display(), outcome.apart) == ("Eens", "")


# ---- What the vault says


def released_theme(bram, dora, number=2, **fields):
    """A theme on cards that really crossed, each from a story of its own."""
    project = make.project(bram, Phase.COLLECT)
    experiences.released(bram, dora, project, 3, **fields)
    return make.theme(bram, project, cards=Fragment.objects.filter(project=project)[:number])


def test_a_theme_from_two_stories_needs_no_advice_about_stories(bram, dora):
    theme = released_theme(bram, dora)
    assert theme.support().stories_enough
    assert not any("één verhaal" in said for said in theme.advice())


def test_one_heavy_story_can_carry_a_theme_with_the_mark(bram, dora):
    """Scene 8."""
    theme = released_theme(bram, dora, number=1)
    assert any("één verhaal" in said for said in theme.advice())
    theme.single_story = True
    theme.save()
    assert not any("één verhaal" in said for said in theme.advice())


def test_what_council_members_went_through_never_carries_a_theme_alone(bram, dora):
    theme = released_theme(bram, dora, whose="own")
    with refused("rust alleen op wat leden van de raad zelf meemaakten"):
        Theme.refuse_only_own(Theme.of(theme.project))
    Theme.refuse_only_own(Theme.of(released_theme(bram, dora).project))


@pytest.mark.promise("P1")
def test_who_is_not_of_the_council_finishes_without_learning_whose_stories_a_theme_rests_on(bram, dora, anna, nico):
    """Otherwise one could lay each card apart, ask again, and know of each who told it."""
    theme = released_theme(bram, dora, whose="own")
    theme.project.phase = Phase.BUNDLE
    theme.project.save()
    meeting = make.session(nico, theme.project, Stage.TOGETHER, (anna, bram))
    with refused("rust alleen op wat leden van de raad zelf meemaakten"):
        meeting.go_on(bram)
    meeting.go_on(nico)
    assert meeting.is_done
    project = theme.project
    project.refresh_from_db()
    project.phase = Phase.DELIBERATE
    project.save()
    for seat in (anna, bram):
        make.answer(seat, theme)
    Deliberation.of(project).release_for(anna, project)
    with refused("rust alleen op wat leden van de raad zelf meemaakten"):
        Deliberation.of(project).release_for(bram, project)
    told = [one.title for one in waiting(bram)]
    assert f"‘{theme.label}’ rust alleen op eigen verhalen" in told
    assert not any("eigen verhalen" in one.title for one in [*waiting(anna), *waiting(nico)])


def take_the_others_pen(anna, bram):
    """Anna tries each way to a text to write what the council says of a theme; gives what stands there after it."""
    theme = Theme.of(make.deliberated(anna, bram))[0]
    make.outcome(bram, theme, "not", council_position="Een vaste medewerker.")
    outcome = Outcome.objects.get(theme=theme)
    outcome.write(bram, 1, council_position="Eén vaste medewerker, elke week.")
    outcome.write(anna, outcome.version, council_position="Onzin.")
    outcome.restore(anna, outcome.version, 1)
    Outcome.put(anna, theme, outcome.version, council_position="Nog meer onzin.")
    outcome.refresh_from_db()
    return outcome.council_position


@pytest.mark.promise("R1")
def test_no_way_to_a_text_lets_anna_write_or_bring_back_the_position_of_the_council(anna, bram):
    assert take_the_others_pen(anna, bram) == "Eén vaste medewerker, elke week."


@pytest.mark.promise("R1", control=True)
def test_without_that_lock_she_could(anna, bram, monkeypatch):
    monkeypatch.setattr(talk, "own_words", lambda seat, texts: texts)
    assert take_the_others_pen(anna, bram) != "Eén vaste medewerker, elke week."
