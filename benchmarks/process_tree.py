"""Runs a command and measures its whole process tree: wall, CPU and peak memory."""

import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import psutil

FIRST_SAMPLES_EVERY_S, LAST_SAMPLES_EVERY_S = 0.1, 1.0
"""Looking at memory takes time from what is looked at: the longer it runs, the less often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """What one run of a command took."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    output: str


def measure(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Measurement:
    """Run a command to its end; memory is the sum over the tree, shared pages counted once."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        peak = 0.0
        root = psutil.Process(process.pid)
        while True:
            peak = max(peak, _tree_mb(root))
            pause_s = (time.perf_counter() - started) / 10
            pause_s = min(max(pause_s, FIRST_SAMPLES_EVERY_S), LAST_SAMPLES_EVERY_S)
            try:
                output, _ = process.communicate(timeout=pause_s)
                break
            except subprocess.TimeoutExpired:
                continue
    wall_s = time.perf_counter() - started
    if process.returncode not in (0, None):
        message = f"{' '.join(command)} ended with {process.returncode}"
        raise SystemExit(message)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measurement(wall_s=wall_s, cpu_s=cpu_s, peak_mb=peak, output=output)


def _tree_mb(root: psutil.Process) -> float:
    total = 0
    try:
        tree = (root, *root.children(recursive=True))
        if len(tree) == 1:
            return float(root.memory_info().rss) / 1e6
        for process in tree:
            memory = process.memory_full_info()
            total += getattr(memory, "pss", memory.rss)
    except psutil.Error:
        return 0.0
    return total / 1e6
