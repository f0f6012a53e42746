"""The invented people as buttons on the login page, in a try-out only."""

from django import template
from django.conf import settings
from django.urls import reverse

from dialoog.partnerships.models import Member

register = template.Library()


@register.inclusion_tag("partnerships/_demo_cast.html", takes_context=True)
def demo_cast(context):
    """Everyone at the invented tables, per table; nothing at all outside a try-out."""
    tables = {}
    if settings.DEMO:
        for seat in Member.objects.invented():
            tables.setdefault(seat.partnership, []).append(seat)
    action = reverse("log_in_as") if tables else ""
    return {"tables": tables, "action": action, "request": context["request"], "csrf_token": context.get("csrf_token")}
