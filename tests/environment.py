"""The environment of the tests, set before Django reads it: http, plain static files, a folder of their own."""

import os
import tempfile

os.environ.setdefault("DIALOOG_HTTPS", "no")
os.environ.setdefault("DIALOOG_PLAIN_STATIC", "yes")
os.environ.setdefault("DIALOOG_VAR", tempfile.mkdtemp(prefix="dialoog-test-"))
os.environ.setdefault("DIALOOG_SECRET_KEY", "only-for-tests-" * 4)
# What is printed is made by the test that asks for it, or at once in a server under test.
os.environ.setdefault("DIALOOG_PRESS", "here")
