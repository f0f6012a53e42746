"""What both sides signed, read out of the page that is kept of it: nobody tells anything else in their names."""

from dataclasses import dataclass, replace

from django.utils.safestring import mark_safe
from lxml import html as reader

from projects.report import ASKED, REFUSED


@dataclass(frozen=True)
class Row:
    """One line of a table of commitments, word for word."""

    what: str
    # With the mark of the side, as it is drawn there.
    who: str
    state: str
    mark: str
    # The table of earlier commitments does not tell these.
    due: str = ""
    client_notices: str = ""
    # Agreed at a meeting, outside a round.
    is_apart: bool = False
    is_earlier: bool = False
    # The words were changed since: how those stand says nothing about these.
    is_changed: bool = False

    @property
    def named(self):
        return self.who.removesuffix(ASKED).removesuffix(REFUSED)

    def says_the_same(self, other):
        """Whether these are the same words, apart from who does it: people go, and the commitment stays."""
        names = ("what",) if self.is_earlier or other.is_earlier else ("what", "due", "client_notices")
        return all(getattr(self, name) == getattr(other, name) for name in names)

    def as_it_stands(self, now):
        """With the state of the row of now that says the same; without one, with the state that was signed."""
        row = next((row for row in now if self.says_the_same(row)), None)
        if row is None:
            return replace(self, is_changed=True)
        # Whether somebody said yes to it is a state too.
        who = row.who if row.named == self.named else self.who
        return replace(self, who=who, state=row.state, mark=row.mark)


@dataclass(frozen=True)
class Signed:
    """A report, as far as the overview of a year tells it."""

    # The names of the two organisations, council first.
    sides: list
    subject: str
    question: str
    themes: list
    rows: list

    @classmethod
    def read(cls, page):
        """The words of one version, from its cover on."""
        page = reader.fromstring(f"<div>{page}</div>")
        question = page.xpath("//*[contains(@class, 'question')]/*[@class='big']/p")
        return cls(
            sides=[_words(side) for side in page.find_class("cover")[0].find_class("party")],
            subject=_words(page.xpath("//h1")[0]),
            question=_words(question[0]) if question else "",
            themes=[_words(title) for chapter in page.find_class("theme") for title in chapter.findall("h2")],
            rows=_rows_in(page),
        )


def rows_on(page):
    """The rows of each table of commitments on this page."""
    return _rows_in(reader.fromstring(f"<div>{page}</div>"))


def _rows_in(page):
    lines = [(table, line) for table in page.find_class("commit") for line in table.findall("tbody/tr")]
    # What came from which theme is told in such a table too, without a state.
    return [_row(table, line) for table, line in lines if line.find_class("st")]


def _row(table, line):
    [who], [state] = line.find_class("who"), line.find_class("st")
    told = {"who": mark_safe(_inside(who)), "state": _words(state), "mark": state.get("class").split()[-1]}
    if table.find_class("old"):
        is_apart = _words(table.find("thead/tr/th")) == "In het overleg"
        return Row(_words(line.find("td")), **told, is_apart=is_apart, is_earlier=True)
    before, due = table.getprevious(), who.getnext()
    told |= {"due": _words(due), "client_notices": _words(due.getnext())}
    is_apart = before is not None and before.tag == "h3"
    return Row(_words(line.find_class("w")[0]), **told, is_apart=is_apart)


def _words(element):
    return " ".join(element.text_content().split())


def _inside(element):
    return reader.tostring(element, encoding="unicode", with_tail=False).partition(">")[2].rpartition("</")[0].strip()
