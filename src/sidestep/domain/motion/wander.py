"""Takes out of the steps what the runner's wandering across the belt and towards the lens fakes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.step_statistics import independent_count
from sidestep.domain.motion.step_values import RawStep
from sidestep.domain.motion.view_finding import towards_midline
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side

FEWEST_STEPS = 40
"""Of both sides together; a slope from fewer is chance."""

LEAST_WANDER_LEGS = 0.01
"""A runner who stays within this needs no correction."""

SURE_T = 3.0
"""A slope less than this many standard errors from nothing is left alone: on a short or steady
run, correcting it would add more chance than it takes away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wander:
    """Steps as if run on the spot, and how far the runner wandered.

    ``corrected`` names the measures that were changed.
    """

    steps: tuple[RawStep, ...]
    sideways_legs: float
    corrected: tuple[RunMeasure, ...]


def correct_wander(steps: Sequence[RawStep], view: View) -> Wander:
    """Regress each measure on place and size, both legs together, beside each leg's own drift.

    A step aside turns the line of sight: it reads as inward on one leg and outward on the other,
    so the two legs share one slope of opposite sign. What drifts on its own stays in.
    """
    places = np.array([step.place_legs for step in steps])
    wandered = float(np.nanstd(places)) if np.isfinite(places).any() else 0.0
    if view is View.SIDE or len(steps) < FEWEST_STEPS or not wandered > LEAST_WANDER_LEGS:
        return Wander(steps=tuple(steps), sideways_legs=wandered, corrected=())
    corrected = []
    values = [dict(step.values) for step in steps]
    for measure in sorted({measure for step in steps for measure in step.values}):
        shift = _shift(steps, measure, view)
        if shift is None:
            continue
        corrected.append(measure)
        for value, change in zip(values, shift, strict=True):
            if measure in value:
                value[measure] -= float(change)
    return Wander(
        steps=tuple(replace(step, values=value) for step, value in zip(steps, values, strict=True)),
        sideways_legs=wandered,
        corrected=tuple(corrected),
    )


def _shift(steps: Sequence[RawStep], measure: RunMeasure, view: View) -> NDArray[np.float64] | None:
    """Return what place and size add to each step; ``None`` where nothing sure is found."""
    left = np.array([step.stance.side is Side.LEFT for step in steps])
    time_s = np.array([step.stance.time_s for step in steps])
    value = np.array([_value(step.values, measure) for step in steps])
    place = np.array([step.place_legs for step in steps])
    size = np.array([step.size for step in steps])
    known = np.isfinite(value) & np.isfinite(place) & np.isfinite(size)
    if known.sum() < FEWEST_STEPS or len(set(left[known])) < 2:
        return None
    inward = np.where(left, towards_midline(Side.LEFT, view), towards_midline(Side.RIGHT, view))
    when = (time_s - time_s[known].mean()) / max(float(np.ptp(time_s)), 1e-9)
    wander = np.stack([inward * (place - place[known].mean()), size - size[known].mean()], axis=1)
    rest = np.stack([left, ~left, left * when, ~left * when], axis=1).astype(float)
    design = np.hstack([wander, rest])
    solved, *_ = np.linalg.lstsq(design[known], value[known], rcond=None)
    residual = value[known] - design[known] @ solved
    noise = float(residual @ residual) / max(1, int(known.sum()) - design.shape[1])
    # Slow changes of other origin look like wandering: steps that resemble each other tell less.
    worth = sum(independent_count(residual[left[known] == one]) for one in (True, False))
    noise *= float(known.sum()) / worth
    spread = np.sqrt(noise * np.diag(np.linalg.pinv(design[known].T @ design[known]))[:2])
    slopes = np.where(np.abs(solved[:2]) > SURE_T * spread, solved[:2], 0.0)
    if not slopes.any():
        return None
    shift: NDArray[np.float64] = np.nan_to_num(wander) @ slopes
    return shift


def _value(values: Mapping[RunMeasure, float], measure: RunMeasure) -> float:
    return values.get(measure, float("nan"))
