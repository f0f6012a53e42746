"""What waits between the two sides about advice: a question for the council, an advice for the municipality."""

from dialoog.advice.models import Advice, Enquiry
from dialoog.partnerships.agenda import OpenItem


def open_items(partnership):
    """Each question and each advice that was sent and not answered, with the day for the answer."""
    questions = [
        OpenItem("enquiry", one.title, one.pk, "advice:enquiry", {"enquiry": one.pk}, one.clock, "council", one.due)
        for one in Enquiry.objects.filter(partnership=partnership).waiting()
    ]
    return questions + [
        OpenItem(
            "advice", one.title, one.pk, "advice:detail", {"advice": one.pk}, one.clock, "municipality", one.reply_due
        )
        for one in Advice.objects.filter(partnership=partnership).waiting()
    ]
