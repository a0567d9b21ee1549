"""Answers what nobody foresaw, and writes down where it broke but nothing of what it was about."""

import logging
import traceback
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sidestep.errors import StorageError
from sidestep.web.guard.plain_answer import plain_answer

FRAMES = 6
OUR_FAULT = "Something broke here; it is not your fault. What you had kept before is still there."

_log = logging.getLogger("sidestep.web")


class GuardFailures:
    """Turns an unforeseen error into an answer; its message may hold health data and stays out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_begun = False

        async def send_noted(message: Message) -> None:
            nonlocal has_begun
            has_begun = has_begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, send_noted)
        except StorageError as error:
            # Even who asks could not be read, so that no page of hers can be set.
            _log.error("%s at %s", type(error).__name__, _where(error))
            if not has_begun:
                answer = plain_answer(scope, error.message, 503, error.code, error.hint)
                await answer(scope, receive, send)
        except Exception as error:
            _log.error("%s at %s", type(error).__name__, _where(error))
            if not has_begun:
                await plain_answer(scope, OUR_FAULT, 500, "error")(scope, receive, send)


def _where(error: BaseException) -> str:
    """Name the innermost places by file and line."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return " < ".join(f"{Path(each.filename).name}:{each.lineno}" for each in reversed(frames))
