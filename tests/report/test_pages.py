"""The pages of the report, each without a script."""

import hashlib
import io
import zipfile

import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialoog.report import composition
from dialoog.report.brief import BriefHints
from dialoog.report.models import Edition, Refusal, Report
from dialoog.report.waiting import waiting
from projects.models import Phase
from tests import make as people
from tests.analysis import make as bundled
from tests.projects import make as projects
from tests.report import make


@pytest.fixture
def report(bram):
    return make.report(bram)


def words(answer):
    return " ".join(answer.content.decode().split())


def queries(browser, route, **kwargs):
    with CaptureQueriesContext(
        connection,
    ) as told:
        assert browser.at(route, **kwargs).status_code == 200
    return len(told)


def paper(answer):
    """The text of a PDF that was sent, and its metadata."""
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split()), reader


def test_who_signs_knows_who_never_said_yes_and_every_form_says_so(browse, report, anna, bram):
    made = projects.commitment(bram, report.project, "Alle regels naast elkaar", owner_member=anna)
    for route, where in (("detail", {"project": report.project_id}), ("preview", {"report": report.pk})):
        page = words(browse(bram).at(f"report:{route}", **where))
        assert "<b>Anna de Wit</b> zei nog geen ja op" in page
    for readers in ("closed", "public"):
        assert "(gevraagd, zei nog geen ja)" in composition.compose(report, readers=readers).body
        assert "(gevraagd, zei nog geen ja)" in composition.handout(report, readers)
    assert b"Anna de Wit (gevraagd, zei nog geen ja)" in xlsx_words(browse(bram).at("report:commitments_sheet"))
    made.say_yes(anna)
    assert "gevraagd" not in composition.compose(report).body
    assert "zei nog geen ja" not in words(browse(bram).at("report:preview", report=report.pk))


def test_who_signs_knows_about_which_theme_nothing_was_said(browse, report, bram, anna):
    theme = bundled.theme(bram, report.project, "Om hulp vragen voelt als schaamte", [make.card(bram, report.project)])
    told = "Na het tekenen komt het er niet meer bij."
    page = words(browse(bram).at("report:preview", report=report.pk))
    assert told in page and bram.url("analysis:talk", theme=theme.pk) in page
    for seat in (bram, anna):
        bundled.outcome(seat, theme, "partly")
    assert told not in words(browse(bram).at("report:preview", report=report.pk))


def xlsx_words(answer):
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        return file.read("xl/sharedStrings.xml")


def test_the_report_saves_itself_while_somebody_writes_until_it_is_signed(browse, report, anna, bram):
    page = words(browse(bram).at("report:write", report=report.pk))
    where = {"kind": "report", "thing": report.pk}
    assert f'data-writing="{bram.url("partnerships:type_in", **where)}"' in page and 'data-unit="brief"' in page
    sent = {"unit": "subtitle", "text": "Wat wij hoorden", "version": report.version}
    told = browse(anna).do("partnerships:type_in", sent, **where).json()
    assert told["texts"]["subtitle"] == "Wat wij hoorden"
    make.signed(bram, anna, report=Report.objects.visible_to(bram).get())
    late = browse(anna).do("partnerships:type_in", sent | {"text": "Anders"}, **where)
    assert late.status_code == 422 and "Beide kanten hebben getekend." in words(late)


# From nothing to a signed report, by pages alone.


def test_both_sides_go_from_nothing_to_a_signed_report(browse, anna, bram):
    project = projects.project(bram, Phase.COMMIT)
    council, town = browse(bram), browse(anna)
    assert "Er is nog geen verslag" in words(council.at("report:detail", project=project.pk))
    assert "Het verslag is begonnen." in words(council.do("report:start", project=project.pk, follow=True))
    report = Report.objects.visible_to(bram).get()
    typed = {
        "version": report.version,
        "subtitle": "Wat wij hoorden",
        "brief": "Het was moeilijk.",
        "feedback": "Per brief.",
    }
    assert "Opgeslagen." in words(town.do("report:write", typed, report=report.pk, follow=True))
    for browser in (council, town):
        read = browser.at("report:preview", report=report.pk)
        assert "Het was moeilijk." in words(read)
        sent = {"fingerprint": read.context["document"].fingerprint}
        signed = browser.do("report:sign", sent, report=report.pk, follow=True)
    # The second signature, after which nothing changes, is asked first.
    assert signed.status_code == 422 and "daarna ligt het verslag vast" in words(signed)
    assert set(report.signatures()) == {"council"}
    signed = town.do("report:sign", sent | {"sure": "yes"}, report=report.pk, follow=True)
    assert "Beide kanten hebben getekend. Het verslag ligt vast." in words(signed)
    assert "Beide kanten tekenden dezelfde tekst" in words(signed)


def test_what_is_kept_is_served_byte_for_byte(browse, report, anna, bram):
    make.signed(bram, anna, report=report)
    edition = make.kept(report)
    before = browse(anna).at("report:kept_pdf", edition=edition.pk)
    report.project.subject = "Iets heel anders"
    report.project.save()
    after = browse(bram).at("report:kept_pdf", edition=edition.pk)
    assert before.content == after.content
    assert hashlib.sha256(after.content).hexdigest() == edition.pdf_sha256
    assert before["Content-Disposition"] == 'attachment; filename="verslag-ronde-1.pdf"'
    page = browse(bram).at("report:kept_page", edition=edition.pk)
    assert hashlib.sha256(page.content).hexdigest() == edition.html_sha256
    assert edition.pdf_sha256 in words(browse(bram).at("report:detail", project=report.project_id))


def test_the_metadata_names_organisations_and_no_person(browse, report, anna, bram):
    for seat in (anna, bram):
        projects.pledge(seat, report.project, answer="yes")
    make.signed(bram, anna, report=report)
    edition = make.kept(report)
    text, reader = paper(browse(anna).at("report:kept_pdf", edition=edition.pk))
    about = f"{reader.metadata} {reader.xmp_metadata.stream.get_data().decode()}"
    assert "Cliëntenraad Oosterhage en Gemeente Oosterhage" in about
    assert "De weg naar een regeling – verslag van ronde 1" in about
    # The names do stand in the text itself, so their absence above means something.
    for name in ("Bram", "Anna", "Hoekstra"):
        assert name not in about
        assert name in text


def draft(browser, report):
    """The draft as a person gets it: asked, made, downloaded."""
    asked = browser.do("report:print_draft", report=report.pk)
    make.printed()
    return browser.get(f"{asked['Location']}bestand.pdf")


def test_the_draft_says_on_every_page_that_it_is_one(browse, report, anna, bram):
    _, reader = paper(draft(browse(anna), report))
    for number, sheet in enumerate(reader.pages):
        assert (
            "concept" if number == 0 else "Concept. Nog niet door beide kanten ondertekend."
        ) in sheet.extract_text()
    make.signed(bram, anna, report=report)
    assert "oncept" not in composition.plain(report.edition("closed").html.partition("</style>")[2])


def test_a_lapsed_signature_is_told_on_the_page(browse, report, anna, bram):
    make.signed(bram, report=report)
    page = words(browse(anna).at("report:detail", project=report.project_id))
    assert "<b>Getekend</b> door Bram Hoekstra" in page and "vervallen." not in page
    report.write(anna, report.version, brief="Toch anders.")
    page = words(browse(anna).at("report:detail", project=report.project_id))
    assert "De handtekening is vervallen." in page and "<b>Getekend</b>" not in page


def test_a_side_says_why_it_does_not_sign_yet_and_the_other_reads_it_beside_the_signatures(browse, report, anna, bram):
    empty = browse(anna).do("report:not_yet", {"reason": " "}, report=report.pk)
    assert empty.status_code == 422 and "Schrijf op waarom uw kant nog niet tekent." in words(empty)
    for seat, other, why in ((anna, bram, "de wethouder leest het eerst"), (bram, anna, "thema 2 klopt niet")):
        browse(seat).do("report:not_yet", {"reason": why}, report=report.pk)
        for browser in (browse(seat), browse(other)):
            for route, where in (("detail", {"project": report.project_id}), ("preview", {"report": report.pk})):
                assert f"omdat:</b> {why}" in words(browser.at(f"report:{route}", **where))
    # Either side takes it back freely; it stays in the history, and in no version of the report.
    browse(anna).do("report:drop_not_yet", report=report.pk)
    page = words(browse(bram).at("report:detail", project=report.project_id))
    assert "omdat:</b> de wethouder" not in page and "tekent nog niet, omdat: de wethouder leest het eerst" in page
    assert "thema 2" not in composition.compose(report).body
    make.signed(bram, report=report)
    assert report.refusals() == {}


def test_who_does_not_sign_after_all_has_no_signature_left_that_could_count_again(report, anna, bram, nico):
    make.signed(bram, report=report)
    Refusal.say(bram, report, "wij lazen het te snel")
    assert report.signatures() == {}
    make.signed(anna, report=report)
    assert not report.is_frozen
    make.signed(bram, report=report)
    for act in (lambda: Refusal.say(bram, report, "toch niet"), lambda: Refusal.take_back(bram, report)):
        with pytest.raises(ValidationError, match="Beide kanten hebben getekend"):
            act()
    with pytest.raises(ValidationError, match="Alleen de twee kanten"):
        Refusal.say(nico, report, "ik wil nog lezen")


def test_signing_a_text_that_changed_gives_the_sentence(browse, report, anna, bram):
    read = make.fingerprint(report)
    report.write(bram, report.version, brief="Intussen veranderd.")
    refused = browse(anna).do("report:sign", {"fingerprint": read}, report=report.pk)
    assert refused.status_code == 422
    assert "De tekst is veranderd terwijl u las." in words(refused)


# Scene 5.


def test_the_public_edition_is_refused_with_a_sentence_until_both_agree(browse, report, anna, bram):
    make.signed(bram, anna, report=report)
    edition = Edition.objects.visible_to(anna).get(report=report, readers="public")
    for browser in (browse(anna), browse(bram)):
        refused = browser.at("report:kept_pdf", edition=edition.pk)
        assert refused.status_code == 403
        assert "Daar zeggen beide kanten ja op; de cliëntenraad en de gemeente nog niet." in words(refused)
    browse(bram).do("report:speak", {"seen": report.seen, "word": "yes"}, report=report.pk)
    assert "de gemeente nog niet." in words(browse(anna).at("report:kept_page", edition=edition.pk))
    page = words(browse(anna).at("report:detail", project=report.project_id))
    assert "Wij zeggen: openbaar" in page and "Wij zeggen: besloten" in page
    browse(anna).do("report:speak", {"seen": report.seen, "word": "yes"}, report=report.pk)
    # Who chose is offered the change only.
    page = words(browse(anna).at("report:detail", project=report.project_id))
    assert "Uw kant zei: openbaar." in page and "Verander in besloten" in page and "Wij zeggen:" not in page
    make.kept(report, "public")
    text, _ = paper(browse(bram).at("report:kept_pdf", edition=edition.pk))
    assert "Openbare versie" in text


def test_a_word_that_is_neither_yes_nor_no_is_refused(browse, report, bram):
    refused = browse(bram).do("report:speak", {"word": "misschien"}, report=report.pk)
    assert "Kies: openbaar of besloten." in words(refused)


def test_what_is_sent_to_a_report_that_froze_meanwhile_stays_on_the_screen(browse, report, anna, bram):
    version = report.version
    make.signed(bram, anna, report=report)
    sent = {
        "write": {"version": version, "subtitle": "", "brief": "Mijn laatste alinea.", "feedback": ""},
        "dissent": {"text": "Mijn laatste alinea.", "attach": "yes"},
        "not_yet": {"reason": "Mijn laatste alinea."},
    }
    for route, data in sent.items():
        answer = browse(anna).do(f"report:{route}", data, report=report.pk)
        assert answer.status_code == 422
        page = words(answer)
        assert "Mijn laatste alinea.</textarea>" in page and "Beide kanten hebben getekend." in page
        assert ">Bewaar<" not in page and "Voeg toe" not in page and "Laat dit weten" not in page
        # Who opens it now is led to the report.
        assert browse(anna).at(f"report:{route}", report=report.pk)["Location"] == report.address(anna)
    parts = {"order": "kort,themas", "part": ["kort"], "known": "kort"}
    where = {"report": report.pk, "readers": "boards"}
    assert "kan niets meer veranderen" in words(browse(anna).do("report:arrange", parts, **where))
    assert browse(anna).at("report:arrange", **where)["Location"] == report.address(anna)
    assert "Mijn laatste alinea." not in composition.compose(Report.objects.get(pk=report.pk)).body


# Seeing it differently.


def test_a_dissent_is_written_for_the_own_side_and_then_added(browse, report, anna, bram):
    browse(bram).do("report:dissent", {"text": "Wij willen meer."}, report=report.pk)
    assert "Wij willen meer." in words(browse(bram).at("report:detail", project=report.project_id))
    assert "Wij willen meer." not in words(browse(anna).at("report:detail", project=report.project_id))
    browse(bram).do("report:dissent", {"text": "Wij willen meer.", "attach": "yes"}, report=report.pk)
    assert "Wij willen meer." in words(browse(anna).at("report:detail", project=report.project_id))
    assert "Hoe de cliëntenraad het anders ziet" in words(browse(anna).at("report:preview", report=report.pk))


def test_a_dissent_that_leaves_the_report_stays_with_its_own_side_and_so_does_what_was_there_before(
    browse, report, anna, bram, dora
):
    dissent = make.dissent(bram, report)
    make.signed(anna, report=report)
    where = {"report": report.pk}
    browse(bram).do("report:dissent", {"version": 1, "text": "Wij willen meer, en sneller."}, **where)
    said = browse(bram).do("report:remove_dissent", dissent=dissent.pk, follow=True)
    assert "Uw kant houdt de tekst." in words(said) and "Wij willen meer, en sneller." in words(said)
    page = words(browse(anna).at("report:detail", project=report.project_id))
    assert "Wij willen meer" not in page and "Wij willen meer" not in composition.compose(report).body
    told = words(browse(dora).at("report:dissent_text", dissent=dissent.pk))
    assert "elke week nodig is." in told and "Wij willen meer" in told
    # Of what its own side wrote on the way the other side reads nothing, also when it stands in the report.
    browse(bram).do("report:dissent", {"version": 2, "text": "Wij willen meer, en sneller.", "attach": "yes"}, **where)
    assert "Wij willen meer" in words(browse(anna).at("report:detail", project=report.project_id))
    assert browse(anna).at("report:dissent_text", dissent=dissent.pk).status_code == 403


def test_two_of_one_side_who_write_what_they_see_differently_lose_nothing(browse, report, bram, dora):
    where = {"report": report.pk}
    for seat, text in ((bram, "Wij willen een vaste mens."), (dora, "Het gaat ons te langzaam.")):
        answer = browse(seat).do("report:dissent", {"text": text, "attach": "yes"}, **where)
    assert answer.status_code == 409 and "Het gaat ons te langzaam." in words(answer)
    assert "Wij willen een vaste mens." in composition.compose(report).body
    sent = {"version": 1, "text": "Wij willen snel een vaste mens."}
    assert browse(bram).do("report:dissent", sent, **where).status_code == 302
    assert browse(dora).do("report:dissent", sent | {"text": "Wij willen er drie."}, **where).status_code == 409


def test_an_empty_dissent_comes_back_with_what_to_do(browse, report, bram):
    refused = browse(bram).do("report:dissent", {"text": " "}, report=report.pk)
    assert refused.status_code == 422
    assert "Schrijf eerst op wat uw kant anders ziet." in words(refused)


# Writing together.


def test_two_people_who_write_at_once_lose_nothing(browse, report, anna, bram):
    version = report.version
    first = {"version": version, "subtitle": "", "brief": "Wij hoorden dat het lang duurt.", "feedback": ""}
    second = {"version": version, "subtitle": "", "brief": "Wij hoorden iets heel anders.", "feedback": ""}
    browse(bram).do("report:write", first, report=report.pk)
    met = browse(anna).do("report:write", second, report=report.pk)
    assert met.status_code == 409
    page = words(browse(bram).at("report:detail", project=report.project_id))
    assert "Wij hoorden dat het lang duurt." in page
    assert "Twee mensen schreven tegelijk" in page


def test_gentle_remarks_about_the_short_version():
    assert BriefHints("Wij hoorden veel. Het duurt lang.").sentences() == []
    assert "‘In het kort’ telt 200 woorden." in BriefHints("woord " * 200).sentences()[0]
    assert BriefHints(" ".join(["lang"] * 25) + ".").sentences() == [
        "Deze zin is lang: ‘lang lang lang lang lang lang …’. Maak er twee van."
    ]
    for text, remark in HINTS.items():
        assert BriefHints(text).sentences() == [remark]


HINTS = {
    "De implementatie.": "‘implementatie’ is een moeilijk woord. Bijvoorbeeld: invoeren.",
    "Een suboptimale uitkomst.": "‘suboptimale’ is een moeilijk woord. Bijvoorbeeld: kan beter.",
    "Het vraagt interventies.": "‘interventies’ is een moeilijk woord. Bijvoorbeeld: hulp.",
    "Het is er te\nallen tijde.": "‘te allen tijde’ is een moeilijk woord. Bijvoorbeeld: altijd.",
    "Wij hebben geconstateerd.": "‘geconstateerd’ is een moeilijk woord. Bijvoorbeeld: gezien.",
    "Een optimalisatieslag.": "‘optimalisatieslag’ is een moeilijk woord. Bijvoorbeeld: verbetering.",
    "De wet- en regelgeving.": "‘wet- en regelgeving’ is een moeilijk woord. Bijvoorbeeld: wetten en regels.",
    "Een ervaringsdeskundigencommissie.": "‘ervaringsdeskundigencommissie’ is een lang woord. Kan het korter?",
    "85% van de cliënten en 12,5 procent van ons.": "‘85%’ en ‘12,5 procent’: dit is geen steekproef. "
    "Zeg liever hoeveel mensen het vertelden, bijvoorbeeld: zeven van de acht.",
}


def test_a_row_of_digits_does_not_hold_the_server(browse, report, anna):
    # Read again from each of its digits it takes half an hour, and all pages wait for that.
    assert browse(anna).do("report:hints", {"brief": "1" * 200_000}, report=report.pk).status_code == 200


def test_the_remarks_stand_under_what_is_being_written_and_keep_nothing(browse, report, anna):
    where = {"report": report.pk}
    assert "Lees dit nog eens na" not in words(browse(anna).at("report:write", **where))
    told = words(browse(anna).do("report:hints", {"brief": "Het beleidsinstrumentarium is op orde."}, **where))
    assert "‘beleidsinstrumentarium’ is een moeilijk woord." in told and "<html" not in told
    assert Report.objects.get(pk=report.pk).brief == report.brief
    # Without a script they stand there after saving.
    report.write(anna, report.version, brief="Thans is het op orde.")
    assert "‘thans’ is een moeilijk woord." in words(browse(anna).at("report:write", **where))


# Lists, waiting, neighbours.


def test_the_list_asks_the_same_number_of_questions_for_one_round_and_for_many(browse, anna, bram):
    make.report(bram)
    few = queries(browse(anna), "report:list")
    for _ in range(4):
        make.report(bram, projects.project(bram, Phase.CLOSED))
    assert queries(browse(anna), "report:list") == few


def test_the_report_asks_the_same_number_of_questions_however_much_was_agreed(browse, report, anna, bram):
    # The number of conversations is counted once, for who looks first.
    browse(anna).at("report:preview", report=report.pk)
    projects.commitment(bram, report.project)
    few = queries(browse(anna), "report:preview", report=report.pk)
    for number in range(9):
        projects.commitment(bram, report.project, f"Afspraak {number}")
        projects.pledge(bram, report.project, member=projects_member(bram, number), answer="yes")
    assert queries(browse(anna), "report:preview", report=report.pk) == few


def projects_member(seat, number):
    return people.council(seat.partnership, f"Lid{number} Jansen")


def test_what_waits_follows_the_report(anna, bram):
    project = projects.project(bram, Phase.DIALOGUE)
    assert waiting(bram) == []
    project.phase = Phase.COMMIT
    project.save()
    assert {wait.title for wait in waiting(bram)} == {"Beginnen met het verslag van deze ronde"}
    report = make.report(bram, project, brief="")
    assert {wait.title for wait in waiting(anna)} == {"‘In het kort’ schrijven voor het verslag"}
    report.write(bram, report.version, brief="Kort.")
    make.signed(bram, report=report)
    assert [(wait.party, wait.title) for wait in waiting(anna)] == [("municipality", "Het verslag lezen en tekenen")]
    # Who does not sign says why, and the other side finds that among what waits for it.
    Refusal.say(anna, report, "bladzijde 2 klopt niet")
    asked = [(wait.title, wait.note) for wait in waiting(bram) if wait.is_for(bram)]
    assert asked == [("De gemeente tekent het verslag nog niet", "Omdat: bladzijde 2 klopt niet")]
    Refusal.take_back(anna, report)
    report.write(bram, report.version, brief="Anders.")
    assert [wait.note for wait in waiting(bram)] == ["De tekst veranderde na uw handtekening", ""]
    make.signed(bram, anna, report=report)
    assert {wait.title for wait in waiting(anna)} == {"Besluiten of het verslag openbaar wordt"}
    report.speak(anna, public=False)
    assert [wait.party for wait in waiting(anna)] == ["council"]


def test_chris_at_another_table_sees_nothing_of_it(browse, report, chris, bram):
    assert "Ronde 1" in words(browse(bram).at("report:list"))
    assert "Ronde 1" not in words(browse(chris).at("report:list"))


def test_the_cover_names_who_signed_and_outside_only_in_which_function(anna, bram):
    report = make.full(bram, anna)
    make.signed(bram, anna, report=report)
    closed, public = report.edition("closed").html, report.edition("public").html
    assert f"Getekend door {bram.name}" in closed and f"Getekend door {anna.name}" in closed
    assert public.count("Getekend door") == 2
    assert bram.name not in public and anna.name not in public


def test_the_public_version_on_the_screen_is_refused_too_once_a_teller_took_back(browse, anna, bram):
    report, said = make.full(bram, anna), "Mijn oudste zoon slaapt sinds de brand bij de buren."
    card = make.card(bram, report.project, 90, said, may_quote=True, may_publish=True)
    report.write(bram, report.version, brief=f"Iemand zei het zo. {said}")
    make.signed(bram, anna, report=report)
    # Before anyone said yes both sides read it, to decide; after taking back nobody does.
    read = browse(anna).at("report:preview_for", report=report.pk, readers="public")
    assert said in words(read)
    card.withdraw(bram)
    for seat in (anna, bram):
        read = browse(seat).at("report:preview_for", report=report.pk, readers="public")
        assert read.status_code == 403 and "niet meer te krijgen" in words(read) and said not in words(read)
