"""The slow rungs: what fitdecode and chiptime still get out of a FIT file that is not sound."""

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import numpy as np

from sidestep.adapters.activity_files.fit_messages import (
    FIT_EPOCH_S,
    KEPT,
    RECORD,
    FitMessages,
    Message,
)
from sidestep.domain.activity.recording import Column

MAX_MESSAGES = 500_000
"""Five days at one record per second. The slow decoders take minutes for more, and a file of the
shortest messages there are would take them hours."""

_INSTANTS = frozenset({"timestamp", "start_time", "time_created", "local_timestamp"})
_POSITIONS = frozenset({"position_lat", "position_long"})
_ENDS_EARLY = frozenset({"FitEOFError", "EOFError"})
_DEGREES_PER_SEMICIRCLE = 180.0 / 2**31
_KINDS = {**KEPT, RECORD: "record"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvage:
    """What a forgiving decoder got out of a file.

    Attributes
    ----------
    parts
        The FIT files found, in order.
    damage
        What was wrong, empty if nothing was.
    bytes_read
        Up to where the bytes made sense.
    """

    parts: tuple[FitMessages, ...]
    damage: str
    bytes_read: int


@dataclass(slots=True)
class _Part:
    records: list[Message] = field(default_factory=list)
    others: dict[str, list[Message]] = field(default_factory=dict)

    def add(self, kind: str, message: Message) -> None:
        (self.records if kind == "record" else self.others.setdefault(kind, [])).append(message)

    def finish(self) -> FitMessages:
        others = {kind: tuple(messages) for kind, messages in self.others.items()}
        return FitMessages(records=_columns(self.records), others=others)


def salvage_with_fitdecode(content: bytes) -> Salvage:
    """Decode with fitdecode and keep everything that came before the first error."""
    import fitdecode

    parts: list[_Part] = []
    damage: list[str] = []
    position = 0
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        frames = _until_error(
            lambda: fitdecode.FitReader(
                BytesIO(content),
                processor=None,
                check_crc=fitdecode.CrcCheck.WARN,
                error_handling=fitdecode.ErrorHandling.WARN,
                keep_raw_chunks=True,
            ),
            damage,
        )
        for frame in frames:
            position = frame.chunk.offset + len(frame.chunk.bytes)
            if frame.frame_type == fitdecode.FIT_FRAME_HEADER:
                parts.append(_Part())
            elif frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.global_mesg_num in _KINDS:
                parts[-1].add(_KINDS[frame.global_mesg_num], _from_fitdecode(frame))
    if any("CRC" in str(warning.message) for warning in caught):
        damage.insert(0, "its checksum does not fit its content")
    return _salvage(parts, damage, position)


def salvage_with_chiptime(content: bytes) -> Salvage:
    """Decode with chiptime, which finds its way back after damage."""
    import chiptime

    part = _Part()
    damage = ["its structure is broken"]
    position = 0
    for message in _until_error(lambda: chiptime.iter_messages(content), damage):
        position = message.byte_offset
        if message.global_num in _KINDS:
            part.add(_KINDS[message.global_num], _from_chiptime(message))
    return _salvage([part], damage, position)


def _salvage(parts: list[_Part], damage: list[str], position: int) -> Salvage:
    return Salvage(
        parts=tuple(part.finish() for part in parts),
        damage="; ".join(damage),
        bytes_read=position,
    )


def _until_error(open_frames: Callable[[], Any], damage: list[str]) -> Iterator[Any]:
    try:
        for count, frame in enumerate(open_frames()):
            if count >= MAX_MESSAGES:
                damage.append(f"only its first {MAX_MESSAGES:,} messages were read")
                return
            yield frame
    except GeneratorExit:
        raise
    # Foreign decoders fail on damaged bytes in every way there is; what came before counts.
    except Exception as error:
        ends_early = type(error).__name__ in _ENDS_EARLY
        damage.append("it ends in the middle" if ends_early else "its bytes stop making sense")


def _from_fitdecode(frame: Any) -> Message:
    message: dict[str, float | str] = {}
    native: set[str] = set()
    for entry in frame.fields:
        name = entry.name
        is_developer = entry.field_def is not None and entry.field_def.is_dev
        value = _plain(name, entry.value, entry.raw_value)
        if value is None or (is_developer and name in native):
            continue
        if not is_developer:
            native.add(name)
        if name in _POSITIONS and isinstance(value, float):
            value *= _DEGREES_PER_SEMICIRCLE
        message[name] = value
        if entry.parent_field is not None:
            message.setdefault(entry.parent_field.name, value)
    return message


def _from_chiptime(chip_message: Any) -> Message:
    message: dict[str, float | str] = {}
    for name, entry in chip_message.fields.items():
        value = _plain(name, entry.value, entry.raw)
        if value is not None:
            message[name.replace("field_", "unknown_")] = value
    return message


def _plain(name: str, value: Any, raw: Any) -> float | str | None:
    """Turn a decoder's value into a number, an enumeration into its number, or a text."""
    if value is None:
        return None
    if name in _INSTANTS:
        return float(raw + FIT_EPOCH_S) if isinstance(raw, int | float) else None
    if isinstance(value, int | float):
        return float(value)
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return float(raw)
    return value if isinstance(value, str) else None


def _columns(records: list[Message]) -> dict[str, Column]:
    columns = {}
    for name in {name: None for record in records for name in record}:
        values = [record.get(name) for record in records]
        numbers = [value if isinstance(value, int | float) else np.nan for value in values]
        columns[name] = np.array(numbers, np.float64)
    return columns
