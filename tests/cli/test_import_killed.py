"""An import that is killed at any moment and started again loses and doubles nothing."""

import json
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import numpy as np
import psutil
import pytest

from builders.summaries import MONDAY
from sidestep.adapters.activity_files.writing import write_fit
from sidestep.domain.activity.recording import Recording, Streams
from sidestep.domain.vocabulary.sport import Sport

RUNS = 60


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("history")
    time_s = np.arange(0.0, 1200.0)
    for number in range(RUNS):
        distance_m = time_s * (2.8 + 0.005 * number)
        recording = Recording(
            started_at=MONDAY + timedelta(days=number),
            sport=Sport.RUN,
            duration_s=1199.0,
            elapsed_s=1199.0,
            distance_m=float(distance_m[-1]),
            streams=Streams(time_s=time_s, distance_m=distance_m),
        )
        (folder / f"run{number:02d}.fit").write_bytes(write_fit(recording))
    return folder


def import_command(home: Path, history: Path) -> list[str]:
    command = [sys.executable, "-m", "sidestep", "--home", str(home)]
    return [*command, "import", "--workers", "2", "--json", str(history)]


def list_activities(home: Path) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "sidestep", "--home", str(home), "activities", "--json"]
    listed: list[dict[str, object]] = json.loads(subprocess.check_output(command, text=True))
    return listed


def kill_when_written(process: subprocess.Popen[bytes], home: Path, written: int) -> None:
    """Kill the program as soon as it has kept that many originals (or has ended)."""
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        if sum(1 for _ in (home / "originals").rglob("*.fit")) >= written:
            break
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_a_killed_import_resumes_without_loss_or_doubles(history: Path, tmp_path: Path) -> None:
    undisturbed, home = tmp_path / "undisturbed", tmp_path / "killed"
    subprocess.run(import_command(undisturbed, history), check=True, stdout=subprocess.DEVNULL)

    kills = 0
    for written in (1, 25, 45):
        process = subprocess.Popen(import_command(home, history), stdout=subprocess.DEVNULL)
        workers = psutil.Process(process.pid)
        kill_when_written(process, home, written)
        kills += process.returncode == -signal.SIGKILL
        assert not workers.is_running()
    assert kills >= 2

    finished = json.loads(subprocess.check_output(import_command(home, history), text=True))

    assert finished["imported"] + finished["already_had"] == RUNS
    assert list_activities(home) == list_activities(undisturbed)
    assert {path.name for path in (home / "streams").rglob("*.parquet")} == {
        path.name for path in (undisturbed / "streams").rglob("*.parquet")
    }
    for activity in list_activities(home):
        source = str(activity["sources"][0])  # type: ignore[index]
        assert (home / "originals" / source[:2] / f"{source}.fit").is_file()


def test_workers_end_with_the_program_that_was_killed(history: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(import_command(tmp_path, history), stdout=subprocess.DEVNULL)
    workers: list[psutil.Process] = []
    deadline = time.monotonic() + 60
    while len(workers) < 2 and process.poll() is None and time.monotonic() < deadline:
        workers = psutil.Process(process.pid).children(recursive=True)
        time.sleep(0.01)

    process.kill()
    process.wait()

    _, alive = psutil.wait_procs(workers, timeout=20)
    assert workers
    assert alive == []
