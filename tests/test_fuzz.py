"""Bad input is boring: every form with nasty values, sent by Anna and by Bram; no answer is ever 500.

SQLite is lenient about what PostgreSQL refuses. `Strict` refuses it here too, so that both give the same answer.
"""

import random
import re
import sys
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.db import connection, models
from django.db.models.signals import pre_save

from dialoog.partnerships.forms import ProfileForm
from tests.conftest import Browser
from tests.test_access import ROUTES

NASTY = {
    "null bytes": "a\0b",
    "long": "<script>alert(1)</script>’ é " * 400,
    "odd unicode": "\u202e𝕏\U0010ffff\ufffe\ud7ff e\u0301 {{ 7|add:7 }} %s %(x)s \\",
    "digits of others": "٣²",
    "number": "99999999999999999999",
    "small number": "2147483647",
    "last day": "9999-12-31",
    "first day": "0001-01-01",
    "not an id": "00000000-0000-0000-0000-00000000000g",
    "list": ["", "[]", "-1", "{}"],
    "mark": "on",
}
# What views read by hand, beside the fields of the forms.
BY_HAND = [
    "by", "card", "choice", "coming", "expected", "field", "fingerprint", "from", "go_on", "go_on_reason", "key",
    "kaart", "label", "meaning", "member", "next", "number", "person", "pile", "q1-text", "q3-text", "read",
    "read_back", "reason", "remark", "seen", "sentence", "shown", "stake", "sure", "text", "theme", "value",
    "version", "waarde", "word", "other", "example", "to", "group_1", "zoek", "happened", "happened_version",
]  # fmt: skip
FORMS = sorted(route for route, row in ROUTES.items() if row.post)


class Fields(HTMLParser):
    """What a page's own forms ask."""

    def __init__(self):
        super().__init__()
        self.names = {}

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag in ("input", "select", "textarea", "button") and named.get("name"):
            kind = "file" if named.get("type") == "file" else named.get("value") or ""
            self.names.setdefault(named["name"], kind)


def asked_by(browser, address):
    """The fields on the page at this address, with what stands in them."""
    answer, fields = browser.get(address), Fields()
    if answer.status_code == 200 and "html" in answer["Content-Type"]:
        fields.feed(answer.content.decode())
    fields.names.pop("csrfmiddlewaretoken", None)
    return fields.names


@pytest.fixture
def strict():
    """Refuse what PostgreSQL would refuse: a null byte anywhere, a text or a number that does not fit its column."""

    def no_null(execute, sql, params, many, context):
        for value in params or ():
            if isinstance(value, str) and "\0" in value:
                raise ValueError(f"a null byte in {sql[:80]}")
        return execute(sql, params, many, context)

    def fits(sender, instance, **kwargs):
        for field in sender._meta.concrete_fields:
            value = getattr(instance, field.attname)
            if isinstance(value, str) and isinstance(field, models.CharField) and len(value) > field.max_length:
                raise ValueError(f"too long for {field}")
            if isinstance(field, models.PositiveSmallIntegerField) and value is not None and int(value) > 32767:
                raise ValueError(f"too large for {field}")
            if isinstance(field, models.PositiveIntegerField) and value is not None and int(value) > 2147483647:
                raise ValueError(f"too large for {field}")

    pre_save.connect(fits)
    with connection.execute_wrapper(no_null):
        yield
    pre_save.disconnect(fits)


@pytest.fixture
def broken():
    """What went wrong in a view while a test ran."""
    found = []

    def note(sender, request, **kwargs):
        found.append(f"{request.method} {request.path}: {sys.exc_info()[1]!r}")

    got_request_exception.connect(note)
    yield found
    got_request_exception.disconnect(note)


def variants(good, chance, full):
    """Forms in which every field is nasty in its own way, at full size in each of them; and one nasty field alone."""
    words = list(NASTY.values())
    for turn in range(len(words)) if full else chance.sample(range(len(words)), 1):
        yield {name: words[(turn + place) % len(words)] for place, name in enumerate([*good, *BY_HAND])}
    for name in chance.sample(sorted(good), min(len(good), 1)):
        yield good | {name: chance.choice(words)}
    yield good | {name: SimpleUploadedFile("x.css", b".x{--a:\0\xff}") for name, kind in good.items() if kind == "file"}


@pytest.mark.promise("S3")
@pytest.mark.parametrize("route", FORMS)
def test_no_form_breaks_on_nasty_values(world, strict, broken, route, full):
    row, chance = ROUTES[route], random.Random(route)
    kwargs, data = row.kwargs(world), row.data(world)
    for seat in (world.anna, world.bram):
        browser = Browser(seat, raise_request_exception=False)
        address = seat.url(route, **kwargs)
        good = asked_by(browser, address) | data
        for sent in variants(good, chance, full):
            answer = browser.post(address, sent)
            assert answer.status_code != 500, f"{broken[-1]} {sent!s:.900}"
            assert b"<script>alert" not in answer.content
            if answer.status_code in (403, 404):
                # Not for this person (this time), or gone by an earlier try.
                break
        query = {name: chance.choice(["a\0b", "٣²", "9" * 20, "2147483647", "9999-12-31"]) for name in BY_HAND}
        assert browser.get(address, query).status_code != 500, broken[-1]


@pytest.mark.promise("S3", control=True)
def test_a_form_that_breaks_is_seen(world, strict, broken, monkeypatch):
    monkeypatch.setattr(ProfileForm, "clean", lambda form: form.data["name"][999])
    answer = Browser(world.anna, raise_request_exception=False).do("partnerships:profile", {"name": "A"})
    assert answer.status_code == 500
    assert re.search("IndexError", broken[-1])
