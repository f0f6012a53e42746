"""A teller takes everything back: scene 2, alone or through the council, at every moment of a round."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from analysis.models import Placing, Stage, Theme
from dialoog.live.models import Bell
from dialoog.report.models import Quote, Report
from experiences import waiting
from experiences.models import Fragment, FragmentDraft, Interview, Teller, WrongCode
from experiences.models.own_way import MOST
from projects.models import Phase
from tests.analysis import make as bundled
from tests.crawl import leaks
from tests.experiences import make
from tests.projects import make as rounds


@pytest.fixture
def project(bram, anna):
    return rounds.project(bram, Phase.COLLECT)


@pytest.fixture
def cards(bram, dora, project):
    return make.released(bram, dora, project, may_call_back=True)


@pytest.fixture
def signed(bram, project, cards):
    """A report that quotes the first card and does not change any more."""
    project.refresh_from_db()
    project.phase = Phase.COMMIT
    project.save()
    report = Report.start(bram, project)
    Quote.objects.create(partnership=project.partnership, report=report, fragment_id=cards[0].pk, is_public=False)
    return report, cards[0]


def teller_of(card):
    return FragmentDraft.objects.get(fragment=card).teller


def alone(browser, table, **data):
    """What the open page answers."""
    return browser.post(reverse("withdraw_alone", args=[table.slug]), data)


# Alone, on the open page


def test_a_teller_withdraws_alone_with_the_code(anonymous, browse, table, bram, anna, cards):
    teller = teller_of(cards[0])
    code = teller.code
    asked = alone(anonymous, table, code=code.lower().replace(" ", ""))
    assert "Weet u het zeker?" in asked.content.decode()
    assert Fragment.objects.count() == 3
    done = alone(anonymous, table, code=code, sure="ja")
    assert "Uw verhaal telt niet meer mee" in done.content.decode()
    assert set(Fragment.objects.all()) == set(cards[1:])
    assert cards[0].heading not in browse(anna).at("experiences:list").content.decode()
    title = f"De verteller van {str(Interview.objects.get(teller=teller)).lower()} trok zich terug"
    assert title in [one.title for one in waiting.waiting(bram)]
    browse(bram).do("experiences:see", teller=teller.pk)
    assert title not in [one.title for one in waiting.waiting(bram)]
    assert waiting.waiting(anna) == []


@pytest.mark.django_db(transaction=True)
def test_the_council_gets_a_letter_that_says_nothing(anonymous, table, bram, anna, cards):
    alone(anonymous, table, code=teller_of(cards[0]).code, sure="ja")
    (letter,) = mail.outbox
    assert letter.to == [bram.user.email]
    assert leaks([cards[0].heading, "Gesprek", "gesprek", "kaartje"], letter.body, letter.subject) == set()


@pytest.mark.promise("P1")
def test_the_open_page_answers_the_same_for_every_code(anonymous, table, other_table, cards):
    codes = [teller_of(cards[0]).code, "B2B 22"]
    foreign = [code for code in codes if not Teller.objects.filter(partnership=other_table, code=code).exists()]
    assert foreign == codes
    for data in ({}, {"sure": "ja"}):
        pages = [alone(anonymous, table, code=code, **data) for code in codes]
        shown = [page.content.decode().replace(code, "") for page, code in zip(pages, codes, strict=True)]
        without_token = [text.split("csrfmiddlewaretoken")[0] for text in shown]
        assert without_token[0] == without_token[1]
        assert [page.status_code for page in pages] == [200, 200]
    # A code of this table means nothing at another one.
    alone(anonymous, other_table, code=teller_of(cards[1]).code, sure="ja")
    assert Fragment.objects.count() == 2


def test_asking_alone_looks_nothing_up_and_counts_nothing(anonymous, table, cards):
    code = teller_of(cards[0]).code
    with CaptureQueriesContext(connection) as caught:
        alone(anonymous, table, code=code)
    assert [query["sql"] for query in caught if "experiences_" in query["sql"]] == []
    assert not WrongCode.objects.exists()


def test_whoever_guesses_closes_the_page_and_the_council_hears_of_it(anonymous, browse, table, bram, cards):
    for _ in range(MOST):
        assert alone(anonymous, table, code="B2B 22", sure="ja").status_code == 200
    code = teller_of(cards[0]).code
    closed = alone(anonymous, table, code=code, sure="ja")
    assert closed.status_code == 429
    assert "Zeg uw code tegen iemand van de cliëntenraad." in closed.content.decode()
    assert Fragment.objects.count() == 3
    assert "tot morgen dicht" in anonymous.get(reverse("withdraw_alone", args=[table.slug])).content.decode()
    assert "Iemand probeert codes van vertellers" in [one.title for one in waiting.waiting(bram)]
    # The way through the council stays open.
    browse(bram).do("withdraw", {"code": code, "sure": "ja"})
    assert Fragment.objects.count() == 2


@pytest.mark.parametrize("code", ["", "K4M", "x" * 5000, "<script>", "K4M 72\0", "'; DROP TABLE"])
def test_what_is_no_code_is_told_so(anonymous, table, code):
    answer = alone(anonymous, table, code=code, sure="ja")
    assert answer.status_code in (200, 422)
    assert not WrongCode.objects.exists() or answer.status_code == 200


def test_an_address_of_no_table_is_not_there(anonymous, table):
    assert anonymous.get(reverse("withdraw_alone", args=["bestaat-niet"])).status_code == 404


# Through the council


def test_the_council_sees_first_what_each_app_loses(browse, bram, dora, anna, nico, table):
    meeting = bundled.session(bram, make.released(bram, dora, rounds.project(bram, Phase.BUNDLE))[0].project)
    cards = list(Fragment.objects.of(meeting.project))
    meeting.stage = Stage.TOGETHER
    meeting.save()
    theme = Theme.objects.create(partnership=table, project=meeting.project, sentence="Wachten maakt gek")
    for card in cards[:2]:
        Placing.objects.create(partnership=table, project=meeting.project, fragment=card, theme=theme)
    page = browse(bram).do("withdraw", {"code": teller_of(cards[0]).code}, follow=True).content.decode()
    assert f'<span class="nr">{cards[0].number}</span> {cards[0].heading}' in page
    assert "Uit het thema ‘Wachten maakt gek’: 1 kaartje. Er blijft 1 over." in page
    assert "Er wordt nu gebundeld. De kaartjes verdwijnen meteen van ieders scherm." in page
    before = Bell.objects.order_by("-pk").first().pk
    browse(bram).do("withdraw", {"code": teller_of(cards[0]).code, "sure": "ja"})
    # Everyone's open board hears it, and reads itself again.
    heard = Bell.objects.filter(pk__gt=before, channel=table.channel()).values_list("topic", flat=True)
    assert f"fragment-{cards[0].pk}" in heard
    assert cards[0].heading not in browse(anna).at("analysis:session", project=meeting.project.pk).content.decode()
    page = browse(bram).do("withdraw", {"code": teller_of(cards[1]).code}, follow=True).content.decode()
    assert "Er blijft geen kaartje over." in page


def test_a_signed_report_is_named_before_and_flagged_after(signed, browse, bram):
    report, quoted = signed
    page = browse(bram).do("withdraw", {"code": teller_of(quoted).code}, follow=True).content.decode()
    assert f"het getekende verslag van ronde {report.project.number} haalt een van deze kaartjes aan" in page
    browse(bram).do("withdraw", {"code": teller_of(quoted).code, "sure": "ja"})
    assert len(report.gone_quotes()) == 1


def test_withdrawing_twice_and_a_code_of_another_table_are_told_in_a_sentence(browse, bram, chris, cards):
    code = teller_of(cards[0]).code
    for seat, sentence in (
        (bram, "Uit het"), (chris, "Deze code kennen wij niet. Kijk nog eens op de kaart."),
    ):  # fmt: skip
        page = browse(seat).do("withdraw", {"code": code}, follow=True).content.decode()
        assert (sentence in page) == (seat == chris)
    browse(bram).do("withdraw", {"code": code, "sure": "ja"})
    again = browse(bram).do("withdraw", {"code": code, "sure": "ja"})
    assert "Dit gesprek is al ingetrokken." in again.content.decode()
    assert Fragment.objects.count() == 2
