"""Stops what is sent before it fills the memory or the disk."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sidestep.web.guard.plain_answer import plain_answer

FORM_BYTES = 1 << 20
"""Of a form or a JSON document; answers are a few kilobytes."""

UPLOAD_BYTES = 4 << 30
"""Of an upload: half an hour of 1080p film, or an account's whole export."""

TOO_LARGE = "This is larger than anything that is taken here."


class TooLargeError(Exception):
    """More came than was announced, or than is taken."""


class GuardSizes:
    """Refuses bodies beyond what their route takes.

    Parameters
    ----------
    uploads
        Beginnings of the paths that take files.
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
        most = UPLOAD_BYTES if path.startswith(self._uploads) else FORM_BYTES
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced) > most:
            await plain_answer(scope, TOO_LARGE, 413)(scope, receive, send)
            return
        taken = 0

        async def receive_counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise TooLargeError
            return message

        try:
            await self._app(scope, receive_counted, send)
        except TooLargeError:
            await plain_answer(scope, TOO_LARGE, 413)(scope, receive, send)
