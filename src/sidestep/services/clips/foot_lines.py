"""Tells whether a clip's pictures show the knee against the line over the foot."""

from collections.abc import Mapping
from typing import Any

from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.squat_analysis import SquatMeasure
from sidestep.domain.vocabulary.side import Side


def has_foot_lines(content: Mapping[str, Any]) -> bool:
    """Return whether any step or squat of a clip has the number that the line is drawn with.

    Parameters
    ----------
    content
        What is kept of the clip.
    """
    if content["kind"] == "run":
        name = RunMeasure.KNEE_OVER_FOOT.value
        return any(step["is_good"] and step.get(name) is not None for step in content["steps"])
    name = SquatMeasure.KNEE_OVER_FOOT.value
    return any(
        squat[side.value].get(name) is not None for squat in content["repetitions"] for side in Side
    )
