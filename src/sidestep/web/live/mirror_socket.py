"""The mirror's line to the page: pictures in, what to draw out, nothing kept of the pictures.

What is said on it is described in ``mirror_messages``; who may open one is settled at the door
(``guard.origins``) and here.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, TypeVar

from anyio.to_thread import run_sync
from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect, WebSocketState

from sidestep.errors import InputError, SidestepError, UnreadableFileError
from sidestep.languages.place_names import said_here
from sidestep.services.clips.browser_mirror import BrowserMirror, begin_mirror
from sidestep.services.clips.mirror_plan import mirror_plan
from sidestep.web.desk import Desk
from sidestep.web.live.mirror_messages import MOST_BYTES, read_picture, read_word
from sidestep.web.live.mirrors import NoRoom
from sidestep.web.who import desk_or_none, language_of, site_of

router = APIRouter(include_in_schema=False)

Result = TypeVar("Result")

LONGEST_SILENCE_S: Final = 30.0
"""Nobody is there any more."""

MOST_BROKEN: Final = 60
"""Pictures that cannot be read before it is given up: two seconds of them."""

NOT_SIGNED_IN, TOO_LARGE, NONSENSE = 1008, 1009, 1007
"""Codes of the WebSocket protocol."""

REFUSED: Final = {
    NoRoom.YOURS_IS_OPEN: "Your mirror is open on another page or device. Close it there first.",
    NoRoom.ALL_TAKEN: "Every mirror of this machine is in use. Try again in a while.",
}


@router.websocket("/live/mirror")
async def mirror(socket: WebSocket) -> None:
    """Let somebody who is signed in run before the mirror."""
    desk = await run_sync(desk_or_none, socket)
    if desk is None:
        await socket.close(NOT_SIGNED_IN)
        return
    await socket.accept()
    with site_of(socket).mirrors.room(desk.owner_id) as no_room:
        if no_room is not None:
            await _refuse(socket, no_room.value, REFUSED[no_room])
            return
        # Networks keep to the thread that began with them.
        with ThreadPoolExecutor(1, thread_name_prefix="mirror") as thread:
            await _Talk(socket, desk, thread).run()


async def _refuse(socket: WebSocket, code: str, says: str) -> None:
    says = await run_sync(_in_her_language, socket, says)
    await socket.send_json({"refused": code, "says": says})
    await socket.close()


def _in_her_language(socket: WebSocket, says: str) -> str:
    return said_here(says, language_of(socket).gettext)


class _OverError(Exception):
    """The talk is over; ``code`` is what the line is closed with, ``None`` when it is cut."""

    def __init__(self, code: int | None) -> None:
        super().__init__()
        self.code = code


@dataclass(slots=True)
class _Talk:
    socket: WebSocket
    desk: Desk
    thread: ThreadPoolExecutor
    _n_broken: int = field(default=0)

    async def run(self) -> None:
        try:
            begun = await self._begin()
        except _OverError as over:
            await self._close(over.code)
            return
        if begun is None:
            return
        code: int | None = None
        try:
            await self._show(begun)
        except _OverError as over:
            code = over.code
        kept = await self._in_thread(partial(_keep, begun, self.desk))
        await self._close(code, kept)

    async def _begin(self) -> BrowserMirror | None:
        """Get ready; ``None`` when the mirror was refused."""
        wish = read_word(str(await self._receive()))
        try:
            begun = await self._in_thread(partial(_begin, self.desk, wish.get("begin")))
        except InputError as error:
            await _refuse(self.socket, error.code, f"{error.message} {error.hint}".strip())
            return None
        await self.socket.send_json({"get_ready": True})
        try:
            first = await self._receive()
            if isinstance(first, str):
                raise _OverError(NONSENSE)
            await self._in_thread(lambda: begun.prepare(read_picture(first)))
        except UnreadableFileError:
            raise _OverError(NONSENSE) from None
        await self.socket.send_json({"ready": True})
        return begun

    async def _show(self, begun: BrowserMirror) -> None:
        while True:
            message = await self._receive()
            if isinstance(message, str):
                if read_word(message).get("end"):
                    return
                continue
            try:
                answer = await self._in_thread(partial(_look, begun, message))
            except UnreadableFileError as broken:
                self._n_broken += 1
                if self._n_broken > MOST_BROKEN:
                    raise _OverError(NONSENSE) from broken
                answer = {"broken": True}
            await self._send(answer)

    async def _receive(self) -> str | bytes:
        try:
            async with asyncio.timeout(LONGEST_SILENCE_S):
                message = await self.socket.receive()
        except TimeoutError:
            raise _OverError(1000) from None
        if message["type"] == "websocket.disconnect":
            raise _OverError(None)
        content: str | bytes | None = message.get("bytes")
        if content is None:
            content = str(message.get("text") or "")
        if len(content) > MOST_BYTES:
            raise _OverError(TOO_LARGE)
        return content

    async def _send(self, answer: dict[str, Any]) -> None:
        try:
            await self.socket.send_json(answer)
        except (WebSocketDisconnect, RuntimeError):
            raise _OverError(None) from None

    async def _close(self, code: int | None, last_words: dict[str, Any] | None = None) -> None:
        if code is None and last_words is None:
            return
        if self.socket.client_state is not WebSocketState.CONNECTED:
            return
        try:
            if last_words is not None:
                if "says" in last_words:
                    says = await run_sync(_in_her_language, self.socket, last_words["says"])
                    last_words = {**last_words, "says": says}
                await self.socket.send_json(last_words)
            await self.socket.close(code or 1000)
        except (WebSocketDisconnect, RuntimeError):
            return

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self.thread, work)


def _begin(desk: Desk, wish: object) -> BrowserMirror:
    plan = mirror_plan(**desk.pieces)
    if plan.wait:
        raise InputError(plan.wait)
    wiring = desk.wiring
    return begin_mirror(
        plan.free if wish == "free" or plan.next is None else plan.next,
        plan.setup,
        poses=wiring.live_poses,
        pictures=wiring.sent_pictures(),
        pose_model=wiring.pose_model,
        knowledge=desk.knowledge,
    )


def _look(begun: BrowserMirror, message: bytes) -> dict[str, Any]:
    return begun.take(read_picture(message))


def _keep(begun: BrowserMirror, desk: Desk) -> dict[str, Any]:
    """Keep the session, and return the last words to the page."""
    try:
        kept = begun.end(**desk.pieces)
    except SidestepError as error:
        return {"kept": None, "says": error.message}
    return {"kept": None if kept is None else kept.id}
