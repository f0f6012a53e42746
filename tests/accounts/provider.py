"""A small provider of OpenID Connect: the municipality's own login, on a real port, signing with a real key."""

import base64
import hashlib
import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """Whoever comes is the person in `claims`."""

    def __init__(self):
        self.claims = {}
        self.challenges = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"provider": self}))
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def configuration(self):
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def authorize(self, query):
        """Where the browser goes back to, with a code that works once."""
        code = f"code-{len(self.challenges)}"
        self.challenges[code] = query["code_challenge"][0]
        return f"{query['redirect_uri'][0]}?{urlencode({'code': code, 'state': query['state'][0]})}"

    def token(self, sent):
        """The token for a code, for the client that asked for it; None when it is somebody else's."""
        verifier = hashlib.sha256(sent["code_verifier"][0].encode()).digest()
        proof = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        if self.challenges.pop(sent["code"][0], None) != proof or sent["client_secret"] != ["geheim"]:
            return None
        now = int(time.time())
        told = {"iss": self.url, "aud": "dialoog", "iat": now, "exp": now + 60, **self.claims}
        signed = jwt.encode(told, KEY, algorithm="RS256", headers={"kid": "een"})
        return {"access_token": "sleutel", "token_type": "Bearer", "id_token": signed}


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self):
        asked = urlsplit(self.path)
        if asked.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(parse_qs(asked.query)))
            self.end_headers()
        elif asked.path == "/userinfo":
            self.tell(self.provider.claims)
        elif asked.path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            self.tell({"keys": [public | {"kid": "een", "use": "sig", "alg": "RS256"}]})
        else:
            self.tell(self.provider.configuration())

    def do_POST(self):
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        token = self.provider.token(sent)
        self.tell(token or {"error": "invalid_grant"}, 200 if token else 400)

    def tell(self, what, status=200):
        text = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format, *args):
        """Silence: a test says what matters."""


@contextmanager
def running():
    """A provider that answers for as long as the test lasts."""
    provider = Provider()
    thread = threading.Thread(target=provider.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.server.shutdown()
        provider.server.server_close()
        thread.join(timeout=5)
