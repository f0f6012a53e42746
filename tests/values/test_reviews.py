"""A draft ordinance, read value by value: both voices, the findings beside it, the report and the paper."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from dialoog.partnerships.templatetags.dialoog import dutch_date
from tests.analysis import make as bundled
from tests.values import make
from values import paper
from values.models import PolicyReview, ReviewPoint
from values.report import chapters
from values.story import touches
from values.waiting import waiting


@pytest.fixture
def shared(bram, anna):
    return make.shared(bram, anna)


@pytest.fixture
def draft(shared, anna):
    return make.review(anna, shared)


def test_a_draft_comes_with_the_values_of_both_sides_ticked(shared, anna, bram, browse):
    browser = browse(anna)
    form = browser.at("values:bring_review").context["form"]
    assert form.initial["values"] == [shared.pk]
    sent = {"sort": "ordinance", "title": "Verordening", "about": "Wie krijgt wat.", "values": [shared.pk]}
    key = {"key": str(form.initial["key"])}
    assert browser.do("values:bring_review", sent | key).status_code == 302
    assert browser.do("values:bring_review", sent | key).status_code == 302
    made = PolicyReview.objects.visible_to(bram).get()
    assert [point.value for point in made.points()] == [shared]
    none = browser.do("values:bring_review", {"sort": "ordinance", "title": "Nog een", "about": "Iets."})
    assert "Kies ten minste één waarde." in none.content.decode()


def test_a_draft_needs_a_value(anna):
    with pytest.raises(ValidationError, match="Kies ten minste één waarde"):
        make.review(anna)


def test_anna_says_how_it_serves_and_bram_whether_it_chafes_and_why(draft, shared, anna, bram, browse):
    point = make.point(draft, shared)
    browse(anna).do(
        "values:point", {"version": 1, "municipality_serves": "Artikel 8: één aanspreekpunt."}, point=point.pk
    )
    # What people told lies beside the words, also when there is none of it yet.
    assert "Nog geen ronde raakte deze waarde." in browse(bram).at("values:point", point=point.pk).content.decode()
    sent = {"version": 2, "council_verdict": "chafes", "council_why": "Wie geen DigiD heeft, komt er niet in."}
    assert browse(bram).do("values:point", sent, point=point.pk).status_code == 302
    point.refresh_from_db()
    assert (point.municipality_said_by, point.council_said_by) == (anna, bram)
    assert point.get_council_verdict_display() == "Schuurt"
    text = browse(anna).at("values:review", review=draft.pk).content.decode()
    # What a side may change stands under its own words, not under those of the other.
    assert "acts--municipality" in text and "acts--council" not in text
    assert "Wie geen DigiD heeft, komt er niet in." in text
    assert "Artikel 8: één aanspreekpunt." in text
    # Before the first word there is nothing to bring back.
    history = browse(anna).at("values:point_history", point=point.pk).content.decode()
    assert "Hier stond nog niets." in history and history.count("Zet deze tekst terug") == 1
    # In the story of the value what the council said has its own day, not the day on which the draft came.
    draft.brought_at -= timedelta(days=5)
    draft.save()
    (touch,) = touches(anna, [shared])[shared.pk]
    assert touch.note == f"De raad zei op {dutch_date(point.council_said_at)}: schuurt."


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"council_verdict": "chafes"}, "Schrijf op waarom u dat vindt."),
        ({"council_why": "Wij twijfelen."}, "Kies ook"),
    ],
)
def test_a_verdict_and_its_why_come_together(draft, shared, bram, browse, sent, sentence):
    point = make.point(draft, shared)
    answer = browse(bram).do("values:point", {"version": 1, **sent}, point=point.pk)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    with pytest.raises(ValidationError, match=sentence):
        point.write(bram, 1, **sent)
    assert not make.point(draft, shared).has_spoken("council")


def test_a_side_never_writes_in_the_words_of_the_other(draft, shared, anna, bram):
    point = make.point(draft, shared)
    point.write(anna, 1, council_verdict="serves", council_why="Mooi stuk.", municipality_serves="Artikel 8.")
    assert (point.council_verdict, point.municipality_serves) == ("", "Artikel 8.")
    point.write(bram, point.version, municipality_serves="Nergens.", council_verdict="neutral", council_why="Te vroeg.")
    assert (point.council_verdict, point.municipality_serves) == ("neutral", "Artikel 8.")


def test_beside_a_value_stands_what_people_told(draft, shared, bram, browse):
    made = bundled.bundled(bram, themes=1)
    made.note_fact("bundled", bram)
    for card in bundled.Fragment.objects.filter(project=made):
        bundled.Tag.put(bram, card, shared, "harmed")
    text = browse(bram).at("values:review", review=draft.pk).content.decode()
    assert "Geschonden in 2 kaartjes." in text
    assert "Om hulp vragen voelt als schaamte" in text


def test_it_comes_in_the_report_when_both_want_it_and_leaves_when_one_does_not(draft, bram, anna):
    running = bundled.project(bram)

    def told():
        return [chapter.title for chapter in chapters(running) if chapter.title.startswith("In de maak")]

    draft.speak(bram, True)
    assert told() == []
    draft.speak(anna, True)
    assert told() == ["In de maak: Verordening minimaregelingen"]
    draft.speak(bram, False)
    assert told() == []


def test_a_helper_has_no_say_in_what_comes_in_the_report(draft, nico):
    with pytest.raises(ValidationError, match="Alleen een kant zelf kan zeggen"):
        draft.speak(nico, True)


def test_a_value_added_later_gets_its_place_and_what_was_said_stays(draft, shared, bram, anna, browse):
    point = make.point(draft, shared)
    point.write(anna, 1, municipality_serves="Artikel 8.")
    view = make.Value.propose(bram, make.uuid.uuid4(), "Geduld", "Tijd nemen.")
    sent = {"sort": "ordinance", "title": draft.title, "about": draft.about, "version": draft.version}
    browse(bram).do(
        "values:change_review", sent | {"result": "Artikel 5 draait om.", "values": [view.pk]}, review=draft.pk
    )
    assert {one.value.name for one in ReviewPoint.objects.filter(review=draft)} == {"Klantgerichtheid", "Geduld"}
    draft.refresh_from_db()
    assert draft.result == "Artikel 5 draait om."


def test_each_side_is_asked_to_read_along_until_it_spoke(draft, shared, anna, bram):
    def asked(seat):
        return f"Meelezen: {draft.title}" in [line.title for line in waiting(seat) if line.is_for(seat)]

    assert asked(anna)
    assert asked(bram)
    make.point(draft, shared).write(bram, 1, council_verdict="serves", council_why="Eén aanspreekpunt.")
    assert (asked(anna), asked(bram)) == (True, False)


def test_its_paper_is_made_for_whoever_sees_it_and_names_organisations_only(draft, shared, anna, bram, browse):
    point = make.point(draft, shared)
    point.write(anna, 1, municipality_serves="Artikel 8.")
    html = paper.review_html(bram, draft)
    assert "Artikel 8." in html
    assert "Cliëntenraad Oosterhage" in html
    assert anna.name not in html
    assert browse(bram).at("values:review_pdf", review=draft.pk)["Content-Type"] == "application/pdf"
