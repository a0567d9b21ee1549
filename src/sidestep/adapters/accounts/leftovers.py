"""Tells activity files from other files by name; what an account holds besides, in one line."""

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from sidestep.services.ports import SkippedItem

ACTIVITY_ENDINGS = (".fit", ".gpx", ".tcx", ".fit.gz", ".gpx.gz", ".tcx.gz")
_KINDS_NAMED = 6
_GZIP_WINDOW = 31
_HEAD_BYTES = 4096


def is_activity_name(name: str) -> bool:
    """Tell whether a file's name ends like an activity file's."""
    return name.lower().endswith(ACTIVITY_ENDINGS)


def is_activity_head(head: bytes) -> bool:
    """Tell whether a file's first bytes look like FIT, GPX or TCX, gzipped or not."""
    head = _without_gzip(head)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1024]
    return head[8:12] == b".FIT" or b"<gpx" in start or b"<TrainingCenterDatabase" in start


def _without_gzip(head: bytes) -> bytes:
    if not head.startswith(b"\x1f\x8b"):
        return head
    try:
        return zlib.decompressobj(_GZIP_WINDOW).decompress(head, _HEAD_BYTES)
    except zlib.error:
        return b""


def ending(name: str) -> str:
    """Return a file's ending for a person to read."""
    return PurePosixPath(name).suffix.lower() or "no ending"


def summarise_leftovers(shown_as: str, names: Iterable[str]) -> Iterator[SkippedItem]:
    """Yield one item that counts files of no interest by kind, or nothing if there are none.

    Parameters
    ----------
    shown_as
        The account they lie in.
    names
        Their names.
    """
    kinds = Counter(map(ending, names))
    if not kinds:
        return
    ordered = sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0]))
    named = [f"{count:,} {kind}" for kind, count in ordered[:_KINDS_NAMED]]
    rest = sum(count for _, count in ordered[_KINDS_NAMED:])
    if rest:
        named.append(f"{rest:,} of other kinds")
    yield SkippedItem(
        shown_as=shown_as,
        reason=f"the rest of the export holds no activities ({', '.join(named)})",
    )
