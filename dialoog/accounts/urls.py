"""Logging in: allauth's views at our own addresses. What is not listed here does not exist."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as spare_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount.providers.openid_connect import views as elsewhere
from django.urls import path

from dialoog.accounts.views import back_again, honest, reaching

MUNICIPALITY = {"provider_id": "gemeente"}

urlpatterns = [
    path("", honest(account.login), name="account_login"),
    path("code/", honest(account.request_login_code), name="account_request_login_code"),
    path("code/invullen/", honest(account.confirm_login_code), name="account_confirm_login_code"),
    path("uit/", account.logout, name="account_logout"),
    path("staat-uit/", account.account_inactive, name="account_inactive"),
    path("opnieuw/", honest(account.reauthenticate), name="account_reauthenticate"),
    path("wachtwoord/", honest(account.password_change), name="account_change_password"),
    path("wachtwoord/kiezen/", honest(account.password_set), name="account_set_password"),
    path("weer-binnen/", back_again, name="back_again"),
    path("sleutel/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("gemeente/", reaching(elsewhere.login), MUNICIPALITY, name="openid_connect_login"),
    path("gemeente/terug/", reaching(elsewhere.callback), MUNICIPALITY, name="openid_connect_callback"),
    path("tweede-stap/", second_step.index, name="mfa_index"),
    path("tweede-stap/invullen/", honest(second_step.authenticate), name="mfa_authenticate"),
    path("tweede-stap/opnieuw/", honest(second_step.reauthenticate), name="mfa_reauthenticate"),
    path("tweede-stap/app/", honest(totp.activate_totp), name="mfa_activate_totp"),
    path("tweede-stap/app/uit/", honest(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("tweede-stap/reservecodes/", spare_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "tweede-stap/reservecodes/nieuw/",
        honest(spare_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("tweede-stap/reservecodes/bestand/", spare_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("tweede-stap/sleutels/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("tweede-stap/sleutels/nieuw/", honest(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("tweede-stap/sleutels/opnieuw/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("tweede-stap/sleutels/<int:pk>/naam/", honest(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path("tweede-stap/sleutels/<int:pk>/weg/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
]
