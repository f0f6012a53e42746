"""One year of two sides, before their screens: two rounds, four meetings, one draft ordinance, one advice.

What a round does between its beginning and its commitments has a test of its own (test_round.py), and so have beginning
small (test_desk.py) and writing minutes at once (test_minutes.py). Those steps are sent as forms here, no screen.
What a year adds is done by people on their pages: that what is open comes back by itself, until both sides closed it.
"""

from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.utils import timezone

from dialoog.advice.models import Advice, PointReply
from dialoog.partnerships.models import Member
from projects.consulting import standing_list
from projects.models import AgendaItem, Commitment, ConsultationMeeting, Minute, OwnerLink, Paper, Phase, Project
from tests.browser.conftest import PHONE
from tests.projects import make
from tests.projects.test_starting import Sent
from tests.values import make as values_make
from values.models import PolicyReview

# What a browser makes of a page is the same with either database.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.only("sqlite")]


class Year:
    """The people of one table and the day it is for them; each day they log in anew."""

    def __init__(self, browse, screen, seats):
        self.browse, self.open, self.seats, self.table = browse, screen, seats, seats["bram"].partnership
        self.people, self.screens, self.awake = {}, {}, set()

    @contextmanager
    def on(self, day):
        """Whatever happens inside happens on this day of the year, in the afternoon."""
        self.people, self.awake = {}, set()
        with time_machine.travel(timezone.make_aware(datetime.fromisoformat(f"{day}T14:00")), tick=True):
            yield
            for who in self.awake:
                self.screens[who].page.goto("about:blank")

    def screen(self, who):
        """Somebody's own screen, on which they logged in today."""
        if who not in self.screens:
            self.screens[who] = self.open(self.seats[who], size=PHONE) if who == "dora" else self.open(self.seats[who])
        if who not in self.awake:
            name = settings.SESSION_COOKIE_NAME
            session = self.browse(self.seats[who]).cookies[name].value
            page = self.screens[who].page
            page.context.add_cookies([{"name": name, "value": session, "url": self.screens[who].address}])
            self.awake.add(who)
        return self.screens[who]

    def acts(self, who, route, press, fields=None, **kwargs):
        """Somebody opens a page, fills in what is asked and presses a button; gives the screen as it is then."""
        screen = self.screen(who).go(route, **kwargs)
        screen.page.evaluate("document.querySelectorAll('main details').forEach(folded => folded.open = true)")
        for name, value in (fields or {}).items():
            field = screen.page.locator(f"main [name='{name}']").first
            kind = field.get_attribute("type") or field.evaluate("field => field.type")
            if kind in ("checkbox", "radio"):
                screen.page.locator(f"main [name='{name}'][value='{value}']").check()
            elif kind == "select-one":
                field.select_option(value)
            else:
                field.fill(value)
        return screen.click(press)

    def do(self, who, route, data=None, code=302, **kwargs):
        """Somebody sends a form whose page is shown elsewhere; what comes back is what they expected."""
        answer = self._browser(who).do(route, data, **kwargs)
        assert answer.status_code == code, answer.content.decode()[-3000:]
        return answer

    def _browser(self, who):
        return self.people.setdefault(who, self.browse(self.seats[who]))

    def plan(self, day, host, place):
        """A next meeting is planned, and everyone gets the invitation."""
        sent = {"starts_at": f"{day}T14:30", "place": place, "host_party": host, "about": "Periodiek overleg"}
        self.do("nico", "projects:plan_meeting", sent)
        meeting = ConsultationMeeting.objects.latest("starts_at")
        self.do("nico", "projects:invite", meeting=meeting.pk)
        return meeting

    def hold(self, meeting, words):
        """The minutes: who begins, what is said about which point. Gives the points by their title."""
        self.do("anna", "projects:begin_minutes", meeting=meeting.pk)
        points = {item.title: item for item in AgendaItem.objects.of(meeting)}
        for who, title, text in words:
            self.do(who, "projects:write_item", {"version": 1, "minutes": text}, item=points[title].pk)
        return points

    def sign(self, meeting):
        minute = Minute.objects.get(meeting=meeting)
        for who in ("bram", "anna"):
            sent = {"fingerprint": minute.hash_of(minute.body()), "sure": "yes"}
            self.do(who, "projects:sign_minutes", sent, meeting=meeting.pk)
        meeting.refresh_from_db()
        assert Minute.objects.get(pk=minute.pk).is_intact

    def reads_agenda(self, who, meeting):
        """What somebody sees on the agenda of a meeting, under the list with which each meeting opens."""
        first, *points = self.screen(who).go("projects:meeting", meeting=meeting.pk).page.locator("ol.agenda h3").all()
        assert first.inner_text() == "Wat wij hebben afgesproken"
        return [point.inner_text() for point in points]


@pytest.fixture
def year(browse, screen, bram, dora, anna, joost, nico):
    Member.objects.update(active_from=timezone.make_aware(datetime(2026, 1, 1)))
    return Year(browse, screen, {"bram": bram, "dora": dora, "anna": anna, "joost": joost, "nico": nico})


def first_round(year):
    """January: the first round has listened, and agrees on two things."""
    bram, anna = year.seats["bram"], year.seats["anna"]
    with year.on("2026-01-20"):
        value = values_make.shared(bram, anna, "Klantgerichtheid")
        project = make.project(bram, Phase.COMMIT, subject="Brieven en bellen")
        for what, owner in (
            ("Terugbellen binnen twee dagen", {"owner_member": anna.pk}),
            ("Brieven in gewone taal", {"owner_name": "Team Communicatie", "owner_party": "municipality"}),
        ):
            sent = {"what": what, "because": "Wachten", "due": "2026-05-01", "client_notices": "Dat merkt u.", **owner}
            year.do("bram", "projects:commit", sent, project=project.pk)
        asked = Commitment.objects.get(owner_member=anna)
        year.acts("anna", "projects:commitment", "Ja, dit doe ik", commitment=asked.pk).sees("Dank u wel.")
        return project, value


def first_meeting(year):
    """March: the list opens the meeting; a paper comes late; a decision becomes a commitment; both sign."""
    with year.on("2026-02-20"):
        sent = {"starts_at": "2026-03-05T14:30", "place": "Gemeentehuis", "host_party": "municipality"}
        year.acts("nico", "projects:plan_meeting", "Plan dit overleg", sent).click("Stuur iedereen de uitnodiging")
        meeting = ConsultationMeeting.objects.get()
        point = {"title": "Wie leest de brieven"}
        page = year.acts("dora", "projects:meeting", "Zet op de agenda", point, meeting=meeting.pk)
        page.sees("Wie leest de brieven")
        year.acts("anna", "projects:add_paper", "Bewaar", {"title": "Cijfers"}, meeting=meeting.pk)
    with year.on("2026-03-02"):
        # Four days after the day that the table agreed on.
        sent = {"text": "Van de 41 belden wij 23."}
        year.acts("anna", "projects:write_paper", "^(Bewaar|Klaar)$", sent, paper=Paper.objects.get().pk)
        year.screen("bram").go("projects:meeting", meeting=meeting.pk).sees("vier dagen later dan gevraagd")
    with year.on("2026-03-05"):
        # What the value of both sides still lacks came up by itself.
        assert year.reads_agenda("anna", meeting) == ["Klantgerichtheid", "Wie leest de brieven"]
        points = year.hold(meeting, [("dora", "Wie leest de brieven", "Twee cliënten lezen elke brief eerst.")])
        sent = {
            "what": "Twee cliënten lezen elke nieuwe brief", "because": "Brieven",
            "owner_member": year.seats["dora"].pk, "due": "2026-09-01", "client_notices": "U begrijpt de brief.",
        }  # fmt: skip
        address = year.seats["bram"].url("projects:decide", item=points["Wie leest de brieven"].pk)
        assert year._browser("bram").post(address + "?als=afspraak", sent).status_code == 302
    with year.on("2026-03-06"):
        year.sign(meeting)


def an_ordinance(year, value):
    """April: a draft is laid on the table and discussed value by value, each side in its own words."""
    with year.on("2026-04-10"):
        sent = {"sort": "ordinance", "title": "Verordening Wmo", "about": "Wie krijgt wat.", "values": value.pk}
        year.acts("anna", "values:bring_review", "Leg op tafel", sent).sees("Verordening Wmo")
        [point] = PolicyReview.objects.get().points()
        year.acts("anna", "values:point", "^Bewaar$", {"municipality_serves": "Artikel 8."}, point=point.pk)
        sent = {"council_verdict": "chafes", "council_why": "Wie geen DigiD heeft, komt er niet in."}
        year.acts("bram", "values:point", "^Bewaar$", sent, point=point.pk).sees("Schuurt").sees("Artikel 8.")


def an_advice(year, value):
    """April to June: an advice that waits, an owner who answers by letter, and a reply."""
    with year.on("2026-04-20"):
        sent = {"sort": "own", "title": "Niet alleen met DigiD", "opening": "Mensen komen er niet in."}
        year.acts("bram", "advice:begin", "^Bewaar$", sent)
        advice = Advice.objects.get()
        sent = {"text": "Houd een loket open.", "values": value.pk}
        year.acts("bram", "advice:add_point", "^Bewaar$", sent, advice=advice.pk).click("Verstuur het advies")
        year.screen("bram").click("^Verstuur$")
        letters = Commitment.objects.get(owner_name="Team Communicatie")
        sent = {"email": "team@gemeente.example"}
        year.acts("joost", "projects:ask_owner", "Stuur het bericht", sent, commitment=letters.pk).sees("onderweg")
    with year.on("2026-05-02"):
        owner = year.open()
        owner.page.goto("/" + OwnerLink.objects.get().url.split("/", 3)[3])
        owner.page.get_by_label("Het is klaar").check()
        owner.fill("Wilt u er iets bij zeggen?", "Alle brieven zijn herschreven.")
        owner.click("Laat het weten").sees("Dank u wel")
    with year.on("2026-05-20"):
        meeting = year.plan("2026-06-04", "council", "Buurthuis De Schakel")
    with year.on("2026-06-04"):
        # Silence is shown as silence: the advice stands on the agenda until it has its reply.
        assert year.reads_agenda("bram", meeting)[:2] == ["Niet alleen met DigiD", "Klantgerichtheid"]
        year.screen("bram").sees("Team Communicatie (gemeente) zette dit op ‘Klaar’")
        news = {one.what: [told for _, told in one.news] for one in standing_list(meeting)}
        assert news["Terugbellen binnen twee dagen"] == []
        year.hold(meeting, [("anna", "Niet alleen met DigiD", "Het antwoord komt voor de zomer.")])
    with year.on("2026-06-05"):
        year.sign(meeting)
        year.acts("anna", "advice:detail", "Begin het antwoord", advice=advice.pk)
        answer = PointReply.objects.get()
        year.acts("anna", "advice:answer", "^Bewaar$", {"verdict": "adopted"}, answer=answer.pk)
        year.acts("joost", "advice:detail", "Verstuur het antwoord", advice=advice.pk).click("^Verstuur$")
        year.screen("bram").go("advice:detail", advice=advice.pk).sees("Dit nemen wij over")
        sent = {"clients_said": "Zes mensen: ja, dat merken wij.", "noticed": "yes"}
        year.acts("dora", "projects:ask_clients", "^Bewaar$", sent, commitment=letters.pk).sees("Genoteerd.")
        page = year.acts("bram", "projects:commitment", "mag hij van de lijst", commitment=letters.pk)
        page.sees("De andere kant ook?")
    return letters


def second_round(year, project):
    """September: both look back, the first round closes, and what it left open begins the second."""
    with year.on("2026-09-01"):
        for fact in ("report_signed", "feedback"):
            setattr(project, f"{fact}_by", year.seats["bram"])
            setattr(project, f"{fact}_at", timezone.now())
        project.phase, project.feedback_done, project.contacts_erased = Phase.REPORT, True, True
        project.save()
        for who in ("bram", "anna"):
            learnt = {"learnt": "Vraag wie zelf mag beslissen."}
            year.acts(who, "projects:change_close_out", "^(Bewaar|Klaar)$", learnt, project=project.pk)
        year.acts("bram", "projects:close", "sluit af", {"open_themes": "Wie nooit belt"}, project=project.pk)
        year.screen("joost").go("projects:lessons").sees("Wie nooit belt")
        people = [str(year.seats[name].pk) for name in ("bram", "anna", "joost")]
        today = timezone.localdate()
        answers = [
            {"subject": "Wie nooit belt"},
            {"question": "Wat deed u toen u ons iets wilde vragen?"},
            {"participants": people, "lead": people[0]},
            {"planned_stories": "5"},
            {"started_on": str(today), "talk_on": str(today + timedelta(days=63))},
        ]
        for step, sent in enumerate(answers, start=1):
            year.do("bram", "projects:small", sent, step=step)
        page = year._browser("bram").at("projects:small_overview")
        year.do("bram", "projects:small_overview", Sent(page).fields | {"go": "make"})
        return Project.objects.get(number=2)


def autumn_and_winter(year, letters):
    """September to December: what one side closed stays until the other does too, and minutes wait to be signed."""
    with year.on("2026-09-02"):
        autumn = year.plan("2026-09-17", "municipality", "Gemeentehuis")
    with year.on("2026-09-17"):
        assert letters in standing_list(autumn)
        year.hold(autumn, [("bram", "Wat wij hebben afgesproken", "De brieven zijn klaar.")])
        closed = year.acts("anna", "projects:commitment", "mag hij van de lijst", commitment=letters.pk)
        closed.sees("Beide kanten sloten deze afspraak.")
        assert letters not in standing_list(autumn)
    with year.on("2026-11-20"):
        winter = year.plan("2026-12-03", "council", "Buurthuis De Schakel")
        # Nobody signed the minutes of September: that comes up by itself, with nothing of the advice any more.
        assert year.reads_agenda("dora", winter) == ["Het verslag van donderdag 17 september", "Klantgerichtheid"]
        for who in ("bram", "anna"):
            signing = year.acts(who, "projects:read_minutes", "^Teken voor de", meeting=autumn.pk)
            (signing.click("Ja, teken") if who == "anna" else signing).sees("Getekend")
        assert year.reads_agenda("dora", winter) == ["Klantgerichtheid"]
    with year.on("2026-12-03"):
        year.hold(winter, [("dora", "Wat wij hebben afgesproken", "Terugbellen is te laat. Anna zoekt het uit.")])
    with year.on("2026-12-04"):
        year.sign(winter)
        return year.screen("joost").go("handover").text()


def test_a_year_of_two_rounds_four_meetings_one_ordinance_and_one_advice(year):
    project, value = first_round(year)
    first_meeting(year)
    an_ordinance(year, value)
    letters = an_advice(year, value)
    second = second_round(year, project)
    page = autumn_and_winter(year, letters)
    for words in ("Wie nooit belt", "Terugbellen binnen twee dagen", "Vraag wie zelf mag beslissen.", value.name):
        assert words in page
    assert (second.number, ConsultationMeeting.objects.filter(minutes_signed_at=None).count()) == (2, 0)
    # Nobody missed an invitation, and no letter says what anything is about.
    invited = [letter for letter in mail.outbox if "uitnodiging" in letter.subject]
    assert len(invited) == 4 * len(year.seats)
    assert not [letter for letter in mail.outbox if "Terugbellen" in letter.body or "Brieven" in letter.body]
    assert {who: screen.problems for who, screen in year.screens.items() if screen.problems} == {}
