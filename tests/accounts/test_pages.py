"""Logging in: by code or password, in Dutch, throttled, and as an invented person in a try-out only."""

import importlib
import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import clear_url_caches, get_resolver, reverse
from django.utils import timezone

import dialoog.urls
from dialoog.accounts.models import User
from dialoog.partnerships.models import Member
from tests import make


@pytest.fixture(autouse=True)
def no_earlier_tries():
    """Each test begins with nobody having tried to log in."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def bram_with_password(bram):
    bram.user.set_password(make.PASSWORD)
    bram.user.save()
    return bram


def code_in(letter):
    return re.search(r"^\S{6,}$", letter.body, re.M)[0]


def test_bram_logs_in_with_a_code_and_lands_where_he_wanted_to_be(bram, anonymous):
    wanted = bram.url("start")
    asked = anonymous.post("/inloggen/code/", {"email": "BRAM@oosterhage.example", "next": wanted})
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["bram@oosterhage.example"], "Uw code om in te loggen")
    assert "Oosterhage" not in letter.body + letter.subject
    entered = anonymous.post(asked["Location"], {"code": code_in(letter), "next": wanted})
    assert entered["Location"] == wanted
    assert "Bram Hoekstra" in anonymous.get(wanted).content.decode()


def test_a_code_works_for_nobody_who_guesses(bram, anonymous):
    asked = anonymous.post("/inloggen/code/", {"email": bram.user.email})
    answer = anonymous.post(asked["Location"], {"code": "AAAAAA"})
    assert "Deze code klopt niet" in answer.content.decode()
    assert anonymous.get(bram.url("start")).status_code == 302


def test_a_stranger_is_told_the_same_as_bram_and_gets_no_letter(bram, anonymous, browse):
    stranger, known = browse(), anonymous
    answers = [
        browser.post("/inloggen/code/", {"email": email}, follow=True)
        for browser, email in ((known, bram.user.email), (stranger, "vreemd@example.org"))
    ]
    texts = [re.sub(r'value="[^"]{20,}"|\S+@\S+', "", answer.content.decode()) for answer in answers]
    assert texts[0] == texts[1]
    assert [letter.to for letter in mail.outbox] == [[bram.user.email]]


def test_bram_logs_in_with_his_password(bram_with_password, anonymous):
    entered = anonymous.post("/inloggen/", {"login": bram_with_password.user.email, "password": make.PASSWORD})
    assert entered.status_code == 302
    assert "Bram Hoekstra" in anonymous.get(bram_with_password.url("start")).content.decode()


def test_a_wrong_password_gets_a_sentence_that_helps(bram_with_password, anonymous):
    answer = anonymous.post("/inloggen/", {"login": bram_with_password.user.email, "password": "iets anders"})
    assert "horen niet bij elkaar. Probeer het opnieuw, of vraag een code aan." in answer.content.decode()


@pytest.mark.promise("S5")
def test_guessing_a_password_is_slowed_down_and_bram_still_gets_in_with_a_code(bram_with_password, anonymous, browse):
    wrong = {"login": bram_with_password.user.email, "password": "geraden"}
    answers = [anonymous.post("/inloggen/", wrong).content.decode() for _ in range(6)]
    assert ["te vaak" in answer for answer in answers] == [False] * 5 + [True]
    himself = browse()
    asked = himself.post("/inloggen/code/", {"email": bram_with_password.user.email})
    himself.post(asked["Location"], {"code": code_in(mail.outbox[-1])})
    assert himself.get(bram_with_password.url("start")).status_code == 200


def test_nobody_makes_an_account_without_an_invitation(anonymous, db):
    for address in ("/inloggen/signup/", "/inloggen/aanmelden/", "/accounts/signup/"):
        assert anonymous.post(address, {"email": "ik@example.org", "password1": make.PASSWORD}).status_code == 404
    assert not User.objects.exists()


@pytest.mark.promise("S5")
def test_a_removed_member_is_out_on_the_next_request(joost, browse):
    browser = browse(joost)
    assert browser.at("start").status_code == 200
    joost.active_to = joost.active_from
    joost.save()
    assert browser.at("start").status_code == 404


@pytest.mark.promise("S5")
def test_a_password_with_a_second_step_is_not_enough_alone(bram_with_password, anonymous):
    secret = make.second_step(bram_with_password.user)
    half = anonymous.post("/inloggen/", {"login": bram_with_password.user.email, "password": make.PASSWORD})
    assert half["Location"] == reverse("mfa_authenticate")
    assert anonymous.get(bram_with_password.url("start")).status_code == 302
    refused = anonymous.post(half["Location"], {"code": "000000"})
    assert "Kijk nog eens in de app op uw telefoon" in refused.content.decode()
    anonymous.post(half["Location"], {"code": make.code_of(secret)})
    assert anonymous.get(bram_with_password.url("start")).status_code == 200


def test_the_pages_of_the_second_step_open_for_bram(bram, browse):
    browser = browse(bram)
    for name in ("mfa_index", "mfa_activate_totp", "account_set_password", "account_logout"):
        page = browser.get(reverse(name)).content.decode()
        assert "<h1" in page and "Bram" not in page.split("<h1")[0].split("</title>")[0]


@pytest.fixture
def try_out(settings):
    """The front door as it is in a try-out."""
    settings.DEMO = True
    importlib.reload(dialoog.urls)
    clear_url_caches()
    yield
    settings.DEMO = False
    importlib.reload(dialoog.urls)
    clear_url_caches()


def test_in_a_try_out_one_walks_in_as_an_invented_person(try_out, db, anonymous):
    table = make.partnership("oosterhage", is_demo=True)
    bram = make.council(table, function="voorzitter")
    real = make.council(make.partnership("echt"), "Evelien Echt")
    page = anonymous.get("/inloggen/").content.decode()
    assert "Bram Hoekstra" in page and "voorzitter" in page and "Evelien" not in page
    assert anonymous.post("/inloggen/als/", {"person": real.pk}).status_code == 404
    assert anonymous.post("/inloggen/als/", {"person": bram.pk})["Location"] == bram.url("start")
    assert "Bram Hoekstra" in anonymous.get(bram.url("start")).content.decode()


@pytest.mark.promise("S5")
def test_who_also_sits_at_a_real_table_is_no_button(try_out, db, anonymous):
    table, real = make.partnership("oosterhage", is_demo=True), make.partnership("echt")
    make.council(table)
    dora = make.council(table, "Dora Vermeulen")
    at_home = Member.objects.create(partnership=real, user=dora.user, party=dora.party)
    for left in (None, timezone.now()):
        at_home.active_to = left
        at_home.save()
        page = anonymous.get("/inloggen/").content.decode()
        assert "Bram Hoekstra" in page and "Dora" not in page
        assert anonymous.post("/inloggen/als/", {"person": dora.pk}).status_code == 404


def test_outside_a_try_out_nobody_walks_in_as_somebody_else(db, anonymous):
    table = make.partnership("oosterhage", is_demo=True)
    bram = make.council(table, function="voorzitter")
    assert "Bram" not in anonymous.get("/inloggen/").content.decode()
    assert anonymous.post("/inloggen/als/", {"person": bram.pk}).status_code == 404
    assert "log_in_as" not in {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert anonymous.get(bram.url("start")).status_code == 302


@pytest.mark.parametrize("sent", ['"aaaaaaaaaaaa\\000bbbb"', "a" * 5000, '"\\377\\376aaaaaaaaaa"', "é" * 20])
def test_a_session_cookie_with_odd_signs_is_no_session(db, anonymous, sent):
    assert anonymous.get("/inloggen/", HTTP_COOKIE=f"sessionid={sent}; __Host-session={sent}").status_code == 200


def test_of_long_addresses_nothing_is_kept(monkeypatch):
    asgi = importlib.import_module("dialoog.asgi")
    resolver = get_resolver()
    monkeypatch.setitem(resolver.__dict__, "resolve", None)
    known = asgi.remember_addresses()
    for number in range(3):
        resolver.resolve(f"/voortgang/{'a' * 1000}{number}/")
    assert known.cache_info().currsize == 0
    resolver.resolve("/hulp/")
    assert known.cache_info().currsize == 1
