"""After a teller is erased nothing of what was told is left: in no file, no row, no log, and in no backup put back."""

from pathlib import Path

import psycopg
import pytest

from tests.crawl import leaks
from tests.test_backup import done, empty_place

# One word for every secret field; the last two stand on a card and on the list, so they were never encrypted.
SEALED = {
    "story": "Zebravink Kwartelmeer",
    "changed later": "grutopaleis",
    "name": "Ypma-Quist",
    "phone": "06-98765432",
    "address": "Zwavelzuurstraat 77",
    "note": "hond Xerxes",
    "consent remark": "Tigrinya-dialect",
    "draft": "purperreigerzin",
    "remark": "kwikstaartbezwaar",
}
PLAIN = {"card": "ooievaarsnestverhaal", "code": "Z7X 99"}

HERE = """
from pathlib import Path
from django.core.management import call_command
from tests.tables import lay_tables
lay_tables()
from experiences.models import FragmentDraft
from projects.models import Phase
from tests import make as people
from tests.experiences import make
from tests.projects import make as rounds
table = people.partnership()
bram, dora = people.council(table, is_coordinator=True), people.council(table, 'Dora Vermeulen')
project = rounds.project(bram, Phase.COLLECT)
for _ in range(3):
    make.approved(bram, dora, make.told(bram, project))
said = {said!r}
held = make.interview(bram, project, code=said['code'], note=said['note'], interviewers=[bram, dora])
make.consent(bram, held, remark=said['consent remark'], may_call_back=True)
make.story(bram, held, happened=f"Ik zag {{said['story']}} en {{said['changed later']}}.")
make.story(bram, held, happened="Ik zag niets.")
make.contact(bram, held, name=said['name'], phone=said['phone'], email='', address=said['address'])
make.approved(bram, dora, held, heading='Een kop', text=f"Het was een {{said['card']}}.")
sent_back = make.draft(bram, held, text=f"Nog een {{said['draft']}}.")
sent_back.offer(bram, sent_back.version)
sent_back.send_back(dora, said['remark'])
"""
RELEASED = """
FragmentDraft.release(dora, project)
print('cards', *[one.text for one in FragmentDraft.objects.filter(fragment__isnull=False)])
call_command('backup', Path({database!r}))
call_command('backup', Path({keys!r}), keys=True)
"""
ERASE = """
from django.core.management import call_command
from experiences.models import Teller
from dialoog.partnerships.models import Member
Teller.objects.get(code='Z7X 99').withdraw(Member.objects.first())
call_command('retention')
"""
RESTORE = """
from pathlib import Path
from django.core.management import call_command
from experiences.models import Fragment, Passage, Story, Teller
call_command('restore', Path({database!r}), overwrite=True)
call_command('restore', Path({keys!r}), overwrite=True)
print('stories', Story.objects.count(), 'cards', Fragment.objects.count(), 'tellers', Teller.objects.count())
print(*[passage.text for passage in Passage.objects.all()])
"""

# What the passages do not hold.
CONTROL = """
from experiences.models import Consent, ContactDetail, FragmentDraft, Interview, PassageVersion, Remark
for kind in (Consent, ContactDetail, FragmentDraft, Interview, PassageVersion, Remark):
    print(*[row.words() for row in kind.objects.all()])
"""


def everywhere(environment, secrets):
    """Which of these words stand anywhere: in any file of the place, whatever it is, and in any row."""
    files = [file for file in Path(environment["DIALOOG_VAR"]).rglob("*") if file.is_file()]
    texts = [file.read_bytes() for file in files]
    url = environment["DIALOOG_DATABASE_URL"]
    if not url.startswith("sqlite"):
        with psycopg.connect(url) as database:
            names = [n for (n,) in database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
            texts += [str(row) for name in names for row in database.execute(f'SELECT * FROM "{name}"')]
    assert texts
    return leaks(secrets, *texts)


def run(environment, script):
    return done(environment, "shell", "-v0", "-c", script)


@pytest.mark.promise("P5")
@pytest.mark.promise("P5", control=True)
@pytest.mark.django_db(transaction=True)
def test_nothing_of_an_erased_teller_is_left_and_a_restore_brings_nothing_back(tmp_path):
    files = {"database": str(tmp_path / "all.tar.gz"), "keys": str(tmp_path / "keys.tar.gz")}
    words = [*SEALED.values(), *PLAIN.values()]
    with empty_place(tmp_path / "here") as here:
        run(here, HERE.format(said=SEALED | PLAIN) + RELEASED.format(**files))
        # Before: what was told is unreadable for who has the files; what both sides read, and the code, is not.
        assert everywhere(here, words) == set(PLAIN.values())

        said = run(here, ERASE)
        assert everywhere(here, words) == set()
        assert leaks(words, said) == set()

        # The backups of before, keys and all, put back over it.
        said = run(here, RESTORE.format(**files))
        assert "erased again" in said
        assert "stories 3 cards 3 tellers 4" in said
        assert leaks(words, said) == set()
        assert everywhere(here, words) == set()

        # The control: without the ledger the same two files bring everything back.
        (tmp_path / "here" / "vault" / "erased.txt").unlink()
        said = run(here, RESTORE.format(**files) + CONTROL)
        assert "stories 4 cards 4 tellers 4" in said
        assert leaks(SEALED.values(), said) == set(SEALED.values())
