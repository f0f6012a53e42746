"""Quotes stand in the report as far as their teller allowed; the withdrawn drop out, or flag what is signed."""

import hashlib
import io

import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from dialoog import paper
from dialoog.report import composition, year
from dialoog.report.blocks import BLOCKS, Readers
from dialoog.report.models import Edition, Quote
from experiences.models import Fragment
from tests.report import make, verapdf

QUOTABLE = "Ik vroeg het zacht. Wat zegt u, riep ze."
NOT_QUOTABLE = "Toen wist de hele rij het."
PUBLIC = "Drie keer heb ik dezelfde bankafschriften ingeleverd."


@pytest.fixture
def report(bram, anna):
    return make.full(bram, anna)


def words(file):
    reader = pypdf.PdfReader(io.BytesIO(file))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def editions(seat, report):
    return {edition.readers: edition for edition in Edition.objects.visible_to(seat).filter(report=report)}


def card(seat, beginning):
    return Fragment.objects.visible_to(seat).get(text__startswith=beginning)


def test_the_paper_holds_every_quote_with_permission_and_none_without(report, bram):
    cards = Fragment.objects.visible_to(bram).filter(project=report.project)
    for public, use in ((False, "may_quote"), (True, "may_publish")):
        text = words(paper.render(composition.compose(report, public).html()))
        for one in cards:
            assert (one.text in text) is getattr(one, use), one
        assert {getattr(one, use) for one in cards} == {True, False}


def test_a_quote_without_permission_that_gets_it_appears(report, bram):
    """The control of the test above: what was missing is there as soon as the teller allows it."""
    hidden = Fragment.objects.visible_to(bram).filter(project=report.project, may_quote=False).first()
    assert hidden.text not in composition.plain(composition.compose(report).body)
    hidden.may_quote = True
    hidden.save()
    assert hidden.text in composition.plain(composition.compose(report).body)


def test_a_chapter_that_brings_a_quote_without_permission_loses_it(report):
    brought = "<blockquote><p>Een zin die niemand op een kaartje vertelde.</p></blockquote><p>Rest</p>"
    assert composition._only_permitted_quotes(brought, report.project, False) == ("<p>Rest</p>", [])


def test_what_is_withdrawn_drops_out_of_the_draft_and_the_signature_lapses(report, anna, bram):
    make.signed(bram, report=report)
    gone = card(bram, PUBLIC)
    assert gone.text in composition.plain(composition.compose(report).body)
    gone.delete()
    document = composition.compose(report)
    assert PUBLIC not in composition.plain(document.body)
    make.signed(anna, report=report)
    assert not report.is_frozen


def test_what_is_withdrawn_after_signing_flags_the_report_and_changes_no_byte(report, browse, anna, bram):
    make.signed(bram, anna, report=report)
    before = bytes(make.kept(report).pdf)
    council = browse(bram)
    assert "is ingetrokken" not in council.at("report:detail", project=report.project_id).content.decode()
    assert report.gone_quotes() == []
    card(bram, PUBLIC).delete()
    page = council.at("report:detail", project=report.project_id).content.decode()
    assert "Een citaat in dit verslag is ingetrokken." in page
    assert "Geef het niet meer aan anderen door" in page
    after = council.at("report:kept_pdf", edition=editions(anna, report)["closed"].pk).content
    assert hashlib.sha256(after).hexdigest() == hashlib.sha256(before).hexdigest()


def test_the_public_edition_is_no_longer_given_once_a_public_quote_is_withdrawn(report, anna, bram):
    make.signed(bram, anna, report=report)
    for seat in (anna, bram):
        report.speak(seat, public=True)
    assert PUBLIC in composition.plain(report.public_edition().html)
    only_closed = Quote.objects.visible_to(bram).filter(report=report, is_public=False).first()
    Fragment.objects.visible_to(bram).get(pk=only_closed.fragment_id).delete()
    assert report.public_edition()
    card(bram, PUBLIC).delete()
    with pytest.raises(ValidationError, match="Iemand trok de toestemming voor een citaat in"):
        report.public_edition()


def test_a_permission_that_is_taken_back_flags_as_well(report, anna, bram):
    make.signed(bram, anna, report=report)
    quoted = card(bram, PUBLIC)
    quoted.may_quote = False
    quoted.save()
    assert [quote.fragment_id for quote in report.gone_quotes()] == [quoted.pk]


@pytest.mark.promise("A4")
def test_small_big_and_differing_reports_are_accessible_papers(report, full, tmp_path, anna, bram, chris):
    make.dissent(anna, report, "Wij zien dit anders.\n\n" + "Een lange uitleg met veel woorden. " * 60)
    make.dissent(bram, report, "En wij ook.")
    small = make.report(chris)
    papers = [
        composition.compose(report).html(),
        composition.compose(small).html(),
        composition.handout(report, Readers.CLOSED),
        *(twenty(report, small, anna) if full else []),
    ]
    files = []
    for number, html in enumerate(papers):
        files.append(tmp_path / f"{number}.pdf")
        files[-1].write_bytes(paper.render(html))
    verapdf.passes(*files)
    titles = [heading.title for heading in composition.compose(report).headings]
    outline = [entry.title for entry in _flat(pypdf.PdfReader(files[0]).outline)]
    assert [title for title in titles if title not in outline] == []


def twenty(report, small, anna):
    """As many different papers as a table makes in years: each version, each single part, drafts and signed, a year."""
    now, report.partnership.theme = timezone.now(), ".onze { --utrecht-link-color: #0b6b3a; }"
    yield from (composition.compose(one, readers=readers).html(now) for one in (report, small) for readers in Readers)
    for slot in BLOCKS:
        yield composition.compose(report, blocks=["kort", slot] if slot != "kort" else ["kort"]).html()
    for public in (False, True):
        yield year.overview(anna, now.year, public)
    yield composition.handout(small, Readers.PUBLIC, now)


def _flat(outline):
    for entry in outline:
        if isinstance(entry, list):
            yield from _flat(entry)
        else:
            yield entry
