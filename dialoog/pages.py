"""Answers: a page, or the way back after an act; and what htmx needs to behave like a browser."""

from django.contrib import messages
from django.shortcuts import redirect, render


def page(request, template, context=None, status=200):
    """A page, drawn for the seat that asks."""
    return render(request, template, {"seat": getattr(request, "seat", None), **(context or {})}, status=status)


def back(request, url, anchor=None, said=None):
    """After an act: back to a page, at the part it was about, with one sentence."""
    if said:
        messages.success(request, said)
    return redirect(f"{url}#{anchor}" if anchor else url)


def refused(request, refusal):
    """An act that may not happen now: the sentence that says what to do, and the way back."""
    return page(request, "refused.html", {"sentences": refusal.messages}, status=422)
