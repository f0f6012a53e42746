"""Letters by e-mail: each as plain text and as a page, with a neutral subject; and a way to have no more of them."""

import logging
import smtplib

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)


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
