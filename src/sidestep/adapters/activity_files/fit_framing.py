"""FIT files as frames of bytes: parts, headers, message boundaries; not what the fields mean."""

import struct
from dataclasses import dataclass
from typing import Literal

from sidestep.adapters.activity_files.fit_crc import compute_fit_crc
from sidestep.adapters.activity_files.fit_messages import (
    DEVELOPER_DATA_ID,
    FIELD_DESCRIPTION,
    KEPT,
    RECORD,
)

MAGIC = b".FIT"
_HEADER = struct.Struct("<BBHI4s")
_HEADER_WITH_CRC = 14
_CRC_BYTES = 2
_COMPRESSED_SPEED_DISTANCE = 8
_BASE_TYPE_NUMBER = 0x1F
_LAST_BASE_TYPE = 16
_WANTED = {*KEPT, FIELD_DESCRIPTION, DEVELOPER_DATA_ID}


class FramingError(Exception):
    """The bytes are no row of complete FIT files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What a walk over one FIT file found.

    Attributes
    ----------
    summary
        A small FIT file with every message that is no record and that an activity needs.
    record_count
        Number of record messages.
    record_width
        Most fields any record has.
    has_packed_distance
        Whether records keep speed and distance in the packed form of the oldest watches.
    """

    summary: bytes
    record_count: int
    record_width: int
    has_packed_distance: bool


def looks_like_fit(content: bytes) -> bool:
    """Whether the bytes begin as a FIT file does."""
    return content[8:12] == MAGIC


def declared_bytes(content: bytes) -> int | None:
    """Return how long the first FIT file says it is, header and checksum included."""
    if len(content) < _HEADER.size:
        return None
    header_bytes, _, _, data_bytes, _ = _HEADER.unpack_from(content)
    return int(header_bytes + data_bytes + _CRC_BYTES) if data_bytes else None


def split_parts(content: bytes) -> list[bytes]:
    """Split chained FIT files.

    Raises
    ------
    FramingError
        A header is missing or promises more bytes than there are.
    """
    if not content:
        raise FramingError("no bytes at all")
    parts = []
    start = 0
    while start < len(content):
        rest = content[start : start + _HEADER.size]
        if not looks_like_fit(rest) or rest[0] < _HEADER.size:
            raise FramingError(f"no FIT header at byte {start}")
        declared = declared_bytes(rest)
        if declared is None or start + declared > len(content):
            raise FramingError(f"the header at byte {start} promises more bytes than follow")
        parts.append(content[start : start + declared])
        start += declared
    return parts


def has_empty_header_crc(part: bytes) -> bool:
    """Whether the header leaves its checksum at zero, which the protocol allows."""
    return part[0] == _HEADER_WITH_CRC and part[12:14] == b"\0\0"


def fill_header_crc(part: bytes) -> bytes:
    """Return the same file with its header checksum written and the file checksum to match.

    Raises
    ------
    FramingError
        The file checksum was wrong before: the file is damaged, and no new sum may hide it.
    """
    if compute_fit_crc(part[:-_CRC_BYTES]) != int.from_bytes(part[-_CRC_BYTES:], "little"):
        raise FramingError("the checksum is wrong")
    return build_file(part[_HEADER_WITH_CRC:-_CRC_BYTES], like=part)


def build_file(messages: bytes, *, like: bytes | None = None) -> bytes:
    """Frame messages as one FIT file; protocol and profile version are taken from ``like``."""
    protocol, profile = (0x20, 2158) if like is None else struct.unpack_from("<xBH", like)
    header = _HEADER.pack(_HEADER_WITH_CRC, protocol, profile, len(messages), MAGIC)
    body = header + compute_fit_crc(header).to_bytes(2, "little") + messages
    return body + compute_fit_crc(body).to_bytes(2, "little")


def extract_summary(part: bytes) -> Extract:
    """Walk over one FIT file and copy every message that is no record and is needed.

    Decoding a file costs the same whichever messages are asked for; records come as columns in
    one pass, and decoding the few hundred bytes left here costs next to nothing.

    Raises
    ------
    FramingError
        A message is not defined, or the last one is cut off, or a summary message keeps its
        time in its header and so cannot stand alone.
    """
    walk = _Walk(part)
    walk.run()
    return Extract(
        summary=build_file(b"".join(walk.kept), like=part),
        record_count=walk.record_count,
        record_width=walk.record_width,
        has_packed_distance=walk.has_packed_distance,
    )


class _Walk:
    """The state of one walk: what each message header byte stands for at this point."""

    def __init__(self, part: bytes) -> None:
        self.part = part
        self.end = len(part) - _CRC_BYTES
        self.kept: list[bytes] = []
        self.record_count = 0
        self.record_width = 0
        self.has_packed_distance = False
        self._sizes = [0] * 256
        self._is_wanted = [False] * 256
        self._is_record = [False] * 256

    def run(self) -> None:
        part, end = self.part, self.end
        sizes, is_wanted, is_record = self._sizes, self._is_wanted, self._is_record
        position = part[0]
        while position < end:
            header = part[position]
            size = sizes[header]
            if size == 0:
                position = self._define(position)
                continue
            if is_record[header]:
                self.record_count += 1
            elif is_wanted[header]:
                if header & 0x80:
                    raise FramingError("a summary message keeps its time in its header")
                self.kept.append(part[position : position + size])
            position += size
        if position != end:
            raise FramingError("the last message is cut off")

    def _define(self, position: int) -> int:
        part = self.part
        header = part[position]
        if header & 0xC0 != 0x40 or position + 6 > self.end:
            raise FramingError(f"byte {position} holds a message that was never defined")
        order: Literal["big", "little"] = "big" if part[position + 2] else "little"
        kind = int.from_bytes(part[position + 3 : position + 5], order)
        fields = part[position + 6 : position + 6 + 3 * part[position + 5]]
        after = position + 6 + 3 * part[position + 5]
        developer = b""
        if header & 0x20:
            count = part[after] if after < self.end else 0
            developer = part[after + 1 : after + 1 + 3 * count]
            after += 1 + 3 * count
        if after > self.end:
            raise FramingError("a definition is cut off")
        if any(base & _BASE_TYPE_NUMBER > _LAST_BASE_TYPE for base in fields[2::3]):
            # Native code would divide by this type's size, which is none.
            raise FramingError("a field has a type that does not exist")
        self._register(header & 0x0F, kind, 1 + sum(fields[1::3]) + sum(developer[1::3]))
        if kind in _WANTED:
            self.kept.append(part[position:after])
        elif kind == RECORD:
            self.record_width = max(self.record_width, (len(fields) + len(developer)) // 3)
            self.has_packed_distance |= _COMPRESSED_SPEED_DISTANCE in fields[::3]
        return after

    def _register(self, local: int, kind: int, size: int) -> None:
        # A header byte carries the local number plain, or, for numbers up to 3, packed with
        # five bits of time.
        headers = [local, local | 0x10, local | 0x20, local | 0x30]
        if local < 4:
            headers += range(0x80 | local << 5, (0x80 | local << 5) + 32)
        for header in headers:
            self._sizes[header] = size
            self._is_wanted[header] = kind in _WANTED
            self._is_record[header] = kind == RECORD
