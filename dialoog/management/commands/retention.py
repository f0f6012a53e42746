"""The daily work: what was kept long enough goes, and what goes soon is told."""

from django.core.management.base import BaseCommand
from django.db import connection

from dialoog import paper
from dialoog.partnerships.models import Member, WithdrawnSentence
from dialoog.report.models import Printing
from experiences.models.keeping import daily, forget_again, tables


class Command(BaseCommand):
    help = "Let go what was kept long enough and tell what goes soon. Run it once a day; more often does no harm."

    def handle(self, *, verbosity, **options):
        # First what an old backup may have brought back.
        if left := Member.leave_again():
            self.stdout.write(f"{left} members whom a backup had brought back are out again.")
        if again := forget_again():
            self.stdout.write(f"{again} tellers whom a backup had brought back are erased again.")
        for table in tables():
            gone, told = daily(table)
            if verbosity:
                for one in gone:
                    self.stdout.write(f"{table.slug}: erased, kept until {one.day}: {one.what}.")
                for one in told:
                    self.stdout.write(f"{table.slug}: told, goes on {one.day}: {one.what}.")
        # Drafts on paper are made again when somebody wants them; whole words of tellers stand in them.
        Printing.objects.let_go()
        paper.forget()
        WithdrawnSentence.objects.let_go()
        sweep()


def sweep():
    """Also the room that deleted rows leave behind in the file holds nothing of them."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)" if connection.vendor == "sqlite" else "VACUUM")
