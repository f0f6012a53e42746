"""Whether somebody showed more than a password or a mailbox."""

from datetime import timedelta

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.utils import timezone

# A second step set up just now shows no more than the mailbox with which somebody came in.
SETTLES = timedelta(hours=24)


def showed_more_than_a_password(request):
    """Whether this person showed, in this session, a passkey or a code of a second step that they had already."""
    records = get_authentication_records(request, request.user)
    shown = [record.get("id") for record in records if record["method"] == "mfa"]
    since = timezone.now() - SETTLES
    return Authenticator.objects.filter(user=request.user, pk__in=shown, created_at__lte=since).exists()


def counts_from(user):
    """When the first second step of this person begins to count; None without one, or when one counts already."""
    first = Authenticator.objects.filter(user=user).order_by("created_at").first()
    begins = first and first.created_at + SETTLES
    return begins if begins and begins > timezone.now() else None
