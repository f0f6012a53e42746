"""What this app tells in the story of a value: the questions that were about it, and the points of advice."""

from django.utils import timezone

from dialoog.advice.models import AdvicePoint, Enquiry, PointReply
from dialoog.partnerships.templatetags.dialoog import dutch_date
from values.story import Touch


def touched(seat, values):
    """Each question and each point that was sent, with the answer it got, or the silence so far."""
    yield from _asked(seat, values)
    points = AdvicePoint.objects.visible_to(seat).filter(values__in=values, advice__sent_at__isnull=False)
    points = list(points.distinct().in_order())
    answers = PointReply.objects.visible_to(seat).filter(point__in=points, reply__sent_at__isnull=False)
    said = {answer.point_id: answer for answer in answers.select_related("reply")}
    for point in points:
        on, url = timezone.localdate(point.advice.sent_at), point.address(seat)
        note = "Er is nog geen antwoord."
        if answer := said.get(point.pk):
            verdict = answer.get_verdict_display()
            note = f"De gemeente zei op {dutch_date(answer.reply.sent_at)}: {verdict[:1].lower()}{verdict[1:]}."
        for value in point.values.all():
            if value.pk in values:
                yield Touch(value.pk, on, f"Advies: {point.text}", url, note, party="council")


def _asked(seat, values):
    questions = Enquiry.objects.visible_to(seat).filter(values__in=values, sent_at__isnull=False).distinct()
    for one in questions.with_people().prefetch_related("values"):
        on, url = timezone.localdate(one.sent_at), one.address(seat)
        for value in one.values.all():
            if value.pk in values:
                yield Touch(value.pk, on, f"Vraag om advies: {one.title}", url, one.clock, party="municipality")
