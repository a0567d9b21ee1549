"""Starts the worker process beside a server, again when it dies, and ends it with the server."""

import atexit
import logging
import subprocess
import sys
import threading
from contextlib import suppress
from types import TracebackType
from typing import BinaryIO, cast

from sidestep.batch.told_settings import settings_line
from sidestep.bootstrap.settings import Settings

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
"""A worker that cannot start, for example on a full disk, is tried ever more rarely."""

STEADY_S = 60.0
"""One that has lived this long was well."""

_log = logging.getLogger(__name__)


class WorkerProcess:
    """The worker of a data folder, kept alive: ``with WorkerProcess(settings): serve()``."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._is_over = threading.Event()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep_alive, name="worker keeper", daemon=True)

    @property
    def pid(self) -> int | None:
        """The present worker's process id, ``None`` while there is none."""
        process = self._process
        return None if process is None or process.poll() is not None else process.pid

    def start(self) -> None:
        """Start the worker and keep it alive; returns at once."""
        atexit.register(self.stop)
        self._keeper.start()

    def stop(self) -> None:
        """End the worker at once; what it was doing is taken up when one is started again."""
        self._is_over.set()
        with self._lock:
            if self._process is not None:
                self._process.terminate()
        if self._keeper.is_alive():
            self._keeper.join()
        atexit.unregister(self.stop)

    def __enter__(self) -> "WorkerProcess":
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _keep_alive(self) -> None:
        pause_s = FIRST_PAUSE_S
        while True:
            with self._lock:
                if self._is_over.is_set():
                    return
                process = self._process = _spawn(self._settings)
            was_steady = _lasts(process, STEADY_S)
            process.wait()
            with suppress(OSError):
                cast("BinaryIO", process.stdin).close()
            if self._is_over.is_set():
                return
            pause_s = FIRST_PAUSE_S if was_steady else min(2 * pause_s, LONGEST_PAUSE_S)
            _log.warning("the worker ended (%s); starting another", process.returncode)
            self._is_over.wait(pause_s)


def _lasts(process: "subprocess.Popen[bytes]", seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return True
    return False


def _spawn(settings: Settings) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "sidestep.batch.job_worker"],
        # It stays open: the worker ends when it closes, so also with a server that was killed.
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    orders = cast("BinaryIO", process.stdin)
    with suppress(OSError):
        orders.write(settings_line(settings).encode())
        orders.flush()
    return process
