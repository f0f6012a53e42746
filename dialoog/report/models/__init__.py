from dialoog.report.models.editions import Edition, Quote
from dialoog.report.models.reports import Report
from dialoog.report.models.signatures import Dissent, Signature

__all__ = ["Dissent", "Edition", "Quote", "Report", "Signature"]
