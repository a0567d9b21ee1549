"""An import decides what each reading means to what is stored, however often it is repeated."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.summaries import make_row, make_run
from sidestep.adapters.storage.database import open_database
from sidestep.adapters.storage.import_turn import FolderTurn
from sidestep.adapters.storage.store import SqlStore
from sidestep.domain.activity.summary import ActivitySummary
from sidestep.errors import InputError
from sidestep.services.importing.import_activities import (
    ImportReport,
    Read,
    import_activities,
    import_document,
    import_readings,
)
from sidestep.services.importing.ingest_file import Ingested
from sidestep.services.ports import ImportItem, SkippedItem


class NoonClock:
    def now(self) -> datetime:
        return datetime(2026, 7, 1, 12, tzinfo=UTC)

    def today(self) -> date:
        return self.now().date()


@dataclass
class ScriptedFiles:
    """Stands for folder, readers and workers: what each file would give, by name."""

    readings: dict[str, Ingested] = field(default_factory=dict)

    def add(self, name: str, summary: ActivitySummary, richness: int = 10, **more: str) -> None:
        sha256 = hashlib.sha256(name.encode()).hexdigest()
        summary = replace(summary, id=sha256[:12], sources=(sha256,))
        self.readings[name] = Ingested(
            shown_as=name,
            sha256=sha256,
            outcome=more.get("outcome", "read"),
            reader="fitfast",
            rows=(make_row(summary, richness),),
        )

    def items(self, path: Path, scratch: Path) -> Iterator[ImportItem]:
        for name in self.readings:
            yield SkippedItem(shown_as=name, reason="")

    def expect(self, path: Path) -> int:
        return len(self.readings)

    def ingest_all(
        self, items: Iterable[ImportItem], known: Mapping[str, str]
    ) -> Iterator[Ingested]:
        for item in items:
            reading = self.readings[item.shown_as]
            yield replace(reading, outcome="known") if reading.sha256 in known else reading


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    return SqlStore(open_database(f"sqlite:///{tmp_path / 'home' / 'sidestep.sqlite'}"), "me")


def run_import(store: SqlStore, files: ScriptedFiles, folder: Path) -> ImportReport:
    return import_activities(
        [folder],
        source=files,
        ingest_all=files.ingest_all,
        store=store,
        clock=NoonClock(),
        turn=FolderTurn(folder / "home"),
    )


def outcomes(report: ImportReport) -> list[str]:
    return [file.outcome for file in report.files]


def test_a_second_import_changes_nothing(store: SqlStore, tmp_path: Path) -> None:
    files = ScriptedFiles()
    for day in range(3):
        files.add(f"{day}.fit", make_run(day))

    first = run_import(store, files, tmp_path)
    stored = store.activities()
    second = run_import(store, files, tmp_path)

    assert outcomes(first) == ["imported"] * 3
    assert outcomes(second) == ["already_had"] * 3
    assert store.activities() == stored


@pytest.mark.parametrize("order", [["watch", "phone"], ["phone", "watch"]])
def test_the_same_run_from_two_sources_is_one_and_the_richest_wins(
    store: SqlStore, tmp_path: Path, order: list[str]
) -> None:
    files = ScriptedFiles()
    for name in order:
        if name == "watch":
            files.add("watch", make_run(km=10.0, minutes=60), richness=300)
        else:
            files.add("phone", make_run(km=10.1, minutes=61, start_shift_s=20), richness=100)

    report = run_import(store, files, tmp_path)

    assert outcomes(report) == ["imported", "merged"]
    (activity,) = store.activities()
    assert activity.distance_km == 10.0
    assert len(activity.sources) == 2
    assert activity.sources[0] == hashlib.sha256(b"watch").hexdigest()


def test_two_runs_of_one_morning_stay_two(store: SqlStore, tmp_path: Path) -> None:
    files = ScriptedFiles()
    files.add("warm-up", make_run(km=2.0, minutes=12))
    files.add("race", make_run(km=10.0, minutes=50, start_shift_s=30))

    run_import(store, files, tmp_path)

    assert len(store.activities()) == 2


def test_a_failed_file_is_tried_again_and_a_skipped_one_is_not(
    store: SqlStore, tmp_path: Path
) -> None:
    files = ScriptedFiles()
    for name, outcome in (("broken.fit", "failed"), ("settings.fit", "skipped")):
        sha256 = hashlib.sha256(name.encode()).hexdigest()
        files.readings[name] = Ingested(
            shown_as=name, sha256=sha256, outcome=outcome, detail=f"{outcome} because"
        )

    first = run_import(store, files, tmp_path)
    second = run_import(store, files, tmp_path)

    assert outcomes(first) == outcomes(second) == ["failed", "skipped"]
    assert not first.has_only_failures
    assert [source.outcome for source in store.known_sources().values()] == ["skipped"]


def test_a_damaged_file_counts_as_repaired(store: SqlStore, tmp_path: Path) -> None:
    files = ScriptedFiles()
    files.add("cut.fit", make_run(), outcome="repaired")

    report = run_import(store, files, tmp_path)

    assert import_document(report) == {
        "imported": 0,
        "already_had": 0,
        "merged": 0,
        "repaired": 1,
        "skipped": 0,
        "failed": 0,
        "noticed": [],
        "files": [{"path": "cut.fit", "outcome": "repaired", "reader": "fitfast", "detail": ""}],
    }


def test_a_path_that_is_not_there_is_named(store: SqlStore, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere does not exist"):
        import_activities(
            [tmp_path / "nowhere"],
            source=ScriptedFiles(),
            ingest_all=ScriptedFiles().ingest_all,
            store=store,
            clock=NoonClock(),
            turn=FolderTurn(tmp_path),
        )


@settings(max_examples=25, deadline=None)
@given(
    days=st.lists(st.integers(0, 40), min_size=1, max_size=12, unique=True),
    doubled=st.sets(st.integers(0, 40)),
    order=st.randoms(use_true_random=False),
)
def test_the_order_of_files_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, days: list[int], doubled: set[int], order: "object"
) -> None:
    """What is stored is the same activities from the same files, whichever came first."""
    described = [(f"{day}.fit", make_run(day), 300) for day in days]
    described += [
        (f"{day}.gpx", make_run(day, km=5.05, start_shift_s=10), 100)
        for day in days
        if day in doubled
    ]
    stored = []
    for shuffled in (described, list(described)):
        if shuffled is not described:
            order.shuffle(shuffled)  # type: ignore[attr-defined]
        files = ScriptedFiles()
        for name, summary, richness in shuffled:
            files.add(name, summary, richness)
        home = tmp_path_factory.mktemp("home")
        store = SqlStore(open_database(f"sqlite:///{home / 'sidestep.sqlite'}"), "me")
        run_import(store, files, home)
        stored.append([replace(activity, id="") for activity in store.activities()])

    assert stored[0] == stored[1]
    assert len(stored[0]) == len(days)


@pytest.mark.parametrize("order", [["one", "other"], ["other", "one"]])
def test_of_two_that_tell_as_much_the_same_one_describes_the_run_in_any_order(
    store: SqlStore, tmp_path: Path, order: list[str]
) -> None:
    files = ScriptedFiles()
    for name in order:
        files.add(name, make_run(km=10.0 if name == "one" else 10.1))

    run_import(store, files, tmp_path)

    (activity,) = store.activities()
    described_by = "one" if activity.distance_km == 10.0 else "other"
    assert activity.sources[0] == hashlib.sha256(described_by.encode()).hexdigest()


@pytest.mark.parametrize("order", [["cut", "whole"], ["whole", "cut"]])
def test_a_file_cut_short_and_the_whole_one_are_one_run(
    store: SqlStore, tmp_path: Path, order: list[str]
) -> None:
    files = ScriptedFiles()
    for name in order:
        if name == "whole":
            files.add("whole", make_run(km=10.0, minutes=60), richness=300)
        else:
            files.add("cut", make_run(km=4.0, minutes=25), richness=-90, outcome="repaired")

    run_import(store, files, tmp_path)

    (activity,) = store.activities()
    assert activity.distance_km == 10.0
    assert len(activity.sources) == 2


def test_what_is_left_of_a_damaged_file_is_no_part_of_a_shorter_run(
    store: SqlStore, tmp_path: Path
) -> None:
    files = ScriptedFiles()
    files.add("short", make_run(km=1.0, minutes=5), richness=300)
    files.add("cut", make_run(km=4.0, minutes=25), richness=-90, outcome="repaired")

    run_import(store, files, tmp_path)

    assert len(store.activities()) == 2


def read_some(files: ScriptedFiles, stop_after: int) -> Read:
    """Reading that is cut short after some files, as by a worker that is killed."""

    def read(scratch: Path, known: Mapping[str, str]) -> Iterator[Ingested]:
        items = files.items(scratch, scratch)
        for number, ingested in enumerate(files.ingest_all(items, known)):
            if number == stop_after:
                raise KilledError
            yield ingested

    return read


class KilledError(Exception):
    pass


def test_an_import_that_was_cut_short_ends_as_if_it_had_not_been(
    store: SqlStore, tmp_path: Path
) -> None:
    files = ScriptedFiles()
    files.add("before.fit", make_run(9))
    run_import(store, files, tmp_path)
    for day in range(3):
        files.add(f"{day}.fit", make_run(day), outcome="repaired" if day == 1 else "read")
    files.readings["again.fit"] = replace(files.readings["0.fit"], shown_as="again.fit")

    def read_until(stop_after: int) -> ImportReport:
        return import_readings(
            read_some(files, stop_after),
            store=store,
            clock=LaterClock(),
            turn=FolderTurn(tmp_path / "home"),
            began_at=LaterClock().now(),
        )

    with pytest.raises(KilledError):
        read_until(3)
    assert len(store.activities()) == 3

    whole = outcomes(read_until(99))

    assert whole == ["already_had", "imported", "repaired", "imported", "already_had"]


class LaterClock(NoonClock):
    def now(self) -> datetime:
        return datetime(2026, 7, 2, 12, tzinfo=UTC)
