"""What was sent stays what was sent, whoever changes what elsewhere; and what was taken back of it is said above it."""

import pytest

from analysis.models import Theme
from dialoog.advice import paper
from dialoog.advice.models import Advice, AdvicePoint, AdviceReply, Enquiry
from dialoog.report import composition, year
from projects.models import Phase
from tests.advice import make
from tests.analysis import make as bundled
from tests.projects import make as projects
from tests.report import make as reports
from tests.values import make as values
from values.models import Value

SENTENCE = "Mijn oudste zoon slaapt sinds de brand op de bank bij de buren."
OWN = ("Mensen willen niets zelf doen", "Gehoorzaamheid", "wethouder", "Gemeente Nergenshuizen", "Klagen loont")


@pytest.fixture
def project(bram):
    return projects.project(bram, Phase.COMMIT)


@pytest.fixture
def tied(bram, anna, project):
    """A theme and a value to speak about."""
    return bundled.theme(bram, project, "Om hulp vragen voelt als schaamte"), values.shared(bram, anna, "Respect")


def about(anna, bram, theme, value, project):
    """A question, an advice and its reply, all about this theme and this value; they can be sent."""
    enquiry = make.enquiry(anna)
    enquiry.themes.add(theme)
    enquiry.values.add(value)
    advice = make.advice(bram, points=0, project=project)
    make.point(bram, advice, themes=[theme], values=[value])
    return enquiry, advice


def letters():
    asked, advised, replied = Enquiry.objects.first(), Advice.objects.first(), AdviceReply.objects.first()
    return [paper.enquiry_html(asked), paper.advice_html(advised), paper.reply_html(replied)]


def rename(browse, anna, bram):
    """Each side changes what it can, after the letters went out."""
    theme, value = Theme.objects.visible_to(anna).get(), Value.objects.visible_to(anna).get()
    answer = {"version": theme.version, "sentence": OWN[0]}
    assert browse(anna).do("analysis:write_theme", answer, theme=theme.pk).status_code == 302
    value.write(anna, value.version, name=OWN[1])
    for seat in (anna, bram):
        browse(seat).do("partnerships:profile", {"name": seat.name, "function": OWN[2]})
    anna.partnership.municipality_name = OWN[3]
    anna.partnership.save()
    theme.project.write(bram, theme.project.version, subject=OWN[4])


def test_a_sent_letter_keeps_the_names_it_was_sent_with_on_paper_and_on_the_page(browse, tied, project, bram, anna):
    enquiry, advice = about(anna, bram, *tied, project)
    enquiry.send(anna)
    advice.send(bram)
    make.reply(anna, advice).send(anna)
    was = letters()
    assert all("Om hulp vragen" in text and ">Respect</span>" in text for text in was[:2])
    rename(browse, anna, bram)
    assert letters() == was
    for seat in (bram, anna):
        pages = (
            browse(seat).at("advice:detail", advice=advice.pk),
            browse(seat).at("advice:enquiry", enquiry=enquiry.pk),
        )
        for page in (one.content.decode() for one in pages):
            assert ">Om hulp vragen voelt als schaamte</a>" in page and ">Respect</a>" in page
            assert not [words for words in OWN[:2] if words in page.partition("Wat er gebeurde")[0]]
    # A theme that went still stands in the letter, and leads nowhere.
    AdvicePoint.objects.get().themes.clear()
    page = browse(anna).at("advice:detail", advice=advice.pk).content.decode()
    assert "Om hulp vragen voelt als schaamte </p>" in page and letters() == was


def test_a_draft_and_a_letter_from_before_this_was_kept_read_as_things_are_called_now(
    browse, tied, project, bram, anna
):
    enquiry, advice = about(anna, bram, *tied, project)
    advice.send(bram)
    Advice.objects.update(sent_text="")
    rename(browse, anna, bram)
    for text in (paper.enquiry_html(enquiry), paper.advice_html(Advice.objects.get())):
        assert OWN[0] in text and OWN[1] in text
    assert f">{OWN[1]}</a>" in browse(anna).at("advice:detail", advice=advice.pk).content.decode()


def test_both_sides_read_above_a_sent_letter_that_a_sentence_was_taken_back(browse, project, bram, anna):
    card = reports.card(bram, project, 90, f"{SENTENCE} Nu niet meer.")
    asked = make.asked(anna, question=f"Hoort u dit ook? {SENTENCE}")
    advice, other = make.answered(bram, anna, opening=SENTENCE), make.sent(bram, title="Iets anders")
    card.withdraw(bram)
    asked, reply = Enquiry.objects.get(), AdviceReply.objects.get()
    advice, other = Advice.objects.get(pk=advice.pk), Advice.objects.get(pk=other.pk)
    told = "Een zin in deze brief is ingetrokken."
    for text in (paper.enquiry_html(asked), paper.advice_html(advice)):
        assert told in text and SENTENCE in text
    assert "Een zin in het advies waarop deze brief antwoordt, is ingetrokken." in paper.reply_html(reply)
    assert "ingetrokken" not in paper.advice_html(other)
    for seat in (bram, anna):
        page = browse(seat).at("advice:detail", advice=advice.pk).content.decode()
        assert "Een zin in het verstuurde advies is ingetrokken." in page and SENTENCE not in page
        assert "In een brief zoals die is verstuurd, staat een zin van iemand die zich terugtrok" in page
        question = browse(seat).at("advice:enquiry", enquiry=asked.pk).content.decode()
        assert "Een zin in de verstuurde vraag om advies is ingetrokken." in question
        assert "is ingetrokken" not in browse(seat).at("advice:detail", advice=other.pk).content.decode()


@pytest.mark.parametrize("where", ["text", "reasons"])
def test_a_sentence_in_a_point_or_in_its_answer_is_told_above_the_letter_it_stands_in(project, bram, anna, where):
    card = reports.card(bram, project, 90, f"{SENTENCE} Nu niet meer.")
    advice = make.advice(bram, points=0)
    make.point(bram, advice, text=SENTENCE if where == "text" else "Bel terug.")
    advice.send(bram)
    make.reply(anna, advice, "not", SENTENCE if where == "reasons" else "Dat kan niet.").send(anna)
    card.withdraw(bram)
    advice, reply = Advice.objects.get(), AdviceReply.objects.get()
    assert bool(advice.withdrawn_at) == (where == "text")
    assert bool(reply.withdrawn_at) == (where == "reasons")
    # The reply is printed with the points that it answers.
    assert SENTENCE in paper.reply_html(reply) and "is ingetrokken. Wie dat vertelde" in paper.reply_html(reply)


def test_what_tells_of_a_sent_letter_again_goes_on_without_what_was_taken_back(browse, project, bram, anna):
    card = reports.card(bram, project, 90, f"{SENTENCE} Nu niet meer.")
    make.asked(anna, title=SENTENCE)
    advice = make.answered(bram, anna, title=SENTENCE, opening=f"Kijk: {SENTENCE}", project=project)
    # As letters of before are, of which no page was kept.
    Advice.objects.update(sent_text="")
    AdviceReply.objects.update(sent_text="")
    report, meeting = reports.report(bram, project), projects.meeting(bram)
    was = paper.reply_html(AdviceReply.objects.get())
    card.withdraw(bram)
    for public in (False, True):
        assert "zoon slaapt" not in composition.compose(report, public=public).html()
        assert "zoon slaapt" not in year.overview(bram, 2026, public)
    for route, key in (
        ("projects:meeting", {"meeting": meeting.pk}),
        ("advice:list", {}),
        ("advice:history", {"advice": advice.pk}),
    ):
        assert "zoon slaapt" not in browse(bram).at(route, **key).content.decode()
    # The letters themselves stay as they were sent.
    assert SENTENCE in paper.advice_html(Advice.objects.get())
    assert paper.reply_html(AdviceReply.objects.get()).partition("<dl")[2] == was.partition("<dl")[2]


def test_the_reason_for_giving_no_advice_is_no_part_of_the_letter_that_asked_for_it(project, bram, anna):
    card = reports.card(bram, project, 90, f"{SENTENCE} Nu niet meer.")
    make.asked(anna).decline(bram, SENTENCE)
    card.withdraw(bram)
    enquiry = Enquiry.objects.get()
    assert enquiry.withdrawn_at is None and SENTENCE not in enquiry.no_advice
