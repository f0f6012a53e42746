"""How logging in behaves here: no open sign-up, our own words, second steps in Dutch."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.db import transaction

from dialoog import letters
from dialoog.accounts.second_step import counts_from

# What is told to whose account it is, by the name that allauth has for it.
CHANGES = {
    "totp_activated": "Er is een tweede stap aangezet: een app die codes geeft.",
    "totp_deactivated": "De tweede stap met een app is uitgezet.",
    "webauthn_added": "Er is een toegangssleutel bij gekomen.",
    "webauthn_removed": "Er is een toegangssleutel weggehaald.",
    "recovery_codes_generated": "Er zijn nieuwe reservecodes gemaakt.",
    "password_set": "Er is een wachtwoord gekozen.",
    "password_changed": "Er is een ander wachtwoord gekozen.",
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from invitations only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Dit account staat uit. Vraag de coördinator van uw kant om hulp.",
        "email_password_mismatch": (
            "Dit e-mailadres en dit wachtwoord horen niet bij elkaar. Probeer het opnieuw, of vraag een code aan."
        ),
        "enter_current_password": "Vul uw huidige wachtwoord in.",
        "incorrect_code": "Deze code klopt niet. Kijk nog eens in uw e-mail.",
        "incorrect_password": "Dit wachtwoord klopt niet. Probeer het opnieuw.",
        "invalid_login": "Inloggen lukte niet. Probeer het opnieuw, of vraag een code aan.",
        "too_many_login_attempts": "U probeerde het te vaak. Wacht vijf minuten, of vraag een code aan.",
        "rate_limited": "Dit gaat te snel. Wacht een minuut en probeer het opnieuw.",
        "same_as_current": "Kies een ander wachtwoord dan het huidige.",
    }

    def is_open_for_signup(self, request):
        return False

    def format_email_subject(self, subject):
        # The name of the table stays out: a subject line is read by whoever looks over a shoulder.
        return subject

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """A neutral letter about who gets into this account: if that was somebody else, it is known in time."""
        change = template_prefix.rpartition("/")[2]
        if told := CHANGES.get(change):
            begins = counts_from(user) if change in ("totp_activated", "webauthn_added") else None
            words = {"name": user.name, "told": told, "counts_from": begins}
            subject = "Er is iets veranderd aan uw account bij Dialoog"
            transaction.on_commit(lambda: letters.send(user.email, subject, "account/mail_changed", words))


class SecondStepAdapter(DefaultMFAAdapter):
    """The second step with an authenticator app or a passkey."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Deze code klopt niet. Kijk nog eens in de app op uw telefoon.",
        "cannot_generate_recovery_codes": "Zet eerst de tweede stap aan.",
        "cannot_delete_authenticator": "De tweede stap kan nu niet uit.",
        "unverified_email": "Log eerst een keer in met een code per e-mail. Daarna kunt u de tweede stap aanzetten.",
    }

    def get_totp_issuer(self):
        return "Dialoog"

    def get_public_key_credential_rp_entity(self):
        return super().get_public_key_credential_rp_entity() | {"name": "Dialoog"}

    def generate_authenticator_name(self, user, type):
        return f"Toegangssleutel {Authenticator.objects.filter(user=user, type=type).count() + 1}"
