"""A sentence that was copied from a card of an earlier round stands nowhere without its teller's yes to that."""

import io
import zipfile

import pytest
from django.utils import timezone

from dialoog.report import composition, sheets, year
from dialoog.report.blocks import Readers
from dialoog.report.models import Printing, Version
from experiences.models import Fragment
from projects.models import Phase
from tests.analysis import make as bundled
from tests.projects import make as projects
from tests.report import make

SENTENCE = "Mijn oudste zoon slaapt sinds de brand op de bank bij de buren."
PART = "zoon slaapt sinds"
QUOTED = "Ik heb daar drie keer voor de deur gestaan."


@pytest.fixture
def report(bram):
    """The report after the round of that sentence, which was copied into commitments of then, of now and in between."""
    before = projects.project(bram, Phase.CLOSED, subject="Vroeger")
    make.card(bram, before, 7, SENTENCE)
    projects.commitment(bram, before, "Wij helpen sneller", because=SENTENCE[:100], clients_said=SENTENCE)
    now = projects.project(bram, Phase.COMMIT)
    projects.commitment(bram, now, "Wij komen langs", client_notices=SENTENCE)
    meeting = projects.meeting(bram, days=-1)
    projects.commitment(bram, None, "Wij bellen terug", clients_said=SENTENCE, meeting=meeting)
    return make.report(bram, now)


def forms(seat, report, readers):
    """Each text that these readers get."""
    public = readers == Readers.PUBLIC
    yield composition.compose(report, readers=readers).body
    yield composition.handout(report, readers)
    # As a Word file of a signed report is made.
    yield composition.still_permitted(f"<p>Eerder afgesproken: {SENTENCE}</p>", report.project, public)
    if not public:
        yield year.overview(seat, timezone.localdate().year, public)
        yield sheet(seat)


def sheet(seat):
    return zipfile.ZipFile(io.BytesIO(sheets.commitments(seat))).read("xl/sharedStrings.xml").decode()


@pytest.mark.parametrize("readers", [Readers.CLOSED, Readers.PUBLIC])
def test_a_sentence_of_an_earlier_round_stands_in_no_form_without_a_yes(report, anna, readers):
    held = [_held(anna, report, readers)]
    for allowed in ({"may_quote": True}, {"may_publish": True}):
        Fragment.objects.update(**allowed)
        held.append(_held(anna, report, readers))
    # A yes to quoting is no yes to the outside world.
    assert held == [{False}, {readers != Readers.PUBLIC}, {True}]


def _held(seat, report, readers):
    return {PART in text for text in forms(seat, report, readers)}


def test_who_copied_it_reads_of_which_round_the_card_is(report, bram):
    make.card(bram, report.project, 3, "Ik wist echt niet bij wie ik moest zijn.")
    report.write(bram, report.version, brief="Ik wist echt niet bij wie ik moest zijn.")
    assert composition.compose(report).borrowed == ["7 van ronde 1", "3"]


def test_what_is_kept_of_an_older_text_holds_no_words_of_any_round(report):
    Fragment.objects.update(may_quote=True)
    assert PART in composition.compose(report).body
    assert PART not in str(Version.of(composition.compose(report)).chapters)


def test_a_paper_with_words_of_an_earlier_round_is_handed_to_nobody_once_they_are_taken_back(report, anna):
    Fragment.objects.update(may_quote=True)
    papers = [
        make.printing(anna, report),
        Printing.ask(anna, "Een jaar", "jaar", year.overview(anna, timezone.localdate().year, False)),
    ]
    assert all(PART in one.html for one in papers)
    assert not any(one.is_taken_back for one in papers)
    Fragment.objects.update(may_quote=False)
    assert all(one.is_taken_back for one in papers)


def test_a_public_paper_is_handed_to_nobody_once_its_words_are_no_longer_public(report, anna, bram):
    card = make.card(bram, report.project, 8, QUOTED)
    bundled.theme(bram, report.project, "Om hulp vragen voelt als schaamte", [card])
    Fragment.objects.update(may_quote=True, may_publish=True)
    told = year.overview(anna, timezone.localdate().year, False)
    papers = [
        # Its one quote may be public, for whomever the sheet is.
        Printing.ask(anna, "Blad", "blad", composition.handout(report, Readers.CLOSED), report=report, one_page=True),
        Printing.ask(anna, "Een jaar", "jaar-van-allen", told, public=True),
    ]
    inside = Printing.ask(anna, "Een jaar", "jaar", f"{told} ")
    assert QUOTED in papers[0].html
    assert PART in papers[1].html
    assert not any(one.is_taken_back for one in papers)
    Fragment.objects.update(may_publish=False)
    assert all(one.is_taken_back for one in papers)
    assert not inside.is_taken_back


def test_the_sheet_stays_whole_when_a_sentence_lies_over_two_cells(report, bram, anna):
    told = {"because": "brand op de bank bij de buren.", "client_notices": f"Iemand zei: {SENTENCE}"}
    projects.commitment(bram, report.project, "Mijn oudste zoon slaapt sinds de", **told)
    cells = sheet(anna)
    assert "Mijn oudste zoon slaapt sinds de</t>" in cells
    assert f"Iemand zei: {composition.LEFT_OUT}" in cells
    assert "sinds de brand" not in cells


@pytest.mark.parametrize(
    "way",
    ["Anna de Wit", "Anna  de Wit", "Anna\u00a0de Wit", "Anna\u200b de Wit", "A. de Wit", "ANNA DE WIT", "anna de wit",
     "mevrouw De Wit"],
)  # fmt: skip
def test_however_the_name_is_written(report, anna, bram, way):
    report.write(bram, report.version, brief=f"Wij spraken met {way} over de balie.")
    public = composition.plain(composition.compose(report, public=True).body)
    assert "Wij spraken met de beleidsmedewerker over de balie." in public


def test_the_cover_of_the_public_version_goes_through_the_same_sieve(report, bram, anna, browse):
    make.card(bram, report.project, 90, QUOTED, may_quote=False, may_publish=False)
    report.write(bram, report.version, subtitle=f"Anna de Wit: {QUOTED}"[:160])
    for text in (
        composition.compose(report, public=True).html(public=True),
        zipfile.ZipFile(io.BytesIO(browse(anna).at("report:draft_word", report=report.pk).content))
        .read("word/document.xml")
        .decode(),
    ):
        assert QUOTED not in text
    assert "Anna de Wit" not in composition.compose(report, public=True).html(public=True)
    assert "Anna de Wit" in composition.compose(report).html()


def test_whoever_sits_at_the_table_is_called_by_function_where_somebody_typed_the_name(report, anna, bram, browse):
    report.write(
        bram, report.version, brief="Wij hoorden dat Anna de Wit en mevrouw Hoekstra & Els dit willen. Elke week."
    )
    for text in forms(anna, report, Readers.PUBLIC):
        assert "Anna de Wit" not in text and "Hoekstra" not in text
    public = composition.compose(report, readers=Readers.PUBLIC)
    assert "Wij hoorden dat de beleidsmedewerker en de voorzitter &amp; Els dit willen." in public.body
    assert "Anna de Wit en mevrouw Hoekstra" in composition.compose(report).body
    # What only may be a name, a person decides; a second time it is not asked.
    asked = browse(bram).do("report:speak", {"seen": report.seen, "word": "yes"}, report=report.pk)
    assert "Dialoog ziet in de openbare versie: ‘Els’" in asked.content.decode()
    report.refresh_from_db()
    assert report.council_public is None
    browse(bram).do("report:speak", {"seen": report.seen, "word": "yes", "sure": "yes"}, report=report.pk)
    report.refresh_from_db()
    assert report.council_public


def test_a_quote_in_which_somebody_is_named_stays_in_a_text_that_is_looked_at_again(report, bram, anna):
    said = "Toen zei mevrouw De Wit dat het een week duurde, en dat was ook zo."
    make.card(bram, report.project, 90, said, may_quote=True, may_publish=True)
    sieve = composition.Sieve.of(report.partnership, True)
    kept, _ = sieve(f'<section class="chapter"><h2>x</h2><blockquote><p>{said}</p></blockquote></section>')
    assert "Toen zei de beleidsmedewerker dat het een week duurde" in kept
    assert composition.still_permitted(kept, report.project, True) == kept


def test_whoever_signs_last_reads_of_names_that_were_typed_after_both_said_yes(report, bram, anna, browse):
    for seat in (bram, anna):
        browse(seat).do("report:speak", {"seen": report.seen, "word": "yes", "sure": "yes"}, report=report.pk)
    report.refresh_from_db()
    report.write(bram, report.version, brief="Het ging over de balie, zei mevrouw Fatima Yilmaz.")
    report.sign(bram, make.fingerprint(report))
    asked = browse(anna).do("report:sign", {"fingerprint": make.fingerprint(report)}, report=report.pk)
    assert "Beide kanten willen dit openbaar." in asked.content.decode()
    assert "Fatima Yilmaz" in asked.content.decode()


def test_a_kept_sheet_with_a_name_and_a_style_is_looked_through_at_once_and_its_style_stays(report, bram, anna):
    projects.commitment(anna, report.project, "Wij bellen", owner_member=anna, owner_name="")
    sheet = composition.handout(report, Readers.CLOSED)
    assert "Anna de Wit" in sheet
    # Tried from each of its letters, a style sheet of fifty thousand holds the server for minutes.
    told = composition.still_permitted(sheet, report.project, public=True)
    assert "Anna de Wit" not in told
    style = sheet.partition("<style>")[2].partition("</style>")[0]
    assert len(style) > 10_000 and style in told
