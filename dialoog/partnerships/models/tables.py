"""A table, and the parties that sit at it."""

import uuid

from django.db import models, transaction

from dialoog.live import bells
from dialoog.partnerships.models.events import Event
from dialoog.partnerships.models.things import ChangesOnly, channel_of


class Party(models.TextChoices):
    """The two sides of a table, and the neutral helpers who belong to neither."""

    COUNCIL = "council", "cliëntenraad"
    MUNICIPALITY = "municipality", "gemeente"
    NEUTRAL = "neutral", "neutraal"

    @classmethod
    def sides(cls):
        """The two sides, in their one fixed order: council left, municipality right."""
        return (cls.COUNCIL, cls.MUNICIPALITY)


class Partnership(ChangesOnly):
    """A table: one municipality and one client council who keep up a dialogue."""

    class CouncilWord(models.TextChoices):
        CLIENT_COUNCIL = "cliëntenraad", "cliëntenraad"
        ADVISORY_COUNCIL = "adviesraad", "adviesraad"
        PARTICIPATION_COUNCIL = "participatieraad", "participatieraad"

    class ClientWord(models.TextChoices):
        CLIENT = "cliënt", "cliënt"
        RESIDENT = "inwoner", "inwoner"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField("adres van de tafel", unique=True)
    council_name = models.CharField("naam van de raad", max_length=120)
    municipality_name = models.CharField("naam van de gemeente", max_length=120)
    council_word = models.CharField(
        "zo noemen wij de raad", max_length=20, choices=CouncilWord.choices, default=CouncilWord.CLIENT_COUNCIL
    )
    client_word = models.CharField(
        "zo noemen wij de mensen om wie het gaat", max_length=20, choices=ClientWord.choices, default=ClientWord.CLIENT
    )
    legal_basis = models.CharField("wet of verordening", max_length=200, blank=True)
    reply_weeks = models.PositiveSmallIntegerField("weken om te antwoorden", default=6)
    papers_days = models.PositiveSmallIntegerField("dagen voor het overleg dat stukken er zijn", default=7)
    contact_retention_months = models.PositiveSmallIntegerField("maanden dat contactgegevens blijven", default=6)
    # Printed in the consent text: without it nobody can say yes to anything.
    data_controller = models.CharField("verwerkingsverantwoordelijke", max_length=200)
    # The council's own word: whoever reads its mail should not read its conversations.
    stories_second_step = models.BooleanField("gesprekken alleen met een tweede stap", default=False)
    theme = models.TextField("stijlblad van de gemeente", blank=True)
    theme_class = models.SlugField("klasse van het thema", blank=True)
    is_demo = models.BooleanField("verzonnen", default=False)

    def __str__(self):
        return f"{self.council_name} en {self.municipality_name}"

    @staticmethod
    def kind():
        """The word for a table in bells and in the history."""
        return "partnership"

    def change(self, seat, what="de instellingen van de tafel"):
        """Keep new settings, with a line in the history that both sides read."""
        with transaction.atomic():
            before = Partnership.objects.select_for_update(no_key=True).get(pk=self.pk).stories_second_step
            self.save()
            Event.record(seat, f"wijzigde {what}", thing=self)
            if seat.is_council and self.stories_second_step != before:
                turned = "aan" if self.stories_second_step else "uit"
                Event.record(seat, f"zette de tweede stap voor gesprekken en verhalen {turned}", thing=self)
            bells.ring(self.channel(), self.kind())

    @property
    def clients_word(self):
        """The word for the people it is about, when there are more of them."""
        return {"cliënt": "cliënten", "inwoner": "inwoners"}[self.client_word]

    def name_of(self, party):
        """The full name of a side, as on the cover of a report."""
        return {Party.COUNCIL: self.council_name, Party.MUNICIPALITY: self.municipality_name}.get(party, "neutraal")

    def side_name(self, party):
        """The short word for a side: 'cliëntenraad', 'gemeente', or 'neutraal'."""
        return {Party.COUNCIL: self.council_word, Party.MUNICIPALITY: "gemeente"}.get(party, "neutraal")

    def channel(self, party=None):
        """The name of the channel that everyone at this table hears, or only one party."""
        return channel_of(self.pk, party)
