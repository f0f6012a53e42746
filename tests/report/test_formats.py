"""The report in its other forms: a Word file, one page, a sheet, a year. All from the same chapters and their rules."""

import io
import zipfile
from datetime import timedelta
from xml.etree import ElementTree

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document as Word

from dialoog import paper
from dialoog.report import composition, sheets, word, year
from dialoog.report.blocks import Readers
from dialoog.report.models import Printing, Version
from dialoog.report.models.printing import ONE_PAGE
from experiences.models import Fragment
from projects.models import Commitment
from tests.advice import make as advices
from tests.projects import make as projects
from tests.report import make

XLSX = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def report(bram, anna):
    return make.full(bram, anna)


def words(answer):
    return " ".join(answer.content.decode().split())


def in_word(file):
    """All words of a Word file: paragraphs, tables, and what it says about itself."""
    read = Word(io.BytesIO(file))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*(one.text for one in read.paragraphs), *cells]).split()), read


def test_the_word_file_has_real_headings_and_tables_and_names_only_organisations(browse, report, anna):
    text, read = in_word(browse(anna).at("report:draft_word", report=report.pk).content)
    # A drawing cannot come along; what it says does.
    assert "(samen)" in text or "(gemeente)" in text
    document = composition.compose(report)
    titles = [one.text for one in read.paragraphs if one.style.name == "Heading 1"]
    assert [heading.title for heading in document.headings if heading.title not in titles] == []
    heads = [[cell.text for cell in table.rows[0].cells] for table in read.tables]
    assert ["Cliëntenraad", "Gemeente"] in heads
    assert any("Waaraan merkt een cliënt het?" in head for head in heads)
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in read.tables)
    about = read.core_properties
    assert (about.author, about.last_modified_by, about.language) == (
        "Cliëntenraad Oosterhage en Gemeente Oosterhage",
        "Cliëntenraad Oosterhage en Gemeente Oosterhage",
        "nl-NL",
    )
    # Both voices of one question stand beside each other, and nothing of either is lost.
    for party in ("council", "municipality"):
        assert all(answer in text for answer in make.ANSWERS[party])


def test_no_form_holds_a_quote_that_its_readers_may_not_have(report, bram):
    """In the Word file what may be quoted, in the public one what may be public, and so on one page."""
    for public, use in ((False, "may_quote"), (True, "may_publish")):
        document = composition.compose(report, public)
        text, _ = in_word(word.write(document.printed))
        for one in Fragment.objects.visible_to(bram).filter(project=report.project):
            assert (one.text in text) is getattr(one, use), one
    page = composition.plain(composition.handout(report, Readers.CLOSED))
    sayings = [one for one in Fragment.objects.visible_to(bram) if one.text in page]
    assert sayings and all(one.may_publish for one in sayings)


def test_one_page_is_one_page_also_as_long_as_nobody_signed(report):
    made = paper.on_one_page(composition.handout(report, Readers.CLOSED), ONE_PAGE)
    [page] = pypdf.PdfReader(io.BytesIO(made)).pages
    told = page.extract_text()
    assert "Concept. Nog niet door beide kanten ondertekend." in told and "concept · concept" not in told


def test_what_is_copied_from_a_card_stands_in_no_form(report, bram):
    copied = "Niemand zei mij ooit dat die regeling er was"
    make.card(bram, report.project, 40, f"{copied}. Nooit.")
    report.write(bram, report.version, brief=f"Iemand zei: {copied}.")
    agreed = Commitment.objects.visible_to(bram).filter(project=report.project).first()
    agreed.write(bram, agreed.version, client_notices=f"{copied}.")
    report.refresh_from_db()
    forms = {
        "draft": composition.compose(report).html(),
        "word": in_word(word.write(composition.compose(report).printed))[0],
        "one page": composition.handout(report, Readers.CLOSED),
        "year": year.overview(bram, 2026, public=False),
        "sheet": str(cells(sheets.commitments(bram))),
        "version": str(composition.without_tellers(composition.compose(report))),
    }
    assert [name for name, text in forms.items() if copied in composition.plain(text)] == []
    # The control: as soon as the teller allows it, it is there, but never in what is kept of an older text.
    Fragment.objects.visible_to(bram).filter(number=40).update(may_quote=True)
    assert copied in composition.plain(composition.compose(report).html())
    assert copied in str(cells(sheets.commitments(bram)))
    assert copied not in str(composition.without_tellers(composition.compose(report)))


def cells(file):
    """The rows of a sheet: its words and its numbers, as a program that calculates would read them."""
    packed = zipfile.ZipFile(io.BytesIO(file))
    shared = ["".join(one.itertext()) for one in ElementTree.fromstring(packed.read("xl/sharedStrings.xml"))]
    sheet = ElementTree.fromstring(packed.read("xl/worksheets/sheet1.xml"))
    assert not list(sheet.iter(f"{XLSX}f"))
    return [[_cell(one, shared) for one in row] for row in sheet.iter(f"{XLSX}row")]


def _cell(one, shared):
    value = one.findtext(f"{XLSX}v") or ""
    return shared[int(value)] if one.get("t") == "s" else value


def test_the_sheet_tells_every_commitment_and_calculates_nothing(browse, report, anna, bram):
    agreed = Commitment.objects.visible_to(bram).filter(project=report.project).first()
    agreed.write(bram, agreed.version, what="=1+1 is geen som")
    told = cells(browse(anna).at("report:commitments_sheet").content)
    # The heads say what the page says, in the words of this table.
    assert told[0][7] == "Waaraan merkt een cliënt het?" and len(told[0]) == len(sheets.COLUMNS)
    assert len(told) == 1 + Commitment.objects.visible_to(bram).count()
    assert "=1+1 is geen som" in [row[2] for row in told]
    assert {row[0] for row in told[1:]} == {"1", "2"}
    assert browse(bram).at("report:commitments_sheet").status_code == 200


def test_what_a_meeting_agreed_on_outside_a_round_stands_in_the_report_and_in_the_sheet(report, anna, bram):
    held = projects.meeting(bram, days=-1)
    apart = projects.commitment(bram, None, "De bel bij de balie werkt weer", meeting=held, owner_member=anna)
    told = composition.plain(composition.compose(report).body)
    # What was agreed while this round went on is nothing of before.
    now, _, earlier = told.partition("Stand van eerdere afspraken")
    assert (
        apart.what in now.partition("In het overleg afgesproken, buiten de ronde om")[2] and apart.what not in earlier
    )
    Commitment.objects.filter(pk=apart.pk).update(agreed_at=timezone.now() - timedelta(days=400))
    told = composition.plain(composition.compose(report).body)
    assert apart.what in told.partition("Stand van eerdere afspraken")[2]
    assert "In het overleg afgesproken" not in told
    Commitment.objects.filter(pk=apart.pk).update(agreed_at=timezone.now())
    # Outside the room a function, no name.
    assert anna.name not in composition.plain(composition.compose(report, public=True).body)
    assert apart.what in year.overview(bram, apart.agreed_at.year, public=False)
    assert apart.what not in year.overview(bram, apart.agreed_at.year, public=True)
    # What clients are meant to notice is told as meant, and how far it is stands with the state.
    apart.set_status(anna, apart.Status.BUSY, "Twee collega’s willen dit doen")
    told = composition.plain(year.overview(bram, apart.agreed_at.year, public=False))
    assert "Bezig Twee collega’s willen dit doen Nog niet gevraagd aan cliënten. De bedoeling:" in told
    assert ["", "In het overleg", apart.what] in [row[:3] for row in cells(sheets.commitments(bram))]
    stopped = apart.status
    apart.set_status(anna, apart.Status.DROPPED, "Het hoeft niet meer")
    for seat in (anna, bram):
        apart.close(seat)
    assert "Vervallen, gesloten door beide kanten" in cells(sheets.commitments(bram))[-1]
    apart.set_status(anna, stopped, "Twee collega’s willen dit doen")
    make.signed(bram, anna, report=report)
    assert str(apart.pk) in report.states
    # With the yes of both to a report that tells of it; never what was agreed after that.
    report.speak(anna, True)
    assert apart.what not in year.overview(bram, apart.agreed_at.year, public=True)
    report.speak(bram, True)
    projects.commitment(bram, None, "De stoelen bij de balie", meeting=held, owner_member=anna)
    told = year.overview(bram, apart.agreed_at.year, public=True)
    assert apart.what in told and anna.name not in told and "De stoelen" not in told


def test_the_sheet_of_a_table_where_nothing_was_agreed_has_only_its_head(chris):
    [head] = [row for row in cells(sheets.commitments(chris)) if any(row)]
    assert len(head) == len(sheets.COLUMNS) and head[0] == "Ronde"


def test_each_numbered_list_of_the_word_file_begins_at_one():
    lists = "<ol><li>Inhoud</li><li>In het kort</li></ol><ol><li>Een tafel apart</li></ol>"
    cover = """<section class="cover"><p class="cover-top">Verslag</p><h1>Een proef</h1>
        <svg class="art" aria-label="Lijnen"></svg><p class="signed">Concept.</p></section>"""
    moved = "<table><tr><th>Uiterlijk</th></tr><tr><td>1 april 2027<p>Eerst was het 1 maart.</p></td></tr></table>"
    _, read = in_word(word.write(f"<main>{cover}{lists}{moved}</main>"))
    # A cell keeps what stands in it before its paragraphs.
    assert read.tables[-1].cell(1, 0).text == "1 april 2027\nEerst was het 1 maart."
    numbers = [one._p.pPr.numPr.numId.val for one in read.paragraphs if one.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]
    known = read.part.numbering_part.element
    starts = {number: known.num_having_numId(number).lvlOverride_lst[0].startOverride.val for number in numbers}
    assert set(starts.values()) == {1}


def test_a_word_file_made_after_a_withdrawal_no_longer_holds_the_quote(browse, report, anna, bram):
    make.signed(bram, anna, report=report)
    closed = report.edition("closed")
    gone = Fragment.objects.visible_to(bram).get(number=3)
    # A title that one side gives the round afterwards is not what both signed.
    signed, project = report.project.subject, report.project
    project.write(bram, project.version, subject="Hoe de gemeente mensen laat zitten")
    text, read = in_word(browse(anna).at("report:kept_word", edition=closed.pk).content)
    assert gone.text in text and "Het getekende bestand is de PDF." in text and "ziet u op" not in text
    assert signed in text and "laat zitten" not in text
    # The first page is the one of the PDF: the two lines, and who signed for each side.
    assert read.inline_shapes[0]._inline.docPr.get("descr").startswith("Twee lijnen.")
    assert [cell.text for cell in read.tables[0].rows[0].cells] == ["Cliëntenraad Oosterhage", "Gemeente Oosterhage"]
    assert "Getekend door Bram Hoekstra" in read.tables[0].cell(1, 0).text
    assert "Getekend door Anna de Wit" in read.tables[0].cell(1, 1).text
    gone.delete()
    assert gone.text not in in_word(browse(anna).at("report:kept_word", edition=closed.pk).content)[0]
    # What was signed stays as it was.
    assert gone.text in composition.plain(closed.html)


def test_nothing_public_leaves_before_both_agree(browse, report, anna, bram):
    town = browse(anna)
    early = town.do("report:print_draft", {"readers": "public"}, report=report.pk)
    assert "Van een concept is er geen openbaar bestand." in words(early)
    page = town.do("report:print_handout", {"readers": "public"}, report=report.pk)
    assert "Er is nog geen openbaar verslag." in words(page)
    make.signed(bram, anna, report=report)
    public = report.edition("public")
    for answer in (
        town.at("report:kept_word", edition=public.pk),
        town.at("report:kept_pdf", edition=public.pk),
        town.do("report:print_handout", {"readers": "public"}, report=report.pk),
    ):
        assert "Daar zeggen beide kanten ja op" in words(answer)
    assert report.project.subject not in year.overview(anna, 2026, public=True)
    assert report.project.subject in year.overview(anna, 2026, public=False)
    for seat in (anna, bram):
        report.speak(seat, public=True)
    told = year.overview(anna, 2026, public=True)
    assert report.project.subject in told
    assert bram.name not in told and anna.name not in told
    assert town.at("report:kept_word", edition=public.pk).status_code == 200


def test_a_year_on_paper_does_not_outlive_the_yes_or_the_words_it_rests_on(browse, report, anna, bram):
    # Somebody copied a sentence into a commitment. Later its teller takes back that it may be quoted.
    copied = "Niemand zei mij ooit dat die regeling er was"
    card = make.card(bram, report.project, 40, f"{copied}. Nooit.", may_quote=True, may_publish=True)
    agreed = Commitment.objects.visible_to(bram).filter(project=report.project).first()
    agreed.write(bram, agreed.version, client_notices=f"{copied}.")
    make.signed(bram, anna, report=report)
    for seat in (anna, bram):
        report.speak(seat, public=True)
    town, sent = browse(anna), {"year": "2026", "readers": "public"}
    # Nobody types in what lies fast.
    assert town.at("report:write", report=report.pk).status_code == 302

    def made():
        town.do("report:print_year", sent)
        printing = Printing.objects.visible_to(anna).get(name="dialoog-in-2026-openbaar")
        printing.state, printing.file = Printing.State.DONE, b"%PDF"
        printing.save()
        return printing

    first = made()
    assert town.at("report:printed", printing=first.pk).content.startswith(b"%PDF")
    report.speak(bram, public=False)
    assert town.at("report:printed", printing=first.pk).status_code == 404
    report.speak(bram, public=True)
    second = made()
    assert town.at("report:printed", printing=second.pk).status_code == 200
    card.may_quote = card.may_publish = False
    card.save()
    assert "In dit bestand staan woorden die iemand terugnam." in words(town.at("report:printed", printing=second.pk))


def test_pages_of_the_report_ask_the_database_as_often_for_many_things_as_for_few(browse, report, full, anna, bram):
    def fill(count):
        for number in range(count):
            projects.commitment(bram, report.project, f"Afspraak {number}", owner_member=(anna, bram)[number % 2])
            Version.objects.create(
                partnership=bram.partnership, report=report, number=Version.objects.count() + 1,
                fingerprint=f"{Version.objects.count():064}", chapters=[],
            )  # fmt: skip

    def asked():
        counts = []
        for route, kwargs in (("report:years", {}), ("report:versions", {"report": report.pk})):
            with CaptureQueriesContext(connection) as seen:
                assert browse(anna).at(route, **kwargs).status_code == 200
            counts.append(len(seen))
        return counts

    fill(3)
    asked()
    few = asked()
    fill(297 if full else 20)
    assert asked() == few


def test_the_year_counts_talks_only_when_each_round_may_say_how_many(browse, report, anna, bram):
    advices.sent(bram, title="Brieven met een naam eronder")
    assert "Brieven met een naam eronder" in year.overview(anna, 2026, public=False)
    assert "Brieven met een naam eronder" not in year.overview(anna, 2026, public=True)
    told = year.told(anna, 2026, public=False)
    assert ("rondes", 2) in told["counts"] and "gesprekken" not in dict(told["counts"])
    assert "Om hulp vragen voelt als schaamte" in words(browse(anna).at("report:years"))
    assert "In 2031 was er geen ronde" not in words(browse(anna).at("report:years"))
    for odd in ("morgen", "²²²²", "1" * 5000):
        assert browse(anna).at("report:years", {"jaar": odd}).status_code == 404
