"""Fill an empty database with two invented tables."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from dialoog.management.demo import preparing, promising, rounds, tables
from dialoog.management.demo.clock import Clock
from dialoog.partnerships.models import Partnership


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
    first = preparing.prepare_round(cast, clock, rounds.ROUND_ONE)
    preparing.agree_on_plan(cast, clock, first, rounds.ROUND_ONE)
    preparing.finish_tasks(cast, clock, first, rounds.ROUND_ONE)
    promising.meet(cast, clock, rounds.MEETINGS)
    tables.nieuwerdam(clock)
