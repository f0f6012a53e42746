"""A teller withdraws without us, on a page for everyone: only with the code on the card, and never by guessing."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from dialoog.partnerships.models import Partnership, PartnershipModel, PartnershipQuerySet, Party
from experiences.models.keeping import write_to_council
from experiences.models.tellers import Teller, tidy_code

# A wrong code so often in a day, and the page is closed until tomorrow. There are 184,832 codes: whoever guesses on
# every day at a table with ten tellers needs some two and a half years to hit one.
MOST = 20
DAY = timedelta(hours=24)


class TooMany(ValidationError):
    """Too many wrong codes at this table: the way through the council stays open."""


class WrongCodeQuerySet(PartnershipQuerySet):
    def today(self, partnership):
        """The wrong codes of the last twenty-four hours."""
        return self.filter(partnership=partnership, at__gt=timezone.now() - DAY)


class WrongCode(PartnershipModel):
    """Somebody sent a code that is of nobody. Not which one, and not who: only when."""

    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = WrongCodeQuerySet.as_manager()

    def __str__(self):
        return f"Verkeerde code op {self.at}"

    def audience(self):
        return Party.COUNCIL

    @classmethod
    def is_closed(cls, partnership):
        """Whether so many wrong codes came that the page is closed for a while."""
        return cls.objects.today(partnership).count() >= MOST


def withdraw_with(partnership, typed):
    """Withdraw the teller with this code, and say whether there was one: for who tidies up, never for the page."""
    code = tidy_code(typed)
    with transaction.atomic():
        # One at a time, so that many tries at once are not more tries.
        Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
        if WrongCode.is_closed(partnership):
            raise TooMany("Op deze pagina zijn te veel verkeerde codes ingevuld. Zij is tot morgen dicht.")
        WrongCode.objects.filter(partnership=partnership, at__lte=timezone.now() - DAY).delete()
        teller = Teller.objects.filter(partnership=partnership, code=code).first()
        if teller is None:
            WrongCode.objects.create(partnership=partnership)
            return False
        teller.withdraw()
        transaction.on_commit(
            lambda: write_to_council(partnership, "Bericht van een verteller", "Er is een bericht van een verteller.")
        )
        return True
