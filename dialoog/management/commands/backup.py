"""Put everything that must not be lost in one file; the keys in another one, kept apart."""

import io
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand, CommandError

from dialoog.live.models import Bell
from dialoog.partnerships.ledger import Ledger

# What only the running server has to do with. A session is a way in: whoever finds the file would walk in with it.
OF_THE_SERVER = [Session._meta.db_table, Bell._meta.db_table]
ARGUMENTS = {"HOST": "--host", "PORT": "--port", "USER": "--username"}


class Command(BaseCommand):
    help = "Back up the database to one file, and with --keys the keys to another."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="for example dialoog.tar.gz; it must not be there yet")
        parser.add_argument("--keys", action="store_true", help="the keys instead of the database")

    def handle(self, *, file, keys, **options):
        if file.exists():
            raise CommandError(f"{file} is there already. Choose another name: a backup never overwrites one.")
        if not file.parent.is_dir():
            raise CommandError(f"The folder {file.parent} is not there. Make it first.")
        # Whom we forgot goes along in both: an old backup must not bring them back.
        content = {"erased": Ledger().file}
        with (
            tempfile.TemporaryDirectory() as folder,
            # For its owner only, by a new name: what lay ready in a folder for everyone would keep its rights.
            tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", suffix=".part") as draft,
        ):
            # Beside the database the keys would open what an erased teller once said, and tell who answered what about
            # trust: hence two files.
            if keys:
                content |= {"vault": settings.VAULT_DIR, "secret_key": settings.VAR_DIR / "secret_key"}
            else:
                content["database"] = dump(Path(folder) / "database")
            with tarfile.open(fileobj=draft, mode="w:gz") as archive:
                note = b"keys" if keys else settings.DATABASES["default"]["ENGINE"].encode()
                archive.addfile(described("kind", note), io.BytesIO(note))
                for name, path in content.items():
                    if Path(path).exists():
                        archive.add(path, arcname=name)
            draft.flush()
            # Appears whole or not at all.
            os.link(draft.name, file)
        self.stdout.write(f"{file} is written. Keep it where nobody else can read it.")
        if not keys:
            self.stdout.write("The keys are not in it: back them up apart, with --keys, to another place.")


def described(name, content):
    """The entry of a small file in the archive."""
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    return entry


def dump(path):
    """A whole and consistent copy of the database, taken while others go on working."""
    given = settings.DATABASES["default"]
    if "sqlite3" in given["ENGINE"]:
        with closing(sqlite3.connect(given["NAME"])) as source, closing(sqlite3.connect(path)) as target:
            source.backup(target)
            for table in OF_THE_SERVER:
                target.execute(f'DELETE FROM "{table}"')
            target.commit()
            # Written anew: what was deleted would still lie in the file.
            target.execute("VACUUM")
        return path
    without = [f"--exclude-table-data={table}" for table in OF_THE_SERVER]
    postgresql("pg_dump", "--format=custom", *without, f"--file={path}", given["NAME"])
    return path


def postgresql(program, *arguments):
    """Run one of PostgreSQL's own programs on our database."""
    given = settings.DATABASES["default"]
    if shutil.which(program) is None:
        raise CommandError(f"{program} is not installed here. Install PostgreSQL's client programs and try again.")
    where = [f"{name}={given[key]}" for key, name in ARGUMENTS.items() if given[key]]
    environment = {**os.environ, "PGPASSWORD": given["PASSWORD"]}
    done = subprocess.run([program, *where, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandError(f"{program} failed: {done.stderr.strip()}")
