"""Words while they are being typed: to the screens of those who may read them, at once.

A bell says only that something changed; for words that appear letter by letter, twenty pages that read themselves
again would come too late. So the server reads them for the open pages, and asks the same question as a page would:
`visible_to(seat)` decides, here as everywhere.
"""

import json
import re
from datetime import timedelta
from functools import cache

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.http import Http404
from django.utils import timezone

from dialoog.partnerships.models import Member
from dialoog.partnerships.writing import SOFT, TYPED, Written

THING = r"(?P<kind>[a-z]+)-(?P<key>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
SAVED = re.compile(rf"(?:{SOFT})?{THING}")
PRESENT = re.compile(rf"(?P<word>here|gone)-{THING}-(?P<field>\w+)-(?P<member>[0-9a-f]{{32}})")
# A page shows a handful of texts; who asks for more is no page.
MOST = 60
# Who typed so long ago is not called a writer any more; writing.js takes the name away after that time too.
STILL_THERE = timedelta(seconds=12)


@cache
def kinds():
    """The kinds of things of which some text saves itself while somebody types."""
    written = [model for model in apps.get_models() if issubclass(model, Written) and model.while_typing]
    return {model.kind(): model for model in written}


def typed_thing(seat, kind, key):
    """The thing of this kind and key that this seat may see."""
    model = kinds().get(kind)
    thing = model and model.objects.visible_to(seat).with_key(key)
    if thing is None:
        raise Http404
    return thing


def asked_for(text):
    """The things whose words a page wants to hear, from its address; whatever else stands there is left out."""
    asked = [word for word in text.split(" ") if (found := SAVED.fullmatch(word)) and found["kind"] in kinds()]
    return frozenset(asked[:MOST])


def about(topic):
    """The thing that a bell is about, by the name that a page asks with."""
    found = SAVED.fullmatch(topic) or PRESENT.fullmatch(topic)
    return f"{found['kind']}-{found['key']}" if found else topic


def tell(wanted):
    """What to tell each open page: `wanted` is [(ticket, topics)], the answer as many lists of (event, data)."""
    keys = {seat for (seat, *_), _ in wanted}
    seats = Member.objects.active().filter(pk__in=keys, user__is_active=True).select_related("partnership", "user")
    seats = {seat.pk: seat for seat in seats}
    reading = _Reading()
    return [reading.told(seats[seat], topics) if seat in seats else [] for (seat, *_), topics in wanted]


class _Reading:
    """One look at the database for many pages: who asks the same question gets the same answer."""

    def __init__(self):
        self.questions, self.answers, self.writers, self.people = {}, {"": None}, {}, {}

    def told(self, seat, topics):
        told = []
        for topic in topics:
            if found := PRESENT.fullmatch(topic):
                told += self._present(seat, found)
            elif found := SAVED.fullmatch(topic):
                told += self._words(seat, found["kind"], found["key"])
        return told

    def _thing(self, seat, kind, key):
        """The texts of a thing, if this seat may see it."""
        if (seat.pk, kind, key) not in self.questions:
            self.questions[seat.pk, kind, key] = self._asked(seat, kind, key)
        return self.answers[self.questions[seat.pk, kind, key]]

    def _asked(self, seat, kind, key):
        """The question that this seat asks; its answer lies ready."""
        model = kinds()[kind]
        row = model.objects.visible_to(seat).filter(pk=key).values("pk", "version", *model.while_typing)
        try:
            question = str(row.query)
        except EmptyResultSet:
            return ""
        if question not in self.answers:
            self.answers[question] = row.first()
        return question

    def _words(self, seat, kind, key):
        row = self._thing(seat, kind, key)
        if row is None:
            return []
        texts = {name: row[name] or "" for name in kinds()[kind].while_typing}
        told = {"thing": f"{kind}-{key}", "version": row["version"], "texts": texts}
        return [("words", json.dumps(told | {"by": self._writer(kind, key, row["version"])}))]

    def _writer(self, kind, key, version):
        """Who wrote this version, and in which texts that person is typing now."""
        if (kind, key, version) not in self.writers:
            model = kinds()[kind]
            rows = model.history.filter(id=key, version__lte=version).order_by("-version", "-history_date")
            now, *before = rows.select_related("history_user__user")[:2]
            just_now = now.history_change_reason == TYPED and timezone.now() - now.history_date < STILL_THERE
            changed = [name for name in model.while_typing if before and getattr(now, name) != getattr(before[0], name)]
            self.writers[kind, key, version] = _person(now.history_user) | {"fields": changed if just_now else []}
        return self.writers[kind, key, version]

    def _present(self, seat, found):
        """Somebody is writing in a text; told to those who may read that text, or may write it before it is there."""
        kind, key = found["kind"], found["key"]
        if found["member"] not in self.people:
            self.people[found["member"]] = Member.objects.filter(pk=found["member"]).select_related("user").first()
        member = self.people[found["member"]]
        if member is None or member.partnership_id != seat.partnership_id:
            return []
        told = {"thing": f"{kind}-{key}", "field": found["field"], "gone": found["word"] == "gone"}
        return [("writing", json.dumps(told | {"by": _person(member)}))]


def _person(member):
    return {"id": str(member.pk), "name": member.name, "party": member.party} if member else {}
