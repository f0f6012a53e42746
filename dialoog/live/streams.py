"""Streams: each open page of this process hears the bells of its own channels."""

import asyncio
import contextlib
import logging
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db import close_old_connections

from dialoog.live import bells
from dialoog.live.listener import Listener

logger = logging.getLogger(__name__)

# A burst of bells within this time becomes one message; the ear gathers too, between two looks.
GATHER = 0.005
HEARTBEAT = 15
CHECK_EVERY = 1
# More pages than this in one session is no person; the oldest makes room.
MOST_PAGES = 20

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"vary", b"Cookie"),
]


def told(mark, topics):
    """These bells as the stream writes them. The mark comes with the last one: an interrupted message is told again."""
    lines = [f"event: bell\ndata: {topic}\n" for topic in topics] or [""]
    lines[-1] += f"id: {mark}\n"
    return "".join(line + "\n" for line in lines).encode()


def spoken(messages):
    """Words for one page, each as (event, data): they are not remembered, a page asks for them when it opens."""
    return "".join(f"event: {event}\ndata: {data}\n\n" for event, data in messages).encode()


@dataclass(frozen=True)
class Visitor:
    """Who opens a stream: the channels they hear, what they heard last, and a ticket that is checked again.

    `reads` names the things of which this page shows the very words.
    """

    channels: tuple
    ticket: Any
    heard: str = ""
    reads: frozenset = frozenset()


class Stream:
    """One open page."""

    def __init__(self, visitor):
        self.visitor = visitor
        self.topics = {}
        self.words = []
        self.mark = None
        # Up to where this page was told, when it came back: an ear that is behind it tells nothing twice.
        self.told_to = self.place_of(visitor.heard)
        self.woken = asyncio.Event()
        self.gathering = None
        self.gathered = False
        self.closing = False

    @staticmethod
    def place_of(mark):
        """The place in a mark, or None when there is none to go by."""
        known = bells.opened(mark)
        return known and known[0]

    def was_told(self, moment):
        """Whether a bell of this moment lies before what the page heard already."""
        return self.told_to is not None and not bells.comes_after(moment, self.told_to)

    def hear(self, mark, topics):
        """Remember these topics until the page is told, each once."""
        self.topics.update(dict.fromkeys(topics))
        self.mark = mark
        self.gathering = self.gathering or asyncio.get_running_loop().call_later(GATHER, self._wake)

    def say(self, words):
        """Tell the page these words now: they do not wait until bells have gathered."""
        self.words += words
        self.woken.set()

    def _wake(self):
        self.gathering, self.gathered = None, True
        self.woken.set()

    def close(self):
        """End this stream at its next breath."""
        self.closing = True
        self.woken.set()

    def message(self):
        """What the page is told now."""
        words, self.words = self.words, []
        said = spoken(words)
        if self.gathered and self.topics:
            topics, self.topics = list(self.topics), {}
            said += told(self.mark, topics)
        self.gathered = False
        return said


class Streams:
    """All open streams of this process, as an ASGI application.

    `enter(scope)` says who comes in (a Visitor), or None; `still_welcome(tickets)` gives back the tickets that still
    hold; `words([(ticket, topics)])` what each of those may read of these things now, and `about(topic)` which thing
    a bell is about. All but the last are called in a thread, where each is to the database as a request of its own.
    """

    def __init__(self, enter, still_welcome, otherwise, words=None, about=str):
        self.enter = enter
        self.still_welcome = still_welcome
        self.otherwise = otherwise
        self.words = words
        self.about = about
        self.to_read = {}
        self.reading = None
        self.hearing = defaultdict(set)
        # A dict, because it keeps the order in which they came.
        self.open = {}
        self.threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="streams")
        self.listener = None
        self.watch = None
        self.loop = None

    def start(self):
        """Open this process's ear."""
        if self.listener is None:
            self.loop = asyncio.get_running_loop()
            self.listener = Listener(self._deliver)
            self.listener.start()
            self.watch = self.loop.create_task(self._watch_the_door())

    async def stop(self):
        """Close every stream and the ear."""
        self.close_all()
        if self.listener is not None:
            self.watch.cancel()
            listener, self.listener = self.listener, None
            await asyncio.get_running_loop().run_in_executor(None, listener.stop)

    def close_all(self):
        """End all streams; their pages come back by themselves, to this process or the next."""
        for stream in list(self.open):
            stream.close()

    async def __call__(self, scope, receive, send):
        self.start()
        visitor = await self._in_thread(self.enter, scope)
        if visitor is None:
            await self.otherwise(scope, receive, send)
            return
        stream = Stream(visitor)
        of_this_session = [one for one in self.open if one.visitor.ticket == visitor.ticket and not one.closing]
        if len(of_this_session) >= MOST_PAGES:
            of_this_session[0].close()
        self.open[stream] = True
        for channel in visitor.channels:
            self.hearing[channel].add(stream)
        gone = asyncio.ensure_future(self._until_gone(stream, receive))
        try:
            await self._tell(stream, send)
        finally:
            gone.cancel()
            self.open.pop(stream, None)
            for channel in visitor.channels:
                self.hearing[channel].discard(stream)
                if not self.hearing[channel]:
                    del self.hearing[channel]

    async def _tell(self, stream, send):
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await send({"type": "http.response.body", "body": b"retry: 1000\n\n", "more_body": True})
        if stream.visitor.heard:
            # Listening began before this look, so nothing falls between the two.
            mark, topics = await self._in_thread(bells.missed, stream.visitor.heard, stream.visitor.channels)
            stream.told_to = stream.place_of(mark)
            if topics:
                stream.hear(mark, topics)
        if stream.visitor.reads:
            # What was typed since this page was made.
            self._read_for(stream, stream.visitor.reads)
        while not stream.closing:
            try:
                await asyncio.wait_for(stream.woken.wait(), HEARTBEAT)
            except TimeoutError:
                await send({"type": "http.response.body", "body": b": \n\n", "more_body": True})
                continue
            stream.woken.clear()
            if not stream.closing and (message := stream.message()):
                await send({"type": "http.response.body", "body": message, "more_body": True})
        with contextlib.suppress(OSError):
            await send({"type": "http.response.body", "body": b""})

    async def _until_gone(self, stream, receive):
        while (await receive())["type"] != "http.disconnect":
            pass
        stream.close()

    async def _in_thread(self, act, *args):
        return await asyncio.get_running_loop().run_in_executor(self.threads, self._with_connection, act, args)

    def _with_connection(self, act, args):
        # As around a request: what broke is thrown away, and a connection goes back to where it is shared.
        close_old_connections()
        try:
            return act(*args)
        finally:
            close_old_connections()

    def _deliver(self, mark, rung):
        with contextlib.suppress(RuntimeError):  # The loop may have ended a moment before its ear.
            self.loop.call_soon_threadsafe(self._fan_out, mark, rung)

    def _fan_out(self, mark, rung):
        for channel, topic, moment in rung:
            thing = self.about(topic)
            for stream in self.hearing.get(channel, ()):
                if stream.was_told(moment):
                    continue
                stream.hear(mark, [topic])
                if thing in stream.visitor.reads:
                    self._read_for(stream, [topic])

    def _read_for(self, stream, topics):
        self.to_read.setdefault(stream, {}).update(dict.fromkeys(topics))
        if self.reading is None or self.reading.done():
            self.reading = self.loop.create_task(self._read_words())

    async def _read_words(self):
        """Read for all pages at once, one look after another: words never overtake later words."""
        while self.to_read:
            wanted, self.to_read = self.to_read, {}
            asked = [(stream.visitor.ticket, list(topics)) for stream, topics in wanted.items()]
            try:
                told = await self._in_thread(self.words, asked)
            except Exception:
                logger.warning("Words could not be read for the open pages.", exc_info=True)
                continue
            for stream, words in zip(wanted, told, strict=True):
                if words:
                    stream.say(words)

    async def _watch_the_door(self):
        while True:
            await asyncio.sleep(CHECK_EVERY)
            tickets = {stream.visitor.ticket for stream in self.open}
            if not tickets:
                continue
            try:
                welcome = await self._in_thread(self.still_welcome, tickets)
            except Exception:
                # An unreachable database must not end the watch; nobody hears a bell in that time either.
                logger.warning("The door of the streams could not be checked; trying again.", exc_info=True)
                continue
            for stream in list(self.open):
                if stream.visitor.ticket in tickets and stream.visitor.ticket not in welcome:
                    stream.close()
