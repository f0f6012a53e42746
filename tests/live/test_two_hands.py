"""People who do something with one card at the same moment, through two real processes, on either database."""

import threading
import uuid
from contextlib import closing
from functools import partial
from html import unescape
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse

from analysis.models import Move, Placing, Tag
from analysis.models.board import Board
from dialoog.asgi import waits_in_line
from dialoog.partnerships.door import turn
from experiences.models import Fragment
from tests.analysis import make
from tests.live.conftest import session_of
from tests.values import make as values

CSRF = "b" * 32


def at_once(acts):
    """Let all of these happen at the same moment; gives what each answered."""
    answers, start = {}, threading.Barrier(len(acts))

    def work(place, act):
        start.wait()
        answers[place] = act()

    threads = [threading.Thread(target=work, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return [answers.get(place) for place in range(len(acts))]


def sender(server, seat):
    """One person in a browser at this server: posts a form as a script does."""
    cookies = {settings.SESSION_COOKIE_NAME: session_of(seat), settings.CSRF_COOKIE_NAME: CSRF}
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), "X-CSRFToken": CSRF}
    headers |= {"HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded"}

    def send(route, fields, **kwargs):
        line = HTTPConnection("127.0.0.1", server.port, timeout=60)
        line.request("POST", seat.url(route, **kwargs), urlencode(fields, doseq=True), headers)
        answer = line.getresponse()
        told = unescape(answer.read().decode())
        line.close()
        assert answer.status == 200, (answer.status, told[:300])
        return told

    return send


@pytest.mark.promise("R1")
def test_of_hands_on_one_card_one_wins_the_others_hear_it_and_no_word_on_it_is_lost(serve, bram, dora, anna, joost):
    people = [bram, anna, dora, joost]
    chosen = [values.shared(bram, anna, name) for name in ("Respect", "Vertrouwen")]
    meeting = make.together(bram, *people)
    piles = [Board(meeting).add_theme(bram, f"Stapel {number}") for number in range(len(people) + 1)]
    card = Fragment.objects.filter(project=meeting.project).order_by("number").first()
    servers = serve(2)
    hands = [sender(servers[place % 2], seat) for place, seat in enumerate(people)]
    lies = Placing(version=0)
    for value in chosen:
        seen, where = lies.version, [pile for pile in piles if pile.pk != lies.theme_id][: len(people)]
        here = {"card": card.pk, "seen": seen}
        moves = [
            partial(hand, "analysis:move", here | {"theme": pile.pk}, session=meeting.pk)
            for hand, pile in zip(hands, where, strict=True)
        ]
        said = {"value": value.pk, "stake": "harmed"}
        words = [partial(hand, "analysis:tag", said, fragment=card.pk) for hand in hands]
        told = at_once(moves + words)[: len(moves)]
        lies = Placing.objects.get(fragment=card)
        assert lies.version == seen + 1
        lost = [answer for answer in told if "data-warns" in answer]
        assert len(lost) == len(people) - 1
        sentence = f"{lies.moved_by} legde kaartje {card.number} net bij ‘{lies.theme.label}’. Het ligt nu daar."
        assert all(sentence in answer for answer in lost)
    assert Tag.objects.filter(fragment=card).count() == len(people) * len(chosen)
    # Also who was too late stands in what happened.
    late = Move.objects.filter(fragment=card, is_late=True)
    assert (late.count(), Move.objects.filter(fragment=card, is_late=False).count()) == (3 * len(chosen), len(chosen))


def test_what_an_act_sends_after_its_commit_keeps_nobody_waiting(transactional_db):
    gone = threading.Event()

    def another():
        with turn():
            gone.set()

    def letter():
        threading.Thread(target=another).start()
        assert gone.wait(10), "the next act waits for the letter of this one"

    with turn() as let_go, transaction.atomic():
        transaction.on_commit(let_go)
        transaction.on_commit(letter)


def test_only_acts_that_write_in_one_go_stand_in_line(bram):
    card, talk = uuid.uuid4(), uuid.uuid4()
    tag = bram.url("analysis:tag", fragment=card)
    # To keep what is typed in a conversation waits only for its own writing; to log in waits for nobody.
    others = [bram.url("experiences:save", interview=talk), reverse("account_login"), "/nergens/te/vinden/"]
    stand = [path for path in (tag, *others) if waits_in_line({"method": "POST", "path": path})]
    assert stand == ([tag] if connection.vendor == "sqlite" else [])
    assert not waits_in_line({"method": "GET", "path": tag})


def test_who_stands_in_line_comes_also_after_acts_that_were_refused(serve, bram, anna):
    """Each act that is answered lets the next one go, kept or not."""
    (server,) = serve()
    table = make.together(bram, anna, count=1)
    card = Fragment.objects.get(project=table.project)
    word = values.shared(bram, anna, "Respect")
    refused = [
        (bram.url("analysis:tag", fragment=card.pk), {"value": word.pk, "stake": "onzin"}, 422),
        (bram.url("analysis:tag", fragment=uuid.uuid4()), {}, 404),
    ]
    names = f"{settings.SESSION_COOKIE_NAME}={session_of(bram)}; {settings.CSRF_COOKIE_NAME}={CSRF}"
    headers = {"Cookie": names, "X-CSRFToken": CSRF, "Content-Type": "application/x-www-form-urlencoded"}
    good = (bram.url("analysis:tag", fragment=card.pk), {"value": word.pk, "stake": "harmed"}, 302)
    acts, told = [*refused, good], []
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=20)) as line:
        for path, data, _code in acts:
            line.request("POST", path, urlencode(data), headers)
            answer = line.getresponse()
            answer.read()
            told.append(answer.status)
    assert told == [code for *_, code in acts]
    assert Tag.objects.filter(fragment=card, by=bram).exists()
