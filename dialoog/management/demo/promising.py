"""Plays the commitments and the meetings."""

from dialoog.management.demo import rounds
from dialoog.management.demo.preparing import value_named
from projects.calendar import invitation
from projects.models import (
    AgendaItem,
    Commitment,
    ConsultationMeeting,
    Decision,
    Minute,
    OwnerLink,
    Paper,
    Project,
    Task,
)


def promise(cast, clock, project, texts, themes, agreed):
    """Commitments of one round, each bound to the theme it comes from."""
    project.refresh_from_db()
    made = []
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
        made.append((commitment, text))
    return made


def follow(cast, clock, made):
    """How far each came since: a text that was signed before does not know of it."""
    for commitment, text in made:
        _follow(cast, clock, commitment, text)


def _follow(cast, clock, commitment, text):
    anna = cast["anna"]
    if text.get("said_yes"):
        with clock.at(text["said_yes"], "09:15"):
            commitment.say_yes(commitment.owner_member)
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
                item = AgendaItem(partnership=partnership, meeting=meeting, title=title, note=note, added_by=cast[key])
                item.wrote(cast[key]).save()
        if days == rounds.CANCELLED[0]:
            _, key, why = rounds.CANCELLED
            with clock.at(days + 1, "15:45"):
                meeting.cancel(cast[key], why, invitation)
        if days == rounds.MINUTES["days"]:
            hold_minutes(cast, clock, meeting, rounds.MINUTES)
    bring_papers(cast, clock, ConsultationMeeting.objects.visible_to(cast["anna"]).next(), rounds.PAPERS)


def hold_minutes(cast, clock, meeting, texts):
    """The minutes of one meeting, from its first word to the second name under them."""
    days, anna = texts["days"], cast["anna"]
    with clock.at(days, "16:10"):
        minute = Minute.begin(anna, meeting, [])
        points = {item.title: item for item in AgendaItem.objects.visible_to(anna).of(meeting)}
        for key, title, words in texts["texts"]:
            points[title].write(cast[key], points[title].version, minutes=words)
        for key, title, text in texts["decided"]:
            Decision.take(cast[key], points[title], text)
        key, title, what, due = texts["task"]
        project = Project.objects.visible_to(anna).current()
        fields = {"partnership": meeting.partnership, "project": project, "member": cast[key]}
        task = Task.objects.create(what=what, due=clock.day(due), **fields)
        Decision.take(cast[key], points[title], what, task=task)
        for what, keys in texts["closed"]:
            for key in keys:
                Commitment.objects.visible_to(anna).get(what=what).close(cast[key])
        for what, key in texts["said_yes"]:
            Commitment.objects.visible_to(anna).get(what=what).say_yes(cast[key])
    with clock.at(due + 1, "17:20"):
        task.finish(task.member, "Zeven gesproken. Vier wachtten langer.")
    for key, day in texts["signed"]:
        with clock.at(day, "10:20"):
            minute.sign(cast[key], minute.hash_of(minute.body()))


def bring_papers(cast, clock, meeting, texts):
    """What people read before the next meeting, and what is still to come."""
    for key, title, days, text in texts:
        with clock.at(3, "09:30"):
            paper = Paper(partnership=meeting.partnership, meeting=meeting, title=title, member=cast[key])
            paper.wrote(cast[key]).save()
        if text:
            with clock.at(days, "11:45"):
                paper.write(cast[key], paper.version, text=text)


def hear_of_owner(cast, clock, what):
    """An owner without an account told, through the link in a letter, how far it is."""
    commitment = Commitment.objects.visible_to(cast["anna"]).get(what=what)
    with clock.at(2, "10:05"):
        link = OwnerLink.objects.create(
            partnership=commitment.partnership, commitment=commitment, owner_name=commitment.owner_name,
            email="teamleider.inkomen@oosterhage.example", sent_by=cast["anna"],
        )  # fmt: skip
    with clock.at(1, "08:50"):
        link.tell(Commitment.Status.BUSY, "Twee collega’s willen dit doen. Ik zoek nog een vast nummer.")
