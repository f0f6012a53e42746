"""Logging in with the account of the municipality. It opens the door for its own people, and for nobody else."""

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.shortcuts import render

from dialoog.partnerships.models import Member, Party


class MunicipalLogin(DefaultSocialAccountAdapter):
    """Who runs the municipality's accounts could make one with any address, also that of a member of the council.

    So this way in is for those who sit for the municipality everywhere they sit. It makes no account and no seat.
    """

    def list_apps(self, request, provider=None, client_id=None):
        """The one that the environment names: no row in the database opens a door."""
        named = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
        wanted = [app for app in named if provider in (None, "openid_connect", app["provider_id"])]
        return [SocialApp(provider="openid_connect", **app) for app in wanted]

    def pre_social_login(self, request, sociallogin):
        verified = any(address.verified is True for address in sociallogin.email_addresses)
        mine = sociallogin.is_existing and Member.objects.only_for(sociallogin.user, Party.MUNICIPALITY)
        # Nothing is ever connected to an account: that would be a second key that nobody sees.
        if not (verified and mine) or sociallogin.state.get("process") == "connect":
            raise ImmediateHttpResponse(render(request, "socialaccount/refused.html", status=403))

    def is_open_for_signup(self, request, sociallogin):
        return False

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        raise ImmediateHttpResponse(render(request, "socialaccount/authentication_error.html", status=422))
