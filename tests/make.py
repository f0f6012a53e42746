"""Makers for tests: tables and the people at them. Everything here is invented."""

import time
from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.utils import timezone

from dialoog.accounts.models import User
from dialoog.partnerships.models import Member, Partnership, Party

PASSWORD = "een heel lang wachtwoord"


def partnership(slug="oosterhage", **fields):
    """A table of an invented municipality and its council."""
    name = slug.capitalize()
    return Partnership.objects.create(
        slug=slug,
        council_name=f"Cliëntenraad {name}",
        municipality_name=f"Gemeente {name}",
        data_controller=f"het college van de gemeente {name}",
        **fields,
    )


def member(table, name, party, **fields):
    """A person with an account and a seat."""
    user = User.objects.create_user(f"{name.split()[0].lower()}@{table.slug}.example", name)
    return Member.objects.create(partnership=table, user=user, party=party, **fields)


def council(table, name="Bram Hoekstra", **fields):
    """A member of the client council."""
    return member(table, name, Party.COUNCIL, **fields)


def municipal(table, name="Anna de Wit", **fields):
    """Somebody of the municipality."""
    return member(table, name, Party.MUNICIPALITY, **fields)


def neutral(table, name="Nico Blom", **fields):
    """A helper who belongs to neither side."""
    return member(table, name, Party.NEUTRAL, **fields)


def second_step(user):
    """A second step that this account has since long; gives the secret that the app on the phone keeps."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    settled(user)
    return secret


def settled(user):
    """What this account set up just now, it set up two days ago."""
    Authenticator.objects.filter(user=user).update(created_at=timezone.now() - timedelta(days=2))


def code_of(secret):
    """The code that the app on the phone shows now; when it is about to change, the next one, as a person would do."""
    if (left := 30 - time.time() % 30) < 3:
        time.sleep(left)
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def close_account(member):
    """The operator closes somebody's account; the seat stays as it was."""
    member.user.is_active = False
    member.user.save()
