"""Makers of questions, advice and replies, always by somebody. Everything here is invented."""

import uuid
from datetime import timedelta

from django.utils import timezone

from dialoog.advice.models import Advice, AdvicePoint, AdviceReply, Enquiry, PointReply


def enquiry(seat, title="De nieuwe brieven", question="Waar moeten wij op letten?", days=42):
    """A draft of the municipality's question."""
    due = timezone.localdate() + timedelta(days=days)
    return Enquiry.begin(seat, Enquiry(pk=uuid.uuid4(), title=title, question=question, due=due))


def asked(seat, **fields):
    """A question that went to the council."""
    made = enquiry(seat, **fields)
    made.send(seat)
    return made


def advice(seat, title="Brieven in gewone taal", opening="Mensen begrijpen hun brief niet.", points=1, **fields):
    """A draft of the council with this many points."""
    made = Advice.begin(seat, Advice(pk=uuid.uuid4(), title=title, opening=opening, **fields))
    for number in range(1, points + 1):
        point(seat, made, f"Laat twee mensen de brief eerst lezen ({number}).")
    return made


def point(seat, advice, text="Zet er een naam onder.", values=(), themes=()):
    """A point at the end of a draft, with its ties."""
    made = AdvicePoint.add(seat, advice, AdvicePoint(pk=uuid.uuid4(), text=text, why="Dan weet iemand wie hij belt."))
    made.values.set(values)
    made.themes.set(themes)
    return made


def sent(seat, **fields):
    """An advice that went out."""
    made = advice(seat, **fields)
    made.send(seat)
    return made


def reply(seat, advice, verdict="adopted", reasons=""):
    """A draft of the municipality's reply, with this answer to each point."""
    made = AdviceReply.begin(seat, advice)
    for answer in made.answers() if verdict else []:
        answer.write(seat, answer.version, verdict=verdict, reasons=reasons)
    return made


def answer(reply):
    """The answer to the first point."""
    return PointReply.objects.filter(reply=reply).order_by("point__position").first()


def answered(council, municipality, **fields):
    """An advice with a reply that went out."""
    made = sent(council, **fields)
    reply(municipality, made).send(municipality)
    made.refresh_from_db()
    return made
