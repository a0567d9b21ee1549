"""Kept results of clips with known values, as the analysis of a real clip leaves them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from builders.shipped import shipped_knowledge
from sidestep.domain.motion.quality import Problem, Quality
from sidestep.domain.motion.run_analysis import Drift, RunAnalysis, RunMeasure, SideOfRun, Step
from sidestep.domain.motion.squat_analysis import Repetition, SquatAnalysis, SquatMeasure
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measure, Measured, Unknown
from sidestep.services.clips.clip_summary import summarise_run, summarise_squat, summary_document
from sidestep.services.clips.run_document import run_document
from sidestep.services.clips.squat_document import squat_document
from sidestep.services.ports import StoredDocument

MADE_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
VERSIONS = {"program": "0.1.0", "knowledge": "k3f9a1c20b77", "pose": "BlazePose full e9a5c5cb17f7"}
STILL_BRIGHTNESS = (40, 80, 120, 160)
CAPTION_BRIGHTNESS = 200
FEET_BRIGHTNESS = 100
SIDE_VIEW = "From here it cannot be measured well enough for a number."
_CAPTIONED = {
    "typical_left": ("Typical left", 41, "3.1 % inside"),
    "worst_left": ("Furthest inward left", 77, "8.4 % inside"),
    "typical_right": ("Typical right", 40, "1.0 % outside"),
    "worst_right": ("Furthest inward right", 96, "3.2 % inside"),
}
CAPTIONS = {
    name: f"{which} step, number {number}: knee {offset} the foot line"
    for name, (which, number, offset) in _CAPTIONED.items()
}
RUN_VALUES: Mapping[Side, Mapping[RunMeasure, float]] = {
    Side.LEFT: {
        RunMeasure.FEMORAL_ADDUCTION: 9.4,
        RunMeasure.FPPA: 4.8,
        RunMeasure.KNEE_OVER_FOOT: 3.1,
        RunMeasure.KNEE_GAP: 18.0,
        RunMeasure.STEP_WIDTH: 6.2,
        RunMeasure.TRUNK_LEAN: 1.5,
    },
    Side.RIGHT: {
        RunMeasure.FEMORAL_ADDUCTION: 4.2,
        RunMeasure.FPPA: -0.6,
        RunMeasure.KNEE_OVER_FOOT: -1.0,
        RunMeasure.KNEE_GAP: 18.0,
        RunMeasure.STEP_WIDTH: 5.8,
        RunMeasure.TRUNK_LEAN: 0.9,
    },
}


def run_analysis(*, n_steps: int = 170, reason: str = "") -> RunAnalysis:
    """Build a run in which the left knee goes in, and more so with time; or nothing was measured.

    Parameters
    ----------
    reason
        Why nothing was measured; empty when all was.
    """
    chance = np.random.default_rng(3)
    steps = tuple(_step(number, n_steps, chance, reason) for number in range(n_steps))
    sides = {
        side: SideOfRun(
            n_steps=n_steps // 2,
            measures={name: _measure(RUN_VALUES[side].get(name), reason) for name in RunMeasure},
        )
        for side in Side
    }
    return RunAnalysis(
        view=View.REAR,
        n_frames=n_steps * 21,
        duration_s=n_steps * 0.353,
        frame_rate_hz=59.94,
        cadence_spm=Measured(value=170.2, error=0.9, n=n_steps),
        sides=sides,
        difference={
            name: Unknown(reason=reason)
            if reason
            else Measured(value=value - RUN_VALUES[Side.RIGHT][name], error=2.3, n=n_steps)
            for name, value in RUN_VALUES[Side.LEFT].items()
        },
        drift={side: _drifts(side, reason) for side in Side},
        steps=steps,
        quality=Quality(problems=(_SEVERAL_PEOPLE, *_refusal(reason))),
        versions=VERSIONS,
    )


def _refusal(reason: str) -> tuple[Problem, ...]:
    hint = "Film for at least 20 seconds of steady running."
    return (Problem(code="too_short", message=reason, hint=hint),) if reason else ()


_SEVERAL_PEOPLE = Problem(
    code="several_people",
    message="More than one person is in the picture; the nearest one was followed.",
    hint="Look at the picture with the lines: they should be on you.",
    is_fatal=False,
)


def squat_analysis(*, n: int = 5) -> SquatAnalysis:
    """Build squats in which the right knee goes in."""
    offsets = {Side.LEFT: 1.0, Side.RIGHT: 9.0}
    values = {
        side: {
            SquatMeasure.FPPA: offset / 2,
            SquatMeasure.FPPA_WORST: offset / 2 + 2,
            SquatMeasure.KNEE_OVER_FOOT: offset,
            SquatMeasure.KNEE_OVER_FOOT_WORST: offset + 3,
            SquatMeasure.KNEE_TO_ANKLE_GAP: 0.84,
            SquatMeasure.DEPTH: 26.0,
        }
        for side, offset in offsets.items()
    }
    return SquatAnalysis(
        view=View.FRONT,
        n_frames=540,
        duration_s=21.0,
        frame_rate_hz=30.0,
        repetitions=tuple(
            Repetition(
                start_s=4.0 * number,
                bottom_s=4.0 * number + 1.5,
                end_s=4.0 * number + 3.0,
                on=None,
                values={
                    side: {name: value * (0.9 + 0.05 * number) for name, value in own.items()}
                    for side, own in values.items()
                },
            )
            for number in range(n)
        ),
        sides={
            side: {
                name: Measured(value=value, error=2.0 if value > 1 else 0.06, n=n)
                for name, value in own.items()
            }
            for side, own in values.items()
        },
        difference={SquatMeasure.KNEE_OVER_FOOT: Measured(value=-8.0, error=2.9, n=n)},
        quality=Quality(),
        versions=VERSIONS,
    )


def kept_run(analysis: RunAnalysis | None = None, pictures: Path | None = None) -> StoredDocument:
    """Build a kept run; with ``pictures`` its stills are written into that folder."""
    analysis = run_analysis() if analysis is None else analysis
    knowledge = shipped_knowledge()
    summary = summary_document(summarise_run(analysis, knowledge), knowledge)
    return _kept("clip_run", {**run_document(analysis), "summary": summary}, pictures)


def without_foot_lines(clip: StoredDocument) -> StoredDocument:
    """Return a run as one whose knees could not be set against the feet, as from aside."""
    steps = [{**step, "knee_over_foot_pct": None} for step in clip.content["steps"]]
    return replace(clip, content={**clip.content, "steps": steps})


def kept_squat(
    analysis: SquatAnalysis | None = None, pictures: Path | None = None
) -> StoredDocument:
    """Build kept squats; with ``pictures`` their stills are written into that folder."""
    analysis = squat_analysis() if analysis is None else analysis
    knowledge = shipped_knowledge()
    summary = summary_document(summarise_squat(analysis, knowledge), knowledge)
    return _kept("clip_squat", {**squat_document(analysis), "summary": summary}, pictures)


def filmed_at(kept: StoredDocument, made_at: datetime, *, usable: bool = True) -> StoredDocument:
    """Return a kept clip as one of another time, and of another quality."""
    quality = {**kept.content["quality"], "usable": usable}
    content = {**kept.content, "quality": quality}
    return replace(kept, id=f"{kept.kind}-{made_at:%Y%m%d%H%M%S}", made_at=made_at, content=content)


def write_still(path: Path, brightness: int) -> None:
    """Write a grey picture of 3 to 4, its feet a thin band, as stills once were: a band below."""
    picture = Image.new("L", (720, 1060), CAPTION_BRIGHTNESS)
    picture.paste(brightness, (0, 0, 720, 960))
    picture.paste(FEET_BRIGHTNESS, (0, 930, 720, 960))
    picture.convert("RGB").save(path, format="JPEG")


def _kept(kind: str, content: dict[str, Any], pictures: Path | None) -> StoredDocument:
    shown: dict[str, str] = {}
    named = zip(CAPTIONS, STILL_BRIGHTNESS, strict=True) if pictures is not None else ()
    for name, brightness in named:
        path = Path(str(pictures)) / f"{name}.jpg"
        if not path.exists():
            write_still(path, brightness)
        shown[name] = str(path)
    return StoredDocument(
        id=f"{kind}-1",
        kind=kind,
        made_at=MADE_AT,
        program_version="0.1.0",
        knowledge_version="k3f9a1c20b77",
        content={
            **content,
            "clip_id": "6257974d94df",
            "kept_clip": None,
            "pictures": shown,
            "captions": CAPTIONS if shown else {},
        },
    )


def _measure(value: float | None, reason: str) -> Measure:
    if reason or value is None:
        return Unknown(reason=reason or SIDE_VIEW)
    return Measured(
        value=value,
        error=1.4,
        n=85,
        corrected_for=("camera turned 3 degrees", "the pose model's own reading"),
    )


def _step(number: int, n_steps: int, chance: np.random.Generator, reason: str) -> Step:
    side = Side.LEFT if number % 2 else Side.RIGHT
    late = 3.0 * number / n_steps if side is Side.LEFT else 0.0
    values = {
        name: value + (late - 1.5) * (side is Side.LEFT) + float(chance.normal(0, 1.6))
        for name, value in RUN_VALUES[side].items()
    }
    return Step(
        side=side,
        time_s=0.353 * number,
        first_frame=21 * number,
        last_frame=21 * number + 12,
        is_good=number % 29 != 7,
        values={} if reason else values,
    )


def _drifts(side: Side, reason: str) -> dict[RunMeasure, Drift | Unknown]:
    if reason:
        return {name: Unknown(reason=reason) for name in RUN_VALUES[side]}
    change = 2.8 if side is Side.LEFT else -0.4
    return {
        name: Drift(
            early=Measured(value=RUN_VALUES[side][name] - change / 2, error=0.6, n=28),
            late=Measured(value=RUN_VALUES[side][name] + change / 2, error=0.6, n=28),
            change=change,
            error=1.1,
            is_clear=abs(change) > 2.3,
        )
        for name in (RunMeasure.FEMORAL_ADDUCTION, RunMeasure.KNEE_OVER_FOOT)
    }
