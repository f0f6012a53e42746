"""A backup put back elsewhere is the same, and worthless without the keys that are kept apart."""

import hashlib
import os
import secrets
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
READ = """
from experiences.models import Passage
print(sum('durfde niet eens naar binnen' in passage.text for passage in Passage.objects.all()))
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


@pytest.mark.promise("R8")
@pytest.mark.django_db(transaction=True)
def test_a_backup_put_back_elsewhere_is_the_same_and_its_stories_can_be_read(tmp_path):
    here, there, files = tmp_path / "here", tmp_path / "there", tmp_path / "files"
    files.mkdir()
    with empty_place(here) as first, empty_place(there) as second:
        done(first, "migrate", "-v0")
        done(first, "demo")
        assert "keys of the vault are not in it" in done(first, "backup", str(files / "all.tar.gz"))
        done(first, "backup", "--keys", str(files / "keys.tar.gz"))
        done(second, "restore", str(files / "all.tar.gz"))
        before, after = content(first), content(second)
        assert before == after
        assert before["experiences_story"][0] == 11

        # The database alone opens nothing: what tellers said needs the file that is kept apart.
        assert "VaultClosed" in command(second, "shell", "-v0", "-c", READ).stderr
        done(second, "restore", str(files / "keys.tar.gz"))
        assert done(second, "shell", "-v0", "-c", READ).split() == ["1"]

        refused = command(second, "restore", str(files / "all.tar.gz"))
        assert "There is a database already. Add --overwrite to replace it." in refused.stderr
        refused = command(first, "backup", str(files / "all.tar.gz"))
        assert "is there already. Choose another name" in refused.stderr
        (files / "broken.tar.gz").write_bytes(b"no archive")
        refused = command(second, "restore", str(files / "broken.tar.gz"))
        assert "is not a backup that Dialoog made" in refused.stderr
        assert [stat.stat().st_mode & 0o077 for stat in (files / "all.tar.gz", files / "keys.tar.gz")] == [0, 0]
