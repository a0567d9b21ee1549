"""Claim: what Sidestep measures in a clip is what is true, within the error it states.

Rendered people whose joints are known exactly, none of whose bodies, clothes, cameras or gaits were
used for calibration. The validation set is made by ``tools/phantom``. The table is printed as it
comes out, good or bad. Usage: ``python benchmarks/phantom_accuracy.py FOLDER``.
"""

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from phantom_clips import TO_BE_MEASURED, PhantomClip, needing_few_steps, phantom_clips
from sidestep.bootstrap.settings import load_settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.domain.motion.run_analysis import Drift, RunAnalysis
from sidestep.domain.motion.squat_analysis import SquatAnalysis
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measured
from sidestep.services.clips.analyse_clip import measure_clip
from sidestep.services.clips.clip_kinds import RUN, SQUAT

AWAY_FROM_THE_ENDS_S = 0.6
"""Steps nearer to the ends of a clip than this are not asked for: filters need both sides."""

TELLING = ("femoral_adduction_deg", "fppa_deg", "knee_over_foot_pct")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One measured number beside its truth."""

    clip: PhantomClip
    group: str
    measure: str
    true: float
    value: float
    error: float

    @property
    def off(self) -> float:
        """Measured minus true."""
        return self.value - self.true

    @property
    def is_within(self) -> bool:
        """Whether it is true within the error it states."""
        return abs(self.off) <= self.error


@dataclass(kw_only=True)
class Steps:
    """How the steps of a clip were found."""

    true: int = 0
    missed: int = 0
    invented: int = 0
    swapped: int = 0
    cadence_off_pct: float = float("nan")


@dataclass(kw_only=True)
class Squats:
    """How the squats of a clip were found, whether or not it was refused."""

    true: int = 0
    found: int = 0
    invented: int = 0
    wrong_leg: int = 0


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as home:
        wiring = Wiring(load_settings(Path(home)))
        knowledge = wiring.knowledge
        if options.short:
            knowledge = replace(knowledge, motion=needing_few_steps(knowledge.motion))
        readings: dict[str, list[Reading]] = defaultdict(list)
        steps: dict[str, Steps] = {}
        squats: dict[str, list[Squats]] = defaultdict(list)
        refused: dict[str, dict[str, str]] = defaultdict(dict)
        for clip in phantom_clips(options.folder):
            track = clip.track(wiring)
            purpose = clip.purpose
            if clip.is_run:
                run = measure_clip(track, RUN, clip.view, knowledge)
                answer = run.quality
                if answer.is_usable:
                    readings[purpose] += _run_readings(clip, run)
                    if purpose == TO_BE_MEASURED:
                        steps[clip.name] = _steps(clip, run)
            else:
                squat = measure_clip(track, SQUAT, clip.view, knowledge)
                answer = squat.quality
                if answer.is_usable:
                    readings[purpose] += _squat_readings(clip, squat)
                if purpose == TO_BE_MEASURED:
                    squats[clip.kind].append(_squats(clip, squat))
            fatal = [each.code for each in answer.problems if each.is_fatal]
            refused[purpose][clip.name] = "" if answer.is_usable else ", ".join(fatal)
    for purpose, answers in refused.items():
        _print_refused(purpose, answers)
    _print_steps(steps)
    _print_squats(squats)
    measured = readings.pop(TO_BE_MEASURED, [])
    _print_readings("all", measured, lambda reading: reading.group)
    _print_share("all", measured)
    _print_share("from behind", [each for each in measured if each.group.startswith("run rear")])
    of_runs = [each for each in measured if each.group in ("run rear", "run front")]
    telling = [each for each in of_runs if each.measure in TELLING]
    of_squats = [each for each in measured if each.group.startswith("squat")]
    _print_readings("squats by kind", of_squats, _kind_of_squat)
    _print_readings("by legs", telling, lambda each: f"{each.group}, {_legs(each.clip)}")
    _print_readings("by camera", telling, lambda each: f"{each.group}, {_camera(each.clip)}")
    for purpose, some in readings.items():
        _print_readings(f"let through: {purpose}", some, lambda each: each.group)
    if options.clips:
        for each in (each for some in (measured, *readings.values()) for each in some):
            print(
                f"{each.clip.name:28} {each.group:18} {each.measure:28}"
                f"{each.true:8.2f}{each.value:8.2f} ± {each.error:.2f}"
            )


def _print_refused(purpose: str, answers: Mapping[str, str]) -> None:
    reasons = [each for each in answers.values() if each]
    print(f"{purpose}: {len(answers)} clips, refused {len(reasons)}")
    for reason in sorted(set(reasons)):
        print(f"  {reasons.count(reason)} x {reason}")
    through = [name for name, reason in answers.items() if not reason]
    if purpose != TO_BE_MEASURED and through:
        print(f"  let through: {', '.join(through)}")


def _run_readings(clip: PhantomClip, run: RunAnalysis) -> Iterator[Reading]:
    means = clip.truth["means"]
    group = f"run {clip.view}"

    def reading(kind: str, measure: str, true: float, value: float, error: float) -> Reading:
        return Reading(clip=clip, group=kind, measure=measure, true=true, value=value, error=error)

    for side, leg in run.sides.items():
        for name, measure in leg.measures.items():
            if isinstance(measure, Measured):
                true = means[side.value][name.value]
                yield reading(group, name.value, true, measure.value, measure.error)
    for name, measure in run.difference.items():
        if isinstance(measure, Measured):
            true = means["left"][name.value] - means["right"][name.value]
            yield reading(f"{group}, left - right", name.value, true, measure.value, measure.error)
    if clip.drifts:
        for side, drifts in run.drift.items():
            for name, drift in drifts.items():
                if isinstance(drift, Drift):
                    true = _true_change(clip, side, name.value)
                    yield reading(f"{group}, drift", name.value, true, drift.change, drift.error)


def _true_change(clip: PhantomClip, side: Side, name: str) -> float:
    own = [step for step in clip.truth["steps"] if step["side"] == side.value]
    times = np.array([step["mid_stance_s"] for step in own])
    slope = np.polyfit(times, [step[name] for step in own], 1)[0]
    return float(slope * np.ptp(times))


def _squat_readings(clip: PhantomClip, squat: SquatAnalysis) -> Iterator[Reading]:
    single = clip.spec["squat"]["standing_leg"] != "both"
    group = "squat, one leg" if single else "squat, both legs"
    truths: dict[tuple[Side, str], list[float]] = defaultdict(list)
    for repetition in clip.truth["repetitions"]:
        for side in Side:
            for name, value in repetition.get(side.value, {}).items():
                truths[side, name].append(value)

    def reading(kind: str, measure: str, true: float, told: Measured) -> Reading:
        return Reading(
            clip=clip, group=kind, measure=measure, true=true, value=told.value, error=told.error
        )

    means = {key: float(np.mean(values)) for key, values in truths.items()}
    for side, measures in squat.sides.items():
        for name, measure in measures.items():
            true = means.get((side, name.value))
            if isinstance(measure, Measured) and true is not None:
                yield reading(group, name.value, true, measure)
    for name, difference in squat.difference.items():
        left, right = (means.get((side, name.value)) for side in (Side.LEFT, Side.RIGHT))
        if isinstance(difference, Measured) and left is not None and right is not None:
            yield reading(f"{group}, left - right", name.value, left - right, difference)


def _squats(clip: PhantomClip, squat: SquatAnalysis) -> Squats:
    """Match found to true squats by the time of the bottom; each may be used once."""
    left = [(each["start_s"], each["end_s"], each["on"]) for each in clip.truth["repetitions"]]
    counted = Squats(true=len(left))
    for each in squat.repetitions:
        hit = next((one for one in left if one[0] < each.bottom_s < one[1]), None)
        if hit is None:
            counted.invented += 1
            continue
        left.remove(hit)
        counted.found += 1
        counted.wrong_leg += hit[2] != (each.on.value if each.on else None)
    return counted


def _print_squats(squats: Mapping[str, Sequence[Squats]]) -> None:
    if not squats:
        return
    print("\n| squats | clips | true | found | invented | with the wrong leg |")
    print("|---|---:|---:|---:|---:|---:|")
    for kind, clips in sorted(squats.items()):
        sums = [
            sum(getattr(each, name) for each in clips)
            for name in ("true", "found", "invented", "wrong_leg")
        ]
        print(f"| {kind} | {len(clips)} | {' | '.join(map(str, sums))} |")


def _kind_of_squat(reading: Reading) -> str:
    apart = ", left - right" if reading.group.endswith("left - right") else ""
    return f"{reading.clip.kind}{apart}"


def _steps(clip: PhantomClip, run: RunAnalysis) -> Steps:
    """Match found to true steps by time; each may be used once."""
    ends = clip.spec["duration_s"] - AWAY_FROM_THE_ENDS_S
    true = [(step["mid_stance_s"], step["side"]) for step in clip.truth["steps"]]
    asked = [each for each in true if AWAY_FROM_THE_ENDS_S <= each[0] <= ends]
    half_step_s = 30.0 / clip.truth["cadence_spm"]
    found = [(step.time_s, step.side.value) for step in run.steps]
    near = [_nearest(found, at) for at, _ in asked]
    hits = [
        one is not None and abs(one[0] - at) < half_step_s
        for one, (at, _) in zip(near, asked, strict=True)
    ]
    inside = [each for each in found if AWAY_FROM_THE_ENDS_S <= each[0] <= ends]
    strangers = [at for at, _ in inside if min(abs(at - other) for other, _ in true) >= half_step_s]
    swapped = [
        one
        for one, (_, side), hit in zip(near, asked, hits, strict=True)
        if hit and one is not None and one[1] != side
    ]
    cadence = run.cadence_spm
    return Steps(
        true=len(asked),
        missed=hits.count(False),
        invented=len(strangers) + len(inside) - len(set(inside)),
        swapped=len(swapped),
        cadence_off_pct=100 * (cadence.value / clip.truth["cadence_spm"] - 1)
        if isinstance(cadence, Measured)
        else float("nan"),
    )


def _nearest(found: Sequence[tuple[float, str]], at: float) -> tuple[float, str] | None:
    return min(found, key=lambda one: abs(one[0] - at), default=None)


def _print_steps(steps: Mapping[str, Steps]) -> None:
    if not steps:
        return
    off = np.array([each.cadence_off_pct for each in steps.values()])
    print(
        f"\nsteps: {sum(each.true for each in steps.values())} true in {len(steps)} clips, "
        f"missed {sum(each.missed for each in steps.values())}, "
        f"invented {sum(each.invented for each in steps.values())}, "
        f"with the wrong side {sum(each.swapped for each in steps.values())}"
    )
    print(
        f"cadence: off by {np.nanmean(np.abs(off)):.2f} % on average, at most "
        f"{np.nanmax(np.abs(off)):.2f} %; unknown in {int(np.isnan(off).sum())} clips"
    )


def _print_readings(title: str, readings: Sequence[Reading], key: Callable[[Reading], str]) -> None:
    grouped: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for reading in readings:
        grouped[key(reading), reading.measure].append(reading)
    print(f"\n{title}")
    print("| what | measure | n | bias | mean absolute error | sd | slope | within its ± |")
    print("|---|---|---:|---:|---:|---:|---:|---:|")
    for (group, measure), some in sorted(grouped.items()):
        off = np.array([each.off for each in some])
        within = np.mean([each.is_within for each in some])
        spread = np.std(off, ddof=1) if len(off) > 1 else float("nan")
        print(
            f"| {group} | {measure} | {len(some)} | {off.mean():+.2f} | {np.abs(off).mean():.2f} "
            f"| {spread:.2f} | {_slope(some)} | {100 * within:.0f} % |"
        )


def _print_share(title: str, readings: Sequence[Reading]) -> None:
    within = sum(reading.is_within for reading in readings)
    if readings:
        share = 100 * within / len(readings)
        print(f"{title}: {within} of {len(readings)} numbers within their error, {share:.0f} %")


def _slope(readings: Iterable[Reading]) -> str:
    """Return the slope of measured against true; a dash where the truth hardly varies."""
    true, value = np.array([(each.true, each.value) for each in readings]).T
    if len(true) < 4 or np.std(true) < 0.5:
        return "–"
    return f"{np.polyfit(true, value, 1)[0]:.2f}"


def _legs(clip: PhantomClip) -> str:
    legs: Any = clip.spec["clothes"]["legs"]
    return str(legs).replace("_", " ")


def _camera(clip: PhantomClip) -> str:
    yaw = abs(clip.spec["camera"].get("yaw_deg", 0.0))
    return "turned 3 degrees or more" if yaw >= 3 else "turned less than 3 degrees"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="Clips with their truth (tools/phantom).")
    parser.add_argument("--short", action="store_true", help="Measure clips of a few steps too.")
    parser.add_argument("--clips", action="store_true", help="Print every single reading too.")
    return parser.parse_args()


if __name__ == "__main__":
    main()
