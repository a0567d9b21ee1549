"""Fits how the pose model reads rendered people, and writes the lines as knowledge.

Every clip of some folders (the calibration set of ``tools/phantom``) is measured without
calibration; a line per view and measure is fitted to what is true, and what posture tells beyond
it. ``phantom_accuracy.py`` checks the result on other people.
Usage: ``python benchmarks/calibrate_motion.py FOLDER... [--write]``.
"""

import argparse
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from phantom_clips import TO_BE_MEASURED, PhantomClip, needing_few_steps, phantom_clips
from sidestep.bootstrap.settings import load_settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.domain.motion.calibration import EXACT, Calibration, Pair, fit_calibration
from sidestep.domain.motion.pose_track import PoseTrack
from sidestep.domain.motion.posture_model import PostureModel
from sidestep.domain.motion.run_analysis import RunAnalysis, RunMeasure
from sidestep.domain.motion.running import analyse_run
from sidestep.domain.motion.squatting import SQUAT_PREFIX, analyse_squat
from sidestep.domain.motion.step_values import OF_THE_LEGS
from sidestep.domain.motion.view_finding import inward_turn_deg
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.evidence import Parameters
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measured

WRITTEN_TO = Path(__file__).parent.parent / "src" / "sidestep" / "knowledge" / "calibration"
HEADER = {
    "since": date(2026, 11, 30),
    "basis": "design",
    "sources": [],
    "reviewed": None,
}
NOT_GIVEN = frozenset({"overstride_pct"})
"""Off by nearly as much as people differ: they follow the truth and hardly tell anybody apart."""

HALF = 0.5
"""A body's gender goes from 0, a woman's, to 1."""

SAYS = (
    "Fitted by benchmarks/calibrate_motion.py on {clips} rendered clips whose joints are known "
    "exactly. Real people may read otherwise; that is not measured yet."
)


def main() -> None:
    options = _options()
    pairs: list[Pair] = []
    used, left_out, model = 0, [], ""
    with tempfile.TemporaryDirectory() as home:
        wiring = Wiring(load_settings(Path(home)))
        parameters = needing_few_steps(wiring.knowledge.motion)
        for clip in (each for folder in options.folders for each in phantom_clips(folder)):
            track = clip.track(wiring)
            found = [
                pair for pair in _pairs(clip, track, parameters) if pair.measure not in NOT_GIVEN
            ]
            if found:
                used, model = used + 1, track.model
                pairs += found
            elif clip.purpose == TO_BE_MEASURED:
                left_out.append(clip.name)
    maker, size, _ = model.split()
    calibration = fit_calibration(pairs, model=model, version=f"{maker}_{size}".lower())
    _print(calibration, used, left_out)
    if options.write:
        print(f"written: {_write(calibration, used, title=f'{maker} {size}')}")


def _pairs(clip: PhantomClip, track: PoseTrack, parameters: Parameters) -> Iterator[Pair]:
    if clip.purpose != TO_BE_MEASURED:
        return
    if clip.is_run:
        yield from _run_pairs(clip, track, parameters)
    else:
        yield from _squat_pairs(clip, track, parameters)


def _run_pairs(clip: PhantomClip, track: PoseTrack, parameters: Parameters) -> Iterator[Pair]:
    run = analyse_run(track, view=clip.view, parameters=parameters, calibration=EXACT, versions={})
    for side, leg in run.sides.items():
        for name, measure in leg.measures.items():
            if isinstance(measure, Measured):
                steps, moved = _steps(clip, run, side, name)
                yield Pair(
                    clip=clip.name,
                    side=side,
                    view=clip.view,
                    measure=name.value,
                    true=clip.truth["means"][side.value][name.value],
                    measured=measure.value,
                    inward_turn_deg=inward_turn_deg(run.camera, side, clip.view),
                    posture=run.postures.get(side, {}),
                    build=_build(clip),
                    steps=steps,
                    moved=moved,
                )


def _steps(
    clip: PhantomClip, run: RunAnalysis, side: Side, measure: RunMeasure
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what every good step read and truly was, and what it depends on (``StepsOfLeg``)."""
    own = [step for step in clip.truth["steps"] if step["side"] == side.value]
    half_step_s = 30.0 / clip.truth["cadence_spm"]
    rows: list[tuple[float, float]] = []
    moved: list[tuple[float, ...]] = []
    for step in run.steps:
        if step.side is not side or not step.is_good or measure not in step.values:
            continue
        true = min(own, key=lambda one: abs(one["mid_stance_s"] - step.time_s))
        if abs(true["mid_stance_s"] - step.time_s) > half_step_s or measure.value not in true:
            continue
        rows.append((step.values[measure], true[measure.value]))
        if measure in OF_THE_LEGS:
            thigh_deg, bend_deg = true[RunMeasure.FEMORAL_ADDUCTION], true[RunMeasure.FPPA]
            moved.append((thigh_deg, thigh_deg - bend_deg))
        else:
            moved.append((true[measure.value],))
    return np.array(rows).reshape(len(rows), 2), np.array(moved).reshape(len(rows), -1)


def _build(clip: PhantomClip) -> str:
    """Return the kind of body from aside, where no posture tells of it."""
    if clip.view is not View.SIDE:
        return ""
    return "man" if clip.truth["clip"]["body"]["gender"] > HALF else "woman"


def _squat_pairs(clip: PhantomClip, track: PoseTrack, parameters: Parameters) -> Iterator[Pair]:
    squat = analyse_squat(
        track, view=clip.view, parameters=parameters, calibration=EXACT, versions={}
    )
    for side, measures in squat.sides.items():
        for name, measure in measures.items():
            true = [
                repetition[side.value][name.value]
                for repetition in clip.truth["repetitions"]
                if name.value in repetition.get(side.value, {})
            ]
            if isinstance(measure, Measured) and true:
                yield Pair(
                    clip=clip.name,
                    side=side,
                    view=clip.view,
                    measure=f"{SQUAT_PREFIX}{name.value}",
                    true=float(np.mean(true)),
                    measured=measure.value,
                    inward_turn_deg=inward_turn_deg(squat.camera, side, clip.view),
                    posture=squat.postures.get(side, {}),
                )


def _print(calibration: Calibration, used: int, left_out: list[str]) -> None:
    print(f"{calibration.model}: {used} clips, not measured {len(left_out)}: {', '.join(left_out)}")
    print("| view | measure | slope | intercept | turn | residual | left - right | change | n |")
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|")
    for (view, measure), line in sorted(calibration.lines.items()):
        print(
            f"| {view} | {measure} | {line.slope:.2f} | {line.intercept:+.2f} | {line.turn:+.2f} "
            f"| {line.residual_sd:.2f} | {line.difference_sd:.2f} "
            f"| {line.change_sd:.2f} | {line.n} |"
        )
    print("\n| view | measure, by posture | residual | left - right | clips |")
    print("|---|---|---:|---:|---:|")
    for (view, measure), line in sorted(calibration.lines.items()):
        model = line.by_posture
        if model is not None:
            print(
                f"| {view} | {measure} | {model.residual_sd:.2f} | {model.difference_sd:.2f} "
                f"| {model.n} |"
            )
            for name in model.own:
                print(f"  {name:24} own {model.own[name]:+.3f}  other {model.other[name]:+.3f}")


def _write(calibration: Calibration, used: int, *, title: str) -> Path:
    lines = [
        {
            "view": view.value,
            "measure": measure,
            **{
                name: round(getattr(line, name), 4)
                for name in ("slope", "intercept", "turn", "residual_sd", "difference_sd")
            },
            **({"change_sd": round(line.change_sd, 4)} if line.change_sd else {}),
            "n": line.n,
            **({} if line.by_posture is None else {"by_posture": _plain(line.by_posture)}),
        }
        for (view, measure), line in sorted(calibration.lines.items())
    ]
    document = {
        "id": calibration.version,
        "title": f"How {title} reads rendered people",
        **HEADER,
        "model": calibration.model,
        "says": SAYS.format(clips=used),
        "lines": lines,
    }
    written = WRITTEN_TO / f"{calibration.version}.yaml"
    written.write_text(yaml.safe_dump(document, sort_keys=False, width=100), encoding="utf-8")
    return written


def _plain(model: PostureModel) -> dict[str, object]:
    """Return a model as YAML holds it."""
    return {
        "intercept": round(model.intercept, 4),
        "own": {name: round(weight, 4) for name, weight in model.own.items()},
        "other": {name: round(weight, 4) for name, weight in model.other.items()},
        "residual_sd": round(model.residual_sd, 4),
        "difference_sd": round(model.difference_sd, 4),
        "n": model.n,
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "folders", type=Path, nargs="+", help="The calibration set (tools/phantom)."
    )
    parser.add_argument("--write", action="store_true", help="Write the lines into the knowledge.")
    return parser.parse_args()


if __name__ == "__main__":
    main()
