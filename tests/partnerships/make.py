"""Makers for tests about the people at a table."""

import re

from django.core import mail

from dialoog.partnerships.models import Invitation


def invitation(seat, email="nieuw@example.org", **fields):
    """An open invitation by the coordinator of a side."""
    fields.setdefault("party", seat.party)
    return Invitation(partnership=seat.partnership, email=email, **fields).invite(seat)


def link(letter=None):
    """The path in the last letter that was sent."""
    return re.search(r"https?://[^/\s]+(/uitnodiging/\S+)", (letter or mail.outbox[-1]).body)[1]
