"""A teller's words that people copied into texts of their own: when the teller withdraws, they go from there too."""

import operator
import re
from functools import cache, partial, reduce
from itertools import pairwise

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models.functions import Cast, Concat, Lower
from django.utils import timezone
from django.utils.functional import cached_property

from dialoog.partnerships.models.tables import Party
from dialoog.partnerships.models.things import PartnershipModel, fields_of

LEFT_OUT = "[hier stond een zin van iemand die zich terugtrok]"
# For a field that is too short for the whole remark.
SHORT = "[…]"
MOST_IS_ANYBODYS = 5
MOST_ASKED = 10


def sentences(text):
    """The sentences of a card that are somebody's own, each as its words: five words can be anybody's, six cannot."""
    parts = (part.rstrip(".!?").split() for part in re.split(r"(?<=[.!?])\s+", text))
    return [words for words in parts if len(words) > MOST_IS_ANYBODYS]


class Sentence:
    """One sentence of a card or a story, to be found whatever its blanks and capitals."""

    def __init__(self, words, known_at, read_at):
        self.known_at, self.read_at = known_at, read_at
        self.folded = _folded(" ".join(words))
        self.pattern = _pattern(words)
        # Where a text was cut off, a letter more than these words may be all that is left of the sentence.
        first = words[:MOST_IS_ANYBODYS]
        self.beginning, self.begins = _folded(" ".join(first)), _pattern(first)
        # The rows of plain letters, to ask for: of other letters SQLite knows no capitals.
        self.signs = tuple(_signs_of(self.beginning)) or ("",)

    def stands_in(self, folded):
        """Whether it stands in one of these texts, as `_all_folded` gives them."""
        # A pattern tries at every letter; to look for plain text takes no time at all.
        return any(self.folded in text or self._ends(text) for text in folded)

    def _ends(self, folded):
        """Whether this text was cut off in the middle of the sentence."""
        place = folded.rfind(self.beginning)
        end = folded[place:].rstrip("…")
        return place >= 0 and end != self.beginning and self.folded.startswith(end)

    def left_out_of(self, text, remark):
        """This text with the remark where the sentence stood, whole or cut off."""
        text = self.pattern.sub(remark, text)
        places = [found.start() for found in self.begins.finditer(text)]
        return text[: places[-1]] + remark if places and self._ends(_folded(text)) else text


class Copied:
    """Where sentences of cards and stories stand at a table, in whatever was written there since and is not final.

    `told`: each text, with the moment from which the council knew it (None: from ever), and the one from which the
    municipality could read it (None: never).
    """

    def __init__(self, table, told):
        self.table, self._seen = table, {}
        self.sentences = [Sentence(words, *moments) for text, *moments in told for words in sentences(text)]
        # By how each begins: of a long story there are hundreds, and a text is not searched for each of them.
        self._beginning = {}
        for sentence in self.sentences:
            # The first may stand glued to what comes before it.
            self._beginning.setdefault(sentence.signs[1:3] or ("",), []).append(sentence)

    def places(self, seat):
        """Each thing from which one goes, of what this seat may see, with its texts as they read without."""
        return ((row, texts) for row, texts in self._things(seat) if not row.is_final)

    def _things(self, seat=None):
        for kind, names in self._holding:
            if issubclass(kind, PartnershipModel):
                yield from self._in(kind.objects.visible_to(seat) if seat else self._rows(kind), names)

    def take_out(self):
        """Take them out of everything, also of what the history keeps and what did not merge."""
        with transaction.atomic():
            # First all is found, then all is changed: what came of a change does not tell how it was before.
            things = [row for row, _texts in self._things()]
            found = [(row, fields_of(type(row))) for row in things if not row.is_final]
            for row in things:
                if row.is_final:
                    row.tell_withdrawn()
            past = [one for kind, names in self._holding for one in self._in_history(kind, names)]
            for row, names in found:
                now = type(row)._base_manager.select_for_update().filter(pk=row.pk).first()
                if now is not None and (texts := self._without(now, names)):
                    now.lose_words(texts)
            for row, texts in past:
                type(row).objects.filter(pk=row.pk).update(**texts)

    @cached_property
    def _holding(self):
        """The kinds of which a row may hold one, with the fields to look in: asked in one go, for there are many."""
        found = set()
        key = apps.get_model("partnerships.Partnership")._meta.pk.get_db_prep_value(self.table, connection)
        if not (signs := self._signs()):
            return []
        asked, given = [], []
        for place, (kind, names) in enumerate(_kinds()):
            columns = (kind._meta.get_field(name).column for name in names)
            words = " || ' ' || ".join(f"COALESCE(CAST(\"{column}\" AS TEXT), '')" for column in columns)
            likes = " OR ".join([f"LOWER({words}) LIKE %s"] * len(signs))
            rows = f'SELECT 1 FROM "{kind._meta.db_table}" WHERE partnership_id = %s AND ({likes})'
            asked.append(f"SELECT {place} WHERE EXISTS ({rows})")
            given += [key, *(f"%{'%'.join(sign)}%" for sign in signs)]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(asked), given)
            found |= {place for (place,) in cursor.fetchall()}
        return [_kinds()[place] for place in sorted(found)]

    def _signs(self):
        """What to ask the database for; of more than these it is quicker to read every row once."""
        signs = sorted({sentence.signs for sentence in self.sentences})
        return signs if len(signs) <= MOST_ASKED else [("",)]

    def _in_history(self, kind, names):
        if issubclass(kind, PartnershipModel):
            return
        found = list(self._in(self._rows(kind), names))
        things = kind.instance_type._base_manager.in_bulk({row.id for row, _texts in found})
        yield from ((row, texts) for row, texts in found if not self._is_final(row, texts, things.get(row.id)))

    @staticmethod
    def _is_final(row, texts, thing):
        """Whether this version reads as what was signed or sent; what was written before that is no part of it."""
        return (
            thing is not None and thing.is_final and all(getattr(row, name) == getattr(thing, name) for name in texts)
        )

    def _rows(self, kind):
        return kind._base_manager.filter(partnership=self.table)

    def _in(self, rows, names):
        for row in _with_signs(rows, names, self._signs()):
            if texts := self._without(row, names):
                yield row, texts

    def _without(self, row, names):
        """The texts of this row that hold a copied sentence, as they read without it."""
        found = {}
        for name in names:
            value = getattr(row, name)
            folded = _all_folded(value)
            there = [sentence for sentence in self._near(folded) if sentence.stands_in(folded)]
            if copied := [sentence for sentence in there if not self._was_there(row, name, sentence)]:
                found[name] = with_remark(value, row._meta.get_field(name), partial(_without, copied))
        return found

    def _near(self, folded):
        """The sentences of which two signs of the beginning stand side by side in these texts."""
        found = {("",)}
        for text in folded:
            runs = _signs_of(text)
            found |= {*pairwise(runs), *((run,) for run in runs)}
        return [sentence for pair in found & self._beginning.keys() for sentence in self._beginning[pair]]

    def _was_there(self, row, name, sentence):
        """Whether it stood there before whoever wrote it could have heard or read it."""
        if sentence.known_at is None:
            return False
        if (first := _first(row, name, sentence)) is None:
            # Nobody can tell when; what the municipality could have read nowhere is its own.
            return _of_municipality(row) and self._seen_at(sentence) is None
        at, by_municipality = first
        since = self._seen_at(sentence) if by_municipality else sentence.known_at
        return since is None or at < since

    def _seen_at(self, sentence):
        """From when the municipality could read it, on the card or where the council wrote it before; None if never."""
        if sentence not in self._seen:
            moments = [sentence.read_at] if sentence.read_at else []
            for kind, names in self._holding:
                for row in _with_signs(self._rows(kind), names, [sentence.signs]):
                    there = [name for name in names if sentence.stands_in(_all_folded(getattr(row, name)))]
                    firsts = [first for name in there if (first := _first(row, name, sentence))]
                    moments += [at for at, theirs in firsts if not theirs and at >= sentence.known_at]
            self._seen[sentence] = min(moments, default=None)
        return self._seen[sentence]


def _with_signs(rows, names, signs):
    """Those of these rows that may hold a sentence with one of these signs."""
    words = [Cast(name, models.TextField()) for name in names]
    told = Lower(Concat(*words, models.Value(" "), output_field=models.TextField()))
    asked = (reduce(operator.and_, (models.Q(told__contains=part) for part in sign)) for sign in signs)
    return rows.alias(told=told).filter(reduce(operator.or_, asked))


def _first(row, name, sentence):
    """When it first stood in this text, and whether the municipality wrote it there; None when nobody can tell."""
    kind = getattr(type(row), "instance_type", type(row))
    if hasattr(kind, "history"):
        past = kind.history.filter(id=row.id).order_by("history_date", "history_id")
        for text, at, party in past.values_list(name, "history_date", "history_user__party"):
            if sentence.stands_in(_all_folded(text)):
                return at, party == Party.MUNICIPALITY
        return None
    if not kind.written_once:
        # It may say other words than when it was made.
        return None
    made = (field.name for field in kind._meta.fields if field.default is timezone.now)
    return getattr(row, next(made)), _of_municipality(row)


def _of_municipality(row):
    """Whether the first person whom this thing names, its writer, sits there for the municipality."""
    members = apps.get_model("partnerships", "Member")
    people = (field.name for field in row._meta.fields if field.is_relation and field.related_model is members)
    writer = getattr(row, next(people, ""), None)
    return writer is not None and writer.is_municipality


def _pattern(words):
    return re.compile(r"\s+".join(re.escape(word) for word in words), re.IGNORECASE)


def _folded(text):
    return " ".join(text.split()).lower()


def _signs_of(folded):
    return re.findall("[a-z]+", folded)


def _all_folded(value):
    return [_folded(text) for text in texts_in(value)]


def texts_in(value):
    """Each text in a value that is a list or a table of them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts_in(one)


def with_remark(value, field, leave_out):
    """The value of this field as `leave_out(remark, text)` makes of each text in it, with the remark that fits."""
    long = _changed(value, partial(leave_out, LEFT_OUT))
    if isinstance(long, str) and len(long) > (field.max_length or len(long)):
        return _changed(value, partial(leave_out, SHORT))
    return long


def _without(copied, remark, text):
    """This text with the remark where one of these sentences stood."""
    for looks in copied:
        text = looks.left_out_of(text, remark)
    return text


def _changed(value, change):
    """The same value, with each text in it as `change` makes it."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_changed(one, change) for one in value]
    if isinstance(value, dict):
        return {key: _changed(one, change) for key, one in value.items()}
    return value


@cache
def _kinds():
    """Every kind of thing at a table in which people write, and what is kept of its history."""
    things = [kind for kind in apps.get_models() if issubclass(kind, PartnershipModel)]
    things += [kind.history.model for kind in things if hasattr(kind, "history")]
    return [(kind, names) for kind in things if (names := fields_of(kind))]
