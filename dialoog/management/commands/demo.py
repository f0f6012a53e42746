"""Fill an empty database with two invented tables."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from dialoog.management.demo import (
    advising,
    bundling,
    collecting,
    living,
    papers,
    preparing,
    promising,
    reporting,
    room,
    rounds,
    tables,
    talks,
)
from dialoog.management.demo.clock import Clock
from dialoog.management.demo.earlier_stories import EARLIER_STORIES
from dialoog.management.demo.stories import STORIES
from dialoog.partnerships.models import Partnership
from experiences.models import Interview


class Command(BaseCommand):
    help = "Fill an empty database with the invented tables of Oosterhage and Nieuwerdam."

    def handle(self, *, verbosity, **options):
        if Partnership.objects.filter(slug__in=["oosterhage", "nieuwerdam"]).exists():
            raise CommandError("The invented tables are there already. Move var/ away to begin anew.")
        # All or nothing: a demo that was broken off would look like a round that nobody finished.
        with transaction.atomic():
            fill(Clock())
        if verbosity:
            self.stdout.write("The tables of Oosterhage and Nieuwerdam are there.")


def fill(clock):
    """Both tables, played through the acts in the order in which things happened."""
    cast = tables.oosterhage(clock)
    preparing.write_values(cast, clock)
    room.hold_room(cast, clock)
    living.live_by(cast, clock)
    earlier_round(cast, clock)
    running_round(cast, clock)
    living.read_drafts(cast, clock)
    advising.advise(cast, clock)
    collecting.keep_time(cast, clock)
    promising.meet(cast, clock, rounds.MEETINGS)
    promising.hear_of_owner(cast, clock, rounds.PROMISED_IN_ROUND_TWO[0]["what"])
    preparing.think_of_the_next(cast, clock, rounds.THE_NEXT)
    tables.nieuwerdam(clock)


def earlier_round(cast, clock):
    """Round 1, from its subject to the signed report."""
    texts, themes = rounds.ROUND_ONE, talks.THEMES_ROUND_ONE
    project = preparing.prepare_round(cast, clock, texts)
    preparing.agree_on_plan(cast, clock, project, texts)
    collecting.collect(
        cast, clock, project, EARLIER_STORIES, Interview.Place.NEIGHBOURHOOD, [(238, range(1, 9))], hour="10:30"
    )
    go_on(cast, clock, project, 210)
    named = bundling.bundle(cast, clock, project, EARLIER_STORIES, talks.SORTS_ROUND_ONE, themes, 207)
    go_on(cast, clock, project, 206)
    bundling.deliberate(cast, clock, project, themes, named, 200)
    go_on(cast, clock, project, 199)
    bundling.choose_quotes(cast, clock, project, named, 198)
    bundling.talk(cast, clock, project, themes, named, 193, "Gemeentehuis, zaal 2", "municipality")
    go_on(cast, clock, project, 193)
    promised = promising.promise(cast, clock, project, rounds.PROMISED_IN_ROUND_ONE, named, 193)
    preparing.finish_tasks(cast, clock, project, texts)
    reporting.report(cast, clock, project, talks.REPORT_ROUND_ONE, 172)
    promising.follow(cast, clock, promised)


def running_round(cast, clock):
    """Round 2, up to the first evening of the dialogue."""
    texts, themes = rounds.ROUND_TWO, talks.THEMES_ROUND_TWO
    project = preparing.prepare_round(cast, clock, texts)
    preparing.agree_on_plan(cast, clock, project, texts)
    collecting.set_clocks(cast, clock, project)
    papers.put_words(cast, clock, project, 62)
    batches = [(35, range(1, 13)), (32, range(13, 25))]
    collecting.collect(cast, clock, project, STORIES, Interview.Place.FOOD_BANK, batches)
    collecting.look_round(cast, clock, project, 40)
    go_on(cast, clock, project, 28)
    moves = talks.MOVES_ROUND_TWO
    named = bundling.bundle(cast, clock, project, STORIES, talks.SORTS_ROUND_TWO, themes, 25, moves)
    go_on(cast, clock, project, 24)
    collecting.share_spread(cast, clock, project, 22)
    bundling.deliberate(cast, clock, project, themes, named, 13)
    go_on(cast, clock, project, 12)
    bundling.choose_quotes(cast, clock, project, named, 11)
    bundling.talk(cast, clock, project, themes, named, 4, "Gemeentehuis, zaal 2", "municipality")
    promised = promising.promise(cast, clock, project, rounds.PROMISED_IN_ROUND_TWO, named, 4)
    promising.follow(cast, clock, promised)
    papers.tell_now(cast, clock, project, 2)
    collecting.look_after(cast, clock, project)
    preparing.finish_tasks(cast, clock, project, texts)


def go_on(cast, clock, project, days):
    """The lead brings the round to its next step."""
    with clock.at(days, "21:40"):
        project.refresh_from_db()
        project.advance(project.lead)
