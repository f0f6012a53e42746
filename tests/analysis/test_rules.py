"""Every enforced rule of bundling, beraad and dialogue, with the sentence of its refusal."""

import pytest
from django.core.exceptions import ValidationError

from analysis.models import BundlingSession, Deliberation, Move, Stage, Tag, Theme
from analysis.models.board import Board
from experiences.models import Fragment
from projects.models import Phase
from tests.analysis import make
from tests.experiences import make as stories
from tests.projects import make as rounds
from tests.values import make as values


def refused(sentence):
    return pytest.raises(ValidationError, match=sentence)


def test_no_bundling_before_the_round_has_come_to_it(bram):
    project = make.project(bram, Phase.COLLECT)
    make.cards(bram, project)
    with refused("De ronde staat nog bij ‘Ervaringen ophalen’. Breng de ronde eerst naar ‘Bundelen’."):
        BundlingSession.begin(bram, project, bram)


def test_no_bundling_without_cards(bram):
    with refused("Er zijn nog geen kaartjes"):
        BundlingSession.begin(bram, make.project(bram), bram)


def test_both_sides_are_there_before_a_stage_begins(anna, bram, nico):
    meeting = make.session(nico, make.make_round(bram), present=[bram])
    with refused("Er is nu niemand van de gemeente. Bundelen doet u samen"):
        meeting.go_on(nico)
    meeting.join(anna)
    meeting.go_on(nico)
    meeting.leave(bram)
    with refused("Er is nu niemand van de cliëntenraad"):
        meeting.go_on(nico)


def test_the_sorts_open_when_both_sides_say_so_and_not_before(anna, bram, nico):
    meeting = make.session(nico, make.make_round(bram), Stage.OWN_SORT, [anna, bram])
    with refused("Nog niemand van uw kant legde een kaartje neer"):
        meeting.side_is_ready(bram)
    make.own_sort(bram, meeting, Weg=[1])
    meeting.side_is_ready(bram)
    with refused("Nog niet klaar met zelf ordenen: de gemeente"):
        meeting.go_on(nico)
    with refused("De ordeningen zijn nog dicht"):
        meeting.picture()


def test_who_said_ready_takes_that_back_before_sorting_on(anna, bram, dora, nico):
    meeting = make.session(nico, make.make_round(bram), Stage.OWN_SORT, [anna, bram])
    make.own_sort(bram, meeting, Weg=[1])
    meeting.side_is_ready(dora)
    with refused("Uw kant zei dat u klaar bent"):
        make.own_sort(bram, meeting, Geld=[2])
    meeting.side_sorts_on(dora)
    make.own_sort(bram, meeting, Geld=[2])


def test_an_open_sort_changes_no_more(anna, bram, nico):
    meeting = make.session(nico, make.make_round(bram), Stage.OWN_SORT, [anna, bram])
    make.own_sort(bram, meeting, Weg=[1])
    make.own_sort(anna, meeting, Vinden=[1])
    make.opened(meeting, anna, bram)
    with refused("De ordeningen liggen open en veranderen niet meer"):
        make.own_sort(bram, meeting, Geld=[2])
    with refused("zijn al open"):
        meeting.side_sorts_on(bram)


def test_a_pile_has_a_name(anna, bram, nico):
    meeting = make.session(nico, make.make_round(bram), Stage.OWN_SORT, [anna, bram])
    with refused("Geef de nieuwe stapel een naam"):
        make.own_sort(bram, meeting, **{"  ": [1]})


def test_nothing_to_take_back_is_said(anna, bram, nico):
    meeting = make.session(nico, make.make_round(bram), Stage.OWN_SORT, [anna, bram])
    sort = make.own_sort(bram, meeting, Weg=[1])
    sort.undo()
    with refused("Er is niets om terug te draaien"):
        sort.undo()


def test_opened_sorts_do_not_close_again(anna, bram, nico):
    meeting = make.session(nico, make.make_round(bram), Stage.SIDE_BY_SIDE, [anna, bram])
    with refused("De ordeningen liggen al open"):
        meeting.go_back(nico)


def test_a_stale_screen_moves_no_stage(anna, bram, nico):
    meeting = make.session(nico, make.make_round(bram), present=[anna, bram])
    meeting.go_on(nico, expected=0)
    with refused("Iemand bracht het bundelen net naar ‘Zelf ordenen’"):
        meeting.go_on(nico, expected=0)


def test_bundling_ends_with_named_themes(anna, bram):
    meeting = make.together(bram, anna)
    with refused("Er is nog geen thema met kaartjes"):
        meeting.go_on(bram)
    theme = make.theme(bram, meeting.project, "")
    make.move(bram, meeting, Fragment.objects.get(number=1), theme)
    with refused("Geef eerst elke stapel een naam. Nog zonder naam: Stapel A"):
        meeting.go_on(bram)
    theme.write(bram, 1, sentence="Wachten")
    meeting.go_on(bram)
    assert meeting.is_done


def test_the_board_lies_still_outside_its_stage(anna, bram):
    meeting = make.session(bram, make.make_round(bram), Stage.DONE, [anna])
    theme = make.theme(bram, meeting.project)
    with refused("U bent nu bij ‘Klaar’. Het bord ligt nu stil."):
        Board(meeting).move(bram, Fragment.objects.first(), theme, 0)


def test_nobody_takes_back_somebody_elses_move(anna, bram):
    meeting = make.together(bram, anna)
    move = make.move(anna, meeting, Fragment.objects.first(), make.theme(bram, meeting.project))
    with refused("U kunt alleen uw eigen zet terugdraaien"):
        Board(meeting).undo(bram, move)


def test_a_move_that_others_built_on_is_not_taken_back(anna, bram):
    meeting = make.together(bram, anna)
    here, there = make.theme(bram, meeting.project, "Hier"), make.theme(bram, meeting.project, "Daar", position=1)
    card = Fragment.objects.get(number=1)
    move = make.move(bram, meeting, card, here)
    make.move(anna, meeting, card, there)
    with refused("Anna de Wit verplaatste kaartje 1 na u. Terugdraaien kan dan niet meer."):
        Board(meeting).undo(bram, move)
    assert Move.objects.count() == 2


def test_a_pile_with_cards_is_not_taken_away(anna, bram):
    meeting = make.together(bram, anna)
    theme = make.theme(bram, meeting.project, cards=[Fragment.objects.first()])
    with refused("In deze stapel liggen nog kaartjes"):
        Board(meeting).drop_theme(bram, theme)


def test_a_theme_that_went_to_the_beraad_stays_also_when_nothing_hangs_on_it(anna, bram):
    meeting = make.together(bram, anna)
    theme = make.theme(bram, meeting.project)
    meeting.project.note_fact("bundled", bram)
    with refused("Dit thema ging al naar het intern beraad"):
        Board(meeting).drop_theme(bram, theme)


def test_a_tag_says_upheld_or_harmed(anna, bram):
    make.make_round(bram)
    with refused("Kies of de waarde is waargemaakt of geschonden"):
        Tag.put(bram, Fragment.objects.first(), values.shared(bram, anna), "goed")


def test_an_empty_envelope_does_not_open(bram):
    project = make.bundled(bram)
    with refused("Uw envelop is nog leeg"):
        Deliberation.of(project).release_for(bram, project)


def test_a_released_envelope_takes_no_more_words(bram, dora):
    project = make.bundled(bram)
    theme = Theme.objects.of(project).first()
    make.answer(bram, theme)
    Deliberation.of(project).release_for(bram, project)
    with refused("Uw kant zei dat de envelop open mag"):
        make.answer(dora, theme, 2)
    Deliberation.of(project).take_back_for(bram, project)
    make.answer(dora, theme, 2)


def test_an_opened_answer_changes_no_more(anna, bram):
    theme = Theme.objects.of(make.deliberated(anna, bram)).first()
    with refused("De enveloppen zijn al open"):
        make.answer(bram, theme, 1, "Toch anders.")


def test_nobody_talks_before_the_envelopes_are_open(bram):
    theme = Theme.objects.of(make.bundled(bram)).first()
    with refused("De enveloppen van het intern beraad zijn nog dicht"):
        make.heard(bram, theme)
    with refused("De enveloppen van het intern beraad zijn nog dicht"):
        make.outcome(bram, theme)


def test_what_was_heard_has_words(anna, bram):
    theme = Theme.objects.of(make.deliberated(anna, bram)).first()
    with refused("Schrijf op wat u de ander hoorde zeggen"):
        make.heard(bram, theme, "   ")


def test_a_bundling_about_which_people_talk_stays_as_it_is(anna, bram):
    project = make.deliberated(anna, bram)
    meeting = make.session(bram, project, Stage.DONE, [anna])
    with refused("De dialoog over deze thema’s is al begonnen"):
        meeting.go_back(bram)


def test_only_the_council_hears_that_nobody_of_it_has_fresh_eyes(anna, bram, nico):
    project = rounds.project(bram, Phase.COLLECT)
    stories.interview(bram, project)
    project.phase = Phase.BUNDLE
    project.save()
    make.cards(bram, project, 3)
    meeting = make.session(bram, project, present=(anna, bram))
    assert any("frisse ogen" in sentence for sentence in meeting.warnings(bram, 3))
    # It would tell who held the conversations.
    assert meeting.warnings(anna, 3) == meeting.warnings(nico, 3) == []
