"""A yes and a name go to the words that were on the screen, and to no others."""

import json
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac

UNSEEN = "unseen"


class SaidYesTo:
    """Something to whose words people say yes, or under which they put their name.

    Its page lays a print of these words in the form (`{% seen thing %}`), and the act refuses the print of others. A
    form without one is an old page.
    """

    # What to do once it was read again.
    then = "zeg dan ja of nee"
    # All that somebody reads before the yes, in an order that stays; each thing says it for itself.
    shown: Callable[[], list[Any]]

    @property
    def seen(self):
        """The print of the words as they stand now."""
        return self.print_of(self.shown())

    def print_of(self, shown):
        """The print of these words of this thing."""
        words = json.dumps([str(self.pk), *shown], default=str)
        return salted_hmac("dialoog.seen", words, algorithm="sha256").hexdigest()[:32]

    def refuse_unseen(self, seen):
        """Refuse a yes to other words than these. None is no page: who calls so has the thing itself before them."""
        if seen is not None and seen != self.seen:
            raise ValidationError(f"De tekst is net veranderd. Lees hem opnieuw en {self.then}.", code=UNSEEN)
