"""The application for the server: streams on the event loop, every page on a WSGI thread, in one process."""

import asyncio
import contextvars
import gc
import os
import re
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from io import BytesIO

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialoog.settings")

from a2wsgi.wsgi import build_environ
from django.core.wsgi import get_wsgi_application

pages = get_wsgi_application()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402
from django.urls import Resolver404, URLResolver, get_resolver, resolve  # noqa: E402

from dialoog.live.streams import Streams  # noqa: E402
from dialoog.partnerships import shared_words  # noqa: E402
from dialoog.partnerships.listening import enter, still_welcome  # noqa: E402

STREAM = re.compile(r"/[-\w]+/stroom/")
LARGEST_REQUEST = settings.LARGEST_REQUEST
# What the longest of our own addresses takes, twice.
LONGEST_ADDRESS = 300
# Asked once: on the event loop Django makes a new connection for whoever asks about it.
ONE_WRITER = connections["default"].vendor == "sqlite"


class Front:
    """Sends a request to the streams or to the pages, and looks after the ear of this process."""

    def __init__(self):
        self.threads = ThreadPoolExecutor(max_workers=settings.THREADS, thread_name_prefix="pages")
        self.line = asyncio.Semaphore(1)
        self.streams = Streams(
            enter, still_welcome, otherwise=self.page, words=shared_words.tell, about=shared_words.about
        )

    async def __call__(self, scope, receive, send):
        if scope["type"] == "lifespan":
            await self.lifespan(receive, send)
        elif scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1000})
        elif STREAM.fullmatch(scope["path"]) and scope["method"] == "GET":
            await self.streams(scope, receive, send)
        else:
            await self.page(scope, receive, send)

    async def lifespan(self, receive, send):
        """Begin to listen when the server starts, and stop when it stops."""
        while True:
            kind = (await receive())["type"]
            if kind == "lifespan.startup":
                self.streams.start()
                remember_addresses()
                spare_the_collector()
            else:
                await self.streams.stop()
            await send({"type": f"{kind}.complete"})
            if kind == "lifespan.shutdown":
                return

    async def page(self, scope, receive, send):
        """Hand a whole request to Django.

        WSGI cannot tell a broken-off request from a short one, and would save half a text. So the body is read first,
        and a request that its sender broke off is dropped.
        """
        body, more = bytearray(), True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > LARGEST_REQUEST:
                await too_large(send)
                return
        # As WSGI variables, X_Forwarded_Proto and X-Forwarded-Proto are the same; only a proxy may set the second.
        headers = [(name, value) for name, value in scope["headers"] if b"_" not in name]
        environ = build_environ({**scope, "headers": headers}, BytesIO(body))
        answer = self.in_line if waits_in_line(scope) else self.answer
        status, headers, text = await answer(environ)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": text})

    async def answer(self, environ):
        # There and back once: going to and fro for each part of an answer cost a tenth of a small act.
        work = contextvars.copy_context().run, answer_to, environ
        return await asyncio.get_running_loop().run_in_executor(self.threads, *work)

    async def in_line(self, environ):
        """On SQLite acts come after one another anyway: before one has its turn it gets no thread to wait on.

        Threads that all prepare an act at once take the processor from the one whose turn it is, and everyone waits for
        that one. The next one comes as soon as an act is kept (see `turn`), or is answered without.
        """
        await self.line.acquire()
        loop, left = asyncio.get_running_loop(), []

        def leave():
            if not left:
                left.append(True)
                self.line.release()

        environ["dialoog.let_go"] = lambda: loop.call_soon_threadsafe(leave)
        try:
            return await self.answer(environ)
        finally:
            leave()


def waits_in_line(scope):
    """Whether this is an act at a table, on the database that lets one writer in at a time."""
    if scope["method"] != "POST" or not ONE_WRITER:
        return False
    try:
        return getattr(resolve(scope["path"]).func, "takes_turn", False)
    except Resolver404:
        return False


def answer_to(environ):
    """The whole answer of Django, as (status, headers, body); nothing here is too large to hold in memory."""
    said = []
    answer = pages(environ, lambda status, headers, *fault: said.append((status, headers)))
    try:
        text = b"".join(answer)
    finally:
        answer.close()
    status, headers = said[-1]
    sent = [(name.encode("latin1").lower(), value.strip().encode("latin1")) for name, value in headers]
    return int(status[:3]), sent, text


def remember_addresses():
    """Which view an address leads to, for looking along all routes cost a tenth of a small act; gives what is kept."""
    resolver = get_resolver()
    look = partial(URLResolver.resolve, resolver)
    known = lru_cache(maxsize=4096)(look)
    # Of what nobody would call an address nothing is kept: anyone can send thousands of them.
    resolver.resolve = lambda path: (known if len(path) <= LONGEST_ADDRESS else look)(path)
    return known


def spare_the_collector():
    """What was loaded at the start is never garbage: looking through it again and again cost a fifth of each page."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, *gc.get_threshold()[1:])


async def too_large(send):
    """One sentence for a request that is larger than anything Dialoog asks for."""
    sentence = b"Dit is te groot om te versturen. Kies een kleiner bestand of een kortere tekst."
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": sentence})


application = Front()
