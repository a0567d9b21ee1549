"""Gives the system back what this process has freed; how little it takes is not decided here."""

import ctypes
import gc
import sys
from typing import Any

LARGE_PIECE = 1 << 18
"""Bytes from which a piece of memory lies alone, so that it can go back as soon as it is freed."""

_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
"""What ``mallopt`` calls the size from which pieces lie alone, and the number of heaps."""


def give_back() -> None:
    """Let go of freed memory that the C library keeps for itself.

    After a clip was watched and measured these are some 35 MiB, in pieces between others that are
    still held. Only glibc keeps them and can be asked; elsewhere nothing is done about them.
    """
    # PyAV's files and their streams hold each other, and with them pictures they have decoded.
    gc.collect()
    trim = _of_glibc("malloc_trim")
    if trim is not None:
        trim(0)


def hold_little() -> None:
    """Have large pieces go back as soon as they are freed, and threads share one heap.

    Without it glibc takes the first large piece that is freed as a sign that more will be wanted,
    and keeps all that follow; and the heap of each thread has holes of its own.
    """
    choose = _of_glibc("mallopt")
    if choose is not None:
        choose(_MMAP_THRESHOLD, LARGE_PIECE)
        choose(_ARENA_MAX, 1)


def _of_glibc(name: str) -> Any:
    """Return a function of glibc, ``None`` where the C library is another."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
