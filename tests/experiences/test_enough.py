"""Knowing when it is enough: whom the council spoke and missed, what no longer brings anything new, where time goes."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dialoog.partnerships.models import Event
from experiences import report
from experiences.models import (
    Band,
    Seeking,
    SharedSpread,
    Spread,
    TellerTraits,
    TimeEntry,
    Trait,
    hours,
    quarters,
    saturation,
)
from experiences.models.time import Quarter
from projects.models import Phase
from tests.experiences import make
from tests.projects import make as rounds


@pytest.fixture
def project(bram, anna):
    return rounds.project(bram, Phase.COLLECT)


def heard(seat, project, *bands):
    """A conversation with somebody who falls in these bands."""
    held = make.told(seat, project)
    for band in bands:
        make.falls_in(seat, held, band)
    return held


def numbers(project, trait):
    return [(line.name, line.number) for line in Spread(project).lines(trait)]


# Traits, and the picture


def test_each_click_puts_a_teller_in_a_band_and_the_same_click_takes_it_back(bram, project):
    trait = make.trait(bram, project)
    alone, together, _ = trait.bands
    held = heard(bram, project, alone)
    assert numbers(project, trait) == [("alleen", 1), ("samen", 0), ("met kinderen", 0)]
    make.falls_in(bram, held, together)
    assert numbers(project, trait) == [("alleen", 0), ("samen", 1), ("met kinderen", 0)]
    make.falls_in(bram, held, together)
    assert numbers(project, trait) == [("alleen", 0), ("samen", 0), ("met kinderen", 0)]


def test_what_was_chosen_lies_in_the_vault_and_goes_when_the_teller_withdraws(bram, project):
    trait = make.trait(bram, project)
    held = heard(bram, project, trait.bands[0])
    row = TellerTraits.objects.get(teller=held.teller)
    assert str(trait.bands[0].pk).encode() not in bytes(row.sealed)
    held.teller.withdraw(bram)
    assert not TellerTraits.objects.filter(teller=held.teller_id).exists()
    assert numbers(project, trait)[0] == ("alleen", 0)


def test_nothing_is_noted_about_somebody_who_said_no_or_withdrew(bram, project):
    trait = make.trait(bram, project)
    bare = make.interview(bram, project)
    with pytest.raises(ValidationError, match="geen toestemming"):
        make.falls_in(bram, bare, trait.bands[0])
    held = make.told(bram, project)
    held.teller.withdraw(bram)
    with pytest.raises(ValidationError, match="trok dit gesprek in"):
        make.falls_in(bram, held, trait.bands[0])


def test_the_picture_names_the_bands_of_which_nobody_was_heard(bram, project):
    trait = make.trait(bram, project)
    assert Spread(project).missing() == []
    heard(bram, project, trait.bands[0])
    heard(bram, project)
    told = Spread(project)
    assert [(one.name, names) for one, names in told.missing()] == [("Huishouden", ["samen", "met kinderen"])]
    assert [str(one) for one in told.unknown()] == ["Gesprek 2"]


def test_two_traits_crossed_show_every_combination_also_the_empty_ones(bram, project):
    home, age = make.trait(bram, project), make.trait(bram, project, "Leeftijd", ("jong", "oud"))
    heard(bram, project, home.bands[0], age.bands[1])
    heard(bram, project, home.bands[0], age.bands[1])
    heard(bram, project, home.bands[2], age.bands[0])
    grid = Spread(project).grid(home, age)
    told = [(label, [cell.number for cell in cells]) for label, cells in grid]
    assert told == [("alleen", [0, 2]), ("samen", [0, 0]), ("met kinderen", [1, 0])]


def test_places_and_ways_are_counted_from_the_conversations_themselves(bram, project):
    make.interview(bram, project, place="home", approach="somebody")
    make.interview(bram, project, place="home")
    make.interview(bram, project, place="library", declined=True)
    told = Spread(project)
    assert [(line.name, line.number) for line in told.places()] == [("Bij iemand thuis", 2)]
    assert [line.number for line in told.approaches()] == [1, 1, 0]


@pytest.mark.parametrize(
    ("name", "bands", "sentence"),
    [
        ("", ("a", "b"), "korte naam"),
        ("Leeftijd", ("jong",), "ten minste twee groepen"),
        ("Leeftijd", ("jong", "Jong"), "heten hetzelfde"),
        ("Leeftijd", [str(n) for n in range(9)], "hooguit 8 groepen"),
        ("Leeftijd", ("jong", "o" * 41), "te lang"),
        ("Leeftijd", ("jong", "geboren 12-03-1961"), "wijst naar één mens"),
        ("huishouden", ("a", "b"), "staat er al"),
    ],
)
def test_a_trait_that_helps_nobody_is_refused_with_a_sentence(bram, project, name, bands, sentence):
    make.trait(bram, project)
    with pytest.raises(ValidationError, match=sentence):
        Trait.choose(bram, project, name, bands)
    assert Trait.objects.count() == 1


def test_a_band_gets_another_name_and_keeps_its_people_and_a_chosen_band_does_not_go(bram, project):
    trait = make.trait(bram, project)
    alone, together, children = trait.bands
    heard(bram, project, alone)
    trait.change(bram, "Thuis", {alone.pk: "op zichzelf", together.pk: ""}, ["met anderen"])
    trait = Trait.of(project)[0]
    assert numbers(project, trait) == [("op zichzelf", 1), ("met kinderen", 0), ("met anderen", 0)]
    with pytest.raises(ValidationError, match="al bij een gesprek gekozen"):
        trait.change(bram, "Thuis", {alone.pk: ""})
    assert Band.objects.filter(pk=children.pk).exists()


def test_a_closed_round_keeps_its_traits(bram, project):
    trait = make.trait(bram, project)
    project.phase, project.closed_by, project.closed_at = Phase.CLOSED, bram, timezone.now()
    project.save()
    for act in (trait.drop, lambda seat: make.trait(seat, project, "Taal")):
        with pytest.raises(ValidationError, match="afgesloten"):
            act(bram)


def test_the_picture_costs_as_many_queries_for_many_conversations_as_for_few(bram, browse, project):
    trait = make.trait(bram, project)
    browser = browse(bram)

    def asked():
        with CaptureQueriesContext(connection) as seen:
            assert browser.at("experiences:spread", project=project.pk).status_code == 200
        return len(seen)

    heard(bram, project, trait.bands[0])
    asked()
    few = asked()
    for _ in range(6):
        heard(bram, project, trait.bands[1])
    assert asked() == few


# What both sides may know


@pytest.mark.promise("P4")
def test_both_sides_read_only_groups_of_enough_people_once_collecting_is_over(browse, anna, bram, project):
    home, age = make.trait(bram, project), make.trait(bram, project, "Leeftijd", ("jong", "oud"))
    for _ in range(4):
        heard(bram, project, home.bands[0], age.bands[0])
    for _ in range(3):
        heard(bram, project, home.bands[1])
    last = heard(bram, project, home.bands[2], age.bands[1])
    with pytest.raises(ValidationError, match="als het ophalen voorbij is"):
        SharedSpread.give(bram, project)
    project.phase = Phase.DELIBERATE
    project.save()
    given = SharedSpread.give(bram, project)
    # One who lives with children would be found by taking the seven others from the eight: so three are hidden too.
    assert given.lines == [["Huishouden", ["alleen"]], ["Leeftijd", ["jong"]]]
    page = browse(anna).at("experiences:fragments", project=project.pk).content.decode()
    assert "Huishouden" in page and "alleen" in page and "geen steekproef" in page
    assert "samen" not in page.partition("Wie de")[2].partition("</section>")[0]
    assert "met kinderen" not in page
    # Who withdraws afterwards changes nothing in it: a difference would tell who that was.
    last.teller.withdraw(bram)
    assert SharedSpread.give(bram, project).lines == given.lines
    told = next(chapter.context for chapter in report.chapters(project) if chapter.slot == "luisteren")
    assert told["spread"] == given.lines


@pytest.mark.promise("P4", control=True)
def test_the_council_itself_counts_to_the_last_person(browse, bram, project):
    trait = make.trait(bram, project)
    heard(bram, project, trait.bands[2])
    page = browse(bram).at("experiences:spread", project=project.pk).content.decode()
    assert "met kinderen" in page and '<span class="count">1</span>' in page


def test_the_others_find_neither_the_picture_nor_the_note_nor_the_time(browse, anna, nico, bram, project):
    make.helper(bram, project, nico)
    make.seeking(bram, project)
    for seat in (anna, nico):
        assert browse(seat).at("experiences:spread", project=project.pk).status_code == 404
        assert browse(seat).at("experiences:time").status_code == 404
    assert Trait.objects.visible_to(anna).count() == TimeEntry.objects.visible_to(anna).count() == 0
    assert browse(bram).at("experiences:spread", project=project.pk).status_code == 200


def test_a_helper_clicks_but_sees_no_picture(browse, nico, bram, project):
    make.helper(bram, project, nico)
    trait = make.trait(bram, project)
    held = make.told(bram, project)
    answer = browse(nico).do("experiences:who", {"band": str(trait.bands[0].pk)}, interview=held.pk)
    assert answer.status_code == 302
    assert TellerTraits.chosen(held) == {str(trait.pk): str(trait.bands[0].pk)}
    assert "Bekijk wie u nog mist" not in browse(nico).at("experiences:who", interview=held.pk).content.decode()


# The pages, without a script


def test_from_a_suggestion_to_a_filled_grid(browse, anna, bram, project):
    browser = browse(bram)
    page = browser.at("experiences:traits", project=project.pk).content.decode()
    assert "Neem over" in page
    browser.do("experiences:traits", {"suggestion": "Leeftijd"}, project=project.pk)
    data = {"name": "Vervoer", "more_1": "fiets", "more_2": "bus"}
    browser.do("experiences:traits", data, project=project.pk)
    age, ride = Trait.of(project)
    held = make.told(bram, project)
    for band in (age.bands[1], ride.bands[0]):
        browser.do("experiences:who", {"band": str(band.pk)}, interview=held.pk)
    page = browser.at("experiences:spread", project=project.pk).content.decode()
    assert "nog niemand ‘18 tot 27 jaar’, ‘45 tot 65 jaar’ of ‘65 jaar en ouder’" in page
    assert "Twee kenmerken samen" in page and "%" not in page
    assert not Event.objects.visible_to(anna).about(project).filter(sentence__contains="vervoer").exists()
    assert Event.objects.visible_to(bram).about(project).filter(sentence__contains="vervoer").exists()


def test_a_form_with_one_group_comes_back_with_what_was_typed(browse, bram, project):
    answer = browse(bram).do("experiences:traits", {"name": "Vervoer", "more_1": "fiets"}, project=project.pk)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "ten minste twee groepen" in page and 'value="fiets"' in page


def test_the_note_keeps_both_texts_when_two_write_at_once(browse, bram, dora, project):
    seeking = make.seeking(bram, project, "Kofi vraagt het.")
    browse(bram).do("experiences:seek", {"plan": "Kofi vraagt het morgen.", "version": 1}, project=project.pk)
    answer = browse(dora).do("experiences:seek", {"plan": "Ria vraagt het.", "version": 1}, project=project.pk)
    seeking = Seeking.objects.get(pk=seeking.pk)
    assert "morgen" in seeking.plan
    assert "Ria" in seeking.plan or answer.status_code == 409


# Saturation


def stories(seat, project, number):
    return [make.told(seat, project) for _ in range(number)]


def test_below_six_stories_one_can_be_enough_and_nobody_is_stopped(bram, project):
    stories(bram, project, 5)
    assert saturation(project) == "Eén verhaal kan genoeg zijn."


def test_before_there_are_themes_the_word_of_whoever_was_there_counts(browse, bram, project):
    held = stories(bram, project, 6)
    assert saturation(project) == ""
    browser = browse(bram)
    for one in held[4:]:
        browser.do("experiences:who", {"new": "nee"}, interview=one.pk)
    assert saturation(project) == "Bij de laatste 2 gesprekken hoorde u niets nieuws."
    assert "Bij de laatste 2 gesprekken" in browser.at("experiences:list").content.decode()
    browser.do("experiences:who", {"new": "ja"}, interview=held[5].pk)
    assert saturation(project) == "Bij het laatste gesprek hoorde u nog iets nieuws."
    browser.do("experiences:who", {"new": "ja"}, interview=held[5].pk)
    assert saturation(project) == ""


# Time


def test_one_click_writes_time_down_and_a_double_click_writes_it_once(browse, bram):
    key = "3b1f8f0e-6c0e-4a66-9d8a-5f0d8f4f7a11"
    for _ in range(2):
        browse(bram).do("experiences:note_time", {"went_to": "papers", "minutes": "30", "key": key})
    assert list(TimeEntry.objects.values_list("went_to", "minutes")) == [("papers", 30)]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"went_to": "papers", "minutes": "0"}, "Vul in hoe lang het duurde"),
        ({"went_to": "elders", "minutes": "30"}, "geldige keuze"),
        ({"went_to": "papers", "minutes": "30", "spent_on": "2999-01-01"}, "moet nog komen"),
    ],
)
def test_time_that_cannot_be_is_refused_with_a_sentence(browse, bram, data, sentence):
    answer = browse(bram).do("experiences:note_time", data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not TimeEntry.objects.exists()


def test_conversations_come_in_by_themselves_for_each_council_member_who_was_there(bram, dora, nico, project):
    make.interview(bram, project, interviewers=[bram, dora, nico], minutes=40)
    make.time(dora, "municipality", 90)
    (now,) = quarters(bram.partnership)
    assert (now.clients, now.municipality, now.papers) == (80, 90, 0)


def test_each_quarter_stands_apart_newest_first(bram):
    today = timezone.localdate()
    make.time(bram, "papers", 30)
    make.time(bram, "clients", 60, today - timedelta(days=100))
    make.time(bram, "clients", 60, today - timedelta(days=800))
    told = quarters(bram.partnership)
    assert [(one.clients, one.papers) for one in told] == [(0, 30), (60, 0)]
    assert told[0].first > told[1].first


@pytest.mark.parametrize(
    ("clients", "municipality", "sentence"),
    [
        (0, 0, "Nog geen tijd met cliënten of met de gemeente opgeschreven."),
        (600, 640, "Ongeveer net zo veel tijd met cliënten als met de gemeente."),
        (200, 600, "Ongeveer drie keer zo veel tijd met de gemeente als met cliënten."),
        (0, 60, "Alleen tijd met de gemeente, nog geen met cliënten."),
        (60, 1000, "Veel meer tijd met de gemeente dan met cliënten."),
        (140, 100, "Meer tijd met cliënten dan met de gemeente."),
    ],
)
def test_the_question_is_answered_in_words(bram, clients, municipality, sentence):
    quarter = Quarter(date(2026, 10, 1), TimeEntry.words(bram.partnership), clients, municipality)
    assert quarter.answer == sentence


def test_nobody_reads_how_much_somebody_else_did(browse, bram, dora):
    make.time(bram, "papers", 240)
    page = browse(dora).at("experiences:time").content.decode()
    assert "4 uur" in page and "Bram" not in page and "Iets verkeerd aangeklikt" not in page
    assert "Iets verkeerd aangeklikt" in browse(bram).at("experiences:time").content.decode()
    assert not Event.objects.filter(thing_kind="timeentry").exists()
    entry = TimeEntry.objects.get()
    with pytest.raises(ValidationError, match="Alleen wie dit opschreef"):
        entry.drop(dora)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 uur"), (20, "20 minuten"), (30, "een half uur"), (60, "1 uur"), (150, "2,5 uur"), (480, "8 uur")],
)
def test_time_is_told_as_people_say_it(minutes, words):
    assert hours(minutes) == words


def test_when_the_stories_of_a_round_are_past_their_time_the_picture_still_opens_without_their_traits(
    browse, bram, project
):
    trait = make.trait(bram, project)
    heard(bram, project, trait.bands[0]).teller.expire()
    assert not TellerTraits.objects.exists()
    page = browse(bram).at("experiences:spread", project=project.pk)
    assert page.status_code == 200 and numbers(project, trait)[0] == ("alleen", 0)
