"""Put a backup back."""

import os
import shutil
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from dialoog.management.commands.backup import postgresql
from dialoog.management.commands.retention import sweep
from dialoog.partnerships.ledger import Ledger
from dialoog.partnerships.models import Member
from experiences.models.keeping import forget_again


class Command(BaseCommand):
    help = "Put back what `backup` wrote: the database, or the keys. Stop the server first."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--overwrite", action="store_true", help="replace what is there now")

    def handle(self, *, file, overwrite, **options):
        with tempfile.TemporaryDirectory() as folder:
            content = Path(folder)
            try:
                with tarfile.open(file) as archive:
                    unpack(archive, content)
                kind = (content / "kind").read_text()
            except (OSError, tarfile.TarError):
                raise CommandError(f"{file} is not a backup that Dialoog made, or it is damaged.") from None
            known = [*Ledger().lines(), *Ledger(content / "erased").lines()]
            if kind == "keys":
                self.put_keys_back(content / "vault", overwrite)
            else:
                self.put_database_back(content, kind, overwrite)
            # It goes with the keys; an older backup of the database holds it too.
            if (content / "secret_key").exists():
                target = settings.VAR_DIR / "secret_key"
                os.replace(beside(target, content / "secret_key"), target)
        self.forget_again(known, kind)
        self.stdout.write(f"{file} is back in place.")

    def forget_again(self, known, kind):
        """Whoever was erased or left since this backup is so again: first the ledger, then the keys, then the rows."""
        Ledger().take_over(known)
        Ledger().destroy_keys()
        if kind != "keys":
            # An older backup has the tables of then.
            call_command("migrate", verbosity=0)
        if not is_filled():
            return
        if left := Member.leave_again():
            self.stdout.write(f"{left} members who left since then are out again.")
        if kind != "keys":
            # Who was logged in then need not be who may be now.
            Session.objects.all().delete()
        if again := forget_again():
            self.stdout.write(f"{again} tellers who were erased since then are erased again.")
            sweep()

    def put_keys_back(self, keys, overwrite):
        """Only an empty place is filled without asking; what was erased since is destroyed again right after this."""
        if settings.VAULT_DIR.exists() and any(path.is_dir() for path in settings.VAULT_DIR.iterdir()):
            if not overwrite:
                raise CommandError(f"{settings.VAULT_DIR} holds keys already. Add --overwrite to replace them.")
            shutil.rmtree(settings.VAULT_DIR)
        if keys.exists():
            shutil.copytree(keys, settings.VAULT_DIR, dirs_exist_ok=True)
            settings.VAULT_DIR.chmod(0o700)

    def put_database_back(self, content, kind, overwrite):
        """The database as it was, with everything or not at all."""
        given = settings.DATABASES["default"]
        if kind != given["ENGINE"]:
            raise CommandError(f"This backup is of {kind}; DIALOOG_DATABASE_URL names {given['ENGINE']}.")
        if not overwrite and is_filled():
            raise CommandError("There is a database already. Add --overwrite to replace it.")
        connection.close()
        if "sqlite3" in kind:
            target = Path(given["NAME"])
            draft = beside(target, content / "database")
            # What the old database still had beside it would be read into the new one.
            for rest in ("-wal", "-shm"):
                target.with_name(target.name + rest).unlink(missing_ok=True)
            os.replace(draft, target)
        else:
            dumped = str(content / "database")
            postgresql(
                "pg_restore", "--clean", "--if-exists", "--single-transaction", f"--dbname={given['NAME']}", dumped
            )


def beside(target, source):
    """A copy of this file, ready next to where it will stand and for its owner only."""
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as draft, source.open("rb") as content:
        shutil.copyfileobj(content, draft)
    return draft.name


def unpack(archive, folder):
    """Lay the files of a backup in this folder, each only for its owner; what would land elsewhere is no backup.

    Not by `extractall`: Debian 12's own Python has no filter for it yet.
    """
    for member in archive:
        target = (folder / member.name).resolve()
        if member.isdir():
            continue
        if not member.isfile() or not target.is_relative_to(folder.resolve()):
            raise tarfile.TarError(member.name)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with archive.extractfile(member) as source, target.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        target.chmod(0o600)


def is_filled():
    """Whether the database holds tables."""
    if connection.vendor == "sqlite" and not Path(settings.DATABASES["default"]["NAME"]).exists():
        return False
    return bool(connection.introspection.table_names())
