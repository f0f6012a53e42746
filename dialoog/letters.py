"""Letters by e-mail: each as plain text and as a page, with a neutral subject; and a way to have no more of them."""

import logging
import smtplib

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)


class LettersToday:
    """How many letters one side of a table had sent to one address today, whatever they were about.

    For letters that go when somebody presses a button, so that nobody fills the mailbox of somebody else.
    """

    MOST = 3

    def __init__(self, seat, address, about="", most=MOST):
        """Letters `about` something are counted apart, so that no others can use them up."""
        # A keyed digest: no address is kept, and no other table or side learns of it.
        counted = f"{seat.partnership_id}:{seat.party}:{address.casefold()}:{timezone.localdate()}:{about}".rstrip(":")
        self.most = most
        self.name = "letters-" + salted_hmac("dialoog.letters", counted, algorithm="sha256").hexdigest()

    def take(self):
        """Count one more letter; gives whether it may go."""
        there = cache.get(self.name, 0)
        if there < self.most:
            self._keep(there + 1)
        return there < self.most

    @classmethod
    def share_out(cls, seat, members, about, most=MOST):
        """Count one more letter to each of these members; gives to whom it may go, and who gets none, in a sentence."""
        may = {member: cls(seat, member.user.email, about, most).take() for member in members}
        left = sorted(str(member) for member, is_told in may.items() if not is_told)
        named = " en ".join(filter(None, [", ".join(left[:-1]), *left[-1:]]))
        said = f"Geen e-mail vandaag voor {named}: daarheen gingen er al {most}. Laat het zelf weten." if left else ""
        return [member for member, is_told in may.items() if is_told], said

    def require(self):
        """Count one more letter, or say why it cannot go."""
        if not self.take():
            raise ValidationError("Naar dit adres gingen vandaag al drie berichten. Probeer het morgen nog eens.")

    def give_back(self):
        """The letter did not go."""
        self._keep(max(cache.get(self.name, 0) - 1, 0))

    def _keep(self, count):
        cache.set(self.name, count, 24 * 60 * 60)


def send(to, subject, template, words, stop_url="", attached=None):
    """Send one letter (`template`.txt and `template`.html); gives whether it went.

    With `stop_url` a mail program shows its own button to have no more of these letters (RFC 8058). `attached` is one
    file: its name, its content and what kind it is.
    """
    headers = {"Auto-Submitted": "auto-generated"}
    if stop_url:
        headers |= {"List-Unsubscribe": f"<{stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    words = {**words, "stop_url": stop_url}
    letter = EmailMultiAlternatives(subject, render_to_string(f"{template}.txt", words), to=[to], headers=headers)
    letter.attach_alternative(render_to_string(f"{template}.html", words), "text/html")
    if attached:
        letter.attach(*attached)
    try:
        letter.send()
    except (OSError, smtplib.SMTPException):
        # What the letter is about stands in Dialoog too; nobody's act fails because a mail server is away.
        logger.exception("A letter could not be sent.")
        return False
    return True
