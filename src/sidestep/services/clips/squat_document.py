"""The analysis of a squat clip as the JSON document other programs read; nothing is decided."""

from typing import Any

from sidestep.domain.motion.squat_analysis import Repetition, SquatAnalysis
from sidestep.domain.vocabulary.side import Side
from sidestep.services.clips.measure_document import (
    measures_document,
    name_of,
    quality_document,
    rounded,
    values_document,
)


def squat_document(analysis: SquatAnalysis) -> dict[str, Any]:
    """Return the analysis as the JSON document other programs read; signs as in a run."""
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
        "standing_on": name_of(repetition.on) or "both",
        **{side.value: values_document(repetition.values.get(side, {})) for side in Side},
    }
