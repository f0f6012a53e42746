"""How the municipality lives up to a shared value, in its own words, and what the council sees of it."""

import uuid
from dataclasses import dataclass
from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from dialoog.partnerships.merge import by_sentence, differences
from dialoog.partnerships.models import Event, PartnershipQuerySet, Party, together
from values.models.two_voices import TwoVoices


class ValueAccountQuerySet(PartnershipQuerySet):
    def with_people(self):
        people = ("council_said_by__user", "municipality_said_by__user", "value")
        return self.select_related(*people).order_by("value", "-part", "pk")

    def about(self, value):
        """Both accounts of one value, the work floor first; one that nobody wrote yet stands there empty."""
        known = {account.part: account for account in self.filter(value=value).with_people()}
        return [known.get(part) or ValueAccount(value=value, part=part) for part in ValueAccount.Part.values]


class ValueAccount(TwoVoices):
    """The municipality's account of a shared value on the work floor or in its policy, and the council's answer."""

    class Part(models.TextChoices):
        WORK_FLOOR = "werkvloer", "Op de werkvloer"
        POLICY = "beleid", "In verordening en beleid"

    texts = ("municipality_account", "council_answer")

    value = models.ForeignKey("values.Value", on_delete=models.CASCADE, editable=False, related_name="+")
    part = models.CharField(max_length=9, choices=Part.choices, editable=False)
    municipality_account = models.TextField("zo doen wij dat", max_length=3000, blank=True)
    council_answer = models.TextField("dit merkt de raad ervan", max_length=3000, blank=True)

    objects = ValueAccountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["value", "part"], name="account_once_per_value_and_part"),
            together("council_said_by", "council_said_at", name="account_council_said"),
            together("municipality_said_by", "municipality_said_at", name="account_municipality_said"),
        ]

    def __str__(self):
        return f"{self.value}: {self.get_part_display().lower()}"

    @property
    def is_begun(self):
        """Whether anybody wrote here; until then it stands on the page as an empty place."""
        return not self._state.adding

    @property
    def changed_after_answer(self):
        """Whether the municipality changed its words after the council answered."""
        return self.has_spoken(Party.COUNCIL) and not self.is_answered(Party.COUNCIL)

    def address(self, seat):
        return seat.url("values:detail", value=self.value_id) + f"#uitleg-{self.part}"

    @classmethod
    def tell(cls, seat, value, part, **texts):
        """Write the first words about this part of a shared value; either side may be the first."""
        if not value.is_shared:
            raise ValidationError("Uitleg hoort bij een waarde van beide kanten samen. Zeg er eerst allebei ja op.")
        key = uuid.uuid5(value.pk, f"account-{part}")
        account = cls(pk=key, partnership=seat.partnership, value=value, part=part).wrote(seat).keep_once()
        # On top of the empty first version: two who begin at once are merged as any two who write at once.
        account.write(seat, 1, **texts)
        return account

    def spoken(self, seat, spoke):
        part = self.get_part_display().lower()
        if not spoke:
            Event.record(seat, f"haalde eigen woorden weg bij ‘{self.value}’, {part}", self.value)
        elif seat.is_municipality:
            Event.record(seat, f"legde uit hoe ‘{self.value}’ terugkomt {part}", self.value)
        else:
            Event.record(seat, f"schreef wat de raad merkt van ‘{self.value}’ {part}", self.value)


@dataclass(frozen=True)
class Change:
    """What one side said then and says now about one part, in pieces that are the same, gone or new."""

    party: str
    pieces: list
    was_there: bool


@dataclass(frozen=True)
class Comparison:
    """The accounts of one value on an earlier day beside those of now."""

    days: list
    day: object
    parts: list

    @property
    def is_same(self):
        """Whether nothing changed since that day."""
        pieces = [piece for _, changes in self.parts for change in changes for piece in change.pieces]
        return all(kind == "same" for kind, _ in pieces)


def compare(accounts, day=None):
    """Lay the accounts of a day beside those of now; without a day that was one, the first on which words stood."""
    rows = {account.pk: list(account.history.order_by("version", "history_date")) for account in accounts}
    spoken = [row for told in rows.values() for row in told if row.municipality_account or row.council_answer]
    days = sorted({timezone.localtime(row.history_date).date() for row in spoken})
    if day not in days:
        day = days[0] if days else None
    parts = [(account, _changes(account, rows[account.pk], day)) for account in accounts] if day else []
    return Comparison(days, day, parts)


def _changes(account, rows, day):
    end = timezone.make_aware(datetime.combine(day, time.max))
    then = next((row for row in reversed(rows) if row.history_date <= end), None)
    found = []
    for party, name in ((Party.COUNCIL, "council_answer"), (Party.MUNICIPALITY, "municipality_account")):
        was = getattr(then, name) if then else ""
        found.append(Change(party, by_sentence(differences(was, getattr(account, name))), bool(was)))
    return found
