"""Walk through Dialoog as somebody would: every link, every part that loads itself."""

import base64
import binascii
import html
import io
import json
import re
import zipfile
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import quote, quote_plus, urldefrag, urljoin, urlsplit


class Reader(HTMLParser):
    """What a page offers: its links, the parts that load themselves, its forms and its buttons."""

    def __init__(self):
        super().__init__()
        self.links, self.forms, self.loose_buttons, self.ids, self.doubles = [], [], [], set(), []
        self.form = None

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if named.get("id"):
            (self.doubles.append if named["id"] in self.ids else self.ids.add)(named["id"])
        if tag in ("a", "area") and named.get("href"):
            self.links.append(named["href"])
        if named.get("hx-get"):
            self.links.append(named["hx-get"])
        if tag == "form":
            self.form = named
            self.forms.append(named)
        elif (
            tag == "button"
            and self.form is None
            and not named.get("form")
            and not any(name.startswith(("data-", "popovertarget", "command")) for name in named)
        ):
            self.loose_buttons.append(named)

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None


def read(answer):
    """The offer of one page."""
    reader = Reader()
    reader.feed(answer.content.decode())
    return reader


def crawl(browser, start, limit=600, alike=1000, drawn=None):
    """Every page that this person can reach from `start` by following links: address → answer.

    Of pages that differ only in the thing they show, no more than `alike` are opened; of papers one or two of each
    kind, and none of the kinds that an earlier walk counted in `drawn`.
    """
    seen, waiting, met = {}, [start], Counter()
    drawn = Counter() if drawn is None else drawn
    while waiting and len(seen) < limit:
        address = waiting.pop(0)
        if address in seen:
            continue
        kind = re.sub(r"[0-9a-f-]{36}|\d+", "", address)
        # Paper takes time to draw: one or two of each kind tell as much as twenty.
        count, most = (drawn, min(2, alike // 2)) if address.endswith(".pdf") else (met, alike)
        count[kind] += 1
        if count[kind] > most:
            continue
        answer = seen[address] = browser.get(address)
        if answer.status_code in (301, 302):
            waiting.append(urldefrag(urljoin(address, answer["Location"]))[0])
        elif "html" in answer.get("Content-Type", "") and not answer.streaming:
            for link in read(answer).links:
                target = urldefrag(urljoin(address, link))[0]
                parts = urlsplit(target)
                if not parts.scheme and not parts.netloc and target not in seen and "/stroom/" not in target:
                    waiting.append(target)
    return seen


def unpacked(content):
    """What stands in a file, also in the files that are packed inside it."""
    if content[:2] != b"PK":
        return [content]
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        return [*(name.encode() for name in pack.namelist()), *(pack.read(name) for name in pack.namelist())]


def disguises(secret):
    """The forms in which a secret could leak: plain, escaped, quoted, encoded."""
    raw = secret.encode()
    return {
        form.lower()
        for form in (
            secret, html.escape(secret), quote(secret), quote_plus(secret), json.dumps(secret)[1:-1],
            base64.b64encode(raw).decode().rstrip("="), binascii.hexlify(raw).decode(),
        )
    }  # fmt: skip


def leaks(secrets, *texts):
    """Which of these secrets stand in any of these texts or bytes, in any disguise."""
    found = set()
    for text in texts:
        lowered = (text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)).lower()
        found |= {secret for secret in secrets if any(form in lowered for form in disguises(secret))}
    return found
