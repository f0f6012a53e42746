"""The pages and letters of advice and reply, as each of the cast meets them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialoog.advice import paper
from dialoog.advice.models import Advice, AdvicePoint, AdviceReply, PointReply
from dialoog.report import composition
from dialoog.report.models import Report
from tests.advice import make
from tests.projects import make as projects
from tests.report import verapdf
from tests.values import make as values
from values import paper as values_paper


def queries(browser, route, **kwargs):
    with CaptureQueriesContext(connection) as caught:
        assert browser.at(route, **kwargs).status_code == 200
    return len(caught)


def test_bram_writes_and_sends_and_anna_reads_it_only_then(bram, anna, browse):
    mine, theirs = browse(bram), browse(anna)
    mine.do("advice:begin", {"sort": "own", "title": "Brieven", "opening": "Mensen begrijpen hun brief niet."})
    advice = Advice.objects.visible_to(bram).get()
    assert "Brieven" not in theirs.at("advice:list").content.decode()
    value = values.shared(bram, anna)
    sent = {"text": "Laat twee mensen meelezen.", "values": [value.pk]}
    assert mine.do("advice:add_point", sent, advice=advice.pk).status_code == 302
    assert list(AdvicePoint.objects.get().values.all()) == [value]
    assert theirs.at("advice:detail", advice=advice.pk).status_code == 404
    mine.do("advice:send", {"seen": advice.seen}, advice=advice.pk)
    text = theirs.at("advice:detail", advice=advice.pk).content.decode()
    assert "Laat twee mensen meelezen." in text
    assert "Er is nog geen antwoord." in text
    assert mine.do("advice:change", {"title": "Anders"}, advice=advice.pk).status_code == 422


def test_a_point_without_ties_is_a_nudge_and_no_more(bram, browse):
    advice = make.advice(bram, points=0)
    browser = browse(bram)
    answer = browser.do("advice:add_point", {"text": "Groet mensen."}, advice=advice.pk)
    assert answer.status_code == 422
    assert "Dit punt hangt nog nergens aan." in answer.content.decode()
    reason = {"go_on": "on", "go_on_reason": "Het gaat over alles."}
    assert browser.do("advice:add_point", {"text": "Groet mensen."} | reason, advice=advice.pk).status_code == 302
    assert AdvicePoint.objects.get().nudge_reason == "Het gaat over alles."


def test_anna_answers_alone_and_bram_reads_it_when_it_is_sent(bram, anna, browse):
    advice = make.sent(bram)
    mine, theirs = browse(anna), browse(bram)
    before = theirs.at("advice:detail", advice=advice.pk).content
    mine.do("advice:begin_reply", advice=advice.pk)
    answer = PointReply.objects.visible_to(anna).get()
    refused = mine.do("advice:answer", {"version": 1, "verdict": "not"}, answer=answer.pk)
    assert "Schrijf op waarom u dit punt niet of niet helemaal overneemt." in refused.content.decode()
    mine.do("advice:answer", {"version": 1, "verdict": "not", "reasons": "Geen geld."}, answer=answer.pk)
    now = theirs.at("advice:detail", advice=advice.pk).content

    def same(page):
        # What differs between two answers to the same question: the token, the place in the stream and the clock.
        page = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", page)
        return re.sub(rb'(data-stream|data-now)="[^"]+"', b"", page)

    assert same(now) == same(before)
    mine.do("advice:send_reply", {"seen": AdviceReply.objects.get().seen}, reply=answer.reply_id)
    text = theirs.at("advice:detail", advice=advice.pk).content.decode()
    assert "Geen geld." in text
    assert "Dit nemen wij niet over" in text


def test_who_sends_reads_whose_name_stands_under_it_and_who_may_decide(bram, anna, joost, browse):
    advice = make.sent(bram)
    make.reply(anna, advice)
    joost.can_decide, anna.can_decide = True, False
    joost.save(), anna.save()
    told = browse(anna).at("advice:detail", advice=advice.pk).content.decode()
    assert "Onder de brief komt: <b>Anna de Wit</b>" in told and "leg de brief eerst voor aan Joost Kramer" in told
    assert "Een tip" not in browse(joost).at("advice:detail", advice=advice.pk).content.decode()
    # A tip and no lock.
    reply = AdviceReply.objects.get(advice=advice)
    assert browse(anna).do("advice:send_reply", {"seen": reply.seen}, reply=reply.pk).status_code == 302
    told = browse(bram).at("advice:add_point", advice=make.advice(bram).pk).content.decode()
    assert "mag leeg blijven" not in told.partition('id="id_themes"')[2]


def test_a_list_and_an_advice_take_the_same_queries_however_many(bram, anna, browse):
    first = make.answered(bram, anna, points=1)
    browser = browse(bram)
    few = queries(browser, "advice:list"), queries(browser, "advice:detail", advice=first.pk)
    for number in range(4):
        last = make.answered(bram, anna, title=f"Advies {number}", points=4)
    assert (queries(browser, "advice:list"), queries(browser, "advice:detail", advice=last.pk)) == few


def test_under_both_letters_stands_who_sent_them_and_no_draft_or_metadata_names_a_person(bram, anna, joost):
    assert bram.name not in paper.advice_html(make.advice(bram))
    advice = make.sent(bram)
    reply = make.reply(anna, advice, "partly", "De helft lukt dit jaar.")
    reply.send(joost)
    letters = paper.advice_html(advice), paper.reply_html(reply)
    for html in letters:
        assert not any(seat.name in html.partition("</head>")[0] for seat in (bram, anna, joost))
        assert "Cliëntenraad Oosterhage" in html
        assert "Gemeente Oosterhage" in html
    assert "<p>Bram Hoekstra</p><p>voorzitter</p>" in letters[0]
    assert "<p>Joost Kramer</p><p>teamleider Inkomen</p>" in letters[1]
    assert anna.name not in letters[0] + letters[1]
    assert "De helft lukt dit jaar." in letters[1]


def test_the_report_holds_the_draft_that_both_wanted_and_the_advice_with_its_answer(bram, anna):
    project = projects.project(bram)
    value = values.shared(bram, anna)
    project.values.add(value)
    draft = values.review(anna, value)
    values.point(draft, value).write(bram, 1, council_verdict="chafes", council_why="Zonder DigiD lukt het niet.")
    for seat in (bram, anna):
        draft.speak(seat, True)
    make.reply(anna, make.sent(bram, project=project), "not", "Geen geld.").send(anna)
    text = composition.plain(composition.compose(Report.start(bram, project)).body)
    assert "Zonder DigiD lukt het niet." in text
    assert "Dit nemen wij niet over." in text
    assert "Geen geld." in text


@pytest.mark.promise("A4")
def test_letters_and_discussed_drafts_can_be_read_by_everyone(bram, anna, tmp_path):
    value = values.shared(bram, anna)
    advice = make.advice(bram, points=2)
    make.point(bram, advice, values=[value])
    advice.send(bram)
    reply = make.reply(anna, advice)
    reply.send(anna)
    draft = values.review(anna, value)
    values.point(draft, value).write(bram, 1, council_verdict="chafes", council_why="Zonder DigiD lukt het niet.")
    files = []
    for name, content in (
        ("advies", paper.advice(advice)),
        ("antwoord", paper.reply(reply)),
        ("vraag", paper.enquiry(make.asked(anna))),
        ("stuk", values_paper.review(bram, draft)),
    ):
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(content)
    verapdf.passes(*files)
