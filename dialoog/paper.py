"""Paper: one file that is PDF/UA-1 (everyone can read it) and PDF/A-3a (readable for ever) at once."""

import hashlib
import logging
import re
import threading
import unicodedata
from base64 import b64decode, b64encode
from functools import lru_cache
from io import BytesIO
from urllib.parse import quote
from xml.etree import ElementTree

import pydyf
from django.contrib.staticfiles import finders
from django.core.cache import caches
from fontTools.ttLib import TTFont, woff2
from weasyprint import HTML
from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

# What the library says on the way; only who asks hears it.
PROGRESS = logging.getLogger("weasyprint.progress")
PROGRESS.setLevel(logging.INFO)
PROGRESS.propagate = False
DRAWING = "data:image/svg+xml,"
WOFF2 = "data:font/woff2;base64,"
# A paper that is no book has no page on which hardly anything stands, if a little less margin can prevent it: not at
# its end, and not before a chapter that begins on a page of its own. Cards and points come closer.
SHORT, HARDLY = 30, 0.33
CLOSER = """@page { margin-top: 18mm; margin-bottom: 19mm; } @page board { margin: 11mm 14mm 13mm; }
.board-sheet { line-height: 1.3; } .board-sheet .pile { margin-bottom: 5mm; }
.board-sheet .slip { padding-block: 1.3mm 1.5mm; margin-bottom: 1.5mm; }
.front .points > li { padding-block: 1.5mm; } .front .points > li::before { top: 1.3mm; }"""
SVG = "{http://www.w3.org/2000/svg}"
# Of these the last two words stay on one line when together they have fewer letters than this.
TOGETHER = {"h1": 16, "h2": 22, "h3": 22, "p": 16, "a": 16}
FONTS = ("fonts/print-400-normal.woff2", "fonts/print-ext-400-normal.woff2")
# Letters of names and translations from elsewhere. A document carries only those of the scripts that stand in it.
WIDE = ("latin-ext", "vietnamese", "cyrillic", "cyrillic-ext", "greek", "greek-ext", "arabic", "hebrew", "ethiopic")
LOOKALIKES = {
    "→": "->",
    "←": "<-",
    "≥": ">=",
    "≤": "<=",
    "\u2010": "-",
    "\u2011": "-",
    "\u2015": "–",
    "✓": "v",
    "′": "'",
}
# PDF/A-3 knows the PDF/UA mark only when the file itself explains it.
UA_MARK = """<rdf:Description rdf:about="" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 this file conforms to</pdfaProperty:description></rdf:li></rdf:Seq>
</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


class Nowhere(URLFetcher):
    """Reads what the document carries in itself and refuses every address: no typed text can fetch a thing."""

    def __init__(self):
        super().__init__(allowed_protocols={"data"})
        self.refused = []

    def fetch(self, url, headers=None):
        if not url.startswith("data:"):
            # The library would print on without it; render() does not let that pass.
            self.refused.append(url)
        if url.startswith(WOFF2):
            return URLFetcherResponse(url, _unpacked(url), {"Content-Type": "font/ttf"})
        return super().fetch(url, headers)


@lru_cache(maxsize=32)
def _unpacked(url):
    """The font in this address as the library wants it: to unpack it anew takes longer than to draw the page."""
    font = BytesIO()
    woff2.decompress(BytesIO(b64decode(url.removeprefix(WOFF2))), font)
    return font.getvalue()


@lru_cache(maxsize=4)
def style(name):
    """A style sheet for paper with its fonts inside, so that what is kept never depends on a file elsewhere."""

    with open(finders.find(f"css/{name}")) as file:
        return re.sub(r'url\("\.\./fonts/([\w-]+\.woff2)"\)', lambda match: _inside(match.group(1)), file.read())


def _inside(font):
    """A font as an address that holds the font itself."""
    with open(finders.find(f"fonts/{font}"), "rb") as file:
        return f"url({WOFF2}{b64encode(file.read()).decode()})"


def _with_wide_letters(html, scripts):
    """The document with the letters of these scripts, after our own ones wherever those are asked for.

    Each script is a family of its own: of fonts under one name WeasyPrint takes one for the other.
    """
    faces = "".join(_wide_faces(script) for script in scripts)
    after = "".join(f", 'Dialoog Print {script}'" for script in scripts)
    html = re.sub(
        r"""(@font-face { font-family: )?(["']?)Dialoog Print Ext\2""",
        lambda name: name[0] if name[1] else name[0] + after,
        html,
    )
    return html.replace("</head>", f"<style>{faces}</style></head>", 1)


@lru_cache(maxsize=32)
def _wide_faces(script):
    face = '@font-face {{ font-family: "Dialoog Print {0}"; font-weight: {1}; src: {2}; }}'
    return "".join(face.format(script, weight, _inside(f"wide-{script}-{weight}.woff2")) for weight in (400, 700))


def _scripts(text):
    """The scripts of this text that our own print fonts do not draw."""
    foreign = set(map(ord, text)) - _known(FONTS)
    return tuple(script for script in WIDE if foreign & _known((f"fonts/wide-{script}-400.woff2",)))


def render(html, size=None, told=None):
    """The document as PDF bytes; the same document always gives the same identifier. `size`: points of one rem.

    `told(pages, percent)` hears on the way how far it is.
    """
    sheet = _Sheet(html)
    with _listening(html, told):
        sheet.lay_out(size)
        sheet.draw_in()
        return sheet.pdf()


class _listening(logging.Handler):
    """Hears from the library which page it lays out, for one document in one thread."""

    # How much of a document's source stands on a page, roughly; only a bar on a screen depends on it.
    A_PAGE = 5000

    def __init__(self, html, told):
        super().__init__(logging.INFO)
        self.told, self.thread, self.pages = told, threading.get_ident(), 0
        self.expected = max(4, len(html.partition("</style>")[2]) // self.A_PAGE)

    def __enter__(self):
        if self.told:
            PROGRESS.addHandler(self)
        return self

    def __exit__(self, *problem):
        PROGRESS.removeHandler(self)

    def emit(self, record):
        page = re.search(r"Page (\d+)", record.getMessage())
        if page and record.thread == self.thread:
            # The contents list makes it lay out twice: the bar never goes back.
            self.pages = max(self.pages, int(page[1]))
            self.told(self.pages, min(85, 85 * self.pages // self.expected))


def on_one_page(html, sizes):
    """The document on one page, in the largest of these type sizes (points) in which it fits.

    What fits in none of them keeps the smallest and goes on overleaf: nobody is served by letters too small to read.
    """
    return _fitted(html, sizes).pdf()


def pages(html, sizes):
    """How many pages it takes in these type sizes."""
    return len(_fitted(html, sizes).layout.pages)


def _fitted(html, sizes):
    sheet = _Sheet(html)
    for size in sizes:
        sheet.lay_out(size)
        if len(sheet.layout.pages) == 1:
            break
    return sheet


class _Sheet:
    """One document on its way to paper."""

    def __init__(self, html):
        self.fetcher, self.fonts = Nowhere(), FontConfiguration()
        text = printable(html)
        if scripts := _scripts(text):
            text = _with_wide_letters(text, scripts)
        self.source = HTML(string=text, url_fetcher=self.fetcher)
        _set_drawings_apart(self.source.etree_element)
        _keep_company(self.source.etree_element)
        self.identifier = hashlib.sha256(html.encode()).hexdigest()[:32].encode()
        self.layout = None

    def lay_out(self, size=None):
        """Divide it over pages."""
        if size:
            self.source.etree_element.set("style", f"font-size: {size}pt")
        self.layout = self.source.render(font_config=self.fonts, **self._kind)

    def draw_in(self):
        """Take away a page that holds hardly anything: margins give way a little, letters do not."""
        if not 1 < len(self.layout.pages) <= SHORT or self._emptiest() > HARDLY:
            return
        loose, closer = self.layout, ElementTree.SubElement(self.source.etree_element.find("head"), "style")
        closer.text = CLOSER
        self.layout = self.source.render(font_config=self.fonts, **self._kind)
        if len(self.layout.pages) == len(loose.pages):
            self.layout = loose

    def _emptiest(self):
        """How much is written on the page with the least on it, after the first."""
        pages = [page._page_box for page in self.layout.pages[1:]]
        return min((_lowest(page.children[0]) - page.children[0].position_y) / page.height for page in pages)

    def pdf(self):
        """The file, or a refusal when the document asked for what it does not carry."""
        names = {
            el.get("id"): " ".join("".join(el.itertext()).split())
            for el in self.source.etree_element.iter()
            if el.get("id")
        }
        made = self.layout.write_pdf(finisher=lambda document, pdf: _finish(document, pdf, names), **self._kind)
        if self.fetcher.refused:
            raise LookupError(f"The paper asked for what it does not carry: {', '.join(self.fetcher.refused)}")
        return made

    @property
    def _kind(self):
        return {"pdf_variant": "pdf/a-3a", "pdf_identifier": self.identifier}


def _lowest(box):
    """Where the last thing in this box ends. A box that goes on over a page says that it fills it."""
    inner = [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]
    return max(map(_lowest, inner)) if inner else box.position_y + (box.height if box.height != "auto" else 0)


def render_once(html):
    """The same PDF; whoever asks again for the same document within ten minutes does not wait for it."""
    return keep_a_while(html, lambda: render(html), 600)


def keep_a_while(html, make, seconds):
    """What `make` draws of this document, made once in so many seconds."""
    return caches["paper"].get_or_set(hashlib.sha256(html.encode()).hexdigest(), make, seconds)


def forget():
    """Let go of all that was made a while ago: of what was taken back nothing stays in a file."""
    caches["paper"].clear()


def printable(text):
    """The same text in the letters that the fonts we ship can draw; what they cannot draw becomes a question mark."""
    return "".join(_drawn(sign) for sign in text)


def unprintable(text):
    """The signs of a text that paper cannot show, each once, in the order in which they come."""
    return list(dict.fromkeys(sign for sign in text if _drawn(sign) == "?" and sign != "?"))


@lru_cache(maxsize=5000)
def _drawn(sign):
    if sign in "\n\t" or ord(sign) in _drawable() or sign == "\u00ad":
        return sign
    # Joiners, direction marks and variation selectors have no shape of their own.
    if unicodedata.category(sign) in ("Cf", "Cc", "Mn") or "\ufe00" <= sign <= "\ufe0f":
        return ""
    if unicodedata.category(sign) == "Zs":
        return " "
    close = LOOKALIKES.get(sign) or unicodedata.normalize("NFKD", sign)
    close = "".join(letter for letter in close if ord(letter) in _drawable())
    return close or "?"


def _drawable():
    return _known((*FONTS, *(f"fonts/wide-{script}-400.woff2" for script in WIDE)))


@lru_cache(maxsize=32)
def _known(fonts):
    """The signs that these fonts hold between them."""
    return frozenset(point for font in fonts for point in TTFont(finders.find(font)).getBestCmap())


def _set_drawings_apart(root):
    # A drawing beside the words it repeats is decoration. As a background it becomes an artefact, which a screen
    # reader skips; a drawing that says something itself gets its sentence as alternative text.
    for drawing in list(root.iter(f"{SVG}svg")):
        if drawing.get("aria-hidden") == "true":
            copy = ElementTree.tostring(_copy(drawing), encoding="unicode")
            style = f"display:inline-block;background:url('{DRAWING}{quote(copy)}') center/contain no-repeat"
            kept = {name: value for name, value in drawing.items() if name == "class"}
            tail = drawing.tail
            drawing.clear()
            drawing.tag, drawing.tail = "span", tail
            drawing.attrib.update(kept | {"style": style})
        elif drawing.get("aria-label") and drawing.find(f"{SVG}title") is None:
            title = ElementTree.Element(f"{SVG}title")
            title.text = drawing.get("aria-label")
            drawing.insert(0, title)


def _keep_company(root):
    """No line with one short last word: the last two words of titles and paragraphs stay together."""
    for told in root.iter():
        if (most := TOGETHER.get(told.tag)) is None:
            continue
        # Words that are bold from the first to the last stand one step deeper.
        while len(told) and told[-1].tag in ("b", "strong") and not (told[-1].tail or "").strip():
            told = told[-1]
        last = told[-1] if len(told) else None
        text = ((told.text if last is None else last.tail) or "").rstrip()
        words = text.rsplit(maxsplit=2)
        if len(words) == 3 and len(words[1]) + len(words[2]) < most:
            kept = f"{text[: -len(words[2])].rstrip()}\u00a0{words[2]}"
            if last is None:
                told.text = kept
            else:
                last.tail = kept


def _copy(drawing):
    twin = ElementTree.Element(drawing.tag, {name: value for name, value in drawing.items() if name != "class"})
    twin.extend(list(drawing))
    return twin


def _finish(document, pdf, names):
    _name_languages(document, pdf)
    # The library writes one mark or the other; this file carries both.
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream = [part.replace(b"</rdf:RDF>", UA_MARK.encode() + b"</rdf:RDF>") for part in metadata.stream]
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Dictionary) and thing.get("Subtype") == "/Link" and "Dest" in thing:
            thing["Contents"] = pydyf.String(f"Naar: {names.get(thing['Dest'].string, thing['Dest'].string)}")
        # Who searches or copies, in text or bookmarks, finds plain blanks: only on the sheet words are kept together.
        elif isinstance(thing, pydyf.Dictionary) and isinstance(thing.get("Title"), pydyf.String):
            thing["Title"] = pydyf.String(thing["Title"].string.replace("\u00a0", " "))
        elif isinstance(thing, pydyf.Stream) and thing.stream[2:3] == [b"begincmap"]:
            thing.stream = [line.replace(b"> <00a0>", b"> <0020>") for line in thing.stream]


def _name_languages(document, pdf):
    """Words in another language than the document's say so in the file too: the library leaves that out."""
    own = pdf.catalog["Lang"].string
    texts = [text for page in document.pages for text in _texts(page._page_box)]
    if all(text.style["lang"] in (own, None) for text in texts):
        return
    # The library made one element for each piece of text, in the order in which it met them.
    pieces = [thing for thing in pdf.objects if isinstance(thing, pydyf.Dictionary) and _is_piece(thing)]
    for text, piece in zip(texts, pieces, strict=True):
        if text.style["lang"] not in (own, None):
            piece["Lang"] = pydyf.String(text.style["lang"])


def _texts(box):
    """The pieces of text in this box, in order; those of a link have no element of their own."""
    box = getattr(box, "_box", box)
    for child in getattr(box, "children", ()):
        if not isinstance(child, TextBox):
            yield from _texts(child)
        elif (box.element_tag or "").partition(":")[0] != "a":
            yield child


def _is_piece(thing):
    return thing.get("S") == "/Span" and len(thing["K"]) == 1 and isinstance(thing["K"][0], int)
