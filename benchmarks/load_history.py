"""Claim: ten years of running (3,650 runs) are analysed from the store in under a second.

The history is written into a real store in a home of its own, then read and analysed five times;
reading the store alone is shown beside it, and the whole command as a person runs it. Usage:
``python benchmarks/load_history.py [--runs 3650] [--rounds 5]``.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

from process_tree import measure
from sidestep.bootstrap.settings import load_settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.domain.activity.summary import ActivitySummary, StepsSource
from sidestep.domain.vocabulary.sport import Sport
from sidestep.services.ports import ActivityRow, SourceEntry, SourceFile, SourceLink
from sidestep.services.training.analyse_load import analyse_history

FIRST_DAY = date(2016, 1, 1)
ENTRIES_AT_ONCE = 200
SEED = 20261122


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "home"
        wiring = Wiring(load_settings(home))
        last_day = write_history(wiring, options.runs, FIRST_DAY)
        knowledge = wiring.knowledge
        reading, analysing, analysing_cpu = [], [], []
        for _ in range(options.rounds):
            started = time.perf_counter()
            wiring.store.activities()
            reading.append(time.perf_counter() - started)
            started, started_cpu = time.perf_counter(), time.process_time()
            report = analyse_history(wiring.store, knowledge, wiring.clock, last_day)
            analysing.append(time.perf_counter() - started)
            analysing_cpu.append(time.process_time() - started_cpu)
        assert report.week.runs > 0

        environment = os.environ | {"SIDESTEP_HOME": str(home)}
        command = [sys.executable, "-m", "sidestep", "load", "--json", "--on", str(last_day)]
        whole = [measure(command, environment) for _ in range(options.rounds)]

    rounds = f"median of {options.rounds}"
    print(f"{options.runs} runs in the store")
    print(
        f"read and analysed     {statistics.median(analysing):.3f} s wall, "
        f"{statistics.median(analysing_cpu):.3f} s CPU, {rounds}"
    )
    print(f"of that, reading      {statistics.median(reading):.3f} s wall")
    print(
        f"sidestep load --json  {statistics.median(run.wall_s for run in whole):.3f} s wall, "
        f"{statistics.median(run.cpu_s for run in whole):.3f} s CPU, "
        f"peak {max(run.peak_mb for run in whole):.0f} MB"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3650)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def write_history(wiring: Wiring, runs: int, first_day: date) -> date:
    """Write one run a day into the store and return the day of the last."""
    chance = random.Random(SEED)  # noqa: S311 (a made-up history, no secret)
    entries = [_entry(number, first_day, chance) for number in range(runs)]
    for first in range(0, runs, ENTRIES_AT_ONCE):
        wiring.store.apply(entries[first : first + ENTRIES_AT_ONCE])
    return first_day + timedelta(days=runs - 1)


def _entry(number: int, first_day: date, chance: random.Random) -> SourceEntry:
    day = first_day + timedelta(days=number)
    distance_m = chance.uniform(3_000, 21_000)
    duration_s = distance_m / chance.uniform(2.4, 3.4)
    summary = ActivitySummary(
        id=f"{number:012x}",
        started_at=datetime.combine(day, clock_time(7), tzinfo=UTC),
        local_date=day,
        sport=Sport.RUN,
        duration_s=duration_s,
        elapsed_s=duration_s,
        distance_m=distance_m,
        ascent_m=chance.uniform(0, 200),
        descent_m=chance.uniform(0, 200),
        steps=round(duration_s * 168 / 60),
        steps_source=StepsSource.CADENCE,
        cadence_spm=168.0,
        heart_rate_mean_bpm=chance.uniform(130, 170),
        heart_rate_max_bpm=chance.uniform(165, 190),
    )
    source = SourceFile(
        sha256=f"{number:064x}",
        shown_as=f"run{number:04d}.fit",
        reader="fitfast",
        outcome="imported",
        detail="",
        imported_at=datetime.combine(day, clock_time(9), tzinfo=UTC),
        program_version="benchmark",
    )
    return SourceEntry(
        source=source,
        new=(ActivityRow(summary=summary, richness=1, stream_key=None, repairs=()),),
        links=(SourceLink(activity_id=summary.id, part=0, richness=1),),
    )


if __name__ == "__main__":
    main()
