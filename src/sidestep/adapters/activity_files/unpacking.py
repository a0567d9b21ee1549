"""Takes the gzip layer off a file without ever holding more than an activity can be."""

import zlib
from dataclasses import dataclass

from sidestep.errors import HostileFileError

MAX_RAW_BYTES = 128 * 2**20
"""Twice the largest real file seen in the wild, a TCX of several days."""

MAX_UNPACKED_BYTES = 128 * 2**20
"""The same for what a packed file unfolds to; a bomb of 100 kB would unfold to a thousandfold."""

_GZIP_MAGIC = b"\x1f\x8b"
_GZIP_WINDOW = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """A file without its gzip layer; ``damage`` says why it may end early, empty if it is whole."""

    content: bytes
    damage: str = ""


def unpack(name: str, content: bytes) -> Unpacked:
    """Return the bytes inside one gzip layer, or the bytes themselves if there is none.

    Raises
    ------
    HostileFileError
        The file is too large, unfolds to too much, or is packed more than once.
    """
    if len(content) > MAX_RAW_BYTES:
        raise _too_large(name, f"has {len(content):,} bytes", MAX_RAW_BYTES)
    if not content.startswith(_GZIP_MAGIC):
        return Unpacked(content=content)
    unpacked = _gunzip(name, content)
    if unpacked.content.startswith(_GZIP_MAGIC):
        message = f"{name} is packed more than once; one gzip layer is expected"
        raise HostileFileError(message, hint="Unpack it once by hand, then import the result.")
    return unpacked


def _gunzip(name: str, content: bytes) -> Unpacked:
    pieces: list[bytes] = []
    room = MAX_UNPACKED_BYTES
    damage = ""
    while content.startswith(_GZIP_MAGIC):
        member = zlib.decompressobj(_GZIP_WINDOW)
        try:
            piece = member.decompress(content, room + 1)
        except zlib.error:
            piece = _before_error(content, room)
            damage = "its gzip layer is damaged"
        room -= len(piece)
        if room < 0:
            raise _too_large(name, "unfolds to more bytes", MAX_UNPACKED_BYTES)
        pieces.append(piece)
        if damage:
            break
        if not member.eof:
            damage = "its gzip layer ends early"
            break
        content = member.unused_data
    return Unpacked(content=b"".join(pieces), damage=damage)


def _before_error(content: bytes, room: int) -> bytes:
    """Unpack in small bites, so that an error costs no more than the bite it is in."""
    member = zlib.decompressobj(_GZIP_WINDOW)
    pieces: list[bytes] = []
    for start in range(0, len(content), 256):
        try:
            piece = member.decompress(content[start : start + 256], room + 1)
        except zlib.error:
            break
        room -= len(piece)
        pieces.append(piece)
        if room < 0:
            break
    return b"".join(pieces)


def _too_large(name: str, what: str, ceiling: int) -> HostileFileError:
    message = f"{name} {what}; an activity file has at most {ceiling:,}"
    return HostileFileError(message, hint="Check that this file comes from a watch or an app.")
