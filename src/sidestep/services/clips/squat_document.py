"""The analysis of a squat clip as the JSON document other programs read; nothing is decided."""

from collections.abc import Mapping
from typing import Any

from sidestep.domain.motion.quality import Quality
from sidestep.domain.motion.squat_analysis import Repetition, SquatAnalysis, SquatMeasure
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side
from sidestep.services.clips.measure_document import (
    measures_document,
    measures_from,
    name_of,
    quality_document,
    rounded,
    values_document,
)

BOTH = "both"


def squat_document(analysis: SquatAnalysis) -> dict[str, Any]:
    """Return the analysis as the JSON document other programs read; signs as in a run.

    Every repetition has every measure of each leg, ``null`` where it is not known; why is under the
    same name in its ``reasons``.
    """
    return {
        "kind": "squat",
        "view": name_of(analysis.view),
        "n_frames": analysis.n_frames,
        "duration_s": rounded(analysis.duration_s),
        "frame_rate_hz": rounded(analysis.frame_rate_hz),
        "repetitions": [_repetition(repetition) for repetition in analysis.repetitions],
        **{side.value: measures_document(analysis.sides.get(side, {})) for side in Side},
        "difference": measures_document(analysis.difference),
        "quality": quality_document(analysis.quality),
        "versions": dict(analysis.versions),
    }


def _repetition(repetition: Repetition) -> dict[str, Any]:
    return {
        "start_s": round(repetition.start_s, 3),
        "bottom_s": round(repetition.bottom_s, 3),
        "end_s": round(repetition.end_s, 3),
        "standing_on": name_of(repetition.on) or BOTH,
        **{
            side.value: values_document(SquatMeasure, repetition.values.get(side, {}))
            for side in Side
        },
        "reasons": {
            side.value: {name.value: why for name, why in repetition.reasons.get(side, {}).items()}
            for side in Side
        },
    }


def squat_from(document: Mapping[str, Any]) -> SquatAnalysis:
    """Return stored squats as far as a comparison needs them: repetitions without their values."""
    return SquatAnalysis(
        view=None if document["view"] is None else View(document["view"]),
        n_frames=document["n_frames"],
        duration_s=document["duration_s"],
        frame_rate_hz=document["frame_rate_hz"],
        repetitions=tuple(_repetition_from(each) for each in document["repetitions"]),
        sides={side: measures_from(document[side.value], SquatMeasure) for side in Side},
        difference=measures_from(document["difference"], SquatMeasure),
        quality=Quality(),
        versions=document["versions"],
    )


def _repetition_from(document: Mapping[str, Any]) -> Repetition:
    on = document["standing_on"]
    return Repetition(
        start_s=document["start_s"],
        bottom_s=document["bottom_s"],
        end_s=document["end_s"],
        on=None if on == BOTH else Side(on),
        values={},
    )
