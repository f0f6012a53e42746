"""Starting small: five questions become a round, going back loses nothing, and what is too heavy is said."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.core import mail
from django.utils import timezone

from dialoog.partnerships.models import Event
from projects.consulting import left_open
from projects.models import ConsultationMeeting, Phase, Pledge, Project, RoundDraft, Task, wide_words
from projects.models.question import asks_opinion, unasked
from tests.analysis import make as bundled
from tests.projects import make
from tests.projects.test_pages import a_round, day, words

TALK = 63


@pytest.fixture
def answers(bram, anna, joost):
    """An answer to each of the five questions."""
    return [
        {"subject": "Brieven over de huur"},
        {"question": "Wat gebeurde er toen u de brief kreeg?"},
        {"participants": [str(bram.pk), str(anna.pk), str(joost.pk)], "lead": str(bram.pk)},
        {"planned_stories": "5"},
        {"started_on": day(), "talk_on": day(TALK)},
    ]


def answer_all(browser, answers):
    for step, sent in enumerate(answers, start=1):
        gone = browser.do("projects:small", sent, step=step)
        assert gone.status_code == 302, words(gone)
    return browser.get(gone["Location"])


class Sent(HTMLParser):
    """What a browser would send of the form on a page, untouched."""

    def __init__(self, page):
        super().__init__()
        self.fields, self.select, self.area = {}, None, None
        self.feed(page.content.decode())

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        chosen = named.get("type") not in ("checkbox", "radio") or "checked" in named
        if tag == "input" and named.get("name") and chosen:
            self.fields[named["name"]] = named.get("value", "on" if named.get("type") == "checkbox" else "")
        if tag == "select":
            self.select = named.get("name")
        if tag == "option" and self.select and "selected" in named:
            self.fields[self.select] = named["value"]
        if tag == "textarea":
            self.area = named["name"]
            self.fields[self.area] = ""

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None

    def handle_data(self, text):
        if self.area:
            # A browser leaves out the first line break of such a field.
            self.fields[self.area] += text.removeprefix("\n")


def test_five_answers_make_a_round_of_three_months_with_dated_tasks(
    browse, bram, anna, joost, answers, django_capture_on_commit_callbacks
):
    browser = browse(bram)
    page = answer_all(browser, answers)
    assert "Er is nog niets begonnen, en nog niemand is gevraagd." in words(page)
    assert (Project.objects.count(), Task.objects.count(), Pledge.objects.count()) == (0, 0, 0)
    with django_capture_on_commit_callbacks(execute=True):
        begun = browser.do("projects:small_overview", Sent(page).fields | {"go": "make"})
    project = Project.objects.get()
    assert begun["Location"] == project.address(bram)
    assert (project.subject, project.planned_stories, project.lead) == ("Brieven over de huur", 5, bram)
    assert (project.ends_on - project.started_on).days == 91
    tasks = list(Task.objects.of(project))
    assert {task.member for task in tasks} == {bram, anna, joost}
    today, talk = timezone.localdate(), timezone.localdate() + timedelta(days=TALK)
    assert all(today <= task.due <= talk + timedelta(days=30) for task in tasks)
    assert all(task.due.weekday() < 5 for task in tasks)
    assert "Vijf gesprekken voeren, met z’n tweeën" in [task.what for task in tasks]
    assert "U doet zelf ook mee: met deze knop zegt u meteen ja." in words(page)
    assert {pledge.member: pledge.answer for pledge in Pledge.objects.all()} == {bram: "yes", anna: "", joost: ""}
    # Who starts it knows; the others get a letter.
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([anna.user.email, joost.user.email])
    assert not ConsultationMeeting.objects.exists()
    assert not RoundDraft.objects.exists()


def test_the_same_page_sent_twice_is_one_round(browse, bram, answers):
    browser = browse(bram)
    sent = Sent(answer_all(browser, answers)).fields | {"go": "make"}
    first, second = (browser.do("projects:small_overview", sent) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert (Project.objects.count(), Pledge.objects.count()) == (1, 3)


def test_everything_can_be_changed_before_it_is_made(browse, bram, dora, answers):
    browser = browse(bram)
    sent = Sent(answer_all(browser, answers)).fields
    changed = {
        "taak-0-what": "Koffie zetten",
        "taak-0-member": str(dora.pk),
        "taak-0-due": day(10),
        "ends_on": day(100),
    }
    dropped = sent["taak-1-what"], sent.pop("taak-1-keep")
    last = int(sent["taak-TOTAL_FORMS"]) - 1
    own = {f"taak-{last}-keep": "on", f"taak-{last}-what": "Taart", f"taak-{last}-due": day(20)}
    own |= {f"taak-{last}-member": str(bram.pk)}
    browser.do("projects:small_overview", sent | changed | own | {"go": "make"})
    tasks = {task.what: task for task in Task.objects.all()}
    assert (tasks["Koffie zetten"].member, str(tasks["Koffie zetten"].due)) == (dora, day(10))
    assert tasks["Taart"].member == bram
    assert len(tasks) >= last - 1
    assert str(Project.objects.get().ends_on) == day(100)
    assert dropped[1] == "on"


def test_going_back_loses_nothing_that_was_typed(browse, bram, answers):
    browser = browse(bram)
    browser.do("projects:small", answers[0], step=1)
    back = browser.do("projects:small", {"question": "Half getyp", "go": "back"}, step=2)
    assert back["Location"].endswith("/1/")
    assert "Brieven over de huur" in browser.at("projects:small", step=1).content.decode()
    assert "Half getyp" in browser.at("projects:small", step=2).content.decode()
    # Too long to keep: then the page stays, with every letter still there.
    long = browser.do("projects:small", {"question": "a" * 400, "go": "back"}, step=2)
    assert (long.status_code, "a" * 400 in long.content.decode()) == (422, True)


def test_from_the_last_page_back_and_forth_keeps_the_tasks(browse, bram, answers):
    browser = browse(bram)
    sent = Sent(answer_all(browser, answers)).fields
    changed = sent | {"taak-0-what": "Koffie zetten", "taak-2-due": ""}
    gone = browser.do("projects:small_overview", changed | {"go": "1"})
    assert gone["Location"].endswith("/1/")
    onward = browser.do("projects:small", {"subject": "Brieven", "go": "end"}, step=1)
    page = browser.get(onward["Location"])
    again = Sent(page).fields
    assert (again["taak-0-what"], again["taak-2-due"]) == ("Koffie zetten", "")
    refused = browser.do("projects:small_overview", again | {"go": "make"})
    assert (refused.status_code, "Kies een dag waarop het klaar is." in words(refused)) == (422, True)
    anew = browser.do("projects:small_overview", again | {"go": "anew"}, follow=True)
    assert "Koffie zetten" not in anew.content.decode()
    # What gave way is not gone: one button puts it back.
    mine = browser.do("projects:small_overview", Sent(anew).fields | {"go": "mine"}, follow=True)
    assert (Sent(mine).fields["taak-0-what"], "Zet mijn eigen taken terug" in words(mine)) == ("Koffie zetten", False)


@pytest.mark.parametrize(
    ("step", "sent", "sentence"),
    [
        (1, {}, "Schrijf op waar deze ronde over gaat."),
        (2, {}, "Schrijf één open vraag op over wat mensen meemaken."),
        (3, {"lead": ""}, "Een ronde heeft altijd één trekker. Kies wie het wordt."),
        (4, {}, "Vul in hoeveel verhalen u ongeveer wilt horen."),
        (4, {"planned_stories": "veel"}, "Vul een getal in, zoals 6."),
        (5, {"talk_on": ""}, "Kies een dag waarop u samen over de verhalen praat."),
        (5, {"started_on": day(5), "talk_on": day(5)}, "Kies een dag na het begin."),
        (5, {"started_on": day(-20), "talk_on": day(-5)}, "Deze dag is al geweest. Kies een dag die nog komt."),
        (5, {"started_on": "9999-01-01", "talk_on": "9999-12-31"}, "Kies een dag binnen een jaar."),
    ],
)
def test_what_is_missing_is_asked_in_a_sentence(browse, bram, answers, step, sent, sentence):
    browser = browse(bram)
    for number, given in enumerate(answers[: step - 1], start=1):
        browser.do("projects:small", given, step=number)
    answer = browser.do("projects:small", sent, step=step)
    assert (answer.status_code, sentence in words(answer)) == (422, True)


@pytest.mark.parametrize(
    ("step", "sent", "sentence"),
    [
        (2, {"question": "Wat is uw advies over de verordening Wmo?"}, "zo praten beleidsstukken. Draai de vraag om"),
        (2, {"question": "Wat vindt u van alles?"}, "‘Alles’ is breed voor een eerste ronde."),
        (2, {"question": "Wat vindt u van de balie en hoe moet het beter?"}, "Vraag wat zij meemaakten"),
        (2, {"question": "Wie? Wat? Waar?"}, "Meer dan 2 vragen is veel voor een eerste ronde."),
        (3, {"participants": []}, "U koos nog niemand van de gemeente."),
        (3, {"participants": ["anna"]}, "Niemand van de gemeente die u koos, mag zelf beslissen."),
        (4, {"planned_stories": "40"}, "Meer dan 12 verhalen is veel voor een eerste ronde."),
        (5, {"started_on": day(), "talk_on": day(260)}, "Langer dan 6 maanden is lang voor een eerste ronde."),
    ],
)
def test_what_is_too_heavy_is_said_and_may_be_passed_with_a_reason(browse, bram, anna, answers, step, sent, sentence):
    browser = browse(bram)
    for number, given in enumerate(answers[: step - 1], start=1):
        browser.do("projects:small", given, step=number)
    if step == 3:
        sent = {"participants": [str(anna.pk)] if sent["participants"] else [], "lead": str(bram.pk)}
    told = browser.do("projects:small", sent, step=step)
    assert (told.status_code, sentence in words(told), "Toch doorgaan" in words(told)) == (422, True, True)
    reason = {"go_on": "on", "go_on_reason": "Wij kennen elkaar al lang."}
    assert browser.do("projects:small", sent | reason, step=step).status_code == 302
    assert RoundDraft.objects.get().nudge_reason == "Wij kennen elkaar al lang."
    for number, given in enumerate(answers[step:], start=step + 1):
        browser.do("projects:small", given, step=number)
    browser.do("projects:small_overview", Sent(browser.at("projects:small_overview")).fields | {"go": "make"})
    assert Project.objects.get().nudge_reason == "Wij kennen elkaar al lang."
    assert Event.objects.filter(sentence="ging toch door: Wij kennen elkaar al lang.").exists()


def test_a_round_that_runs_is_said_at_the_first_question(browse, bram):
    make.project(bram, Phase.COLLECT)
    told = browse(bram).do("projects:small", {"subject": "Nog iets"}, step=1)
    assert (told.status_code, "Er loopt al een ronde." in words(told)) == (422, True)


def test_a_question_that_asks_for_everything_is_wide():
    assert wide_words("Wat vindt u van alle regelingen, in het algemeen?") == ["alle regelingen", "in het algemeen"]
    assert wide_words("Hoe ging de aanvraag van uw rolstoel?") == []


def test_a_place_for_the_talk_is_a_meeting_at_the_other_side(browse, bram, answers):
    make.meeting(bram, days=-30, host_party="municipality")
    # One that comes after the talk is no turn before it.
    make.meeting(bram, days=TALK + 30, host_party="council")
    browser = browse(bram)
    answers[4]["place"] = "Buurthuis De Schakel"
    page = answer_all(browser, answers)
    assert "De cliëntenraad is dan aan de beurt als gastheer" in words(page)
    browser.do("projects:small_overview", Sent(page).fields | {"go": "make"})
    meeting = ConsultationMeeting.objects.get(place="Buurthuis De Schakel")
    local = timezone.localtime(meeting.starts_at)
    assert (str(local.date()), local.hour, meeting.host_party) == (day(TALK), 19, "council")


def test_who_receives_the_other_at_the_first_talk_is_asked_and_falls_to_no_side(browse, bram, answers):
    browser = browse(bram)
    answers[4]["place"] = "Buurthuis De Schakel"
    page = answer_all(browser, answers)
    assert "Wie ontvangt de ander bij de dialoog?" in words(page) and "aan de beurt als gastheer" not in words(page)
    refused = browser.do("projects:small_overview", Sent(page).fields | {"go": "make"})
    assert (refused.status_code, "Kies welke kant de ander ontvangt." in words(refused)) == (422, True)
    # What was chosen stays while one looks back.
    browser.do("projects:small_overview", Sent(page).fields | {"host": "council", "go": "1"})
    page = browser.at("projects:small_overview")
    browser.do("projects:small_overview", Sent(page).fields | {"go": "make"})
    assert ConsultationMeeting.objects.get().host_party == "council"


def test_nobody_sees_what_another_is_still_thinking_about(browse, bram, dora):
    browse(bram).do("projects:small", {"subject": "Brieven over de huur"}, step=1)
    assert "Brieven over de huur" in browse(bram).at("projects:small", step=1).content.decode()
    assert "Brieven over de huur" not in browse(dora).at("projects:small", step=1).content.decode()


def test_a_question_that_is_not_there_yet_leads_to_the_first_open_one(browse, bram):
    browser = browse(bram)
    for step in (0, 4, 99):
        assert browser.at("projects:small", step=step)["Location"].endswith("/1/")
    assert browser.at("projects:small_overview")["Location"].endswith("/1/")


def test_what_stayed_open_seeds_the_next_round(browse, bram):
    make.project(bram, Phase.CLOSED, open_themes="- Wachten aan de telefoon\n- Net niet")
    page = browse(bram).at("projects:small", step=1)
    links = re.findall(r'href="(\?onderwerp=[^"]+)"', page.content.decode())
    assert len(links) == 2
    chosen = browse(bram).get(bram.url("projects:small", step=1) + links[0])
    assert 'value="Wachten aan de telefoon"' in chosen.content.decode()


def test_what_stayed_open_is_offered_until_a_later_round_takes_it_up_or_something_is_agreed_for_it(bram):
    def offered():
        return [name for name, _ in left_open(bram)]

    first = make.project(bram, Phase.CLOSED, open_themes="- Wachten aan de telefoon\n- Net niet\n- De balie")
    theme = bundled.theme(bram, first, sentence="De balie")
    assert offered() == ["Wachten aan de telefoon", "Net niet", "De balie"]
    # The next round closes: what it left open comes first, and what is open since the first one stays.
    make.project(bram, Phase.CLOSED, subject="Net niet", open_themes="Brieven.\nDe balie")
    assert offered() == ["Brieven.", "De balie", "Wachten aan de telefoon"]
    theme.bind(make.commitment(bram, None, meeting=make.meeting(bram, days=-1)))
    assert offered() == ["Brieven.", "Wachten aan de telefoon"]
    make.project(bram, subject="wachten aan de telefoon")
    assert offered() == ["Brieven."]


def test_a_question_for_a_reason_is_no_question_about_an_experience():
    assert asks_opinion("Waarom belt u niet?")
    assert not asks_opinion("Wat gebeurde er toen u belde, en waarom was dat goed?")


@pytest.mark.parametrize(
    ("question", "tips"),
    [
        ("Vindt u dat de gemeente slecht bereikbaar is?", 2),
        ("Hebt u weleens gebeld? Wat gebeurde er toen?", 1),
        ("En kon u de brief begrijpen?", 1),
        ("Kunt u vertellen wat er gebeurde toen u belde?", 0),
        ("Hoe makkelijk vindt u met een laag inkomen de regelingen die er voor u zijn?", 0),
        ("Waar lopen cliënten tegenaan als zij een rolstoel aanvragen?", 0),
    ],
)
def test_a_question_that_yes_or_no_answers_gets_a_tip_wherever_it_is_written(browse, bram, answers, question, tips):
    assert len(unasked(question)) == tips
    browser = browse(bram)
    browser.do("projects:small", answers[0], step=1)
    small = browser.do("projects:small", {"question": question}, step=2)
    whole = browser.do("projects:start", a_round(bram, question=question))
    for told in (small, whole):
        assert told.status_code == (422 if tips else 302)
        assert ("Op deze vraag past alleen ja of nee." in words(told)) == bool(tips)
    wording = next(check for check in make.project(bram, question=question).start_check() if check.key == "wording")
    assert wording.ok == (not tips)


def test_a_small_round_stays_small_also_the_second_time(browse, bram, answers):
    make.project(bram, Phase.CLOSED)
    browser = browse(bram)
    for step in (1, 2, 3):
        browser.do("projects:small", answers[step - 1], step=step)
    told = browser.do("projects:small", {"planned_stories": "200"}, step=4)
    assert (told.status_code, "Meer dan 12 verhalen is veel voor een kleine ronde." in words(told)) == (422, True)


def test_the_last_day_stays_as_it_was_chosen_and_one_change_leads_back_at_once(browse, bram, answers):
    browser = browse(bram)
    sent = Sent(answer_all(browser, answers)).fields
    gone = browser.do("projects:small_overview", sent | {"ends_on": day(120), "go": "5"})
    page = browser.get(gone["Location"])
    assert "Naar het overzicht" in words(page)
    back = browser.do("projects:small", {**answers[4], "place": "De Schakel", "go": "end"}, step=5)
    again = browser.get(back["Location"])
    assert (Sent(again).fields["ends_on"], "De Schakel" in words(again)) == (day(120), True)
    # A day that is before the talk is none; one that was only proposed follows the talk.
    refused = browser.do("projects:small_overview", Sent(again).fields | {"ends_on": day(20), "go": "make"})
    assert (refused.status_code, "Kies een dag na de dialoog" in words(refused)) == (422, True)
    browser.do("projects:small_overview", Sent(again).fields | {"ends_on": day(91), "go": "5"})
    browser.do("projects:small", {"started_on": day(), "talk_on": day(100)}, step=5)
    assert Sent(browser.at("projects:small_overview")).fields["ends_on"] == day(128)


def test_who_is_taken_out_keeps_no_task(browse, bram, anna, joost, dora, answers):
    browser = browse(bram)
    sent = Sent(answer_all(browser, answers)).fields

    def take_out(sent):
        browser.do("projects:small_overview", sent | {"go": "3"})
        who = {"participants": [str(bram.pk), str(joost.pk), str(dora.pk)], "lead": str(bram.pk), "go": "end"}
        browser.do("projects:small", who, step=3)
        return browser.at("projects:small_overview")

    # What nobody touched is proposed anew, for whoever takes part now.
    page = take_out(sent)
    members = [value for name, value in Sent(page).fields.items() if name.endswith("-member") and value]
    assert {*members} == {str(bram.pk), str(joost.pk), str(dora.pk)}
    assert "Nog zonder taak" not in words(page)
    # What somebody changed stays, and a task of who went asks for somebody else;
    browser.do("projects:small", {**answers[2], "go": "end"}, step=3)
    page = take_out(Sent(browser.at("projects:small_overview")).fields | {"taak-0-what": "Koffie zetten"})
    assert "De taken van Anna de Wit zoeken iemand anders." in words(page)
    assert "Nog zonder taak: Dora Vermeulen." in words(page)
    fields = Sent(page).fields
    assert (fields["taak-0-what"], str(anna.pk) in fields.values()) == ("Koffie zetten", False)
    refused = browser.do("projects:small_overview", fields | {"go": "make"})
    assert (refused.status_code, "Kies wie dit doet." in words(refused)) == (422, True)
    assert not Project.objects.exists()


def test_proposed_tasks_can_be_done_on_their_day_and_make_as_many_talks_as_were_asked(bram, dora, anna, nico):
    today = timezone.localdate()
    draft = RoundDraft.objects.create(
        partnership=bram.partnership, member=bram, subject="Brieven", question="Wat?", lead=bram, planned_stories=3,
        started_on=today - timedelta(days=30), talk_on=today + timedelta(days=60),
    )  # fmt: skip
    draft.participants.set([bram, dora, anna, nico])
    proposals = draft.proposals()
    talks = [one.what for one in proposals if "met z’n tweeën" in one.what]
    assert talks == ["Twee gesprekken voeren, met z’n tweeën", "Eén gesprek voeren, met z’n tweeën"]
    assert [one.due for one in proposals if one.what == "De dialoog leiden"] == [draft.talk_on]
    assert all(one.due >= today for one in proposals)


def test_a_proposed_task_on_a_day_that_passed_is_refused(browse, bram, answers):
    browser = browse(bram)
    sent = Sent(answer_all(browser, answers)).fields | {"taak-0-due": day(-3), "go": "make"}
    refused = browser.do("projects:small_overview", sent)
    assert (refused.status_code, "Deze dag is al geweest. Kies een dag die nog komt." in words(refused)) == (422, True)
