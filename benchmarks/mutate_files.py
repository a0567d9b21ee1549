"""Feeds thousands of damaged activity files to the readers and counts how each one ended.

Every file must end as a result or as an ``InputError``; anything else, or a file that takes
longer than the ceiling, makes this exit with 1. Run it with ``python benchmarks/mutate_files.py``.
"""

import argparse
import faulthandler
import gzip
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from sidestep.adapters.activity_files.reader import ActivityFiles
from sidestep.adapters.activity_files.writing import write_fit, write_gpx, write_tcx
from sidestep.domain.activity.cleaning import clean_recording
from sidestep.domain.activity.recording import Lap, Pause, Recording, StepLap, Streams
from sidestep.domain.vocabulary.sport import Sport
from sidestep.errors import InputError

SECONDS_PER_FILE = 5.0
"""Ceiling for one file; a sound file of this size takes milliseconds."""

HANG_AFTER_S = 120.0
MEMORY_BYTES = 3 * 2**30

Mutate = Callable[[bytes, np.random.Generator], bytes]


def flip_bits(content: bytes, chance: np.random.Generator) -> bytes:
    mutated = bytearray(content)
    for _ in range(int(chance.integers(1, 12))):
        mutated[int(chance.integers(len(mutated)))] ^= 1 << int(chance.integers(8))
    return bytes(mutated)


def overwrite_bytes(content: bytes, chance: np.random.Generator) -> bytes:
    start, size = int(chance.integers(len(content))), int(chance.integers(1, 64))
    return content[:start] + chance.bytes(size) + content[start + size :]


def cut_end(content: bytes, chance: np.random.Generator) -> bytes:
    return content[: int(chance.integers(len(content)))]


def cut_middle(content: bytes, chance: np.random.Generator) -> bytes:
    start, size = int(chance.integers(len(content))), int(chance.integers(1, 500))
    return content[:start] + content[start + size :]


def repeat_stretch(content: bytes, chance: np.random.Generator) -> bytes:
    start, size = int(chance.integers(len(content))), int(chance.integers(1, 2000))
    stretch = content[start : start + size]
    return content[:start] + stretch * int(chance.integers(2, 5)) + content[start + size :]


def zero_run(content: bytes, chance: np.random.Generator) -> bytes:
    start, size = int(chance.integers(len(content))), int(chance.integers(1, 128))
    return content[:start] + bytes(size) + content[start + size :]


def edit_head(content: bytes, chance: np.random.Generator) -> bytes:
    """Change lengths and types, which stand at the beginning of FIT files and definitions."""
    mutated = bytearray(content)
    for _ in range(int(chance.integers(1, 4))):
        position = int(chance.integers(min(len(mutated), 160)))
        mutated[position] = int(chance.choice([0, 1, 2, 0x0F, 0x40, 0x7F, 0x80, 0xFE, 0xFF]))
    return bytes(mutated)


def chain(content: bytes, chance: np.random.Generator) -> bytes:
    return content + (content if chance.integers(2) else content[: len(content) // 3])


def prefix_junk(content: bytes, chance: np.random.Generator) -> bytes:
    return chance.bytes(int(chance.integers(1, 40))) + content


MUTATIONS: tuple[Mutate, ...] = (
    flip_bits,
    overwrite_bytes,
    cut_end,
    cut_middle,
    repeat_stretch,
    zero_run,
    edit_head,
    chain,
    prefix_junk,
)


def a_run(seconds: int) -> Recording:
    """Build a run with every stream there is."""
    time_s = np.arange(float(seconds))
    wave = np.sin(time_s / 30.0)
    streams = Streams(
        time_s=time_s,
        latitude_deg=48.0 + time_s * 2.5e-5,
        longitude_deg=11.0 + wave * 1e-4,
        distance_m=time_s * 2.8,
        speed_m_s=2.8 + wave * 0.2,
        altitude_m=500.0 + wave * 10.0,
        heart_rate_bpm=150.0 + wave * 8.0,
        cadence_spm=170.0 + wave * 4.0,
        power_w=240.0 + wave * 20.0,
        ground_contact_ms=250.0 + wave * 5.0,
        vertical_oscillation_mm=88.0 + wave,
    )
    return Recording(
        started_at=datetime(2026, 3, 1, 7, tzinfo=UTC),
        sport=Sport.RUN,
        utc_offset_s=3600,
        duration_s=seconds - 11.0,
        elapsed_s=seconds - 1.0,
        distance_m=(seconds - 1) * 2.8,
        steps_counted=round(seconds / 60 * 170),
        effort_rpe=4.0,
        device="made up",
        streams=streams,
        laps=(
            Lap(
                start_s=0.0,
                end_s=60.0,
                distance_m=168.0,
                of_workout=StepLap(step=1, duration_s=50.0),
            ),
        ),
        pauses=(Pause(start_s=30.0, end_s=40.0),),
    )


def sound_files() -> dict[str, bytes]:
    """Write the files that are then damaged."""
    run = a_run(180)
    short = replace(a_run(12), laps=(), pauses=())
    bare = Streams(time_s=np.arange(90.0), heart_rate_bpm=np.full(90, 140.0))
    indoor = replace(run, streams=bare, sport=Sport.TREADMILL_RUN)
    files = {
        "run.fit": write_fit(run),
        "short.fit": write_fit(short),
        "indoor.fit": write_fit(indoor),
        "run.gpx": write_gpx(run),
        "run.tcx": write_tcx(run),
    }
    packed = {f"{name}.gz": gzip.compress(content, mtime=0) for name, content in files.items()}
    return {**files, **packed}


def outcome(reader: ActivityFiles, name: str, content: bytes) -> str:
    """Read and clean one file, and say how it ended."""
    try:
        reading = reader.read(name, content)
        for recording in reading.recordings:
            clean_recording(recording)
    except InputError as error:
        return type(error).__name__
    if reading.skipped:
        return f"{reading.reader}: skipped"
    return f"{reading.reader}: {'damaged' if reading.loss else 'sound'}"


def main() -> int:
    """Run the mutations and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=20_261_122)
    arguments = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))

    files = list(sound_files().items())
    reader = ActivityFiles()
    counts: Counter[str] = Counter()
    faults: list[str] = []
    slowest = (0.0, "")
    began = time.process_time()
    for index in range(arguments.count):
        chance = np.random.default_rng((arguments.seed, index))
        name, content = files[index % len(files)]
        mutation = MUTATIONS[int(chance.integers(len(MUTATIONS)))]
        label = f"mutation {index}: {mutation.__name__} of {name}"
        faulthandler.dump_traceback_later(HANG_AFTER_S, exit=True)
        started = time.process_time()
        try:
            counts[outcome(reader, name, mutation(content, chance))] += 1
        except BaseException:
            counts["FAULT"] += 1
            faults.append(f"{label}\n{traceback.format_exc(limit=-4)}")
        faulthandler.cancel_dump_traceback_later()
        slowest = max(slowest, (time.process_time() - started, label))

    took = time.process_time() - began
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for ending, count in counts.most_common():
        print(f"{count:7,}  {ending}")
    print(f"{took:.1f} CPU s; slowest {slowest[0]:.2f} s ({slowest[1]}); peak {peak_mb:.0f} MB")
    for fault in faults[:10]:
        print(fault, file=sys.stderr)
    return 1 if faults or slowest[0] > SECONDS_PER_FILE else 0


if __name__ == "__main__":
    sys.exit(main())
