"""Answers: a page, or the way back after an act; and what htmx needs to behave like a browser."""

import json
from functools import cache, partial

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseNotFound
from django.shortcuts import redirect, render, resolve_url
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.csrf import csrf_failure
from django.views.decorators.http import require_http_methods

from dialoog.live import bells

# A page with a form in it: opened, and sent.
form_page = require_http_methods(["GET", "POST"])

REDIRECTS = (301, 302, 303, 307, 308)
FEATURES = (
    "accelerometer autoplay camera display-capture encrypted-media fullscreen geolocation gyroscope magnetometer "
    "microphone midi payment picture-in-picture publickey-credentials-create=self publickey-credentials-get=self usb"
)
PERMISSIONS = ", ".join(name.replace("=", "=(") + ")" if "=" in name else f"{name}=()" for name in FEATURES.split())


def page(request, template, context=None, status=200):
    """A page, drawn for the seat that asks."""
    seat = getattr(request, "seat", None)
    ground = {"seat": seat}
    if seat is not None and hasattr(request, "heard"):
        ground["stream_url"] = f"{seat.url('partnerships:stream')}?{urlencode({'heard': request.heard})}"
    return render(request, template, {**ground, **(context or {})}, status=status)


def when_drawn(look, *names):
    """These names for a page, looked up together once the first of them is drawn: `{% part %}` may leave them out."""
    found = cache(look)
    return {name: partial(lambda name: found().get(name), name) for name in names}


def back(request, url, anchor=None, said=None):
    """After an act: back to a page, at the part it was about, with one sentence."""
    if said:
        messages.success(request, said)
    return redirect(f"{url}#{anchor}" if anchor else url)


def answer(request, template, context=None, *, url, anchor=None, said=None):
    """After an act: for htmx the part that changed, for a plain browser the way back."""
    if request.htmx:
        return page(request, template, context)
    return back(request, url, anchor, said)


def refused(request, refusal, status=422):
    """An act that may not happen now: the sentence that says what to do, what was typed, and the way back.

    Who acts within a page keeps that page: there the sentence comes among the messages, where it is also read out.
    """
    if getattr(request, "htmx", False):
        answer = page(request, "ui/_refused.html", {"sentences": refusal.messages}, status=422)
        answer["HX-Retarget"], answer["HX-Reswap"] = "#messages", "innerHTML"
        return answer
    told = {"sentences": refusal.messages, "typed": typed_in(request)}
    return page(request, "refused.html", told, status=status)


def not_yours(request, sentence=""):
    """Somebody else must do this, or nobody can any more; what was typed meanwhile comes along."""
    return render(request, "403.html", {"sentence": sentence, "typed": typed_in(request)}, status=403)


def typed_in(request):
    """What somebody typed in the form they sent, to give back where it is not kept; one word alone is a choice.

    A script keeps the page with the words itself.
    """
    if request.method != "POST" or is_script(request):
        return []
    return [text.strip() for _, texts in request.POST.lists() for text in texts if len(text.split()) > 1]


def not_found(request, exception):
    """Not for your eyes, or not there: the same bytes for everyone, so nobody can tell which."""
    return HttpResponseNotFound(render_to_string("404.html"))


def bad_request(request, exception):
    """What came is nothing that a browser sends. Django's own page would read it once more, and stumble again."""
    return HttpResponseBadRequest(render_to_string("400.html"))


def is_script(request):
    """Whether a script asks, and not somebody who opens a page: a redirect to the login page would be lost on it."""
    return bool(getattr(request, "htmx", False)) or request.headers.get("Sec-Fetch-Dest") == "empty"


class LoginRequired(LoginRequiredMiddleware):
    """Closed by default. A script gets 401, so that the page stays and the login opens as a dialog above it."""

    def handle_no_permission(self, request, view_func):
        if is_script(request):
            return HttpResponse(
                "U bent uitgelogd. Log opnieuw in.", status=401, content_type="text/plain; charset=utf-8"
            )
        if request.method == "POST" and "table" in request.resolver_match.kwargs:
            return once_more(request)
        return super().handle_no_permission(request, view_func)


def once_more(request):
    """What somebody sent with a session that had ended, back in their own page: to log in first and then send again.

    It stays in that one page, which no browser keeps: not on our disk, not in the session, not in an address. Who could
    see it is whoever just typed it.
    """
    sent = [(name, text) for name, texts in request.POST.lists() for text in texts if name != "csrfmiddlewaretoken"]
    told = {"sent": sent, "files": [file.name for file in request.FILES.values()], "action": request.get_full_path()}
    return page(request, "once_more.html", told, status=403 if request.user.is_authenticated else 401)


def csrf_refused(request, reason=""):
    """After logging in again the token of an older page no longer counts: whoever sent that page may send it again."""
    table = request.resolver_match is not None and "table" in request.resolver_match.kwargs
    # Only what came from a page of ours: a form from elsewhere is not offered to be sent after all.
    own = request.headers.get("Sec-Fetch-Site") == "same-origin" or (
        request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    )
    if table and own and not is_script(request):
        return once_more(request)
    return csrf_failure(request, reason)


def manners(get_response):
    """What every answer needs: nothing kept by the browser, no features it does not use, and htmx told where to go."""

    def answer(request):
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith(settings.STATIC_URL):
            return response
        patch_vary_headers(response, ["HX-Request"])
        # A part that fills itself by GET simply follows; only after an act the whole page goes somewhere.
        if request.method == "POST" and getattr(request, "htmx", False) and response.status_code in REDIRECTS:
            return _lead_htmx(request, response)
        return response

    def process_view(request, view, args, kwargs):
        # Before anything is read: what rings from here on, the page will be told.
        if request.method == "GET" and "table" in kwargs:
            request.heard = bells.mark_now()

    answer.process_view = process_view
    return answer


def _lead_htmx(request, response):
    """A redirect that htmx follows itself: fetch would follow it silently and leave the old address in place."""
    url = response.headers["Location"]
    inside = url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    to_login = url.split("?")[0] == resolve_url(settings.LOGIN_URL)
    del response.headers["Location"]
    response.status_code = 200
    if inside and not to_login:
        # The whole page again, without a flash: htmx swaps the body and puts the address in its place.
        response.headers["HX-Location"] = json.dumps({"path": url, "target": "body", "swap": "innerHTML"})
    else:
        response.headers["HX-Redirect"] = url
    return response
