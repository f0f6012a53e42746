"""What a table takes along: the same for both sides, without people, days or what is closed, and readable elsewhere."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from analysis import exports, papers, refi
from analysis.models import Stage, Theme
from tests.analysis import make
from tests.crawl import leaks, unpacked
from tests.values import make as values

SCHEMAS = Path(__file__).parent / "refi"
NS = {"q": "urn:QDA-XML:project:1.0", "c": "urn:QDA-XML:codebook:1.0"}
FILES = ("workbook", "cards_csv", "themes_csv", "codebook", "qda_project")


@pytest.fixture
def laid(bram, anna, dora, joost):
    """A board with two themes, a loose card, and values at stake that the sides see alike and differently."""
    meeting = make.together(bram, bram, anna, count=5)
    project = meeting.project
    cards = list(make.Fragment.objects.of(project))
    make.theme(bram, project, "Om hulp vragen voelt als schaamte", cards[:2], counter_voice="Ik schaam mij niet.")
    make.theme(anna, project, "=SOM(A1:A9)", cards[2:4], 1)
    respect = values.shared(bram, anna, "Respect")
    for seat in (dora, bram, anna):
        make.tag(seat, cards[0], respect)
    make.tag(joost, cards[0], respect, "upheld")
    # About the second sentence alone.
    make.Tag.put(anna, cards[1], respect, "not", [1])
    return project


def rows(file):
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig")), delimiter=";"))


def words(file):
    """All that stands in a file, also in the files packed inside it."""
    return "\n".join(part.decode("utf-8", "replace") for part in unpacked(file))


def opened(file):
    """The pack of a round: the tree of its project and its texts by name."""
    with zipfile.ZipFile(io.BytesIO(file)) as pack:
        assert pack.testzip() is None
        return etree.fromstring(pack.read("project.qde")), {
            name: pack.read(name).decode() for name in pack.namelist() if name.startswith("sources/")
        }


def schema(name):
    return etree.XMLSchema(etree.parse(SCHEMAS / name))


def test_both_sides_take_the_same_bytes_along(laid, browse, anna, bram):
    ours, theirs = browse(bram), browse(anna)
    for name in FILES:
        taken = [one.at(f"analysis:{name}", project=laid.pk) for one in (ours, theirs)]
        assert taken[0].content == taken[1].content and len(taken[0].content) > 300, name
        assert taken[0]["Content-Disposition"] == taken[1]["Content-Disposition"]


@pytest.mark.promise("P1")
def test_no_name_no_day_and_nothing_that_is_closed_stands_in_a_file(laid, browse, bram, anna, dora, joost, nico):
    meeting = make.BundlingSession.objects.get()
    meeting.stage = Stage.OWN_SORT
    meeting.save()
    make.own_sort(bram, meeting, Uilenballen=[1])
    values.view(bram, "Vleermuisgeduld", "Alleen de raad weet hiervan.")
    make.answer(bram, Theme.objects.first(), 1, "haviksoordeel")
    hidden = [seat.name for seat in (bram, anna, dora, joost, nico)]
    hidden += ["Uilenballen", "Vleermuisgeduld", "haviksoordeel"]
    for name in FILES:
        told = words(browse(anna).at(f"analysis:{name}", project=laid.pk).content)
        assert leaks(hidden, told) == set(), name
        assert not re.search(r"\b20(?!00-01-01)\d\d-\d\d-\d\d", told), name
    page = browse(anna).at("analysis:theme", theme=Theme.objects.first().pk).content.decode()
    assert leaks([dora.name], page) == {dora.name}


def test_of_who_said_something_only_the_side_is_left(laid, dora):
    found = [row for row in rows(exports.cards_csv(laid)) if row[0] == "1"]
    told = [tuple(row[5:10]) for row in found]
    differ = "de kanten verschillen"
    assert told == [("Respect", "geschonden", "ja", "ja", differ), ("Respect", "waargemaakt", "", "ja", differ)]
    (about,) = [row for row in rows(exports.cards_csv(laid)) if row[0] == "2"]
    assert about[4:9] == ["Toen ben ik maar weer naar huis gegaan.", "Respect", "speelt hier niet", "", "ja"]
    (theme,) = [row for row in rows(exports.themes_csv(laid)) if row[0].startswith("Om hulp")]
    assert theme[7:9] == [f"Respect ({differ})", f"Respect ({differ})"]
    # Two of the council or one: the file does not tell.
    before = exports.cards_csv(laid)
    make.Tag.objects.get(by=dora).delete()
    assert exports.cards_csv(laid) == before


def test_a_card_that_is_taken_back_stands_in_no_file_any_more(laid, browse, anna, bram):
    card = make.Fragment.objects.of(laid).first()
    heading = card.heading
    assert heading in words(refi.qda_project(laid)) and heading in words(exports.as_workbook(laid))
    card.withdraw(bram)
    for name in FILES:
        told = words(browse(anna).at(f"analysis:{name}", project=laid.pk).content)
        assert leaks([heading], told) == set(), name
    assert heading not in papers.board_page(laid)


def test_a_list_opens_in_a_dutch_excel_and_holds_no_formula(laid):
    for file in (exports.cards_csv(laid), exports.themes_csv(laid)):
        assert file.startswith(b'\xef\xbb\xbf"') and b"\r\n" in file
        told = rows(file)
        assert len({len(row) for row in told}) == 1 and len(told) > 2
        assert [cell for row in told for cell in row if cell.startswith(exports.FORMULA)] == []
    assert "'=SOM(A1:A9)" in [row[0] for row in rows(exports.themes_csv(laid))]


@pytest.mark.parametrize("cell", ["=1+1", "+31 6", "-", "@SUM(A1)", "\t=1", " =cmd|' /C calc'!A0", "＝1"])
def test_what_looks_like_a_formula_becomes_words(cell):
    assert exports.harmless(cell) == f"'{cell}"
    assert exports.harmless("Ik zei = en -") == "Ik zei = en -"


def test_the_workbook_has_no_formula_and_no_link(laid):
    card = make.Fragment.objects.of(laid).first()
    card.text, card.heading = '=HYPERLINK("http://ergens.example")', "http://ergens.example"
    card.save()
    with zipfile.ZipFile(io.BytesIO(exports.as_workbook(laid))) as pack:
        sheets = [pack.read(name).decode() for name in pack.namelist() if "worksheets/" in name]
        assert len(sheets) == 3 and not any("_rels" in name for name in pack.namelist() if "worksheets" in name)
        assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
        assert "=HYPERLINK" in pack.read("xl/sharedStrings.xml").decode()


def test_the_codebook_and_the_round_are_valid_by_the_schemas_of_the_standard(laid):
    schema("Codebook.xsd").assertValid(etree.fromstring(refi.codebook(laid)))
    schema("Project.xsd").assertValid(opened(refi.qda_project(laid))[0])


def test_the_schemas_see_what_is_not_valid(laid):
    root, _ = opened(refi.qda_project(laid))
    root.find(".//q:Code", NS).set("guid", "1")
    assert not schema("Project.xsd").validate(root)
    root = etree.fromstring(refi.codebook(laid))
    del root.find(".//c:Code", NS).attrib["isCodable"]
    assert not schema("Codebook.xsd").validate(root)


def test_an_empty_round_and_strange_signs_are_valid_too(bram, browse):
    project = make.project(bram)
    schema("Project.xsd").assertValid(opened(refi.qda_project(project))[0])
    schema("Codebook.xsd").assertValid(etree.fromstring(refi.codebook(project)))
    answer = browse(bram).at("analysis:qda_project", project=project.pk)
    assert answer.headers["Location"] == bram.url("analysis:take_along", project=project.pk)
    (card,) = make.cards(bram, project, 1)
    card.heading, card.text = 'A/B: "<&>" \x0b 😀', "\ufeffEén\r\nregel \x0b & 😀 nog een\ufffe."
    card.save()
    for sentence in ("Zo <b>niet</b> & \x07", "Zo <b>niet</b> & \x07"):
        make.theme(bram, project, sentence)
    root, texts = opened(refi.qda_project(project))
    schema("Project.xsd").assertValid(root)
    assert list(texts.values()) == [" Eén\nregel   & 😀 nog een ."]
    names = [code.get("name") for code in root.iterfind(".//q:Code", NS)]
    assert len(set(names)) == len(names)


def test_every_coding_points_at_a_code_a_side_and_words_that_are_there(laid):
    root, texts = opened(refi.qda_project(laid))
    codes = {code.get("guid"): code.get("name") for code in root.iterfind(".//q:Code", NS)}
    sides = {user.get("guid"): user.get("name") for user in root.iterfind(".//q:User", NS)}
    assert list(sides.values()) == ["beide kanten samen", "cliëntenraad", "gemeente"]
    every = [one.get("guid") for one in root.iter() if one.get("guid")]
    assert len(every) == len(set(every))
    told = []
    for source in root.iterfind(".//q:TextSource", NS):
        text = texts[source.get("plainTextPath").replace("internal://", "sources/")]
        for chosen in source.iterfind("q:PlainTextSelection", NS):
            start, end = int(chosen.get("startPosition")), int(chosen.get("endPosition"))
            assert 0 <= start < end <= len(text)
            for coding in chosen.iterfind("q:Coding", NS):
                code = codes[coding.find("q:CodeRef", NS).get("targetGUID")]
                assert coding.get("creatingUser") == chosen.get("creatingUser")
                told.append((source.get("name")[:10], code, sides[chosen.get("creatingUser")], text[start:end]))
    whole = next(iter(texts.values()))
    assert [(code, side) for name, code, side, _ in told if name == "Kaartje 01"] == [
        ("Om hulp vragen voelt als schaamte", "beide kanten samen"),
        ("Respect: geschonden", "cliëntenraad"),
        ("Respect: geschonden", "gemeente"),
        ("Respect: waargemaakt", "gemeente"),
    ]
    assert told[0][3] == whole
    passage = "Toen ben ik maar weer naar huis gegaan."
    assert ("Kaartje 02", "Respect: speelt hier niet", "gemeente", passage) in told
    assert set(root.xpath("//@*[contains(name(), 'Date')]")) == {refi.NO_DAY}


def test_the_same_round_gives_the_same_file_and_ids_tell_no_order(laid):
    assert refi.qda_project(laid) == refi.qda_project(laid)
    assert exports.as_workbook(laid) == exports.as_workbook(laid)
    root, _ = opened(refi.qda_project(laid))
    keys = {str(card.pk) for card in make.Fragment.objects.of(laid)}
    assert keys.isdisjoint(one.get("guid") for one in root.iter() if one.get("guid"))


def test_files_take_as_many_queries_for_three_cards_as_for_thirty(bram, anna):
    def asked(count):
        project = make.make_round(bram, count)
        value = values.shared(bram, anna, f"Waarde {count}")
        cards = list(make.Fragment.objects.of(project))
        make.theme(bram, project, "Een thema", cards[: count // 2])
        for card in cards:
            make.tag(bram, card, value)
        with CaptureQueriesContext(connection) as caught:
            exports.as_workbook(project)
            refi.qda_project(project)
        return len(caught)

    assert asked(3) == asked(30)


def test_what_was_said_stands_on_pages_that_cost_the_same_wherever_they_begin(bram, anna, browse):
    project = make.make_round(bram, 60)
    value = values.shared(bram, anna, "Respect")
    cards = list(make.Fragment.objects.of(project))
    for card in cards:
        make.tag(bram, card, value)
    make.tag(anna, cards[3], value, "upheld")
    ours = browse(bram)

    def read(**query):
        with CaptureQueriesContext(connection) as caught:
            shown = ours.at("analysis:highlights", query, project=project.pk).content.decode()
        return shown, len(caught)

    first, asked = read()
    # Fifty words: of card 4 two things were said, so forty-nine cards fill the page.
    assert first.count('id="kaartje-') == 49 and "Verder vanaf kaartje 50" in first
    assert first.count("u ziet dit verschillend") == 1
    second, again = read(vanaf="50")
    assert second.count('id="kaartje-') == 11 and "Verder vanaf" not in second and asked == again
    assert "Verder is er niets gezegd." in read(vanaf="61")[0]
    for odd in ("x", "-1", "9" * 40):
        assert ours.at("analysis:highlights", {"vanaf": odd}, project=project.pk).status_code == 200


def paper_pages(file):
    return [" ".join((page.extract_text() or "").split()) for page in pypdf.PdfReader(io.BytesIO(file)).pages]


def test_the_board_on_paper_has_every_card_once_and_names_nobody(laid, bram, dora):
    file = papers.board(laid)
    told = " ".join(paper_pages(file))
    for card in make.Fragment.objects.of(laid):
        assert told.count(card.heading) == 2, card.heading
    assert told.index("Om hulp vragen") < told.index("=SOM(A1:A9)") < told.index("Nog op tafel")
    for secret in (bram.name, dora.name):
        assert secret not in f"{told} {pypdf.PdfReader(io.BytesIO(file)).metadata}"
    assert "Respect geschonden: cliëntenraad en gemeente" in told


def test_the_page_says_what_each_file_is_for_and_leads_to_all_of_them(laid, browse, anna):
    page = browse(anna).at("analysis:take_along", project=laid.pk).content.decode()
    for name in (*FILES, "board_sheet"):
        assert anna.url(f"analysis:{name}", project=laid.pk) in page
    assert anna.url("experiences:card_sheets", project=laid.pk) in page
    for where, thing in (("themes", laid), ("session", laid)):
        shown = browse(anna).at(f"analysis:{where}", project=thing.pk).content.decode()
        assert anna.url("analysis:take_along", project=laid.pk) in shown
