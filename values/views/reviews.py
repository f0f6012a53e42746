"""A draft ordinance, read value by value by both sides."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_POST

from dialoog.pages import back, form_page, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import seen_in
from dialoog.partnerships.models import Event
from dialoog.partnerships.views import asked, posted, text_history
from dialoog.partnerships.writing import open_conflicts
from values import paper, rules
from values.forms import PointForm, ReviewForm, ReviewTextForm
from values.models import PolicyReview, ReviewPoint
from values.story import touches


@require_GET
@seated(rules.any_member)
def reviews(request, seat):
    """The drafts that were brought to the table."""
    listed = list(PolicyReview.objects.visible_to(seat).newest_first())
    points = ReviewPoint.objects.visible_to(seat).filter(review__in=listed).in_order()
    found = {review.pk: [] for review in listed}
    for point in points:
        found[point.review_id].append(point)
    return page(request, "values/reviews.html", {"rows": [(one, found[one.pk]) for one in listed]})


@form_page
@seated(rules.side_member)
def bring(request, seat):
    """Lay a draft on the table."""
    form = ReviewForm(posted(request), seat=seat)
    said = "Het stuk ligt op tafel. Beide kanten kunnen erbij schrijven."
    return asked(request, seat, form, "values/review_form.html", lambda review: review.address(seat), said)


@require_GET
@seated(rules.any_member, review=PolicyReview)
def review(request, seat, review):
    """One draft, value by value: both sides, and what people told about that value in earlier rounds."""
    points = review.points()
    found = touches(seat, [point.value for point in points])
    told = {
        "review": review,
        "rows": [(point, _of_cards(found, point)) for point in points],
        "wants": seat.is_side and review.is_wanted_by(seat.party),
        "conflicts": open_conflicts(seat, [review, *points]),
        "events": Event.objects.visible_to(seat).about(review)[:30],
    }
    return page(request, "values/review.html", told)


@form_page
@seated(rules.may_write, review=PolicyReview)
def change_review(request, seat, review):
    """Change the words of the draft, add a value, or write what this talk brought."""
    form = ReviewTextForm(posted(request), seat=seat, instance=review)
    return asked(request, seat, form, "values/review_form.html", review.address(seat), review=review)


@form_page
@seated(rules.any_member, review=PolicyReview)
def review_history(request, seat, review):
    """Who changed what in the words of the draft."""
    return text_history(request, seat, review)


@form_page
@seated(rules.may_write, point=ReviewPoint)
def point(request, seat, point):
    """Write what the own side says about one value beside this draft."""
    form = PointForm(posted(request), seat=seat, instance=point)
    # Who weighs a text has before them what people told, not two pages away.
    found = _of_cards(touches(seat, [point.value]), point)
    return asked(
        request, seat, form, "values/point.html", point.review.address(seat), anchor=point.topic, point=point,
        found=found,
    )  # fmt: skip


@form_page
@seated(rules.any_member, point=ReviewPoint)
def point_history(request, seat, point):
    """Who wrote what about this value beside this draft."""
    return text_history(request, seat, point)


@require_POST
@seated(rules.may_agree, review=PolicyReview)
def speak_review(request, seat, review):
    """Say for the own side whether this comes in the report."""
    if (word := request.POST.get("word")) not in ("yes", "no"):
        raise ValidationError("Kies: wel of niet in het verslag.")
    review.speak(seat, word == "yes", seen=seen_in(request))
    said = (
        "Het komt in het verslag." if review.is_for_report else "Opgeslagen. Het komt erin als beide kanten ja zeggen."
    )
    return back(request, review.address(seat), "verslag", said if word == "yes" else "Het komt niet in het verslag.")


@require_GET
@seated(rules.any_member, review=PolicyReview)
def review_pdf(request, seat, review):
    """The same on paper, for who was not there."""
    name = slugify(review.title)[:60] or "stuk"
    shown = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(paper.review(seat, review), content_type="application/pdf", headers=shown)


def _of_cards(found, point):
    """What people told about the value of this point, per round."""
    return [one for one in found[point.value_id] if one.is_about_cards]
