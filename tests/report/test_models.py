"""One text, two signatures, then frozen; public only by two keys."""

import hashlib

import pytest
from django.core.exceptions import ValidationError

from dialoog.partnerships.models import Event
from dialoog.partnerships.report import Chapter
from dialoog.report import composition
from dialoog.report.models import Dissent, Edition, Quote, Report, Signature
from projects.models import Phase
from tests.projects import make as projects
from tests.report import make


@pytest.fixture
def report(bram):
    return make.report(bram)


def editions(seat, report):
    return {edition.readers: edition for edition in Edition.objects.visible_to(seat).filter(report=report)}


# Signing.


def test_the_report_freezes_when_both_sides_signed_the_same_text(report, anna, bram):
    make.signed(bram, report=report)
    assert not report.is_frozen
    make.signed(anna, report=report)
    assert report.is_frozen
    report.project.refresh_from_db()
    assert report.project.report_signed_at


def test_what_was_frozen_is_kept_with_its_hashes(report, anna, bram):
    make.signed(bram, anna, report=report)
    for edition in editions(anna, report).values():
        assert hashlib.sha256(edition.html.encode()).hexdigest() == edition.html_sha256
        assert "Door beide kanten ondertekend op" in edition.html
        assert make.BRIEF.splitlines()[0] in edition.html
    assert set(editions(anna, report)) == {"closed", "boards", "public"}
    first = make.kept(report)
    assert bytes(first.pdf).startswith(b"%PDF-1.7")
    assert hashlib.sha256(bytes(first.pdf)).hexdigest() == first.pdf_sha256
    # The first file stays, whatever comes after it.
    first.keep(b"iets anders")
    assert bytes(report.edition("closed").pdf) == bytes(first.pdf)


def test_a_change_after_the_first_signature_makes_it_lapse(report, anna, bram):
    make.signed(bram, report=report)
    report.write(anna, report.version, brief="Heel iets anders.")
    make.signed(anna, report=report)
    assert not report.is_frozen
    make.signed(bram, report=report)
    assert report.is_frozen
    assert "Heel iets anders." in editions(bram, report)["closed"].html


def test_a_change_elsewhere_in_the_round_makes_it_lapse_too(report, anna, bram):
    make.signed(bram, report=report)
    before = make.fingerprint(report)
    report.project.subject = "De weg naar twee regelingen"
    report.project.save()
    assert make.fingerprint(report) != before
    make.signed(anna, report=report)
    assert not report.is_frozen


def test_nobody_signs_a_text_that_changed_while_they_read(report, anna, bram):
    read = make.fingerprint(report)
    report.write(bram, report.version, brief="Intussen veranderd.")
    with pytest.raises(ValidationError, match="De tekst is veranderd terwijl u las"):
        report.sign(anna, read)
    assert report.signatures() == {}


def test_signing_twice_is_one_signature(report, bram):
    make.signed(bram, bram, report=report)
    assert set(report.signatures()) == {"council"}


def test_two_members_of_one_side_are_still_one_side(report, bram, dora):
    make.signed(bram, dora, report=report)
    assert not report.is_frozen


def test_nico_cannot_sign(report, nico):
    with pytest.raises(ValidationError, match="Alleen de twee kanten tekenen"):
        make.signed(nico, report=report)


def test_nobody_signs_before_the_commitments(bram):
    early = make.report(bram, projects.project(bram, Phase.DIALOGUE))
    with pytest.raises(ValidationError, match="Tekenen kan vanaf de stap ‘Afspraken’"):
        make.signed(bram, report=early)


def test_nobody_signs_without_the_short_version(bram):
    empty = make.report(bram, brief="")
    with pytest.raises(ValidationError, match="‘In het kort’ is nog leeg"):
        make.signed(bram, report=empty)


def test_bram_takes_his_signature_back_until_anna_signs(report, anna, bram):
    make.signed(bram, report=report)
    report.take_back(bram)
    assert report.signatures() == {}
    with pytest.raises(ValidationError, match="Uw kant heeft nog niet getekend"):
        report.take_back(bram)
    make.signed(bram, anna, report=report)
    with pytest.raises(ValidationError, match="terugnemen kan dan niet meer"):
        report.take_back(bram)


def test_a_frozen_report_never_changes(report, anna, bram):
    make.signed(bram, anna, report=report)
    with pytest.raises(ValidationError, match="kan niets meer aan veranderen"):
        report.sign(anna, "x")
    with pytest.raises(ValidationError, match="kan niets meer veranderen"):
        report.write(anna, report.version, brief="Achteraf")
    edition = editions(anna, report)["closed"]
    edition.html = "anders"
    with pytest.raises(ValidationError, match="verandert niet meer"):
        edition.save()
    with pytest.raises(ValidationError, match="gaat niet weg"):
        edition.delete()


def test_the_report_of_a_round_is_made_once(bram, anna):
    project = projects.project(bram, Phase.COMMIT)
    assert Report.start(bram, project) == Report.start(anna, project)
    assert Event.objects.visible_to(anna).filter(sentence="begon met het verslag").count() == 1


# Seeing it differently.


def test_a_dissent_gets_its_own_page_and_both_read_it_before_signing(report, anna, bram):
    make.signed(bram, report=report)
    make.dissent(anna, report)
    assert "Hoe de gemeente het anders ziet" in [h.title for h in composition.compose(report).headings]
    make.signed(anna, report=report)
    assert not report.is_frozen
    make.signed(bram, report=report)
    assert "Wij vinden dat een vaste medewerker" in editions(bram, report)["closed"].html


def test_a_dissent_that_is_not_attached_is_seen_by_its_own_side_only(report, anna, bram, dora, nico):
    make.dissent(bram, report, attached=False)
    assert Dissent.objects.visible_to(dora).count() == 1
    assert not Dissent.objects.visible_to(anna).exists()
    assert not Dissent.objects.visible_to(nico).exists()
    assert "vaste medewerker" not in composition.compose(report).body


def test_after_both_signed_no_dissent_comes_or_goes(report, anna, bram):
    dissent = make.dissent(bram, report)
    make.signed(bram, anna, report=report)
    with pytest.raises(ValidationError, match="Een eigen mening kan er niet meer bij of af"):
        make.dissent(anna, report)
    with pytest.raises(ValidationError, match="Een eigen mening kan er niet meer bij of af"):
        dissent.detach(bram)


def test_nico_has_no_side_to_differ_for(report, nico):
    with pytest.raises(ValidationError, match="Alleen een kant zelf"):
        make.dissent(nico, report)


# Scene 5: public by two keys.


def test_publicity_is_undecided_until_somebody_says_something(report):
    assert (report.is_public, report.is_closed) == (False, False)


def test_the_public_edition_is_refused_until_both_sides_agree(report, anna, bram):
    with pytest.raises(ValidationError, match="Eerst tekenen beide kanten dezelfde tekst"):
        report.public_edition()
    make.signed(bram, anna, report=report)
    refused = "Daar zeggen beide kanten ja op; de cliëntenraad en de gemeente nog niet"
    with pytest.raises(ValidationError, match=refused):
        report.public_edition()
    report.speak(bram, public=True)
    with pytest.raises(ValidationError, match="de gemeente nog niet"):
        report.public_edition()
    report.speak(anna, public=True)
    assert report.public_edition().readers == "public"
    report.speak(anna, public=False)
    with pytest.raises(ValidationError, match="de gemeente nog niet"):
        report.public_edition()


def test_nico_does_not_decide_about_publicity(report, nico):
    with pytest.raises(ValidationError, match="Alleen de twee kanten besluiten"):
        report.speak(nico, public=True)


def test_the_public_edition_names_functions_and_no_people(report, anna, bram):
    for seat in (anna, bram):
        projects.pledge(seat, report.project, answer="yes")
    make.signed(bram, anna, report=report)
    closed, public = editions(anna, report)["closed"].html, editions(anna, report)["public"].html
    assert "Bram Hoekstra, voorzitter" in closed
    assert "Bram" not in public and "voorzitter" in public


def test_quotes_of_no_report_are_gone(report, anna, bram):
    make.signed(bram, anna, report=report)
    assert report.gone_quotes() == []
    assert not Quote.objects.visible_to(anna).exists()


# Quotes only with the teller's permission.


@pytest.mark.parametrize("allowed", [{}, {"may_quote": True}, {"may_quote": True, "may_publish": True}])
def test_a_copied_sentence_stays_only_where_its_teller_allowed_it(report, bram, allowed):
    make.card(bram, report.project, 4, **allowed)
    report.write(bram, report.version, brief="Iemand zei: ‘Toen wist de hele rij\nervan, zei ik.’ Dat is erg.")
    for public, use in ((False, "may_quote"), (True, "may_publish")):
        document = composition.compose(report, public)
        stays = allowed.get(use, False)
        assert ("wist de hele rij" in document.body) is stays
        assert (composition.LEFT_OUT in document.body) is not stays
        assert document.borrowed == ([] if stays else ["4"])
        assert "Dat is erg." in document.body


def test_a_few_words_that_anybody_could_say_stay(report, bram):
    make.card(bram, report.project, 4, text="Ik schaam mij echt niet. En verder niets.")
    report.write(bram, report.version, brief="Iemand zei: ik schaam mij echt niet.")
    assert "ik schaam mij echt niet" in composition.compose(report).body


def test_a_chapter_without_a_page_of_its_own_gets_one_with_its_title():
    chapter = Chapter("luisteren", "Hoe wij <luisterden>", "")
    title = '<section class="chapter text follows slot-luisteren"><h2>Hoe wij &lt;luisterden&gt;</h2>'
    assert composition._section(chapter, "<p>Goed.</p>") == f"{title}<p>Goed.</p></section>"
    assert composition._section(chapter, "<section><h2>Eigen</h2></section>") == "<section><h2>Eigen</h2></section>"


def test_when_the_last_step_failed_either_side_can_still_finish_it(report, anna, bram):
    for seat in (anna, bram):
        Signature.put(seat, report, make.fingerprint(report))
    assert not report.is_frozen
    make.signed(anna, report=report)
    assert report.is_frozen
    assert set(editions(bram, report)) == {"closed", "boards", "public"}
