"""FIT messages as bytes, many rows at once; which messages an activity needs is not known here."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from sidestep.adapters.activity_files.fit_framing import build_file


class BaseType(NamedTuple):
    """How FIT stores a number: its code, its numpy format and the value that means "none"."""

    code: int
    format: str
    invalid: int
    least: int
    most: int


ENUM = BaseType(0x00, "u1", 0xFF, 0, 0xFE)
UINT8 = BaseType(0x02, "u1", 0xFF, 0, 0xFE)
UINT16 = BaseType(0x84, "<u2", 0xFFFF, 0, 0xFFFE)
SINT32 = BaseType(0x85, "<i4", 0x7FFFFFFF, -0x7FFFFFFF, 0x7FFFFFFE)
UINT32 = BaseType(0x86, "<u4", 0xFFFFFFFF, 0, 0xFFFFFFFE)
UINT32Z = BaseType(0x8C, "<u4", 0, 1, 0xFFFFFFFF)
_STRING_CODE = 0x07


class Field(NamedTuple):
    """A field of a message: number, storage and ``stored = (value + offset) * scale``."""

    number: int
    base: BaseType = UINT8
    scale: float = 1.0
    offset: float = 0.0


class Rows(NamedTuple):
    """Encoded messages of one kind: their definition, and the rows that follow it."""

    definition: bytes
    data: bytes
    row_bytes: int

    def whole(self) -> bytes:
        """Return definition and rows in one piece."""
        return self.definition + self.data

    def between(self, first: int, last: int) -> bytes:
        """Return the rows from ``first`` up to but not including ``last``."""
        return self.data[first * self.row_bytes : last * self.row_bytes]


def encode_rows(
    local: int,
    kind: int,
    fields: Sequence[tuple[Field, ArrayLike]],
    texts: Mapping[int, str] | None = None,
) -> Rows:
    """Encode messages of one kind.

    Parameters
    ----------
    local
        Local message number, 0 to 15.
    kind
        Global message number.
    fields
        Each field with its values, one per message or one for all; NaN and what does not fit
        are stored as "none".
    texts
        Field number to a text, the same in every message.
    """
    columns = [(field, np.atleast_1d(np.asarray(values, np.float64))) for field, values in fields]
    rows = max(len(values) for _, values in columns)
    strings = {number: text.encode() + b"\0" for number, text in (texts or {}).items() if text}
    layout = [("header", "u1")]
    layout += [(str(field.number), field.base.format) for field, _ in columns]
    layout += [(str(number), f"S{len(text)}") for number, text in strings.items()]
    table = np.zeros(rows, np.dtype(layout))
    table["header"] = local
    for field, values in columns:
        table[str(field.number)] = _stored(field, values)
    for number, text in strings.items():
        table[str(number)] = text
    described = [
        (field.number, np.dtype(field.base.format).itemsize, field.base.code)
        for field, _ in columns
    ]
    described += [(number, len(text), _STRING_CODE) for number, text in strings.items()]
    head = bytes([0x40 | local, 0, 0, *kind.to_bytes(2, "little"), len(described)])
    definition = head + b"".join(map(bytes, described))
    return Rows(definition, table.tobytes(), table.dtype.itemsize)


def encode_file(messages: Sequence[bytes]) -> bytes:
    """Frame encoded messages as one FIT file with header and checksum."""
    return build_file(b"".join(messages))


def _stored(field: Field, values: np.ndarray) -> np.ndarray:
    stored = np.round((values + field.offset) * field.scale)
    fits = (stored >= field.base.least) & (stored <= field.base.most)
    return np.where(fits, stored, field.base.invalid).astype(np.int64)
