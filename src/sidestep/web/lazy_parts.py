"""Takes a part of the site in when one of its addresses is first asked for, as commands are.

So a start waits for no page that nobody looks at. Which part an address belongs to is said beside
the pages.
"""

from collections.abc import Collection, Mapping, Sequence
from importlib import import_module
from threading import Lock

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send


class LazyParts:
    """Imports what answers an address before it is asked.

    Parameters
    ----------
    parts
        Module with a ``router`` to the first parts of the paths that it answers.
    """

    def __init__(self, app: ASGIApp, parts: Mapping[str, Collection[str]]) -> None:
        self._app = app
        self._parts = parts
        self._taken_in: set[str] = set()
        self._lock = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on to a site that has what it asks for."""
        if scope["type"] in ("http", "websocket"):
            path: str = scope["path"].removeprefix(scope.get("root_path", ""))
            first = path.lstrip("/").partition("/")[0]
            missing = [
                module
                for module, firsts in self._parts.items()
                if first in firsts and module not in self._taken_in
            ]
            if missing:
                await run_in_threadpool(self._take_in, scope["app"], missing)
        await self._app(scope, receive, send)

    def _take_in(self, site: FastAPI, modules: Sequence[str]) -> None:
        with self._lock:
            for module in modules:
                if module not in self._taken_in:
                    site.include_router(import_module(module).router)
                    self._taken_in.add(module)
