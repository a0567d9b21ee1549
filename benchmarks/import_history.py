"""Claim: 1,000 runs (3 million records) are imported in a minute on two cores, flat in memory.

Ours is ``sidestep import`` as a person runs it (decode, clean, keep original and samples, store);
the peer is fitdecode's plain decode of files from the same folder, in this same run. Usage:
``python benchmarks/import_history.py [--runs 1000] [--seconds 3000]``.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import fitdecode
import numpy as np

from process_tree import measure
from sidestep.adapters.activity_files.writing import write_fit
from sidestep.domain.activity.recording import Recording, Streams
from sidestep.domain.vocabulary.sport import Sport

PEER_FILES = 12
"""Files the peer decodes: it is slow, and its records per CPU-second do not depend on more."""


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "history"
        folder.mkdir()
        for number in range(options.runs):
            (folder / f"run{number:04d}.fit").write_bytes(_run_file(number, options.seconds))
        records = options.runs * options.seconds
        size_mb = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
        print(f"{options.runs} FIT files, {records:,} records, {size_mb:.0f} MB")

        home = Path(scratch) / "home"
        environment = os.environ | {"SIDESTEP_HOME": str(home)}
        command = [sys.executable, "-m", "sidestep", "import", str(folder), "--json"]
        first = measure(command, environment)
        _expect(first.output, imported=options.runs)
        second = measure(command, environment)
        _expect(second.output, already_had=options.runs)
        peer = _peer_records_per_cpu_s(sorted(folder.iterdir())[:PEER_FILES])

    ours = records / first.cpu_s
    for name, run in (("first import", first), ("second import", second)):
        print(
            f"{name:13} {run.wall_s:7.1f} s wall {run.cpu_s:7.1f} s CPU, peak {run.peak_mb:.0f} MB"
        )
    print(f"ours            {ours:9,.0f} records per CPU-second, import as a whole")
    print(f"fitdecode       {peer:9,.0f} records per CPU-second, plain decode")
    print(f"ratio           {ours / peer:9.1f}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=3000)
    return parser.parse_args()


def _run_file(number: int, seconds: int) -> bytes:
    chance = np.random.default_rng(number)
    time_s = np.arange(float(seconds))
    speed_m_s = 2.9 + 0.2 * np.sin(time_s / 200.0) + chance.normal(0.0, 0.05, seconds)
    distance_m = np.cumsum(speed_m_s)
    streams = Streams(
        time_s=time_s,
        latitude_deg=45.0 + distance_m * 1e-5 * 0.7,
        longitude_deg=9.0 + distance_m * 1e-5 * 0.7,
        altitude_m=100.0 + 20.0 * np.sin(distance_m / 800.0),
        distance_m=distance_m,
        speed_m_s=speed_m_s,
        heart_rate_bpm=np.round(150.0 + 8.0 * np.sin(time_s / 300.0)),
        cadence_spm=np.round(85.0 + chance.normal(0.0, 1.0, seconds)) * 2.0,
        power_w=np.round(240.0 + chance.normal(0.0, 10.0, seconds)),
    )
    recording = Recording(
        started_at=datetime(2020, 1, 1, 6, tzinfo=UTC) + timedelta(days=number),
        sport=Sport.RUN,
        duration_s=float(seconds - 1),
        elapsed_s=float(seconds - 1),
        distance_m=float(distance_m[-1]),
        streams=streams,
    )
    return write_fit(recording)


def _expect(output: str, **counts: int) -> None:
    document = json.loads(output)
    for outcome, number in counts.items():
        if document[outcome] != number:
            message = f"expected {number} {outcome}, got {document[outcome]}"
            raise SystemExit(message)


def _peer_records_per_cpu_s(files: list[Path]) -> float:
    started = time.process_time()
    records = 0
    for path in files:
        with fitdecode.FitReader(path) as reader:
            records += sum(
                1
                for frame in reader
                if isinstance(frame, fitdecode.FitDataMessage) and frame.name == "record"
            )
    return records / (time.process_time() - started)


if __name__ == "__main__":
    main()
