"""How logging in behaves here: no open sign-up, our own words, second steps in Dutch."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator


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
