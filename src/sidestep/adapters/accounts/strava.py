"""Strava's bulk export: the list of activities and the files beside it; not the files' content."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType

from sidestep.adapters.accounts.cells import (
    decode_text,
    number_from,
    read_list,
    row_content,
    tidy,
    unknown_date,
    utc_from,
)
from sidestep.adapters.accounts.failures import failed
from sidestep.adapters.accounts.holdings import Holding, read_table
from sidestep.adapters.accounts.leftovers import is_activity_name, summarise_leftovers
from sidestep.domain.activity.recording import Recording
from sidestep.domain.activity.sport_names import sport_from_name
from sidestep.domain.vocabulary.sport import Sport
from sidestep.errors import InputError
from sidestep.services.ports import AccountHint, FailedItem, ImportItem, RowItem

TABLE_NAME = "activities.csv"
_READER = "strava"

# English (and its form before July 2019) and German as exports have shown them; Chinese, Dutch and
# French in part; Spanish, Italian and Portuguese unproven. A language that is missing here is read
# by the usual places. Columns that are not named are kept in the original and not read.
_ALIASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "id": (
            "activity id", "id", "aktivitäts-id", "id de l'activité",
            "id de la actividad", "id de actividad", "id attività", "id da atividade",
            "activiteits-id", "活动 id",
        ),
        "date": (
            "activity date", "date", "aktivitätsdatum", "date de l'activité",
            "fecha de la actividad", "fecha de actividad", "data dell'attività",
            "data da atividade", "datum van activiteit", "活动日期",
        ),
        "sport": (
            "activity type", "type", "aktivitätsart", "type d'activité",
            "tipo de actividad", "tipo di attività", "tipo de atividade", "activiteitstype",
            "活动类型",
        ),
        "elapsed": (
            "elapsed time", "elapsed_time", "verstrichene zeit", "temps écoulé",
            "tiempo transcurrido", "tempo trascorso", "tempo decorrido", "verstreken tijd",
            "全程耗时",
        ),
        "moving": (
            "moving time", "bewegungszeit", "durée de déplacement",
            "tiempo en movimiento", "tempo in movimento", "tempo de movimentação", "beweegtijd",
        ),
        "distance": (
            "distance", "distanz", "distancia", "distanza", "distância", "afstand", "距离",
        ),
        "file": (
            "filename", "dateiname", "nom du fichier", "nombre de archivo",
            "nombre del archivo", "bestandsnaam", "文件名",
            "nome del file", "nome do arquivo",  # codespell:ignore nome
        ),
        "ascent": (
            "elevation gain", "höhenzunahme", "dénivelé positif", "desnivel positivo",
            "dislivello", "ganho de elevação", "totale stijging",
        ),
        "descent": ("elevation loss", "höhenunterschied", "dénivelé négatif"),
        "heart_rate": (
            "average heart rate", "durchschnittliche herzfrequenz",
            "fréquence cardiaque moyenne", "frecuencia cardiaca media",
            "frecuencia cardíaca media", "frequenza cardiaca media", "gemiddelde hartslag",
        ),
        "effort": ("perceived exertion", "gefühlte anstrengung", "effort perçu", "effort ressenti"),
        "steps": ("total steps", "schritte insgesamt", "nombre total de pas", "pasos totales"),
    }
)  # fmt: skip
_ENGLISH_IDS = frozenset({"activity id", "id"})
# Where the first columns have stood in every shape seen, for a language not named above.
_USUAL_PLACES = MappingProxyType({"id": 0, "date": 1, "sport": 3, "elapsed": 5, "distance": 6})


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column of one export holds what; repeated names are told apart by their order."""

    places: Mapping[str, tuple[int, ...]]
    decimal_comma: bool
    distance_unit_m: float

    def text(self, row: Sequence[str], field: str, turn: int = 0) -> str:
        places = self.places.get(field, ())
        if turn >= len(places) or places[turn] >= len(row):
            return ""
        return tidy(row[places[turn]])

    def number(self, row: Sequence[str], field: str, turn: int = 0) -> float | None:
        return number_from(self.text(row, field, turn), decimal_comma=self.decimal_comma)


def _fold(name: str) -> str:
    return tidy(name).casefold().replace("’", "'")


def is_strava_header(header: Sequence[str]) -> bool:
    """Tell whether a table's first row is that of Strava's list of activities."""
    names = set(map(_fold, header))
    return all(names.intersection(_ALIASES[field]) for field in ("id", "date", "sport", "file"))


def _find_columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> _Columns:
    names = [_fold(name) for name in header]
    places: dict[str, tuple[int, ...]] = {}
    for field, aliases in _ALIASES.items():
        known = next((alias for alias in aliases if alias in names), None)
        if known is not None:
            places[field] = tuple(at for at, name in enumerate(names) if name == known)
    if not is_strava_header(header):
        places = {**_usual_places(names), **places}
        places.setdefault("file", _columns_of_paths(rows))
    first = names[0] if names else ""
    return _Columns(
        places=MappingProxyType(places),
        decimal_comma=first not in _ENGLISH_IDS,
        distance_unit_m=1.0 if "elapsed_time" in names else 1000.0,
    )


def _usual_places(names: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Place columns whose language is not known.

    The longer shapes say time and distance a second time under the same names, exactly, and
    between these the time in motion.
    """
    places: dict[str, tuple[int, ...]] = {field: (at,) for field, at in _USUAL_PLACES.items()}
    elapsed, distance = (_all_named_alike(names, *places[each]) for each in ("elapsed", "distance"))
    if len(elapsed) == len(distance) == 2 and distance[1] == elapsed[1] + 2:
        places |= {"elapsed": elapsed, "moving": (elapsed[1] + 1,), "distance": distance}
    return places


def _all_named_alike(names: Sequence[str], at: int) -> tuple[int, ...]:
    if at >= len(names) or not names[at]:
        return ()
    return tuple(also for also, name in enumerate(names) if name == names[at])


def _columns_of_paths(rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    found = {at for row in rows for at, cell in enumerate(row) if cell.startswith("activities/")}
    return tuple(sorted(found))[:1]


def read_strava(holding: Holding, table: str = TABLE_NAME) -> Iterator[ImportItem]:
    """Yield what a Strava export holds: files with what the list says of them, rows without.

    Parameters
    ----------
    holding
        The export, packed or not; or any folder with the list alone.
    table
        The name of the list in it.
    """
    try:
        header, *rows = read_list(decode_text(read_table(holding, table)))
    except InputError as error:
        yield failed(f"{holding.shown_as}/{table}", error, about="list unreadable")
        yield from _unlisted(holding, table, set())
        return
    columns = _find_columns(header, rows)
    files = _files_by_stem(holding)
    listed: set[str] = set()
    for number, row in enumerate(rows, start=2):
        name = files.get(_stem(columns.text(row, "file")), "")
        if name:
            listed.add(name)
            yield holding.item(name, _hint(columns, row))
        else:
            shown_as = f"{holding.shown_as}/{table}, row {number}"
            yield _row_item(shown_as, columns, header, row)
    yield from _unlisted(holding, table, listed)


def _files_by_stem(holding: Holding) -> dict[str, str]:
    return {_stem(name): name for name in holding.names() if is_activity_name(name)}


def _stem(name: str) -> str:
    """Name a file without its compression, because unpacking tools undo it on the way."""
    return name.strip().lower().removesuffix(".gz")


def _unlisted(holding: Holding, table: str, listed: set[str]) -> Iterator[ImportItem]:
    others = [name for name in holding.names() if name not in listed and name != table]
    yield from (holding.item(name) for name in others if is_activity_name(name))
    yield from summarise_leftovers(
        holding.shown_as, (name for name in others if not is_activity_name(name))
    )


def _hint(columns: _Columns, row: Sequence[str]) -> AccountHint:
    recorded = columns.text(row, "sport")
    sport = sport_from_name(recorded)
    return AccountHint(
        sport=None if sport is Sport.OTHER else sport,
        sport_as_recorded=recorded,
        duration_s=_duration_s(columns, row),
        elapsed_s=_elapsed_s(columns, row),
        distance_m=_distance_m(columns, row),
        effort_rpe=_effort(columns, row),
    )


def _row_item(
    shown_as: str, columns: _Columns, header: list[str], row: list[str]
) -> RowItem | FailedItem:
    date = columns.text(row, "date")
    started_at = utc_from(date)
    if started_at is None:
        return failed(shown_as, unknown_date(date))
    recorded = columns.text(row, "sport")
    sport = sport_from_name(recorded)
    steps = columns.number(row, "steps")
    recording = Recording(
        started_at=started_at,
        sport=sport,
        sport_as_recorded=recorded,
        duration_s=_duration_s(columns, row),
        elapsed_s=_elapsed_s(columns, row),
        distance_m=_distance_m(columns, row),
        ascent_m=columns.number(row, "ascent"),
        descent_m=columns.number(row, "descent"),
        heart_rate_mean_bpm=_above_zero(columns.number(row, "heart_rate")),
        steps_counted=int(steps) if steps else None,
        effort_rpe=_effort(columns, row),
        is_indoor=sport is Sport.TREADMILL_RUN,
        device="Strava",
    )
    file = columns.text(row, "file")
    return RowItem(
        shown_as=f"{shown_as} ({recorded})" if recorded else shown_as,
        reader=_READER,
        content=row_content(header, row),
        recording=recording,
        notes=(f"its file {PurePosixPath(file).name} did not come with the list",) if file else (),
    )


def _above_zero(value: float | None) -> float | None:
    return value if value is not None and value > 0 else None


def _elapsed_s(columns: _Columns, row: Sequence[str]) -> float | None:
    return _above_zero(columns.number(row, "elapsed", 1) or columns.number(row, "elapsed"))


def _duration_s(columns: _Columns, row: Sequence[str]) -> float | None:
    return _above_zero(columns.number(row, "moving")) or _elapsed_s(columns, row)


def _distance_m(columns: _Columns, row: Sequence[str]) -> float | None:
    exact_m = columns.number(row, "distance", 1)
    if exact_m:
        return _above_zero(exact_m)
    shown_distance = _above_zero(columns.number(row, "distance"))
    if shown_distance is None:
        return None
    # Strava shows swims in metres and everything else in kilometres.
    is_swim = sport_from_name(columns.text(row, "sport")) is Sport.SWIM
    return shown_distance * (1.0 if is_swim else columns.distance_unit_m)


def _effort(columns: _Columns, row: Sequence[str]) -> float | None:
    effort = _above_zero(columns.number(row, "effort"))
    return effort if effort is not None and effort <= 10 else None
