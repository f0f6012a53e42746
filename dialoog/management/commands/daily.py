"""What happens once a day, by itself."""

import logging

from django.core.management.base import BaseCommand, CommandError

from projects import daily as projects_daily

logger = logging.getLogger(__name__)

# Each app tells in its `daily.py` what it does; gives how often it did so. In this order, each apart from the others.
CHORES = [("letters sent", projects_daily.remind)]


class Command(BaseCommand):
    help = "Do what has to happen once a day. Run it every morning; a second time does nothing twice."

    def handle(self, *, verbosity, **options):
        failed = []
        for what, chore in CHORES:
            try:
                done = chore()
            except Exception:
                # One chore that breaks keeps no other from being done.
                logger.exception("A daily chore failed: %s", what)
                failed.append(what)
                continue
            if verbosity:
                self.stdout.write(f"{what}: {int(done or 0)}")
        if failed:
            raise CommandError(f"Not done today, see the log: {', '.join(failed)}.")
