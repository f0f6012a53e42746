"""One year of two sides, through the pages: two rounds, four meetings, one draft ordinance, one advice.

What a round does between its beginning and its commitments has a test of its own (browser/test_round.py); here stands
what carries it on: that what is open comes back by itself, until both sides closed it.
"""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from dialoog.advice.models import Advice, PointReply
from dialoog.partnerships.models import Member
from projects.consulting import agenda, standing_list
from projects.models import AgendaItem, Commitment, ConsultationMeeting, Minute, OwnerLink, Paper, Phase, Project
from tests.projects import make
from tests.projects.test_starting import Sent
from tests.values import make as values_make
from values.models import PolicyReview

pytestmark = pytest.mark.django_db


class Year:
    """The people of one table and the day it is for them; each day they log in anew."""

    def __init__(self, browse, seats):
        self.browse, self.seats, self.table = browse, seats, seats["bram"].partnership

    def on(self, day):
        """Whatever happens inside happens on this day of the year, in the afternoon."""
        self.people = {}
        return time_machine.travel(timezone.make_aware(datetime.fromisoformat(f"{day}T14:00")), tick=True)

    def do(self, who, route, data=None, code=302, **kwargs):
        """Somebody sends a form; what the page answers is what they expected."""
        answer = self._browser(who).do(route, data, **kwargs)
        assert answer.status_code == code, answer.content.decode()[-3000:]
        return answer

    def reads(self, who, route, **kwargs):
        page = self._browser(who).at(route, **kwargs)
        assert page.status_code == 200
        return page.content.decode()

    def _browser(self, who):
        return self.people.setdefault(who, self.browse(self.seats[who]))

    def plan(self, day, host, place):
        """A meeting is planned on a page, and everyone gets the invitation."""
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
            sent = {"fingerprint": minute.hash_of(minute.body())}
            self.do(who, "projects:sign_minutes", sent, meeting=meeting.pk)
        meeting.refresh_from_db()
        assert Minute.objects.get(pk=minute.pk).is_intact

    def titles(self, meeting):
        return [point.title for point in agenda(meeting)]


@pytest.fixture
def year(browse, bram, dora, anna, joost, nico):
    Member.objects.update(active_from=timezone.make_aware(datetime(2026, 1, 1)))
    return Year(browse, {"bram": bram, "dora": dora, "anna": anna, "joost": joost, "nico": nico})


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
        year.do("anna", "projects:say_yes", commitment=Commitment.objects.get(owner_member=anna).pk)
        return project, value


def first_meeting(year):
    """March: the list opens the meeting; a decision becomes a commitment; both sign."""
    with year.on("2026-02-20"):
        meeting = year.plan("2026-03-05", "municipality", "Gemeentehuis")
        year.do("dora", "projects:add_item", {"title": "Wie leest de brieven"}, meeting=meeting.pk)
        year.do("anna", "projects:add_paper", {"title": "Cijfers", "member": year.seats["anna"].pk}, meeting=meeting.pk)
        paper = Paper.objects.get()
    with year.on("2026-03-02"):
        # Four days after the day that the table agreed on.
        sent = {"version": 1, "title": "Cijfers", "member": year.seats["anna"].pk, "text": "Van de 41 belden wij 23."}
        year.do("anna", "projects:write_paper", sent, paper=paper.pk)
        assert "4 dagen later dan afgesproken" in year.reads("bram", "projects:meeting", meeting=meeting.pk)
    with year.on("2026-03-05"):
        # What the value of both sides still lacks came up by itself.
        assert year.titles(meeting) == ["Klantgerichtheid", "Wie leest de brieven"]
        points = year.hold(meeting, [("dora", "Wie leest de brieven", "Twee cliënten lezen elke brief eerst.")])
        sent = {
            "what": "Twee cliënten lezen elke nieuwe brief", "because": "Brieven",
            "owner_member": year.seats["dora"].pk, "due": "2026-09-01", "client_notices": "U begrijpt de brief.",
        }  # fmt: skip
        address = year.seats["bram"].url("projects:decide", item=points["Wie leest de brieven"].pk)
        assert year._browser("bram").post(address + "?als=afspraak", sent).status_code == 302
    with year.on("2026-03-06"):
        year.sign(meeting)


def spring(year, value):
    """April to June: a draft ordinance along the values, an advice that waits, an owner who answers by letter."""
    with year.on("2026-04-10"):
        sent = {"sort": "ordinance", "title": "Verordening Wmo", "about": "Wie krijgt wat.", "values": [value.pk]}
        year.do("anna", "values:bring_review", sent)
        review = PolicyReview.objects.get()
        [point] = review.points()
        year.do("anna", "values:point", {"version": 1, "municipality_serves": "Artikel 8."}, point=point.pk)
        sent = {"version": 2, "council_verdict": "chafes", "council_why": "Wie geen DigiD heeft, komt er niet in."}
        year.do("bram", "values:point", sent, point=point.pk)
    with year.on("2026-04-20"):
        sent = {"sort": "own", "title": "Niet alleen met DigiD", "opening": "Mensen komen er niet in."}
        year.do("bram", "advice:begin", sent)
        advice = Advice.objects.get()
        year.do("bram", "advice:add_point", {"text": "Houd een loket open.", "values": [value.pk]}, advice=advice.pk)
        year.do("bram", "advice:send", advice=advice.pk)
        letters = Commitment.objects.get(owner_name="Team Communicatie")
        year.do("joost", "projects:ask_owner", {"email": "team@gemeente.example"}, commitment=letters.pk)
    with year.on("2026-05-02"):
        path = "/" + OwnerLink.objects.get().url.split("/", 3)[3]
        answer = year.browse().post(path, {"status": "done", "note": "Alle brieven zijn herschreven."})
        assert "Dank u wel" in answer.content.decode()
    with year.on("2026-05-20"):
        meeting = year.plan("2026-06-04", "council", "Buurthuis De Schakel")
    with year.on("2026-06-04"):
        # Silence is shown as silence: the advice stands on the agenda until it has its reply.
        assert year.titles(meeting)[:2] == ["Niet alleen met DigiD", "Klantgerichtheid"]
        news = {one.what: [told for _, told in one.news] for one in standing_list(meeting)}
        assert news["Brieven in gewone taal"][0].startswith("Team Communicatie zette dit op ‘Klaar’")
        assert news["Terugbellen binnen twee dagen"] == []
        year.hold(meeting, [("anna", "Niet alleen met DigiD", "Het antwoord komt voor de zomer.")])
    with year.on("2026-06-05"):
        year.sign(meeting)
        year.do("anna", "advice:begin_reply", advice=advice.pk)
        answer = PointReply.objects.get()
        year.do("anna", "advice:answer", {"version": 1, "verdict": "adopted"}, answer=answer.pk)
        year.do("joost", "advice:send_reply", reply=answer.reply_id)
        sent = {"clients_said": "Zes mensen: ja, dat merken wij.", "noticed": "yes"}
        year.do("dora", "projects:ask_clients", sent, commitment=letters.pk)
        year.do("bram", "projects:close_commitment", commitment=letters.pk)
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
            year.do(who, "projects:change_close_out", {"learnt": "Vraag wie zelf mag beslissen."}, project=project.pk)
        sent = {"open_themes": "Wie nooit belt", "expected": Phase.REPORT}
        year.do("bram", "projects:close", sent, project=project.pk)
        assert "Wie nooit belt" in year.reads("joost", "projects:lessons")
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


def test_a_year_of_two_rounds_four_meetings_one_ordinance_and_one_advice(year, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        project, value = first_round(year)
        first_meeting(year)
        letters = spring(year, value)
        second = second_round(year, project)
        with year.on("2026-09-02"):
            autumn = year.plan("2026-09-17", "municipality", "Gemeentehuis")
        with year.on("2026-09-17"):
            # One side closed it in June; it stays until the other does too.
            assert letters in standing_list(autumn)
            year.hold(autumn, [("bram", "Wat wij hebben afgesproken", "De brieven zijn klaar.")])
            year.do("anna", "projects:close_commitment", commitment=letters.pk)
            assert letters not in standing_list(autumn)
        with year.on("2026-11-20"):
            winter = year.plan("2026-12-03", "council", "Buurthuis De Schakel")
            # Nobody signed the minutes of September: that comes up by itself, with nothing of the advice any more.
            assert year.titles(winter) == ["Het verslag van donderdag 17 september", "Klantgerichtheid"]
            year.sign(autumn)
            assert year.titles(winter) == ["Klantgerichtheid"]
        with year.on("2026-12-03"):
            year.hold(winter, [("dora", "Wat wij hebben afgesproken", "Terugbellen is te laat. Anna zoekt het uit.")])
        with year.on("2026-12-04"):
            year.sign(winter)
            page = year.reads("joost", "handover")
    for words in ("Wie nooit belt", "Terugbellen binnen twee dagen", "Vraag wie zelf mag beslissen.", value.name):
        assert words in page
    assert (second.number, ConsultationMeeting.objects.filter(minutes_signed_at=None).count()) == (2, 0)
    # Nobody missed an invitation, and no letter says what anything is about.
    invited = [letter for letter in mail.outbox if "uitnodiging" in letter.subject]
    assert len(invited) == 4 * len(year.seats)
    assert not [letter for letter in mail.outbox if "Terugbellen" in letter.body or "Brieven" in letter.body]
