"""Tells the mean of each leg from the postures on both, and moves what was measured to it."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np

from sidestep.domain.motion.calibration import Line
from sidestep.domain.motion.posture import Posture
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.squat_analysis import SquatMeasure
from sidestep.domain.vocabulary.side import Side

M = TypeVar("M", RunMeasure, SquatMeasure)


def means_by_posture(
    postures: Mapping[Side, Posture], lines: Mapping[M, Line | None]
) -> dict[M, dict[Side, float]]:
    """Return the means that the postures on both legs tell; nothing where they don't show all."""
    if len(postures) < len(Side):
        return {}
    means = {}
    for measure, line in lines.items():
        if line is None or line.by_posture is None:
            continue
        told = {
            side: line.by_posture.true_mean(postures[side], postures[side.other]) for side in Side
        }
        if np.isfinite(list(told.values())).all():
            means[measure] = told
    return means


def move_to_mean(
    values: Sequence[dict[M, float]], counts: Sequence[bool], measure: M, mean: float
) -> None:
    """Add the same to every value of a leg, so that those that count have this mean."""
    counting = [
        value[measure]
        for value, does in zip(values, counts, strict=True)
        if does and measure in value
    ]
    if not counting:
        return
    shift = mean - float(np.mean(counting))
    for value in values:
        if measure in value:
            value[measure] += shift
