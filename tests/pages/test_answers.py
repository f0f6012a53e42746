"""Every kind of answer carries the headers it should, whole and no others; and htmx is led where a browser would go."""

import json
import os
import re
import subprocess
import sys
import uuid
from html import unescape
from pathlib import Path

import lxml.html
import pytest
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.test import Client
from django.urls import reverse

from dialoog import pages
from projects.models import Phase
from tests import make as people
from tests.analysis import make as bundling
from tests.partnerships import make
from tests.projects import make as rounds
from tests.values import make as values
from values.models import ValueView

ROOT = Path(__file__).resolve().parent.parent.parent
POLICY = {
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}
OFF = [
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "usb",
]
KEYS = {f"publickey-credentials-{act}=(self)" for act in ("create", "get")}
SHARED = {
    "Content-Security-Policy": POLICY,
    "Content-Type": "text/html; charset=utf-8",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": {f"{name}=()" for name in OFF} | KEYS,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}  # fmt: skip
KEPT_NOWHERE = {"Cache-Control": "no-store"}
SEATED = SHARED | KEPT_NOWHERE | {"Vary": {"Cookie", "HX-Request"}}
# Lists of words, of which the order says nothing.
LISTS = {"Content-Security-Policy": "; ", "Permissions-Policy": ", ", "Vary": ", "}


def headers(answer):
    """The headers of an answer, without its length and its cookies."""
    given = {
        name: value for name, value in answer.headers.items() if name not in ("Content-Length", "Content-Language")
    }
    return {name: set(value.split(LISTS[name])) if name in LISTS else value for name, value in given.items()}


def test_a_page_that_reads_itself_again_gets_the_same_regions_without_the_frame(bram, browse):
    people.council(bram.partnership, "Ria Postma")
    whole = browse(bram).at("partnerships:members").content.decode()
    again = browse(bram).get(bram.url("partnerships:members"), headers={"Reads-Again": "yes"}).content.decode()
    region = re.compile(r'<section id="mensen".*</section>', re.S)
    strip = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
    assert strip.sub("", region.search(again)[0]) == strip.sub("", region.search(whole)[0])
    assert "Ria Postma" in again and "<title>Mensen aan tafel" in again and 'id="inhoud"' in again
    assert "masthead" in whole and "masthead" not in again and "stylesheet" not in again and "<footer" not in again


def test_a_page_that_reads_one_region_again_gets_that_region_as_it_stands_on_the_whole_page(bram, anna, browse):
    value = values.shared(bram, anna)
    values.practice(bram, value, "Eerst luisteren.")
    project = rounds.project(bram, Phase.COLLECT)
    board = bundling.together(bram, anna)

    def regions(address, asked):
        said = browse(bram).get(address, headers={"Reads-Again": asked}).content.decode()
        told = lxml.html.fromstring(re.sub(r'name="(csrfmiddlewaretoken|key)" value="[^"]*"', "", said))
        live = [one for one in told.iter() if one.get("data-live")]
        return {one.get("id"): lxml.html.tostring(one, with_tail=False) for one in live}

    for address, there in (
        (bram.url("values:detail", value=value.pk), {value.topic, "voorbeelden", "uitleg-werkvloer"}),
        (bram.url("projects:detail", project=project.pk), {"stand", "ronde", "geschiedenis"}),
        (bram.url("start"), {"waiting", "round", "meeting", "news"}),
        (bram.url("analysis:session", project=board.project.pk), {"fasen", "aanwezig", "board", "erbij"}),
    ):
        whole = regions(address, "yes")
        assert there <= set(whole)
        for region in whole:
            alone = regions(address, region)
            assert alone[region] == whole[region]
            assert region.startswith("uitleg-") or set(alone) == {region}
        assert regions(address, "is-er-niet") == {}


@pytest.mark.promise("S4")
def test_a_page(bram, browse):
    assert headers(browse(bram).at("start")) == SEATED


@pytest.mark.promise("S4", control=True)
@pytest.mark.parametrize("left_out", ["dialoog.pages.manners", "csp.middleware.CSPMiddleware"])
def test_a_header_that_is_left_out_is_seen(bram, browse, settings, left_out):
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if one != left_out]
    assert headers(browse(bram).at("start")) != SEATED


@pytest.mark.promise("S4")
def test_a_form_that_is_to_be_filled_in_again(bram, browse):
    answer = browse(bram).do("partnerships:profile", {"name": ""})
    assert (answer.status_code, headers(answer)) == (422, SEATED)


@pytest.mark.promise("S4")
def test_what_you_may_see_but_not_do(dora, browse):
    answer = browse(dora).at("partnerships:invite")
    assert (answer.status_code, headers(answer)) == (403, SEATED)


@pytest.mark.promise("S4")
def test_what_is_not_for_your_eyes(bram, chris, browse):
    answer = browse(chris).get(bram.url("start"))
    assert (answer.status_code, headers(answer)) == (404, SEATED)


@pytest.mark.promise("S4")
def test_the_way_back_after_an_act(bram, browse):
    answer = browse(bram).do("partnerships:profile", {"name": "Bram Hoekstra"})
    assert (answer.status_code, headers(answer)) == (302, SEATED | {"Location": bram.url("partnerships:profile")})


@pytest.mark.promise("S4")
def test_the_login_page(anonymous):
    answer = anonymous.get("/inloggen/")
    kept = {"Cache-Control": "max-age=0, no-cache, no-store, must-revalidate, private"}
    given = headers(answer)
    assert "Expires" in given
    assert given == SEATED | kept | {"Expires": given["Expires"]}


@pytest.mark.promise("S4")
def test_the_theme_of_a_municipality(bram, browse):
    assert headers(browse(bram).at("partnerships:theme")) == SEATED | {"Content-Type": "text/css; charset=utf-8"}


@pytest.mark.promise("S4")
def test_the_stream(bram, browse):
    answer = browse(bram).at("partnerships:stream")
    assert headers(answer) == SEATED | {"Content-Type": "text/event-stream; charset=utf-8"}


@pytest.mark.promise("S4")
def test_a_file_of_the_frame_may_be_kept_because_it_holds_nothing_of_anybody(anonymous):
    answer = anonymous.get("/static/css/tokens.css")
    answer.close()
    given = headers(answer)
    assert given.pop("Cache-Control").startswith("max-age=")
    assert {name: given[name] for name in ("X-Content-Type-Options", "Cross-Origin-Resource-Policy")} == {
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    assert "Set-Cookie" not in given and "Cookie" not in given.get("Vary", set())


@pytest.mark.promise("S4")
def test_no_answer_lets_a_page_run_what_stands_in_it(bram, anonymous, browse):
    for answer in (browse(bram).at("start"), anonymous.get("/inloggen/"), anonymous.get("/bestaat/niet/")):
        assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.promise("R5")
def test_a_script_with_an_expired_session_hears_so_and_is_not_sent_away(bram, anonymous):
    address = bram.url("partnerships:profile")
    for asked in ({"HX-Request": "true"}, {"Sec-Fetch-Dest": "empty"}):
        answer = anonymous.post(address, {"name": "Getypt"}, headers=asked)
        assert answer.status_code == 401
        assert "Location" not in answer and "HX-Redirect" not in answer and "HX-Location" not in answer
        assert headers(answer) == SEATED | {"Content-Type": "text/plain; charset=utf-8"}
    assert anonymous.get(address)["Location"] == f"/inloggen/?next={address}"


HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def resend(answer):
    """What the form on this page sends when its button is pressed, as a browser reads it."""
    return {name: unescape(text) for name, text in HIDDEN.findall(answer.content.decode().split('method="post"')[1])}


@pytest.mark.promise("R5")
@pytest.mark.promise("A6")
def test_without_javascript_what_was_typed_goes_along_after_logging_in_again(bram, anna):
    browser = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
    browser.force_login(bram.user)
    address, key = bram.url("values:write"), str(uuid.uuid4())
    first = browser.get(address).content.decode()
    typed = {"key": key, "name": 'Respect & "rust"', "meaning": "Eén\r\nTwee <b>", "why": "", "priority": "2"}
    browser.cookies.pop(settings.SESSION_COOKIE_NAME)
    stopped = browser.post(address, typed | {"csrfmiddlewaretoken": first.split(TOKEN)[1].split('"')[0]})
    assert stopped.status_code == 401 and "Wat u typte, is er nog" in stopped.content.decode()
    browser.force_login(bram.user)
    rotate(browser)
    # The token of the page is older than the login; so the page comes back once, and then it goes through.
    again = browser.post(address, resend(stopped))
    assert again.status_code == 403 and "Verstuur als Bram Hoekstra" in again.content.decode()
    assert resend(again).items() >= typed.items()
    assert browser.post(address, resend(again)).status_code == 302
    assert browser.post(address, resend(again)).status_code == 302
    (kept,) = ValueView.objects.all()
    assert (str(kept.pk), kept.name, kept.meaning) == (key, typed["name"], typed["meaning"])


@pytest.mark.promise("R5", control=True)
def test_without_that_page_only_the_login_would_be_left(bram, anonymous, monkeypatch):
    monkeypatch.setattr(pages.LoginRequired, "handle_no_permission", LoginRequiredMiddleware.handle_no_permission)
    answer = anonymous.post(bram.url("values:write"), {"name": "Respect"})
    assert answer.status_code == 302 and b"Respect" not in answer.content


def test_a_form_from_elsewhere_is_not_offered_to_be_sent_after_all(bram):
    browser = Client(enforce_csrf_checks=True, headers={"Origin": "https://elders.example"})
    browser.force_login(bram.user)
    refused = browser.post(bram.url("values:write"), {"name": "Van elders", "csrfmiddlewaretoken": "x" * 32})
    assert refused.status_code == 403 and "Van elders" not in refused.content.decode()


def rotate(browser):
    """Log in as a browser does it: with a new token."""
    browser.cookies.pop(settings.CSRF_COOKIE_NAME)
    browser.get("/")


@pytest.mark.promise("R5")
def test_the_same_request_goes_through_after_logging_in_again(bram, browse):
    browser = Client(enforce_csrf_checks=True)
    bram.user.set_password("een heel lang wachtwoord")
    bram.user.save()
    browser.force_login(bram.user)
    address = bram.url("partnerships:profile")

    def token():
        return browser.get(reverse("account_login") if out else address).content.decode().split(TOKEN)[1].split('"')[0]

    out = False
    typed = {"name": "Bram de Getypte", "csrfmiddlewaretoken": token()}
    browser.cookies.pop(settings.SESSION_COOKIE_NAME)
    assert browser.post(address, typed, headers={"HX-Request": "true"}).status_code == 401
    out = True
    login = {"login": bram.user.email, "password": "een heel lang wachtwoord", "csrfmiddlewaretoken": token()}
    assert browser.post("/inloggen/", login).status_code == 302
    # The token changed with the login: the one that was on the page no longer counts, the new one does.
    assert browser.post(address, typed, headers={"HX-Request": "true"}).status_code == 403
    out = False
    typed["csrfmiddlewaretoken"] = token()
    assert browser.post(address, typed, headers={"HX-Request": "true"}).status_code == 200
    bram.user.refresh_from_db()
    assert bram.user.name == "Bram de Getypte"


TOKEN = 'name="csrfmiddlewaretoken" value="'


def test_htmx_is_led_to_the_page_that_a_browser_would_be_sent_to(bram, browse):
    asked = {"HX-Request": "true"}
    answer = browse(bram).do("partnerships:profile", {"name": "Bram"}, headers=asked)
    assert (answer.status_code, answer.content) == (200, b"")
    assert json.loads(answer["HX-Location"])["path"] == bram.url("partnerships:profile")
    out = browse(bram).post(reverse("account_logout"), headers=asked)
    assert out["HX-Redirect"] == "/inloggen/"


def test_a_page_and_its_part_are_never_mixed_up_by_a_cache(bram, browse):
    assert "HX-Request" in headers(browse(bram).at("start"))["Vary"]


def test_what_does_not_exist_looks_the_same_for_everyone(bram, chris, anonymous, browse):
    addresses = ["/bestaat/niet/", bram.url("start") + "bestaat-niet/"]
    seen = {
        browser.get(address).content for browser in (browse(bram), browse(chris), anonymous) for address in addresses
    }
    assert len(seen) == 1


def production(*command, **environment):
    """Run manage.py as it runs in production."""
    # The browser tests allow Django's models beside an event loop; production must not.
    ours = ("DIALOOG_", "DJANGO_ALLOW_ASYNC_UNSAFE")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    given = {"DIALOOG_VAR": settings.VAR_DIR / "production", "DIALOOG_HOSTS": "dialoog.example"}
    given |= {"DIALOOG_SITE_URL": "https://dialoog.example", **environment}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=clean | {name: str(value) for name, value in given.items()},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.promise("S4")
def test_production_passes_the_deployment_check_without_a_word():
    done = production("-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, done.stdout.strip()) == (0, "System check identified no issues (0 silenced)."), done.stderr


LOOK = """
from django.test import Client
answer = Client().get("/inloggen/", secure=True, headers={"host": "dialoog.example"})
for cookie in answer.cookies.values():
    print(cookie.key, cookie["secure"], cookie["path"], repr(cookie["domain"]), cookie["samesite"])
print(answer["Strict-Transport-Security"])
"""


@pytest.mark.promise("S4")
def test_in_production_the_cookies_are_bound_to_https_and_to_this_host():
    done = production("manage.py", "shell", "-v0", "-c", LOOK, DIALOOG_PLAIN_STATIC="yes")
    assert done.stdout.splitlines() == ["__Host-csrf True / '' Lax", "max-age=31536000; includeSubDomains; preload"]


def test_an_invitation_that_is_over_keeps_its_secrets(bram, anonymous):
    offer = make.invitation(bram, "erik@example.org")
    answer = anonymous.get(reverse("invitation", kwargs={"token": "x" * 43}))
    assert (answer.status_code, offer.email in answer.content.decode()) == (404, False)


@pytest.mark.parametrize("path", ["/controle/", "/inloggen/", "/zaal/"])
def test_a_form_in_letters_that_no_browser_sends_gets_a_sentence_with_all_manners(db, path):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    sent = browser.post(path, b"a=b", content_type="application/x-www-form-urlencoded; charset=utf-16")
    assert (sent.status_code, sent.headers["Cache-Control"]) == (400, "no-store")
    assert "Content-Security-Policy" in sent.headers and "Dit kunnen wij niet lezen" in sent.content.decode()
