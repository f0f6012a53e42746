"""What is no answer of a passkey is refused, whatever it looks like."""

import pytest
from allauth.mfa.models import Authenticator

EMPTY = '"clientDataJSON":"AA","attestationObject":"AA","authenticatorData":"AA","signature":"AA","userHandle":"AA"'
NONSENSE = [
    "",
    "[]",
    "null",
    "{}",
    "{" * 2000,
    '{"response": 1}',
    '{"response": {"userHandle": 1}}',
    '{"id":"x","response":{}}',
    '{"id":[],"rawId":{},"type":1,"response":[]}',
    '{"id":"AA","rawId":"AA","type":"public-key","response":{' + EMPTY + "}}",
]


@pytest.mark.promise("S3")
def test_nonsense_for_a_key_is_refused_and_makes_none(bram, browse):
    stranger, himself = browse(), browse(bram)
    for sent in NONSENSE:
        stranger.get("/inloggen/sleutel/", headers={"Accept": "application/json"})
        assert stranger.post("/inloggen/sleutel/", {"credential": sent})["Location"] == "/inloggen/"
        himself.get("/inloggen/tweede-stap/sleutels/nieuw/")
        answer = himself.post("/inloggen/tweede-stap/sleutels/nieuw/", {"credential": sent, "passwordless": "True"})
        assert answer.status_code == 422 and "Dit lukte nog niet" in answer.content.decode()
    assert stranger.get(bram.url("start")).status_code == 302
    assert not Authenticator.objects.exists()
