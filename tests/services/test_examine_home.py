"""Every check of the doctor: what it says when all is well, and what to do when it is not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from builders.shipped import shipped_reading
from sidestep.errors import StorageError
from sidestep.services.knowledge.knowledge_reading import Problem
from sidestep.services.ports.health import (
    DatabaseState,
    FilesState,
    FolderState,
    MachineState,
    ModelsState,
)
from sidestep.services.upkeep.examine_home import Check, Examined, all_is_well, examine_home

NOW = datetime(2026, 11, 29, 9, 30, tzinfo=UTC)
HOME = Path("/home/me/sidestep")


class FixedClock:
    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def today(self) -> date:
        return self._now.date()


class KnownHome:
    """A folder whose state a test says; each answer may be an error instead."""

    def __init__(self, **answers: object) -> None:
        self._answers = SOUND | answers

    def _answer(self, name: str) -> object:
        answer = self._answers[name]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def __getattr__(self, name: str) -> Any:
        return lambda: self._answer(name)


FOLDER = FolderState(
    path=HOME, is_there=True, is_writable=True, others_may=False, free_bytes=40_000_000_000
)
DATABASE = DatabaseState(
    where=f"{HOME}/sidestep.sqlite", is_there=True, revision="0003", newest_revision="0003"
)
FILES = FilesState(named=70, missing=(), changed=())
SOUND: dict[str, object] = {
    "folder": FOLDER,
    "database": DATABASE,
    "originals": FILES,
    "streams": FILES,
    "leftovers": (),
    "newest_instant": NOW - timedelta(hours=3),
}
MACHINE = MachineState(python=(3, 12, 4), unknown_zone="")
MODELS = ModelsState(folder=HOME, name="BlazePose full e9a5c5cb17f7", problems=())


def examine(
    *,
    machine: MachineState = MACHINE,
    models: ModelsState = MODELS,
    problems: tuple[Problem, ...] = (),
    now: datetime = NOW,
    **answers: object,
) -> dict[str, Check]:
    reading = shipped_reading()
    examined = Examined(
        home=KnownHome(**answers),
        machine=lambda: machine,
        models=lambda: models,
        knowledge=lambda: replace(reading, problems=(*reading.problems, *problems)),
        clock=FixedClock(now),
    )
    return {check.id: check for check in examine_home(examined)}


def test_a_sound_folder_needs_nothing() -> None:
    checks = examine()
    assert all_is_well(tuple(checks.values()))
    assert checks["originals"].finding.says == "70 files, all as they came"
    assert checks["clock"].finding.says == "2026-11-29 09:30, UTC (UTC+0000)"


def test_a_folder_that_is_not_there_yet_needs_nothing() -> None:
    nothing = replace(FILES, named=0)
    checks = examine(
        folder=replace(FOLDER, is_there=False),
        database=replace(DATABASE, is_there=False),
        originals=nothing,
        streams=nothing,
        newest_instant=None,
    )
    assert all_is_well(tuple(checks.values()))
    assert checks["folder"].finding.says == f"{HOME}, not made yet"


HASHES = tuple(letter * 64 for letter in "abcde")


@pytest.mark.parametrize(
    ("id", "says", "to_do", "answers"),
    [
        ("python", "3.10.1, and 3.11 or newer", "with Python 3.11", {
            "machine": replace(MACHINE, python=(3, 10, 1))
        }),
        ("folder", "cannot be written", "--home", {"folder": replace(FOLDER, is_writable=False)}),
        ("privacy", "other people", f"chmod 700 '{HOME}'", {
            "folder": replace(FOLDER, others_may=True)
        }),
        ("space", "0.1 GB, and 1 GB or more", "Make room", {
            "folder": replace(FOLDER, free_bytes=100_000_000)
        }),
        ("database", "damaged: row 3 missing", "sidestep restore", {
            "database": replace(DATABASE, problems=("row 3 missing",))
        }),
        ("database", "step 9999, this program knows up to 0003", "Update Sidestep", {
            "database": replace(DATABASE, revision="9999", is_known=False)
        }),
        ("originals", "5 of 70 missing: aaaaaaaaaaaa, bbbbbbbbbbbb, cccccccccccc and 2 more",
         "from a backup", {"originals": replace(FILES, missing=HASHES)}),
        ("originals", "1 of 70 missing: aaaaaaaaaaaa; 1 of 70 no longer as they came: bbbbbbbb",
         "from a backup",
         {"originals": replace(FILES, missing=HASHES[:1], changed=HASHES[1:2])}),
        ("samples", "1 of 70 cut short", "complete without", {
            "streams": replace(FILES, changed=HASHES[:1])
        }),
        ("leftovers", "/home/me/sidestep/scratch", "Delete them", {
            "leftovers": (HOME / "scratch",)
        }),
        ("knowledge", "load/x.yaml: not a number", "sidestep knowledge check", {
            "problems": (Problem(file="load/x.yaml", says="not a number"),)
        }),
        ("models", "is not as it came", "Install Sidestep again", {
            "models": replace(MODELS, problems=("pose.tflite is not as it came",))
        }),
        ("clock", "the zone 'Mars/Base' that TZ names is not known", "Europe/Berlin", {
            "machine": replace(MACHINE, unknown_zone="Mars/Base")
        }),
        ("clock", "1970-01-02 00:00, UTC (UTC+0000), but this program was made later", "clock", {
            "now": datetime(1970, 1, 2, tzinfo=UTC), "newest_instant": None
        }),
        ("clock", "but something was kept later, on 2026-12-05", "Set the clock", {
            "newest_instant": NOW + timedelta(days=6)
        }),
        ("originals", "cannot be checked: no rows", "look there", {
            "originals": StorageError("no rows", hint="look there")
        }),
        ("samples", "cannot be checked: streams: Permission denied", "your user may read", {
            "streams": PermissionError(13, "Permission denied", "streams")
        }),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_what_to_do(
    id: str, says: str, to_do: str, answers: dict[str, object]
) -> None:
    checks = examine(**answers)  # type: ignore[arg-type]
    assert says in checks[id].finding.says
    assert to_do in checks[id].finding.to_do
    assert [check.id for check in checks.values() if not check.is_fine] == [id]


def test_what_hangs_on_a_broken_database_is_told_of_once() -> None:
    closed = StorageError("the database cannot be read: not a database", hint="generic")
    broken = replace(DATABASE, problems=("not a database",))
    checks = examine(database=broken, originals=closed, newest_instant=closed)
    hanging = [checks[id] for id in ("originals", "clock")]
    assert {check.finding.says for check in hanging} == {"cannot be checked without the database"}
    assert {check.finding.to_do for check in hanging} == {"First do what is said of the database."}


def test_an_older_database_is_fine_and_is_said_to_be_updated() -> None:
    checks = examine(database=replace(DATABASE, revision="0002"))
    assert checks["database"].is_fine
    assert "the next command brings it up to date" in checks["database"].finding.says
