"""Papers of this app: a draft as both sides read it, value by value."""

from django.template.loader import render_to_string

from dialoog import paper
from values.story import touches


def review(seat, review):
    """The review as a PDF that everyone can read."""
    return paper.render_once(review_html(seat, review))


def review_html(seat, review):
    """The review as one document that needs nothing else; it names organisations and no people."""
    points = review.points()
    found = touches(seat, [point.value for point in points])
    told = {
        "review": review,
        "partnership": review.partnership,
        "rows": [(point, [one for one in found[point.value_id] if one.is_about_cards]) for point in points],
        "style": paper.style("print.css"),
        "own_style": paper.style("print_letter.css"),
    }
    return render_to_string("values/print_review.html", told)
