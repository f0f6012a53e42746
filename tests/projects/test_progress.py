"""An owner says yes themselves; one without an account tells how far it is through a link that can do only this."""

import io
import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from dialoog.letters import LettersToday
from dialoog.partnerships.models import Event
from projects import daily, report
from projects.models import Commitment, OwnerLink, Phase
from projects.waiting import waiting
from tests.make import close_account
from tests.projects import make
from tests.projects.test_pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(bram):
    return make.project(bram, Phase.COMMIT)


@pytest.fixture
def theirs(bram, project):
    """A commitment of a team without an account."""
    return make.commitment(bram, project, "Terugbellen", owner_name="Teamleider Inkomen", owner_party="municipality")


def path_of(link):
    return "/" + link.url.split("/", 3)[3]


def test_who_is_named_by_another_was_asked_until_they_say_yes_themselves(anna, bram, project, browse):
    made = Commitment.agree(
        bram, project, what="Bellen", because="Wachten", owner_member=anna, due=timezone.localdate(),
        client_notices="U weet waar u aan toe bent.",
    )  # fmt: skip
    own = Commitment.agree(
        bram, project, what="Vragen", because="Wachten", owner_member=bram, due=timezone.localdate(),
        client_notices="U wordt gehoord.",
    )  # fmt: skip
    assert made.is_asked and not own.is_asked
    assert "gevraagd" in browse(bram).at("projects:commitments").content.decode()
    assert [line.note for line in waiting(anna) if "Neemt u het op u?" in line.note]
    with pytest.raises(ValidationError, match="Alleen Anna de Wit zelf"):
        made.say_yes(bram)
    # Nothing waits for the yes.
    made.set_status(bram, "busy")
    browse(anna).do("projects:say_yes", {"seen": made.seen}, commitment=made.pk)
    made.refresh_from_db()
    assert (
        not made.is_asked
        and "zei zelf ja" in browse(bram).at("projects:commitment", commitment=made.pk).content.decode()
    )
    made.change(bram, made.version, owner_member=bram)
    assert not made.is_asked
    made.change(anna, made.version, owner_member=bram)
    assert Event.objects.filter(sentence__startswith="zei zelf ja").count() == 1


def test_who_was_asked_can_say_no_and_both_sides_see_that_somebody_else_is_needed(anna, bram, dora, project, browse):
    made = make.commitment(bram, project, "Bellen", owner_member=anna)
    with pytest.raises(ValidationError, match="Alleen Anna de Wit zelf"):
        made.say_no(bram)
    browse(anna).do("projects:say_no", commitment=made.pk)
    for seat in (anna, bram, dora):
        assert "zei nee" in browse(seat).at("projects:commitments").content.decode()
        [line] = [line for line in waiting(seat) if line.note == "Anna de Wit zei nee"]
        assert line.is_for(seat) == (seat == bram)
    assert not [line for line in waiting(anna) if "Neemt u het op u?" in line.note]
    assert "Kies iemand anders" in browse(dora).at("projects:commitment", commitment=made.pk).content.decode()
    made.refresh_from_db()
    assert report.chapters(project)[1].context["rows"][0]["who"] == "Anna de Wit (zei nee)"
    made.change(bram, made.version, owner_member=dora)
    assert (made.owner_word, made.owner_no_at) == ("gevraagd", None)
    made.say_yes(dora)
    with pytest.raises(ValidationError, match="U zei hier al ja op"):
        made.say_no(dora)


def test_the_letter_tells_nothing_of_what_it_is_about(anna, theirs, browse, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        browse(anna).do("projects:ask_owner", {"email": "team@gemeente.example"}, commitment=theirs.pk)
    [letter] = mail.outbox
    html = letter.alternatives[0][0]
    assert letter.to == ["team@gemeente.example"] and letter.subject == "Een vraag van Dialoog: hoe staat het ervoor?"
    link = OwnerLink.objects.get()
    for text in (letter.body, html):
        assert link.url in text and "Beste Teamleider Inkomen" in text
        assert not [word for word in (theirs.what, theirs.because, theirs.client_notices) if word in text]
    # Once a day, and only by the side of the owner.
    with pytest.raises(ValidationError, match="Er ging vandaag al een bericht"):
        OwnerLink.send(anna, theirs, "team@gemeente.example")


def test_the_address_is_for_the_side_of_the_owner(anna, bram, theirs, browse):
    make.owner_link(anna, theirs, "team@gemeente.example")
    assert "team@gemeente.example" in browse(anna).at("projects:commitment", commitment=theirs.pk).content.decode()
    assert "team@gemeente.example" not in browse(bram).at("projects:commitment", commitment=theirs.pk).content.decode()
    with pytest.raises(ValidationError, match="Alleen de kant van de eigenaar"):
        OwnerLink.send(bram, theirs, "ander@gemeente.example")


@pytest.mark.promise("S3")
def test_who_has_the_link_says_how_far_it_is_and_opening_changes_nothing(anna, theirs, anonymous):
    address = path_of(make.owner_link(anna, theirs))
    before = Event.objects.count()
    page = anonymous.get(address)
    assert page.status_code == 200 and theirs.what in page.content.decode() and Event.objects.count() == before
    assert anonymous.post(address, {"status": "failed"}).status_code == 422
    assert anonymous.post(address, {"status": "solved"}).status_code == 422
    told = {"status": "busy", "note": "Twee mensen bellen nu.", "seen": theirs.seen}
    answer = anonymous.post(address, told)
    assert answer.status_code == 200 and "Dank u wel" in answer.content.decode()
    theirs.refresh_from_db()
    assert (theirs.status, theirs.status_reason) == ("busy", "Twee mensen bellen nu.")
    # They were asked and told how far it is: nobody spoke with them before, and it is no yes.
    assert theirs.owner_yes_at is None and "spraken" not in page.content.decode()
    told = Event.objects.filter(thing_id=theirs.pk).order_by("-at").first()
    assert told.by is None and str(told).startswith("Teamleider Inkomen (gemeente) zette ‘Terugbellen’ op ‘Bezig’ en")


@pytest.mark.promise("S3")
def test_a_link_that_ended_looks_like_one_that_never_was(anna, bram, theirs, anonymous):
    link = make.owner_link(anna, theirs)
    address = path_of(link)
    never = anonymous.get("/voortgang/niets.van.dit/")
    token = r'name="csrfmiddlewaretoken"[^>]*'
    plain = lambda answer: (answer.status_code, re.sub(token, "", answer.content.decode()))  # noqa: E731

    def ended(why):
        answers = [anonymous.get(address), anonymous.post(address, {"status": "done"})]
        assert [plain(answer) for answer in answers] == [plain(never)] * 2, why

    link.end(anna)
    ended("revoked")
    OwnerLink.objects.filter(pk=link.pk).update(sent_at=timezone.now() - timedelta(days=2))
    OwnerLink.send(anna, theirs, "team@gemeente.example")
    ended("a newer letter")
    address = path_of(OwnerLink.objects.get())
    assert anonymous.get(address).status_code == 200
    theirs.change(anna, theirs.version, owner_name="Team Communicatie")
    ended("another owner")
    theirs.change(anna, theirs.version, owner_name="Teamleider Inkomen")
    ended("another owner meanwhile")
    OwnerLink.objects.update(ended_at=None)
    assert anonymous.get(address).status_code == 200
    theirs.solve(bram, "Ja, dat merken zij.")
    ended("solved")
    assert Commitment.objects.get().status == "done" and not Event.objects.filter(by=None).exists()


@pytest.mark.promise("S5")
def test_who_leaves_keeps_no_way_back_through_a_link_they_sent_themselves(anna, joost, bram, theirs, anonymous, browse):
    link = make.owner_link(joost, theirs, "joost@elders.example")
    address, page = path_of(link), {"commitment": theirs.pk}
    asks = lambda seat: [line for line in waiting(seat) if "Teamleider Inkomen opnieuw" in line.title]  # noqa: E731
    assert anonymous.get(address).status_code == 200 and not asks(anna)
    joost.leave(anna)
    assert anonymous.get(address).status_code == anonymous.post(address, {"status": "done"}).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        assert daily.ask_owners_again() == 0
    assert "Joost Kramer zit niet meer aan tafel" in browse(anna).at("projects:commitment", **page).content.decode()
    assert asks(anna) and not asks(bram)
    # Somebody else of the side asks, the same day if need be.
    browse(anna).do("projects:ask_owner", {"email": "team@gemeente.example"}, **page)
    assert anonymous.get(address).status_code == 404 and not asks(anna)
    assert anonymous.get(path_of(OwnerLink.objects.get())).status_code == 200


@pytest.mark.promise("S5", control=True)
def test_if_the_link_did_not_ask_who_sent_it_the_way_back_would_be_open(anna, joost, theirs, anonymous, monkeypatch):
    address = path_of(make.owner_link(joost, theirs, "joost@elders.example"))
    joost.leave(anna)
    monkeypatch.setattr(type(joost), "is_active", True)
    assert anonymous.get(address).status_code == 200


@pytest.mark.promise("S5")
def test_a_link_ends_when_the_operator_closes_the_account_of_who_sent_it(anna, theirs, anonymous):
    address = path_of(make.owner_link(anna, theirs))
    assert anonymous.get(address).status_code == 200
    close_account(anna)
    assert anonymous.get(address).status_code == anonymous.post(address, {"status": "done"}).status_code == 404
    assert OwnerLink.objects.lapsed().exists()


@pytest.mark.promise("S1")
def test_who_answers_for_a_function_of_the_other_side_is_known_by_the_side_that_asked(anna, bram, theirs, anonymous):
    Commitment.objects.update(owner_yes_at=timezone.now())
    theirs.change(bram, theirs.version, owner_party="council")
    assert theirs.owner_yes_at is None
    address = path_of(OwnerLink.send(bram, theirs, "bram@thuis.example"))
    anonymous.post(address, {"status": "busy", "note": "Geen zin.", "seen": theirs.seen})
    theirs.change(bram, theirs.version, owner_party="municipality")
    told = {str(line) for line in Event.objects.visible_to(anna).about(theirs)}
    council, municipality = "Teamleider Inkomen (cliëntenraad)", "Teamleider Inkomen (gemeente)"
    assert f"{council} zette ‘Terugbellen’ op ‘Bezig’ en schreef: Geen zin." in told
    assert f"Bram Hoekstra koos wie dit doet: eerst {municipality}, nu {council}" in told
    assert f"Bram Hoekstra koos wie dit doet: eerst {council}, nu {municipality}" in told


def test_taking_the_link_back_sends_no_more_letters_than_a_mailbox_bears(anna, theirs):
    for _ in range(LettersToday.MOST):
        OwnerLink.send(anna, theirs, "team@gemeente.example").end(anna)
    with pytest.raises(ValidationError, match="vandaag al drie berichten"):
        OwnerLink.send(anna, theirs, "Team@gemeente.example")


@pytest.mark.promise("S3")
def test_a_link_takes_a_few_answers_a_day_and_no_more(anna, theirs, anonymous):
    link = make.owner_link(anna, theirs)
    told = {"status": "busy", "seen": theirs.seen}
    codes = [anonymous.post(path_of(link), told).status_code for _ in range(7)]
    assert codes == [200] * OwnerLink.MOST_A_DAY + [429] * 2
    OwnerLink.objects.update(told_on=timezone.localdate() - timedelta(days=1))
    assert anonymous.post(path_of(link), told | {"status": "done"}).status_code == 200


def test_an_owner_without_an_account_is_asked_again_neutrally_and_once_in_two_weeks(anna, bram, theirs, anonymous):
    make.owner_link(anna, theirs, "team@gemeente.example")
    other = make.commitment(bram, theirs.project, "Brieven herschrijven", due=theirs.due)
    make.owner_link(anna, other, "team@gemeente.example")
    day = lambda when: time_machine.travel(timezone.now() + timedelta(days=when))  # noqa: E731
    asked = []
    # The day lies sixty days ahead: a week before it the first letter goes, then one in two weeks, for both things.
    for when in (1, 30, 52, 54, 55, 60, 67, 69, 70):
        with day(when):
            asked.append(daily.ask_owners_again())
    assert asked == [0, 0, 0, 1, 0, 0, 0, 1, 0]
    letter, html = mail.outbox[0], mail.outbox[0].alternatives[0][0]
    assert letter.subject == "Een vraag van Dialoog: hoe staat het ervoor?"
    assert "List-Unsubscribe" in letter.extra_headers
    for text in (letter.body, html):
        assert "De dag die erbij staat, komt dichterbij of is geweest." in text
        assert not [word for word in (theirs.what, other.what, theirs.client_notices) if word in text]
    # A mail program switches it off by itself; opening the page alone does not.
    stops = [re.search(r"/voortgang/\S+/stoppen/", one.body)[0] for one in mail.outbox]
    with day(71):
        assert "Zet de berichten uit" in anonymous.get(stops[0]).content.decode()
        for stop in stops:
            assert "U krijgt geen berichten meer" in anonymous.post(stop).content.decode()
        # Answering goes on, and letters come again only when the owner says so.
        assert anonymous.get(stops[0].removesuffix("stoppen/")).status_code == 200
        with pytest.raises(ValidationError, match="wil men hierover geen berichten"):
            OwnerLink.send(anna, other, "team@gemeente.example")
    with day(90):
        assert daily.ask_owners_again() == 0
        assert "Geen berichten meer?" in anonymous.post(stops[0], {"again": "ja"}).content.decode()
        assert daily.ask_owners_again() == 1


def test_who_told_how_far_it_is_or_is_done_is_not_asked_again(anna, theirs):
    link = make.owner_link(anna, theirs)
    with time_machine.travel(timezone.now() + timedelta(days=55)):
        link.tell("busy", "Wij bellen.")
        assert daily.ask_owners_again() == 0
    with time_machine.travel(timezone.now() + timedelta(days=58)):
        theirs.refresh_from_db()
        theirs.told_by_owner("done", "")
    with time_machine.travel(timezone.now() + timedelta(days=75)):
        assert daily.ask_owners_again() == 0


@pytest.mark.promise("S3", control=True)
def test_a_link_of_another_kind_opens_nothing_here(anna, bram, theirs, anonymous):
    link = make.owner_link(anna, theirs)
    pledge = make.pledge(anna, theirs.project, bram)
    assert anonymous.get("/voortgang/" + pledge.url.rstrip("/").split("/")[-1] + "/").status_code == 404
    assert anonymous.get("/voortgang/" + link.number.hex + "/").status_code == 404
    assert anonymous.get(path_of(link)).status_code == 200


@pytest.fixture
def link(anna, theirs):
    """The letter to the owner went twenty days ago."""
    OwnerLink.send(anna, theirs, "team@oosterhage.example")
    OwnerLink.objects.update(sent_at=timezone.now() - timedelta(days=20))
    return OwnerLink.objects.get()


def test_a_link_that_was_taken_back_while_a_reminder_failed_stays_ended(anna, link, monkeypatch):
    def fail(self):
        OwnerLink.objects.get().end(anna)
        raise OSError("the mail server is away")

    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", fail)
    assert link.remind() is False
    assert OwnerLink.objects.get().ended_at


def test_who_stopped_after_the_list_was_made_gets_no_letter(link, mailoutbox):
    OwnerLink.objects.get().hush()
    assert link.remind() is False and mailoutbox == []


def test_a_link_from_a_letter_stands_in_no_line_of_the_log(anna, theirs, anonymous):
    address, lines = path_of(OwnerLink.send(anna, theirs, "team@oosterhage.example")), io.StringIO()
    console = logging.StreamHandler(lines)
    for name in settings.LOGGING["handlers"]["console"]["filters"]:
        console.addFilter(settings.LOGGING["filters"][name]["callback"])
    logging.getLogger("django.request").addHandler(console)
    assert anonymous.post(address, {}).status_code == 422
    logging.getLogger("django.request").removeHandler(console)
    assert "/voortgang/…/" in lines.getvalue() and address not in lines.getvalue()


def test_who_wants_no_letters_gets_none_at_the_same_address_with_a_capital(anna, theirs):
    OwnerLink.send(anna, theirs, "jan@elders.example").hush()
    OwnerLink.objects.update(sent_at=timezone.now() - timedelta(days=3))
    with pytest.raises(ValidationError, match="wil men hierover geen berichten"):
        OwnerLink.send(anna, theirs, "Jan@elders.example")


def test_who_wants_no_letters_gets_none_by_way_of_another_address(anna, theirs):
    OwnerLink.send(anna, theirs, "jan@elders.example").hush()
    OwnerLink.objects.get().end(anna)
    OwnerLink.send(anna, theirs, "piet@elders.example").end(anna)
    with pytest.raises(ValidationError, match="wil men hierover geen berichten"):
        OwnerLink.send(anna, theirs, "Jan@elders.example")


def test_a_form_that_was_under_way_when_the_link_was_taken_back_tells_nothing(anna, theirs):
    link = OwnerLink.send(anna, theirs, "jan@elders.example")
    under_way = OwnerLink.by_number(link.number)
    link.end(anna)
    with pytest.raises(ValidationError, match="Deze link werkt niet meer"):
        under_way.tell("busy", "Het loopt.")


def test_the_owner_reads_what_they_just_answered(anna, theirs, anonymous):
    link = OwnerLink.send(anna, theirs, "jan@elders.example")
    thanked = anonymous.post(path_of(link), {"status": "busy", "note": "Het loopt.", "seen": link.commitment.seen})
    assert "op ‘Bezig’ staat" in thanked.content.decode()


def test_a_yes_that_is_missing_is_seen_by_who_asked_and_by_who_helps(anna, bram, dora, project, browse):
    asked = Commitment.agree(
        dora, project, what="De regels naast elkaar leggen", because="Net niet", owner_member=bram, helper=anna,
        due=timezone.localdate() + timedelta(days=9), client_notices="Eén lijst.",
    )  # fmt: skip
    told = {
        seat: [(line.note, line.is_for(seat)) for line in waiting(seat) if line.title == asked.what]
        for seat in (bram, dora, anna)
    }
    missing = ("afspraak, gevraagd aan Bram Hoekstra: nog geen ja", False)
    together = ("afspraak, samen met Bram Hoekstra", True)
    assert told == {
        bram: [("Dora Vermeulen schreef dit voor u op. Neemt u het op u?", True)],
        dora: [missing],
        anna: [missing, together],
    }
    assert asked.what in browse(anna).at("projects:tasks").content.decode()
    asked.say_yes(bram)
    assert [line.note for line in waiting(dora) if line.title == asked.what] == [
        "afspraak, Bram Hoekstra en Anna de Wit"
    ]
    assert [line.note for line in waiting(bram) if line.title == asked.what] == ["afspraak, samen met Anna de Wit"]


def test_words_that_change_after_the_signing_never_pass_for_the_signed_ones(anna, bram, project, browse):
    made = Commitment.agree(
        bram, project, what="Terugbellen", because="Steeds wachten", owner_member=anna,
        due=timezone.localdate() + timedelta(days=60), client_notices="Binnen twee dagen.",
    )  # fmt: skip
    made.write(bram, made.version, client_notices="U hoort het binnen twee dagen.")
    project.note_fact("report_signed", bram)
    made = Commitment.objects.get()
    assert made.signed_words() == []
    made.write(anna, made.version, client_notices="U hoort het als het kan.")
    page = words(browse(bram).at("projects:commitment", commitment=made.pk))
    assert Commitment.objects.get().signed_words() == ["U hoort het binnen twee dagen."]
    assert "Zo is het getekend‘U hoort het binnen twee dagen.’" in page


def test_a_day_that_both_sides_signed_moves_with_a_reason_and_the_yes_of_both(anna, bram, dora, project, browse):
    kept = make.commitment(bram, project, owner_member=anna, owner_yes_at=timezone.now(), days=-11)
    was, due = kept.due, timezone.localdate() + timedelta(days=365)
    form = {
        "what": kept.what, "because": kept.because, "owner_member": str(anna.pk), "due": due.isoformat(),
        "client_notices": kept.client_notices, "version": kept.version,
    }  # fmt: skip
    # Before it was signed a day is picked as always.
    assert "Waarom een andere dag?" not in words(browse(anna).at("projects:change_commitment", commitment=kept.pk))
    project.note_fact("report_signed", bram)
    refused = browse(anna).do("projects:change_commitment", form, commitment=kept.pk)
    assert (refused.status_code, "Schrijf op waarom de dag verandert." in words(refused)) == (422, True)
    form["due_reason"] = "Het systeem komt later."
    browse(anna).do("projects:change_commitment", form, commitment=kept.pk)
    kept = Commitment.objects.get()
    # The side that asked cannot say yes for the other, and until then the day stands as it was signed.
    assert (kept.due, kept.state) == (was, "late")
    for page in ("projects:commitments", "projects:commitment"):
        which = {"commitment": kept.pk} if page == "projects:commitment" else {}
        assert "De cliëntenraad zei daar nog geen ja op." in words(browse(dora).at(page, **which))
    [asked] = [line for line in waiting(dora) if line.title.startswith("Ja of nee tegen een andere dag")]
    assert asked.is_for(dora) and not asked.is_for(anna)
    answer = {"answer": "yes", "seen": kept.seen}
    alone = browse(anna).do("projects:answer_due", answer, commitment=kept.pk)
    assert (alone.status_code, "zegt de andere kant ja of nee" in words(alone)) == (422, True)
    stale = browse(dora).do("projects:answer_due", {"answer": "yes"}, commitment=kept.pk)
    assert "De tekst is net veranderd." in words(stale)
    browse(dora).do("projects:answer_due", answer, commitment=kept.pk)
    kept = Commitment.objects.get()
    assert (kept.due, kept.first_due, kept.asked_due, kept.is_asked) == (due, was, None, False)
    told = "Verschoven, omdat: Het systeem komt later."
    assert told in words(browse(dora).at("projects:commitments"))
    assert told in report._row(kept, public=False)["due_story"][0]
    # A no leaves it as it is.
    form |= {"due": (due + timedelta(days=9)).isoformat(), "version": kept.version}
    browse(anna).do("projects:change_commitment", form, commitment=kept.pk)
    browse(dora).do("projects:answer_due", {"answer": "no", "seen": Commitment.objects.get().seen}, commitment=kept.pk)
    kept = Commitment.objects.get()
    assert (kept.due, kept.asked_due) == (due, None)
    assert not [line for line in waiting(dora) if line.title.startswith("Ja of nee tegen een andere dag")]
