"""Try Dialoog out: everything set up, the invented people at their tables, and the real server."""

import socket
import sqlite3

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from dialoog.partnerships.models import Member, Partnership


class Command(BaseCommand):
    help = "Set up a try-out with invented people, and serve it. A second start keeps what is there."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, port, **options):
        refuse_taken_port(port)
        refuse_broken_database()
        call_command("migrate", verbosity=0, interactive=False)
        if settings.DEMO and not Partnership.objects.exists():
            self.stdout.write("Filling the table of Oosterhage with an invented round …")
            call_command("demo", verbosity=0)
        keep_address(settings.SITE_URL)
        self.welcome(f"http://127.0.0.1:{port}/")
        try:
            call_command("serve", port=port)
        except KeyboardInterrupt:
            self.stdout.write("Stopped. What was written is kept in the database.")

    def welcome(self, address):
        """Where to go, and who one can be."""
        self.stdout.write(f"\nDialoog: {address}   (stop with Ctrl+C)\n")
        tables = {}
        for seat in Member.objects.invented() if settings.DEMO else []:
            tables.setdefault(seat.partnership, []).append(f"{seat.name} ({seat.side_name})")
        for table, people in tables.items():
            self.stdout.write(f"\n{table}: log in as")
            self.stdout.write("  " + ", ".join(people))
        if tables:
            self.stdout.write("\nAll people and stories are invented. Choose who you are on the login page.")
        if mail := getattr(settings, "EMAIL_FILE_PATH", None):
            self.stdout.write(f"No mail is sent: every letter, login codes too, is a file in {mail}/\n")
        self.stdout.flush()


def keep_address(address):
    """Tell the commands that run beside this one where it serves: their letters lead there."""
    (settings.VAR_DIR / "address").write_text(address)


def refuse_taken_port(port):
    """One sentence when something else serves there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            raise CommandError(
                f"Port {port} is taken or not allowed: stop what runs there, or choose another one: "
                f"python3 manage.py run --port {8001 if port == 8000 else 8000}"
            ) from None


def refuse_broken_database():
    """One sentence when the file is no database, or when the server does not answer."""
    given = settings.DATABASES["default"]
    try:
        if connection.vendor == "postgresql":
            # Not through the pool: it would keep on trying where we want an answer now.
            psycopg.connect(
                host=given["HOST"],
                port=given["PORT"] or None,
                user=given["USER"],
                password=given["PASSWORD"],
                dbname=given["NAME"],
                connect_timeout=5,
            ).close()
        else:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA schema_version")
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise CommandError(
            f"PostgreSQL does not answer ({reason}). Start it, or mend DIALOOG_DATABASE_URL; without that setting "
            "Dialoog keeps its data in a file."
        ) from None
    except (DatabaseError, sqlite3.Error) as error:
        raise CommandError(
            f"{given['NAME']} cannot be used as a database ({error}). Move it away, or put a backup in its place, "
            "then start again."
        ) from None
