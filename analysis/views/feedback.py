"""The letter to one teller: the council writes it, beginning from the themes that the story fed."""

from django.core.exceptions import ValidationError
from django.views.decorators.http import require_http_methods

from analysis import rules
from analysis.models import themes_fed
from dialoog.pages import back, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.views import posted
from experiences.forms.feedback import ExcuseForm, LetterForm, ToldForm
from experiences.models import Addresses, ContactDetail, Feedback, Interview, first_words
from experiences.views.opening import vaulted


@require_http_methods(["GET", "POST"])
@seated(rules.may_tell_back, feedback=Feedback)
@vaulted
def letter(request, seat, feedback):
    """What one teller will hear: made from themes and commitments, in words the council can change."""
    themes = themes_fed(feedback.teller)
    begun = {"version": feedback.version, "text": feedback.text or first_words(feedback, themes)}
    form = LetterForm(posted(request), initial=begun)
    if request.method == "POST" and form.is_valid() and _kept(seat, feedback, form):
        said = "Opgeslagen. Print de brief, lees hem voor, of stuur hem."
        return back(request, seat.url("analysis:letter", feedback=feedback.pk), said=said)
    contacts = ContactDetail.objects.visible_to(seat).filter(teller=feedback.teller)
    told = {
        "feedback": feedback,
        "interview": Interview.objects.visible_to(seat).get(teller=feedback.teller),
        "form": form,
        "themes": themes,
        "told_form": ToldForm(),
        "excuse_form": ExcuseForm(),
        "contact": contacts.filter(purpose=ContactDetail.Purpose.FEEDBACK).first(),
        "begun": not feedback.text,
        "reach": Addresses.of(seat.partnership).reach.strip(),
    }
    return page(request, "analysis/letter.html", told, status=422 if form.is_bound else 200)


def _kept(seat, feedback, form):
    """Whether the letter was kept; if not the form says why, and holds what was typed."""
    try:
        feedback.write(seat, form.cleaned_data["version"] or 0, form.cleaned_data["text"])
    except ValidationError as refusal:
        form.add_error("text", refusal)
        if refusal.code == "stale":
            # Whoever read both may save on top of it.
            form.data = form.data | {"version": feedback.version}
            form.standing = feedback.text
        return False
    return True
