"""The municipality asks for advice: its own until it is sent, then it waits as an advice does."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from dialoog.advice import paper
from dialoog.advice.agenda import open_items
from dialoog.advice.models import Advice, Enquiry
from dialoog.advice.waiting import waiting
from dialoog.letters import LettersToday
from dialoog.live.models import Bell
from dialoog.partnerships.models import Event
from dialoog.report import year
from tests.advice import make
from tests.advice.test_models import at
from tests.advice.test_pages import queries
from tests.values import make as values
from values.story import touches


def answer(council, enquiry):
    """An advice of one point that was written for this and went out."""
    return make.sent(council, enquiry=enquiry)


@pytest.mark.promise("S1")
def test_a_draft_of_a_question_is_nowhere_for_the_council_nor_for_the_helper(bram, nico, anna, joost, table):
    def known(seat):
        lines = [line.title for line in waiting(seat)]
        return Enquiry.objects.visible_to(seat).count(), Event.objects.visible_to(seat).count(), lines

    make.asked(anna)
    before = {seat: known(seat) for seat in (bram, nico)}
    Bell.objects.all().delete()
    make.enquiry(anna, title="Kwikstaart")
    assert set(Bell.objects.values_list("channel", flat=True)) == {table.channel("municipality")}
    assert {seat: known(seat) for seat in (bram, nico)} == before
    assert known(anna) == known(joost) != known(bram)


def test_anna_asks_and_bram_answers_with_an_advice_that_is_asked_for_by_itself(bram, anna, browse):
    town, council = browse(anna), browse(bram)
    value = values.shared(bram, anna)
    due = timezone.localdate() + timedelta(weeks=6)
    sent = {"title": "De balie", "question": "Wat is nodig?", "due": due.isoformat(), "values": [value.pk]}
    town.do("advice:ask", sent)
    enquiry = Enquiry.objects.visible_to(anna).get()
    assert "De balie" not in council.at("advice:list").content.decode()
    town.do("advice:send_enquiry", {"seen": enquiry.seen}, enquiry=enquiry.pk)
    read = council.at("advice:enquiry", enquiry=enquiry.pk).content.decode()
    assert "Wat is nodig?" in read and "Schrijf een advies" in read and "Trek de vraag in" not in read
    assert town.do("advice:change_enquiry", {"title": "Anders"}, enquiry=enquiry.pk).status_code == 422
    form = council.at("advice:respond", enquiry=enquiry.pk).content.decode()
    assert 'value="De balie"' in form and 'name="sort"' not in form
    council.do("advice:respond", {"title": "De balie", "opening": "U vroeg het."}, enquiry=enquiry.pk)
    advice = Advice.objects.visible_to(bram).get()
    # Who comes second goes on where the first began; the municipality cannot tell that anybody began.
    assert council.at("advice:respond", enquiry=enquiry.pk).url == advice.address(bram)
    assert "in de maak" in council.at("advice:enquiry", enquiry=enquiry.pk).content.decode()
    assert "in de maak" not in town.at("advice:enquiry", enquiry=enquiry.pk).content.decode()
    assert [(line.verb, line.url) for line in waiting(bram)] == [("Schrijf verder", advice.address(bram))]
    assert [(line.verb, line.url) for line in waiting(anna)] == [("Antwoord", enquiry.address(anna))]
    make.point(bram, advice)
    council.do("advice:send", {"seen": advice.seen}, advice=advice.pk)
    told = town.at("advice:detail", advice=advice.pk).content.decode()
    assert "Gevraagd advies van de cliëntenraad" in told and "Wat is nodig?" in told
    assert "Beantwoord op" in town.at("advice:enquiry", enquiry=enquiry.pk).content.decode()
    assert [line.title for line in waiting(bram)] == ["Antwoord op het advies: De balie"]


def test_silence_of_either_side_is_told_in_the_same_way(bram, anna, browse):
    with at("2027-03-01 10:00"):
        enquiry, advice = make.asked(anna), make.sent(bram)
        assert enquiry.due == advice.reply_due == date(2027, 4, 12)
        assert enquiry.clock == "Er is nog geen advies. De gemeente hoopt het uiterlijk maandag 12 april te hebben."
    with at("2027-04-13 10:00"):
        assert enquiry.is_late and advice.is_late
        assert enquiry.clock == "Er is nog geen advies. De gemeente hoopte het uiterlijk maandag 12 april te hebben."
        assert (enquiry.silence, advice.silence) == ("Nog geen advies.", "Nog geen antwoord.")
        # The same lines for whoever looks: one waits for the council, one for the municipality, both are late.
        for seat in (anna, bram):
            assert [(line.party, line.due) for line in waiting(seat)] == [
                ("council", enquiry.due), ("municipality", advice.reply_due)
            ]  # fmt: skip
        assert [(one.kind, one.party) for one in open_items(enquiry.partnership)] == [
            ("enquiry", "council"), ("advice", "municipality")
        ]  # fmt: skip


def test_the_council_says_in_a_sentence_that_it_gives_no_advice(bram, anna, browse):
    enquiry = make.asked(anna)
    draft = make.advice(bram, enquiry=enquiry)
    sent = {"why": "Hierover spraken wij niemand."}
    assert "begon al aan dit advies" in browse(bram).do("advice:decline", sent, enquiry=enquiry.pk).content.decode()
    draft.discard(bram)
    with pytest.raises(ValidationError, match="Schrijf op waarom u geen advies geeft"):
        enquiry.decline(bram, " ")
    assert browse(bram).do("advice:decline", sent, enquiry=enquiry.pk).status_code == 302
    told = browse(anna).at("advice:enquiry", enquiry=enquiry.pk).content.decode()
    assert "Hierover geven wij geen advies" in told and "Hierover spraken wij niemand." in told
    enquiry.refresh_from_db()
    assert enquiry.clock.endswith("op dezelfde dag: de cliëntenraad geeft geen advies.")
    assert waiting(bram) == waiting(anna) == open_items(enquiry.partnership) == []
    for act in (
        lambda: enquiry.decline(bram, "Nog eens."),
        lambda: enquiry.recall(anna, "Toch niet."),
        lambda: make.advice(bram, enquiry=enquiry),
    ):
        with pytest.raises(ValidationError, match="al beantwoord"):
            act()


def test_a_recalled_question_stays_readable_and_the_advice_may_still_be_given_unasked(bram, anna, browse):
    enquiry = make.asked(anna)
    advice = make.advice(bram, enquiry=enquiry)
    assert advice.sort == Advice.Sort.ASKED
    with pytest.raises(ValidationError, match="Schrijf op waarom u de vraag intrekt"):
        enquiry.recall(anna, "")
    browse(anna).do("advice:recall", {"why": "De verhuizing gaat niet door."}, enquiry=enquiry.pk)
    told = browse(bram).at("advice:enquiry", enquiry=enquiry.pk).content.decode()
    assert "De verhuizing gaat niet door." in told and "Schrijf een advies" not in told
    advice = Advice.objects.with_people().get()
    assert "Dan is het ongevraagd." in browse(bram).at("advice:detail", advice=advice.pk).content.decode()
    advice.send(bram)
    assert advice.sort_told == "Ongevraagd advies" and advice.sort == Advice.Sort.OWN
    assert "ingetrokken op" in paper.advice_html(advice)
    enquiry.refresh_from_db()
    assert enquiry.is_recalled and not enquiry.is_answered


def test_each_side_keeps_to_its_own_acts(bram, anna, nico):
    draft, sent = make.enquiry(anna), make.asked(anna)
    for act, sentence in (
        (lambda: make.enquiry(bram), "schrijft de gemeente"),
        (lambda: draft.send(bram), "schrijft de gemeente"),
        (lambda: draft.discard(nico), "schrijft de gemeente"),
        (lambda: sent.recall(bram, "Nee."), "Alleen de gemeente"),
        (lambda: sent.decline(anna, "Nee."), "zegt de raad"),
        (lambda: draft.decline(bram, "Nee."), "nog niet verstuurd"),
        (lambda: sent.discard(anna), "al verstuurd"),
        (lambda: sent.write(anna, sent.version, question="Anders?"), "Wat erin staat, blijft staan"),
        (lambda: make.advice(bram, enquiry=draft), "nog niet verstuurd"),
    ):
        with pytest.raises(ValidationError, match=sentence):
            act()
    make.advice(bram, enquiry=sent)
    with pytest.raises(ValidationError, match="begon hier al aan"):
        make.advice(bram, enquiry=sent)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.filter(pk=sent.pk).update(recalled_why="Zomaar.")
    late = make.enquiry(anna, days=-1)
    with pytest.raises(ValidationError, match="Kies een dag die nog komt"):
        late.send(anna)


def test_who_is_asked_gets_a_letter_that_says_nothing_of_what_is_asked(
    bram, dora, gone, anna, joost, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        enquiry = make.asked(anna)
    assert {letter.to[0] for letter in mail.outbox} == {bram.user.email, dora.user.email}
    letter = mail.outbox[0]
    assert letter.subject == "Er ligt iets nieuws in Dialoog"
    for body in (letter.body, letter.alternatives[0][0]):
        assert f"/advies/vraag/{enquiry.pk}/" in body and enquiry.title not in body and enquiry.question not in body
    # The other way round in the same words.
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        answer(bram, enquiry)
    assert {letter.to[0] for letter in mail.outbox} == {anna.user.email, joost.user.email}
    assert mail.outbox[0].subject == letter.subject


def test_a_letter_to_the_other_side_is_told_whatever_else_went_there_today_and_who_gets_none_is_named(
    bram, dora, anna, browse, django_capture_on_commit_callbacks
):
    for _ in range(Enquiry.MOST_MAIL):
        LettersToday(anna, bram.user.email, most=Enquiry.MOST_MAIL).take()
    with django_capture_on_commit_callbacks(execute=True):
        make.asked(anna)
    assert {letter.to[0] for letter in mail.outbox} == {bram.user.email, dora.user.email}
    for _ in range(Enquiry.MOST_MAIL):
        LettersToday(anna, bram.user.email, "advice", Enquiry.MOST_MAIL).take()
    enquiry = make.enquiry(anna)
    sent = browse(anna).do("advice:send_enquiry", {"seen": enquiry.seen}, enquiry=enquiry.pk, follow=True)
    said = f"Geen e-mail vandaag voor {bram}: daarheen gingen er al 10. Laat het zelf weten."
    assert said in sent.content.decode() and str(dora) not in said


def test_the_letters_the_year_and_a_value_tell_of_the_question(bram, anna, browse):
    value, enquiry = values.shared(bram, anna), make.enquiry(anna)
    enquiry.values.add(value)
    assert anna.name not in paper.enquiry_html(enquiry) and "Concept" in paper.enquiry_html(enquiry)
    enquiry.send(anna)
    (touch,) = touches(bram, [value])[value.pk]
    assert (touch.title, touch.party) == ("Vraag om advies: De nieuwe brieven", "municipality")
    html = paper.enquiry_html(enquiry)
    assert "Waar moeten wij op letten?" in html and f">{value.name}</span>." in html and anna.name in html
    assert anna.name not in html.partition("</head>")[0]
    now = timezone.localdate().year
    assert ("adviesvraag", 1) in year.told(bram, now, public=False)["counts"]
    assert enquiry.title in year.overview(bram, now, public=False)
    assert enquiry.title not in year.overview(bram, now, public=True)
    html = paper.advice_html(answer(bram, enquiry))
    assert "<dt>Uw vraag</dt>" in html and ": De nieuwe brieven</dd>" in html


def test_a_question_takes_the_same_queries_however_many_there_are(bram, anna, browse):
    first = make.asked(anna)
    browser = browse(bram)
    browser.at("start")

    def taken(enquiry):
        pages = (("advice:list", {}), ("advice:enquiry", {"enquiry": enquiry.pk}), ("start", {}))
        return [queries(browser, route, **kwargs) for route, kwargs in pages]

    few = taken(first)
    last = [make.asked(anna, title=f"Vraag {number}") for number in range(4)][-1]
    assert taken(last) == few


def test_the_day_is_proposed_by_the_habit_of_the_table_and_must_still_come(anna, browse, table):
    table.reply_weeks = 4
    table.save()
    browser = browse(anna)
    page = browser.at("advice:ask").content.decode()
    assert f'value="{timezone.localdate() + timedelta(weeks=5)}"' in page and "ten minste vier weken vanaf" in page
    sent = {"title": "De balie", "question": "Wat is nodig?"}
    for due, said in (("2020-01-01", "is al geweest"), ("2090-01-01", "binnen twee jaar"), ("", "Kies een dag.")):
        assert said in browser.do("advice:ask", sent | {"due": due}).content.decode()


def test_the_council_gets_as_long_as_the_municipality_has_itself_or_reads_why_not(anna, bram, browse):
    soon = timezone.localdate() + timedelta(weeks=2)
    sent = {"title": "De balie", "question": "Wat is nodig?", "due": soon.isoformat()}
    tip = "De cliëntenraad krijgt zo minder tijd dan u zelf hebt voor een antwoord: zes weken."
    refused = browse(anna).do("advice:ask", sent)
    assert (refused.status_code, tip in refused.content.decode()) == (422, True)
    browse(anna).do("advice:ask", sent | {"go_on": "on", "go_on_reason": "De gemeenteraad besluit op 1 mei."})
    enquiry = Enquiry.objects.visible_to(anna).get()
    # Who changes a word of it is not asked why once more.
    words = sent | {"question": "Wat is er nodig?", "version": 1}
    assert browse(anna).do("advice:change_enquiry", words, enquiry=enquiry.pk).status_code == 302
    enquiry.refresh_from_db()
    enquiry.send(anna)
    why = "De gemeente heeft zelf zes weken voor een antwoord. Dit is eerder, omdat: De gemeenteraad besluit op 1 mei."
    assert why in browse(bram).at("advice:enquiry", enquiry=enquiry.pk).content.decode()
    assert why in paper.enquiry_html(enquiry)
    # Nor does a question that lay there for weeks go out with the day that was far off then.
    with pytest.raises(ValidationError, match="minder tijd dan u zelf hebt"):
        make.enquiry(anna, days=41).send(anna)
