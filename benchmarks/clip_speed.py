"""Claim: a clip is watched several times faster than by its peers, with flat memory.

The same 1080p60 H.264 clip, in turn, through Sidestep, MediaPipe 0.10.21 (full network, its Python
way) and myogait 0.9.2, each a process in an environment of its own; medians of several rounds.
Frames per second is from the first look at the file to the last result, processor time and memory
are of the whole process. A peer that cannot be installed is named and left out. Usage::

    python benchmarks/clip_speed.py [--rounds 3] [--seconds 20] [--clip FILE] [--peers none]
    python benchmarks/clip_speed.py --minutes 30     is memory flat over a long clip? The whole
                                                     command: watching, measuring, drawing, keeping
    python benchmarks/clip_speed.py --live           the mirror: 720p at 30 pictures a second
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs
import psutil

from clip_making import make_phone_clip, repeat_clip
from process_tree import measure

HERE = Path(__file__).parent
CONTENDERS = HERE / "clip_contenders.py"
RENDERED = HERE.parent / "tests" / "clips"
PEERS = {
    "mediapipe": ("mediapipe==0.10.21",),
    "myogait": ("myogait[mediapipe]==0.9.2", "mediapipe==0.10.21"),
}
MIB = 1.048576
SAMPLE_EVERY_S = 0.2
STAGES = ("watching and measuring", "drawing and keeping")
"""What the command does before it has begun its pictures, and after."""
NOWHERE = "http://127.0.0.1:9"
"""Keeps myogait from fetching the heavy network: without it, it takes the full one, as all do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one pipeline needed for the clip."""

    frames_per_s: float
    cpu_ms: float
    peak_mib: float
    seen: float


def main() -> None:
    options = _options()
    options.cache.mkdir(parents=True, exist_ok=True)
    if options.live:
        _show_live(_clip(options, frame_rate=30, width=720, height=1280))
        return
    clip = _clip(options, frame_rate=60, width=1080, height=1920)
    if options.minutes:
        _show_memory(clip, options.cache / f"long_{options.minutes:g}.mp4", options.minutes)
        return
    pythons = {"sidestep": Path(sys.executable)}
    if options.peers == "all":
        pythons |= _peers(options.cache)
    outcomes: dict[str, list[Outcome]] = {name: [] for name in pythons}
    for _ in range(options.rounds):
        for name, python in pythons.items():
            outcomes[name].append(_watch(name, python, clip, options.cache))
    _show(clip, outcomes)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--clip", type=Path)
    parser.add_argument("--source", type=Path, help="a small rendered clip to make one from")
    parser.add_argument("--peers", choices=("all", "none"), default="all")
    parser.add_argument("--minutes", type=float, default=0.0)
    parser.add_argument("--live", action="store_true")
    parser.add_argument(
        "--cache", type=Path, default=Path(platformdirs.user_cache_dir("sidestep-benchmarks"))
    )
    return parser.parse_args()


def _clip(options: argparse.Namespace, *, frame_rate: int, width: int, height: int) -> Path:
    if options.clip:
        return Path(options.clip)
    source = options.source or next(iter(sorted(RENDERED.glob("*rear*.mp4"))), None)
    if source is None:
        message = "there is no rendered clip in tests/clips: name one with --source or --clip"
        raise SystemExit(message)
    name = f"{source.stem}_{width}x{height}_{frame_rate}_{options.seconds:g}s.mp4"
    clip: Path = options.cache / name
    if not clip.exists():
        print(f"making {name} ...", file=sys.stderr)
        make_phone_clip(
            source,
            clip,
            seconds=options.seconds,
            frame_rate=frame_rate,
            width=width,
            height=height,
        )
    return clip


def _peers(cache: Path) -> dict[str, Path]:
    pythons = {}
    for name, wanted in PEERS.items():
        folder = cache / name
        python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        if not (folder / "complete").exists():
            print(f"installing {name} ...", file=sys.stderr)
            reason = _install(folder, python, wanted)
            if reason:
                print(f"{name} is left out: {reason}")
                continue
            (folder / "complete").touch()
        pythons[name] = python
    return pythons


def _install(folder: Path, python: Path, wanted: tuple[str, ...]) -> str:
    uv = shutil.which("uv")
    commands = (
        [
            [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(folder)],
            [uv, "pip", "install", "--quiet", "--python", str(python), *wanted],
        ]
        if uv
        else [
            [sys.executable, "-m", "venv", "--clear", str(folder)],
            [str(python), "-m", "pip", "install", "--quiet", *wanted],
        ]
    )
    for command in commands:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            return (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    return ""


def _watch(name: str, python: Path, clip: Path, cache: Path) -> Outcome:
    home = {"HOME": str(cache / "home"), "USERPROFILE": str(cache / "home")}
    kept_offline = {"https_proxy": NOWHERE, "http_proxy": NOWHERE, "HTTPS_PROXY": NOWHERE}
    quiet = {"TF_CPP_MIN_LOG_LEVEL": "3", "GLOG_minloglevel": "3"}
    environment = os.environ | quiet | (home | kept_offline if name in PEERS else {})
    taken = measure([str(python), str(CONTENDERS), name, str(clip)], environment)
    told = json.loads(taken.output.strip().splitlines()[-1])
    return Outcome(
        frames_per_s=told["frames"] / told["watched_s"],
        cpu_ms=1000 * taken.cpu_s / told["frames"],
        peak_mib=taken.peak_mb / MIB,
        seen=told["seen"] / told["frames"],
    )


def _show(clip: Path, outcomes: dict[str, list[Outcome]]) -> None:
    rounds = len(next(iter(outcomes.values())))
    print(f"{clip.name}, {os.cpu_count()} cores, medians of {rounds} rounds (slowest to fastest)")
    print(f"{'':12}{'frames/s':>10}{'':18}{'cpu ms/frame':>14}{'peak MiB':>10}{'person seen':>13}")
    own = statistics.median(each.frames_per_s for each in outcomes["sidestep"])
    for name, all_of_it in outcomes.items():
        rates = sorted(each.frames_per_s for each in all_of_it)
        rate = statistics.median(rates)
        spread = f"({rates[0]:.1f} to {rates[-1]:.1f})"
        ratio = "" if name == "sidestep" else f"   Sidestep is {own / rate:.1f} times as fast"
        print(
            f"{name:12}{rate:10.1f} {spread:17}"
            f"{statistics.median(each.cpu_ms for each in all_of_it):14.1f}"
            f"{max(each.peak_mib for each in all_of_it):10.0f}"
            f"{statistics.median(each.seen for each in all_of_it):13.1%}{ratio}"
        )


def _show_memory(clip: Path, long_clip: Path, minutes: float) -> None:
    """Measure a long clip with the command and print how much memory each part of it holds."""
    if not long_clip.exists():
        repeat_clip(clip, long_clip, minutes)
    started = time.perf_counter()
    held: dict[str, list[float]] = {name: [] for name in STAGES}
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryFile("w+") as output:
        command = [sys.executable, "-m", "sidestep", "clip", "run", str(long_clip), "--json"]
        environment = os.environ | {"SIDESTEP_HOME": home}
        with subprocess.Popen(command, stdout=output, env=environment) as process:
            watched = psutil.Process(process.pid)
            with suppress(psutil.Error):
                is_drawing = False
                while process.poll() is None:
                    is_drawing = is_drawing or any(Path(home).rglob("*.part"))
                    if rss := watched.memory_info().rss:
                        held[STAGES[is_drawing]].append(rss / 2**20)
                    time.sleep(SAMPLE_EVERY_S)
        output.seek(0)
        told = json.loads(output.read())
    wall_s = time.perf_counter() - started
    # Linux counts in KiB, and has seen every moment; the samples have not.
    most_mib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**10
    print(
        f"{minutes:g} minutes, {told['n_frames']} frames, {len(told['steps'])} steps: "
        f"the whole command took {wall_s / 60:.1f} minutes"
    )
    for name, held_mib in held.items():
        tenths = [
            held_mib[min(len(held_mib) - 1, len(held_mib) * n // 10)]
            for n in range(1, 11)
            if held_mib
        ]
        print(f"MiB held at each tenth of {name}: " + " ".join(f"{each:.0f}" for each in tenths))
    print(f"peak of the whole command {most_mib:.0f} MiB")


def _show_live(clip: Path) -> None:
    command = [sys.executable, str(CONTENDERS), "sidestep-live", str(clip)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    print(
        f"{clip.name} in real time: {told['frames'] / told['watched_s']:.1f} pictures/s followed, "
        f"{told['dropped']} dropped, {told['cores']:.2f} of a core, from the picture's moment to "
        f"the drawing {told['age_ms']:.0f} ms (95 % under {told['age_p95_ms']:.0f} ms)"
    )


if __name__ == "__main__":
    main()
