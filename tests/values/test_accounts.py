"""How a value lives: two voices about the daily work, dated and kept; and what a law gives."""

import re
from datetime import date, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dialoog.partnerships.models import Event
from tests.analysis import make as bundled
from tests.projects import make as projects
from tests.values import make
from values.models import StatutoryValue, ValueAccount, compare
from values.story import Figure, touches
from values.waiting import waiting


@pytest.fixture
def shared(bram, anna):
    return make.shared(bram, anna)


def at(day):
    return time_machine.travel(timezone.make_aware(datetime.fromisoformat(day)), tick=True)


def asked(seat):
    return [line.title for line in waiting(seat) if line.is_for(seat)]


def test_anna_explains_and_bram_answers_each_under_their_own_name(shared, anna, bram):
    make.account(anna, shared)
    account = make.account(bram, shared, "Van de tien mensen wachtten er drie langer.")
    assert account.municipality_account == "Wij bellen binnen twee dagen terug."
    assert account.council_answer == "Van de tien mensen wachtten er drie langer."
    assert (account.municipality_said_by, account.council_said_by) == (anna, bram)
    assert not account.changed_after_answer
    told = [event.sentence for event in Event.objects.visible_to(bram).about(shared)][:2]
    assert told == [
        "schreef wat de raad merkt van ‘Klantgerichtheid’ op de werkvloer",
        "legde uit hoe ‘Klantgerichtheid’ terugkomt op de werkvloer",
    ]


def test_neither_side_can_put_words_in_the_mouth_of_the_other(shared, anna, bram):
    make.account(anna, shared)
    account = make.account(bram, shared, "Dat merken wij.")
    account.write(bram, account.version, municipality_account="Wij doen niets.", council_answer="Dat merken wij nu.")
    account.write(anna, account.version, council_answer="Alles is goed.", municipality_account="Wij bellen in één dag.")
    assert account.municipality_account == "Wij bellen in één dag."
    assert account.council_answer == "Dat merken wij nu."
    account.restore(bram, account.version, 1)
    assert (account.council_answer, account.municipality_account) == ("", "Wij bellen in één dag.")
    assert account.council_said_by is None


def test_two_colleagues_who_begin_at_once_lose_no_word(shared, anna, joost):
    make.account(anna, shared, "Wij bellen terug.")
    late = ValueAccount.tell(joost, shared, "werkvloer", municipality_account="De balie is elke dag open.")
    kept = late.municipality_account + "".join(copy.yours for copy in late.conflicts)
    assert "Wij bellen terug." in kept
    assert "De balie is elke dag open." in kept


def test_an_account_belongs_to_a_value_of_both_sides(bram, anna):
    value = make.value(bram, anna, agreed=(bram,))
    with pytest.raises(ValidationError, match="Uitleg hoort bij een waarde van beide kanten samen"):
        make.account(anna, value)


def test_then_and_now_are_laid_side_by_side_with_what_differs(shared, anna, bram):
    with at("2027-03-01 10:00"):
        make.account(anna, shared, "Wij bellen binnen vijf dagen terug.")
    with at("2027-06-01 10:00"):
        make.account(bram, shared, "Dat is lang.")
    with at("2027-09-01 10:00"):
        make.account(anna, shared, "Wij bellen binnen twee dagen terug.")
    accounts = list(ValueAccount.objects.visible_to(bram).filter(value=shared))
    found = compare(accounts)
    assert (found.days, found.day) == ([date(2027, 3, 1), date(2027, 6, 1), date(2027, 9, 1)], date(2027, 3, 1))
    ((account, (council, municipality)),) = found.parts
    assert account.changed_after_answer
    assert ("gone", "vijf") in municipality.pieces
    assert ("new", "twee") in municipality.pieces
    assert (council.was_there, council.pieces) == (False, [("new", "Dat is lang.")])
    now = compare(accounts, date(2027, 9, 1)).parts[0][1]
    assert [kind for change in now for kind, _ in change.pieces] == ["same", "same"]


def test_who_has_not_spoken_is_asked_kindly_and_the_other_side_is_not(shared, anna, bram):
    assert "Hoe komt ‘Klantgerichtheid’ terug in uw werk?" in asked(anna)
    # Beside what waits for themselves, the council reads of the municipality, and nothing that speaks to it.
    theirs = [f"{line.title} {line.note}" for line in waiting(bram) if line.party == "municipality"]
    assert len(theirs) == 2 and not re.search(r"\bu(w)?\b", " ".join(theirs), re.I)
    make.account(anna, shared)
    assert "Hoe komt ‘Klantgerichtheid’ terug in uw werk?" not in asked(anna)
    assert "Wat merkt uw kant van de uitleg bij ‘Klantgerichtheid’?" in asked(bram)
    make.account(bram, shared, "Dat merken wij.")
    assert "Wat merkt uw kant van de uitleg bij ‘Klantgerichtheid’?" not in asked(bram)
    make.account(anna, shared, "Wij bellen nu in één dag terug.")
    assert "Wat merkt uw kant van de uitleg bij ‘Klantgerichtheid’?" in asked(bram)


def test_the_page_of_a_value_shows_both_voices_and_the_empty_places(shared, anna, bram, browse):
    make.account(anna, shared)
    text = browse(bram).at("values:detail", value=shared.pk).content.decode()
    assert "Wij bellen binnen twee dagen terug." in text
    assert "Hier staat nog niets van de raad." in text
    assert "Hier staat nog geen uitleg van de gemeente." in text
    answer = browse(bram).do("values:account", {"council_answer": "Dat klopt."}, value=shared.pk, part="werkvloer")
    assert answer.status_code == 302
    assert ValueAccount.objects.visible_to(anna).get(value=shared).council_answer == "Dat klopt."
    assert browse(bram).at("values:account", value=shared.pk, part="kelder").status_code == 404


def test_the_form_has_only_the_words_of_the_own_side(shared, anna, bram, browse):
    for seat, own, theirs in ((anna, "municipality_account", "council_answer"),
                              (bram, "council_answer", "municipality_account")):  # fmt: skip
        text = browse(seat).at("values:account", value=shared.pk, part="beleid").content.decode()
        assert f'name="{own}"' in text
        assert f'name="{theirs}"' not in text


def test_the_story_of_a_value_counts_cards_once_and_names_commitments(shared, bram, anna, dora):
    made = bundled.bundled(bram, themes=2, per_theme=2)
    made.note_fact("bundled", bram)
    cards = bundled.Fragment.objects.filter(project=made).order_by("number")
    for seat in (bram, dora):
        bundled.Tag.put(seat, cards[0], shared, "harmed")
    bundled.Tag.put(bram, cards[1], shared, "harmed")
    bundled.Tag.put(anna, cards[2], shared, "upheld")
    projects.commitment(bram, made, value=shared)
    told = touches(bram, [shared])[shared.pk]
    assert Figure.of(told) == Figure(upheld=1, harmed=2, rounds=1)
    (round_,) = [touch for touch in told if touch.is_about_cards]
    assert [sentence for sentence, _ in round_.parts] == [
        "Om hulp vragen voelt als schaamte",
        "Steeds weer dezelfde papieren",
    ]
    assert sum(touch.title.startswith("Afspraak: ") for touch in told) == 1
    cards[0].delete()
    assert Figure.of(touches(bram, [shared])[shared.pk]).harmed == 1


def test_cards_of_a_round_that_is_still_being_bundled_are_not_told_yet(shared, bram):
    meeting = bundled.together(bram)
    card = bundled.Fragment.objects.filter(project=meeting.project).first()
    bundled.Tag.put(bram, card, shared, "harmed")
    assert touches(bram, [shared])[shared.pk] == []
    meeting.project.note_fact("bundled", bram)
    assert Figure.of(touches(bram, [shared])[shared.pk]).harmed == 1


def test_the_page_of_a_value_asks_no_more_when_more_happened(shared, bram, anna, browse):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert browse(bram).at("values:detail", value=shared.pk).status_code == 200
        return len(caught)

    make.account(anna, shared)
    made = bundled.bundled(bram, themes=1, per_theme=3)
    made.note_fact("bundled", bram)
    cards = list(bundled.Fragment.objects.filter(project=made))
    bundled.Tag.put(bram, cards[0], shared, "harmed")
    make.review(anna, shared)
    projects.commitment(bram, made, value=shared)
    one = queries()
    for card in cards[1:]:
        bundled.Tag.put(bram, card, shared, "upheld")
    for number in range(4):
        make.review(anna, shared, title=f"Stuk {number}")
        projects.commitment(bram, made, value=shared)
    assert queries() == one


def test_a_statutory_value_has_a_law_and_nobody_says_yes_to_it(bram, anna, browse):
    make.shared(bram, anna)
    refused = browse(bram).do("values:note_statutory", {"name": "Maatwerk"})
    assert refused.status_code == 422
    assert "Zonder wet is het geen grondwaarde." in refused.content.decode()
    browse(bram).do("values:note_statutory", {"name": "Maatwerk", "law": "Participatiewet, artikel 18"})
    text = browse(anna).at("values:list").content.decode()
    assert "Een grondwaarde is gegeven, een gedeelde waarde is gekozen." in text
    part = text[text.index('id="grond"') : text.index('id="bijeenkomst"')]
    assert "Participatiewet, artikel 18" in part
    assert "Wij zeggen ja" not in part
    browse(anna).do("values:drop_statutory", statutory=StatutoryValue.objects.visible_to(anna).get().pk)
    assert "Participatiewet" not in browse(bram).at("values:list").content.decode()
