"""Sessions in the database, asked for by one standing question."""

from django.contrib.sessions.backends import db
from django.utils import timezone

from dialoog.standing import Standing

_session = Standing(lambda key: db.SessionStore.get_model_class().objects.filter(pk=key), str)


class SessionStore(db.SessionStore):
    """As Django's own; every request begins with it."""

    def _get_session_from_db(self):
        # A key is made of letters and digits; what else somebody sends is none, and PostgreSQL would not take it.
        session = _session.one(self.session_key) if self.session_key.isalnum() else None
        if session is None or session.expire_date <= timezone.now():
            self._session_key = None
            return None
        return session
