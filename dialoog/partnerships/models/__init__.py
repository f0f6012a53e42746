"""Tables, the people who sit at them, and the ground that every thing on a table stands on."""

from dialoog.partnerships.models.conflicts import ConflictCopy, ConflictCopyQuerySet
from dialoog.partnerships.models.copied import Copied, sentences
from dialoog.partnerships.models.envelopes import Envelope, SealedModel, SealedQuerySet
from dialoog.partnerships.models.events import Event, EventQuerySet
from dialoog.partnerships.models.invitations import Invitation, InvitationQuerySet
from dialoog.partnerships.models.members import Member, MemberQuerySet
from dialoog.partnerships.models.tables import Partnership, Party
from dialoog.partnerships.models.things import PartnershipModel, PartnershipQuerySet, together
from dialoog.partnerships.models.withdrawn import Withdrawn, WithdrawnSentence

__all__ = [
    "ConflictCopy",
    "ConflictCopyQuerySet",
    "Copied",
    "Envelope",
    "Event",
    "EventQuerySet",
    "Invitation",
    "InvitationQuerySet",
    "Member",
    "MemberQuerySet",
    "Partnership",
    "PartnershipModel",
    "PartnershipQuerySet",
    "Party",
    "SealedModel",
    "SealedQuerySet",
    "Withdrawn",
    "WithdrawnSentence",
    "sentences",
    "together",
]
