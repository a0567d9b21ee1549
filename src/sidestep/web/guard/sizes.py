"""Stops what is sent before it fills the memory or the disk."""

from contextlib import suppress

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sidestep.web.guard.plain_answer import plain_answer
from sidestep.web.who import desk_or_none

FORM_BYTES = 1 << 20
"""Of a form or a JSON document; answers are a few kilobytes."""

UPLOAD_BYTES = 4 << 30
"""Of an upload: half an hour of 1080p film, or an account's whole export."""

TOO_LARGE = "This is larger than anything that is taken here."


class TooLargeError(Exception):
    """More came than was announced, or than is taken."""


class GuardSizes:
    """Refuses bodies beyond what their route takes, and reads no upload of nobody's.

    A form is read before it is known who sends it. So what somebody uploads without being signed in
    arrives empty, and is answered as anything else of hers: with the sign-in.

    Parameters
    ----------
    uploads
        Beginnings of the paths that take files of whoever is signed in.
    """

    def __init__(self, app: ASGIApp, uploads: tuple[str, ...]) -> None:
        self._app = app
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if not path.startswith(self._uploads):
            await self._pass_on(scope, receive, send, FORM_BYTES)
        elif await run_in_threadpool(desk_or_none, HTTPConnection(scope)) is not None:
            await self._pass_on(scope, receive, send, UPLOAD_BYTES)
        else:
            await self._app(scope, _receive_nothing, send)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send, most: int) -> None:
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced) > most:
            await plain_answer(scope, TOO_LARGE, 413, "too_large")(scope, receive, send)
            return
        taken, has_begun = 0, False

        async def receive_counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise TooLargeError
            return message

        async def send_unless_too_large(message: Message) -> None:
            nonlocal has_begun
            if has_begun or taken <= most:
                has_begun = True
                await send(message)

        # Who reads a body may answer for itself that it could not be read.
        with suppress(TooLargeError):
            await self._app(scope, receive_counted, send_unless_too_large)
        if taken > most and not has_begun:
            await plain_answer(scope, TOO_LARGE, 413, "too_large")(scope, receive, send)


async def _receive_nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}
