"""The report as a Word file: the very text that is read and signed, with real headings, lists and tables.

It is made from the finished page, so nothing can stand in it that the page does not say.
"""

import io
import re
from copy import deepcopy

from django.contrib.staticfiles import finders
from docx import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from lxml import html as reader

INK, SOFT = RGBColor(0x20, 0x24, 0x2B), RGBColor(0x56, 0x5C, 0x63)
# Under whose name stands what: the same names in words stand above it, for whom colour says nothing.
COLOURS, TINTS, LINE = ("A8430A", "1C66A4"), ("FBEDE2", "E6EFF8"), "B9B6AE"
FONT = "Calibri"
# Between the margins, in centimetres.
WIDTH = 16.6
# Wrappers whose content simply goes on; what stands in them is a block of its own.
BLOCKS = {"p", "h2", "h3", "ul", "ol", "dl", "table", "blockquote", "figure"}


def write(page, made_at=None):
    """The bytes of the file. `page` is a report as it is printed, from its cover on; `made_at` when it was signed."""
    word, printed = Word(), reader.fromstring(f"<div>{page}</div>")
    [cover] = printed.find_class("cover")
    title, sides = _words(cover.find(".//h1")), [_words(one) for one in cover.find_class("party")]
    _dress(word, title, " en ".join(sides), made_at)
    _cover(word, cover, title, made_at)
    for block in cover.getparent().iterchildren():
        if block is not cover:
            _Writer(word).add(block)
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def _cover(word, cover, title, made_at):
    """The first page: what it is, the two lines, and both sides with who signed for them."""
    word.add_paragraph(_words(cover.find_class("cover-top")[0]))
    word.add_paragraph(title, style="Title")
    for subtitle in cover.find_class("sub"):
        word.add_paragraph(_words(subtitle), style="Subtitle")
    drawing = word.add_paragraph().add_run().add_picture(finders.find("img/report-lines.png"), width=Cm(WIDTH))
    drawing._inline.docPr.set("descr", cover.find_class("art")[0].get("aria-label"))
    signed = bool(cover.find_class("signer"))
    signing = word.add_table(rows=1 + signed, cols=2)
    _repeat(signing.rows[0])
    for place, side in enumerate(cover.xpath(".//*[@class='cover-foot']/div")):
        name = signing.cell(0, place).paragraphs[0].add_run(_words(side.find_class("party")[0]))
        name.bold, name.font.size = True, Pt(12)
        _underline(signing.cell(0, place), COLOURS[place])
        if signed:
            signing.cell(1, place).text = " ".join(_words(one) for one in side.find_class("signer"))
    _end(word, signing)
    # Whether a file is the signed one can be seen of the PDF only: each copy of this one can be changed.
    status = _words(cover.find_class("signed")[0]).partition(" Of dit bestand echt is")[0]
    last = word.add_paragraph(f"{status} Het getekende bestand is de PDF." if made_at else status)
    last.runs[0].font.color.rgb = SOFT
    last.runs[0].add_break(WD_BREAK.PAGE)


def _dress(word, title, organisations, made_at):
    about = word.core_properties
    about.title, about.author, about.last_modified_by = title[:255], organisations[:255], organisations[:255]
    about.language, about.comments, about.keywords = "nl-NL", "", ""
    if made_at:
        about.created = about.modified = made_at.replace(tzinfo=None)
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    sizes = {"Normal": 11, "Title": 30, "Subtitle": 14, "Heading 1": 20, "Heading 2": 13}
    sizes |= {"Intense Quote": 15, "Quote": 12}
    for name, size in sizes.items():
        style = word.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
        style.font.italic = False
        properties = style.element.get_or_add_rPr()
        fonts = properties.find(qn("w:rFonts"))
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            if fonts is not None and fonts.get(qn(f"w:{kind}")) is not None:
                del fonts.attrib[qn(f"w:{kind}")]
        fonts.set(qn("w:hAnsi"), FONT)
        # The template's blue rules are nobody's colour here; blue is the municipality's.
        for rule in style.element.findall(f".//{qn('w:pBdr')}"):
            rule.getparent().remove(rule)
    # The cover is the first page: name and number stand from the second on.
    page.different_first_page_header_footer = True
    foot = page.footer.paragraphs[0]
    usual = word.styles["Footer"].element.pPr
    usual.remove(usual.find(qn("w:tabs")))
    foot.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{title}. {organisations}\t").font.size = Pt(8.5)
    foot._p.append(_field("PAGE"))
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "nl-NL")
    word.styles["Normal"].element.get_or_add_rPr().append(language)


def _field(what):
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), what)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    return field


class _Writer:
    """Puts one element after another in the file."""

    def __init__(self, word):
        self.word = word

    def add(self, element):
        """One element of the page, as what it is."""
        if not isinstance(element.tag, str) or _is_silent(element):
            return
        classes = set(element.get("class", "").split())
        if "heads" in classes:
            return
        if "contents" in classes:
            # Its page numbers are those of the PDF; Word makes a list of its own from the headings.
            for note in element.find_class("note"):
                self.add(note)
            return
        if "cols" in classes or "people" in classes:
            self._two_columns(element)
        elif element.tag in ("h2", "h3"):
            self.word.add_heading(_words(element), 1 if element.tag == "h2" else 2)
        elif element.tag == "blockquote" or "counter" in classes or "big" in classes:
            self._quote(element, "Intense Quote" if "big" in classes else "Quote")
        elif element.tag in ("ul", "ol"):
            self._list(element)
        elif element.tag == "dl":
            told = [f"{_words(one.find('dd'))} {_words(one.find('dt'))}" for one in element.iterchildren("div")]
            self.word.add_paragraph(", ".join(told) + ".")
        elif element.tag == "table":
            self._table(element)
        elif element.tag == "svg":
            self.word.add_paragraph(element.get("aria-label", ""))
        elif element.tag == "p":
            self._paragraph(element)
        elif any(child.tag in BLOCKS or child.tag in ("div", "section", "svg") for child in element.iterchildren()):
            for child in element.iterchildren():
                self.add(child)
        elif words := _words(element):
            self.word.add_paragraph(words)

    def _list(self, element):
        items = element.iterchildren("li")
        if element.tag == "ul":
            for item in items:
                self.word.add_paragraph(_stake(item) or _words(item), style="List Bullet")
            return
        # Without a numbering of its own a list would count on from the list before it.
        known = self.word.part.numbering_part.element
        usual = known.num_having_numId(self.word.styles["List Number"].element.pPr.numPr.numId.val)
        own = known.add_num(usual.abstractNumId.val)
        own.add_lvlOverride(ilvl=0).add_startOverride(1)
        for item in items:
            paragraph = self.word.add_paragraph(_words(item), style="List Number")
            number = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            number.get_or_add_ilvl().val, number.get_or_add_numId().val = 0, own.numId

    def _paragraph(self, element):
        if not _words(element):
            return
        paragraph, begun = self.word.add_paragraph(), False
        is_kicker = "kicker" in element.get("class", "")
        for words, is_bold in _runs(element):
            # Before the first word stood a mark or nothing at all.
            run = paragraph.add_run(words if begun else words.lstrip())
            run.bold, begun = is_bold or None, begun or bool(words.strip())
            if is_kicker:
                run.font.size, run.font.color.rgb = Pt(9.5), SOFT
        if is_kicker:
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(18), Pt(0)

    def _quote(self, element, style):
        for part in element.iterdescendants("p", "footer"):
            words = _words(part)
            spoken = part.tag == "p" and not set(part.get("class", "").split()) & {"label", "told"}
            paragraph = self.word.add_paragraph(f"‘{words}’" if spoken else words, style=style)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
            paragraph.paragraph_format.left_indent = Cm(0.8)
            if part.tag == "footer":
                paragraph.runs[0].font.size, paragraph.runs[0].bold = Pt(9), False
                paragraph.runs[0].font.color.rgb = SOFT
                paragraph.paragraph_format.space_before = Pt(0)
            else:
                paragraph.paragraph_format.keep_with_next = part.getnext() is not None
                paragraph.paragraph_format.space_after = Pt(2)
                paragraph.runs[0].bold = "label" in part.get("class", "") or style == "Intense Quote"

    def _two_columns(self, element):
        """What both sides say beside each other: a table of two equal columns, each under its own name."""
        cells = [child for child in element.iterchildren() if isinstance(child.tag, str)]
        names = _names(element) or ("Raad", "Gemeente")
        table = self.word.add_table(rows=2, cols=len(cells))
        table.autofit = False
        _repeat(table.rows[0])
        for place, cell in enumerate(cells):
            table.cell(0, place).paragraphs[0].add_run(names[place]).bold = True
            _underline(table.cell(0, place), COLOURS[place])
            _tint(table.cell(1, place), TINTS[place])
            told = [one for one in cell.iter("p", "li") if not set(one.get("class", "").split()) & {"hc", "hm"}]
            lines = [_words(one) for one in told]
            table.cell(1, place).text = "\n".join(line for line in lines if line) or _words(cell)
            for row in table.rows:
                row.cells[place].width = Cm(WIDTH / len(cells))
        _end(self.word, table)

    def _table(self, element):
        rows = [[one for one in row if one.tag in ("th", "td")] for row in element.iter("tr")]
        caption = element.find("caption")
        if caption is not None:
            self.word.add_paragraph(_words(caption))
        if not rows:
            return
        table = self.word.add_table(rows=0, cols=max(map(len, rows)))
        for number, row in enumerate(rows):
            made = table.add_row().cells
            for cell, one in zip(made, row, strict=False):
                run = cell.paragraphs[0].add_run("\n".join(part for part in _parts(one) if part))
                run.bold = (number == 0 or one.tag == "th") or None
                run.font.size = Pt(10)
                _underline(cell, LINE if number else "20242B", size=4 if number else 8)
        _repeat(table.rows[0])
        _give_room(table)
        _end(self.word, table)


def _parts(cell):
    """What stands in a cell by itself, and then each paragraph in it."""
    by_itself = deepcopy(cell)
    for part in list(by_itself.iter("p", "li")):
        part.drop_tree()
    return [_words(by_itself), *(_words(part) for part in cell.iter("p", "li"))]


def _end(word, table):
    """Air in the cells, rows in one piece, the head with what it heads; and a line of white below."""
    margins = OxmlElement("w:tblCellMar")
    for side, size in (("top", 60), ("left", 110), ("bottom", 60), ("right", 110)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(size))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
    for cell in table.rows[0].cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    word.add_paragraph().paragraph_format.space_after = Pt(0)


def _underline(cell, colour, side="bottom", size=18):
    """A rule under a cell, in eighths of a point."""
    properties = cell._tc.get_or_add_tcPr()
    borders = properties.find(qn("w:tcBorders"))
    if borders is None:
        borders = OxmlElement("w:tcBorders")
        properties.append(borders)
    rule = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(size)), ("color", colour)):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)


def _tint(cell, colour):
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _give_room(table):
    """Each column wide enough for its longest word; what is left goes to who has most to say."""
    table.autofit = False
    texts = [[cell.text for cell in column.cells] for column in table.columns]
    least = [0.5 + 0.26 * max(len(word) for word in " ".join(cells).split() or [""]) for cells in texts]
    asked = [min(max(map(len, cells)), 60) or 1 for cells in texts]
    left = max(WIDTH - sum(least), 0)
    for column, width, share in zip(table.columns, least, asked, strict=True):
        # Word reads the width of a cell, LibreOffice that of its column.
        column.width = Cm(width + left * share / sum(asked))
        for cell in column.cells:
            cell.width = column.width


def _names(element):
    """The names above two columns: of this one, or of the last heads before it in the same chapter."""
    own = [_words(one) for one in element.iterdescendants("p") if set(one.get("class", "").split()) & {"hc", "hm"}]
    if own:
        return own
    chapter = next((one for one in element.iterancestors("section")), None)
    found = chapter.xpath(".//div[contains(@class, 'heads')]/p") if chapter is not None else []
    return [_words(one) for one in found[:2]]


def _repeat(row):
    """This row is the head of its table, and comes back on the next page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _stake(item):
    """'Klantgerichtheid: geschonden in 3 kaartjes.', of a value that is drawn; else nothing."""
    name = item.find("b")
    if "stake-line" not in item.get("class", "") or name is None:
        return ""
    told = _words(item).removeprefix(_words(name)).strip()
    return f"{_words(name)}: {told[:1].lower()}{told[1:]}"


def _is_silent(element):
    return element.get("aria-hidden") == "true"


def _words(element):
    return " ".join("".join(words for words, _ in _runs(element)).split()) if element is not None else ""


def _runs(element, is_bold=False):
    """The words of an element, in pieces that are bold or not; of a drawing only what it says aloud."""
    if element.text:
        yield _one_line(element.text), is_bold
    for child in element:
        if child.tag == "svg" and (said := child.get("aria-label")):
            yield f"({_one_line(said)})", False
        elif isinstance(child.tag, str) and child.tag != "svg":
            yield from _runs(child, is_bold or child.tag in ("b", "strong"))
        if child.tail:
            yield _one_line(child.tail), is_bold


def _one_line(text):
    # What Word's own format cannot hold.
    return re.sub(r"\s+", " ", re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text))
