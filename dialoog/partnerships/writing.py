"""Texts that several people write: versioned, with a history, merged when two write at once."""

import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from simple_history.models import HistoricalRecords

from dialoog.live import bells
from dialoog.partnerships.merge import ENDS, Clash, Merged, by_sentence, differences, differences_by, merge, own_words
from dialoog.partnerships.models import ConflictCopy, Event, PartnershipModel, Withdrawn
from dialoog.partnerships.models.things import channel_of
from dialoog.partnerships.spells import SPELL, TYPED, spells

TAKEN_BACK = "Intussen trok iemand een verhaal terug: de zin daaruit staat niet in uw tekst."
SOFT = "words-"
# Whoever changed something here so shortly ago is still at it, before the eyes of whoever saves now.
AT_ONCE = timedelta(seconds=10)
# Of what one person types on without a pause, after a while one version in so much time is kept.
FRESH, STEP, THIN_EVERY = timedelta(minutes=2), timedelta(seconds=30), 25


def _nobody(instance, **kwargs):
    """Who wrote is told by the act itself; a request is never asked."""
    return None


@dataclass(frozen=True)
class Version:
    """One version of a thing, told against the version before it."""

    number: int
    by: Any
    at: datetime
    changes: list[tuple[str, list[tuple[str, str]]]]
    is_latest: bool
    # Everyone who wrote in it; of two who typed at once each new word carries the side of its writer.
    people: list
    # Of a version in which nothing was written yet there is nothing to bring back.
    has_words: bool = True


class Written(PartnershipModel):
    """A small unit that several people write; saving never overwrites what somebody else saved first.

    A model names in `texts` the fields that are written together. They change only through `write`; every other save
    leaves them alone, so an act with an old copy in hand cannot put an old text back.
    """

    texts: ClassVar[tuple[str, ...]] = ()
    # Those of them that save themselves while somebody types, and appear at the other screens.
    while_typing: ClassVar[tuple[str, ...]] = ()

    version = models.PositiveIntegerField(default=1, editable=False)
    # History rows have no door of their own: they are reached through a thing that the seat may see, and go with it.
    history = HistoricalRecords(
        inherit=True, user_model="partnerships.Member", get_user=_nobody, cascade_delete_history=True
    )

    # What did not merge in the last `write`, for the view that answers.
    conflicts: tuple = ()
    met_others = False
    # Whether what was typed last came to stand right after what another put in the same place just before.
    comes_after = False
    # Whether the last `write` changed the texts.
    changed_words = False
    # Whether the last `write` went on with what the same person was already typing: nobody is told twice.
    told_already = False
    _writing = False
    _typing = False

    class Meta:
        abstract = True

    def address(self, seat):
        """Where this thing is read; the way back from its history and its conflicts."""
        return seat.url("start")

    def one_of_many(self):
        """Which one this is, where many texts of one name stand on a page; nothing when the name says it."""
        return ""

    def may_be_written_by(self, seat):
        """Who may write, among those who may see it. A model that is stricter says so."""
        return seat.is_side

    def refuse_words(self):
        """A model whose texts close at some moment says so here, in the act itself."""

    def may_be_settled_by(self, seat, field):
        """Who may decide about a text of this field that did not fit. A model whose sides have their own says so."""
        return self.may_be_written_by(seat)

    def save(self, *args, **kwargs):
        if self._state.adding or self._writing:
            return super().save(*args, **kwargs)
        named = kwargs.pop("update_fields", None)
        if named is None:
            named = self._changed_fields()
        # An act saves who and when. That is told as an event, not as a version of the text.
        kept = [name for name in named if name not in (*self.texts, "version")]
        self.skip_history_when_saving = True
        try:
            super().save(*args, update_fields=kept, **kwargs)
        finally:
            del self.skip_history_when_saving

    def ring(self):
        """Typing rings softly: who reads these very words hears them at once, a page around them reads itself later."""
        if self._typing and not self._state.adding:
            bells.ring(channel_of(self.partnership_id, self.audience()), f"{SOFT}{self.topic}")
        else:
            super().ring()

    def wrote(self, seat, typing=False):
        """Name the one who makes this thing, before its first save; its first words are measured as all later ones.

        A thing that is made by its first letter begins with a step on the way, not with a version.
        """
        for name in self.texts:
            field = self._meta.get_field(name)
            if isinstance(field, models.CharField | models.TextField):
                setattr(self, name, self._value(name, getattr(self, name)))
        self._history_user = seat
        self._change_reason = TYPED if typing else None
        return self

    def keep_once(self, looked=False):
        """As for every thing; words that were added before the form came once more are laid over those of then."""
        thing = super().keep_once(looked)
        if not thing.is_new:
            sent, first = self._texts(), thing._text_at(1)
            if more := {name: text for name, text in sent.items() if text and text != first[name]}:
                thing.write(self._history_user, 1, **more)
        return thing

    def write(self, seat, version, **texts):
        """Keep these texts, typed on top of `version`. Gives the conflict copies: empty when all of it is in the text.

        When somebody was first, each text is merged word by word against the version both started from. Where that
        fails the first one stays, and the later text is kept as a copy that everyone who sees the thing sees.
        """
        if unknown := set(texts) - set(self.texts):
            raise TypeError(f"{sorted(unknown)} are not written together in {self._meta.label}")
        with transaction.atomic():
            now = type(self)._base_manager.select_for_update().filter(pk=self.pk).first()
            if now is None:
                raise ValidationError("Iemand haalde dit weg. Kopieer uw tekst als u hem wilt houden.", code="gone")
            # Before anything is merged or kept as a copy: what is closed takes no words at all.
            now.refuse_words()
            now._typing = self._typing
            was, met_others = now.version, version != now.version
            typed = now._as_taken_back(version, {name: _told(value) for name, value in texts.items()})
            copies = () if now._has_merged(seat, version, typed) else now._lay_over(seat, version, typed)
        # What was read under the lock and kept; asking for it once more would give the same.
        for field in self._meta.concrete_fields:
            setattr(self, field.attname, getattr(now, field.attname))
        self.conflicts, self.met_others, self.told_already = copies, met_others, now.told_already
        self.was_taken_back, self.comes_after = now.was_taken_back, now.comes_after
        self.changed_words = now.version != was
        return copies

    def type_in(self, seat, version, field, text):
        """Keep what somebody has typed so far in one text, on top of `version`; what others typed is merged with it."""
        self.refuse_hand(seat, field)
        if not text.strip() and not self._meta.get_field(field).blank:
            raise ValidationError("Dit mag niet leeg blijven. Schrijf eerst op wat er moet komen te staan.")
        self._typing = True
        try:
            with transaction.atomic():
                copies = self.write(seat, version, **{field: text})
                if self.changed_words and not self.told_already:
                    self.tell_writing(seat)
        finally:
            self._typing = False
        return copies

    def lose_words(self, texts):
        """The next version reads without them; that it does is told where the thing itself is told of."""
        type(self)._base_manager.filter(pk=self.pk).update(**texts, version=models.F("version") + 1)
        self.refresh_from_db()
        type(self).history.bulk_history_create([self], update=True)
        labels = " en ".join(f"‘{self._meta.get_field(name).verbose_name}’" for name in texts)
        Event.objects.create(
            partnership_id=self.partnership_id, sentence=f"Een zin van iemand die zich terugtrok ging weg uit {labels}",
            thing_kind=self.kind(), thing_id=self.pk, party=self.audience() or "",
        )  # fmt: skip
        self.ring()

    def put_words(self, seat, version, typing, **texts):
        """Keep these texts as they were sent: by the button, or by the page itself while somebody types."""
        if not typing:
            return self.write(seat, version, **texts)
        ((field, text),) = texts.items()
        return self.type_in(seat, version, field, text)

    def tell_writing(self, seat):
        """Somebody began to write here. A model of which `write` says nothing may tell the history so."""

    def tell_here(self, seat, field, gone=False):
        """Tell who reads these words that this person is writing in them, or stopped."""
        self.refuse_hand(seat, field)
        topic = f"{'gone' if gone else 'here'}-{self.topic}-{field}-{seat.pk.hex}"
        bells.ring(channel_of(self.partnership_id, self.audience()), topic)

    def refuse_hand(self, seat, field):
        """Only a text that saves itself, and only for those who may decide about that text."""
        if field not in self.while_typing:
            raise ValidationError("Deze tekst bewaart zichzelf niet. Gebruik de knop.")
        if not self.may_be_settled_by(seat, field):
            raise ValidationError("Dit schrijft de andere kant zelf.")

    def _as_taken_back(self, version, typed):
        """What was typed, without the sentences that their teller took back just now.

        What stands here, or stood in the version that was typed on, nobody took away: it is somebody's own.
        """
        gone = Withdrawn(self.partnership_id)
        if not gone:
            return typed
        for name, text in typed.items():
            # Nobody has to look through more than what fits.
            self._value(name, text)
        if not (found := gone.found_in(*typed.values())):
            return typed
        found -= gone.found_in(*self._texts().values(), *self._text_at(version).values())
        kept = {name: gone.left_out(text, self._meta.get_field(name), found) for name, text in typed.items()}
        self.was_taken_back = kept != typed
        return kept

    def _leave_out(self, names):
        # What is laid over what stood here was looked at before it was merged.
        if not self._writing:
            super()._leave_out(names)

    def _lay_over(self, seat, version, typed):
        """Merge what was typed into this fresh, locked row, and keep the copies of what does not fit."""
        base = self._text_at(version)
        now = self._texts()
        self.told_already = self._goes_on(seat)
        how = {
            "beside": self._typing,
            "goes_on": self._typing and self._was_by(seat, version),
            "at_once": self._typing and version < self.version and self._is_changed_just_now(seat, version),
            # Whoever saved since and still builds on the older version did not hear the answer.
            "again": self.history.filter(version__gt=version, history_user=seat).exists(),
        }
        merged = {name: self._merged(name, base[name], mine, now[name], how) for name, mine in typed.items()}
        self.comes_after = any(outcome.comes_after for outcome in merged.values())
        result = {name: outcome.text for name, outcome in merged.items()}
        if any(text != now[name] for name, text in result.items()):
            self._keep(seat, result)
            ConflictCopy.close_said(seat, self, result)
        return tuple(
            self._copy(seat, name, base[name], outcome) for name, outcome in merged.items() if outcome.conflicts
        )

    def _merged(self, name, base, mine, theirs, how):
        """Both texts in one, unless the field is too short for both."""
        # Also what only stays as a copy has to fit in the field.
        self._value(name, mine)
        outcome = merge(base, mine, theirs, **how)
        try:
            self._value(name, outcome.text)
        except ValidationError:
            return Merged(theirs, (Clash(base, mine, theirs),), mine)
        return outcome

    def _keep(self, seat, result):
        """Write the row and its history together, as the next version."""
        for name, text in result.items():
            setattr(self, self._meta.get_field(name).attname, self._value(name, text))
        self.version += 1
        self._history_user, self._writing = seat, True
        self._change_reason = TYPED if self._typing else None
        # Through the model's own `save`, so that what it refuses (an open envelope) is refused here too.
        self.save(update_fields=[*result, "version"])
        if self._typing and self.version % THIN_EVERY == 0:
            self._thin()

    def _thin(self):
        """An hour of typing is thousands of versions: of those between two of the same hand only some stay."""
        rows = list(self.history.filter(history_date__gte=timezone.now() - 2 * SPELL).order_by("version", "history_id"))
        rows, spare, kept = [row for row in rows if timezone.now() - row.history_date > FRESH], [], None
        for before, row, after in zip(rows, rows[1:], rows[2:], strict=False):
            hands = {(one.history_user_id, one.history_change_reason) for one in (before, row, after)}
            # What stood a while was no step on the way: somebody may want it back.
            stood = after.history_date - row.history_date >= STEP
            same = len(hands) == 1 and row.history_change_reason == TYPED
            if same and not stood and kept is not None and row.history_date - kept < STEP:
                spare.append(row.history_id)
            else:
                kept = row.history_date
        self.history.filter(history_id__in=spare).delete()

    def _goes_on(self, seat):
        """Whether this person was typing here a moment ago."""
        if not self._typing:
            return False
        since = timezone.now() - SPELL
        mine = self.history.filter(history_user=seat, history_change_reason=TYPED, history_date__gte=since)
        return mine.exists()

    def _value(self, name, text):
        """The value of a field from its text."""
        field = self._meta.get_field(name)
        if text:
            # A form measures every text; a field of many lines does not by itself, and what is typed passes no form.
            if field.max_length and len(text.replace("\r\n", "\n")) > field.max_length:
                raise ValidationError(
                    f"Bij ‘{field.verbose_name}’ passen hooguit {field.max_length} tekens. Maak de tekst korter."
                )
            return field.clean(text, self)
        return None if field.null else field.get_default()

    def _copy(self, seat, name, was, outcome):
        """Keep the later text beside the one that came first."""
        return ConflictCopy.keep(
            seat, self, name, base=was, theirs=outcome.text, yours=outcome.losing, after=self._last_writer(name)
        )

    def _last_writer(self, name):
        """The key of whose change of this text is the latest."""
        field = self._meta.get_field(name).attname
        rows = self.history.order_by("-version", "-history_date", "-history_id").values_list(field, "history_user")
        for _text, same in itertools.groupby(rows, itemgetter(0)):
            return list(same)[-1][1]
        return None

    def _text_at(self, version):
        """The texts as they were at this version. One that never existed has no words: everything else then clashes."""
        if version == self.version:
            return self._texts()
        # Of a version that was thinned out the one before it is a start as good: what came after it, both hold.
        there = self.history.filter(version__lte=version) if version < self.version else self.history.none()
        row = there.order_by("-version", "-history_date", "-history_id").first()
        return self._texts(row) if row else dict.fromkeys(self.texts, "")

    def text_at(self, version, name):
        """One text as it was at this version."""
        return self._text_at(version)[name]

    def _was_by(self, seat, version):
        """Whether this very version was written by this person, who then goes on in their own words."""
        return self.history.filter(version=version, history_user=seat).exists()

    def _is_changed_just_now(self, seat, version):
        """Whether somebody else began to write on top of this version a moment ago: they and I are typing at once."""
        row = self.history.filter(version__gt=version).order_by("version", "history_date", "history_id").first()
        if row is None or row.history_user_id == seat.pk:
            return False
        return timezone.now() - row.history_date < AT_ONCE

    def _texts(self, row=None):
        """The texts of this thing, or of one of its history rows."""
        return {name: _told(getattr(row or self, self._meta.get_field(name).attname)) for name in self.texts}

    def _has_merged(self, seat, version, typed):
        """Whether an earlier try of this very save is already in the text: the answer got lost, the words did not."""
        if version >= self.version:
            return False
        base, own = self._text_at(version), self._was_by(seat, version)
        rows = list(self.history.filter(version__gte=version).order_by("version", "history_date"))
        for before, after in itertools.pairwise(rows):
            if after.history_user_id != seat.pk:
                continue
            was, became = self._texts(before), self._texts(after)
            hand = after.history_change_reason == TYPED
            # Whether it was at once then is not known any more: either way it would be this very save.
            for at_once in {hand, False}:
                how = {"beside": hand, "goes_on": hand and own, "at_once": at_once}
                outcomes = {name: merge(base[name], mine, was[name], **how) for name, mine in typed.items()}
                if all(not outcome.conflicts and outcome.text == became[name] for name, outcome in outcomes.items()):
                    return True
        return False

    def restore(self, seat, version, number):
        """Bring back the texts of an older version, on top of the version that was on the screen."""
        row = self.history.filter(version=number).order_by("-history_date", "-history_id").first()
        if row is None:
            raise ValidationError("Deze versie bestaat niet. Kies er een uit de lijst.")
        with transaction.atomic():
            before = self._texts(type(self)._base_manager.get(pk=self.pk))
            copies = self.write(seat, version, **self._texts(row))
            # Who puts an older text back decided about the own words that did not fit there. Those of others they may
            # never have read: a copy comes in without a new version.
            changed = [name for name, text in self._texts(row).items() if text != before[name]]
            own = ConflictCopy.objects.about(self).unsettled().filter(field__in=changed, by=seat)
            for copy in own.exclude(pk__in=[copy.pk for copy in copies]):
                copy.close(seat)
        return copies

    def versions(self):
        """Every version, latest first, with what changed in it; what was typed in one go is one version."""
        rows = list(self.history.select_related("history_user__user").order_by("version", "history_date"))
        told, before = [], None
        for spell in spells(rows, self._length, self._holds, self._ends):
            row = spell[-1]
            was, now = self._texts(before) if before else {}, self._texts(row)
            people = list(dict.fromkeys(one.history_user for one in spell))
            changes = []
            for name in self.texts:
                if was.get(name, "") != now[name]:
                    label = self._meta.get_field(name).verbose_name
                    old, new = self._words(name, was.get(name, "")), self._words(name, now[name])
                    steps = [(one.history_user, self._texts(one)[name]) for one in spell] if len(people) > 1 else []
                    pieces = differences_by(old, steps) if steps else differences(old, new)
                    changes.append((label, by_sentence(pieces)))
            latest = row.version == self.version
            one = Version(row.version, row.history_user, row.history_date, changes, latest, people, any(now.values()))
            told.append(one)
            before = row
        return told[::-1]

    def open_conflicts(self, seat):
        """The copies that wait for a decision, for those who see this thing."""
        return open_conflicts(seat, [self])

    def _length(self, row):
        """How much stands in this version, in letters."""
        return sum(map(len, self._texts(row).values()))

    def _holds(self, row, before):
        """Whether every word of that version stands in this one too, in its order."""
        now, was = self._texts(row), self._texts(before)
        return not any(own_words(now[name], was[name])[0] for name in self.texts if now[name] != was[name])

    def _ends(self, row):
        """Whether what stood in this version was a whole sentence."""
        return any(ENDS.fullmatch(text.rstrip()[-8:]) for text in self._texts(row).values())

    def _words(self, name, text):
        """A text as people read it: of a choice its words, not its number."""
        choices = self._meta.get_field(name).flatchoices
        return str({str(value): label for value, label in choices}.get(text, text)) if choices else text


def open_conflicts(seat, things):
    """The copies of all these things that wait for a decision, in one look."""
    by_id = {thing.pk: thing for thing in things}
    copies = list(
        ConflictCopy.objects.visible_to(seat)
        .unsettled()
        .filter(thing_id__in=by_id)
        .select_related("by__user", "after__user")
    )
    for copy in copies:
        thing = by_id[copy.thing_id]
        copy.now, copy.now_version, copy.about = getattr(thing, copy.field), thing.version, thing
        copy.where = thing.one_of_many()
        copy.may_settle = thing.may_be_settled_by(seat, copy.field)
        copy.is_choice = bool(thing._meta.get_field(copy.field).flatchoices)
        told = (_told(text) for text in (copy.base, copy.now, copy.yours))
        copy.was_words, copy.now_words, copy.yours_words = (thing._words(copy.field, text) for text in told)
    return copies


def _told(value):
    """A field's value as the text in which it is compared. Browsers send their line ends in two ways."""
    return "" if value is None else str(value).replace("\r\n", "\n").replace("\0", "")
