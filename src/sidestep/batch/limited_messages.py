"""What a limited process and the one that waits for it say to each other, and how it is packed.

An answer comes from a process that has read a stranger's file, so it is unpacked with care: only
the plain values that readings are made of come to life.
"""

import dataclasses
import importlib
import io
import pickle
import struct
from enum import Enum
from typing import Any, BinaryIO

LARGEST_BYTES = 64 << 20
"""Of one answer; the result of one original is a few kilobytes."""

_SAFE = frozenset(
    {
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "timedelta"),
        ("datetime", "timezone"),
        ("builtins", "frozenset"),
        ("builtins", "set"),
    }
)
_OURS = ("sidestep.domain.", "sidestep.services.")


def write_message(stream: BinaryIO, message: Any) -> None:
    """Write one message."""
    packed = pickle.dumps(message)
    stream.write(struct.pack("=I", len(packed)) + packed)
    stream.flush()


def read_order(stream: BinaryIO) -> Any:
    """Read one message of the parent, who is trusted.

    Raises
    ------
    EOFError
        It has ended.
    """
    return pickle.loads(_read(stream))  # noqa: S301 - from the process that started this one


def read_answer(stream: BinaryIO) -> Any:
    """Read one message of a limited process, who is not.

    Raises
    ------
    EOFError
        It has ended.
    pickle.UnpicklingError
        It holds something that no reading is made of.
    """
    return _Careful(io.BytesIO(_read(stream))).load()


def _read(stream: BinaryIO) -> bytes:
    head = stream.read(4)
    if len(head) < 4:
        raise EOFError
    (length,) = struct.unpack("=I", head)
    if length > LARGEST_BYTES:
        raise pickle.UnpicklingError("an answer of an absurd size")
    packed = stream.read(length)
    if len(packed) < length:
        raise EOFError
    return packed


class _Careful(pickle.Unpickler):
    """Brings only plain values to life: unpacking anything else could run what it likes."""

    def find_class(self, module: str, name: str) -> Any:
        """Find a class by name, if it is one of a plain value."""
        if (module, name) in _SAFE:
            return super().find_class(module, name)
        if "." not in name and f"{module}.".startswith(_OURS):
            found = getattr(importlib.import_module(module), name, None)
            if isinstance(found, type) and _is_plain(found):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value")


def _is_plain(kind: type) -> bool:
    return dataclasses.is_dataclass(kind) or issubclass(kind, Enum)
