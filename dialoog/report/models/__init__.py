from dialoog.report.models.editions import Edition, Quote
from dialoog.report.models.printing import Printing
from dialoog.report.models.reports import Report
from dialoog.report.models.signatures import Dissent, Refusal, Signature
from dialoog.report.models.versions import Seen, Version

__all__ = ["Dissent", "Edition", "Printing", "Quote", "Refusal", "Report", "Seen", "Signature", "Version"]
