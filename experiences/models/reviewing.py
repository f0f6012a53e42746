"""What reader and writer say to each other about a card, and what may give a teller away at this table."""

from collections import Counter
from itertools import combinations

from django.db import models
from django.utils import timezone

from dialoog.partnerships.models import Member
from dialoog.small_numbers import FEWEST
from experiences.models.drafts import FragmentDraft
from experiences.models.tellers import Interview, Secret
from experiences.models.variation import TellerTraits, Trait


class Remark(Secret):
    """One line between reader and writer about a card in the making: in the vault, because it quotes the story."""

    draft = models.ForeignKey(FragmentDraft, on_delete=models.CASCADE, related_name="+", editable=False)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"Opmerking van {self.by}"

    @property
    def text(self):
        return self.words().get("text", "")

    @classmethod
    def say(cls, seat, draft, text):
        """Add a line under those that are there."""
        made = cls(partnership_id=draft.partnership_id, teller_id=draft.teller_id, draft=draft, by=seat)
        made.seal(text=text.strip()[:1000])
        made.save()
        return made

    @classmethod
    def about(cls, draft):
        """What was said about this card, oldest first."""
        return list(cls.objects.filter(draft=draft).select_related("by__user"))


def rare_traits(interview):
    """What few tellers of this round share with this one, alone or two things together: [(words, number of tellers)].

    The reader weighs with it what a caseworker could know; it stands on no card. What is rare by itself is not
    repeated in pairs.
    """
    project = interview.project
    held = Interview.objects.filter(project=project, declined=False, teller__withdrawn_at=None).select_related("teller")
    bands = {str(band.pk): f"{trait.name.lower()} {band.label}" for trait in Trait.of(project) for band in trait.bands}
    chosen = TellerTraits.of(project)
    everyone = {}
    for one in held:
        noted = [bands[band] for band in chosen.get(one.teller_id, {}).values() if band in bands]
        everyone[one.pk] = (*_circumstances(one), *sorted(noted))
    counted = Counter(mix for traits in everyone.values() for mix in _mixes(traits))
    rare = []
    for mix in _mixes(everyone.get(interview.pk, ())):
        if counted[mix] < FEWEST and not any(set(known) < set(mix) for known, _ in rare):
            rare.append((mix, counted[mix]))
    return [(" en ".join(mix), number) for mix, number in rare]


def _circumstances(interview):
    labels = (
        interview.get_place_display(),
        interview.get_form_display(),
        interview.get_approach_display(),
        f"een verhaal {interview.teller.get_whose_display()}",
    )
    return tuple(label[:1].lower() + label[1:] for label in labels)


def _mixes(traits):
    return [*((one,) for one in traits), *combinations(traits, 2)]
