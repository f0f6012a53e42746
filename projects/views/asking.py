"""How a page with one form answers, where it needs no template of its own."""

from dialoog.partnerships import views


def asked(
    request, seat, form, home, title, *, said="Opgeslagen.", onward=None, anchor=None,
    template="projects/form.html", verb="Bewaar", lead="", **told,
):  # fmt: skip
    """Ask with this title, verb and lead, and with a way back to `home`; go on there, or where `onward` says."""
    told |= {"title": title, "home": home, "verb": verb, "lead": lead}
    return views.asked(request, seat, form, template, onward or home, said, anchor, **told)
