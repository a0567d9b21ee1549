"""Says what a kept clip told in today's words: from its numbers, never from its sentences.

So every language speaks of clips that an earlier program kept, too. Why something could not be
measured stays as it was said then.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from sidestep.domain.motion.quality import Problem, Quality
from sidestep.domain.motion.run_analysis import Drift, RunMeasure
from sidestep.domain.motion.squat_analysis import SquatMeasure
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measure, Unknown
from sidestep.services.clips.clip_calibration import calibration_for
from sidestep.services.clips.clip_summary import (
    ClipSummary,
    summarise_run,
    summarise_squat,
    summary_document,
)
from sidestep.services.clips.run_document import run_from
from sidestep.services.clips.squat_document import squat_from
from sidestep.services.ports import Knowledge, StoredDocument

_FURTHEST_IN = (SquatMeasure.FPPA_WORST, SquatMeasure.KNEE_OVER_FOOT_WORST)

_NOT_KEPT = Unknown(reason="")
"""The first and the last part of a drift are kept without their errors, which no sentence needs."""


def said_again(clip: StoredDocument, knowledge: Knowledge) -> StoredDocument:
    """Return a kept clip with its summary as it would be said today."""
    summary = summary_document(_summary(clip.content, knowledge), knowledge)
    return replace(clip, content={**clip.content, "summary": summary})


def _summary(content: Mapping[str, Any], knowledge: Knowledge) -> ClipSummary:
    quality = _quality(content["quality"], content["summary"].get("do_now", ()))
    if content["kind"] == "squat":
        squats = replace(squat_from(content), quality=quality)
        if not _is_calibrated_as_now(content["versions"], knowledge):
            squats = replace(squats, sides=_without_furthest_in(squats.sides))
        return summarise_squat(squats, knowledge)
    drift = {
        side: {
            name: _drift(content["drift"][side.value][name.value])
            for name in RunMeasure
            if name.value in content["drift"][side.value]
        }
        for side in Side
    }
    return summarise_run(replace(run_from(content), quality=quality, drift=drift), knowledge)


def _is_calibrated_as_now(versions: Mapping[str, str], knowledge: Knowledge) -> bool:
    now = calibration_for(versions["pose"], knowledge).version
    return versions.get("calibration") == now


def _without_furthest_in(
    sides: Mapping[Side, Mapping[SquatMeasure, Measure]],
) -> dict[Side, dict[SquatMeasure, Measure]]:
    """Leave out what earlier calibrations read otherwise: standing counted as on the way, too."""
    return {
        side: {name: each for name, each in leg.items() if name not in _FURTHEST_IN}
        for side, leg in sides.items()
    }


def _quality(document: Mapping[str, Any], helping_now: Collection[str]) -> Quality:
    return Quality(
        problems=tuple(
            Problem(
                code=problem["code"],
                message=problem["message"],
                hint=problem["hint"],
                is_fatal=problem["is_fatal"],
                helps_now=problem["hint"] in helping_now,
            )
            for problem in document["problems"]
        )
    )


def _drift(document: Mapping[str, Any]) -> Drift | Unknown:
    if document["change"] is None:
        return Unknown(reason=document["reason"])
    return Drift(
        early=_NOT_KEPT,
        late=_NOT_KEPT,
        change=document["change"],
        error=document["error"],
        is_clear=document["clear"],
    )
