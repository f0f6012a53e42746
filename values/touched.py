"""What this app tells in the story of a value: the drafts that were held against it, and what the council found."""

from django.utils import timezone

from dialoog.partnerships.templatetags.dialoog import dutch_date
from values.models import PolicyReview, ReviewPoint, ValueAccount
from values.story import Touch


def touched(seat, values):
    """Drafts on the table, and each day on which a side last changed its words about the value in the daily work."""
    points = ReviewPoint.objects.visible_to(seat).filter(value__in=values).select_related("review")
    sorts = dict(PolicyReview.Sort.choices)
    for point in points.order_by("value__name", "pk"):
        review = point.review
        verdict = point.get_council_verdict_display()
        note = "De raad zei hier nog niets over."
        if verdict:
            note = f"De raad zei op {dutch_date(point.council_said_at)}: {verdict.lower()}."
        on = timezone.localdate(review.brought_at)
        sort = sorts[review.sort]
        # Many a title begins with what it is: said once is enough.
        title = review.title if review.title.lower().startswith(sort.lower()) else f"{sort}: {review.title}"
        yield Touch(point.value_id, on, title, review.address(seat) + f"#{point.topic}", note)
    for account in ValueAccount.objects.visible_to(seat).filter(value__in=values).order_by("-part", "pk"):
        part, url = account.get_part_display().lower(), account.address(seat)
        if account.municipality_said_at:
            on = timezone.localdate(account.municipality_said_at)
            yield Touch(account.value_id, on, f"Uitleg {part}", url, party="municipality")
        if account.council_said_at:
            on = timezone.localdate(account.council_said_at)
            yield Touch(account.value_id, on, f"Wat de raad ervan merkt {part}", url, party="council")
