"""How long the council keeps what: the clocks, what goes when, and the daily work that lets it go."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.core.mail import EmailMessage
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils import timezone

from dialoog.partnerships.models import Event, Invitation, Member, Partnership, PartnershipModel, Party
from dialoog.partnerships.templatetags.dialoog import in_words
from experiences.models.consent import ContactDetail
from experiences.models.readings import Reading
from experiences.models.tellers import Teller
from experiences.vault import Ledger, Vault

# So long before something goes, the council hears of it.
NOTICE = timedelta(days=14)


def months_after(day, months):
    """The same day some months later, or the last one of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


def _clock(label, default, least, most, unit):
    limits = [MinValueValidator(least), MaxValueValidator(most)]
    return models.PositiveSmallIntegerField(f"{label} ({unit})", default=default, validators=limits)


class Terms(PartnershipModel):
    """The clocks of one table: how long each kind of thing is kept. How long contact details stay is said with them."""

    story_months = _clock("verhalen, na het sluiten van de ronde", 12, 1, 60, "maanden")
    consent_months = _clock("wie toestemming gaf, na het sluiten van de ronde", 60, 12, 120, "maanden")
    reading_months = _clock("wie las wat", 24, 6, 120, "maanden")
    invitation_days = _clock("gebruikte en verlopen uitnodigingen", 90, 1, 365, "dagen")
    device_days = _clock("wat nog niet verstuurd is, op een apparaat", 30, 7, 60, "dagen")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership"], name="terms_once_per_table")]

    def __str__(self):
        return "Hoe lang wij bewaren"

    def audience(self):
        return Party.COUNCIL

    @classmethod
    def of(cls, partnership):
        """The clocks of this table; those of the house when nobody changed them."""
        return cls.objects.filter(partnership=partnership).first() or cls(partnership=partnership)

    def device_keys(self, teller, member, today=None):
        """The keys of this member's drafts on a device, of today and of each day that is not over yet, latest first."""
        today, vault = today or timezone.localdate(), Vault(self.partnership_id)
        if not vault.has_key(teller.pk):
            return []
        days = (today - timedelta(days=ago) for ago in range(self.device_days + 1))
        return [vault.device_key(teller.pk, member.pk, day) for day in days]

    def change(self, seat):
        """Other clocks, from now on; what is due by them goes with the next daily work."""
        with transaction.atomic():
            self.save()
            Event.record(seat, "wijzigde hoe lang wij bewaren", thing=self, audience=Party.COUNCIL)


@dataclass(frozen=True)
class Due:
    """Things of one kind that go on one day: the first day on which they are no longer there."""

    kind: str
    one: str
    many: str
    day: date
    keys: tuple

    @property
    def what(self):
        """What it is, with its number: 'drie verhalen van ronde 1'."""
        return self.one if len(self.keys) == 1 else self.many.format(in_words(len(self.keys)))

    @property
    def is_small(self):
        """Whether nobody has to hear of it beforehand."""
        return self.kind in ("reading", "invitation")

    def is_over(self, today):
        return self.day <= today

    def is_near(self, today):
        return today < self.day <= today + NOTICE


class Warned(PartnershipModel):
    """The council was told that these things go on this day; once is enough."""

    kind_due = models.CharField(max_length=20, editable=False)
    day = models.DateField(editable=False)
    told_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "kind_due", "day"], name="warned_once")]

    def __str__(self):
        return f"{self.kind_due} {self.day}"

    def audience(self):
        return Party.COUNCIL


def due(partnership, until=None, small=True):
    """What goes when, soonest first; with `until` only what goes on or before that day.

    Without `small` only what tellers told and how to reach them.
    """
    terms = Terms.of(partnership)
    found = [*_contacts(partnership), *_rounds(partnership, terms), *(_letters(partnership, terms) if small else ())]
    return sorted((one for one in found if until is None or one.day <= until), key=lambda one: (one.day, one.kind))


def first_of_each(days):
    """The same list, with of the small things per kind only one line: from which day on, and how many in all."""
    large = [one for one in days if not one.is_small]
    for kind in ("reading", "invitation"):
        if small := [one for one in days if one.kind == kind]:
            keys = tuple(key for one in small for key in one.keys)
            large.append(replace(small[0], keys=keys))
    return sorted(large, key=lambda one: (one.day, one.kind))


def _grouped(kind, one, many, rows):
    """Things that go on the same day, told together."""
    days = {}
    for key, day in rows:
        days.setdefault(day, []).append(key)
    return [Due(kind, one, many, day, tuple(keys)) for day, keys in days.items()]


def _contacts(partnership):
    kept = ContactDetail.objects.filter(partnership=partnership).values_list("pk", "delete_by")
    # `delete_by` is the last day on which somebody may still read them.
    rows = [(key, day + timedelta(days=1)) for key, day in kept]
    return _grouped("contact", "de contactgegevens van één verteller", "de contactgegevens van {} vertellers", rows)


def _rounds(partnership, terms):
    """Of closed rounds: first the words, much later that somebody told something at all."""
    told = Teller.objects.filter(partnership=partnership, project__closed_at__isnull=False)
    stories, tellers = {}, {}
    for key, number, closed, *gone in told.values_list(
        "pk", "project__number", "project__closed_at", "withdrawn_at", "expired_at"
    ):
        day = timezone.localdate(closed)
        tellers.setdefault((number, day), []).append(key)
        if not any(gone):
            stories.setdefault((number, day), []).append(key)
    for (number, closed), keys in stories.items():
        name, day = f"van ronde {number}", months_after(closed, terms.story_months)
        yield Due("story", f"één verhaal {name}", f"{{}} verhalen {name}", day, tuple(keys))
    for (number, closed), keys in tellers.items():
        name, day = f"van ronde {number}", months_after(closed, max(terms.consent_months, terms.story_months))
        yield Due("teller", f"één toestemming {name}", f"{{}} toestemmingen en gesprekken {name}", day, tuple(keys))


def _letters(partnership, terms):
    read = Reading.objects.filter(partnership=partnership).values_list("pk", "until")
    rows = [(key, months_after(timezone.localdate(at), terms.reading_months)) for key, at in read]
    yield from _grouped("reading", "één regel van ‘wie las wat’", "{} regels van ‘wie las wat’", rows)
    offers = Invitation.objects.filter(partnership=partnership)
    rows = [(one.pk, _ended(one) + timedelta(days=terms.invitation_days)) for one in offers]
    yield from _grouped("invitation", "één oude uitnodiging", "{} oude uitnodigingen", rows)


def _ended(invitation):
    """The day on which an invitation stopped being one."""
    return timezone.localdate(invitation.accepted_at or invitation.withdrawn_at or invitation.ends_at)


def let_go(one):
    """Let these things go, for good."""
    if one.kind == "contact":
        for kept in ContactDetail.objects.filter(pk__in=one.keys):
            kept.expire()
    elif one.kind == "story":
        for teller in Teller.objects.filter(pk__in=one.keys):
            teller.expire()
    elif one.kind == "teller":
        for teller in Teller.objects.filter(pk__in=one.keys):
            teller.delete()
    elif one.kind == "reading":
        Reading.objects.filter(pk__in=one.keys).delete()
    elif one.kind == "invitation":
        Invitation.objects.filter(pk__in=one.keys).delete()


def daily(partnership, today=None):
    """The daily work of one table: what is over goes and is noted, what is near is told. Gives the lines of both."""
    today = today or timezone.localdate()
    gone, told = [], []
    for one in due(partnership, until=today + NOTICE):
        if one.is_over(today):
            with transaction.atomic():
                let_go(one)
                sentence = f"De bewaartijd was voorbij. Gewist: {one.what}"
                Event.objects.create(partnership=partnership, by=None, sentence=sentence, party=Party.COUNCIL)
            gone.append(one)
        elif not one.is_small and _tell(partnership, one):
            told.append(one)
    if told:
        write_to_council(partnership, "Binnenkort gaat er iets weg", "Over een paar dagen gaat er iets weg.")
    return gone, told


def _tell(partnership, one):
    _, is_new = Warned.objects.get_or_create(partnership=partnership, kind_due=one.kind, day=one.day)
    return is_new


def write_to_council(partnership, subject, sentence):
    """A letter to the coordinators of the council that says only that there is something to look at."""
    coordinators = Member.objects.active().filter(partnership=partnership, party=Party.COUNCIL, is_coordinator=True)
    body = f"Beste lezer,\n\n{sentence} Log in bij Dialoog om te zien wat.\n\nIn deze brief staat met opzet niet meer."
    for address in coordinators.values_list("user__email", flat=True):
        EmailMessage(f"{subject} in Dialoog", body, to=[address]).send(fail_silently=True)


def forget_again():
    """What the ledger says was erased is erased, also when an old backup brought it back. Gives how many tellers."""
    ledger, again = Ledger(), 0
    for line in ledger.lines():
        teller = Teller.objects.filter(pk=line.who).first()
        if teller is None:
            continue
        if line.what == Ledger.CONTACT:
            for kept in ContactDetail.objects.filter(teller=teller, noted_at__lte=line.at):
                kept.delete()
        elif line.what == Ledger.WITHDRAWN and not teller.is_withdrawn:
            teller.withdraw()
            again += 1
        elif line.what == Ledger.EXPIRED and not (teller.is_withdrawn or teller.expired_at):
            teller.expire()
            again += 1
    ledger.destroy_keys()
    # A machine that stopped between the act and the key.
    for teller in Teller.objects.exclude(withdrawn_at=None, expired_at=None):
        vault = Vault(teller.partnership_id)
        if vault.has_key(teller.pk):
            vault.destroy_key(teller.pk, Ledger.WITHDRAWN if teller.is_withdrawn else Ledger.EXPIRED)
    return again


def tables():
    """Every table, for the daily work."""
    return Partnership.objects.order_by("slug")
