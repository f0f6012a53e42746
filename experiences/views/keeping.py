"""What the council keeps of its tellers, and who opened it: pages of the one who looks after that."""

from django.core.paginator import Paginator
from django.views.decorators.http import require_GET

from dialoog.pages import page
from dialoog.partnerships.door import seated
from experiences import rules
from experiences.forms.keeping import ReadingsForm
from experiences.models import Reading

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
    return page(request, "experiences/readings.html", {"form": form, "lines": lines, "kept": form.is_narrowed})
