"""Which decoder answers for a FIT file: the fastest that can read it; not what the file says."""

from dataclasses import dataclass

from sidestep.adapters.activity_files.fit_fast import FastDecodingError, decode_fast
from sidestep.adapters.activity_files.fit_framing import (
    Extract,
    FramingError,
    declared_bytes,
    extract_summary,
    fill_header_crc,
    has_empty_header_crc,
    split_parts,
)
from sidestep.adapters.activity_files.fit_messages import FitMessages
from sidestep.adapters.activity_files.fit_salvage import (
    Salvage,
    salvage_with_chiptime,
    salvage_with_fitdecode,
)
from sidestep.adapters.activity_files.instants import drop_undated
from sidestep.errors import HostileFileError, UnreadableFileError

MAX_FIT_BYTES = 32 * 2**20
"""Eleven days at one record per second of 34 bytes; longer files are made to exhaust memory."""

MAX_RECORD_CELLS = 30_000_000
"""Record messages times fields: 240 MB as columns, of which the widest real files need a tenth."""


COPY_AGAIN = "Copy it from the watch again, or export it as GPX."


@dataclass(frozen=True, slots=True, kw_only=True)
class FitDecoding:
    """What the ladder found.

    Attributes
    ----------
    reader
        The rung that answered: ``fitfast``, ``fitfast+header``, ``fitdecode`` or ``chiptime``.
    damage
        What was wrong with the file, empty for a sound one.
    readable_frac
        Part of the bytes the decoder could use, 1 for a sound file.
    """

    reader: str
    parts: tuple[FitMessages, ...]
    damage: str = ""
    readable_frac: float = 1.0


def decode_fit(name: str, content: bytes) -> FitDecoding:
    """Decode FIT bytes, chained files as several parts, with the first decoder that can.

    Of the two for damaged files, the one that finds more samples answers.

    Raises
    ------
    UnreadableFileError
        No decoder found an activity or a statement of the file's type.
    HostileFileError
        The file would decode to more than an activity can hold.
    """
    if len(content) > MAX_FIT_BYTES:
        message = f"{name} has {len(content):,} bytes; a FIT file has at most {MAX_FIT_BYTES:,}"
        raise HostileFileError(message, hint="Check that this file comes from a watch.")
    try:
        return _climb_fast(name, content)
    except (FastDecodingError, FramingError):
        return _climb_slow(name, content)


def _climb_fast(name: str, content: bytes) -> FitDecoding:
    decoded = []
    reader = "fitfast"
    for part in split_parts(content):
        extract = extract_summary(part)
        _refuse_absurd(name, extract)
        sound = part
        if has_empty_header_crc(part):
            # fitfast 0.1.0 sums such files without their header and then calls them damaged.
            sound = fill_header_crc(part)
            reader = "fitfast+header"
        messages = decode_fast(sound, extract.summary)
        if extract.has_packed_distance and "distance" not in messages.records:
            raise FastDecodingError("fitfast leaves out packed distances")
        decoded.append(messages)
    return FitDecoding(reader=reader, parts=tuple(decoded))


def _refuse_absurd(name: str, extract: Extract) -> None:
    cells = extract.record_count * extract.record_width
    if cells > MAX_RECORD_CELLS:
        message = f"{name} would unfold to {cells:,} values; at most {MAX_RECORD_CELLS:,} are read"
        raise HostileFileError(message, hint="Check that this file comes from a watch.")


def _climb_slow(name: str, content: bytes) -> FitDecoding:
    rungs = (("fitdecode", salvage_with_fitdecode), ("chiptime", salvage_with_chiptime))
    best: FitDecoding | None = None
    damage = ""
    for reader, salvage in rungs:
        found = salvage(content)
        damage = damage or found.damage
        parts = tuple(part for part in found.parts if _says_something(part))
        # fitdecode stops at the first bytes it cannot follow; what chiptime finds behind them may
        # be nearly all of the run, or, where the damage made it misread, less.
        if parts and (best is None or _count_samples(parts) > _count_samples(best.parts)):
            best = FitDecoding(
                reader=reader,
                parts=parts,
                damage=found.damage,
                readable_frac=_readable_frac(content, found),
            )
        if best is not None and best.readable_frac == 1.0:
            break
    if best is not None:
        return best
    message = f"{name} begins like a FIT file, but nothing in it could be read ({damage})"
    raise UnreadableFileError(message, hint=COPY_AGAIN)


def _count_samples(parts: tuple[FitMessages, ...]) -> int:
    return sum(len(drop_undated(part.records)[0].get("timestamp", ())) for part in parts)


def _says_something(part: FitMessages) -> bool:
    return bool(part.records or part.of("session") or part.of("file_id"))


def _readable_frac(content: bytes, found: Salvage) -> float:
    """Compare what was read with what the header promised, or with what lies there."""
    declared = declared_bytes(content)
    expected = max(len(content), declared if declared and declared <= MAX_FIT_BYTES else 0)
    return min(found.bytes_read / expected, 1.0) if expected else 1.0
