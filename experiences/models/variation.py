"""Whom the council spoke and whom it missed: traits in bands, per round. It looks for difference, never for numbers."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from dialoog.partnerships.models import Event, Member, PartnershipModel, Party
from dialoog.partnerships.writing import Written
from dialoog.small_numbers import shown
from experiences.models.consent import Consent
from experiences.models.tellers import Interview, Secret, SecretQuerySet, Teller
from experiences.scan import scan
from experiences.vault import Vault
from projects.models import Phase

MOST_TRAITS, MOST_BANDS, FEWEST_BANDS = 6, 8, 2
# To begin with; the council chooses, and writes its own. Wide bands on purpose: a narrow one points at a person.
SUGGESTED = {
    "Leeftijd": ("18 tot 27 jaar", "27 tot 45 jaar", "45 tot 65 jaar", "65 jaar en ouder"),
    "Huishouden": ("alleen", "samen", "met kinderen", "met anderen"),
    "Inkomen": ("werk", "eigen bedrijf", "uitkering", "pensioen", "geen"),
    "Hoe lang al klant": ("nieuw dit jaar", "één tot vijf jaar", "langer dan vijf jaar", "nog geen klant"),
    "Waar iemand woont": ("in het centrum", "in een wijk", "in een dorp of het buitengebied"),
    "Taal": ("Nederlands van huis uit", "Nederlands later geleerd", "sprak via een tolk"),
}


class TraitQuerySet(SecretQuerySet):
    to_project = "project"


class Trait(PartnershipModel):
    """Something in which tellers differ, such as age: chosen by the council for one round, in bands."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="+", editable=False)
    name = models.CharField("kenmerk", max_length=40)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = TraitQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="trait_once_per_round")]

    def __str__(self):
        return self.name

    def audience(self):
        return Party.COUNCIL

    @classmethod
    def of(cls, project):
        """The traits of a round with their bands, in two queries."""
        traits = list(cls.objects.filter(project=project))
        bands = {}
        for band in Band.objects.filter(trait__in=traits):
            bands.setdefault(band.trait_id, []).append(band)
        for trait in traits:
            trait.bands = bands.get(trait.pk, [])
        return traits

    @classmethod
    def choose(cls, seat, project, name, labels, key=None):
        """The council chooses in what it looks for difference; a retry with the same key gives the first one."""
        with transaction.atomic():
            project.lock()
            if known := cls.objects.filter(pk=key, project=project).first():
                return known
            cls._refuse_closed(project)
            name, labels = _tidy(name, labels)
            there = cls.objects.filter(project=project)
            if any(other.name.lower() == name.lower() for other in there):
                raise ValidationError(f"‘{name}’ staat er al. Verander dat kenmerk, of kies een andere naam.")
            if len(there) >= MOST_TRAITS:
                raise ValidationError(f"Meer dan {MOST_TRAITS} kenmerken is te veel om te onthouden. Haal er een weg.")
            last = max((other.position for other in there), default=0)
            trait = cls(partnership=seat.partnership, project=project, name=name, position=last + 1)
            trait.pk = key or trait.pk
            trait = trait.keep_once()
            for place, label in enumerate(labels):
                Band.objects.create(partnership=seat.partnership, trait=trait, label=label, position=place)
            Event.record(seat, f"let nu ook op: {name.lower()}", thing=project, audience=Party.COUNCIL)
            return trait

    def change(self, seat, name, labels, more=()):
        """Other words for this trait: `labels` per band (empty: the band goes), `more` for new ones."""
        with transaction.atomic():
            self.project.lock()
            self._refuse_closed(self.project)
            bands = list(Band.objects.filter(trait=self))
            kept = {band: labels.get(band.pk, band.label) for band in bands}
            left = [label for label in kept.values() if label.strip()]
            name, tidy = _tidy(name, [*left, *more])
            self._refuse_chosen([band for band, label in kept.items() if not label.strip()])
            others = Trait.objects.filter(project=self.project).exclude(pk=self.pk)
            if any(other.name.lower() == name.lower() for other in others):
                raise ValidationError(f"‘{name}’ staat er al. Kies een andere naam.")
            self.name = name
            self.save()
            words = iter(tidy)
            for place, (band, label) in enumerate(kept.items()):
                if not label.strip():
                    band.delete()
                    continue
                band.label, band.position = next(words), place
                band.save()
            for place, label in enumerate(words, len(bands)):
                Band.objects.create(partnership=self.partnership, trait=self, label=label, position=place)
            Event.record(seat, f"veranderde een kenmerk: {name.lower()}", thing=self.project, audience=Party.COUNCIL)

    def drop(self, seat):
        """The council no longer looks at this; what was chosen for it goes with it."""
        with transaction.atomic():
            self.project.lock()
            self._refuse_closed(self.project)
            told = f"let niet meer op: {self.name.lower()}"
            Event.record(seat, told, thing=self.project, audience=Party.COUNCIL)
            self.delete()

    def _refuse_chosen(self, bands):
        gone = {str(band.pk): band.label for band in bands}
        taken = [gone[band] for chosen in TellerTraits.of(self.project).values() for band in chosen.values()
                 if band in gone]  # fmt: skip
        if taken:
            raise ValidationError(f"‘{taken[0]}’ is al bij een gesprek gekozen. Kies daar eerst iets anders.")

    @staticmethod
    def _refuse_closed(project):
        if project.is_closed:
            raise ValidationError("Deze ronde is afgesloten. Aan de spreiding verandert niets meer.")


class BandQuerySet(SecretQuerySet):
    to_project = "trait__project"


class Band(PartnershipModel):
    """One band of a trait: wide enough that it points at nobody."""

    trait = models.ForeignKey(Trait, on_delete=models.CASCADE, related_name="+", editable=False)
    label = models.CharField("groep", max_length=40)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = BandQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.label

    def audience(self):
        return Party.COUNCIL


class TellerTraits(Secret):
    """In which bands one teller falls. Together they can point at one person, so they lie in the vault."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["teller"], name="traits_once_per_teller")]

    def __str__(self):
        return "Kenmerken van een verteller"

    @classmethod
    def of(cls, project):
        """Per teller the chosen band of each trait, by their keys; in one query."""
        vault = Vault(project.partnership_id)
        rows = cls.objects.filter(teller__project=project, teller__withdrawn_at=None, sealed__isnull=False)
        return {
            teller: cls.unsealed(vault, key, teller, sealed).get("bands", {})
            for key, teller, sealed in rows.values_list("pk", "teller_id", "sealed")
        }

    @classmethod
    def chosen(cls, interview):
        """The bands that were chosen at this conversation, by trait."""
        row = cls.objects.filter(teller=interview.teller_id).first()
        return row.words().get("bands", {}) if row else {}

    @classmethod
    def put(cls, seat, interview, band):
        """One click: this teller falls in this band; the same click again takes it back."""
        with transaction.atomic():
            teller = Teller.objects.select_for_update().get(pk=interview.teller_id)
            teller.refuse_withdrawn()
            Consent.require(teller)
            trait = band.trait
            if trait.project_id != interview.project_id:
                raise ValidationError("Dit kenmerk hoort bij een andere ronde.")
            row = cls.objects.filter(teller=teller).first() or cls(partnership=seat.partnership, teller=teller)
            chosen = row.words().get("bands", {})
            if chosen.get(str(trait.pk)) == str(band.pk):
                del chosen[str(trait.pk)]
            else:
                chosen[str(trait.pk)] = str(band.pk)
            row.seal(bands=chosen)
            row.save()
            return row


class Seeking(Written):
    """Whom the council still misses and what it will do about it; its own note, for one round."""

    texts = ("plan",)

    project = models.OneToOneField("projects.Project", on_delete=models.CASCADE, related_name="+", editable=False)
    plan = models.TextField("wat doen wij eraan?", blank=True, max_length=2000)

    objects = TraitQuerySet.as_manager()

    def __str__(self):
        return "Wie missen wij nog?"

    def audience(self):
        return Party.COUNCIL

    def address(self, seat):
        return seat.url("experiences:spread", project=self.project_id)

    def may_be_written_by(self, seat):
        return seat.is_council and not self.project.is_closed

    @classmethod
    def put(cls, seat, project, plan, version):
        """Write the note, on top of the version that was on the screen."""
        with transaction.atomic():
            project.lock()
            known = cls.objects.filter(project=project).first()
            if known is None:
                key = uuid.uuid5(project.pk, "seeking")
                return cls(pk=key, partnership=seat.partnership, project=project, plan=plan).wrote(seat).keep_once()
            known.write(seat, version, plan=plan)
            return known


class SharedSpread(PartnershipModel):
    """The part of the picture that both sides and the report may have: a new row, made once, never counted again.

    Kept as it was: a picture that follows the vault would tell, when somebody withdraws, who that was.
    """

    project = models.OneToOneField("projects.Project", on_delete=models.CASCADE, related_name="+", editable=False)
    lines = models.JSONField(editable=False)
    shared_by = models.ForeignKey(Member, on_delete=models.PROTECT, editable=False, related_name="+")
    shared_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self):
        return "Wie wij spraken"

    @classmethod
    def why_not(cls, project, lines):
        """What stands in the way of giving the picture to both sides; empty when nothing does."""
        if not project.has_reached(Phase.DELIBERATE):
            return "Dit kan als het ophalen voorbij is. Een beeld dat nog verandert, verraadt wie er net bij kwam."
        if not lines:
            return "Van geen enkele groep sprak u zo veel mensen dat het veilig gezegd kan worden."
        return ""

    @classmethod
    def give(cls, seat, project):
        """The council gives the safe part of the picture to both sides, once."""
        with transaction.atomic():
            project.lock()
            if known := cls.objects.filter(project=project).first():
                return known
            lines = Spread(project).safe()
            if sentence := cls.why_not(project, lines):
                raise ValidationError(sentence)
            made = cls.objects.create(partnership=seat.partnership, project=project, lines=lines, shared_by=seat)
            Event.record(seat, "gaf vrij wie de raad sprak", thing=project)
            return made


@dataclass(frozen=True)
class Line:
    """One group of people: its name and how many of them told something."""

    name: str
    number: int
    key: Any = None


class Spread:
    """The picture of one round, for the council: counted from the vault, in a fixed number of queries."""

    def __init__(self, project):
        self.project = project
        self.traits = Trait.of(project)
        held = Interview.objects.filter(project=project, declined=False, teller__withdrawn_at=None)
        self.held = list(held.order_by("number"))
        self.chosen = TellerTraits.of(project)

    def lines(self, trait):
        """Per band of this trait how many people."""
        counts = {str(band.pk): 0 for band in trait.bands}
        for chosen in self._of_each():
            if (band := chosen.get(str(trait.pk))) in counts:
                counts[band] += 1
        return [Line(band.label, counts[str(band.pk)], band.pk) for band in trait.bands]

    def unknown(self):
        """The conversations at which not every trait was chosen, in order."""
        wanted = {str(trait.pk): {str(band.pk) for band in trait.bands} for trait in self.traits}
        return [
            one for one in self.held
            if any(self.chosen.get(one.teller_id, {}).get(trait) not in bands for trait, bands in wanted.items())
        ]  # fmt: skip

    def grid(self, down, across):
        """Two traits crossed: per band of the one a row with the number for each band of the other."""
        counts = {}
        for chosen in self._of_each():
            key = (chosen.get(str(down.pk)), chosen.get(str(across.pk)))
            counts[key] = counts.get(key, 0) + 1
        return [
            (band.label, [Line(other.label, counts.get((str(band.pk), str(other.pk)), 0)) for other in across.bands])
            for band in down.bands
        ]

    def missing(self):
        """The bands of which nobody was heard, by trait; only once somebody was."""
        found = [(trait, [line.name for line in self.lines(trait) if not line.number]) for trait in self.traits]
        return [(trait, names) for trait, names in found if names and len(names) < len(trait.bands)]

    def safe(self):
        """Per trait the bands that may be named outside the council: enough people, and nobody left over alone."""
        people = len(self.held)
        told = []
        for trait in self.traits:
            numbers = shown({line.name: line.number for line in self.lines(trait)}, total=people)
            if names := [name for name, number in numbers.items() if number]:
                told.append([trait.name, names])
        return told

    def places(self):
        """At what kinds of places the conversations were, most first."""
        return self._noted("place", Interview.Place)

    def approaches(self):
        """How tellers were reached; every way stands there, also the one that nobody took.

        Only by mail is no gap: nobody should go that way.
        """
        found, mail = self._noted("approach", Interview.Approach, also_none=True), Interview.Approach.MAIL.label
        return [line for line in found if line.number or line.name != mail]

    def _noted(self, field, choices, also_none=False):
        counts = dict.fromkeys(choices.values, 0)
        for one in self.held:
            counts[getattr(one, field)] += 1
        lines = [Line(str(choices(value).label), number) for value, number in counts.items() if number or also_none]
        return sorted(lines, key=lambda line: -line.number)

    def _of_each(self):
        return (self.chosen.get(one.teller_id, {}) for one in self.held)


def _tidy(name, labels):
    """The words of a trait as they are kept, or a refusal. Both sides may once read them."""
    name = " ".join(name.split())
    labels = [" ".join(label.split()) for label in labels if label.strip()]
    if not name or len(name) > 40:
        raise ValidationError("Geef het kenmerk een korte naam, zoals ‘leeftijd’.")
    if len(labels) < FEWEST_BANDS:
        raise ValidationError("Geef ten minste twee groepen, zoals ‘jonger dan 45’ en ‘45 en ouder’.")
    if len(labels) > MOST_BANDS:
        raise ValidationError(f"Neem hooguit {MOST_BANDS} groepen. Een kleine groep wijst naar één mens.")
    if long := next((label for label in labels if len(label) > 40), None):
        raise ValidationError(f"‘{long[:40]}…’ is te lang. Neem hooguit 40 tekens.")
    if len({label.lower() for label in labels}) < len(labels):
        raise ValidationError("Twee groepen heten hetzelfde. Geef elke groep een eigen naam.")
    if grave := [hit for text in (name, *labels) for hit in scan(text) if hit.must_clear]:
        raise ValidationError(f"Dit wijst naar één mens. Haal weg: {', '.join(hit.text for hit in grave)}.")
    return name, labels
