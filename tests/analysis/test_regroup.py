"""Piles that go up in another, cards that go apart, one's own last steps back, and what a move costs."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from analysis.models import Move, Placing, Quote, Regrouping, Stage, Tag, Theme, sentences, spans
from analysis.models.board import Board
from analysis.models.regroup import undo_last
from experiences.models import Fragment
from tests.analysis import make
from tests.analysis.test_pages import queries, text
from tests.values import make as values


def refused(sentence):
    return pytest.raises(ValidationError, match=sentence)


@pytest.fixture
def evening(anna, bram):
    """A board with two piles of two cards, and two cards on the table."""
    meeting = make.together(bram, anna)
    cards = list(Fragment.objects.filter(project=meeting.project).order_by("number"))
    make.theme(bram, meeting.project, "Schaamte", cards[:2])
    make.theme(bram, meeting.project, "Papieren", cards[2:4], position=1)
    return meeting


def lies(meeting):
    """The board in short: per pile its name and the numbers of its cards."""
    return {theme.label: sorted(p.fragment.number for p in theme.cards) for theme in Theme.of(meeting.project)}


def piles(meeting):
    return list(Theme.objects.of(meeting.project))


def test_two_piles_become_one_and_come_apart_again(evening, anna, bram):
    shame, papers = piles(evening)
    assert Regrouping.merge(Board(evening), bram, shame, papers).said == "‘Papieren’ is nu samen met ‘Schaamte’."
    assert lies(evening) == {"Schaamte": [1, 2, 3, 4]}
    assert shame.gone_up_here() == [papers]
    step = Regrouping.objects.get()
    papers.refresh_from_db()
    with refused("Deze stapel is samengevoegd en bewaart haar woorden"):
        Board(evening).drop_theme(anna, papers)
    with refused("U kunt alleen uw eigen zet terugdraaien"):
        step.undo(Board(evening), anna)
    # What somebody moved since stays where they laid it.
    make.move(anna, evening, Fragment.objects.get(number=4), None)
    said = step.undo(Board(evening), bram).said
    assert said == "Teruggedraaid: het samenvoegen. 1 kaartje bleef liggen: iemand verplaatste dat intussen."
    assert lies(evening) == {"Schaamte": [1, 2], "Papieren": [3]}
    with refused("Dit is al teruggedraaid"):
        step.undo(Board(evening), bram)
    assert [str(one) for one in Regrouping.objects.of(evening.project)] == [
        "Bram Hoekstra voegde ‘Papieren’ samen met ‘Schaamte’, en draaide dat terug"
    ]


def test_of_a_named_and_a_nameless_pile_the_name_stays(evening, bram):
    nameless = Board(evening).add_theme(bram)
    Regrouping.merge(Board(evening), bram, nameless, piles(evening)[0])
    assert set(lies(evening)) == {"Schaamte", "Papieren"}


def test_a_card_laid_on_a_pile_that_just_went_up_in_another_lies_there(evening, anna, bram):
    shame, papers = piles(evening)
    Regrouping.merge(Board(evening), bram, shame, papers)
    said = Board(evening).move(anna, Fragment.objects.get(number=5), papers, 0).said
    assert said == "Kaartje 5 ligt nu bij ‘Schaamte’."
    assert lies(evening) == {"Schaamte": [1, 2, 3, 4, 5]}


def test_two_who_join_the_same_piles_crosswise_end_with_one_pile(evening, anna, bram):
    shame, papers = piles(evening)
    Regrouping.merge(Board(evening), bram, shame, papers)
    assert Regrouping.merge(Board(evening), anna, papers, shame).said == "Deze stapels zijn al samen: ‘Schaamte’."
    assert lies(evening) == {"Schaamte": [1, 2, 3, 4]}


def test_a_pile_is_split_once_however_often_it_is_sent_and_comes_together_again(evening, bram):
    shame, key = piles(evening)[0], make.key()
    cards = Fragment.objects.filter(number=2)
    for _ in range(2):
        Regrouping.split(Board(evening), bram, shame, cards, "De rij luistert mee", key)
    assert lies(evening) == {"Schaamte": [1], "Papieren": [3, 4], "De rij luistert mee": [2]}
    undo_last(Board(evening), bram)
    assert lies(evening) == {"Schaamte": [1, 2], "Papieren": [3, 4]}


def test_splitting_lays_something_apart_and_leaves_something(evening, bram):
    shame = piles(evening)[0]
    with refused("Kruis aan welke kaartjes apart gaan"):
        Regrouping.split(Board(evening), bram, shame, Fragment.objects.filter(number=5))
    with refused("Laat minstens één kaartje liggen"):
        Regrouping.split(Board(evening), bram, shame, Fragment.objects.all())
    assert not Regrouping.objects.exists()


def test_what_went_to_the_beraad_is_not_merged_and_the_page_says_so(evening, bram, browse):
    evening.project.note_fact("bundled", bram)
    with refused("Deze thema’s gingen al naar het intern beraad"):
        Regrouping.merge(Board(evening), bram, *piles(evening))
    told = text(browse(bram).at("analysis:regroup", session=evening.pk, theme=piles(evening)[0].pk))
    assert "gingen al naar het intern beraad" in told and "Met welke stapel?" not in told


def test_a_split_after_the_beraad_goes_back_first_and_its_pile_stays_empty(evening, bram):
    shame, papers = piles(evening)
    evening.project.note_fact("bundled", bram)
    make.move(bram, evening, Fragment.objects.get(number=5), papers)
    Regrouping.split(Board(evening), bram, shame, Fragment.objects.filter(number=2), "De rij")
    # Somebody's own hand on the card does not keep it there.
    make.move(bram, evening, Fragment.objects.get(number=2), papers)
    assert undo_last(Board(evening), bram).said == "Kaartje 2 ligt weer bij ‘De rij’."
    assert undo_last(Board(evening), bram).said == "Teruggedraaid: het splitsen. De stapel ‘De rij’ blijft leeg liggen."
    assert lies(evening) == {"Schaamte": [1, 2], "Papieren": [3, 4, 5], "De rij": []}
    assert undo_last(Board(evening), bram).said == "Kaartje 5 ligt weer op tafel."
    assert Regrouping.objects.get().told == "splitste ‘Schaamte’, en draaide dat terug"


def test_chosen_quotes_go_along_with_their_card(evening, anna, bram):
    shame, papers = piles(evening)
    card = papers.cards_now()[0]
    card.may_quote = True
    card.save()
    quote = Quote.propose(bram, papers, card, [0])
    Regrouping.merge(Board(evening), bram, shame, papers)
    quote.refresh_from_db()
    assert quote.theme == shame
    undo_last(Board(evening), bram)
    quote.refresh_from_db()
    assert quote.theme == papers


def test_ones_own_last_steps_go_back_one_by_one(evening, anna, bram):
    papers, card = piles(evening)[1], Fragment.objects.get(number=1)
    make.move(bram, evening, card, papers)
    make.move(bram, evening, card, None)
    assert undo_last(Board(evening), bram).said == "Kaartje 1 ligt weer bij ‘Papieren’."
    assert undo_last(Board(evening), bram).said == "Kaartje 1 ligt weer bij ‘Schaamte’."
    with refused("Er is niets van u dat terug kan"):
        undo_last(Board(evening), bram)
    assert lies(evening) == {"Schaamte": [1, 2], "Papieren": [3, 4]}


def test_a_last_step_that_cannot_go_back_is_said_and_no_other_goes_in_its_place(evening, anna, bram, browse):
    shame, papers = piles(evening)
    card = Fragment.objects.get(number=5)
    make.move(bram, evening, Fragment.objects.get(number=1), papers)
    make.move(bram, evening, card, shame)
    make.move(anna, evening, card, papers)
    with refused("Anna de Wit verplaatste kaartje 5 na u. Terugdraaien kan dan niet meer."):
        undo_last(Board(evening), bram)
    assert lies(evening) == {"Schaamte": [2], "Papieren": [1, 3, 4, 5]}
    told = text(browse(bram).at("analysis:board", session=evening.pk))
    assert "iemand anders verplaatste kaartje 5 na u" in told and "Draai mijn laatste zet terug" not in told
    # Who took their own step back left everything as it was.
    undo_last(Board(evening), anna)
    assert undo_last(Board(evening), bram).said == "Kaartje 5 ligt weer op tafel."


def test_merging_and_splitting_by_plain_forms(evening, anna, bram, browse):
    shame, papers = piles(evening)
    theirs, where = browse(anna), {"session": evening.pk}
    page = text(theirs.at("analysis:regroup", theme=papers.pk, **where))
    assert "Met welke stapel? Schaamte 2 kaartjes" in page
    told = text(theirs.do("analysis:merge", {"theme": shame.pk, "other": papers.pk}, follow=True, **where))
    assert "‘Papieren’ is nu samen met ‘Schaamte’." in told
    assert "Deze stapel is samengevoegd" in text(theirs.at("analysis:theme", theme=papers.pk))
    assert "Hierin opgegaan Papieren" in text(theirs.at("analysis:theme", theme=shame.pk))
    data = {"theme": shame.pk, "card": [str(card.pk) for card in shame.cards_now()[:2]], "sentence": "De rij"}
    answer = theirs.do("analysis:split", data | {"key": make.key()}, follow=True, **where)
    assert "Er liggen 2 kaartjes nu apart bij ‘De rij’." in text(answer)
    assert answer.redirect_chain[0][0].endswith(f"#{Theme.objects.get(sentence='De rij').topic}")
    assert "Draai mijn laatste zet terug" in text(theirs.at("analysis:session", project=evening.project_id))
    theirs.do("analysis:undo_last", **where)
    assert lies(evening) == {"Schaamte": [1, 2, 3, 4]}


def cost(act):
    with CaptureQueriesContext(connection) as caught:
        act()
    return len(caught)


def test_one_move_costs_the_same_after_three_moves_and_after_three_hundred(evening, anna, bram, browse):
    shame, papers = piles(evening)
    card = Fragment.objects.get(number=1)

    def lay_once(number):
        return cost(lambda: make.move((anna, bram)[number % 2], evening, card, (papers, shame)[number % 2]))

    costs = [lay_once(number) for number in range(3)]
    before = queries(browse(bram), "analysis:board", session=evening.pk)
    rows = Move.objects.filter(fragment=card)
    Move.objects.bulk_create(
        Move(partnership=bram.partnership, project=evening.project, fragment=card, by=anna, version=1, at=rows[0].at)
        for _ in range(300)
    )
    assert max(lay_once(number) for number in (3, 4)) <= max(costs)
    assert queries(browse(bram), "analysis:board", session=evening.pk) == before
    last = rows.latest("at")
    assert cost(lambda: Board(evening).undo(last.by, last)) < 25


# ---- Words on values, in some sentences


def test_sentences_and_their_places_agree():
    told = "  Ik wachtte.  Niemand kwam!\nEn toen… ging ik naar huis.  "
    assert sentences(told) == ["Ik wachtte.", "Niemand kwam!", "En toen… ging ik naar huis."]
    assert [" ".join(told[begin:end].split()) for begin, end in spans(told)] == sentences(told)
    assert spans("   ") == [] == sentences("   ")


def test_a_word_is_about_some_sentences_or_about_the_whole_card(evening, anna, bram):
    card, value = Fragment.objects.get(number=1), values.shared(bram, anna)
    tag = Tag.put(bram, card, value, "harmed", [1])
    assert tag.words_in(card.text) == "Toen ben ik maar weer naar huis gegaan."
    assert card.text[slice(*tag.span())] == "Toen ben ik maar weer naar huis gegaan."
    whole = Tag.put(bram, card, value, "harmed", [0, 1])
    assert (whole.pk, whole.is_passage, whole.words_in(card.text)) == (tag.pk, False, "")
    for wrong in ([7], [0, 9]):
        with refused("Die zin staat niet op dit kaartje"):
            Tag.put(bram, card, value, "harmed", wrong)


def test_only_what_the_two_sides_see_differently_is_disputed_and_it_comes_to_the_dialogue(
    anna, bram, dora, joost, browse
):
    project = make.deliberated(anna, bram)
    theme = Theme.objects.of(project).first()
    first, second = theme.cards_now()
    value = values.shared(bram, anna)
    Tag.put(bram, first, value, "harmed")
    Tag.put(dora, first, value, "upheld")
    Tag.put(anna, second, value, "harmed")
    Tag.put(bram, second, value, "harmed")
    assert Tag.objects.visible_to(nobody := anna).disputed([first, second]) == []
    assert "verschillend" not in text(browse(nobody).at("analysis:talk", theme=theme.pk))
    Tag.put(joost, second, value, "not")
    (found,) = Tag.objects.visible_to(anna).disputed([first, second])
    assert (found[0], found[1].value) == (second, value)
    # 'Not about that' is no count of harm or of good.
    assert Tag.counted([first, second]) == [{"value": value.name, "upheld": 1, "harmed": 2}]
    for seat in (anna, bram):
        page = text(browse(seat).at("analysis:talk", theme=theme.pk))
        assert "Hier ziet u een waarde verschillend" in page and "Joost Kramer : speelt hier niet" in page
        assert "Eén kaartje waarover u verschillend denkt" in text(
            browse(seat).at("analysis:dialogue", project=project.pk)
        )


def test_who_agrees_says_the_same_of_the_same_sentences(evening, anna, bram, browse):
    card, value = Fragment.objects.get(number=1), values.shared(bram, anna)
    Tag.put(bram, card, value, "harmed", [1])
    page = browse(anna).at("analysis:card", fragment=card.pk)
    assert "Dat vind ik ook" in text(page) and 'name="sentence" value="1"' in page.content.decode()
    browse(anna).do("analysis:tag", {"value": value.pk, "stake": "harmed", "sentence": ["1"]}, fragment=card.pk)
    assert Tag.objects.get(by=anna).first == 1
    assert "Dat vind ik ook" not in text(browse(anna).at("analysis:card", fragment=card.pk))
    answer = browse(anna).do("analysis:tag", {"stake": "harmed"}, fragment=card.pk)
    assert answer.status_code == 422 and "Kies eerst om welke waarde het gaat." in text(answer)


def test_board_and_card_ask_as_much_with_one_word_as_with_many(table, anna, bram, dora, joost, browse, evening):
    card = Fragment.objects.get(number=1)
    value = values.shared(bram, anna)
    Tag.put(bram, card, value, "harmed")
    browser = browse(bram)
    routes = {"analysis:board": {"session": evening.pk}, "analysis:card": {"fragment": card.pk}}
    before = {route: queries(browser, route, **kwargs) for route, kwargs in routes.items()}
    for seat in (anna, dora, joost):
        for one in Fragment.objects.all():
            Tag.put(seat, one, value, "upheld", [0])
    assert {route: queries(browser, route, **kwargs) for route, kwargs in routes.items()} == before
    assert Placing.objects.count() == 4
    assert evening.stage == Stage.TOGETHER
