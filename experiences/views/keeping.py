"""What the council keeps of its tellers, and who opened it: pages of the one who looks after that."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from dialoog.pages import back, form_page, page
from dialoog.partnerships.door import seated
from experiences import rules
from experiences.forms.keeping import ReadingsForm, TermsForm
from experiences.models import Reading, Teller, Terms
from experiences.models.keeping import due, first_of_each

LINES = 60


@require_GET
@seated(rules.council_coordinator)
def readings(request, seat):
    """Who opened which story or which contact details, when and what for."""
    form = ReadingsForm(request.GET, seat=seat)
    found = Reading.objects.visible_to(seat).with_people()
    if form.is_valid():
        found = form.narrow(found)
    lines = Paginator(found, LINES).get_page(request.GET.get("blad"))
    told = {"form": form, "lines": lines, "kept": form.is_narrowed, "about": form.about}
    return page(request, "experiences/readings.html", told)


@form_page
@seated(rules.council_alone)
def terms(request, seat):
    """How long the council keeps what, and what goes when; the coordinator sets the clocks."""
    may_change = rules.council_coordinator(seat)
    known = Terms.of(seat.partnership)
    form = TermsForm(request.POST if request.method == "POST" else None, instance=known)
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        if form.is_valid():
            form.instance.change(seat)
            return back(request, seat.url("experiences:terms"), said="Opgeslagen. Zo lang bewaren wij vanaf nu.")
    days = [(one, one.is_over(timezone.localdate())) for one in first_of_each(due(seat.partnership))]
    told = {"form": form, "may_change": may_change, "days": days}
    return page(request, "experiences/terms.html", told, status=422 if form.is_bound else 200)


@require_POST
@seated(rules.council_alone, teller=Teller)
def see(request, seat, teller):
    """Somebody of the council knows that this teller withdrew."""
    teller.see(seat)
    return back(request, seat.url("experiences:list"), said="Genoteerd dat u dit weet.")
