"""Who comes to the table and who leaves: each side decides about its own people."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dialoog.accounts.models import User
from dialoog.letters import LettersToday
from dialoog.partnerships.models import Event, Invitation, Member, Partnership
from tests import make as people
from tests.partnerships import make

pytestmark = pytest.mark.usefixtures("posted")


@pytest.fixture
def posted(django_capture_on_commit_callbacks):
    """Letters leave at the end of a request; in a test, at the end of each block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def invited(bram, browse, posted):
    """Bram has invited Erik, and the letter is in the post."""
    with posted():
        browse(bram).do("partnerships:invite", {"email": "Erik@example.org", "party": "council", "function": "lid"})
    return make.link()


def test_erik_gets_a_letter_that_says_nothing_about_the_table(invited, table):
    (letter,) = mail.outbox
    words = letter.subject + letter.body + letter.alternatives[0].content
    assert letter.to == ["erik@example.org"]
    assert "Bram Hoekstra nodigt u uit" in words
    assert not {"Oosterhage", "raad", "gemeente"} & set(words.replace(",", " ").split())
    assert table.slug not in words


def test_erik_takes_his_seat_with_a_name_and_is_inside(invited, anonymous, bram):
    assert "Kom aan tafel" in anonymous.get(invited).content.decode()
    entered = anonymous.post(invited, {"name": "Erik Jonker"})
    erik = Member.objects.get(user__name="Erik Jonker")
    assert (entered["Location"], erik.party, erik.function) == (erik.url("handover"), "council", "lid")
    assert "Welkom aan tafel" in anonymous.get(entered["Location"]).content.decode()
    assert "Erik Jonker" in Event.objects.visible_to(bram).about(erik).get().by.name


def test_a_letter_works_once(invited, anonymous, browse):
    anonymous.post(invited, {"name": "Erik Jonker"})
    again = browse().post(invited, {"name": "Iemand Anders"})
    assert again.status_code == 404
    assert "werkt niet meer" in again.content.decode()
    assert not User.objects.filter(name="Iemand Anders").exists()


def test_a_letter_works_for_72_hours(invited, anonymous):
    offer = Invitation.objects.get()
    offer.invited_at = timezone.now() - timedelta(hours=71, minutes=59)
    offer.save()
    assert anonymous.get(invited).status_code == 200
    offer.invited_at = timezone.now() - timedelta(hours=72, minutes=1)
    offer.save()
    assert anonymous.get(invited).status_code == 404


def test_a_mail_scanner_that_opens_the_link_uses_nothing_up(invited, anonymous, browse):
    for _ in range(3):
        browse().get(invited)
    assert anonymous.post(invited, {"name": "Erik Jonker"}).status_code == 302


def test_a_letter_is_bound_to_its_address(invited, browse, chris):
    answer = browse(chris).post(invited, {"name": "Chris"})
    assert answer.status_code == 403
    assert "voor een ander e-mailadres" in answer.content.decode()
    assert not Member.objects.filter(partnership__slug="oosterhage", user=chris.user).exists()


def test_who_has_an_account_logs_in_first_and_then_takes_the_seat(bram, chris, browse, anonymous, posted):
    with posted():
        make.invitation(bram, chris.user.email)
    asked = anonymous.get(make.link())
    assert asked["Location"] == f"/inloggen/?next={make.link()}"
    browser = browse(chris)
    assert browser.post(make.link())["Location"] == f"/oosterhage/{'overdracht/'}"
    assert {seat.partnership.slug for seat in chris.user.seats.all()} == {"oosterhage", "nieuwerdam"}
    assert "Aan welke tafel" in browser.get("/").content.decode()


def test_bram_takes_an_invitation_back_and_the_letter_stops_working(invited, bram, browse, anonymous):
    offer = Invitation.objects.get()
    browse(bram).do("partnerships:withdraw_invitation", invitation=offer.pk)
    assert anonymous.get(invited).status_code == 404


def test_the_letter_of_an_account_that_the_operator_closed_gives_no_seat(invited, bram, anonymous):
    people.close_account(bram)
    assert anonymous.get(invited).status_code == 404


def test_a_second_letter_replaces_the_first(invited, bram, browse, anonymous, posted):
    with posted():
        browse(bram).do("partnerships:invite_again", invitation=Invitation.objects.get().pk)
    assert len(mail.outbox) == 2
    assert anonymous.get(invited).status_code == 404
    assert anonymous.get(make.link()).status_code == 200


def test_a_coordinator_does_not_fill_a_mailbox_with_invitations(bram, anna):
    offer = make.invitation(bram, "Erik@example.org")
    for _ in range(LettersToday.MOST - 1):
        offer.again(bram)
    for act in (offer.again, lambda seat: make.invitation(seat, "erik@example.org")):
        with pytest.raises(ValidationError, match="vandaag al drie berichten"):
            act(bram)
    # The other side learns nothing of it, and what the mail server refused does not count.
    make.invitation(anna, "erik@example.org", party="neutral")
    LettersToday(bram, "erik@example.org").give_back()
    offer.again(bram)


def test_a_double_click_sends_one_letter(bram, browse, posted):
    page = browse(bram).at("partnerships:invite").content.decode()
    key = page.split('name="key" value="')[1].split('"')[0]
    sent = {"email": "erik@example.org", "party": "council", "key": key}
    with posted():
        for _ in range(3):
            assert browse(bram).do("partnerships:invite", sent).status_code == 302
    assert (Invitation.objects.count(), len(mail.outbox)) == (1, 1)


def test_anna_does_not_see_whom_bram_invites_and_bram_does(invited, anna, bram, browse):
    seen = browse(anna).at("partnerships:members").content.decode()
    assert "erik@" not in seen and "nodigde iemand uit" not in seen
    mine = browse(bram).at("partnerships:members").content.decode()
    assert "erik@example.org" in mine and "nodigde iemand uit" in mine


def test_bram_cannot_invite_somebody_for_the_municipality(bram, browse, table):
    answer = browse(bram).do("partnerships:invite", {"email": "x@example.org", "party": "municipality"})
    assert answer.status_code == 422
    with pytest.raises(ValidationError, match="alleen mensen van uw eigen kant"):
        Invitation(partnership=table, email="x@example.org", party="municipality").invite(bram)
    assert not Invitation.objects.exists()


def test_one_account_has_one_side_at_a_table(bram, anna, browse):
    answer = browse(bram).do("partnerships:invite", {"email": anna.user.email, "party": "council"})
    assert answer.status_code == 422
    assert "Eén account heeft één kant" in answer.content.decode()


def test_who_left_comes_back_with_the_same_account(anna, gone, browse, posted):
    with posted():
        make.invitation(anna, gone.user.email)
    assert browse(gone).post(make.link()).status_code == 302
    assert gone.user.seats.active().get().party == "municipality"


def test_bram_says_goodbye_to_dora_and_what_she_did_stays(bram, dora, browse):
    Event.record(dora, "legde een kaartje klaar")
    dora_browser = browse(dora)
    assert "Ja, neem afscheid" in browse(bram).at("partnerships:say_goodbye", member=dora.pk).content.decode()
    browse(bram).do("partnerships:say_goodbye", member=dora.pk)
    assert dora_browser.at("start").status_code == 404
    assert "Dora Vermeulen" in {event.by.name for event in Event.objects.visible_to(bram)}


def test_anna_cannot_send_dora_away(anna, dora, browse):
    assert browse(anna).do("partnerships:say_goodbye", member=dora.pk).status_code == 403
    assert Member.objects.get(pk=dora.pk).is_active


def test_a_side_keeps_a_coordinator(bram, dora, browse):
    refused = browse(bram).do("partnerships:say_goodbye", member=bram.pk)
    assert refused.status_code == 422
    assert "Maak eerst iemand anders coördinator" in refused.content.decode()
    stepped_down = browse(bram).do("partnerships:member", {"function": "lid"}, member=bram.pk)
    assert stepped_down.status_code == 422
    browse(bram).do("partnerships:member", {"function": "lid", "is_coordinator": "on"}, member=dora.pk)
    assert browse(bram).do("partnerships:say_goodbye", member=bram.pk)["Location"] == "/"
    assert browse(dora).at("partnerships:invite").status_code == 200


def test_joost_may_decide_once_anna_says_so(anna, joost, browse):
    Member.objects.get(pk=joost.pk).manage(anna, function="teamleider", can_decide=False, is_coordinator=False)
    browse(anna).do("partnerships:member", {"function": "manager", "can_decide": "on"}, member=joost.pk)
    joost.refresh_from_db()
    assert (joost.function, joost.can_decide, joost.is_coordinator) == ("manager", True, False)


def test_dora_changes_how_she_is_called(dora, browse, bram):
    browse(dora).do("partnerships:profile", {"name": "Dora Vermeulen-Bos", "function": "penningmeester"})
    seen = browse(bram).at("partnerships:members").content.decode()
    assert "Dora Vermeulen-Bos" in seen and "penningmeester" in seen


@pytest.mark.parametrize("name", ["Anna de Wit", " bram  HOEKSTRA", "Bräm-Hoekstra."])
def test_dora_does_not_take_the_name_of_somebody_at_the_table(dora, anna, bram, browse, name):
    answer = browse(dora).do("partnerships:profile", {"name": name})
    assert answer.status_code == 422 and "Zo heet al iemand aan tafel" in answer.content.decode()
    dora.user.refresh_from_db()
    assert dora.name == "Dora Vermeulen"


@pytest.mark.promise("P6")
def test_who_takes_a_new_name_is_told_at_every_table_and_the_old_one_stays_theirs(dora, bram, browse, chris):
    there = Member.objects.create(partnership=chris.partnership, user=dora.user, party="council")
    browse(dora).do("partnerships:profile", {"name": "Jan Jansen"})
    told = "heet nu Jan Jansen (eerst Dora Vermeulen)"
    assert told in browse(bram).at("partnerships:members").content.decode()
    assert Event.objects.visible_to(chris).about(there).get().sentence == told
    browse(dora).do("partnerships:profile", {"name": "Jan Jansen", "function": "lid"})
    assert Event.objects.filter(sentence=told).count() == 2


def test_erik_does_not_come_in_under_the_name_of_who_left(invited, anonymous, dora):
    dora.leave(dora)
    answer = anonymous.post(invited, {"name": "Dora Vermeulen"})
    assert answer.status_code == 422 and "Zo heet al iemand aan tafel" in answer.content.decode()
    with pytest.raises(ValidationError):
        Invitation.objects.get().accept(name="dora vermeulen")
    assert anonymous.post(invited, {"name": "Erik Jonker"}).status_code == 302


def test_a_letter_that_cannot_be_sent_says_so_and_can_be_sent_again(bram, browse, posted, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with posted():
        answer = browse(bram).do("partnerships:invite", {"email": "erik@example.org", "party": "council"})
    assert answer.status_code == 302
    assert "nog niet verstuurd" in browse(bram).at("partnerships:members").content.decode()


def test_a_long_list_of_people_asks_as_little_as_a_short_one(bram, browse, table, django_assert_num_queries):
    browser = browse(bram)
    with CaptureQueriesContext(connection) as few:
        browser.at("partnerships:members")
    for number in range(30):
        people.council(table, f"lid{number} Janssen")
        make.invitation(bram, f"uitgenodigd{number}@example.org")
    with django_assert_num_queries(len(few)):
        page = browser.at("partnerships:members").content.decode()
    assert "lid29 Janssen" in page and "uitgenodigd29@example.org" in page


def test_the_operator_opens_a_table_and_has_no_seat(posted, db, anonymous):
    names = {"council": "Adviesraad Wmo", "municipality": "Gemeente Waterland", "controller": "het college"}
    emails = {"council_coordinator": "els@example.org", "municipality_coordinator": "ton@example.org"}
    with posted():
        call_command("opentable", "waterland", **names, **emails)
    assert sorted(letter.to[0] for letter in mail.outbox) == ["els@example.org", "ton@example.org"]
    assert not Member.objects.exists()
    letter = next(letter for letter in mail.outbox if letter.to == ["els@example.org"])
    anonymous.post(make.link(letter), {"name": "Els Boom"})
    els = Member.objects.get()
    assert (els.party, els.is_coordinator, els.partnership.council_name) == ("council", True, "Adviesraad Wmo")


def test_the_operator_cannot_give_one_person_both_sides(db):
    names = {"council": "Raad", "municipality": "Gemeente", "controller": "het college"}
    emails = {"council_coordinator": "els@example.org", "municipality_coordinator": "ELS@example.org"}
    with pytest.raises(CommandError, match="one side"):
        call_command("opentable", "waterland", **names, **emails)
    assert not Partnership.objects.exists()
