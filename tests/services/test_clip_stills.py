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


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_no_moment_becomes_a_still_twice(n: int) -> None:
    shown = stills(squat_analysis(n=n))
    numbers = {name: caption.split("number ")[1][0] for name, caption in shown.items()}
    assert numbers["typical_left"] != numbers.get("worst_left")
    assert ("worst_left" in numbers) == (n > 1)


def test_a_still_of_a_squat_says_that_it_is_of_the_bottom() -> None:
    shown = stills(squat_analysis())
    assert shown["worst_right"] == (
        "Furthest inward right squat, number 5, at its bottom: knee 9.9 % inside the foot line"
    )
    assert "ganz unten" in language("de").gettext(shown["worst_right"])


def test_a_leg_without_a_number_has_none_beside_its_stills() -> None:
    usual = squat_analysis(n=2)
    few = dict.fromkeys(SquatMeasure, Unknown(reason="A measure needs 3 squats; this clip has 2."))
    shown = stills(replace(usual, sides=dict.fromkeys(Side, few)))
    assert shown["worst_right"] == "Furthest inward right squat, number 2, at its bottom"
    assert not any("%" in caption for caption in shown.values())
