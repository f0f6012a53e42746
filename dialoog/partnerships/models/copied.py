"""A teller's words that people copied into texts of their own: when the teller withdraws, they go from there too.

Nothing of them is kept to know them by later, also no digest: what is gone cannot be tried out by anybody.
"""

import operator
import re
from functools import cache, reduce

from django.apps import apps
from django.db import connection, models, transaction
from django.utils.functional import cached_property

from dialoog.partnerships.models.things import PartnershipModel

LEFT_OUT = "[hier stond een zin van iemand die zich terugtrok]"
# For a field that is too short for the whole remark.
SHORT = "[…]"


def sentences(text):
    """The sentences of a card that are somebody's own, each as its words: five words can be anybody's, six cannot."""
    parts = (part.rstrip(".!?").split() for part in re.split(r"(?<=[.!?])\s+", text))
    return [words for words in parts if len(words) > 5]


class Copied:
    """Where sentences of these texts stand at a table, in whatever was written there and is not final."""

    def __init__(self, table, texts):
        self.table, found = table, [words for text in texts for words in sentences(text)]
        self.sentences = [re.compile(r"\s+".join(re.escape(word) for word in words), re.IGNORECASE) for words in found]
        # Of each the longest row of plain letters, to ask for: of other letters SQLite knows no capitals.
        self.signs = [max(re.findall("[a-z]+", " ".join(words).lower()), key=len, default="") for words in found]

    def places(self, seat=None):
        """Each thing that holds one, with its texts as they read without; `seat` when only what it may see."""
        for kind, names in self._holding:
            if issubclass(kind, PartnershipModel):
                rows = kind.objects.visible_to(seat) if seat else kind._base_manager.filter(partnership=self.table)
                yield from ((row, texts) for row, texts in self._in(rows, names) if not row.is_final)

    def take_out(self):
        """Take them out of everything, also of what the history keeps and what did not merge."""
        with transaction.atomic():
            for row, _texts in list(self.places()):
                now = type(row)._base_manager.select_for_update().filter(pk=row.pk).first()
                if now is not None and (texts := self._without(now, _names(type(now)))):
                    now.lose_words(texts)
            for kind, names in self._holding:
                if not issubclass(kind, PartnershipModel):
                    self._take_out_of_history(kind, names)

    @cached_property
    def _holding(self):
        """The kinds of which a row may hold one, with the fields to look in: asked in one go, for there are many."""
        if not self.sentences:
            return []
        asked, given = [], []
        key = apps.get_model("partnerships.Partnership")._meta.pk.get_db_prep_value(self.table, connection)
        for place, (kind, names) in enumerate(_kinds()):
            columns = (kind._meta.get_field(name).column for name in names)
            words = " || ' ' || ".join(f"COALESCE(\"{column}\", '')" for column in columns)
            likes = " OR ".join([f"LOWER({words}) LIKE %s"] * len(self.signs))
            table = f'"{kind._meta.db_table}"'
            asked.append(f"SELECT {place} WHERE EXISTS (SELECT 1 FROM {table} WHERE partnership_id = %s AND ({likes}))")
            given += [key, *(f"%{sign}%" for sign in self.signs)]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(asked), given)
            return [_kinds()[place] for (place,) in cursor.fetchall()]

    def _take_out_of_history(self, history, names):
        found = list(self._in(history.objects.filter(partnership=self.table), names))
        things = history.instance_type._base_manager.in_bulk({row.id for row, _texts in found})
        for row, texts in found:
            if not (row.id in things and things[row.id].is_final):
                history.objects.filter(pk=row.pk).update(**texts)

    def _in(self, rows, names):
        asked = [models.Q(**{f"{name}__icontains": sign}) for name in names for sign in self.signs]
        for row in rows.filter(reduce(operator.or_, asked)):
            if texts := self._without(row, names):
                yield row, texts

    def _without(self, row, names):
        """The texts of this row that hold such a sentence, as they read without it."""
        found = {}
        for name in names:
            text = getattr(row, name) or ""
            most = row._meta.get_field(name).max_length or len(text) + len(LEFT_OUT) * len(self.sentences)
            for instead in (LEFT_OUT, SHORT):
                left = text
                for sentence in self.sentences:
                    left = sentence.sub(instead, left)
                if len(left) <= most:
                    break
            if left != text:
                found[name] = left
        return found


@cache
def _kinds():
    """Every kind of thing at a table in which people write, and what is kept of its history."""
    things = [kind for kind in apps.get_models() if issubclass(kind, PartnershipModel)]
    things += [kind.history.model for kind in things if hasattr(kind, "history")]
    return [(kind, names) for kind in things if (names := _names(kind))]


@cache
def _names(kind):
    """The fields of this kind in which people write."""
    texts = (models.CharField, models.TextField)
    return [
        field.name
        for field in kind._meta.concrete_fields
        if isinstance(field, texts) and not field.choices and (field.max_length or 999) > 30
    ]
