"""Runkeeper's list of activities, also as spreadsheets have mangled it; not the GPX beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from types import MappingProxyType

from sidestep.adapters.accounts.cells import (
    clock_time_from,
    decode_text,
    duration_from,
    number_from,
    read_list,
    row_content,
    tidy,
    unknown_date,
)
from sidestep.adapters.accounts.failures import failed
from sidestep.adapters.accounts.holdings import Holding, read_table
from sidestep.adapters.accounts.leftovers import is_activity_name, summarise_leftovers
from sidestep.domain.activity.recording import Recording
from sidestep.domain.activity.sport_names import sport_from_name
from sidestep.domain.vocabulary.sport import Sport
from sidestep.errors import InputError
from sidestep.services.ports import AccountHint, FailedItem, ImportItem, RowItem

TABLE_NAME = "cardioActivities.csv"
_READER = "runkeeper"
_FIELDS = MappingProxyType(
    {
        "activity id": "id",
        "date": "date",
        "type": "sport",
        "distance": "distance",
        "duration": "duration",
        "average pace": "pace",
        "average speed": "speed",
        "climb": "climb",
        "average heart rate": "heart_rate",
        "gpx file": "file",
    }
)
_METRES = MappingProxyType({"km": 1000.0, "mi": 1609.344, "m": 1.0, "ft": 0.3048})
_DAY_S = 86_400.0
# How far a duration may lie from distance times pace: both are rounded, stops are not.
_FITS_WITHIN = 0.2


@dataclass(frozen=True, slots=True)
class _Columns:
    places: Mapping[str, int]
    units: Mapping[str, str]
    decimal_comma: bool

    def text(self, row: Sequence[str], field: str) -> str:
        at = self.places.get(field)
        return tidy(row[at]) if at is not None and at < len(row) else ""

    def number(self, row: Sequence[str], field: str) -> float | None:
        value = number_from(self.text(row, field), decimal_comma=self.decimal_comma)
        return value if value is not None and value > 0 else None

    def metres(self, row: Sequence[str], field: str) -> float | None:
        value = self.number(row, field)
        unit_m = _METRES.get(self.units.get(field, ""), 1.0)
        return None if value is None else value * unit_m


def _split_unit(column: str) -> tuple[str, str]:
    name, _, unit = tidy(column).casefold().partition("(")
    return name.strip(), unit.rstrip(") ")


def is_runkeeper_header(header: Sequence[str]) -> bool:
    """Tell whether a table's first row is that of Runkeeper's list of activities."""
    names = {_split_unit(column)[0] for column in header}
    # Lists of around 2011 did not number their activities.
    is_one = {"date", "type", "duration", "average pace"} <= names
    return is_one and not names.isdisjoint({"activity id", "gpx file"})


def _find_columns(header: Sequence[str], *, decimal_comma: bool) -> _Columns:
    places: dict[str, int] = {}
    units: dict[str, str] = {}
    for at, column in enumerate(header):
        name, unit = _split_unit(column)
        field = _FIELDS.get(name)
        if field is not None and field not in places:
            places[field] = at
            units[field] = unit
    return _Columns(places=places, units=units, decimal_comma=decimal_comma)


def read_runkeeper(
    holding: Holding, local_zone: tzinfo, table: str = TABLE_NAME
) -> Iterator[ImportItem]:
    """Yield what a Runkeeper export holds: GPX files it lists, rows without one, files unlisted.

    Parameters
    ----------
    holding
        The export, packed or not; or any folder with the list alone.
    local_zone
        The runner's zone: the list has clock times and does not say of which zone.
    table
        The name of the list in it.
    """
    try:
        text = decode_text(read_table(holding, table))
        header, *rows = read_list(text)
    except InputError as error:
        yield failed(f"{holding.shown_as}/{table}", error, about="list unreadable")
        yield from _unlisted(holding, table, set())
        return
    columns = _find_columns(header, decimal_comma=";" in text.partition("\n")[0])
    day_first = _is_day_first(columns, rows)
    files = {name.rpartition("/")[2]: name for name in holding.names() if is_activity_name(name)}
    listed: set[str] = set()
    for number, row in enumerate(rows, start=2):
        shown_as = f"{holding.shown_as}/{table}, row {number}"
        item = _row_item(shown_as, columns, header, row, local_zone, day_first=day_first)
        name = files.get(columns.text(row, "file"), "")
        if name:
            listed.add(name)
            yield holding.item(name, _hint(item) if isinstance(item, RowItem) else None)
        else:
            yield item
    yield from _unlisted(holding, table, listed)


def _is_day_first(columns: _Columns, rows: Sequence[Sequence[str]]) -> bool:
    """Tell from the whole list which way its slashed dates run: no month is above twelve."""
    dates = [columns.text(row, "date").split("/") for row in rows]
    dates = [parts for parts in dates if len(parts) == 3]
    if any(parts[0].isdecimal() and int(parts[0]) > 12 for parts in dates):
        return True
    if any(parts[1].isdecimal() and int(parts[1]) > 12 for parts in dates):
        return False
    # Who counts miles mostly writes the month first.
    return columns.units.get("distance") != "mi"


def _unlisted(holding: Holding, table: str, listed: set[str]) -> Iterator[ImportItem]:
    others = [name for name in holding.names() if name not in listed and name != table]
    yield from (holding.item(name) for name in others if is_activity_name(name))
    yield from summarise_leftovers(
        holding.shown_as, (name for name in others if not is_activity_name(name))
    )


def _row_item(
    shown_as: str,
    columns: _Columns,
    header: list[str],
    row: list[str],
    local_zone: tzinfo,
    *,
    day_first: bool,
) -> RowItem | FailedItem:
    date = columns.text(row, "date")
    clock_time = clock_time_from(date, day_first=day_first)
    if clock_time is None:
        return failed(shown_as, unknown_date(date))
    started_at = clock_time.replace(tzinfo=local_zone)
    offset = started_at.utcoffset()
    recorded = columns.text(row, "sport")
    sport = sport_from_name(recorded)
    duration_s, notes = _duration_s(columns, row)
    recording = Recording(
        started_at=started_at,
        sport=sport,
        sport_as_recorded=recorded,
        utc_offset_s=None if offset is None else round(offset.total_seconds()),
        duration_s=duration_s,
        distance_m=columns.metres(row, "distance"),
        ascent_m=columns.metres(row, "climb"),
        heart_rate_mean_bpm=columns.number(row, "heart_rate"),
        is_indoor=sport is Sport.TREADMILL_RUN,
        device="Runkeeper",
    )
    return RowItem(
        shown_as=f"{shown_as} ({recorded})" if recorded else shown_as,
        reader=_READER,
        content=row_content(header, row),
        recording=recording,
        notes=notes,
    )


def _hint(item: RowItem) -> AccountHint:
    recording = item.recording
    return AccountHint(
        sport=None if recording.sport is Sport.OTHER else recording.sport,
        sport_as_recorded=recording.sport_as_recorded,
        duration_s=recording.duration_s,
        distance_m=recording.distance_m,
    )


def _duration_s(columns: _Columns, row: Sequence[str]) -> tuple[float | None, tuple[str, ...]]:
    """Read a duration that a spreadsheet may have taken for hours and minutes."""
    written = columns.text(row, "duration")
    written_s = duration_from(written)
    if not written_s:
        return None, ()
    shifted_s = written_s / 60.0
    expected_s = _expected_s(columns, row)
    is_shifted = written.count(":") == 2 and (
        written_s >= _DAY_S
        if expected_s is None
        else _is_near(shifted_s, expected_s) and not _is_near(written_s, expected_s)
    )
    if not is_shifted:
        return written_s, ()
    minutes, seconds = divmod(round(shifted_s), 60)
    return shifted_s, (f"its duration {written} is read as {minutes} min {seconds} s",)


def _is_near(value: float, expected: float) -> bool:
    return abs(value - expected) <= _FITS_WITHIN * expected


def _expected_s(columns: _Columns, row: Sequence[str]) -> float | None:
    """Work out the duration from the distance and the pace or speed in the same row."""
    distance = columns.number(row, "distance")
    if distance is None:
        return None
    pace_s = duration_from(columns.text(row, "pace"))
    if pace_s:
        return distance * pace_s
    speed = columns.number(row, "speed")
    return None if speed is None else distance / speed * 3600.0
