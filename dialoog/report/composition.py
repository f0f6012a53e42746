"""What the report consists of: a chapter from each app in the order of the method, a contents list, and one hash."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from importlib import import_module

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape, format_html, strip_tags
from django.utils.module_loading import module_has_submodule
from django.utils.text import slugify

from dialoog import paper
from dialoog.partnerships.models import Member, sentences
from dialoog.report import blocks as parts
from dialoog.report import report as own_report
from dialoog.report.blocks import Readers
from experiences.models import Fragment
from experiences.scan import Functions, officials, scan

# So many words at most make a light round: some twelve pages.
LIGHT = 2400
APPS = ("values", "projects", "experiences", "analysis", "dialoog.advice")
LEFT_OUT = "[hier stond een zin uit een gesprek, zonder toestemming om die aan te halen]"
# What a style sheet of NL Design System says about the colour of a municipality. The two sides keep theirs.
OWN_COLOUR = re.compile(r"--utrecht-(?:button-primary-action-background|link|heading)-color:\s*(#[0-9a-fA-F]{6})\b")
SIDES = ("#a8430a", "#1c66a4")
QUOTE = re.compile(r"<blockquote\b.*?</blockquote>", re.DOTALL)
# What stands between two tags; people's words never hold one.
WRITTEN = re.compile(r"(?<=>)[^<>]++(?=<)")
HEADING = re.compile(
    r"(?:<section\b(?P<section>[^>]*)>(?P<before>(?:(?!<section|<h2).)*))?<h2\b(?P<own>[^>]*)>(?P<title>.*?)</h2>",
    re.DOTALL,
)


@dataclass(frozen=True)
class Heading:
    """One line of the contents list."""

    anchor: str
    title: str
    # Which theme this is, counted from one; None for the other chapters.
    theme: int | None = None


@dataclass
class Document:
    """The whole text of a report as it reads now, for one audience."""

    report: object
    readers: str
    body: str
    # What stands on the cover, through the same sieve.
    subject: str
    subtitle: str
    headings: list = field(default_factory=list)
    quoted: list = field(default_factory=list)
    # The cards of which somebody copied a sentence that may not stand here, as a reader calls them.
    borrowed: list = field(default_factory=list)

    @cached_property
    def fingerprint(self):
        """The hash of exactly this text, and of what others will read of it; both sides sign under the same one.

        A part that only others read changes it too: nobody's name comes under words that were put there afterwards.
        """
        for_others = json.dumps([self.report.parts(readers) for readers in Readers], separators=(",", ":"))
        text = f"{self.subject}\n{self.subtitle}\n{self.body}\n{for_others}"
        read = {slot for readers in Readers for slot in self.report.parts(readers)}
        if read - set(self.report.parts(Readers.CLOSED)):
            text += f"\n{compose(self.report, blocks=list(parts.BLOCKS)).body}"
        return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()

    @property
    def public(self):
        """Whether everyone may read this version."""
        return self.readers == Readers.PUBLIC

    @property
    def all_words(self):
        """The cover and the chapters."""
        return format_html("<p>{}</p><p>{}</p>", self.subject, self.subtitle) + self.body

    @cached_property
    def names(self):
        """What may be people's names in this text, each once: somebody looks at them before it goes out."""
        return names_in(f"{self.subject}. {self.subtitle}. {plain(self.body)}", self.report.partnership)

    @property
    def is_small(self):
        """Whether this is a light round: then short chapters share a page, so that no page stands half empty."""
        return len(strip_tags(self.body).split()) <= LIGHT

    @property
    def printed(self):
        """All that stands on its pages, from the cover on, as long as nobody signed."""
        return self.html().partition("</head>")[2]

    def _signers(self):
        given = self.report.signatures()
        return {party: (own_report.person(one.signed_by, self.public), one.signed_at) for party, one in given.items()}

    def html(self, signed_at=None, public=False, closed=False):
        """The document as one file that needs nothing else, ready to be kept or printed."""
        return render_to_string(
            "report/print.html",
            {
                "document": self,
                "report": self.report,
                "project": self.report.project,
                "partnership": self.report.partnership,
                "signed_at": signed_at,
                "signers": self._signers() if signed_at else {},
                "said_public": public,
                "said_closed": closed,
                "accent": accent(self.report.partnership.theme),
                "style": paper.style("print.css"),
                # Whoever holds the file finds on it where to see whether it is the one that was signed.
                "check_at": f"{settings.SITE_URL}{reverse('check_report')}".partition("://")[2],
            },
        )


def accent(theme):
    """The colour of a municipality's own style for the cover, unless it is hard to see or looks like one side's."""
    for found in OWN_COLOUR.finditer(theme):
        colour = _parts_of(found.group(1))
        clear = 1.05 / (_brightness(colour) + 0.05) >= 4.5
        if clear and all(sum(abs(a - b) for a, b in zip(colour, _parts_of(one), strict=True)) > 90 for one in SIDES):
            return found.group(1)
    return ""


def _parts_of(colour):
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _brightness(colour):
    light = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def names_in(text, table):
    """What may be people's names in these words, each once; parts of the names of this table's people too."""
    words = set(re.findall(r"[^\W\d_]+", text))
    names = [hit.text for hit in scan(text) if hit.kind == "name" and not hit.text.startswith("van het ")]
    for member in Member.objects.filter(partnership=table).select_related("user"):
        names += [part for part in (member.name.split()[0], member.name.split()[-1]) if part in words]
    # 'Elke' begins a sentence; where it also stands without a capital it is no name.
    return [name for name in dict.fromkeys(names) if name.lower() not in words]


def compose(report, public=False, readers=None, blocks=None):
    """Gather the chapters of every app in the chosen order; only what both sides see alike comes in.

    `readers` says for whom, `blocks` which parts instead of the chosen ones.
    """
    readers = Readers(readers or (Readers.PUBLIC if public else Readers.CLOSED))
    sieve = Sieve.of(report.partnership, readers == Readers.PUBLIC)
    body, quoted, borrowed = _written(report, readers, blocks or report.parts(readers), sieve)
    body, headings = _with_anchors(body)
    subject, subtitle = sieve.line(report.project.subject), sieve.line(report.subtitle)
    return Document(report, readers, body, subject, subtitle, headings, quoted, borrowed)


def for_others(report):
    """What only others will read, and for whom each part is: who signs reads all that the signature covers."""
    own, readers_of = report.parts(Readers.CLOSED), {}
    for readers in (Readers.BOARDS, Readers.PUBLIC):
        for slot in report.parts(readers):
            if slot not in own:
                readers_of.setdefault(slot, []).append(readers)
    by_readers = {}
    for slot, readers in readers_of.items():
        # What goes along with another part is read in its place there.
        slots = [parts.GOES_WITH[slot], slot] if slot in parts.GOES_WITH else [slot]
        by_readers.setdefault(tuple(readers), []).extend(slots)
    return [
        (
            " en voor ".join(one.label for one in readers),
            _written(
                report,
                readers[0],
                dict.fromkeys(slots),
                Sieve.of(report.partnership, readers[0] == Readers.PUBLIC),
                dissents=False,
            )[0],
        )
        for readers, slots in by_readers.items()
    ]


def _written(report, readers, blocks, sieve, dissents=True):
    """The chapters of these parts one after another, without what may not be quoted to these readers."""
    project, public = report.project, readers == Readers.PUBLIC
    place = parts.in_order(list(blocks))
    chapters = gather(report, public)
    # How many talks there were is for the app that held them to say, or not: it knows when they are too few.
    talks = next((one.context.get("talks") for one in chapters if one.slot == "luisteren"), None)
    chapters = sorted((one for one in chapters if one.slot in place), key=lambda chapter: place[chapter.slot])
    shared = {
        "report": report,
        "project": project,
        "partnership": report.partnership,
        "public": public,
        "talks": talks,
        "both_views": "standpunten" in blocks,
    }
    texts = [
        _section(chapter, render_to_string(chapter.template, shared | chapter.context))
        for chapter in chapters
        if dissents or chapter.slot != parts.DISSENT
    ]
    body, quoted = _only_permitted_quotes("\n".join(texts), project, public)
    body, borrowed = sieve(body)
    return body, quoted, [_called(card, project) for card in borrowed]


def handout(report, readers, signed_at=None):
    """The same report on one page, as one file: from the same chapters, and through the same sieve.

    It travels furthest, so its one quote is one that may be public, for whomever it is made. A part that was left out
    for these readers is not on it either.
    """
    public, by_slot = readers == Readers.PUBLIC, by_part(report, readers)
    themes, agreed = by_slot.get("themas", {}).get("themes", []), by_slot.get("afspraken", {})
    allowed = Fragment.objects.filter(project=report.project, may_publish=True)
    texts = [plain(card.text) for card in allowed]
    said = [told["big"] for told in themes if told["big"] and any(plain(told["big"]) in text for text in texts)]
    told = {
        "partnership": report.partnership,
        "question": report.project.question,
        "paragraphs": by_slot["kort"]["paragraphs"],
        "themes": themes,
        "quote": said[0] if said else "",
        "tells_agreed": "afspraken" in by_slot,
        "rows": agreed.get("rows", []),
        "differs": any(told["outcome"] and told["outcome"].agreement in ("partly", "not") for told in themes),
    }
    body = render_to_string("report/report_handout.html", told)
    body, _ = _only_permitted_quotes(body, report.project, True)
    sieve = Sieve.of(report.partnership, public)
    body, _ = sieve(body)
    frame = {
        "body": body,
        "subject": sieve.line(report.project.subject),
        "public": public,
        "project": report.project,
        "partnership": report.partnership,
        "signed_at": signed_at,
        "style": paper.style("print.css"),
    }
    return render_to_string("report/print_handout.html", frame)


def still_permitted(html, project, public, sieve=None):
    """A kept text without the quotes whose teller took them back since, and without copied sentences."""
    told = _functions(project.partnership) if public else None
    html, _ = _only_permitted_quotes(html, project, public, told)
    return (sieve or Sieve.of(project.partnership, public))(html)[0]


def by_part(report, readers):
    """What the chosen parts of this version tell, by part; of parts with more chapters the first."""
    found, chosen = {}, report.parts(readers)
    for chapter in gather(report, readers == Readers.PUBLIC):
        if chapter.slot in chosen:
            found.setdefault(chapter.slot, chapter.context)
    return found


def gather(report, public):
    """The chapters of every app about this round, in no order yet."""
    project = report.project
    chapters = own_report.chapters(report, public)
    for app in APPS:
        if module_has_submodule(import_module(app), "report"):
            chapters += import_module(f"{app}.report").chapters(project, public)
    own_report.complete(report, chapters)
    return chapters


def without_tellers(document):
    """Per chapter its title and lines, without any word that a teller said: also not what may be quoted today."""
    body = QUOTE.sub("<p>[citaat]</p>", re.sub(r"<svg\b.*?</svg>", "", document.body, flags=re.DOTALL))
    cards = Fragment.objects.filter(partnership=document.report.partnership)
    body, _ = Sieve(cards, "[woorden van een kaartje]")(body)
    _first, *rest = re.split(r"<h2\b[^>]*>(.*?)</h2>", body, flags=re.DOTALL)
    titles, found = [], []
    for title, html in zip(rest[::2], rest[1::2], strict=True):
        # How both sides see a theme has the same title each time: the theme before it tells them apart.
        name = plain(title) if plain(title) not in titles else f"{plain(title)} ({titles[-1]})"
        titles.append(name)
        found.append([name, _lines(html)])
    return found


def _lines(html):
    broken = re.sub(r"</(?:p|li|t[dh]|h3|dd|caption)>", "\n", html.replace("</dt>", ": "))
    lines = (" ".join(line.split()) for line in unescape(strip_tags(broken)).splitlines())
    return [line for line in lines if line]


def _section(chapter, html):
    # A chapter may draw its own pages; one that gives only its content gets the page and the title from here.
    if "<section" in html:
        return html
    title = "" if "<h2" in html else format_html("<h2>{}</h2>", chapter.title)
    return f'<section class="chapter text follows slot-{chapter.slot}">{title}{html}</section>'


class Sieve:
    """Takes out each whole sentence that was copied from one of these cards; gives what is left, and whose words went.

    People write summaries with the cards beside them; a copied sentence is a quote, whatever it is called. For everyone
    to read, whoever sits or sat at the table is called by function, also where somebody typed the name.
    """

    def __init__(self, cards, instead=LEFT_OUT, by_function=None):
        self.instead, self.by_function = instead, by_function or Functions(())
        self.cards = [(card, [(words, " ".join(words).lower()) for words in sentences(card.text)]) for card in cards]

    @classmethod
    def of(cls, table, public, names=True):
        """The one for these readers. Of the cards of all rounds: a commitment is told again in later reports.

        Without `names` it leaves those as they are, for a text that went through it before.
        """
        cards = Fragment.objects.filter(partnership=table, **{_use(public): False}).select_related("project")
        return cls(
            cards.order_by("project__number", "number"), by_function=_functions(table) if public and names else None
        )

    def __call__(self, html):
        found, text = [], plain(html).lower()
        for card, long_ones in self.cards:
            copied = [words for words, read in long_ones if read in text]
            for words in copied:
                sentence = r"(?:\s|<[^>]+>)+".join(re.escape(escape(word)) for word in words)
                html = re.sub(sentence, self.instead, html, flags=re.IGNORECASE)
            found += [card] if copied else []
        if self.by_function(text := unescape(strip_tags(html))) != text:
            html = WRITTEN.sub(self._told, html)
        return html, found

    def _told(self, match):
        # What names nobody stays to the letter: a style sheet may stand in between.
        text = unescape(match.group())
        told = self.by_function(text)
        return match.group() if told == text else escape(told)

    def line(self, text):
        """The same for words of which no page is made, as a title."""
        return unescape(self(f"<p>{escape(text)}</p>")[0].removeprefix("<p>").removesuffix("</p>"))


def _functions(table):
    people = Member.objects.filter(partnership=table).select_related("user").order_by("pk")
    return Functions(officials((person.name, person.function or "deelnemer") for person in people))


def _called(card, project):
    """How a reader of this round calls a card."""
    here = card.project_id == project.pk
    return str(card.number) if here else f"{card.number} van ronde {card.project.number}"


def _use(public):
    return "may_publish" if public else "may_quote"


def _only_permitted_quotes(html, project, public, told=None):
    """Keep the quotes whose teller gave this use; the others fall out, whatever chapter brought them."""
    allowed = Fragment.objects.filter(project=project, **{_use(public): True})
    cards = [(card.pk, plain(card.text)) for card in allowed]
    if told:
        # As it stands in a text that went through the sieve already.
        cards += [(pk, told(text)) for pk, text in cards]
    quoted = []

    def keep(match):
        words = plain(" ".join(re.findall(r"<p\b(?![^>]*\blabel\b)[^>]*>(.*?)</p>", match.group(), re.DOTALL)))
        found = next((pk for pk, text in cards if words and words in text), None)
        if found is None:
            return ""
        quoted.append(found)
        return match.group()

    return QUOTE.sub(keep, html), quoted


def _with_anchors(html):
    """Give each chapter title an address, so that the contents can say on which page it stands."""
    headings, taken = [], set()

    def name(match):
        title = plain(match["title"])
        anchor = base = slugify(title)[:60] or "hoofdstuk"
        number = 1
        while anchor in taken:
            number += 1
            anchor = f"{base}-{number}"
        taken.add(anchor)
        section = match["section"] or ""
        # How both sides see a theme belongs to that theme: it is one line in the contents, not two.
        if "positions" not in section:
            themes = sum(1 for heading in headings if heading.theme)
            headings.append(Heading(anchor, title, themes + 1 if "theme" in section else None))
        start = match.start("own") - match.start()
        return f'{match.group()[:start]} id="{anchor}"{match.group()[start:]}'

    return HEADING.sub(name, html), headings


def plain(html):
    """The bare words of a piece of HTML."""
    return " ".join(unescape(strip_tags(re.sub(r"<(/?(?:p|br|li|td|div|h\d)\b)", r" <\1", html))).split())
