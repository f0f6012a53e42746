"""What this app tells in the story of a value: the points of advice that were given for it."""

from django.utils import timezone

from dialoog.advice.models import AdvicePoint, PointReply
from values.story import Touch


def touched(seat, values):
    """Each point that was sent, with the answer it got, or the silence so far."""
    points = AdvicePoint.objects.visible_to(seat).filter(values__in=values, advice__sent_at__isnull=False)
    points = list(points.distinct().in_order())
    answers = PointReply.objects.visible_to(seat).filter(point__in=points, reply__sent_at__isnull=False)
    said = {answer.point_id: answer.get_verdict_display() for answer in answers}
    for point in points:
        on, url = timezone.localdate(point.advice.sent_at), point.address(seat)
        verdict = said.get(point.pk)
        note = f"De gemeente: {verdict[:1].lower()}{verdict[1:]}." if verdict else "Er is nog geen antwoord."
        for value in point.values.all():
            if value.pk in values:
                yield Touch(value.pk, on, f"Advies: {point.text}", url, note, party="council")
