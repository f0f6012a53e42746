"""The start page: what waits for me, where the round stands, what happened, when we meet."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dialoog import start
from dialoog.partnerships.models import Event, Member, Party
from dialoog.partnerships.waiting import Waiting, in_rounds
from projects.models import ConsultationMeeting, Phase, Project
from tests import make
from tests.projects import make as make_round


def part(answer, name):
    """The text of one part of the page."""
    html = re.search(rf'<(section|div)[^>]*id="{name}".*?</\1>', answer.content.decode(), re.S).group()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def words(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip()


def column(answer, party):
    html = re.search(rf'<section class="{party}".*?</section>', answer.content.decode(), re.S).group()
    return html, words(html)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def waits(monkeypatch):
    """Let exactly these lines wait, whoever asks."""

    def lines(*given):
        monkeypatch.setattr(start, "WAITING", [lambda seat: given])

    return lines


@pytest.fixture
def round_two(anna):
    return Project.objects.create(
        partnership=anna.partnership,
        subject="de weg naar een regeling",
        question="Hoe makkelijk vindt u de regelingen?",
        proposed_by_side=Party.MUNICIPALITY,
        lead=anna,
        phase=Phase.COLLECT,
        started_on=timezone.localdate(),
        ends_on=timezone.localdate() + timedelta(days=90),
    )


def test_what_waits_for_me_has_a_button_and_what_waits_for_the_other_side_has_not(browse, bram, anna, waits, today):
    waits(
        Waiting(Party.COUNCIL, "Drie kaartjes nakijken", url="/ergens/", verb="Kijk na"),
        Waiting(Party.MUNICIPALITY, "Uitleg bij de waarde", note="Anna de Wit", url="/elders/", due=today),
    )
    mine, theirs = column(browse(bram).at("start"), "council"), column(browse(bram).at("start"), "municipality")
    assert "Wacht op u Drie kaartjes nakijken Kijk na" in mine[1] and "utrecht-button--primary-action" in mine[0]
    assert "Wacht op de gemeente Uitleg bij de waarde Anna de Wit, vandaag" in theirs[1]
    # It can be looked at, and there is nothing to press.
    assert '<a href="/elders/">Uitleg bij de waarde</a>' in theirs[0] and "utrecht-button" not in theirs[0]
    across = column(browse(anna).at("start"), "municipality")
    assert "Wacht op u Uitleg bij de waarde" in across[1] and "utrecht-button--primary-action" in across[0]
    assert "Wacht op de cliëntenraad Drie kaartjes nakijken" in column(browse(anna).at("start"), "council")[1]


def test_the_own_side_is_read_first(browse, bram, anna, nico):
    for seat, first in ((bram, "council"), (anna, "municipality"), (nico, "council")):
        content = browse(seat).at("start").content.decode()
        assert re.findall(r'id="waiting-(council|municipality)"', content)[0] == first


def test_what_waits_for_one_person_waits_with_the_others_of_that_side(browse, bram, dora, waits):
    waits(Waiting(Party.COUNCIL, "Gesprek 7 verder uittypen", member=dora, url="/g/", verb="Ga verder"))
    assert "Wacht op u Gesprek 7 verder uittypen" in column(browse(dora).at("start"), "council")[1]
    seen = column(browse(bram).at("start"), "council")[1]
    assert "Wacht op anderen van uw kant Gesprek 7 verder uittypen" in seen and "Ga verder" not in seen
    assert "Niets op dit moment" in browse(bram).at("start").content.decode()


def test_what_happens_now_stands_before_what_has_a_date(browse, bram, waits, today):
    waits(
        Waiting(Party.COUNCIL, "De brief lezen", due=today - timedelta(days=3)),
        Waiting(Party.COUNCIL, "Zeggen of u meedoet", holds_up=True),
        Waiting(Party.COUNCIL, "De kaartjes worden nu gebundeld", is_now=True),
        Waiting(Party.COUNCIL, "Naar het overleg van vandaag", due=today),
    )
    page = column(browse(bram).at("start"), "council")[1]
    order = ["nu gebundeld", "van vandaag", "Zeggen of u meedoet", "De brief lezen"]
    assert sorted(order, key=page.index) == order


def test_reports_are_found_from_the_start_the_rounds_and_the_table(browse, bram):
    make_round.project(bram, Phase.BUNDLE)
    reports = f'href="{bram.url("report:list")}"'
    for route in ("start", "projects:list", "partnerships:table"):
        assert reports in browse(bram).at(route).content.decode()
    assert "Verslagen en bestanden" in browse(bram).get("/hulp/").content.decode()


def test_what_is_late_stands_first_and_says_so(browse, bram, waits, today):
    waits(
        Waiting(Party.COUNCIL, "Ooit"),
        Waiting(Party.COUNCIL, "Straks", due=today + timedelta(days=1)),
        Waiting(Party.COUNCIL, "Te laat", due=today - timedelta(days=3)),
    )
    seen = column(browse(bram).at("start"), "council")[1]
    assert seen == "Wacht op u Te laat drie dagen te laat Straks uiterlijk morgen Ooit"
    assert "Drie dingen." in browse(bram).at("start").content.decode()


def test_a_neutral_helper_sees_what_waits_for_them_and_for_both_sides(browse, nico, waits):
    waits(Waiting(Party.NEUTRAL, "Zet de volgende fase open", url="/f/", verb="Open"), Waiting(Party.COUNCIL, "Lezen"))
    answer = browse(nico).at("start")
    assert "Wacht op u Zet de volgende fase open Open" in column(answer, "neutral own-waiting")[1]
    assert "Wacht op de cliëntenraad Lezen" in column(answer, "council")[1]


def test_the_round_shows_where_it_stands(browse, bram, round_two):
    answer = browse(bram).at("start")
    seen = part(answer, "round")
    assert "Ronde 1: de weg naar een regeling" in seen and "‘Hoe makkelijk vindt u de regelingen?’" in seen
    assert re.search(r'aria-current="step"><b>Ervaringen ophalen', answer.content.decode())


def test_of_two_rounds_that_run_at_once_nothing_is_forgotten(browse, bram):
    older = make_round.project(bram, Phase.DELIBERATE, subject="De weg naar een regeling")
    make_round.task(bram, older, "De wethouder bijpraten")
    make_round.project(bram, Phase.COLLECT, subject="Bellen met de gemeente")
    page = browse(bram).at("start").content.decode()
    for words in ("De wethouder bijpraten", "Intern beraad", "ronde 1", "Ervaringen ophalen", "ronde 2"):
        assert words in page, words
    assert "Ronde 1: De weg naar een regeling" in page and "Ronde 2: Bellen met de gemeente" in page
    assert "Ronde 1: De weg naar een regeling" in browse(bram).at("handover").content.decode()


def test_without_a_round_the_page_says_so(browse, bram):
    assert "Er loopt nu geen ronde" in part(browse(bram).at("start"), "round")


def test_the_next_meeting_says_when_where_and_who_comes(browse, bram, anna, dora, table):
    when = timezone.localtime().replace(hour=19, minute=30) + timedelta(days=4)
    meeting = ConsultationMeeting.objects.create(
        partnership=table, starts_at=when, place="Buurthuis De Schakel", host_party=Party.COUNCIL
    )
    assert "Nog niemand heeft gezegd dat hij komt." in part(browse(bram).at("start"), "meeting")
    meeting.answer(bram, True)
    meeting.answer(anna, True)
    seen = part(browse(bram).at("start"), "meeting")
    assert "19.30 uur" in seen and "Buurthuis De Schakel. Deze keer is de cliëntenraad gastheer." in seen
    assert "Eén van de cliëntenraad en één van de gemeente hebben ja gezegd. Dora Vermeulen nog niet." in seen
    # Who belongs to neither side is asked too, here as on the page of the meeting.
    leader = make.neutral(table)
    assert f"Dora Vermeulen en {leader.name} nog niet." in part(browse(bram).at("start"), "meeting")
    meeting.answer(leader, True)
    assert f"één van de gemeente en {leader.name} hebben ja" in part(browse(bram).at("start"), "meeting")


def test_since_your_last_visit_names_what_others_did(browse, bram, dora, anna, table):
    visitor = browse(bram)
    visitor.at("start")
    Event.record(bram, "deed zelf iets")
    Event.record(dora, "legde drie kaartjes klaar", audience=Party.COUNCIL)
    seen = part(visitor.at("start"), "news")
    assert "Dora Vermeulen legde drie kaartjes klaar" in seen and "deed zelf iets" not in seen
    assert "legde drie kaartjes klaar" not in part(browse(anna).at("start"), "news")


def test_a_visit_ends_after_half_an_hour_of_silence(bram, dora, browse, table):
    Event.record(dora, "vertelde iets ouds")
    bram.last_visit_at = timezone.now() - timedelta(days=1)
    bram.save()
    Event.objects.filter(by=dora).update(at=timezone.now() - timedelta(days=2))
    seen = part(browse(bram).at("start"), "news")
    assert "Niets nieuws." in seen and "Daarvoor:" in seen and "vertelde iets ouds" in seen
    bram.refresh_from_db()
    assert timezone.now() - bram.previous_visit_at > timedelta(hours=23)
    assert timezone.now() - bram.last_visit_at < timedelta(minutes=1)


def test_at_a_first_visit_there_was_no_earlier_one(bram, browse):
    visitor = browse(bram)
    assert "Wat er pas gebeurde" in visitor.at("start").content.decode()
    Member.objects.filter(pk=bram.pk).update(last_visit_at=timezone.now() - timedelta(days=1))
    assert "Sinds uw vorige bezoek" in visitor.at("start").content.decode()


def test_a_page_that_reads_itself_again_is_not_a_visit(bram, browse):
    browse(bram).get(bram.url("start"), headers={"Sec-Fetch-Dest": "empty"})
    bram.refresh_from_db()
    assert bram.last_visit_at is None


def test_the_start_page_asks_as_little_with_many_people_and_much_news(browse, bram, anna, dora, table, round_two):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert browser.at("start").status_code == 200
        return len(queries)

    meeting = ConsultationMeeting.objects.create(
        partnership=table, starts_at=timezone.now() + timedelta(days=1), place="Hier", host_party=Party.COUNCIL
    )
    browser = browse(bram)
    meeting.answer(anna, True)
    Event.record(anna, "deed iets")
    browser.at("start")
    few = count()
    for number in range(30):
        meeting.answer(make.municipal(table, f"Mens{number} Jansen"), True)
        Event.record(dora, "deed nog iets")
    assert count() == few


def test_work_of_which_the_day_is_weeks_away_is_folded_with_its_number(browse, bram, waits, today):
    far = today + timedelta(days=15)
    waits(
        Waiting(Party.COUNCIL, "De brief opstellen"),
        Waiting(Party.COUNCIL, "De zaal regelen", due=today + timedelta(days=14), kind="task"),
        Waiting(Party.COUNCIL, "Het verslag klaarmaken", due=far, kind="task", member=bram, url="/t/"),
        Waiting(Party.COUNCIL, "Neemt u dit op u?", due=far, kind="commitment"),
        Waiting(Party.MUNICIPALITY, "Cijfers opzoeken", due=far, kind="task"),
        Waiting(Party.MUNICIPALITY, "De cijfers printen", due=far, kind="task"),
    )
    answer = browse(bram).at("start")
    mine, theirs = column(answer, "council"), column(answer, "municipality")
    near, later = mine[0].split('<details class="later">')
    assert [near.index(title) for title in ("De zaal regelen", "Neemt u dit op u?", "De brief opstellen")]
    assert "Eén taak voor later Het verslag klaarmaken" in words(later)
    assert ("primary" in later, "Drie dingen" in words(answer.content.decode())) == (False, True)
    assert "Er wacht nu niets op de gemeente. Twee taken voor later Cijfers opzoeken" in theirs[1]


def test_what_somebody_did_twice_on_a_day_in_a_row_is_told_once(browse, bram, dora):
    for sentence in ("schreef aan de brief", "schreef aan de brief", "las de brief", "schreef aan de brief"):
        Event.record(dora, sentence)
    news = part(browse(bram).at("start"), "news")
    assert (news.count("schreef aan de brief"), news.count("las de brief")) == (2, 1)


def test_of_two_rounds_a_line_says_which_after_its_own_stop(bram):
    first, second = (make_round.project(bram, subject=subject) for subject in ("Brieven", "Bellen"))
    lines = in_rounds([first, second], lambda one: [Waiting("council", "Ja?", note) for note in ("", "Nu.", "aan u")])
    assert [line.note for line in lines[:3]] == ["ronde 1", "Nu. Ronde 1", "aan u, ronde 1"]
