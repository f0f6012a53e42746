"""The vault: what a teller said is kept under a key of that teller alone, and that key under the key of the council.

Both kinds of keys are files in `settings.VAULT_DIR/<table>/`, never rows: a copy of the database is unreadable without
them, and a teller whose key is destroyed is unreadable in every copy that was ever made.
"""

import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError

from dialoog.partnerships.ledger import Ledger

NONCE = 12
COUNCIL = "council.key"


class VaultClosed(ValidationError):
    """A key is missing or wrong: nothing in the vault can be read or written now, and nothing was lost by asking."""


class Vault:
    """The vault of one table, open for as long as one request needs it."""

    def __init__(self, table):
        self.table = str(table)
        self.folder = Path(settings.VAULT_DIR) / self.table
        self._council = None
        self._tellers = {}

    def make_key(self, teller, first=False):
        """A key for this teller. Only the first teller of a table may also make the council's key.

        Afterwards a missing key of the council is a loss to be told, never a reason to begin a new one.
        """
        if first and not (self.folder / COUNCIL).exists():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(COUNCIL, secrets.token_bytes(32))
        wrapped = _lock(self._council_key(), secrets.token_bytes(32), f"{self.table}:{teller}")
        self._write(f"{teller}.key", wrapped)

    def destroy_key(self, teller, what):
        """What this teller said becomes unreadable, here and in every copy of the database.

        In the ledger first: a key that an old backup brings back is then destroyed again.
        """
        Ledger().note(self.table, teller, what)
        self._tellers.pop(str(teller), None)
        (self.folder / f"{teller}.key").unlink(missing_ok=True)

    def has_key(self, teller):
        """Whether what this teller said can still be read."""
        return (self.folder / f"{teller}.key").exists()

    def seal(self, teller, row, words):
        """The words as they are kept: readable only with this teller's key and only in this row."""
        return _lock(self._teller_key(teller), words.encode(), row)

    def open(self, teller, row, sealed):
        """The words of this row again."""
        try:
            return _unlock(self._teller_key(teller), bytes(sealed), row).decode()
        except InvalidTag:
            raise VaultClosed("Deze tekst past niet bij de sleutel. Vraag de beheerder om hulp.") from None

    def device_key(self, teller, member, day):
        """The key of what this member typed on a device on this day and did not send yet.

        Drawn from the teller's key, so it need not be kept: who may not open the conversation gets none, and when the
        teller's key is destroyed no device can read its draft again. Each day has its own, so that a draft which lay
        on a device too long becomes unreadable there by not giving its key any more.
        """
        drawn = HKDF(SHA256(), length=32, salt=None, info=f"draft:{self.table}:{member}:{day.isoformat()}".encode())
        return drawn.derive(self._teller_key(teller))

    def _council_key(self):
        if self._council is None:
            try:
                self._council = (self.folder / COUNCIL).read_bytes()
            except OSError:
                raise VaultClosed(
                    "De sleutel van deze tafel is er niet. Zonder die sleutel kan niemand de gesprekken lezen of "
                    "bewaren. Vraag de beheerder om de map van de kluis terug te zetten."
                ) from None
        return self._council

    def _teller_key(self, teller):
        teller = str(teller)
        if teller not in self._tellers:
            council = self._council_key()
            try:
                # Not through a Path: a search opens hundreds.
                with open(f"{self.folder}/{teller}.key", "rb") as file:
                    wrapped = file.read()
            except OSError:
                raise VaultClosed(
                    "Wat deze verteller vertelde, is niet meer te lezen: de sleutel ervan is vernietigd."
                ) from None
            try:
                self._tellers[teller] = _unlock(council, wrapped, f"{self.table}:{teller}")
            except InvalidTag:
                raise VaultClosed(
                    "De sleutel van deze tafel is een andere dan die van toen. Vraag de beheerder om de map van de "
                    "kluis terug te zetten."
                ) from None
        return self._tellers[teller]

    def _write(self, name, content):
        """A key file appears whole or not at all, for its owner only; one that is there already stays."""
        draft = self.folder / f".{secrets.token_hex(8)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            # Linking fails when the name exists, so two who are first at once end with one key.
            os.link(draft, self.folder / name)
        except FileExistsError:
            pass
        finally:
            draft.unlink(missing_ok=True)


def _lock(key, content, label):
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, label.encode())


def _unlock(key, sealed, label):
    return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], label.encode())
