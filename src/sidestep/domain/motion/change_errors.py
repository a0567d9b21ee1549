"""How far a change within a clip is misread, learnt from single steps; no change is found here."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FEWEST_STEPS = 5
"""Of one leg: fewer leave nothing over once what moved is taken out."""

TOO_ALIKE = 50.0
"""Condition number from which on thigh and shank have moved together: neither tells for itself."""

LEAST_MOVED = 0.2
"""Standard deviation, in units of the measure, below which a leg's steps are all the same."""

FEWEST_LEGS = 8
UNSEEN = 0.5
"""Where fewer legs than that move, nobody has seen a change: it may be none or twice as much."""

LEAST_SD = 0.1
"""Of few legs chance can explain all there is; where many tell, no measure was misread by less."""

ROUNDS = 40
_FIRST_GUESS = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsOfLeg:
    """The steps of one leg in one clip.

    Attributes
    ----------
    moved
        Shape (n, k): what the measure depends on, truly: in degrees thigh and shank against
        upright, or the measure itself.
    off
        Shape (n,): the step as it is told, less the truth.
    """

    moved: NDArray[np.float64]
    off: NDArray[np.float64]


def fit_change_sd(legs: Sequence[StepsOfLeg]) -> float:
    """Return by how much a change is misread, per unit that what it depends on has moved.

    Every leg misreads in its own way, but each the same at every step: a knee that is seen 0.8 of
    the way at one step is so at the next. Of each leg it is estimated from how its steps differ,
    and what chance adds to these estimates is taken off. Root mean square over the legs, about
    nothing: what all misread alike is in it. ``UNSEEN`` where hardly any leg's steps differ.
    """
    seen = [found for leg in legs if (found := _misread(leg)) is not None]
    if len(seen) < FEWEST_LEGS:
        return UNSEEN
    freedom = sum(each.freedom for each in seen)
    noise = sum(each.left for each in seen) / freedom
    size = len(seen[0].per_unit)
    spread = _FIRST_GUESS * np.eye(size)
    for _ in range(ROUNDS):
        weights = [1 / np.trace(spread + noise * each.chance) ** 2 for each in seen]
        spread = sum(
            weight * (np.outer(each.per_unit, each.per_unit) - noise * each.chance)
            for weight, each in zip(weights, seen, strict=True)
        ) / sum(weights)
        # Chance may explain more than there is.
        spread = spread if np.trace(spread) > 0 else 1e-6 * np.eye(size)
    return max(LEAST_SD, float(np.sqrt(np.trace(spread) / size)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Misread:
    """Of one leg: off per unit moved, how unsure that is per unit of noise, what it leaves."""

    per_unit: NDArray[np.float64]
    chance: NDArray[np.float64]
    left: float
    freedom: int


def _misread(leg: StepsOfLeg) -> _Misread | None:
    known = np.isfinite(leg.off) & np.isfinite(leg.moved).all(axis=1)
    if known.sum() < FEWEST_STEPS:
        return None
    moved = leg.moved[known] - leg.moved[known].mean(axis=0)
    off = leg.off[known] - leg.off[known].mean()
    gram = moved.T @ moved
    is_still = np.std(moved, axis=0).max() < LEAST_MOVED
    if is_still or np.linalg.cond(gram) > TOO_ALIKE:
        return None
    chance = np.linalg.inv(gram)
    per_unit = chance @ moved.T @ off
    left = off - moved @ per_unit
    return _Misread(
        per_unit=per_unit,
        chance=chance,
        left=float(left @ left),
        freedom=int(known.sum()) - 1 - moved.shape[1],
    )
