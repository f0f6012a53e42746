"""A backup put back elsewhere is the same, and worthless without the keys that are kept apart."""

import hashlib
import os
import secrets
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
# Each command of manage.py takes seconds to start, so what belongs together runs in one.
HERE = """
from pathlib import Path
from django.core.management import call_command
from tests.conftest import Browser
from tests.tables import lay_tables
from dialoog.management.demo import collecting, preparing, rounds, tables
from dialoog.management.demo.clock import Clock
from dialoog.management.demo.stories import STORIES
lay_tables()
clock = Clock()
cast = tables.oosterhage(clock)
preparing.write_values(cast, clock)
project = preparing.prepare_round(cast, clock, rounds.ROUND_TWO)
preparing.agree_on_plan(cast, clock, project, rounds.ROUND_TWO)
collecting.collect(cast, clock, project, STORIES[:3], 'food_bank', [(35, [1, 12, 13, 15])])
# Somebody is at work while the backup is made.
print('session:', Browser(cast['bram']).cookies['sessionid'].value)
call_command('backup', Path({database!r}))
call_command('backup', Path({keys!r}), keys=True)
"""
THERE = """
from pathlib import Path
from django.core.management import call_command
from experiences.models import Passage
from experiences.vault import VaultClosed
call_command('restore', Path({database!r}))
from django.conf import settings
print('the secret key is the own one', (settings.VAR_DIR / 'secret_key').read_text() == settings.SECRET_KEY)
try:
    print([passage.text for passage in Passage.objects.all()])
except VaultClosed:
    print('closed without the keys')
call_command('restore', Path({keys!r}))
print('read', sum('durfde niet eens naar binnen' in passage.text for passage in Passage.objects.all()))
"""


@contextmanager
def empty_place(folder):
    """A Dialoog of its own, with nothing in it: the environment in which its commands run."""
    environment = {**os.environ, "DIALOOG_VAR": str(folder), "DIALOOG_DEMO": "yes"}
    environment.pop("DIALOOG_VAULT_DIR", None)
    given = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        yield {**environment, "DIALOOG_DATABASE_URL": f"sqlite://{folder}/dialoog.sqlite3"}
        return
    name = f"backup_{secrets.token_hex(4)}"
    ours = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"], "password": given["PASSWORD"]}
    with psycopg.connect(**ours, dbname="postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        login = quote(given["USER"]) + (f":{quote(given['PASSWORD'])}" if given["PASSWORD"] else "")
        url = f"postgresql://{login}@:{given['PORT']}/{name}?host={quote(given['HOST'])}"
        try:
            yield {**environment, "DIALOOG_DATABASE_URL": url}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def command(environment, *arguments):
    """Run a command of manage.py there."""
    line = [sys.executable, "manage.py", *arguments]
    return subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def done(environment, *arguments):
    """Run a command that must succeed; gives what it said."""
    answer = command(environment, *arguments)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def content(environment):
    """Per table the number of rows and a hash of all that is in them."""
    found, url = {}, environment["DIALOOG_DATABASE_URL"]
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite://"))) as database:
            names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            rows = {name: sorted(map(repr, database.execute(f'SELECT * FROM "{name}"'))) for name in names}
    else:
        with psycopg.connect(url) as database:
            names = [n for (n,) in database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
            rows = {name: sorted(map(repr, database.execute(f'SELECT * FROM "{name}"'))) for name in names}
    for name, lines in rows.items():
        found[name] = (len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest())
    return found


# What only the running server has to do with: a session is a way in.
NOT_COPIED = ("django_session", "live_bell")


def files_in(file):
    """What lies in a backup, by name."""
    with tarfile.open(file) as archive:
        return {one.name: archive.extractfile(one).read() for one in archive if one.isfile()}


@pytest.mark.promise("R8")
@pytest.mark.promise("R8", control=True)
@pytest.mark.promise("S5")
@pytest.mark.django_db(transaction=True)
def test_a_backup_put_back_elsewhere_is_the_same_and_its_stories_can_be_read(tmp_path):
    files = {"database": str(tmp_path / "all.tar.gz"), "keys": str(tmp_path / "keys.tar.gz")}
    # Somebody else who may write in this folder tries to own what comes.
    (tmp_path / ".all.tar.gz.part").touch(0o666)
    with empty_place(tmp_path / "here") as first, empty_place(tmp_path / "there") as second:
        for place in (first, second):
            place.pop("DIALOOG_SECRET_KEY", None)
        said = done(first, "shell", "-v0", "-c", HERE.format(**files))
        assert "The keys are not in it" in said
        session = said.partition("session: ")[2].split()[0]
        # The database alone opens nothing: what tellers said needs the file that is kept apart.
        said = done(second, "shell", "-v0", "-c", THERE.format(**files))
        assert "closed without the keys" in said
        assert "read 1" in said
        # Nor does it tell whose answers about trust these are, and nobody walks in with a session that stands in it.
        assert "the secret key is the own one True" in said
        copy = files_in(files["database"])
        assert "secret_key" not in copy and len(session) == 32
        assert session.encode() not in copy["database"]
        assert (tmp_path / "here/secret_key").read_text() == (tmp_path / "there/secret_key").read_text()
        before, after = content(first), content(second)
        assert [before[name][0] > 0 for name in NOT_COPIED] == [True, True]
        assert [after[name][0] for name in NOT_COPIED] == [0, 0]
        assert {name for name, held in after.items() if held != before[name]} == set(NOT_COPIED)
        assert before["experiences_story"][0] == 3
        kept = [*files.values(), *(tmp_path / "there").glob("dialoog.sqlite3")]
        assert {Path(file).stat().st_mode & 0o077 for file in kept} == {0}

        # The control: one word in one row, and the two are no longer the same.
        changed = "from dialoog.accounts.models import User; one = User.objects.first(); one.name += '.'; one.save()"
        done(second, "shell", "-v0", "-c", changed)
        assert {name for name, held in content(second).items() if held != after[name]} == {"accounts_user"}

        refused = command(second, "restore", files["database"])
        assert "There is a database already. Add --overwrite to replace it." in refused.stderr


def test_a_backup_never_overwrites_and_a_broken_one_is_not_put_back(tmp_path):
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(b"no archive")
    with pytest.raises(CommandError, match=r"is there already\. Choose another name"):
        call_command("backup", broken)
    elsewhere = tmp_path / "elsewhere.tar.gz"
    with tarfile.open(elsewhere, "w:gz") as archive:
        archive.add(broken, "../fallen-out")
    for file in (broken, elsewhere):
        with pytest.raises(CommandError, match="is not a backup that Dialoog made"):
            call_command("restore", file)
