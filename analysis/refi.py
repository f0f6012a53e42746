"""REFI-QDA: the codebook and the round in the form that programs for analysing interviews read (www.qdasoftware.org).

Themes and values are the codes, cards the texts, and what was said of them the codings. The users are the two sides,
and both together for what lies on the shared board. One day stands in it, that means nothing. Keys are drawn from the
round, so that the same round gives the same file and no key tells what came before what.
"""

import io
import re
import uuid
import zipfile
from xml.etree.ElementTree import Element, SubElement, tostring

from analysis.exports import laid_out
from analysis.models import Tag
from dialoog.partnerships.models import Party
from values.models import Value

CODEBOOK, PROJECT = "urn:QDA-XML:codebook:1.0", "urn:QDA-XML:project:1.0"
# The standard asks for no day, but QualCoder does not open a selection without one; so all of them have the same.
NO_DAY = "2000-01-01T00:00:00Z"
# What XML cannot hold, and the mark that programs drop when a text begins with it; a blank in its place, so that every
# letter behind it keeps its number.
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
# Programs make a file of each text, and not every system takes these in a name.
NO_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def codebook(project):
    """The themes and values of a round as codes."""
    root = Element("CodeBook", {"xmlns": CODEBOOK, "origin": "Dialoog"})
    themes, laid = laid_out(project)
    _Codes(project, themes, laid).write(root)
    return _bytes(root)


def qda_project(project):
    """The whole round: codes, the cards as texts, and what the sides said of them as coded selections."""
    themes, laid = laid_out(project)
    codes, table = _Codes(project, themes, laid), project.partnership
    root = Element("Project", {"xmlns": PROJECT, "name": f"Ronde {project.number}: {_words(project.subject)}",
                               "origin": "Dialoog"})  # fmt: skip
    users = SubElement(root, "Users")
    # Both together stand first: QualCoder takes the first user for who works in it from then on, and that is no side.
    names = {"": "beide kanten samen"} | {str(party): table.side_name(party) for party in Party.sides()}
    for party, name in names.items():
        SubElement(users, "User", guid=_key(project, "side", party), name=name)
    codes.write(SubElement(root, "CodeBook"))
    texts = [_Text(project, one) for one in laid]
    sources = SubElement(root, "Sources") if texts else None
    for text in texts:
        text.write(sources, codes)
    SubElement(root, "Description").text = (
        f"{_words(str(table))}. {_words(project.question)} Kaartjes zijn nagekeken stukjes uit wat mensen vertelden; "
        "dit is geen steekproef."
    )
    return _packed(root, texts)


class _Codes:
    """The codes of a round, and which of them belong to a card."""

    def __init__(self, project, themes, laid):
        self.project, self.themes = project, themes
        said = {one.value.pk: one.value for card in laid for one in card.highlights}
        listed = project.values.all() or Value.objects.filter(partnership=project.partnership).listed()
        said |= {value.pk: value for value in listed}
        self.said = {(one.value.pk, one.stake) for card in laid for one in card.highlights}
        self.values = sorted(said.values(), key=lambda value: (value.name.lower(), str(value.pk)))

    def write(self, parent):
        """Two groups of codes: the themes, and per value what can be said of it."""
        codes = SubElement(parent, "Codes")
        group = self._code(codes, "Thema’s", "themes", codable=False)
        names = _apart(theme.label for theme in self.themes)
        for theme, name in zip(self.themes, names, strict=True):
            self._code(group, name, "theme", theme.pk, theme.explanation)
        group = self._code(codes, "Waarden", "values", codable=False)
        names = _apart(value.name for value in self.values)
        for value, name in zip(self.values, names, strict=True):
            one = self._code(group, name, "value", value.pk, value.meaning, codable=False)
            for stake in Tag.Stake:
                if stake in (Tag.Stake.UPHELD, Tag.Stake.HARMED) or (value.pk, stake) in self.said:
                    self._code(one, f"{name}: {stake.label}", "value", f"{value.pk}-{stake}")

    def of(self, one):
        """The codes of a card: per stretch of text and side (none: both together) what stands there."""
        whole = (0, len(one.card.text), "")
        found = {whole: [_key(self.project, "theme", one.theme.pk)]} if one.theme else {}
        for said in one.highlights:
            code = _key(self.project, "value", f"{said.value.pk}-{said.stake}")
            for party in said.sides:
                found.setdefault((said.start, said.end, str(party)), []).append(code)
        return found

    def _code(self, parent, name, kind, key="", description="", codable=True):
        code = SubElement(parent, "Code", guid=_key(self.project, kind, key), name=_words(name),
                          isCodable="true" if codable else "false")  # fmt: skip
        if description.strip():
            SubElement(code, "Description").text = _words(description)
        return code


class _Text:
    """One card as a text of its own."""

    def __init__(self, project, one):
        self.project, self.one = project, one
        self.guid = _key(project, "card", one.card.pk)
        self.words = _words(one.card.text)

    def write(self, sources, codes):
        card = self.one.card
        name = f"Kaartje {card.number:02} {NO_NAME.sub(' ', card.heading).strip()}"
        text = SubElement(sources, "TextSource", guid=self.guid, name=_words(name),
                          plainTextPath=f"internal://{self.guid}.txt")  # fmt: skip
        SubElement(text, "Description").text = _scope(card)
        for (start, end, party), found in sorted(codes.of(self.one).items()):
            # Counted in the text as it lies in the file, where a line ends with one sign.
            start, end = (len(_words(card.text[:place])) for place in (start, end))
            # A selection per side: some programs look for who coded at the selection and not at the coding.
            guid = _key(self.project, self.guid, f"{start}-{end}-{party}")
            chosen = SubElement(text, "PlainTextSelection", guid=guid, name=_short(self.words[start:end]),
                                startPosition=str(start), endPosition=str(end), **_by(self.project, party))  # fmt: skip
            for code in found:
                coding = SubElement(chosen, "Coding", guid=_key(self.project, guid, code),
                                    **_by(self.project, party))  # fmt: skip
                SubElement(coding, "CodeRef", targetGUID=code)


def _by(project, party):
    """Which side said it (none: both together), on the day of no meaning."""
    return {"creatingUser": _key(project, "side", party), "creationDateTime": NO_DAY}


def _key(project, kind, key=""):
    return str(uuid.uuid5(project.pk, f"refi-{kind}-{key}"))


def _words(text):
    """A text as XML can hold it, with one kind of line end."""
    return UNWRITABLE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def _short(text):
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:59].rstrip()}…"


def _scope(card):
    """What the teller allowed, in the words of the page."""
    if not card.may_quote:
        return "Dit mag niet letterlijk worden aangehaald."
    if not card.may_publish:
        return "Dit mag letterlijk in het verslag, maar niet als dat openbaar wordt."
    return "Dit mag letterlijk in het verslag, ook als dat openbaar wordt."


def _apart(names):
    """The same names; where two are alike a number keeps them apart, because some programs know codes by name."""
    seen = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


def _bytes(root):
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="utf-8", xml_declaration=False)


def _packed(root, texts):
    """The files together in one, each with the same day of no meaning."""
    kept = io.BytesIO()
    # In small letters, as NVivo writes it and QualCoder reads 8.1 of the standard: some programs find no other folder.
    files = [("project.qde", _bytes(root)), *((f"sources/{text.guid}.txt", text.words.encode()) for text in texts)]
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in files:
            entry = zipfile.ZipInfo(name)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            pack.writestr(entry, content)
    return kept.getvalue()
