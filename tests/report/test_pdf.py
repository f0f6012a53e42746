"""The paper version by itself: one file, two standards, our own letters, nothing from outside."""

import io
import unicodedata

import pypdf
import pytest

from dialoog import paper
from tests.report import verapdf

# Paper looks the same whatever database the words come from.
pytestmark = pytest.mark.only("sqlite")

PAGE = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>{title}</title>
<meta name="author" content="Cliëntenraad Oosterhage en Gemeente Oosterhage"><style>{style}</style></head>
<body><main><h1>{title}</h1>{body}</main></body></html>"""


def document(body, title="Een proef"):
    return PAGE.format(title=title, style=paper.style("print.css"), body=body)


@pytest.fixture
def make_file(tmp_path):
    def make(body, name="proef.pdf", **kwargs):
        file = tmp_path / name
        file.write_bytes(paper.render(document(body, **kwargs)))
        return file

    return make


TABLE = """<table><thead><tr><th scope="col">Wat</th><th scope="col">Wie</th></tr></thead>
<tbody><tr><th scope="row">1</th><td>Anna</td></tr></tbody></table>"""
PICTURE = """<svg viewBox="0 0 9 9" width="90" height="90" role="img" aria-label="Een lijn">
<path stroke="#000" d="M0 0 9 9"/></svg>"""


@pytest.mark.promise("A4")
def test_one_file_is_pdf_ua_and_pdf_a_at_once(make_file):
    letters = "<p>Fatma Şahin, Luka Kovačević, Łucja Wałęsa, 😀 → ≥ 中</p>"
    link = '<h2 id="deel">Deel</h2><p><a href="#deel">Naar het deel</a></p>'
    verapdf.passes(make_file(TABLE + PICTURE + letters + link), make_file("<p>Kort</p>", "kort.pdf"))


@pytest.mark.promise("A4", control=True)
def test_the_checker_sees_a_file_that_is_neither(tmp_path):
    naked = tmp_path / "naakt.pdf"
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(naked)
    if not verapdf.left_out():
        assert {line.split("\t")[2] for line in verapdf.failures(naked)} == {"ua1", "3a"}


def test_letters_of_names_from_elsewhere_are_drawn_and_others_are_told(make_file):
    assert paper.printable("Şahin, Kovačević, Wałęsa") == "Şahin, Kovačević, Wałęsa"
    assert paper.printable("a → b ≥ c") == "a -> b >= c"
    assert paper.unprintable("Dag 😀, 中 en nog eens 😀. Ja?") == ["😀", "中"]
    text = pypdf.PdfReader(make_file("<p>Fatma Şahin, Luka Kovačević</p>")).pages[0].extract_text()
    assert "Fatma Şahin, Luka Kovačević" in text


ELSEWHERE = ["Ирина Коваленко", "Γιώργος Παπάς", "Nguyễn Ánh", "שלום לכולם", "ስመይ ሳባ እዩ", "فاطمة", "پښتو"]


@pytest.mark.promise("A4")
def test_names_and_translations_in_other_scripts_can_be_read_copied_and_spoken(make_file):
    file = make_file("".join(f"<p>{words}</p>" for words in ELSEWHERE) + "<p><strong>Анна</strong> en 中</p>")
    kept = unicodedata.normalize("NFC", pypdf.PdfReader(file).pages[0].extract_text())
    # Who reads out or copies a right-to-left word gets its letters; in which order is up to the reader's program.
    missing = [word for words in ELSEWHERE for word in words.split() if sorted(word) not in map(sorted, kept.split())]
    assert missing == []
    assert "Анна" in kept and "中" not in kept
    verapdf.passes(file)


def test_only_the_scripts_that_stand_in_a_document_are_in_its_file(make_file):
    fonts = pypdf.PdfReader(make_file("<p>Γιώργος</p>")).pages[0]["/Resources"]["/Font"].values()
    families = {font["/BaseFont"].partition("+")[2] for font in fonts}
    assert families == {"Dialoog-Print-Bold", "Dialoog-Print-Semi-Bold", "Dialoog-Print-greek"}


def test_nothing_is_fetched_from_anywhere():
    for address in ("http://127.0.0.1:1/a.png", "file:///etc/hostname"):
        with pytest.raises(LookupError, match="does not carry"):
            paper.render(document(f'<img alt="x" src="{address}">'))


def test_a_silent_drawing_leaves_no_figure_and_a_speaking_one_says_its_sentence(make_file):
    silent = '<p><svg aria-hidden="true" class="mark" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7"/></svg> Raad</p>'
    file = make_file(silent + PICTURE)
    figures = [
        thing
        for number in range(1, len(pypdf.PdfReader(file).xref[0]) + 500)
        if isinstance(thing := pypdf.PdfReader(file).get_object(number), dict) and thing.get("/S") == "/Figure"
    ]
    assert [figure["/Alt"] for figure in figures] == ["Een lijn"]


def test_the_same_document_gives_the_same_file():
    assert paper.render(document("<p>Gelijk</p>")) == paper.render(document("<p>Gelijk</p>"))


def test_a_page_with_hardly_anything_is_drawn_in_and_a_full_one_stays():
    def pages(lines, after=""):
        told = "".join(f"<p style='height:10mm'>Regel {number}</p>" for number in range(lines))
        made = paper.render(document(told + after))
        return len(pypdf.PdfReader(io.BytesIO(made)).pages)

    # On a page with its usual margins stand 23 of these lines under the title; a little less margin holds one more.
    assert [pages(lines) for lines in (24, 36)] == [1, 2]
    # Also before a chapter that begins on a page of its own.
    chapter = "<section style='break-before:page'><p style='height:150mm'>Verder</p></section>"
    assert [pages(lines, chapter) for lines in (24, 36)] == [2, 3]


def test_no_last_line_holds_one_short_word_and_who_searches_finds_plain_blanks(make_file):
    told = "Hoe breed een blad ook is, het laatste woord van een alinea staat daar nooit alleen, want dat leest niet"
    widths = range(60, 120, 4)
    reader = pypdf.PdfReader(make_file("<h2>Zo ziet de raad het</h2>" + "".join(
        f"<p style='width: {width}mm'>{told}</p>" for width in widths)))  # fmt: skip
    lines = [line.strip() for page in reader.pages for line in page.extract_text().splitlines()]
    assert "niet" not in lines and sum(line.endswith("leest niet") for line in lines) == len(widths)
    assert "\u00a0" not in "".join(lines) and "Zo ziet de raad het" in lines
    assert [one.title for one in reader.outline[1]] == ["Zo ziet de raad het"]


def test_in_the_contents_the_number_stands_beside_the_last_line_of_its_title(make_file):
    title = "Thema 2: De brief is niet voor mij geschreven en wie hem krijgt weet niet wat te doen"
    chapter = f"<section class='contents'><ol style='width: 70mm'><li><a href='#deel'>{title}</a></li></ol></section>"
    places = {}
    page = pypdf.PdfReader(make_file(f"{chapter}<h2 id='deel' style='break-before: page'>Deel</h2>")).pages[1]
    page.extract_text(visitor_text=lambda text, _, matrix, *rest: places.setdefault(text.strip(), round(matrix[5])))
    first, last = (next(height for words, height in places.items() if word in words) for word in ("Thema", "doen"))
    assert places["3"] == last != first
