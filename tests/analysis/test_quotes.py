"""The words of tellers in the report: proposed by one side, seen by both, standing with two times yes."""

import pytest
from django.core.exceptions import ValidationError

from analysis import report
from analysis.models import Placing, Quote, sentences
from analysis.waiting import waiting
from dialoog.partnerships.models import Party
from projects.models import Phase
from tests.analysis import make
from tests.experiences import make as stories

TEXT = "Ik stond in de rij. Iedereen kon horen wat ik zei. Toen ben ik maar weer naar huis gegaan."


@pytest.fixture
def theme(bram, anna):
    project = make.project(bram, Phase.DIALOGUE)
    cards = [stories.fragment(project, number, text=TEXT, may_quote=True) for number in range(1, 7)]
    return make.theme(bram, project, cards=cards)


def card(theme, number=1):
    return next(one for one in theme.cards_now() if one.number == number)


def chosen(theme, bram, anna, number=1, places=(0,)):
    """A quote that both sides said yes to."""
    Quote.propose(bram, theme, card(theme, number), places)
    return Quote.propose(anna, theme, card(theme, number), places)


def in_report(theme, public=False):
    """The quotes under this theme in the report: the large one, the others, the counter-voice."""
    chapters = report.chapters(theme.project, public)
    (told,) = next(one.context["themes"] for one in chapters if one.slot == "themas")
    return [quote for quote in (told["big"], *told["quotes"], told["counter"]) if quote]


def refused(sentence):
    return pytest.raises(ValidationError, match=sentence)


def test_with_two_times_yes_exactly_these_sentences_stand_in_the_report(bram, anna, theme):
    Quote.propose(bram, theme, card(theme, 4), [1])
    assert "Iedereen kon horen wat ik zei." not in in_report(theme)
    Quote.propose(anna, theme, card(theme, 4), [1])
    assert in_report(theme) == ["Iedereen kon horen wat ik zei."]


def test_as_long_as_nobody_chose_the_report_takes_the_first(theme):
    assert len(in_report(theme)) == 4


def test_the_counter_voice_stands_apart_and_there_is_one(bram, anna, theme):
    first, second = chosen(theme, bram, anna, 1, [0]), chosen(theme, bram, anna, 2, [1])
    first.turn_counter(bram)
    second.turn_counter(anna)
    assert [quote.is_counter for quote in Quote.objects.of(theme)] == [False, True]
    assert in_report(theme)[-1] == "Iedereen kon horen wat ik zei."


@pytest.mark.parametrize(
    ("places", "sentence"),
    [([], "Kruis aan"), ([0, 2], "op elkaar volgen"), ([7], "Kruis aan")],
)
def test_sentences_that_do_not_follow_each_other_are_refused(bram, theme, places, sentence):
    with refused(sentence):
        Quote.propose(bram, theme, card(theme), places)


def test_only_what_may_be_quoted_and_lies_here_can_be_proposed(bram, theme):
    silent = stories.fragment(theme.project, 8, may_quote=False)
    with refused("niet .meer. bij dit thema"):
        Quote.propose(bram, theme, silent, [0])
    Placing.objects.create(partnership=bram.partnership, project=theme.project, fragment=silent, theme=theme)
    with refused("niet letterlijk worden aangehaald"):
        Quote.propose(bram, theme, silent, [0])


def test_a_theme_holds_four_quotes(bram, theme):
    for number in range(1, 5):
        Quote.propose(bram, theme, card(theme, number), [0])
    with refused("al 4 citaten"):
        Quote.propose(bram, theme, card(theme, 5), [0])


def test_other_sentences_ask_the_other_side_anew(bram, anna, theme):
    quote = chosen(theme, bram, anna)
    changed = Quote.propose(anna, theme, card(theme), [0, 1])
    assert changed.pk == quote.pk
    assert (changed.has_yes_of(Party.COUNCIL), changed.has_yes_of(Party.MUNICIPALITY)) == (False, True)


def test_a_side_takes_its_yes_back_and_without_any_yes_the_quote_is_gone(bram, anna, theme):
    quote = chosen(theme, bram, anna)
    quote.take_back(anna)
    assert not Quote.objects.get().is_chosen
    quote.take_back(bram)
    assert not Quote.objects.exists()


@pytest.mark.promise("P3")
def test_a_chosen_quote_falls_out_with_a_sentence_when_the_teller_takes_back_the_card(browse, bram, anna, theme):
    quote = chosen(theme, bram, anna, 1, [1])
    chosen(theme, bram, anna, 2, [0])
    card(theme, 1).withdraw(bram)
    assert in_report(theme) == ["Ik stond in de rij."]
    for seat in (anna, bram):
        page = browse(seat).at("analysis:quotes", theme=theme.pk).content.decode()
        assert "De verteller trok het kaartje terug" in page
        assert page.count("<blockquote>") == 1
    browse(anna).do("analysis:take_back_quote", quote=quote.pk)
    assert Quote.objects.count() == 1


def test_a_quote_falls_out_when_the_teller_no_longer_wants_to_be_quoted_and_when_its_card_lies_elsewhere(
    browse, bram, anna, theme
):
    chosen(theme, bram, anna, 1, [1])
    chosen(theme, bram, anna, 2, [2])
    chosen(theme, bram, anna, 3, [0])
    first, second = card(theme, 1), card(theme, 2)
    first.may_quote = False
    first.save()
    other = make.theme(bram, theme.project, "Een ander thema", position=1)
    Placing.objects.filter(fragment=second).update(theme=other)
    page = browse(bram).at("analysis:quotes", theme=theme.pk).content.decode()
    assert "wil niet meer worden aangehaald" in page and "ligt nu bij een ander thema" in page
    told = report.chapters(theme.project)[0].context["themes"][0]
    assert [told["big"], *told["quotes"], told["counter"]] == ["", "Ik stond in de rij.", ""]


def test_the_public_report_quotes_only_who_wanted_that_too(bram, anna, theme):
    chosen(theme, bram, anna, 1, [1])
    assert in_report(theme, public=True) == []
    one = card(theme, 1)
    one.may_publish = True
    one.save()
    assert in_report(theme, public=True) == ["Iedereen kon horen wat ik zei."]


def test_after_the_signing_nothing_is_chosen_any_more(bram, anna, theme):
    quote = chosen(theme, bram, anna)
    theme.project.note_fact("report_signed", bram)
    for act in (quote.take_back, quote.agree, quote.turn_counter):
        with refused("Het verslag is getekend"):
            act(bram)


def test_what_one_side_proposes_waits_for_the_other(bram, anna, theme):
    theme.project.note_fact("bundled", bram)
    Quote.propose(bram, theme, card(theme), [0])
    told = {one.party for one in waiting(anna) if "citaat" in one.title}
    assert told == {Party.MUNICIPALITY}


def test_choosing_without_a_script_and_a_refusal_keeps_the_ticks(browse, bram, anna, nico, theme):
    one = card(theme)
    answer = browse(bram).do("analysis:propose", {"card": one.pk, "sentence": ["0", "2"]}, theme=theme.pk)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "op elkaar volgen" in page and page.count(" checked") == 2
    browse(bram).do("analysis:propose", {"card": one.pk, "sentence": ["0", "1"]}, theme=theme.pk)
    quote = Quote.objects.get()
    page = browse(anna).at("analysis:quotes", theme=theme.pk).content.decode()
    assert "zei ja" in page and "Wij zeggen ja" in page and "Wij nog niet" in page
    browse(anna).do("analysis:agree_quote", {"seen": quote.seen}, quote=quote.pk)
    page = browse(nico).at("analysis:quotes", theme=theme.pk).content.decode()
    assert "Beide kanten zeiden ja" in page and "Stel voor" not in page


def test_the_sentences_of_a_card_are_whole():
    assert sentences("Ik ging. Zij zei: ‘Wat?’ en\nlachte! Ja") == ["Ik ging.", "Zij zei: ‘Wat?’ en lachte!", "Ja"]


def test_the_list_of_themes_says_how_many_quotes_stand(browse, bram, anna, theme):
    chosen(theme, bram, anna, 1)
    Quote.propose(bram, theme, card(theme, 2), [0])
    page = browse(anna).at("analysis:themes", project=theme.project_id).content.decode()
    assert "één gekozen" in page and "één voorgesteld" in page
