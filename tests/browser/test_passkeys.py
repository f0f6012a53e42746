"""A passkey made and used in a real browser, with the authenticator that Chromium carries for tests."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from tests import make
from tests.browser.conftest import PHONE

# What a browser makes of a page is the same with either database.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.only("sqlite")]


@pytest.mark.promise("S5")
def test_bram_makes_a_passkey_and_logs_in_with_nothing_else(screen, bram, address):
    # Nobody tried to log in from here just before.
    cache.clear()
    bram.partnership.stories_second_step = True
    bram.partnership.save()
    there = screen(bram, PHONE)
    # A browser makes passkeys for a name only, never for a number.
    there.address = home = address.replace("127.0.0.1", "localhost")
    page = there.page
    kept = page.context.cookies()
    page.context.add_cookies([{**cookie, "domain": "localhost"} for cookie in kept])
    tool = page.context.new_cdp_session(page)
    tool.send("WebAuthn.enable")
    traits = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    answers = {"isUserVerified": True, "automaticPresenceSimulation": True}
    tool.send("WebAuthn.addVirtualAuthenticator", {"options": traits | answers})

    page.goto(home + "/inloggen/tweede-stap/")
    there.click("Bekijk uw toegangssleutels").sees("U hebt nog geen toegangssleutel").click("Maak een toegangssleutel")
    there.fill("Hoe noemt u deze sleutel", "mijn telefoon").shoot("toegangssleutel-maken")
    there.click("Maak de sleutel").sees("De toegangssleutel is gemaakt")
    assert Authenticator.objects.get(user=bram.user, type="webauthn").wrap().name == "mijn telefoon"
    page.goto(home + "/inloggen/tweede-stap/sleutels/")
    there.sees("mijn telefoon").shoot("toegangssleutels")
    assert there.findings() == []

    # A day later it counts.
    make.settled(bram.user)
    page.context.clear_cookies()
    page.goto(home + "/inloggen/?next=" + bram.url("experiences:list"))
    there.shoot("inloggen-met-sleutel")
    assert there.findings() == []
    there.click("Log in met een toegangssleutel")
    # A passkey is more than a mailbox: the conversations open at once.
    page.get_by_role("heading", level=1, name="Gesprekken").wait_for()
    assert there.problems == []
