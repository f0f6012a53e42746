"""Writing side by side: every letter is kept, and reaches those who may read it and nobody else."""

import json
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from analysis.models import DeliberationAnswer, DialogueNote, Outcome, Theme
from dialoog.live.models import Bell
from dialoog.partnerships import shared_words
from dialoog.partnerships.merge import merge
from dialoog.partnerships.models import ConflictCopy, Event
from projects.models import Nod
from tests.analysis import make as bundling
from tests.projects import make as rounds
from tests.values import make


@pytest.fixture
def practice(bram, anna):
    return make.practice(bram, make.shared(bram, anna), "De rij")


def typed(browse, seat, practice, text, version=1, unit="behaviour"):
    data = {"unit": unit, "text": text, "version": version}
    return browse(seat).do("partnerships:type_in", data, kind="valuepractice", thing=practice.pk)


def typed_late(browse, seat, practice, text):
    """Typed on top of what stood there a minute ago, by somebody whose connection was away since."""
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        return typed(browse, seat, practice, text)


def told(seat, *topics):
    """What an open page of this person is told when these bells ring."""
    (messages,) = shared_words.tell([((seat.pk, "session"), list(topics))])
    return [(event, json.loads(data)) for event, data in messages]


def test_two_who_go_on_with_one_sentence_both_stay_in_it(browse, practice, bram, anna):
    typed(browse, bram, practice, "De rij is lang")
    answer = typed(browse, anna, practice, "De rij buiten").json()
    assert answer["texts"]["behaviour"] == "De rij is lang buiten" and not answer["copy"]
    # Bram goes on with the word he was at, from the version he saw last.
    answer = typed(browse, bram, practice, "De rij is langer dan ik", version=2).json()
    assert answer["texts"]["behaviour"] == "De rij is langer dan ik buiten"


def test_two_who_put_other_words_in_the_same_place_at_once_both_stay_whole(practice, bram, anna):
    """Each letter saves itself on top of what its writer saw last, as two open pages do."""
    practice.write(bram, 1, behaviour="Een gordijn helpt")
    seen = {bram: 2, anna: 2}
    his, hers = "scherm", "hoge muur"
    for number in range(1, len(hers) + 1):
        for seat, words in ((bram, his), (anna, hers)):
            if number > len(words):
                continue
            # The page lays what came in since around the word that its writer is at.
            base = practice._text_at(seen[seat])["behaviour"]
            before = words[: number - 1] if number > 1 else "gordijn"
            practice.type_in(seat, seen[seat], "behaviour", base.replace(before, words[:number], 1))
            seen[seat] = practice.version
    assert practice.behaviour == "Een scherm hoge muur helpt"
    # An answer that got lost brings nothing twice.
    practice.type_in(anna, 2, "behaviour", "Een hoge muur helpt")
    assert practice.behaviour == "Een scherm hoge muur helpt"
    assert practice.open_conflicts(anna) == []


def test_two_who_begin_with_the_same_word_at_once_each_begin_a_sentence(browse, practice, bram, anna):
    typed(browse, bram, practice, "De rij Die")
    answer = typed(browse, anna, practice, "De rij Die").json()
    assert answer["texts"]["behaviour"] == "De rij Die Die" and answer["after"]
    typed(browse, bram, practice, "De rij Die kent u.", version=2)
    answer = typed(browse, anna, practice, "De rij Die Die belt u.", version=3).json()
    assert answer["texts"]["behaviour"] == "De rij Die kent u. Die belt u." and not answer["after"]
    # Who stood at the end, or right before, a word that somebody is still typing does not change that word.
    assert merge("Resp", "RespG", "Respe", beside=True, at_once=True).text == "Respe G"
    assert merge("Resp", "GResp", "Respe", beside=True, at_once=True).text == "G Respe"
    # One was a letter further than the other.
    assert merge("", "Het", "Het d", beside=True, at_once=True).text == "Het d Het"
    # The same person's save that comes once more brings nothing twice.
    typed(browse, anna, practice, "De rij Die")
    practice.refresh_from_db()
    assert practice.behaviour == "De rij Die kent u. Die belt u."


def test_the_same_word_changed_twice_leaves_a_copy_that_both_see(browse, practice, bram, anna, nico):
    typed(browse, bram, practice, "De stoep")
    told = typed_late(browse, anna, practice, "De hal").json()
    assert told["copy"] and told["other"] == bram.name
    for seat in (bram, anna, nico):
        assert [copy.yours for copy in practice.open_conflicts(seat)] == ["De hal"]


def waiting(practice, seat):
    practice.refresh_from_db()
    return [copy.yours for copy in practice.open_conflicts(seat)]


def test_who_types_on_at_one_spot_leaves_one_copy_of_it(browse, practice, bram, anna):
    """Each save while somebody types a word that does not fit would otherwise be a panel of its own."""
    typed(browse, bram, practice, "De stoep")
    for half in ("De ha", "De hal", "De halve hal"):
        typed_late(browse, anna, practice, half)
    assert waiting(practice, bram) == ["De halve hal"]


def test_other_words_at_that_spot_stay_beside_it(browse, practice, bram, anna):
    typed(browse, bram, practice, "De stoep")
    for half in ("De hal", "De muur"):
        typed_late(browse, anna, practice, half)
    assert waiting(practice, bram) == ["De hal", "De muur"]


def test_a_late_retry_does_not_bring_half_a_word_back(browse, practice, bram, anna):
    typed(browse, bram, practice, "De stoep")
    for half in ("De ha", "De hal", "De hal"):
        typed_late(browse, anna, practice, half)
    assert waiting(practice, bram) == ["De hal"]


def test_nothing_waits_once_the_words_stand_in_the_text(browse, practice, bram, anna):
    typed(browse, bram, practice, "De stoep")
    typed_late(browse, anna, practice, "De hal")
    assert waiting(practice, anna) == ["De hal"]
    typed(browse, bram, practice, "De hal of de stoep", version=2)
    assert waiting(practice, anna) == []


def test_who_puts_an_older_text_back_decided_about_the_own_words_and_not_about_those_of_others(practice, bram, anna):
    practice.write(bram, 1, behaviour="De stoep")
    practice.write(anna, 1, behaviour="De hal")
    # Bram may have opened the older texts before Anna's words came in.
    practice.restore(bram, 2, 1)
    assert waiting(practice, bram) == ["De hal"]
    practice.write(bram, 3, behaviour="De stoep")
    practice.restore(anna, 4, 1)
    assert waiting(practice, bram) == []


def test_who_corrects_what_did_not_fit_is_not_kept_to_the_first_words(practice, bram, anna):
    practice.write(bram, 1, behaviour="De stoep")
    practice.write(anna, 1, behaviour="Wij gaan daar niet mee akkoord.")
    practice.write(anna, 1, behaviour="Wij gaan daar mee akkoord.")
    assert waiting(practice, bram) == ["Wij gaan daar mee akkoord."]


def test_what_is_longer_than_its_field_does_not_stay_beside_it_either(practice, bram, anna):
    practice.write(bram, 1, behaviour="De stoep")
    with pytest.raises(ValidationError, match="passen hooguit"):
        practice.write(anna, 1, behaviour="De hal! " * 50_000)


def test_two_forms_that_were_sent_apart_still_clash(practice, bram, anna):
    practice.write(bram, 1, behaviour="De rij is lang")
    assert practice.write(anna, 1, behaviour="De rij buiten")


def test_typing_on_is_one_line_in_the_history_and_one_version_to_go_back_to(browse, practice, bram, anna):
    events = Event.objects.count()
    text = "De rij"
    for number, piece in enumerate((" lui", "stert", " mee")):
        text += piece
        typed(browse, bram, practice, text, version=number + 1)
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        typed(browse, anna, practice, text + ". Altijd.", version=4)
    practice.refresh_from_db()
    latest, his, first = practice.versions()
    assert [(one.by, one.number) for one in (latest, his, first)] == [(anna, 5), (bram, 4), (bram, 1)]
    assert his.changes == [("wat ziet u dan gebeuren?", [("same", "De rij"), ("new", " luistert mee")])]
    assert Event.objects.count() == events + 2
    practice.restore(bram, practice.version, his.number)
    practice.refresh_from_db()
    assert practice.behaviour == "De rij luistert mee"


def test_what_was_wiped_out_while_typing_can_be_put_back(practice, bram):
    full = "De rij luistert mee, en wie iets wil zeggen loopt eerst weer naar buiten."
    for text in (full[:40], full, full[:50], full[:9], "Nee", "Nee, anders gezegd: het is er vol."):
        practice.type_in(bram, practice.version, "behaviour", text)
    latest, wiped, first = practice.versions()
    practice.restore(bram, practice.version, wiped.number)
    assert practice.behaviour == full and latest.changes[0][1] and first.number == 1


def test_what_stood_a_while_is_a_version_and_the_first_letter_is_none(browse, bram, anna):
    theme, began = Theme.of(bundling.deliberated(anna, bram))[0], timezone.now()
    steps = ["W", "Wachten", "Wachten mag korter.", "Wachten", "Wachten met koffie."]
    for number, (seconds, text) in enumerate(zip((0, 1, 2, 240, 241), steps, strict=True)):
        with time_machine.travel(began + timedelta(seconds=seconds), tick=False):
            data = {"unit": "insight", "version": number, "text": text}
            assert browse(anna).do("analysis:type_outcome", data, theme=theme.pk).status_code == 200
    outcome = Outcome.objects.get()
    latest, first = outcome.versions()
    outcome.restore(bram, outcome.version, first.number)
    assert outcome.insight == "Wachten mag korter." and latest.number == 5
    # A finished sentence that was wiped out at once is a version too, however short.
    for text in ("Bel ons.", "Bel o", "B", "Nee"):
        outcome.type_in(bram, outcome.version, "insight", text)
    wiped = next(one for one in outcome.versions() if ("new", "Bel ons.") in one.changes[0][1])
    outcome.restore(bram, outcome.version, wiped.number)
    assert outcome.insight == "Bel ons."


def test_an_hour_of_typing_does_not_become_thousands_of_versions(practice, bram, anna):
    began = timezone.now()
    for second in range(0, 400, 5):
        with time_machine.travel(began + timedelta(seconds=second), tick=False):
            practice.type_in(bram, practice.version, "behaviour", f"De rij {'lang ' * (second // 5)}{second}")
    assert practice.version == 81
    assert practice.history.count() < 50
    # Who still had one of the versions open that are gone loses nothing, and overwrites nothing.
    gone = next(number for number in range(2, 40) if not practice.history.filter(version=number).exists())
    with time_machine.travel(began + timedelta(seconds=400), tick=False):
        practice.type_in(anna, gone, "behaviour", "Altijd de rij")
    assert "395" in practice.behaviour and practice.open_conflicts(anna)
    assert [version.people for version in practice.versions()] == [[bram, anna], [bram]]


def test_two_who_typed_at_once_are_one_version_in_which_each_word_has_its_side(browse, practice, bram, anna):
    for text, seat in ((" is", bram), (" is lang", bram)):
        typed(browse, seat, practice, f"De rij{text}", version=practice.version)
        practice.refresh_from_db()
    for number, seat in enumerate((anna, bram, anna, bram)):
        typed(browse, seat, practice, f"{practice.behaviour} woord{number}", version=practice.version)
        practice.refresh_from_db()
    latest, first = practice.versions()
    assert (latest.people, first.people) == ([bram, anna], [bram])
    (change,) = latest.changes
    assert change[1] == [
        ("same", "De rij"),
        ("new council", " is lang"),
        ("new municipality", " woord0"),
        ("new council", " woord1"),
        ("new municipality", " woord2"),
        ("new council", " woord3"),
    ]
    page = browse(anna).at("values:practice_history", practice=practice.pk).content.decode()
    assert "nieuw van de gemeente: </span> woord0" in page and page.count("<li id=") == 2


@pytest.mark.parametrize(
    ("unit", "text", "sentence"),
    [
        ("behaviour", "  ", "mag niet leeg blijven"),
        ("value", "x", "bewaart zichzelf niet"),
        ("added_at", "x", "bewaart zichzelf niet"),
        ("place", "x" * 201, "200"),
    ],
)
def test_what_cannot_be_kept_is_said(browse, practice, anna, unit, text, sentence):
    answer = typed(browse, anna, practice, text, unit=unit)
    assert answer.status_code == 422 and sentence in answer.content.decode()


def test_only_kinds_that_save_themselves_have_this_door(browse, bram):
    for kind in ("member", "event", "valueview", "nonsense"):
        answer = browse(bram).do("partnerships:type_in", {"unit": "text", "text": "x"}, kind=kind, thing=uuid.uuid4())
        assert answer.status_code == 404


def test_a_reader_gets_the_words_and_who_wrote_them(browse, practice, bram, anna):
    typed(browse, bram, practice, "De rij is lang")
    ((event, words),) = told(anna, f"words-{practice.topic}")
    assert (event, words["version"], words["texts"]["behaviour"]) == ("words", 2, "De rij is lang")
    assert words["by"] == {"id": str(bram.pk), "name": "Bram Hoekstra", "party": "council", "fields": ["behaviour"]}


def test_who_writes_where_is_told_and_kept_nowhere(browse, practice, bram, anna):
    where = {"kind": "valuepractice", "thing": practice.pk}
    browse(bram).do("partnerships:type_in", {"unit": "place", "here": 1}, **where)
    topic = Bell.objects.latest("id").topic
    ((event, writing),) = told(anna, topic)
    assert (event, writing["field"], writing["by"]["name"], writing["gone"]) == ("writing", "place", bram.name, False)
    assert practice.history.count() == 1


@pytest.mark.promise("P1")
def test_words_reach_only_who_may_read_them(browse, practice, bram, anna, dora, nico, chris, gone):
    theme = Theme.of(bundling.bundled(bram))[0]
    sealed = DeliberationAnswer.put(bram, theme, 1, "Snoeppapier.", 0)
    for seat in (bram, dora):
        assert "Snoeppapier" in json.dumps(told(seat, sealed.topic))
    for seat in (anna, nico, chris, gone):
        assert told(seat, sealed.topic) == []
    assert told(anna, practice.topic) and not told(chris, practice.topic) and not told(gone, practice.topic)
    # A page asks by name; what it may not see answers as what is not there.
    here = f"here-{sealed.topic}-text-{bram.pk.hex}"
    assert told(chris, here) == []
    data = {"unit": "1", "text": "Wij weten het", "version": 1}
    where = {"kind": "deliberationanswer", "thing": sealed.pk}
    assert browse(anna).do("partnerships:type_in", data, **where).status_code == 404
    # The bell of a sealed text rings in its own side's channel only.
    sealed.tell_here(bram, "text")
    assert Bell.objects.latest("id").channel == bram.partnership.channel("council")


def test_reading_for_many_pages_asks_the_database_as_often_as_for_one(practice, bram, anna, dora, joost, nico):
    topic = f"words-{practice.topic}"
    one = [((bram.pk, "s"), [topic])]
    many = [((seat.pk, f"s{number}"), [topic]) for number in range(10) for seat in (bram, anna, dora, joost, nico)]
    asked = []
    for pages in (one, many):
        with CaptureQueriesContext(connection) as queries:
            assert all(shared_words.tell(pages))
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_listening_note_begins_with_the_first_letter_and_only_the_button_says_it_is_noted(browse, bram, anna):
    project = bundling.deliberated(anna, bram)
    theme = Theme.of(project)[0]
    data = {"unit": "heard", "version": 0, "text": "Dat"}
    answer = browse(bram).do("analysis:type_note", data, theme=theme.pk).json()
    assert answer["version"] == 1
    answer = browse(bram).do("analysis:type_note", data | {"version": 1, "text": "Dat het snel moet"}, theme=theme.pk)
    assert answer.json()["texts"] == {"heard": "Dat het snel moet"}
    project.refresh_from_db()
    assert not project.nods(Nod.About.LISTENED)
    DialogueNote.put(bram, theme, "Dat het snel moet", 2)
    assert DialogueNote.objects.get().heard == "Dat het snel moet"


def test_nobody_types_in_the_position_of_the_other_side(browse, bram, anna):
    theme = Theme.of(bundling.deliberated(anna, bram))[0]
    data = {"unit": "municipality_position", "version": 0, "text": "Wij geven toe."}
    assert browse(bram).do("analysis:type_outcome", data, theme=theme.pk).status_code == 422
    assert not Outcome.objects.exists()
    answer = browse(anna).do("analysis:type_outcome", data | {"text": "Dat kan."}, theme=theme.pk)
    assert answer.json()["texts"]["municipality_position"] == "Dat kan."


def test_a_commitment_keeps_its_reason_while_somebody_types(bram):
    kept = rounds.commitment(bram, rounds.project(bram))
    with pytest.raises(ValidationError, match="door welk thema"):
        kept.type_in(bram, kept.version, "because", " ")
    kept.type_in(bram, kept.version, "what", "Een tafel apart bij de uitgifte")
    kept.refresh_from_db()
    assert kept.what == "Een tafel apart bij de uitgifte"


@pytest.mark.parametrize(("route", "field"), [("type_note", "heard"), ("type_outcome", "insight")])
def test_what_is_typed_is_measured_from_the_first_letter_on(browse, bram, anna, route, field):
    bundling.deliberated(anna, bram)
    theme, kind = Theme.objects.first(), {"heard": DialogueNote, "insight": Outcome}[field]
    most = kind._meta.get_field(field).max_length
    for version, text, status in ((0, "a" * (most + 1), 422), (0, "Dat het moet", 200), (1, "a" * (most + 1), 422)):
        data = {"unit": field, "version": version, "text": text}
        answer = browse(bram).do(f"analysis:{route}", data, theme=theme.pk)
        assert answer.status_code == status
    assert f"passen hooguit {most} tekens" in answer.content.decode()
    assert getattr(kind.objects.get(), field) == "Dat het moet"


def test_copies_go_along_when_their_text_goes_along_with_something_else(bram, anna):
    projects = [rounds.project(bram), rounds.project(bram)]
    for project in projects:
        theme = bundling.theme(bram, project)
        theme.write(bram, 1, explanation="De stoep")
        theme.write(anna, 1, explanation="De hal")
    assert ConflictCopy.objects.count() == 2
    projects[0].delete()
    assert ConflictCopy.objects.get().thing_id == Theme.objects.get().pk
    type(projects[1]).objects.filter(pk=projects[1].pk).delete()
    assert not ConflictCopy.objects.exists()
