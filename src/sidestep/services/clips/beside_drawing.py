"""A measured squat beside the drawing of the exercise: what differs beyond the clip's error.

No verdict, and no goal: the drawing is one body doing it well.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sidestep.domain.motion.squat_analysis import SquatAnalysis, SquatMeasure
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measure, Measured, Unknown
from sidestep.errors import InputError
from sidestep.services.clips.measure_document import measure_document, rounded
from sidestep.services.clips.measure_words import WORDS, in_words
from sidestep.services.clips.squat_document import BOTH, squat_from
from sidestep.services.knowledge.exercise_drawing import drawing_of
from sidestep.services.ports.drawings import DrawingReader, DrawnSquat

NO_GOAL = (
    "The drawing shows one body doing it well. It is no goal: how deep you go is for your knee to "
    "say."
)
APART = "difference"
_ONE_LEG = (
    "The clip shows squats on one leg; the drawing stands on both. Film it on both legs, please."
)
_MORE_AND_LESS: Mapping[SquatMeasure, tuple[str, str]] = {
    SquatMeasure.DEPTH: ("deeper", "less deep"),
    SquatMeasure.KNEE_OVER_FOOT: ("further inside", "further outside"),
    SquatMeasure.KNEE_TO_ANKLE_GAP: ("wider", "narrower"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One measure of the drawing and of the clip.

    ``of`` is a side, ``both`` or, for left minus right, ``difference``.
    """

    measure: SquatMeasure
    of: str
    drawn: float
    yours: Measure

    @property
    def difference(self) -> float | None:
        """The clip's minus the drawing's, ``None`` when the clip has no value."""
        return self.yours.value - self.drawn if isinstance(self.yours, Measured) else None

    @property
    def is_beyond_error(self) -> bool:
        """Whether they differ by more than the clip's error; the drawing has none."""
        return (
            isinstance(self.yours, Measured)
            and abs(self.yours.value - self.drawn) > self.yours.error
        )


def drawn_squat(exercise_id: str, read: DrawingReader) -> DrawnSquat:
    """Return what the drawing of an exercise measures as a clip would.

    Raises
    ------
    InputError
        It is not drawn, or a clip of it cannot be compared.
    """
    drawing = drawing_of(exercise_id, read)
    drawn = drawing.as_squat
    if drawn is None:
        why = drawing.why_no_clip or "How well one camera measures it is not known."
        raise InputError(
            f"A clip of {exercise_id!r} cannot be compared with its drawing. {why}",
            hint="Free squats on both legs can, from the front: --exercise squat",
        )
    return drawn


def beside_drawing(
    exercise_id: str, drawn: DrawnSquat, content: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a kept squat clip beside a drawing, as other programs read it."""
    analysis = squat_from(content)
    reason = _why_not(analysis, content)
    rows = [] if reason else _rows(drawn, analysis)
    return {
        "exercise": exercise_id,
        "comparable": not reason,
        "reason": reason,
        "measures": [
            {
                "measure": row.measure.value,
                "of": row.of,
                "drawn": row.drawn,
                "yours": measure_document(row.yours),
                "difference": None if row.difference is None else rounded(row.difference),
                "beyond_error": row.is_beyond_error,
            }
            for row in rows
        ],
        "says": [reason] if reason else [*map(_in_words, rows), NO_GOAL],
    }


def _why_not(analysis: SquatAnalysis, content: Mapping[str, Any]) -> str:
    if any(each.on is not None for each in analysis.repetitions):
        return _ONE_LEG
    problems = content["quality"]["problems"]
    return str(next((each["message"] for each in problems if each["is_fatal"]), ""))


def _rows(drawn: DrawnSquat, analysis: SquatAnalysis) -> list[Beside]:
    left, right = (analysis.sides[side] for side in Side)
    over_foot = SquatMeasure.KNEE_OVER_FOOT
    drawn_apart = drawn.left_knee_over_foot_pct - drawn.right_knee_over_foot_pct
    # Depth and gap are of both legs together, and stand with each.
    asked = (
        (SquatMeasure.DEPTH, BOTH, drawn.depth_pct, left),
        (over_foot, Side.LEFT.value, drawn.left_knee_over_foot_pct, left),
        (over_foot, Side.RIGHT.value, drawn.right_knee_over_foot_pct, right),
        (over_foot, APART, drawn_apart, analysis.difference),
        (SquatMeasure.KNEE_TO_ANKLE_GAP, BOTH, drawn.knee_to_ankle_gap_ratio, left),
    )
    return [
        Beside(measure=measure, of=of, drawn=value, yours=measures[measure])
        for measure, of, value, measures in asked
    ]


def _in_words(row: Beside) -> str:
    of = {BOTH: "", APART: ", left against right"}.get(row.of, f", {row.of}")
    begins = f"{WORDS[row.measure].title}{of}: the drawing {_value(row, row.drawn)}"
    if isinstance(row.yours, Unknown):
        return f"{begins}; yours is not measured. {row.yours.reason}"
    error = in_words(row.measure, row.yours.error)
    return f"{begins}, you {_value(row, row.yours.value)} (± {error}): {_compared(row)}."


def _value(row: Beside, value: float) -> str:
    words = WORDS[row.measure]
    said = in_words(row.measure, abs(value))
    if row.of == APART:
        return f"{said} apart"
    direction = words.more if value >= 0 else words.less
    return f"{said} {direction}" if direction else said


def _compared(row: Beside) -> str:
    if not row.is_beyond_error:
        return "no difference that this clip can tell"
    if row.of == APART:
        return "more than its error"
    more, less = _MORE_AND_LESS[row.measure]
    return more if (row.difference or 0.0) > 0 else less
