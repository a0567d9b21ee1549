"""What was exported can be imported into a new data folder: the same activities, nothing lost."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builders.activity_bytes import full_run
from builders.exports import (
    STRAVA_LONG,
    build_health_export,
    build_row,
    build_step_record,
    build_table,
    build_workout,
    write_zip,
)
from sidestep.adapters.activity_files.writing import write_fit, write_tcx
from sidestep.cli.exits import DONE, run
from sidestep.cli.main import command

NEW_YEAR = "2025-01-01 07:30:00 +0100", "2025-01-01 08:00:00 +0100"
LATE = "2025-01-03 23:50:00 -0500", "2025-01-04 00:20:00 -0500"


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Run a command with --json and return its document."""

    def run_and_read(home: Path, *arguments: str) -> Any:
        capsys.readouterr()
        assert run(command, ["--home", str(home), *arguments, "--json"]) == DONE
        return json.loads(capsys.readouterr().out)

    return run_and_read


@pytest.fixture
def accounts(tmp_path: Path) -> Path:
    """One run as FIT and TCX, a damaged FIT, and archives of Strava and Apple Health."""
    folder = tmp_path / "accounts"
    folder.mkdir()
    run_recorded = full_run()
    (folder / "run.fit").write_bytes(write_fit(run_recorded))
    (folder / "run.tcx").write_bytes(write_tcx(run_recorded))
    cells = {
        "Activity ID": "1",
        "Activity Date": "Jun 23, 2021, 5:00:00 PM",
        "Activity Type": "Football (Soccer)",
        "Elapsed Time": ["3600", "3600.0"],
        "Perceived Exertion": "7.0",
    }
    table = build_table(STRAVA_LONG, [build_row(STRAVA_LONG, cells)])
    whole = write_fit(full_run())
    write_zip(
        folder / "strava.zip",
        {"activities.csv": table, "activities/9.fit": whole[: len(whole) * 6 // 10]},
    )
    health = build_health_export(
        build_step_record(*NEW_YEAR, 4700, source="Phone"),
        build_workout(*NEW_YEAR),
        build_workout(*LATE),
    )
    write_zip(folder / "apple.zip", {"apple_health_export/export.xml": health})
    return folder


def without_ids(activities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: each[key] for key in each if key != "id"} for each in activities]


def test_an_export_gives_every_activity_back(
    call: Callable[..., Any], accounts: Path, tmp_path: Path
) -> None:
    call(tmp_path / "home", "import", str(accounts))
    before = call(tmp_path / "home", "activities")
    call(tmp_path / "home", "data", "export", str(tmp_path / "export"))

    report = call(tmp_path / "new", "import", str(tmp_path / "export"))

    after = call(tmp_path / "new", "activities")
    assert without_ids(after) == without_ids(before)
    assert {each["steps_source"] for each in after} >= {"phone_steps", "none"}
    assert report["failed"] == report["skipped"] == 0
    again = call(tmp_path / "new", "import", str(tmp_path / "export"))
    assert again["already_had"] == len(again["files"])


def test_a_corrected_sport_and_effort_come_back_with_the_file(
    call: Callable[..., Any], accounts: Path, tmp_path: Path
) -> None:
    (accounts / "strava.zip").unlink()
    call(tmp_path / "home", "import", str(accounts / "run.fit"))
    (activity,) = call(tmp_path / "home", "activities")
    corrections = ("--sport", "football", "--effort", "8")
    call(tmp_path / "home", "activities", "answer", activity["id"], *corrections)
    call(tmp_path / "home", "data", "export", str(tmp_path / "export"))

    call(tmp_path / "new", "import", str(tmp_path / "export"))

    (after,) = call(tmp_path / "new", "activities")
    assert (after["sport"], after["effort_rpe"]) == ("football", 8.0)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"[1]", b'[{"sources": [1]}]', b"\xff"])
def test_a_garbled_list_still_gives_the_files(
    call: Callable[..., Any], accounts: Path, tmp_path: Path, content: bytes
) -> None:
    call(tmp_path / "home", "import", str(accounts / "run.fit"))
    call(tmp_path / "home", "data", "export", str(tmp_path / "export"))
    (tmp_path / "export" / "activities.json").write_bytes(content)

    report = call(tmp_path / "new", "import", str(tmp_path / "export"))

    assert report["imported"] == 1


def test_the_later_day_of_a_far_zone_is_kept(
    call: Callable[..., Any], accounts: Path, tmp_path: Path
) -> None:
    call(tmp_path / "home", "import", str(accounts / "apple.zip"))
    call(tmp_path / "home", "data", "export", str(tmp_path / "export"))
    call(tmp_path / "new", "import", str(tmp_path / "export"))
    days = [each["local_date"] for each in call(tmp_path / "new", "activities")]
    assert days == ["2025-01-01", "2025-01-03"]


@pytest.mark.parametrize("junk", [None, "x", [], {}, -1e400, True, "0001-01-01T00:00:00", 10**400])
@pytest.mark.parametrize("field", ["started_at", "sport", "duration_s", "steps", "effort_rpe"])
def test_a_garbled_entry_fails_alone(
    call: Callable[..., Any], accounts: Path, tmp_path: Path, field: str, junk: object
) -> None:
    folder = tmp_path / "export"
    (folder / "originals").mkdir(parents=True)
    entry = {
        "started_at": "2025-01-01T06:30:00+00:00",
        "local_date": "2025-01-01",
        "sport": "run",
        "steps": 5000,
        "steps_source": "session_count",
        "sources": ["ab" * 32],
        "is_indoor": False,
        **dict.fromkeys(("duration_s", "elapsed_s"), 1800.0),
        **dict.fromkeys(("distance_km", "ascent_m", "descent_m"), 1.0),
        **dict.fromkeys(("heart_rate_mean_bpm", "effort_rpe"), None),
    }
    (folder / "activities.json").write_text(json.dumps([{**entry, field: junk}]))
    (folder / "sources.csv").write_text(f"sha256,shown_as,reader\n{'ab' * 32},row,strava\n")
    (folder / "originals" / "abababababab-row.json").write_bytes(b"{}")
    (folder / "originals" / "cdcdcdcdcdcd-run.fit").write_bytes((accounts / "run.fit").read_bytes())

    report = call(tmp_path / "new", "import", str(folder))

    assert len(report["files"]) == 2
    assert report["imported"] >= 1
