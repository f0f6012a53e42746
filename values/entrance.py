"""How people find a room: the drawing that a camera reads, and a brake on those who guess codes.

The brake counts wrong codes only. It never stops a phone that is already in the room, nor one that scanned the drawing:
three hundred people share the address of one building, and one of them who guesses must not lock the others out.
"""

import hashlib
import hmac
import time
from dataclasses import dataclass
from functools import lru_cache

import segno
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

WINDOW = 10 * 60
# A room of 300 in which one in three mistypes stays below this.
WRONG_PER_ADDRESS = 120
# All addresses together, for who guesses from many places at once: of 100,000,000 codes that is nothing in a day.
WRONG_IN_ALL = 600


@dataclass(frozen=True)
class Drawing:
    """A QR code as one path, in squares of one by one, with the white edge that a camera needs."""

    size: int
    path: str


@lru_cache(maxsize=50)
def drawing(address):
    """The QR code of this address."""
    matrix = segno.make(address, error="m", micro=False).matrix
    runs = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            length = 0
            while x + length < len(row) and row[x + length]:
                length += 1
            if length:
                runs.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length or 1
    return Drawing(len(matrix), "".join(runs))


def scanned(workshop):
    """The address in the drawing: with the key, that nobody can guess."""
    return settings.SITE_URL + reverse("room:room", kwargs={"code": workshop.door_key})


def spoken():
    """The address as people type it: short, without the part that browsers add themselves."""
    return settings.SITE_URL.split("//")[-1] + reverse("room:entrance").rstrip("/")


class Guesses:
    """How many wrong codes came from one address, and in all, in these ten minutes."""

    def __init__(self, address):
        # A keyed digest that is gone within the quarter of an hour: no address is kept.
        digest = hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()[:32]
        window = int(time.time() // WINDOW)
        self.limits = {f"zaal-{digest}-{window}": WRONG_PER_ADDRESS, f"zaal-{window}": WRONG_IN_ALL}

    @property
    def too_many(self):
        """Whether typed codes are refused for now."""
        return any(cache.get(key, 0) >= limit for key, limit in self.limits.items())

    def note(self):
        """One more wrong code."""
        for key in self.limits:
            cache.set(key, cache.get(key, 0) + 1, WINDOW)
