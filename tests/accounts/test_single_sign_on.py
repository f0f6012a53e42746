"""Logging in with the account of the municipality: for its own people, by an address it verified, and nothing more."""

from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured

from dialoog import settings as own_settings
from dialoog.accounts.models import User
from dialoog.partnerships.models import Member
from tests import make
from tests.accounts import provider as oidc

pytestmark = pytest.mark.django_db
REFUSED = "Zo kunt u hier niet inloggen"


@pytest.fixture
def elsewhere(settings, monkeypatch):
    with oidc.running() as provider:
        for name, value in (("URL", provider.url), ("CLIENT", "dialoog"), ("SECRET", "geheim"), ("NAME", "Oosterhage")):
            monkeypatch.setenv(f"DIALOOG_OIDC_{name}", value)
        settings.SOCIALACCOUNT_PROVIDERS = own_settings.single_sign_on()
        yield provider


def come_back(browser, provider, email, verified=True, **claims):
    """Go to the municipality's login as this person, and come back with what it says."""
    provider.claims = {"sub": f"id-{email}", "email": email, "email_verified": verified, "name": "Iemand", **claims}
    start = browser.get("/inloggen/gemeente/", {"next": "/"})
    assert start["Location"].startswith(f"{provider.url}/authorize?")
    back = requests.get(start["Location"], allow_redirects=False, timeout=5).headers["Location"]
    parts = urlsplit(back)
    assert parts.path == "/inloggen/gemeente/terug/"
    return browser.get(f"{parts.path}?{parts.query}")


@pytest.mark.promise("S5")
def test_anna_logs_in_with_the_account_of_her_municipality(elsewhere, anna, anonymous):
    assert "Log in via Oosterhage" in anonymous.get("/inloggen/").content.decode()
    assert come_back(anonymous, elsewhere, anna.user.email)["Location"] == "/"
    assert "Anna de Wit" in anonymous.get(anna.url("start")).content.decode()
    # Nothing stays behind that could let somebody in later by another address.
    assert not SocialAccount.objects.exists()


@pytest.mark.promise("S5")
def test_a_login_elsewhere_lets_nobody_in_as_a_member_of_the_council(elsewhere, anna, bram, nico, browse):
    for seat in (bram, nico):
        browser = browse()
        answer = come_back(browser, elsewhere, seat.user.email)
        assert answer.status_code == 403 and REFUSED in answer.content.decode()
        assert browser.get(seat.url("start")).status_code == 302
    assert come_back(browse(), elsewhere, anna.user.email).status_code == 302


@pytest.mark.promise("S5", control=True)
def test_without_that_rule_the_municipality_could_be_bram(elsewhere, bram, anonymous, monkeypatch):
    monkeypatch.setattr(type(Member.objects), "only_for", lambda self, user, party: True)
    come_back(anonymous, elsewhere, bram.user.email)
    assert anonymous.get(bram.url("start")).status_code == 200


@pytest.mark.promise("S5")
def test_a_login_elsewhere_makes_no_account_and_no_seat(elsewhere, anna, gone, browse):
    there = User.objects.count(), Member.objects.count()
    for email, verified in (
        ("nieuw@oosterhage.example", True),
        (gone.user.email, True),
        (anna.user.email, False),
        (anna.user.email, "false"),
    ):
        answer = come_back(browse(), elsewhere, email, verified)
        assert answer.status_code == 403 and REFUSED in answer.content.decode()
    assert (User.objects.count(), Member.objects.count()) == there


def test_of_the_named_domains_the_word_is_enough(elsewhere, anna, anonymous, settings, monkeypatch):
    monkeypatch.setenv("DIALOOG_OIDC_DOMAINS", anna.user.email.partition("@")[2].upper())
    settings.SOCIALACCOUNT_PROVIDERS = own_settings.single_sign_on()
    assert come_back(anonymous, elsewhere, anna.user.email, verified=False).status_code == 302


def test_who_is_logged_in_cannot_tie_another_account_to_the_own_one(elsewhere, anna, browse):
    browser = browse(anna)
    elsewhere.claims = {"sub": "id", "email": anna.user.email, "email_verified": True}
    start = browser.get("/inloggen/gemeente/", {"process": "connect"})
    back = urlsplit(requests.get(start["Location"], allow_redirects=False, timeout=5).headers["Location"])
    assert REFUSED in browser.get(f"{back.path}?{back.query}").content.decode()
    assert not SocialAccount.objects.exists()


def test_a_second_step_is_asked_after_a_login_elsewhere_too(elsewhere, anna, anonymous):
    make.second_step(anna.user)
    assert come_back(anonymous, elsewhere, anna.user.email)["Location"].startswith("/inloggen/tweede-stap/invullen/")
    assert anonymous.get(anna.url("start")).status_code == 302


def test_a_provider_that_refuses_or_is_silent_gets_a_sentence(elsewhere, anna, anonymous):
    refused = anonymous.get("/inloggen/gemeente/terug/", {"error": "access_denied", "state": "x"})
    assert refused.status_code == 422 and "log in met een code per e-mail" in refused.content.decode()
    elsewhere.server.shutdown()
    elsewhere.server.server_close()
    silent = anonymous.get("/inloggen/gemeente/")
    assert silent.status_code == 503 and "gaf geen goed antwoord" in silent.content.decode()


def test_without_settings_there_is_no_such_door(anonymous):
    assert "Met uw account van de gemeente" not in anonymous.get("/inloggen/").content.decode()
    assert {anonymous.get(f"/inloggen/gemeente/{part}").status_code for part in ("", "terug/")} == {404}


def test_half_a_setting_stops_the_start(monkeypatch):
    monkeypatch.setenv("DIALOOG_OIDC_URL", "https://inloggen.example")
    with pytest.raises(ImproperlyConfigured, match="belong together"):
        own_settings.single_sign_on()
