"""What somebody typed in a form that closed meanwhile comes back to them, with the sentence of what closed it."""

import uuid

import pytest
from django.utils import timezone

from analysis.models import Theme
from dialoog.advice.models import AdviceReply
from projects.models import Phase
from tests.advice import make as letters
from tests.analysis import make as bundled
from tests.experiences import make as told
from tests.projects import make as rounds

LONG = "Wij spraken <b>een avond</b> lang met zes mensen.\n\nDit is wat wij ervan opschreven."
SHOWN = LONG.replace("<", "&lt;").replace(">", "&gt;")


def given_back(answer, sentence, status=422):
    """Whether all that was typed stands on the page, to be copied, under this sentence."""
    page = answer.content.decode().replace("\r\n", "\n")
    assert (answer.status_code, SHOWN in page, "Kopieer wat u typte" in page) == (status, True, True)
    return sentence in page


def a_colleague_sent_the_advice(bram, dora, anna):
    advice = letters.sent(bram)
    sent = {"version": 1, "title": advice.title, "sort": "own", "opening": LONG}
    return dora, "advice:change", {"advice": advice.pk}, sent, "Deze brief is verstuurd."


def the_question_was_recalled(bram, dora, anna):
    enquiry = letters.asked(anna)
    enquiry.recall(anna, "Niet meer nodig.")
    sent = {"title": "De brieven", "opening": LONG}
    return bram, "advice:respond", {"enquiry": enquiry.pk}, sent, "De gemeente trok deze vraag in."


def a_colleague_sent_the_reply(bram, dora, anna):
    reply = AdviceReply.objects.get(advice=letters.answered(bram, anna))
    return anna, "advice:reply", {"reply": reply.pk}, {"version": 1, "opening": LONG}, "Deze brief is verstuurd."


def both_signed_the_minutes(bram, dora, anna):
    minute = rounds.minute(bram, rounds.meeting(bram, days=-1))
    rounds.sign(minute, bram, anna)
    sent, item = {"version": 1, "minutes": LONG}, minute.meeting_items()[0]
    return dora, "projects:write_item", {"item": item.pk}, sent, "Beide kanten hebben dit verslag getekend."


def the_meeting_does_not_go_on(bram, dora, anna):
    minute = rounds.minute(bram, rounds.meeting(bram, days=-1))
    type(minute.meeting).objects.update(cancelled_at=timezone.now(), cancelled_by=bram, cancelled_why="Ziek.")
    item = minute.meeting_items()[0]
    return anna, "projects:decide", {"item": item.pk}, {"text": LONG}, "Dit overleg gaat niet door."


def the_meeting_began(bram, dora, anna):
    meeting = rounds.meeting(bram)
    paper = rounds.paper(bram, meeting)
    type(meeting).objects.update(starts_at=timezone.now())
    sent = {"version": 1, "title": "Stuk", "member": bram.pk, "text": LONG}
    return dora, "projects:write_paper", {"paper": paper.pk}, sent, "Dit overleg is al geweest."


def the_envelopes_opened(bram, dora, anna):
    theme = Theme.of(bundled.deliberated(anna, bram))[0]
    return anna, "analysis:answer", {"theme": theme.pk}, {"q1-text": LONG}, "De enveloppen zijn al open."


@pytest.mark.parametrize(
    "closed",
    [
        a_colleague_sent_the_advice, the_question_was_recalled, a_colleague_sent_the_reply, both_signed_the_minutes,
        the_meeting_does_not_go_on, the_meeting_began, the_envelopes_opened,
    ],
)  # fmt: skip
def test_what_was_typed_comes_back_with_the_sentence_of_what_closed(browse, bram, dora, anna, closed):
    who, route, where, sent, sentence = closed(bram, dora, anna)
    assert given_back(browse(who).do(route, sent, **where), sentence)


def test_who_only_opens_what_closed_reads_why(browse, bram):
    advice = letters.sent(bram)
    page = browse(bram).at("advice:change", advice=advice.pk)
    assert page.status_code == 403 and "Deze brief is verstuurd." in page.content.decode()


def test_words_of_an_act_that_is_refused_come_back_too(browse, bram, dora):
    held = told.told(bram, rounds.project(bram, Phase.COLLECT))
    draft = told.draft(bram, held)
    answer = browse(dora).do("experiences:send_back", {"remark": LONG}, draft=draft.pk)
    assert given_back(answer, "Dit kaartje wacht niet op een tweede lezer.")


def test_words_of_who_must_leave_it_to_somebody_else_come_back(browse, anna):
    answer = browse(anna).do("advice:begin", {"title": "De brieven", "opening": LONG})
    assert given_back(answer, "iemand anders moet het doen", 403)


def test_who_answers_while_a_colleague_began_keeps_both(browse, bram, dora, anna):
    enquiry = letters.asked(anna)
    begun = browse(bram).do("advice:respond", {"title": "Eerst", "opening": "Dit stond er al."}, enquiry=enquiry.pk)
    assert begun.status_code == 302
    answer = browse(dora).do("advice:respond", {"title": "Later", "opening": LONG}, enquiry=enquiry.pk)
    assert answer.status_code == 422 and SHOWN in answer.content.decode().replace("\r\n", "\n")


def test_what_a_colleague_threw_away_gives_the_words_back_and_tells_nobody_what_was_there(browse, bram, dora, anna):
    draft, away = letters.advice(bram), letters.advice(bram)
    gone = away.pk
    away.discard(bram)
    sent = {"version": 1, "title": "Brieven", "sort": "own", "opening": LONG}
    tried = [(dora, gone), (anna, draft.pk), (anna, gone), (anna, uuid.uuid4())]
    for who, key in tried:
        assert given_back(browse(who).do("advice:change", sent, advice=key), "Misschien haalde iemand het", 404)


def test_who_has_no_seat_gets_nothing_back(browse, bram, chris):
    address = bram.url("advice:change", advice=letters.advice(bram).pk)
    answers = [browse(chris).post(where, {"opening": LONG}).content for where in (address, "/bestaat-niet/ook-niet/")]
    assert answers[0] == answers[1]


@pytest.mark.promise("P5")
def test_words_of_a_teller_who_withdrew_are_not_handed_out_once_more(browse, bram):
    held = told.told(bram, rounds.project(bram, Phase.COLLECT))
    draft = told.draft(bram, held)
    held.teller.withdraw(bram)
    answer = browse(bram).do("experiences:draft", {"version": 1, "heading": "Kop", "text": LONG}, draft=draft.pk)
    assert answer.status_code == 404 and SHOWN not in answer.content.decode()


@pytest.mark.parametrize("act, said", [("recall", "De gemeente trok deze vraag in."), ("decline", "al beantwoord.")])
def test_who_presses_twice_reads_that_it_was_done(browse, bram, anna, act, said):
    who, where = anna if act == "recall" else bram, {"enquiry": letters.asked(anna).pk}
    first, again = (browse(who).do(f"advice:{act}", {"why": "Daarom."}, **where) for _ in range(2))
    assert first.status_code == 302
    assert said in again.content.decode() and "iemand anders" not in again.content.decode()
