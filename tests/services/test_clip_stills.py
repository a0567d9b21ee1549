"""Which moments of a clip become stills, and what stands beside them."""

from dataclasses import replace
from pathlib import Path

import pytest

from builders.clip_results import squat_analysis
from builders.motion_squatter import Squatter
from sidestep.domain.motion.squat_analysis import SquatAnalysis, SquatMeasure
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Unknown
from sidestep.languages.language import language
from sidestep.services.clips.clip_drawing import draw_squat

TRACK = Squatter().track()


def stills(analysis: SquatAnalysis) -> dict[str, str]:
    _, shown = draw_squat(TRACK, analysis, Path())
    return {still.path.stem: still.caption for still in shown}


def on_one_leg(analysis: SquatAnalysis, side: Side) -> SquatAnalysis:
    return replace(
        analysis, repetitions=tuple(replace(each, on=side) for each in analysis.repetitions)
    )


@pytest.mark.parametrize("n", [1, 2, 3, 5])
@pytest.mark.parametrize("on", [None, Side.LEFT])
def test_no_moment_becomes_a_still_twice(n: int, on: Side | None) -> None:
    usual = squat_analysis(n=n)
    shown = stills(usual if on is None else on_one_leg(usual, on))
    of = "both" if on is None else "left"
    numbers = {name: caption.split("number ")[1][0] for name, caption in shown.items()}
    assert numbers[f"typical_{of}"] != numbers.get(f"worst_{of}")
    assert (f"worst_{of}" in numbers) == (n > 1)
    assert len(numbers) == min(n, 2)


def test_a_still_of_a_squat_says_that_it_is_of_the_bottom() -> None:
    shown = stills(on_one_leg(squat_analysis(), Side.RIGHT))
    assert shown["worst_right"] == (
        "Furthest inward right squat, number 5, at its bottom: knee 9.9 % inside the foot line"
    )
    assert "ganz unten" in language("de").gettext(shown["worst_right"])


def test_a_moment_of_both_legs_is_shown_once_with_both_knees() -> None:
    shown = stills(squat_analysis())
    assert shown == {
        "typical_both": "Typical squat, number 3, at its bottom: left knee 1.0 % inside the foot "
        "line, right knee 9.0 % inside the foot line",
        "worst_both": "Furthest inward squat, number 5, at its bottom: left knee 1.1 % inside the "
        "foot line, right knee 9.9 % inside the foot line",
    }
    german = language("de").gettext(shown["worst_both"])
    assert german == (
        "Am weitesten innen, Kniebeuge 5, ganz unten: "
        "linkes Knie 1,1 % innerhalb der Fußlinie, "  # codespell:ignore linkes
        "rechtes Knie 9,9 % innerhalb der Fußlinie"
    )


def test_legs_that_are_furthest_in_at_other_moments_have_stills_of_their_own() -> None:
    usual = squat_analysis()
    first, *others = usual.repetitions
    left = {**first.values[Side.LEFT], SquatMeasure.KNEE_OVER_FOOT: 7.0}
    first = replace(first, values={**first.values, Side.LEFT: left})
    shown = stills(replace(usual, repetitions=(first, *others)))
    assert "number 1" in shown["worst_left"]
    assert "number 5" in shown["worst_right"]
    assert shown["worst_left"].endswith("at its bottom: knee 7.0 % inside the foot line")


def test_a_leg_without_a_number_has_none_beside_its_stills() -> None:
    usual = squat_analysis(n=2)
    few = dict.fromkeys(SquatMeasure, Unknown(reason="A measure needs 3 squats; this clip has 2."))
    shown = stills(replace(usual, sides=dict.fromkeys(Side, few)))
    assert shown["worst_both"] == "Furthest inward squat, number 2, at its bottom"
    assert not any("%" in caption for caption in shown.values())
    shown = stills(replace(usual, sides={**usual.sides, Side.LEFT: few}))
    assert shown["worst_both"].endswith("at its bottom: right knee 8.6 % inside the foot line")
