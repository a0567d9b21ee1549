"""Claim: ``sidestep --help`` answers in under 0.4 s. The peer is a Python that only starts.

Usage: ``python benchmarks/cli_start.py [--rounds 15]``.
"""

import argparse
import statistics
import sys
from pathlib import Path

from process_tree import Measurement, measure


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    sidestep = str(Path(sys.executable).with_name("sidestep"))
    ours: list[Measurement] = []
    bare: list[Measurement] = []
    for _ in range(rounds):
        ours.append(measure([sidestep, "--help"]))
        bare.append(measure([sys.executable, "-c", "pass"]))
    for name, runs in (("sidestep --help", ours), ("python -c pass", bare)):
        wall = statistics.median(run.wall_s for run in runs)
        peak = max(run.peak_mb for run in runs)
        print(f"{name:16} median {wall:.3f} s wall, peak {peak:.0f} MB")
    ratio = statistics.median(run.wall_s for run in ours) / statistics.median(
        run.wall_s for run in bare
    )
    print(f"ratio            {ratio:.1f}")


if __name__ == "__main__":
    main()
