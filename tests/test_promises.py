"""The table at the end of docs/security.md says exactly which promises have tests, and which tests those are."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The promises whose guard is worth nothing without a test that fails when the guard is off.
NEED_CONTROL = {"R1", "P1", "S2"}


def marked(source):
    """The promises a source marks, as (id, is_control)."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "promise":
            control = any(word.arg == "control" and word.value.value is True for word in node.keywords)
            yield from ((argument.value, control) for argument in node.args)


def from_markers():
    """Per promise the files that show it, and the files that hold its controls."""
    found = {}
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        for promise, control in marked(file.read_text()):
            shown, controls = found.setdefault(promise, (set(), set()))
            (controls if control else shown).add(str(file.relative_to(ROOT / "tests")))
    return found


def from_table(text):
    """The same, as docs/security.md has it: | id | promise | shown by | control |"""
    rows = re.findall(r"^\| ([A-Z]\d) \| [^|]+ \| ([^|]*) \| ([^|]*) \|$", text.partition("<!-- promises -->")[2], re.M)
    return {promise: tuple(set(re.findall(r"`([^`]+)`", cell)) for cell in cells) for promise, *cells in rows}


def test_the_table_of_promises_is_the_table_of_the_markers():
    assert from_table((ROOT / "docs" / "security.md").read_text()) == from_markers()


def test_guards_that_need_one_have_a_control():
    found = from_markers()
    assert {promise for promise in NEED_CONTROL if not found.get(promise, ((), ()))[1]} == set()


def test_a_marker_is_seen_with_its_control():
    source = '@mark.promise("R1", control=True)\ndef test_x(): pass\n@mark.promise("S1")\ndef test_y(): pass'
    assert sorted(marked(source)) == [("R1", True), ("S1", False)]
