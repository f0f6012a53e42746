"""The papers: one sheet each, in large letters, with on it what belongs on it and nothing else."""

import io

import pypdf
import pytest

from analysis.papers import board
from experiences import papers
from experiences.models import Addresses, ConsentText, Fragment, InterviewGuide, Reading, Terms
from experiences.models.papers import ON_THE_CARD
from experiences.urgent import signs
from projects.models import Phase
from tests.experiences import make
from tests.projects import make as rounds
from tests.report import verapdf

# Paper looks the same whatever database the words come from.
pytestmark = pytest.mark.only("sqlite")

REACH = "Bel 06-00000000 of mail raad@oosterhage.example."
LETTER = "Beste verteller,\n\nEr komt een tafel apart bij de voedselbank. U merkt het in januari."
ARABIC = "نحن لسنا من البلدية"
TURKISH = "Biz belediyeden değiliz. Sorumlu: {}."


@pytest.fixture
def project(bram):
    return rounds.project(bram, Phase.COLLECT)


def pages(file):
    """The pages of a PDF, each as its text on one line."""
    reader = pypdf.PdfReader(io.BytesIO(file))
    return [" ".join((page.extract_text() or "").split()) for page in reader.pages]


def letters(file):
    """The sizes of the letters on the first page, with how many stand in each; what is under the page left out."""
    found = {}

    def look(text, cm, tm, font, size):
        # What stands in the margin at the foot is smaller: whose sheet it is and which version.
        if text.strip() and tm[5] * cm[3] + cm[5] > 55:
            points = round(size * abs(tm[0] * cm[0]), 1)
            found[points] = found.get(points, 0) + len(text.strip())

    pypdf.PdfReader(io.BytesIO(file)).pages[0].extract_text(visitor_text=look)
    return found


def tags(file):
    """The document and its parts, as somebody who listens gets them."""
    root = pypdf.PdfReader(io.BytesIO(file)).trailer["/Root"]
    yield root
    parts = [root["/StructTreeRoot"]]
    while parts:
        part = parts.pop().get_object()
        if isinstance(part, dict):
            yield part
            parts += part.get("/K", [])


def arabic(bram):
    """The text in a language that runs the other way; two lines of its card are still in Dutch."""
    card = {name: ARABIC for name in ON_THE_CARD if name not in ("tell", "code")}
    return ConsentText.rewrite(bram, f"{ARABIC}. {bram.partnership.data_controller}", "arabisch", card)


def sheets(bram, dora, project):
    """The seven papers as they come from the press."""
    make.addresses(bram, reach=REACH)
    held = make.told(bram, project, code="K4M 72", may_call_back=True)
    Reading.note(dora, held, Reading.What.STORY, "een kaartje nakijken")
    for number in range(1, 9):
        make.fragment(project, number)
    text, teller = ConsentText.of(project.partnership), held.teller
    return {
        "consent": papers.consent_card(text, REACH, teller.code),
        "guide": papers.guide(InterviewGuide.of(project)),
        "notes": papers.notes(project.partnership, teller.code),
        "referral": papers.referral(Addresses.of(project.partnership)),
        "cards": papers.cards(project, Fragment.objects.of(project)),
        "log": papers.reading_log(teller, list(Reading.objects.about(teller))),
        "letter": papers.letter(make.feedback(bram, held, LETTER)),
    }


@pytest.mark.promise("A4")
def test_each_paper_is_one_sheet_that_everyone_can_read(bram, dora, project, tmp_path):
    made = sheets(bram, dora, project) | {"arabic": papers.consent_card(arabic(bram), REACH, "K4M 72")}
    assert {name: len(pages(file)) for name, file in made.items()} == dict.fromkeys(made, 1)
    files = []
    for name, file in made.items():
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(file)
    # The board may be longer; it is looked at here because starting the checker takes longer than looking.
    files.append(tmp_path / "board.pdf")
    files[-1].write_bytes(board(project))
    verapdf.passes(*files)


def test_papers_are_set_in_large_letters_and_name_no_person_in_their_metadata(bram, dora, project):
    for name, file in sheets(bram, dora, project).items():
        sizes = letters(file)
        most = max(sizes, key=sizes.get)
        assert most >= 13, (name, sizes)
        told = pypdf.PdfReader(io.BytesIO(file)).metadata
        assert told.author == project.partnership.council_name, name
        for secret in (bram.name, dora.name, "K4M 72"):
            assert secret not in f"{told} {pypdf.PdfReader(io.BytesIO(file)).xmp_metadata}", name


def test_the_consent_card_begins_with_who_the_council_is_not(bram, project):
    text = ConsentText.of(project.partnership)
    told = pages(papers.consent_card(text, REACH, "K4M 72"))[0]
    told = told.partition("om voor te lezen ")[2] or told
    assert told.startswith("De cliëntenraad is niet van de gemeente.")
    assert told.count("De cliëntenraad is niet van de gemeente") == 1
    for said in (project.partnership.data_controller, "Hooguit 6 maanden", "Tot 12 maanden na deze ronde",
                 "intrekken/oosterhage", "K4M 72", REACH, "Noem uw code",
                 "Alleen de cliëntenraad", "Mijn eigen woorden mogen in het verslag staan",
                 "Nederlands, tekst 1"):  # fmt: skip
        assert said in told, said
    before = pages(papers.consent_card(text, ""))[0]
    assert "K4M 72" not in before
    assert "Uw code" in before


def test_another_table_uses_its_own_word_for_the_council(chris):
    chris.partnership.council_word = "adviesraad"
    told = pages(papers.consent_card(ConsentText.of(chris.partnership), ""))[0]
    assert "De adviesraad is niet van de gemeente." in told
    assert "cliëntenraad" not in told.lower().replace(chris.partnership.council_name.lower(), "")


def test_the_guide_asks_the_question_of_the_round_until_the_council_has_its_own_words(bram, dora, project):
    told = pages(papers.guide(InterviewGuide.of(project)))[0]
    assert project.question in told
    assert [told.index(word) for word in ("Beginnen", "Open vragen", "Doorvragen", "Afronden")] == sorted(
        told.index(word) for word in ("Beginnen", "Open vragen", "Doorvragen", "Afronden")
    )
    # Two who begin at once: both changed what follows from the question, and no word of either is lost.
    first, second = InterviewGuide.of(project), InterviewGuide.of(project)
    first.write(bram, 1, opening="Dag, fijn dat u er bent.")
    second.write(dora, 1, closing="Dank u wel, en tot ziens.")
    kept = InterviewGuide.of(project)
    assert (kept.opening, kept.closing) == ("Dag, fijn dat u er bent.", "Dank u wel, en tot ziens.")
    assert "Dag, fijn dat u er bent." in pages(papers.guide(kept))[0]


def test_the_referral_card_has_the_numbers_of_the_country_and_those_of_the_council(bram, table):
    told = pages(papers.referral(make.addresses(bram)))[0]
    for number in ("112", "0800-2000", "113", "0800-33 55 555", "Cliëntondersteuning", table.municipality_name):
        assert number in told
    told = pages(papers.referral(make.addresses(bram, nearby="Wijkteam De Schakel: elke ochtend open.")))[0]
    assert "Wijkteam De Schakel Elke ochtend open." in told


def test_a_long_card_gets_more_paper_and_loses_no_word(bram, project):
    long = " ".join(f"Woord{number}" for number in range(180))[:1490]
    for number in range(1, 9):
        make.fragment(project, number, text=long if number == 4 else make.CARD)
    make.fragment(project, 9, text="Een\nregel\n" * 20, heading="W" * 45)
    told = pages(papers.cards(project, Fragment.objects.of(project)))
    assert len(told) > 1
    whole = " ".join(told)
    for word in long.split():
        assert word in whole
    sizes = letters(papers.cards(project, Fragment.objects.of(project)))
    assert max(sizes, key=sizes.get) >= 13


def test_both_sides_print_the_cards_and_only_the_council_the_rest(browse, anna, bram, project):
    make.fragment(project, 1)
    for seat in (anna, bram):
        answer = browse(seat).at("experiences:card_sheets", project=project.pk)
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].startswith("inline")
        assert make.CARD in pages(answer.content)[0]
    assert browse(anna).at("experiences:notes_sheet").status_code == 404
    assert len(pages(browse(bram).at("experiences:notes_sheet").content)) == 1


def test_the_papers_of_a_conversation_carry_its_code(browse, bram, project):
    held = make.told(bram, project, code="T7D 25")
    shown = browse(bram).at("experiences:papers_of", interview=held.pk).content.decode()
    text = make.text(bram)
    address = bram.url("experiences:own_card", interview=held.pk, text=text.pk)
    assert address in shown
    assert "T7D 25" in pages(browse(bram).get(address).content)[0]
    assert "T7D 25" in pages(browse(bram).at("experiences:own_notes", interview=held.pk).content)[0]
    assert "T7D 25" not in pages(browse(bram).at("experiences:notes_sheet").content)[0]


def test_a_teller_hears_who_read_the_story_on_a_sheet_without_the_story(browse, bram, dora, project):
    held, other = make.told(bram, project), make.told(bram, project)
    Reading.note(dora, held, Reading.What.STORY, "een kaartje nakijken")
    Reading.note(bram, other, Reading.What.STORY, "uittypen van een ander")
    told = pages(browse(bram).at("experiences:reading_log", interview=held.pk).content)[0]
    assert dora.name in told
    assert "Een kaartje nakijken" in told
    assert "Uittypen van een ander" not in told
    assert "Panda" not in told


def test_a_text_that_was_read_aloud_never_changes(browse, bram, dora, project):
    first = make.text(bram)
    held = make.interview(bram, project)
    given = make.consent(bram, held)
    made = ConsentText.rewrite(dora, f"{first.body}\n\nU kunt ook bellen.")
    turkish = ConsentText.rewrite(dora, TURKISH.format(project.partnership.data_controller), "turks")
    given.refresh_from_db()
    assert given.text == first
    assert ConsentText.objects.get(pk=first.pk).body == first.body
    assert (made.version, turkish.version, turkish.language, turkish.follows) == (2, 1, "Turks", made)
    assert ConsentText.of(project.partnership) == made
    shown = browse(bram).at("experiences:interview", interview=held.pk).content.decode()
    assert "Voorgelezen: Nederlands, tekst 1." in shown
    # A teller who heard it in Turkish: the conversation says so, and so does the card.
    said = {"given_on": "2026-01-10", "way": "spoken", "may_analyse": "on", "text": str(turkish.pk)}
    again = make.interview(bram, project)
    browse(bram).do("experiences:consent", said, interview=again.pk)
    shown = browse(bram).at("experiences:interview", interview=again.pk).content.decode()
    assert "Voorgelezen: Turks, tekst 1." in shown
    card = browse(bram).at("experiences:own_card", interview=again.pk, text=turkish.pk).content
    assert "değiliz" in pages(card)[0]
    assert "Turks, tekst 1" in pages(card)[0]


def test_the_boxes_and_the_strip_of_a_translated_card_are_in_that_language(browse, bram, dora):
    make.text(bram)
    controller = bram.partnership.data_controller
    on_card = {name: f"{name} türkçe" for name in ON_THE_CARD if name != "code"}
    data = {"language": "Turks", "body": TURKISH.format(controller)}
    data |= {f"card_{name}": words for name, words in on_card.items()}
    browse(bram).do("experiences:translation", data)
    text = ConsentText.objects.get(language="Turks")
    told = pages(papers.consent_card(text, "", "K4M 72"))[0]
    assert [words for words in on_card.values() if words not in told] == []
    assert "Uw code" in told and "Waar zegt u ja tegen" not in told
    assert "1 regel op de kaart is nog Nederlands." in browse(dora).at("experiences:consent_text").content.decode()
    form = browse(bram).at("experiences:translation", {"taal": "Turks"}).content.decode()
    assert 'value="how_long türkçe"' in form and "Tot 12 maanden na deze ronde, achter slot." in form
    # The clock was set to another time: what was translated says something that is no longer so.
    Terms(partnership=bram.partnership, story_months=24).change(bram)
    told = pages(papers.consent_card(text, "", "K4M 72"))[0]
    assert "Tot 24 maanden na deze ronde" in told and "how_long türkçe" not in told and "kept türkçe" in told


@pytest.mark.promise("A4")
def test_each_piece_of_a_card_says_in_which_language_and_from_which_side_it_is_read(bram):
    text = arabic(bram)
    asked = papers.lines_of(text)
    assert asked["ask"] == f'<span lang="ar" dir="rtl">{ARABIC}</span>'
    assert asked["code"] == '<span lang="nl" dir="ltr">Uw code</span>'
    file = papers.consent_card(text, REACH, "K4M 72")
    # The figures of a telephone number stay in their order, between words that run the other way.
    assert REACH in pages(file)[0] and len(pages(file)) == 1
    assert {part["/Lang"] for part in tags(file) if "/Lang" in part} == {"nl", "ar"}


def test_a_language_without_a_known_name_is_not_called_dutch(browse, bram, project):
    text = ConsentText.rewrite(
        bram, f"Ons! {bram.partnership.data_controller}", "Limburgs", {"ask": "Woa zeet g’r joa?"}
    )
    assert papers.lines_of(text)["ask"] == '<span lang="und" dir="ltr">Woa zeet g’r joa?</span>'
    # Whoever asks reads the boxes aloud too, on the screen as on the card.
    held = make.interview(bram, project)
    assert "Woa zeet g’r joa?" in browse(bram).at("experiences:consent", interview=held.pk).content.decode()


def test_a_translation_tells_when_the_dutch_text_went_on(browse, bram, dora):
    make.text(bram)
    data = {"language": "Turks", "body": TURKISH.format(bram.partnership.data_controller)}
    browse(bram).do("experiences:translation", data)
    page = browse(dora).at("experiences:consent_text").content.decode()
    assert "De Nederlandse tekst is daarna veranderd" not in page
    ConsentText.rewrite(bram, f"Nieuw. {bram.partnership.data_controller}")
    page = browse(dora).at("experiences:consent_text").content.decode()
    assert "De Nederlandse tekst is daarna veranderd" in page
    refused = browse(bram).do("experiences:translation", {"language": "Pools", "body": "Nie."})
    assert refused.status_code == 422
    assert "wie verantwoordelijk is" in refused.content.decode()


def test_a_point_in_a_letter_is_a_point_of_a_list_with_the_lines_that_belong_to_it(bram, project):
    text = "Dit is afgesproken:\n- Een tafel apart.\n  Zo merkt u het: niemand <luistert> mee.\n- Bellen.\n\nDag."
    asked = make.feedback(bram, make.told(bram, project), text)
    file = papers.letter(asked)
    kinds = [part.get("/S") for part in tags(file)]
    assert (kinds.count("/L"), kinds.count("/LI")) == (1, 2)
    assert "niemand <luistert> mee." in pages(file)[0]


def test_letters_that_our_paper_cannot_draw_are_printed_from_the_browser(browse, bram):
    make.text(bram)
    kept = {}
    for language, said in (("Arabisch", "نحن لسنا من البلدية"), ("Chinees", "我们不是市政府的人")):
        kept[said] = ConsentText.rewrite(bram, f"{said}. {bram.partnership.data_controller}", language)
    arabic, chinese = kept.values()
    assert len(pages(browse(bram).at("experiences:consent_card", text=arabic.pk).content)) == 1
    shown = browse(bram).get(bram.url("experiences:consent_card", text=chinese.pk), follow=True).content.decode()
    assert chinese.body.partition(".")[0] in shown
    assert "Print deze pagina uit uw browser" in shown
    shown = browse(bram).at("experiences:read_text", text=arabic.pk).content.decode()
    assert 'lang="ar" dir="rtl"' in shown
    # A line beside the text counts too: on paper it would be question marks.
    kept = ConsentText.rewrite(bram, arabic.body, "Arabisch", {"ask": "我们"})
    assert browse(bram).at("experiences:consent_card", text=kept.pk).status_code == 302
    shown = browse(bram).at("experiences:read_text", text=kept.pk).content.decode()
    assert "我们" in shown and "Uw code" in shown


def test_a_consent_text_that_is_too_long_for_one_sheet_is_told(browse, bram):
    long = "Dit is een zin die u hardop voorleest aan iemand. " * 60
    answer = browse(bram).do(
        "experiences:consent_text", {"body": f"{long} {bram.partnership.data_controller}"}, follow=True
    )
    assert "langer dan één blad" in answer.content.decode()


def test_words_that_ask_for_help_lead_to_the_referral_card(browse, bram, project):
    assert signs("Wij worden ons huis uitgezet. Hij slaat mij.") == ["huis uitgezet", "slaat mij"]
    assert signs("Ik wacht al een half jaar op een brief.") == []
    urgent = make.told(bram, project, text="Wij worden ons huis uitgezet, met de kinderen.")
    calm = make.told(bram, project, text="Ik wacht al een half jaar op een brief.")
    card = bram.url("experiences:referral_sheet")
    for held, reminded in ((urgent, True), (calm, False)):
        page = browse(bram).at("experiences:interview", interview=held.pk).content.decode()
        assert ("Is er nu hulp nodig?</h2>" in page) is reminded
        assert card in page
