"""The forms for logging in, in our own words."""

from allauth.account.forms import (
    ChangePasswordForm,
    ConfirmLoginCodeForm,
    LoginForm,
    ReauthenticateForm,
    RequestLoginCodeForm,
    SetPasswordForm,
)
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms

BOX = "utrecht-textbox utrecht-textbox--html-input"
LENGTH = "Minstens 10 tekens. Een paar woorden achter elkaar is goed te onthouden."


def word(form, name, label, help_text="", **attrs):
    """Give a field our label, help and looks."""
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= {"class": BOX, **attrs}


class PasswordLogin(LoginForm):
    """Log in with an address and a password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        word(self, "login", "E-mailadres", autocomplete="username")
        word(self, "password", "Wachtwoord")


class CodeRequest(RequestLoginCodeForm):
    """Ask for a code by e-mail."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        word(self, "email", "E-mailadres", "U krijgt een e-mail met een code.", autocomplete="email")


class CodeEntry(ConfirmLoginCodeForm):
    """Fill in the code from the e-mail."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        word(self, "code", "Code", "De code staat in de e-mail die u kreeg.", autocomplete="one-time-code")


class PasswordChange(ChangePasswordForm):
    """Another password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        word(self, "oldpassword", "Huidig wachtwoord")
        word(self, "password1", "Nieuw wachtwoord", LENGTH)
        word(self, "password2", "Nieuw wachtwoord, nog een keer")


class PasswordChoice(SetPasswordForm):
    """A first password, beside the code by e-mail."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        word(self, "password1", "Wachtwoord", LENGTH)
        word(self, "password2", "Wachtwoord, nog een keer")


class PasswordAgain(ReauthenticateForm):
    """Show once more that it is you."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        word(self, "password", "Wachtwoord")


class SecondStep(AuthenticateForm):
    """The code from the app on the phone."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        word(self, "code", "Code", "De zes cijfers uit de app op uw telefoon, of een reservecode.")


class SecondStepAgain(ReauthenticateByCodeForm):
    """The code from the app once more."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        word(self, "code", "Code", "De zes cijfers uit de app op uw telefoon, of een reservecode.")


class SecondStepStart(ActivateTOTPForm):
    """The first code from the app shows that it works."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        word(self, "code", "Code", "De zes cijfers die de app nu laat zien.")


NAME_HELP = "Bijvoorbeeld ‘mijn telefoon’. Zo herkent u hem later."


class NewPasskey(AddWebAuthnForm):
    """A passkey of a phone, a computer or a key ring. It is always enough by itself: it asks for a finger or a pin."""

    passwordless = forms.BooleanField(initial=True, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        word(self, "name", "Hoe noemt u deze sleutel?", NAME_HELP, maxlength=100)

    def clean(self):
        return _read(super().clean)


def _read(clean):
    """Read what a browser sent of a key; what is no answer of a key at all is a wrong one, and no accident."""
    try:
        return clean()
    except (AttributeError, KeyError, TypeError, ValueError) as nonsense:
        raise get_adapter().validation_error("incorrect_code") from nonsense


class PasskeyLogin(LoginWebAuthnForm):
    """Log in with a passkey alone."""

    def clean_credential(self):
        return _read(super().clean_credential)


class PasskeyStep(AuthenticateWebAuthnForm):
    """A passkey as the second step."""

    def clean_credential(self):
        return _read(super().clean_credential)


class PasskeyAgain(ReauthenticateWebAuthnForm):
    """A passkey once more."""

    def clean_credential(self):
        return _read(super().clean_credential)


class PasskeyName(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        word(self, "name", "Hoe noemt u deze sleutel?", NAME_HELP, maxlength=100)
