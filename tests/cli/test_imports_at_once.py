"""Two imports at the same time into one data folder find each other's runs."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import numpy as np

from builders.summaries import MONDAY
from sidestep.adapters.activity_files.writing import write_fit, write_tcx
from sidestep.domain.activity.recording import Recording, Streams
from sidestep.domain.vocabulary.sport import Sport

RUNS = 8


def make_run(day: int) -> Recording:
    time_s = np.arange(0.0, 600.0)
    return Recording(
        started_at=MONDAY + timedelta(days=day),
        sport=Sport.RUN,
        duration_s=599.0,
        elapsed_s=599.0,
        distance_m=599.0 * 3,
        streams=Streams(time_s=time_s, distance_m=time_s * 3.0),
    )


def test_the_same_runs_from_two_imports_at_once_are_not_doubled(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for format, write in (("fit", write_fit), ("tcx", write_tcx)):
        (tmp_path / format).mkdir()
        for day in range(RUNS):
            (tmp_path / format / f"{day}.{format}").write_bytes(write(make_run(day)))
    sidestep = [sys.executable, "-m", "sidestep", "--home", str(home), "--json"]

    imports = [
        subprocess.Popen([*sidestep, "import", str(tmp_path / format)], stdout=subprocess.PIPE)
        for format in ("fit", "tcx")
    ]
    reports = [json.loads(process.communicate()[0]) for process in imports]

    listed = json.loads(subprocess.check_output([*sidestep, "activities"]))
    assert sorted(report["merged"] for report in reports) == [0, RUNS]
    assert [len(activity["sources"]) for activity in listed] == [2] * RUNS
