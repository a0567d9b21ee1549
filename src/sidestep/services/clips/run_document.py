"""The analysis of a running clip as the JSON document other programs read; nothing is decided."""

from collections.abc import Mapping
from typing import Any

from sidestep.domain.motion.quality import Quality
from sidestep.domain.motion.run_analysis import Drift, RunAnalysis, RunMeasure, SideOfRun, Step
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Unknown
from sidestep.services.clips.measure_document import (
    measure_document,
    measure_from,
    measures_document,
    measures_from,
    name_of,
    quality_document,
    rounded,
    value_of,
    values_document,
)

_OF_DRIFT = ("early", "late", "change", "error", "clear")


def run_document(analysis: RunAnalysis) -> dict[str, Any]:
    """Return the analysis as the JSON document other programs read.

    Angles in degrees, positions in per cent of shank or leg length, + inward. A measure that is not
    known is ``{value: null, reason}``; in ``steps`` it is ``null``. A change that is not known has
    ``null`` for everything, and the reason.
    """
    return {
        "kind": "run",
        "view": name_of(analysis.view),
        "n_frames": analysis.n_frames,
        "duration_s": rounded(analysis.duration_s),
        "frame_rate_hz": rounded(analysis.frame_rate_hz),
        "cadence_spm": measure_document(analysis.cadence_spm),
        **{
            side.value: {"n_steps": leg.n_steps, **measures_document(leg.measures)}
            for side, leg in analysis.sides.items()
        },
        "difference": measures_document(analysis.difference),
        "drift": {
            side.value: {name.value: _drift(drift) for name, drift in drifts.items()}
            for side, drifts in analysis.drift.items()
        },
        "steps": [_step(step, analysis) for step in analysis.steps],
        "quality": quality_document(analysis.quality),
        "versions": dict(analysis.versions),
    }


def _drift(drift: Drift | Unknown) -> dict[str, Any]:
    if isinstance(drift, Unknown):
        return {**dict.fromkeys(_OF_DRIFT), "reason": drift.reason}
    told = (
        value_of(drift.early),
        value_of(drift.late),
        rounded(drift.change),
        rounded(drift.error),
        drift.is_clear,
    )
    return dict(zip(_OF_DRIFT, told, strict=True))


def _step(step: Step, analysis: RunAnalysis) -> dict[str, Any]:
    return {
        "side": step.side.value,
        "time_s": round(step.time_s, 3),
        "is_good": step.is_good,
        **values_document(analysis.sides[step.side].measures, step.values),
    }


def run_from(document: Mapping[str, Any]) -> RunAnalysis:
    """Return a stored run as far as a comparison needs it: without its steps and their drift."""
    legs = {side: document[side.value] for side in Side}
    return RunAnalysis(
        view=None if document["view"] is None else View(document["view"]),
        n_frames=document["n_frames"],
        duration_s=document["duration_s"],
        frame_rate_hz=document["frame_rate_hz"],
        cadence_spm=measure_from(document["cadence_spm"]),
        sides={
            side: SideOfRun(n_steps=leg["n_steps"], measures=measures_from(leg, RunMeasure))
            for side, leg in legs.items()
        },
        difference=measures_from(document["difference"], RunMeasure),
        drift={side: {} for side in Side},
        steps=(),
        quality=Quality(),
        versions=document["versions"],
    )
