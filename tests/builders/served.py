"""A site served on a port of its own, as a browser meets it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from sidestep.web.app import create_app
from sidestep.web.site import Site

STARTS_WITHIN_S = 30.0


@contextmanager
def served(site: Site, port: int = 0) -> Iterator[str]:
    """Serve a site from a thread, on a free port unless one is named, and give its address."""
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
        port = listening.getsockname()[1]
        config = uvicorn.Config(
            create_app(site), log_level="error", access_log=False, timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        site.is_ending = lambda: server.should_exit
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        waited = threading.Event()
        for _ in range(int(STARTS_WITHIN_S / 0.05)):
            if server.started:
                break
            waited.wait(0.05)
        assert server.started, "the site did not start"
        try:
            yield f"http://localhost:{port}"
        finally:
            server.should_exit = True
            thread.join(STARTS_WITHIN_S)
