"""Logging in: allauth's views at our own addresses. What is not listed here does not exist."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as spare_codes
from allauth.mfa.totp import views as totp
from django.urls import path

urlpatterns = [
    path("", account.login, name="account_login"),
    path("code/", account.request_login_code, name="account_request_login_code"),
    path("code/invullen/", account.confirm_login_code, name="account_confirm_login_code"),
    path("uit/", account.logout, name="account_logout"),
    path("staat-uit/", account.account_inactive, name="account_inactive"),
    path("opnieuw/", account.reauthenticate, name="account_reauthenticate"),
    path("wachtwoord/", account.password_change, name="account_change_password"),
    path("wachtwoord/kiezen/", account.password_set, name="account_set_password"),
    path("tweede-stap/", second_step.index, name="mfa_index"),
    path("tweede-stap/invullen/", second_step.authenticate, name="mfa_authenticate"),
    path("tweede-stap/opnieuw/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("tweede-stap/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("tweede-stap/app/uit/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("tweede-stap/reservecodes/", spare_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("tweede-stap/reservecodes/nieuw/", spare_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("tweede-stap/reservecodes/bestand/", spare_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
