"""How many conversations there were, where, and whether it was enough: as both sides and the report may know it."""

from collections import Counter

from django.db import models

from dialoog.partnerships.models import PartnershipModel
from dialoog.small_numbers import shown, shown_total
from experiences.models.consent import Consent, ConsentText
from experiences.models.drafts import quiet_stories
from experiences.models.tellers import Interview
from projects.models import Phase

# A kind of place as it goes on in a sentence: 'wij spraken mensen bij de voedselbank'.
WHERE = {
    Interview.Place.FOOD_BANK: "bij de voedselbank",
    Interview.Place.NEIGHBOURHOOD: "in een buurthuis of wijkcentrum",
    Interview.Place.LIBRARY: "in een bibliotheek of school",
    Interview.Place.CARE: "bij zorg, opvang of dagbesteding",
    Interview.Place.FAITH: "bij een kerk, moskee of vereniging",
}


class SharedCount(PartnershipModel):
    """The number of conversations and the kinds of places: a new row, made once, never counted again.

    A number that grows by one between two looks tells on which day somebody spoke. So it is told when collecting is
    over, and stays as it was then, also when the round takes a step back and more is told.
    """

    project = models.OneToOneField("projects.Project", on_delete=models.CASCADE, related_name="+", editable=False)
    # Empty when there were too few to say.
    talks = models.PositiveSmallIntegerField(null=True, editable=False)
    places = models.JSONField(editable=False)
    # The text that was read aloud. That somebody heard one, tells while collecting that somebody spoke.
    text = models.ForeignKey("experiences.ConsentText", on_delete=models.SET_NULL, null=True, editable=False)
    # How many of the last stories brought no new theme; empty until somebody asked, zero when that says too much.
    quiet = models.PositiveSmallIntegerField(null=True, editable=False)

    def __str__(self):
        return "Hoeveel wij spraken"

    @classmethod
    def of(cls, project):
        """What may be known of this round; None as long as nothing may be."""
        if known := cls.objects.filter(project=project).first():
            return known
        if not project.has_reached(Phase.DELIBERATE):
            return None
        # A conversation that was taken back stays counted: that it was held is all that is left of it.
        held = list(Interview.objects.filter(project=project, declined=False).values_list("place", flat=True))
        places = [place for place, number in shown(Counter(held), total=len(held)).items() if number]
        talks = shown_total(len(held))
        counted = {"talks": talks, "places": places, "text": _heard(project) if talks else None}
        # Kept by whoever looks first: before that nobody knew a number.
        return cls.objects.get_or_create(
            project=project, defaults={"partnership_id": project.partnership_id, **counted}
        )[0]

    @classmethod
    def enough(cls, project, themes):
        """What both sides read about the last stories, with `themes` as for `saturation`; empty when that is nothing.

        Counted anew whenever a card is laid elsewhere, it would tell of each card when its story came.
        """
        known = cls.of(project)
        if known is None or not themes:
            return ""
        if known.quiet is None:
            known.quiet = shown_total(quiet_stories(project, themes)) or 0
            known.save()
        if not known.quiet:
            return ""
        return f"Bij het bundelen gaven de laatste {known.quiet} verhalen geen nieuw thema."

    @property
    def text_read_aloud(self):
        """The paragraphs of the text for the consent."""
        return [line for line in self.text.body.splitlines() if line.strip()] if self.text else []

    @property
    def kinds_of_places(self):
        """Where people were, as it goes on in a sentence, in the order of the alphabet."""
        return sorted(WHERE.get(place, Interview.Place(place).label.lower()) for place in self.places)


def _heard(project):
    given = Consent.objects.standing().filter(teller__project=project)
    # Who heard a translation, heard the Dutch text that it follows.
    heard = {dutch or text for text, dutch in given.values_list("text", "text__follows")}
    return ConsentText.objects.filter(pk__in=heard).first()
