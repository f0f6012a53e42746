"""Serve Dialoog: the real server, as in production."""

import uvicorn
from django.conf import settings
from django.core.management.base import BaseCommand


class Server(uvicorn.Server):
    """Uvicorn that ends the open streams at once when it is asked to stop, instead of waiting for them."""

    def handle_exit(self, sig, frame):
        application = getattr(self.config, "loaded_app", None)
        while application is not None and not hasattr(application, "streams"):
            application = getattr(application, "app", None)
        if application is not None:
            application.streams.close_all()
        super().handle_exit(sig, frame)


def proxied():
    """What the server is told of the proxies before it: REMOTE_ADDR is then who asked, and not the proxy.

    Everything that counts tries per place reads that; whoever is no proxy cannot say to be somewhere else.
    """
    return {"proxy_headers": bool(settings.PROXIES), "forwarded_allow_ips": settings.PROXIES}


class Command(BaseCommand):
    help = "Serve Dialoog with pages and live streams in one process."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1, help="processes that share the port")
        parser.add_argument("--log-level", default="warning")

    def handle(self, *, host, port, workers, log_level, **options):
        given = {"host": host, "port": port, "log_level": log_level, "timeout_graceful_shutdown": 5, "lifespan": "on"}
        given |= {"server_header": False, **proxied()}
        if workers > 1:
            uvicorn.run("dialoog.asgi:application", workers=workers, **given)
            return
        Server(uvicorn.Config("dialoog.asgi:application", **given)).run()
