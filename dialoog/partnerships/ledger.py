"""What a restored backup has to do again: a file beside the keys, because a table would go back in time too."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

LEDGER = "erased.txt"


@dataclass(frozen=True)
class Erased:
    """One line of the ledger: of whom what was erased or ended, and when. Nothing of what it was."""

    at: datetime
    table: str
    who: str
    what: str

    def __str__(self):
        return f"{self.at.isoformat(timespec='seconds')} {self.table} {self.who} {self.what}"

    @classmethod
    def read(cls, line):
        """The line again, or None for something that is no line: half a write, a blank."""
        try:
            at, table, who, what = line.split()
            return cls(datetime.fromisoformat(at), table, who, what)
        except ValueError:
            return None


class Ledger:
    """Whom we forgot and who left, in a file beside the keys: a restored backup does so once more."""

    # What happened to a teller, and to a member.
    WITHDRAWN, EXPIRED, CONTACT = "withdrawn", "expired", "contact"
    LEFT = "left"

    def __init__(self, file=None):
        self.file = Path(file or Path(settings.VAULT_DIR) / LEDGER)

    def note(self, table, who, what):
        """One more line, on the disk before this returns."""
        self._append([Erased(timezone.now(), str(table), str(who), what)])

    def lines(self):
        """All that was erased or ended, oldest first."""
        try:
            content = self.file.read_text()
        except FileNotFoundError:
            return []
        return [line for line in map(Erased.read, content.splitlines()) if line]

    def take_over(self, lines):
        """Also remember these lines, from a backup: nobody who was erased is ever forgotten to be forgotten."""
        here = {str(line) for line in self.lines()}
        self._append([line for line in lines if str(line) not in here])

    def destroy_keys(self):
        """No key of an erased teller lies in the vault any more."""
        for line in self.lines():
            if line.what in (self.WITHDRAWN, self.EXPIRED):
                (self.file.parent / line.table / f"{line.who}.key").unlink(missing_ok=True)

    def _append(self, lines):
        if not lines:
            return
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a") as file:
            # A blank line first: what broke off halfway must not take the next line along.
            file.write("".join(f"\n{line}\n" for line in lines))
            file.flush()
            os.fsync(file.fileno())
