"""A table with conversations to type in, for tests that start their own server; run as a script on a fresh database."""

import json
import os
import secrets

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialoog.settings")
    django.setup()

from django.conf import settings
from django.test import Client

from projects.models import Phase
from tests import make as people
from tests.experiences import make
from tests.projects import make as rounds


def lay(writers):
    """So many conversations, each with somebody who types it; what a client needs to be that person."""
    table = people.partnership(f"tafel-{secrets.token_hex(4)}")
    bram = people.council(table, "Bram Hoekstra", is_coordinator=True)
    people.municipal(table, "Anna de Wit", is_coordinator=True)
    project = rounds.project(bram, Phase.COLLECT)
    told = []
    for _ in range(writers):
        held = make.interview(bram, project, interviewers=[bram])
        make.consent(bram, held)
        client = Client()
        client.force_login(bram.user)
        told.append(
            {
                "save": bram.url("experiences:save", interview=held.pk),
                "page": bram.url("experiences:interview", interview=held.pk),
                "session": client.cookies[settings.SESSION_COOKIE_NAME].value,
            }
        )
    return told


if __name__ == "__main__":
    print(json.dumps(lay(4)))
