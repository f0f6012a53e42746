"""What happens once a day, by itself."""

import logging

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from projects import daily as projects_daily

logger = logging.getLogger(__name__)


def let_go():
    """What was kept long enough goes; it has a command of its own, for who wants only that."""
    call_command("retention", verbosity=0)


# What each chore is called, and what does it; it may give how often it did so. Each apart from the others.
CHORES = [
    ("letting go of what was kept long enough", let_go),
    ("letters sent", projects_daily.remind),
    ("letters to owners without an account", projects_daily.ask_owners_again),
]


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
                self.stdout.write(f"{what}: {'done' if done is None else int(done)}")
        if failed:
            raise CommandError(f"Not done today, see the log: {', '.join(failed)}.")
