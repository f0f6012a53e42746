"""The vault: one key per teller, under the council's key, and both are files."""

import stat
import uuid

import pytest

from experiences.vault import Vault, VaultClosed


@pytest.fixture
def vault(settings, tmp_path):
    settings.VAULT_DIR = tmp_path / "kluis"
    return Vault(uuid.uuid4())


@pytest.fixture
def teller(vault):
    made = uuid.uuid4()
    vault.make_key(made, first=True)
    return made


def test_words_come_back_and_are_nowhere_to_be_read(vault, teller):
    sealed = vault.seal(teller, "story:1", "Ik durfde niet naar binnen 😀")
    assert Vault(vault.table).open(teller, "story:1", sealed) == "Ik durfde niet naar binnen 😀"
    assert b"durfde" not in sealed
    assert sealed != vault.seal(teller, "story:1", "Ik durfde niet naar binnen 😀")


def test_words_belong_to_their_row_and_to_their_teller(vault, teller):
    sealed = vault.seal(teller, "story:1", "Ik durfde niet")
    other = uuid.uuid4()
    vault.make_key(other)
    with pytest.raises(VaultClosed, match="past niet bij de sleutel"):
        vault.open(teller, "story:2", sealed)
    with pytest.raises(VaultClosed, match="past niet bij de sleutel"):
        vault.open(other, "story:1", sealed)
    with pytest.raises(VaultClosed, match="past niet bij de sleutel"):
        vault.open(teller, "story:1", sealed[:-1] + b"x")


def test_key_files_are_for_their_owner_only(vault, teller):
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in vault.folder.iterdir()}
    assert modes == {"council.key": 0o600, f"{teller}.key": 0o600}
    assert stat.S_IMODE(vault.folder.stat().st_mode) == 0o700


def test_destroying_one_key_leaves_the_others(vault, teller):
    other = uuid.uuid4()
    vault.make_key(other)
    gone, kept = vault.seal(teller, "a", "weg"), vault.seal(other, "b", "blijft")
    vault.destroy_key(teller, "withdrawn")
    assert not vault.has_key(teller)
    for asked in (vault, Vault(vault.table)):
        with pytest.raises(VaultClosed, match="de sleutel ervan is vernietigd"):
            asked.open(teller, "a", gone)
        assert asked.open(other, "b", kept) == "blijft"
    vault.destroy_key(teller, "withdrawn")


def test_a_missing_council_key_is_told_and_never_replaced(vault, teller):
    sealed = vault.seal(teller, "a", "tekst")
    (vault.folder / "council.key").unlink()
    later = Vault(vault.table)
    with pytest.raises(VaultClosed, match="De sleutel van deze tafel is er niet"):
        later.open(teller, "a", sealed)
    with pytest.raises(VaultClosed, match="De sleutel van deze tafel is er niet"):
        later.make_key(uuid.uuid4())
    assert not (vault.folder / "council.key").exists()


def test_the_council_key_of_another_day_is_told(vault, teller):
    sealed = vault.seal(teller, "a", "tekst")
    (vault.folder / "council.key").write_bytes(b"x" * 32)
    with pytest.raises(VaultClosed, match="een andere dan die van toen"):
        Vault(vault.table).open(teller, "a", sealed)


def test_a_key_that_is_there_is_never_written_over(vault, teller):
    sealed = vault.seal(teller, "a", "tekst")
    vault.make_key(teller, first=True)
    assert Vault(vault.table).open(teller, "a", sealed) == "tekst"
