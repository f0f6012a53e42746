"""Plays the end of a round: the signed report, the feedback, the closing."""

from dialoog.management.demo import papers, rounds
from dialoog.report import composition
from dialoog.report.models import Report
from experiences.models import Feedback
from projects.models import CloseOut, Phase


def report(cast, clock, project, texts, days):
    """The report is written, signed by both sides and made public by two keys; then the round is closed."""
    anna, bram = cast["anna"], cast["bram"]
    with clock.at(days + 9):
        written = Report.start(bram, project)
        written.write(bram, written.version, **texts)
    with clock.at(days + 3, "16:30"):
        for key in ("anna", "bram"):
            written.speak(cast[key], True)
        written.sign(anna, composition.compose(written).fingerprint)
    with clock.at(days, "20:10"):
        written.sign(bram, composition.compose(written).fingerprint)
    papers.tell_earlier(cast, clock, project, days - 6)
    with clock.at(days - 8):
        Feedback.conclude(cast["dora"], project)
        project.refresh_from_db()
        while project.next_phase != Phase.CLOSED:
            project.advance(bram)
    for key, looked in rounds.LOOKED_BACK.items():
        with clock.at(days - 10):
            seat = cast[key]
            back = CloseOut(partnership=seat.partnership, project=project, party=seat.party, **looked)
            back.wrote(seat).save()
    with clock.at(days - 11):
        project.close(bram, rounds.LEFT_OPEN)
