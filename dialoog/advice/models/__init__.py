"""The municipality's enquiry, the council's advice in points, and the reply to each. Each side drafts alone."""

from dialoog.advice.models.advice import Advice, AdvicePoint, AdvicePointQuerySet, AdviceQuerySet
from dialoog.advice.models.enquiries import Enquiry, EnquiryQuerySet
from dialoog.advice.models.letters import Letter, LetterQuerySet
from dialoog.advice.models.replies import AdviceReply, PointReply

__all__ = [
    "Advice",
    "AdvicePoint",
    "AdvicePointQuerySet",
    "AdviceQuerySet",
    "AdviceReply",
    "Enquiry",
    "EnquiryQuerySet",
    "Letter",
    "LetterQuerySet",
    "PointReply",
]
