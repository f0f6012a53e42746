"""The intern beraad saves itself while somebody writes, and drops nobody's words."""

import pytest

from analysis.models import Deliberation, DeliberationAnswer, Theme
from tests.analysis import make


@pytest.fixture
def theme(bram, anna):
    return Theme.of(make.bundled(bram))[0]


def keep(browse, seat, theme, text, version=0, unit=1):
    """What the page sends while this person writes."""
    data = {"unit": unit, "version": version, "text": text}
    return browse(seat).do("analysis:save_answer", data, theme=theme.pk)


def test_what_is_written_is_kept_and_the_reply_tells_what_stands_there(browse, bram, theme):
    first = keep(browse, bram, theme, "Mensen wachten.").json()
    assert (first["version"], first["texts"]["text"], first["copy"]) == (1, "Mensen wachten.", False)
    again = keep(browse, bram, theme, "Mensen wachten lang.", first["version"]).json()
    assert (again["version"], again["texts"]["text"]) == (2, "Mensen wachten lang.")
    assert DeliberationAnswer.objects.get().text == "Mensen wachten lang."


def test_two_of_one_side_who_write_at_once_both_find_their_words(browse, bram, dora, theme):
    keep(browse, bram, theme, "Mensen wachten in de rij.")
    keep(browse, bram, theme, "Mensen wachten lang in de rij.", 1)
    told = keep(browse, dora, theme, "Mensen wachten in de rij, buiten.", 1).json()
    assert told["texts"]["text"] == "Mensen wachten lang in de rij, buiten." and not told["copy"]


def test_two_who_begin_the_same_answer_lose_nothing(browse, bram, dora, theme):
    keep(browse, bram, theme, "De rij luistert mee.")
    told = keep(browse, dora, theme, "Iedereen hoort het.").json()
    kept = DeliberationAnswer.objects.get()
    assert not told["copy"]
    assert kept.text == told["texts"]["text"] == "De rij luistert mee. Iedereen hoort het."


def test_an_empty_answer_makes_nothing(browse, bram, theme):
    assert keep(browse, bram, theme, "  ").json()["version"] == 0
    assert not DeliberationAnswer.objects.exists()


@pytest.mark.promise("P1")
def test_the_other_side_learns_nothing_of_what_is_being_written(browse, anna, bram, theme):
    keep(browse, bram, theme, "Snoeppapier.")
    assert keep(browse, anna, theme, "Onze kant.").json()["texts"]["text"] == "Onze kant."
    assert "Snoeppapier" not in browse(anna).at("analysis:answer", theme=theme.pk).content.decode()
    assert "Snoeppapier" in browse(bram).at("analysis:answer", theme=theme.pk).content.decode()


@pytest.mark.parametrize(
    ("unit", "text", "sentence"),
    [(9, "Ja.", "Deze vraag is er niet"), ("x", "Ja.", "Deze vraag is er niet"), (1, "a" * 4001, "hooguit 4000")],
)
def test_what_cannot_be_kept_is_said(browse, bram, theme, unit, text, sentence):
    answer = keep(browse, bram, theme, text, unit=unit)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_after_the_yes_of_the_own_side_nothing_is_kept_and_the_sentence_says_why(browse, bram, theme):
    keep(browse, bram, theme, "Klaar.")
    Deliberation.of(theme.project).release_for(bram, theme.project)
    answer = keep(browse, bram, theme, "Klaar!", 1)
    assert answer.status_code == 422 and "Neem dat eerst terug" in answer.content.decode()
