"""R1 and R2: real editors, a real server, forms that are sent at once, again, and too late."""

import html
import http.client
import random
import re
import threading
import time
import uuid
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from dialoog.partnerships.models import ConflictCopy
from tests import make as people
from tests.values import make
from values.models import ValuePractice

EDITORS, MANY_EDITORS = 10, 50
# An example holds 2,000 characters, and all write in the same one: after a while in the next.
SHARED = 4


class Editor:
    """One person with a session of their own, who reads a form and sends it back."""

    def __init__(self, address, seat):
        client = Client()
        client.force_login(seat.user)
        self.seat, self.server = seat, urlsplit(address).netloc
        self.cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}

    def ask(self, method, path, fields=None):
        """One request over a connection of its own, as a browser that comes back after a while."""
        connection = http.client.HTTPConnection(self.server, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body, headers["Content-Type"] = urlencode(fields), "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        for given in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = given.split(";")[0].partition("=")
            self.cookies[name] = value
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def insist(self, path, fields):
        """Send this again while the server says that it cannot just now, as the page does."""
        for _ in range(8):
            status, _ = self.ask("POST", path, fields)
            if status < 500:
                break
            time.sleep(0.5)
        return status

    def form(self, path):
        """The fields of the form on this page, as they stand there."""
        status, text = self.ask("GET", path)
        assert status == 200
        fields = {
            match["name"]: html.unescape(match["value"])
            for match in re.finditer(r'<input type="hidden" name="(?P<name>\w+)" value="(?P<value>[^"]*)"', text)
        }
        for match in re.finditer(r'<textarea[^>]*name="(\w+)"[^>]*>\s?(.*?)</textarea>', text, re.S):
            fields[match[1]] = html.unescape(match[2])
        fields["place"] = ""
        return fields


def edit(editor, mine, shared, seed, edits, kept, cheats=False):
    """Put a token of one's own somewhere in a text, thirty times in a hundred in the text that all write in."""
    dice = random.Random(seed)
    for number in range(edits):
        unit = shared[number * SHARED // edits] if dice.random() < 0.3 else mine
        path = editor.seat.url("values:redescribe", practice=unit)
        fields = editor.form(path)
        token = f"t{seed}x{number}"
        words = fields["behaviour"].split(" ")
        words.insert(dice.randint(0, len(words)), token)
        fields["behaviour"] = " ".join(words)
        time.sleep(dice.random() / 20)
        if cheats:
            # As if the server did not look at the version: the old text goes out as if it were laid over the newest.
            fields["version"] = editor.form(path)["version"]
        if dice.random() < 0.5:
            # As the page does while somebody types.
            where = {"kind": "valuepractice", "thing": unit}
            sent = {"unit": "behaviour", "text": fields["behaviour"], "version": fields["version"]}
            token_of_page = {"csrfmiddlewaretoken": fields["csrfmiddlewaretoken"]}
            status = editor.insist(editor.seat.url("partnerships:type_in", **where), sent | token_of_page)
        else:
            status = editor.insist(path, fields)
        # Saved, or answered with the three texts: either way the server said that it has it.
        if status in (200, 302, 409):
            kept.add(token)


def at_once(*tasks):
    """Run these at the same moment, and let what goes wrong in one be seen."""
    wrong = []

    def run(task):
        try:
            task()
        except BaseException as problem:
            wrong.append(problem)

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.fixture
def room(transactional_db, address, table, bram, anna, full):
    """People who each have an example of their own, and some that they all write in."""
    value = make.shared(bram, anna)
    text = "Wie binnenkomt wordt begroet en hoort meteen hoe lang het duurt en wie er voor haar klaarstaat."
    seats = [
        (people.council if number % 2 else people.municipal)(table, f"Lid{number} Jansen")
        for number in range(MANY_EDITORS if full else EDITORS)
    ]
    shared = [make.practice(bram, value, text).pk for _ in range(SHARED)]
    return {"value": value, "shared": shared, "own": [(seat, make.practice(seat, value, text).pk) for seat in seats]}


def lost_tokens(room, address, edits, cheats=False):
    kept = set()
    # Logged in here: a thread that looks in the database itself would keep a connection.
    editors = [(Editor(address, seat), mine) for seat, mine in room["own"]]
    at_once(
        *(
            lambda editor=editor, mine=mine, seed=seed: edit(editor, mine, room["shared"], seed, edits, kept, cheats)
            for seed, (editor, mine) in enumerate(editors)
        )
    )
    assert len(kept) == len(editors) * edits
    texts = [practice.behaviour for practice in ValuePractice.objects.all()]
    # Copies lie open on the page of their value until somebody settles them.
    texts += [copy.yours for copy in ConflictCopy.objects.visible_to(room["own"][0][0]).unsettled()]
    found = set(re.findall(r"t\d+x\d+", " ".join(texts)))
    return kept - found


@pytest.mark.promise("R1")
def test_of_many_editors_no_acknowledged_word_is_lost(room, address, full):
    assert lost_tokens(room, address, edits=40 if full else 12) == set()


@pytest.mark.promise("R1", control=True)
def test_without_the_look_at_the_version_words_are_lost(room, address):
    assert lost_tokens(room, address, edits=8, cheats=True)


@pytest.mark.promise("R2")
def test_what_is_sent_three_times_at_once_becomes_one_thing(room, address, bram, full):
    creates = 1_000 if full else 40
    path = bram.url("values:describe", value=room["value"].pk)
    editor = Editor(address, bram)
    before = ValuePractice.objects.count()
    form = editor.form(path)
    answers = []
    for number in range(creates):
        fields = form | {"key": str(uuid.UUID(int=number, version=4)), "behaviour": f"Voorbeeld {number}"}
        at_once(*[lambda fields=fields: answers.append(editor.ask("POST", path, fields)[0])] * 3)
    assert set(answers) == {302}
    assert ValuePractice.objects.count() - before == creates


@pytest.mark.promise("R2", control=True)
def test_without_the_key_of_the_form_three_times_is_three_things(room, address, bram):
    path = bram.url("values:describe", value=room["value"].pk)
    editor = Editor(address, bram)
    before = ValuePractice.objects.count()
    form = editor.form(path)
    for _ in range(3):
        editor.ask("POST", path, form | {"key": "", "behaviour": "Voorbeeld"})
    assert ValuePractice.objects.count() - before == 3


@pytest.mark.promise("R2")
def test_a_retry_after_the_server_answered_with_an_error_makes_one_thing(room, address, bram):
    path = bram.url("values:describe", value=room["value"].pk)
    editor = Editor(address, bram)
    before = ValuePractice.objects.count()
    fields = editor.form(path) | {"behaviour": "Voorbeeld na een storing"}
    # The answer never arrives: the connection is gone before the server has spoken.
    connection = http.client.HTTPConnection(editor.server, timeout=60)
    cookie = "; ".join(f"{name}={value}" for name, value in editor.cookies.items())
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", path, urlencode(fields), headers)
    connection.close()
    for _ in range(2):
        assert editor.ask("POST", path, fields)[0] == 302
    time.sleep(0.5)
    assert ValuePractice.objects.count() - before == 1
