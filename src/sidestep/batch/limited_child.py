"""Starts a limited process for work on a stranger's file, listens to it, and ends it in time.

What is read in it belongs to ``limited_tasks``; what it gives up, to ``fences``.
"""

import logging
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import TracebackType
from typing import Any, BinaryIO, cast

from sidestep import errors
from sidestep.batch.fences import Limits
from sidestep.batch.limited_messages import read_answer, write_message
from sidestep.errors import JobStoppedError, LimitError, SidestepError, UnreadableFileError

LISTEN_S = 0.2
"""How often a cancellation is looked for while nothing is said."""

_ANSWERS_AHEAD = 32

_SMALLER = "Try a smaller file, or only a part of it."

# An arena of memory per thread would be reserved, and count, without ever being used.
_CHILD_ENVIRONMENT = {
    "MALLOC_ARENA_MAX": "2",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "POLARS_MAX_THREADS": "1",
}

_PASSED_ON = ("PATH", "PYTHON", "HOME", "LANG", "LC_", "TZ", "TMP", "TEMP", "LD_", "SYSTEMROOT")
"""Beginnings of the variables that it gets; others may hold secrets."""


_log = logging.getLogger(__name__)


class ChildBugError(Exception):
    """Our own code failed in the limited process; says where, never on what."""


class LimitedChild:
    """One limited process at work: iterate to hear what it says, then ask for ``result``.

    Parameters
    ----------
    task
        ``module:function`` of a function that takes the argument and a function to say something
        with, and returns the result.
    argument
        Plain values and dataclasses of ours, see ``limited_messages``.
    limits
        What the work may take.
    is_stopped
        Asked often; the process is ended when it says yes.
    """

    def __init__(
        self, task: str, argument: Any, *, limits: Limits, is_stopped: Callable[[], bool]
    ) -> None:
        self._limits = limits
        self._is_stopped = is_stopped
        self._answers: queue.Queue[tuple[str, Any]] = queue.Queue(_ANSWERS_AHEAD)
        self._is_over = threading.Event()
        self._process = _spawn()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self.fences: tuple[str, ...] = ()
        self.result: Any = None
        self._orders = cast("BinaryIO", self._process.stdin)
        self._said = cast("BinaryIO", self._process.stdout)
        with suppress(OSError):  # It has ended already; listening tells how.
            write_message(self._orders, limits)
            write_message(self._orders, (task, argument))
        self._listener.start()

    def __enter__(self) -> "LimitedChild":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._is_over.set()
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for pipe in (self._orders, self._said):
            with suppress(BrokenPipeError):
                pipe.close()

    def __iter__(self) -> Iterator[Any]:
        """Yield what the process says until it is done.

        Raises
        ------
        JobStoppedError
            ``is_stopped`` said so.
        LimitError
            It needed more memory or time than it may.
        UnreadableFileError
            It crashed.
        SidestepError
            Whatever error it met on purpose.
        """
        heard_at = time.monotonic()
        while True:
            if self._is_stopped():
                raise JobStoppedError("stopped before it was done")
            try:
                kind, value = self._answers.get(timeout=LISTEN_S)
            except queue.Empty:
                if time.monotonic() - heard_at > self._limits.silence_s:
                    raise _too_slow(self._limits.silence_s) from None
                continue
            heard_at = time.monotonic()
            if kind == "said":
                yield value
                heard_at = time.monotonic()
            elif kind == "fences":
                self.fences = value
            elif kind == "done":
                self.result = value
                return
            else:
                raise self._error(kind, value)

    def _listen(self) -> None:
        try:
            while not self._is_over.is_set():
                self._pass_on(read_answer(self._said))
        except (EOFError, OSError, ValueError):
            self._pass_on(("ended", self._process.wait()))
        except (pickle.UnpicklingError, AttributeError, ImportError, TypeError):
            self._pass_on(("garbled", None))

    def _pass_on(self, answer: tuple[str, Any]) -> None:
        while not self._is_over.is_set():
            try:
                self._answers.put(answer, timeout=LISTEN_S)
            except queue.Full:
                continue
            return

    def _error(self, kind: str, value: Any) -> Exception:
        if kind == "error":
            name, message, hint = value
            found = getattr(errors, str(name), None)
            if not (isinstance(found, type) and issubclass(found, SidestepError)):
                found = SidestepError
            return found(str(message), hint=str(hint))
        if kind == "bug":
            _log.error("in a limited process: %s", value)
            return ChildBugError(str(value))
        if kind == "memory":
            return _too_large(self._limits)
        if kind == "ended" and -value == getattr(signal, "SIGXCPU", None):
            return LimitError(
                f"reading this took more than {self._limits.cpu_s / 60:.0f} minutes of the "
                "processor and was stopped",
                hint=_SMALLER,
            )
        return UnreadableFileError(
            "the reader crashed on this file and was stopped; nothing of it was kept",
            hint="It may be damaged, or larger than there is memory for. " + _SMALLER,
        )


def _spawn() -> "subprocess.Popen[bytes]":
    environment = {
        name: value for name, value in os.environ.items() if name.upper().startswith(_PASSED_ON)
    }
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "sidestep.batch.limited_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # Decoders name files in what they print.
        stderr=subprocess.DEVNULL,
        env=environment | _CHILD_ENVIRONMENT,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _too_slow(silence_s: float) -> LimitError:
    return LimitError(
        f"reading this did not get on for {silence_s:.0f} seconds and was stopped", hint=_SMALLER
    )


def _too_large(limits: Limits) -> LimitError:
    return LimitError(
        f"reading this needed more than {limits.memory_bytes / (1 << 30):.1f} GiB of memory and "
        "was stopped",
        hint=_SMALLER,
    )
