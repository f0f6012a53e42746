"""How values live between the rounds: accounts of the municipality, answers of the council, and a draft ordinance."""

from dialoog.management.demo import our_values
from dialoog.management.demo.preparing import value_named
from values.models import PolicyReview, ReviewPoint, StatutoryValue, ValueAccount


def live_by(cast, clock):
    """Both sides tell how the values live in the daily work, in the order of the days."""
    for days, key, name, law, meaning in our_values.GIVEN_BY_LAW:
        with clock.at(days, "11:00"):
            StatutoryValue.note(cast[key], StatutoryValue(name=name, law=law, meaning=meaning))
    for days, key, name, part, text in sorted(our_values.ACCOUNTS, reverse=True):
        with clock.at(days, "15:20"):
            tell(cast[key], value_named(cast, name), part, text)


def tell(seat, value, part, text):
    """One side's words, on top of what stands there."""
    texts = {"municipality_account" if seat.is_municipality else "council_answer": text}
    known = ValueAccount.objects.visible_to(seat).filter(value=value, part=part).first()
    if known is None:
        return ValueAccount.tell(seat, value, part, **texts)
    known.write(seat, known.version, **texts)
    return known


def read_drafts(cast, clock):
    """Drafts on the table, and what each side wrote beside each value."""
    for draft in our_values.DRAFTS:
        brought, who = draft["brought"]
        values = [value_named(cast, name) for name in draft["points"]]
        with clock.at(brought, "14:10"):
            review = PolicyReview(**draft["words"])
            review = PolicyReview.bring(cast[who], review, values)
        for name, words in draft["points"].items():
            point = ReviewPoint.objects.visible_to(cast["bram"]).get(review=review, value__name=name)
            for key, days, texts in words:
                with clock.at(days, "19:15"):
                    point.write(cast[key], point.version, **texts)
        for key, days, result in draft["result"]:
            with clock.at(days, "20:30"):
                review.write(cast[key], review.version, result=result)
        for key, days in draft["in_report"]:
            with clock.at(days, "20:50"):
                review.speak(cast[key], True)
