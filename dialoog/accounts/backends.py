"""Who somebody is: their account, asked for at every request."""

from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend

from dialoog.accounts.models import User
from dialoog.standing import Standing

_account = Standing(lambda key: User.objects.filter(pk=key), UUID)


class Accounts(AuthenticationBackend):
    """Logging in as allauth does it, and the account of a session by a standing question."""

    def get_user(self, user_id):
        user = _account.one(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
