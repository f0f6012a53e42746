"""Plays the values and the first half of a round: up to the moment that collecting may begin."""

from dialoog.management.demo import our_values
from projects.models import BackingNote, CollectionPlan, Pair, Pledge, Project, RoundDraft, Task, TrustAnswer
from values.models import Value, ValueEnvelope, ValuePractice, ValueView


def write_values(cast, clock):
    """Both sides write their own values, the envelopes open, and some become shared."""
    for key, texts, days in (("bram", our_values.OF_THE_COUNCIL, 266), ("anna", our_values.OF_THE_MUNICIPALITY, 265)):
        with clock.at(days):
            for name, meaning, why, priority in texts:
                ValueView.lay_in(cast[key], ValueView(name=name, meaning=meaning, why=why, priority=priority))
    with clock.at(264, "16:10"):
        ValueEnvelope.coming(cast["anna"]).release(cast["anna"])
    with clock.at(263, "19:52"):
        ValueEnvelope.coming(cast["bram"]).release(cast["bram"])
    with clock.at(263, "20:20"):
        for name, people in our_values.YES.items():
            for key in people:
                value_named(cast, name).agree(cast[key])
        first, second, who, other = our_values.JOINED
        value_named(cast, first).join(cast[who], value_named(cast, second))
        value_named(cast, f"{first} en {second.lower()}").agree(cast[other])
    with clock.at(259):
        for name, key, behaviour, place, safeguard in our_values.PRACTICES:
            practice = ValuePractice(behaviour=behaviour, place=place, safeguard=safeguard)
            ValuePractice.describe(cast[key], value_named(cast, name), practice)


def value_named(cast, name):
    return Value.objects.visible_to(cast["bram"]).listed().get(name=name)


def prepare_round(cast, clock, texts):
    """A round from its subject to the yes of both sides to what will be collected; gives the round."""
    lead, began = cast[texts["lead"]], texts["began"]
    partnership = lead.partnership
    with clock.at(began, "10:15"):
        project = Project(
            partnership=partnership,
            subject=texts["subject"],
            occasion=texts["occasion"],
            question=texts["question"],
            proposed_by_side=texts["proposed_by_side"],
            lead=lead,
            planned_stories=texts["planned_stories"],
            started_on=clock.day(began),
            ends_on=clock.day(texts["ends"]),
        )
        project.save()
        project.begin(lead)
    with clock.at(began - 5):
        for key, answers in texts["trust"].items():
            TrustAnswer.fill_in(cast[key], project, **dict(zip(TrustAnswer.FIELDS, answers, strict=True)))
    with clock.at(began - 6):
        for key, text in texts["backing"].items():
            note = BackingNote(partnership=partnership, project=project, party=cast[key].party, text=text)
            note.noted_by = cast[key]
            note.save()
        for key in ("bram", "anna"):
            project.confirm_trust(cast[key])
        project.advance(lead)
    with clock.at(began - 7):
        for key, expected in texts["people"].items():
            pledge = Pledge(partnership=partnership, project=project, member=cast[key], expected=expected)
            pledge.named_by = lead
            pledge.save()
            pledge.give(cast[key], Pledge.Answer.YES)
        for council, municipal in texts["pairs"]:
            Pair.objects.create(
                partnership=partnership, project=project, council_member=cast[council], municipal_member=cast[municipal]
            )
        for what, key, due, _ in texts["tasks"]:
            Task.objects.create(
                partnership=partnership, project=project, what=what, member=cast[key], due=clock.day(due)
            )
        project.advance(lead)
    return project


def agree_on_plan(cast, clock, project, texts):
    """The values of this round are chosen, and both sides say yes to the plan; collecting begins."""
    began, lead = texts["began"], cast[texts["lead"]]
    stories, figures = texts["plan"]
    with clock.at(began - 14, "21:10"):
        project.values.set(value_named(cast, name) for name in texts["values"])
        plan = CollectionPlan(partnership=project.partnership, project=project, stories=stories, figures=figures)
        plan.save()
        plan.agree(cast["bram"])
    with clock.at(began - 18, "11:05"):
        plan.agree(cast["anna"])
        project.refresh_from_db()
        project.advance(lead)


def finish_tasks(cast, clock, project, texts):
    """The tasks that are behind us were done a day before they were due."""
    done = {what: due for what, _, due, is_done in texts["tasks"] if is_done}
    for task in Task.objects.visible_to(cast["bram"]).filter(project=project, what__in=done):
        with clock.at(done[task.what] + 1, "17:20"):
            task.finish(task.member)


def think_of_the_next(cast, clock, texts):
    """Somebody already answered the five questions for a next round, and did not begin it yet."""
    with clock.at(1, "16:20"):
        seat = cast[texts["by"]]
        draft = RoundDraft(
            partnership=seat.partnership,
            member=seat,
            subject=texts["subject"],
            question=texts["question"],
            lead=cast[texts["lead"]],
            planned_stories=texts["planned_stories"],
            started_on=clock.day(texts["begins"]),
            talk_on=clock.day(texts["talks"]),
        )
        draft.save()
        draft.participants.set(cast[key] for key in texts["people"])
