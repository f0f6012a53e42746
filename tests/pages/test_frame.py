"""The frame that every page stands in."""

import re
from datetime import timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone

from dialoog.partnerships.models import Event


def text(answer):
    return answer.content.decode()


def drawn(source, **context):
    return Template("{% load dialoog %}" + source).render(Context(context))


def test_each_side_finds_its_own_word_in_the_menu(browse, bram, anna, nico):
    entries = {}
    for seat in (bram, anna, nico):
        menu = re.search(r'<nav class="nav".*?</nav>', text(browse(seat).at("start")), re.S).group()
        entries[seat.party] = re.findall(r"<a [^>]*>([^<]+)</a>", menu)
    # The last ones show on a phone only, where the foot of a page is far away.
    after = ["De ronde", "Afspraken", "Overleg", "Uw gegevens", "Hulp", "Uitloggen", "Sluit menu"]
    assert entries["council"] == ["Start", "Waarden", "Gesprekken", *after]
    assert entries["municipality"] == entries["neutral"] == ["Start", "Waarden", "Kaartjes", *after]


def test_the_page_says_whose_seat_it_is_and_whose_dialogue(browse, bram):
    page = text(browse(bram).at("start"))
    assert f'{bram.name}<span class="seat-side">, cliëntenraad</span>' in page
    assert bram.partnership.council_name in page and bram.partnership.municipality_name in page
    assert page.count('aria-current="page"') == 1


def test_a_theme_of_the_municipality_puts_its_class_on_the_page(browse, bram, table):
    assert '<html lang="nl">' in text(browse(bram).at("start"))
    table.theme_class = "voorbeeld-theme"
    table.save()
    assert '<html lang="nl" class="voorbeeld-theme">' in text(browse(bram).at("start"))


def test_not_found_holds_nothing_of_the_request_or_of_the_one_who_asks(browse, bram, anna):
    pages = {browse(seat).get(path).content for seat in (bram, anna) for path in ("/weg/", "/een/ander/adres/?x=1")}
    assert len(pages) == 1
    page = pages.pop().decode()
    assert "Deze pagina is er niet" in page
    assert "csrf" not in page and "Hoofdmenu" not in page


def test_help_is_open_to_who_has_not_logged_in(anonymous, browse, bram):
    assert anonymous.get("/hulp/").status_code == 200
    assert anonymous.get("/hulp/").content.count(b"<h1") == 1
    assert "/hulp/" in text(browse(bram).at("start"))


@pytest.mark.parametrize(
    ("party", "shape"), [("council", "<circle"), ("municipality", "M1.8 1.8"), ("neutral", "M8 1.2"), ("both", "M7.2")]
)
def test_each_side_has_a_shape_of_its_own(party, shape):
    assert shape in drawn("{% mark party %}", party=party)


def test_a_full_half_has_said_yes():
    mark = drawn("{% halves council=True municipality=False label='Wij zeiden ja, de gemeente nog niet' %}")
    assert 'class="c"' in mark and 'class="m open"' in mark
    assert 'role="img" aria-label="Wij zeiden ja, de gemeente nog niet"' in mark
    assert 'aria-hidden="true"' in drawn("{% halves council=True municipality=True %}")


def test_moments_are_said_as_people_say_them():
    now = timezone.localtime().replace(hour=9, minute=5)
    said = {days: drawn("{{ m|dutch_moment }}", m=now - timedelta(days=days)) for days in (0, 1, -1)}
    assert said == {0: "vandaag om 9.05 uur", 1: "gisteren om 9.05 uur", -1: "morgen om 9.05 uur"}
    assert drawn("{{ m|dutch_moment }}{{ m|dutch_date }}", m=None) == ""


def test_dates_carry_the_year_only_when_it_is_another():
    day = timezone.localdate()
    assert not re.search(r"\d{4}", drawn("{{ d|dutch_date }}", d=day))
    assert drawn("{{ d|dutch_date }}", d=day.replace(year=2019, month=10, day=8)) == "dinsdag 8 oktober 2019"


def test_history_says_who_did_what(bram, anna, table):
    Event.record(anna, "regelde de zaal")
    events = Event.objects.visible_to(bram)
    part = drawn("{% include 'ui/_history.html' %}", events=events)
    assert "Anna de Wit regelde de zaal" in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", part))
    assert "nog niets gebeurd" in drawn("{% include 'ui/_history.html' %}", events=events.none())


def test_a_live_region_names_its_topics_and_its_page(rf):
    request = rf.get("/oosterhage/waarden/?a=1&b=2")
    assert drawn("{% live 'value envelope' %}", request=request) == (
        'data-hears="value envelope" data-live="/oosterhage/waarden/?a=1&amp;b=2"'
    )


def test_help_names_every_step_and_every_link_of_its_contents_leads_somewhere(anonymous):
    page = text(anonymous.get("/hulp/"))
    contents = re.search(r'<nav class="help-toc".*?</nav>', page, re.S).group()
    targets = re.findall(r'href="#([a-z]+)"', contents)
    assert len(targets) == 10 and [t for t in targets if f'<section id="{t}"' not in page] == []
    assert len(re.findall(r"> \d\. ", page)) == 9
