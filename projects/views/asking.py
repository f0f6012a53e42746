"""How a page with one form answers."""

from dialoog.pages import back, page
from dialoog.partnerships.views import written
from dialoog.partnerships.writing import Written


def asked(
    request, seat, form, home, title, *, said="Opgeslagen.", onward=None, anchor=None,
    template="projects/form.html", verb="Bewaar", lead="", **told,
):  # fmt: skip
    """Keep what was sent and go on with one sentence; otherwise the form, with everything typed and what is wrong.

    `said`, and `onward` (where to, when that is not `home`), may be functions of the thing that was kept.
    """
    thing = form.kept(seat)
    if thing is None:
        told |= {"form": form, "title": title, "home": home, "verb": verb, "lead": lead}
        return page(request, template, told, status=422 if form.is_bound else 200)
    url = onward(thing) if onward else home
    sentence = said(thing) if callable(said) else said
    if isinstance(thing, Written):
        return written(request, seat, thing, url, anchor, sentence)
    return back(request, url, anchor, sentence)
