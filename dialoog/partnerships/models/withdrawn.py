"""Sentences that a teller took back: known as long as a page from before may be open, so that none brings them back.

Of a sentence only a keyed digest is kept, and how many words it had: no text, no card, no teller.
"""

import hmac
import re
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from dialoog.partnerships.models.copied import MOST_IS_ANYBODYS, sentences, texts_in, with_remark
from dialoog.partnerships.models.things import PartnershipModel, PartnershipQuerySet, fields_of
from dialoog.standing import Standing

# Who has a page open from before is logged in no longer than this.
KEPT = timedelta(seconds=settings.SESSION_COOKIE_AGE)
WORD = re.compile(r"\w+")
# Of fewer words nothing is kept, so there is nothing to ask. It never goes back: a word of a whole page costs nothing.
SENTENCE = re.compile(rf"\b(?:\w++\W++){{{MOST_IS_ANYBODYS}}}\w")


class WithdrawnSentenceQuerySet(PartnershipQuerySet):
    def visible_to(self, seat):
        """Nobody reads these."""
        return self.none()

    def let_go(self):
        """No page from before can be open any more."""
        self.filter(at__lte=timezone.now() - KEPT).delete()


class WithdrawnSentence(PartnershipModel):
    """One sentence of a card that its teller took back, to be known again and not to be read."""

    digest = models.BinaryField(max_length=32)
    words = models.PositiveSmallIntegerField(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = WithdrawnSentenceQuerySet.as_manager()

    def __str__(self):
        return f"Zin van {self.words} woorden, teruggenomen op {self.at}"

    @classmethod
    def keep(cls, table, text):
        """Know the sentences of this text again for a while. Nobody hears a bell: there is nothing to see."""
        key = _key(table)
        found = {" ".join(_folded(_words(" ".join(words)))) for words in sentences(text)}
        cls.objects.bulk_create(
            cls(partnership_id=table, digest=_digest(key, one), words=one.count(" ") + 1)
            for one in sorted(found)
            if one.count(" ") >= MOST_IS_ANYBODYS
        )

    @classmethod
    def keep_out_of(cls, thing, names):
        """Leave these sentences out of these fields of a thing that is about to be kept.

        What stands there nobody took away: it is somebody's own.
        """
        texts = {name: getattr(thing, name) for name in names}
        if not any(SENTENCE.search(text) for value in texts.values() for text in texts_in(value)):
            return
        if not (gone := Withdrawn(thing.partnership_id)) or not (found := gone.found_in(*texts.values())):
            return
        stands = type(thing)._base_manager.filter(pk=thing.pk).values_list(*fields_of(type(thing))).first()
        found -= gone.found_in(*(stands or ()))
        for name, text in texts.items():
            if (kept := gone.left_out(text, thing._meta.get_field(name), found)) != text:
                setattr(thing, name, kept)
                thing.was_taken_back = True


# Asked for at every save of a sentence.
_of_table = Standing(lambda table: WithdrawnSentence.objects.filter(partnership=table).order_by(), UUID)


class Withdrawn:
    """What tellers at one table took back just now. Empty at nearly all times."""

    def __init__(self, table):
        since, self.known = timezone.now() - KEPT, {}
        for one in _of_table(table):
            if one.at > since:
                self.known.setdefault(one.words, set()).add(bytes(one.digest))
        self.key = _key(table) if self.known else None

    def __bool__(self):
        return bool(self.known)

    def found_in(self, *values):
        """The digests of the sentences that stand in one of these values."""
        return {digest for value in values for text in texts_in(value) for *_, digest in self._places(text)}

    def left_out(self, value, field, digests):
        """The value of this field with a remark in the place of these sentences, and all else to the letter."""
        return with_remark(value, field, partial(self._without, digests))

    def _without(self, digests, remark, text):
        kept, end = [], 0
        for start, stop, digest in sorted(self._places(text)):
            if digest in digests and start >= end:
                kept += [text[end:start], remark]
                end = stop
        return "".join([*kept, text[end:]])

    def _places(self, text):
        """Where the words of such a sentence stand in a row, whatever stands between them, and its digest."""
        words = _words(text)
        folded = _folded(words)
        for count, digests in self.known.items():
            for first in range(len(words) - count + 1):
                last = first + count
                if (digest := _digest(self.key, " ".join(folded[first:last]))) in digests:
                    yield words[first].start(), words[last - 1].end(), digest


def _words(text):
    return list(WORD.finditer(text))


def _folded(words):
    return [word.group().casefold() for word in words]


def _key(table):
    return salted_hmac("dialoog.withdrawn", str(table), algorithm="sha256").digest()


def _digest(key, words):
    return hmac.digest(key, words.encode(), "sha256")
