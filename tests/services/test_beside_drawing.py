"""A measured squat beside the drawing of the exercise, in numbers and in words."""

from dataclasses import replace
from typing import Any

import pytest

from builders.clip_results import kept_squat, squat_analysis
from sidestep.adapters.knowledge.load import load_drawing
from sidestep.domain.motion.quality import Problem, Quality
from sidestep.domain.motion.squat_analysis import SquatAnalysis, SquatMeasure
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Unknown
from sidestep.errors import InputError
from sidestep.services.clips.beside_drawing import NO_GOAL, beside_drawing, drawn_squat
from sidestep.services.ports.drawings import DrawnSquat

DRAWN = DrawnSquat(
    depth_pct=40.0,
    knee_to_ankle_gap_ratio=0.84,
    left_knee_over_foot_pct=1.0,
    right_knee_over_foot_pct=1.0,
)


def beside(analysis: SquatAnalysis | None = None) -> dict[str, Any]:
    return beside_drawing("squat", DRAWN, kept_squat(analysis).content)


def row(compared: dict[str, Any], measure: SquatMeasure, of: str) -> dict[str, Any]:
    (found,) = (
        each
        for each in compared["measures"]
        if (each["measure"], each["of"]) == (measure.value, of)
    )
    return dict(found)


def test_each_measure_stands_beside_the_drawings_with_its_error() -> None:
    depth = row(beside(), SquatMeasure.DEPTH, "both")
    assert (depth["drawn"], depth["yours"]["value"], depth["difference"]) == (40.0, 26.0, -14.0)
    assert depth["beyond_error"] is True


def test_what_lies_within_the_error_of_the_clip_is_no_difference() -> None:
    compared = beside()
    left = row(compared, SquatMeasure.KNEE_OVER_FOOT, "left")
    assert (left["difference"], left["beyond_error"]) == (0.0, False)
    said = next(line for line in compared["says"] if line.startswith("Knee over the foot, left:"))
    assert said.endswith("no difference that this clip can tell.")


def test_the_words_give_both_numbers_and_no_verdict() -> None:
    says = beside()["says"]
    assert says[0].startswith("Depth: the drawing 40.0 %, you 26.0 % (± ")
    assert says[0].endswith("): less deep.")
    assert any("right: the drawing 1.0 % inside, you 9.0 % inside" in line for line in says)
    assert any(
        "left against right: the drawing 0.0 % apart, you 8.0 % apart" in line for line in says
    )
    assert says[-1] == NO_GOAL
    assert not any(word in " ".join(says) for word in ("wrong", "should", "must", "bad"))


def test_a_measure_the_clip_lacks_says_why() -> None:
    analysis = squat_analysis()
    reason = "From here it cannot be measured well enough for a number."
    sides = {
        side: {**own, SquatMeasure.DEPTH: Unknown(reason=reason)}
        for side, own in analysis.sides.items()
    }
    compared = beside(replace(analysis, sides=sides))
    depth = row(compared, SquatMeasure.DEPTH, "both")
    assert (depth["difference"], depth["beyond_error"]) == (None, False)
    assert compared["says"][0].endswith(f"yours is not measured. {reason}")


def test_squats_on_one_leg_are_not_set_beside_squats_on_both() -> None:
    analysis = squat_analysis()
    on_left = tuple(replace(each, on=Side.LEFT) for each in analysis.repetitions)
    compared = beside(replace(analysis, repetitions=on_left))
    assert (compared["comparable"], compared["measures"]) == (False, [])
    assert "on one leg" in compared["reason"]
    assert compared["says"] == [compared["reason"]]


def test_a_clip_that_cannot_be_measured_is_not_compared() -> None:
    problem = Problem(code="dark", message="It is too dark.", hint="Put a light on.", is_fatal=True)
    compared = beside(replace(squat_analysis(), quality=Quality(problems=(problem,))))
    assert (compared["comparable"], compared["reason"]) == (False, "It is too dark.")


def test_an_exercise_whose_clip_was_never_tried_is_refused() -> None:
    with pytest.raises(InputError, match="one camera measures it is not known") as refused:
        drawn_squat("side_plank", load_drawing)
    assert "--exercise squat" in refused.value.hint


@pytest.mark.parametrize(
    ("id", "what"),
    [
        ("box_squat", "5 of 8 legs"),
        ("goblet_squat", "14 of 16 legs"),
        ("sit_to_stand", "4 of 6 legs"),
        ("single_leg_squat_to_chair", "every clip is refused"),
        ("step_down", "no squat was found"),
    ],
)
def test_an_exercise_whose_clip_was_tried_in_vain_says_what_was_measured(
    id: str, what: str
) -> None:
    with pytest.raises(InputError, match=what) as refused:
        drawn_squat(id, load_drawing)
    assert "is not known" not in str(refused.value)


def test_an_exercise_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InputError, match="no drawing of 'squatt'"):
        drawn_squat("squatt", load_drawing)


def test_the_shipped_squat_can_be_compared() -> None:
    drawn = drawn_squat("squat", load_drawing)
    assert 30 < drawn.depth_pct < 50
    assert drawn.left_knee_over_foot_pct == drawn.right_knee_over_foot_pct
