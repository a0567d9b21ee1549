"""Work for a limited process that goes wrong in every way a decoder can."""

import ctypes
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sidestep.errors import HostileFileError

Say = Callable[[Any], None]


def echo(argument: Any, say: Say) -> Any:
    say(argument)
    return argument


def take_memory(_: Any, say: Say) -> int:
    kept = []
    while True:
        kept.append(bytearray(64 << 20))
        say(len(kept))


def never_end(_: Any, say: Say) -> None:
    say("begun")
    while True:
        pass


def hang(_: Any, say: Say) -> None:
    say(os.getpid())
    threading.Event().wait()


def crash(_: Any, say: Say) -> None:
    say("begun")
    os.abort()


def try_network(port: Any, say: Say) -> str:
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as made:
            made.settimeout(1.0)
            made.connect(("127.0.0.1", int(port)))
    except OSError as error:
        return type(error).__name__
    return "connected"


def death_signal(_: Any, say: Say) -> int:
    told = ctypes.c_int()
    ctypes.CDLL(None).prctl(2, ctypes.byref(told), 0, 0, 0)
    return told.value


def answer_code(victim: Any, say: Say) -> Any:
    return _Code(victim)


class _Code:
    def __init__(self, victim: str) -> None:
        self._victim = victim

    def __reduce__(self) -> Any:
        return os.mkdir, (self._victim,)


def refuse(_: Any, say: Say) -> None:
    raise HostileFileError("a bomb", hint="Send another.")


def environment(_: Any, say: Say) -> str:
    return repr(dict(os.environ))


def fill_disk(path: Any, say: Say) -> None:
    with Path(path).open("wb", buffering=0) as file:
        while True:
            say(file.write(bytes(1 << 20)))


def fail_with_a_name(_: Any, say: Say) -> None:
    raise ValueError("Anna.fit")
