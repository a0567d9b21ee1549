"""What the mirror's page sends, taken apart: a picture with a few numbers before it.

Both sides of the talk:

- the page: ``{"begin": "next"}`` or ``{"begin": "free"}``, then pictures, then ``{"end": true}``;
- the server: ``{"get_ready": true}`` (send one picture), ``{"ready": true}``, then for each picture
  what to draw, and at last ``{"kept": ID or null}``; or ``{"refused": CODE, "says": ...}``.

A picture is its number (4 bytes), the time it was taken in ms (8, on a clock that never goes back),
the delay of the last one shown in ms (4, NaN for none), the number left out (4), then its JPEG; all
of it little-endian.
"""

import json
import math
import struct
from typing import Final

from sidestep.errors import UnreadableFileError
from sidestep.services.clips.browser_mirror import SentPicture

MOST_BYTES: Final = 400_000
"""Of a message: a JPEG of 640 by 480 pixels has a tenth of that."""

_HEADER: Final = struct.Struct("<IdfI")
_LONGEST_DELAY_MS: Final = 60_000.0


def read_picture(message: bytes) -> SentPicture:
    """Take a message apart.

    Raises
    ------
    UnreadableFileError
        It is too short, too long, or its time is none.
    """
    if not _HEADER.size < len(message) <= MOST_BYTES:
        raise UnreadableFileError(f"a picture of {len(message)} bytes is of no use")
    number, time_ms, delay_ms, n_dropped = _HEADER.unpack_from(message)
    if not math.isfinite(time_ms) or abs(time_ms) > 1e15:
        raise UnreadableFileError("a picture has no time")
    has_delay = 0.0 <= delay_ms <= _LONGEST_DELAY_MS
    return SentPicture(
        number=number,
        time_s=time_ms / 1000,
        delay_s=delay_ms / 1000 if has_delay else None,
        n_dropped=n_dropped,
        jpeg=message[_HEADER.size :],
    )


def read_word(text: str) -> dict[str, object]:
    """Read a message in words; what is none becomes nothing."""
    try:
        said = json.loads(text)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
