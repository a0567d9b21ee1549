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
TEXT_BYTES_MAX = 254
"""Longest text a field can hold: its size is one byte, and a zero ends it."""


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
    texts: Mapping[int, str | Sequence[str]] | None = None,
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
        Field number to a text for all messages, or to one for each. What does not fit into a field
        is cut off; a field that is empty in all of them is left out.
    """
    columns = [(field, np.atleast_1d(np.asarray(values, np.float64))) for field, values in fields]
    rows = max(len(values) for _, values in columns)
    strings = _columns_of_text(texts or {})
    layout = [("header", "u1")]
    layout += [(str(field.number), field.base.format) for field, _ in columns]
    layout += [(str(number), column.dtype.str) for number, column in strings.items()]
    table = np.zeros(rows, np.dtype(layout))
    table["header"] = local
    for field, values in columns:
        table[str(field.number)] = _stored(field, values)
    for number, column in strings.items():
        table[str(number)] = column
    described = [
        (field.number, np.dtype(field.base.format).itemsize, field.base.code)
        for field, _ in columns
    ]
    described += [(number, column.itemsize, _STRING_CODE) for number, column in strings.items()]
    head = bytes([0x40 | local, 0, 0, *kind.to_bytes(2, "little"), len(described)])
    definition = head + b"".join(map(bytes, described))
    return Rows(definition, table.tobytes(), table.dtype.itemsize)


def _columns_of_text(texts: Mapping[int, str | Sequence[str]]) -> dict[int, np.ndarray]:
    """Return each field's texts as bytes of one length, the longest with the zero that ends it."""
    columns = {}
    for number, given in texts.items():
        rows = [_cut(text) for text in ([given] if isinstance(given, str) else given)]
        if any(rows):
            columns[number] = np.array(rows, f"S{max(map(len, rows)) + 1}")
    return columns


def _cut(text: str) -> bytes:
    """Return as much of a text as a field can hold, without breaking a character."""
    return text.encode()[:TEXT_BYTES_MAX].decode(errors="ignore").encode()


def encode_file(messages: Sequence[bytes]) -> bytes:
    """Frame encoded messages as one FIT file with header and checksum."""
    return build_file(b"".join(messages))


def _stored(field: Field, values: np.ndarray) -> np.ndarray:
    stored = np.round((values + field.offset) * field.scale)
    fits = (stored >= field.base.least) & (stored <= field.base.most)
    return np.where(fits, stored, field.base.invalid).astype(np.int64)
