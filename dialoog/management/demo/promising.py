"""Plays the commitments and the meetings."""

from dialoog.management.demo.preparing import value_named
from projects.models import AgendaItem, Commitment, ConsultationMeeting


def promise(cast, clock, project, texts, themes, agreed):
    """Commitments of one round, each bound to the theme it comes from, and how far each came."""
    project.refresh_from_db()
    for text in texts:
        owner = {"owner_member": cast[text["owner"]]} if "owner" in text else {}
        if "owner_name" in text:
            owner = {"owner_name": text["owner_name"], "owner_party": text["owner_party"]}
        if "helper" in text:
            owner["helper"] = cast[text["helper"]]
        with clock.at(agreed, "21:15"):
            commitment = Commitment.agree(
                cast[text["by"]],
                project,
                what=text["what"],
                because=text["because"],
                value=value_named(cast, text["value"]),
                due=clock.day(text["due"]),
                client_notices=text["client_notices"],
                **owner,
            )
            themes[text["because"]].bind(commitment)
        follow(cast, clock, commitment, text)


def follow(cast, clock, commitment, text):
    """What became of a commitment since."""
    anna = cast["anna"]
    if "busy" in text:
        with clock.at(text["busy"], "14:00"):
            commitment.set_status(anna, Commitment.Status.BUSY)
    if "done" in text:
        with clock.at(text["done"], "14:30"):
            commitment.set_status(cast[text.get("owner", "anna")], Commitment.Status.DONE)
    if "dropped" in text:
        days, reason = text["dropped"]
        with clock.at(days, "11:00"):
            commitment.set_status(anna, Commitment.Status.DROPPED, reason)
    if "asked" in text:
        who, days, said = text["asked"]
        with clock.at(days):
            commitment.note_clients(cast[who], said)
    if "solved" in text:
        who, days, said = text["solved"]
        with clock.at(days):
            commitment.solve(cast[who], said)


def meet(cast, clock, texts):
    """The meetings behind us and the next one, with who comes and what is on the agenda."""
    for days, hour, place, host, about, coming, agenda in texts:
        partnership = cast["anna"].partnership
        with clock.at(max(days, 0) + 14, "10:00"):
            meeting = ConsultationMeeting.objects.create(
                partnership=partnership, starts_at=clock.moment(days, hour), place=place, host_party=host, about=about
            )
            for key in coming:
                meeting.answer(cast[key], True)
            for key, title, note in agenda:
                AgendaItem.objects.create(
                    partnership=partnership, meeting=meeting, title=title, note=note, added_by=cast[key]
                )
