"""allauth's views, with answers as everywhere in Dialoog."""

from functools import wraps

from django.shortcuts import render
from requests import RequestException


def honest(view):
    """A form that comes back with errors says so with 422, where allauth says that all is well."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == 200:
            response.status_code = 422
        return response

    return answer


def reaching(view):
    """A login elsewhere: when the other side does not answer, a sentence with another way in."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except RequestException:
            return render(request, "socialaccount/authentication_error.html", status=503)

    return answer


def back_again(request):
    """Logged in again in a second tab: what was typed waits in the first one."""
    return render(request, "account/back_again.html")
