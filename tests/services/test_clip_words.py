"""What a clip told, sentence by sentence, as a runner reads it who knows no measure by its name."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.clip_results import kept_run, kept_squat, run_analysis, squat_analysis
from builders.shipped import shipped_knowledge
from sidestep.domain.motion.run_analysis import Drift, RunMeasure
from sidestep.domain.motion.squat_analysis import SquatMeasure
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measure, Measured, Unknown
from sidestep.languages.language import language
from sidestep.services.clips.clip_summary import summarise_run, summarise_squat
from sidestep.services.clips.measure_words import (
    change_in_words,
    difference_in_words,
    sides_in_words,
)

HIDDEN = Unknown(reason="The other leg hides this one: film it from its own side too.")
TWICE = re.compile(r"[.,;:][.,;:]|\. [a-z]|[;,]\s*$")
MEASURES = st.one_of(
    st.just(HIDDEN),
    st.floats(-30, 30).map(lambda value: Measured(value=value, error=1.4, n=9)),
)


def degrees(value: float, error: float = 1.4) -> Measured:
    return Measured(value=value, error=error, n=9)


def test_a_leg_without_a_number_has_a_sentence_of_its_own_after_the_numbers() -> None:
    sides: dict[Side, Measure | None] = {Side.LEFT: HIDDEN, Side.RIGHT: degrees(38.2, 7.1)}
    assert sides_in_words(RunMeasure.KNEE_FLEXION, sides) == (
        "Right 38.2° (± 7.1°). The left leg was not measured. "
        "The other leg hides this one: film it from its own side too."
    )


@given(name=st.sampled_from([*RunMeasure, *SquatMeasure]), left=MEASURES, right=MEASURES)
def test_no_sentence_ends_twice(
    name: RunMeasure | SquatMeasure, left: Measure, right: Measure
) -> None:
    said = sides_in_words(name, {Side.LEFT: left, Side.RIGHT: right})
    assert not TWICE.search(said)
    assert said.endswith(".")


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (-1.3, "1.3°. That is too little to mean anything: less than the 2.3°"),
        (6.7, "6.7°. That is a clear difference: more than the 2.3°"),
    ],
)
def test_a_difference_says_whether_it_means_anything(difference: float, said: str) -> None:
    told = difference_in_words(RunMeasure.FEMORAL_ADDUCTION, difference, 2.3)
    assert told == f"Left and right differ by {said} that measuring alone can make."


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        (RunMeasure.FEMORAL_ADDUCTION, -4.9, "4.9° further out"),
        (RunMeasure.KNEE_OVER_FOOT, 7.8, "7.8 % further inside"),
        (SquatMeasure.DEPTH, -9.0, "9.0 % less"),
        (SquatMeasure.KNEE_TO_ANKLE_GAP, 0.1, "0.10 more"),
    ],
)
def test_a_change_is_told_without_a_sign(
    name: RunMeasure | SquatMeasure, change: float, said: str
) -> None:
    assert change_in_words(name, change) == said


@pytest.mark.parametrize("kept", [kept_run(run_analysis()), kept_squat(squat_analysis())])
def test_all_of_a_summary_is_said_in_german(kept: object) -> None:
    german = language("de")
    for point in kept.content["summary"]["points"]:  # type: ignore[attr-defined]
        said = german.gettext(point["says"])
        assert said != point["says"]
        assert not re.search(r"\d\.\d|-\d|\b(and|the|of)\b", said)


@pytest.mark.parametrize(
    ("change", "is_clear", "said"),
    [
        (3.1, True, "3.1° further in at the end (± 1.1°): a clear change."),
        (-0.4, False, "0.4° further out at the end (± 1.1°): smaller than its error, so it means "),
        (1.8, False, "1.8° further in at the end (± 1.1°): legs differ by as much from day to day"),
        (-0.01, False, "the same from start to end (± 1.1°)."),
    ],
)
def test_what_changed_over_a_clip_says_what_it_is_worth(
    change: float, is_clear: bool, said: str
) -> None:
    part = degrees(8.0)
    drift = Drift(early=part, late=part, change=change, error=1.1, is_clear=is_clear)
    analysis = run_analysis()
    drifts = {side: {RunMeasure.FEMORAL_ADDUCTION: drift} for side in Side}
    summary = summarise_run(replace(analysis, drift=drifts), shipped_knowledge())
    point = next(each for each in summary.points if each.title.startswith("Fresh against tired"))
    assert f"Left {said}" in point.says
    assert language("de").gettext(point.says) != point.says


def test_of_squats_on_one_leg_the_other_is_not_called_missing() -> None:
    usual = squat_analysis()
    on_left = tuple(replace(each, on=Side.LEFT) for each in usual.repetitions)
    right = dict.fromkeys(SquatMeasure, Unknown(reason="No squat in this clip was on this leg."))
    sides = {**usual.sides, Side.RIGHT: right}
    analysis = replace(usual, repetitions=on_left, sides=sides, difference={})
    summary = summarise_squat(analysis, shipped_knowledge())
    said = " ".join(point.says for point in summary.points)
    assert "Left 1.0 % inside (± 0.1 %)." in said
    assert "not measured" not in said
