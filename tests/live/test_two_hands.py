"""People who do something with one card at the same moment, through two real processes, on either database."""

import threading
from functools import partial
from html import unescape
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import transaction

from analysis.models import Move, Placing, Tag
from analysis.models.board import Board
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
