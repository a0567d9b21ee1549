"""Reads one activity file, its kind told by content; folders and archives are opened elsewhere."""

import re
from dataclasses import replace

from sidestep.adapters.activity_files.fit import read_fit
from sidestep.adapters.activity_files.fit_framing import looks_like_fit
from sidestep.adapters.activity_files.gpx import read_gpx
from sidestep.adapters.activity_files.instants import recorded_s
from sidestep.adapters.activity_files.tcx import read_tcx
from sidestep.adapters.activity_files.unpacking import unpack
from sidestep.errors import UnreadableFileError
from sidestep.services.ports import FileReading, Loss

_ACCEPTED = "FIT, GPX and TCX files are read, gzipped or not"
_HINT = "Export the activity as FIT, GPX or TCX, or point at the folder or archive it came in."
_SNIFFED_BYTES = 64 * 1024
_XML_ROOT = re.compile(rb"<(?:[\w.-]+:)?(gpx|TrainingCenterDatabase)[\s>/]", re.I)
_XML_ELEMENT = re.compile(rb"<([A-Za-z][\w.:-]{0,40})")

_OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a zip archive"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3", "a database"),
    (b'{"', "JSON text"),
    (b"[{", "JSON text"),
)


class ActivityFiles:
    """Reads FIT, GPX and TCX, gzipped or not, sound or damaged."""

    def read(self, name: str, content: bytes) -> FileReading:
        """Read one file.

        Raises
        ------
        UnreadableFileError
            No reader could make sense of it.
        HostileFileError
            It is too large, unfolds to too much, or attacks the XML parser.
        """
        unpacked = unpack(name, content)
        reading = _read_plain(name, unpacked.content)
        if not unpacked.damage or not reading.recordings:
            return reading
        loss = reading.loss or Loss(
            recovered_s=recorded_s(reading.recordings), expected_s=None, reason=""
        )
        reasons = [reason for reason in (unpacked.damage, loss.reason) if reason]
        return replace(reading, loss=replace(loss, reason="; ".join(reasons)))


def _read_plain(name: str, content: bytes) -> FileReading:
    if looks_like_fit(content):
        return read_fit(name, content)
    root = _XML_ROOT.search(_without_zeros(content[:_SNIFFED_BYTES]))
    if root is None:
        message = f"{name} is {_describe(content)}; {_ACCEPTED}"
        raise UnreadableFileError(message, hint=_HINT)
    if root.group(1).lower() == b"gpx":
        return read_gpx(name, content)
    return read_tcx(name, content)


def _without_zeros(head: bytes) -> bytes:
    """Make UTF-16 readable to a byte pattern."""
    return head.replace(b"\0", b"")


def _describe(content: bytes) -> str:
    if not content:
        return "empty"
    if not content.strip(b"\0"):
        return f"nothing but {len(content):,} zero bytes"
    stripped = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, kind in _OTHER_KINDS:
        if stripped.startswith(magic):
            return kind
    element = _XML_ELEMENT.search(content[:_SNIFFED_BYTES])
    if stripped.startswith(b"<") and element is not None:
        return f"XML of another kind (<{element.group(1).decode('ascii')}>)"
    first_line = stripped[:40].split(b"\n")[0].decode("ascii", "replace").strip()
    if first_line.isprintable() and "\ufffd" not in first_line:
        return f"text of another kind (it begins with {first_line!r})"
    return f"of a kind not known here (it begins with {content[:8]!r})"
