"""Numbers, durations, instants and tables as account lists write them; not which list has which."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from sidestep.adapters.accounts.month_names import month_from_word
from sidestep.errors import UnreadableFileError

_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007"), " ")
_THOUSANDS = re.compile(r"[+-]?\d{1,3},\d{3}")
_MAX_CELL_CHARACTERS = 4 << 20


def tidy(cell: str) -> str:
    """Turn the narrow and unbreakable spaces of some exports into plain ones and trim."""
    return cell.translate(_SPACES).strip()


def number_from(cell: str, *, decimal_comma: bool = False) -> float | None:
    """Read a number with a point or a comma before its decimals.

    Parameters
    ----------
    cell
        Such as ``12.5``, ``12,5``, ``1,234.5`` or ``1.234,5``.
    decimal_comma
        What a lone comma before three digits means: decimals, or else thousands.

    Returns
    -------
    float | None
        ``None`` when the cell is empty or no finite number.
    """
    text = tidy(cell).replace(" ", "").replace("'", "").replace("’", "")
    if "," in text and "." in text:
        decimal = max(",.", key=text.rfind)
        text = text.replace("," if decimal == "." else ".", "").replace(decimal, ".")
    elif text.count(",") == 1 and (decimal_comma or _THOUSANDS.fullmatch(text) is None):
        text = text.replace(",", ".")
    elif "," in text:
        text = text.replace(",", "")
    elif text.count(".") > 1:
        text = text.replace(".", "")
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None


def duration_from(cell: str) -> float | None:
    """Read seconds from ``h:mm:ss`` or ``mm:ss``.

    Returns
    -------
    float | None
        Seconds, ``None`` when the cell is empty or no duration.
    """
    match = re.fullmatch(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2}(?:\.\d+)?)", tidy(cell))
    if match is None:
        return None
    hours, minutes, seconds = match.groups()
    return int(hours or 0) * 3600.0 + int(minutes) * 60.0 + float(seconds)


_TIME = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:\.\d+)?)?"
_HALF = r"(?: ?(?P<half>[ap])\.? ?m\.?)?"
_FORMS = tuple(
    re.compile(
        f"{day}(?: г\\.?)?,? (?:um |à |a las |at |klo |kl\\. |в )?{_TIME}{_HALF}", re.IGNORECASE
    )
    for day in (
        r"(?P<word>[^\W\d]+)\.? (?P<day>\d{1,2}),? (?P<year>\d{4})",
        r"(?P<day>\d{1,2})\.? (?:de )?(?P<word>[^\W\d]+)\.?,?(?: de)? (?P<year>\d{4})",
        r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4})",
    )
)
_ISO = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})[ T]" + _TIME + r"(?P<half>)(?: ?(?:UTC|Z))?"
)
# China, Japan and Korea write the year first and the half of the day before the time.
_MORNING = "上午|午前|오전|凌晨|清晨|早上|AM"
_AFTERNOON = "下午|午後|오후|中午|晚上|PM"
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})(?:年|\. ?|/)(?P<month>\d{1,2})(?:月|\. ?|/)(?P<day>\d{1,2})(?:日|\.)?,? ?"
    f"(?:(?P<morning>{_MORNING})|(?P<half>{_AFTERNOON}))? ?{_TIME}"
)
_SLASHED = re.compile(
    r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4}),? " + _TIME + _HALF, re.IGNORECASE
)


def clock_time_from(cell: str, *, day_first: bool = True) -> datetime | None:
    """Read a date with a time of day, in the forms that exports use.

    Knows ``Sep 12, 2018, 3:02:23 PM`` (the last space may be a narrow one), ``12.09.2018,
    15:02:23``, ``12. Sept. 2018, 15:02:23``, ``12 sept. 2018, 15:02:23``, ``12 de set. de 2018,
    15:02:23``, ``12 сент. 2018 г., 15:02:23``, ``2018年9月12日 15:02:23``, ``2018. 9. 12. 오후
    3:02:23``, ``2018-09-12 15:02:23`` and ``12/09/2018 15:02:23``.

    Parameters
    ----------
    cell
        As exported.
    day_first
        Whether the day comes before the month where both are numbers between slashes.

    Returns
    -------
    datetime | None
        Without a zone, because the cell has none; ``None`` when it is no such date.
    """
    text = tidy(cell)
    for form in (_ISO, *_FORMS, _SLASHED, _YEAR_FIRST):
        match = form.fullmatch(text)
        if match is not None:
            return _build_time(match.groupdict(), swap=form is _SLASHED and not day_first)
    return None


def _build_time(parts: Mapping[str, str | None], *, swap: bool) -> datetime | None:
    month = _month(parts)
    day = int(parts["day"] or 0)
    if swap:
        day, month = month, day
    hour = int(parts["hour"] or 0)
    half = parts.get("half")
    if parts.get("morning") or half:
        is_before_noon = not half or half.lower() == "a"
        hour = hour % 12 + (0 if is_before_noon else 12)
    try:
        naive = datetime(  # noqa: DTZ001 - the cell names no zone; callers know which it is
            int(parts["year"] or 0),
            month,
            day,
            hour,
            int(parts["minute"] or 0),
            int(parts["second"] or 0),
        )
    except ValueError:
        return None
    return naive


def _month(parts: Mapping[str, str | None]) -> int:
    word = parts.get("word")
    return month_from_word(word) if word else int(parts["month"] or 0)


def utc_from(cell: str) -> datetime | None:
    """Read an instant that an export gives in UTC.

    Returns
    -------
    datetime | None
        In UTC; ``None`` when the cell is no date.
    """
    clock_time = clock_time_from(cell)
    return None if clock_time is None else clock_time.replace(tzinfo=UTC)


def unknown_date(cell: str) -> UnreadableFileError:
    """Return the error for a cell that should hold a date."""
    return UnreadableFileError(
        f"its date {cell!r} is in no form known here",
        hint="Write it as 2018-09-12 15:02:23 and import the list again.",
    )


def decode_text(content: bytes) -> str:
    """Decode a list file: UTF-8 with or without a mark, UTF-16 with one, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read_rows(text: str) -> Iterator[list[str]]:
    """Yield the rows of a table separated by commas, semicolons or tabs, the header first.

    Raises
    ------
    UnreadableFileError
        The table is garbled.
    """
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    limit = csv.field_size_limit(_MAX_CELL_CHARACTERS)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise UnreadableFileError(
            f"the table is garbled ({error})", hint="Make the export again."
        ) from error
    finally:
        csv.field_size_limit(limit)


def read_list(text: str) -> list[list[str]]:
    """Return the rows of a table without those that are empty, the header first.

    Raises
    ------
    UnreadableFileError
        The table is garbled, or there is not even a header.
    """
    rows = [row for row in read_rows(text) if row]
    if not rows:
        raise UnreadableFileError("the table is empty", hint="Make the export again.")
    return rows


def row_content(header: list[str], row: list[str]) -> bytes:
    """Return a row as an original to keep: the same row gives the same bytes.

    Cells that are empty are left out and columns are sorted, so that a later export with more
    columns of nothing still gives the same bytes. A repeated column name carries its count.

    Returns
    -------
    bytes
        One JSON object in UTF-8.
    """
    cells: dict[str, str] = {}
    counts: dict[str, int] = {}
    for name, cell in zip(header, row, strict=False):
        counts[name] = counts.get(name, 0) + 1
        if cell.strip():
            cells[name if counts[name] == 1 else f"{name} ({counts[name]})"] = cell
    return canonical_json(cells)


def canonical_json(value: object) -> bytes:
    """Return a value as JSON whose bytes depend on the value only."""
    return json.dumps(
        value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=str
    ).encode()
