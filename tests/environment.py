"""The environment of the tests, set before Django reads it: http, plain static files, a folder of their own."""

import os
import tempfile

os.environ.setdefault("DIALOOG_HTTPS", "no")
os.environ.setdefault("DIALOOG_PLAIN_STATIC", "yes")
os.environ.setdefault("DIALOOG_VAR", tempfile.mkdtemp(prefix="dialoog-test-"))
os.environ.setdefault("DIALOOG_SECRET_KEY", "only-for-tests-" * 4)
# What is printed is made by the test that asks for it, or at once in a server under test.
os.environ.setdefault("DIALOOG_PRESS", "here")

# Side by side each has a folder of its own: who tries to log in too often is counted in there, by address.
if (worker := os.environ.get("PYTEST_XDIST_WORKER")) and not os.environ["DIALOOG_VAR"].endswith(worker):
    os.environ["DIALOOG_VAR"] = os.path.join(os.environ["DIALOOG_VAR"], worker)
    os.makedirs(os.environ["DIALOOG_VAR"], exist_ok=True)
