"""How much of what is planted in three hundred sentences lights up; and that the machine only ever proposes."""

import pytest
from django.core.exceptions import ValidationError

from experiences.models import FragmentDraft
from experiences.scan import scan
from projects.models import Phase
from tests.experiences import corpus, make
from tests.projects import make as rounds

PATTERNS = ("phone", "email", "postcode", "iban", "bsn", "birth", "date", "age")
LOOKED_UP = ("name", "street", "place")


def found_by_scan(text):
    return [(hit.kind, hit.start, hit.end) for hit in scan(text)]


@pytest.mark.promise("P8")
def test_what_is_planted_is_found(capsys):
    figures = corpus.measure(found_by_scan)
    planted, missed, wrong, right = figures
    with capsys.disabled():
        print("\n" + "\n".join(corpus.table(*figures)))
    assert len(list(corpus.sentences())) >= 300
    found = corpus.recall(planted, missed)
    assert [kind for kind in PATTERNS if found[kind] < 0.95] == []
    assert [kind for kind in LOOKED_UP if found[kind] < 0.8] == []
    assert sum(right.values()) / (sum(right.values()) + len(wrong)) > 0.9


@pytest.mark.promise("P8", control=True)
def test_a_finder_that_finds_half_is_seen():
    planted, missed, _, _ = corpus.measure(lambda text: [hit for hit in found_by_scan(text) if hit[1] > len(text) / 2])
    found = corpus.recall(planted, missed)
    assert all(found[kind] < 0.8 for kind in (*PATTERNS, *LOOKED_UP))


@pytest.mark.promise("P8")
def test_the_machine_never_says_that_a_card_may_cross(bram, dora):
    """A card in which nothing lights up still waits for a second reader; one in which something does cannot cross."""
    held = make.told(bram, rounds.project(bram, Phase.COLLECT))
    plain = make.draft(bram, held, text="Ik wachtte lang en niemand zei iets.")
    assert plain.undecided() == []
    plain.offer(bram, plain.version)
    assert plain.status == FragmentDraft.Status.READY and plain.approved_by is None
    lit = make.draft(bram, held, text="Mijn nummer is 111222333.")
    with pytest.raises(ValidationError, match="burgerservicenummer"):
        lit.offer(bram, lit.version)
    with pytest.raises(ValidationError):
        lit.leave(bram, lit.version, 1)


@pytest.mark.promise("P8")
def test_a_citizen_service_number_is_kept_while_typing_and_stops_whoever_is_done(browse, bram):
    held = make.told(bram, rounds.project(bram, Phase.COLLECT), text="Ze las mijn bsn 111222333 hardop voor.")
    answer = browse(bram).do("experiences:finish", interview=held.pk)
    assert answer.status_code == 422 and "burgerservicenummer" in answer.content.decode()
    held.refresh_from_db()
    assert held.finished_at is None
    page = browse(bram).at("experiences:interview", interview=held.pk).content.decode()
    assert "Ze las mijn bsn 111222333 hardop voor." in page and "leave:111222333" not in page
    browse(bram).do("experiences:swap", {"word": "happened:1:leave:111222333"}, interview=held.pk)
    browse(bram).do("experiences:swap", {"word": "happened:1:replace:111222333"}, interview=held.pk)
    assert browse(bram).do("experiences:finish", interview=held.pk).status_code == 302
    page = browse(bram).at("experiences:interview", interview=held.pk).content.decode()
    assert "Ze las mijn bsn een nummer hardop voor." in page


def test_an_official_of_this_table_becomes_the_function(browse, bram, joost, chris):
    text = "Mevrouw Jansen zei niets. Meneer Kramer wel, en Joost Kramer belde mij. Toen kwam meneer Terpstra."
    held = make.told(bram, rounds.project(bram, Phase.COLLECT), text=text)
    page = browse(bram).at("experiences:interview", interview=held.pk).content.decode()
    for words in ("Meneer Kramer", "Joost Kramer"):
        assert f"{words} → <b>de teamleider Inkomen</b>" in page
    for words in ("Mevrouw Jansen", "meneer Terpstra"):
        assert f"{words} → <b>iemand</b>" in page
    # On the card made from it the same, for whoever reads that.
    card = make.draft(bram, held, heading="Meneer Kramer belde terug", text=text)
    card.swap(bram, card.version, 1)
    assert card.heading == "De teamleider Inkomen belde terug"
    page = browse(bram).at("experiences:draft", draft=card.pk).content.decode()
    assert "de teamleider Inkomen" in page and "<b>iemand</b>" in page
