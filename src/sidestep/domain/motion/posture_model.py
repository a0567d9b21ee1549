"""Tells the true mean of a measure from a runner's whole posture on both legs, and learns how.

Not where the postures come from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.posture import TURN, Posture
from sidestep.domain.vocabulary.side import Side

FEWEST_CLIPS = 20
"""Clips with both legs that the weights of a posture need, to leave honest errors."""

PENALTIES = (0.3, 1.0, 3.0, 10.0, 30.0)
"""Strengths of the pull of all weights towards nothing that are tried, in clips' worth."""

Column = NDArray[np.float64]
Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureModel:
    """A weighted sum of the postures on both legs.

    Attributes
    ----------
    intercept
        In the measure's unit.
    own, other
        Weights of the numbers of the posture on this leg and on the other one, by name.
    residual_sd
        Spread of what is told about the truth, per side and clip, each body left out in turn.
    difference_sd
        The same of left minus right.
    n
        Clips behind the weights.
    """

    intercept: float
    own: Mapping[str, float]
    other: Mapping[str, float]
    residual_sd: float
    difference_sd: float
    n: int

    def true_mean(self, own: Posture, other: Posture) -> float:
        """Return the true mean of the leg whose posture is ``own``; NaN where one is unknown."""
        nan = float("nan")
        of_own = sum(weight * own.get(name, nan) for name, weight in self.own.items())
        of_other = sum(weight * other.get(name, nan) for name, weight in self.other.items())
        return self.intercept + of_own + of_other


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLegs:
    """The postures on both legs of one clip, and what was true of one measure."""

    postures: Mapping[Side, Posture]
    true: Mapping[Side, float]


def fit_posture_model(clips: Sequence[ReadLegs]) -> PostureModel | None:
    """Learn the weights, for the mean of both legs and for their difference apart.

    What a body does to both legs alike is in the mean and not in the difference; what a camera or a
    raised hip does to them in opposite ways is in the difference and not in the mean. Either is
    fitted by least squares with a penalty on the weights, the one with the least error of clips
    that were left out.

    Returns
    -------
    PostureModel or None
        ``None`` with fewer than ``FEWEST_CLIPS`` clips that show everything of both legs.
    """
    if len(clips) < FEWEST_CLIPS:
        return None
    names = sorted({name for clip in clips for name in clip.postures[Side.LEFT]})
    left, right = (_table(clips, side, names) for side in Side)
    true_left, true_right = (np.array([clip.true[side] for clip in clips]) for side in Side)
    known = np.isfinite(left).all(axis=1) & np.isfinite(right).all(axis=1)
    known &= np.isfinite(true_left) & np.isfinite(true_right)
    if known.sum() < FEWEST_CLIPS:
        return None
    shared = [name != TURN for name in names]
    mean = _fit((left + right)[known][:, shared] / 2, (true_left + true_right)[known] / 2)
    apart = _fit((left - right)[known], (true_left - true_right)[known], is_odd=True)
    of_mean = dict.fromkeys(names, 0.0)
    of_mean |= dict(zip(np.array(names)[shared].tolist(), mean.weights.tolist(), strict=True))
    of_difference = dict(zip(names, apart.weights.tolist(), strict=True))
    off = np.concatenate([mean.off + apart.off / 2, mean.off - apart.off / 2])
    return PostureModel(
        intercept=mean.intercept,
        own={name: (of_mean[name] + of_difference[name]) / 2 for name in names},
        other={name: (of_mean[name] - of_difference[name]) / 2 for name in names},
        residual_sd=_rms(off),
        difference_sd=_rms(apart.off),
        n=int(known.sum()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    intercept: float
    weights: Column
    off: Column
    """Told minus true of each row, by weights learnt without it."""


def _table(clips: Sequence[ReadLegs], side: Side, names: Sequence[str]) -> Table:
    return np.array([[clip.postures[side][name] for name in names] for clip in clips])


def _fit(values: Table, true: Column, *, is_odd: bool = False) -> _Fit:
    """Fit by the best penalty; ``is_odd`` has no intercept, so that sides can be exchanged."""
    fits = [_ridge(values, true, penalty, is_odd=is_odd) for penalty in PENALTIES]
    return min(fits, key=lambda fit: _rms(fit.off))


def _ridge(values: Table, true: Column, penalty: float, *, is_odd: bool) -> _Fit:
    centre = np.zeros(values.shape[1]) if is_odd else values.mean(axis=0)
    level = 0.0 if is_odd else float(true.mean())
    scale = np.sqrt(np.mean((values - centre) ** 2, axis=0))
    scaled = (values - centre) / scale
    inverse = np.linalg.inv(scaled.T @ scaled + penalty * np.eye(values.shape[1]))
    weights = inverse @ scaled.T @ (true - level)
    # A row left out moves its own prediction by a known share of its error.
    pull = np.sum((scaled @ inverse) * scaled, axis=1) + (0.0 if is_odd else 1 / len(true))
    off = (scaled @ weights + level - true) / (1 - pull)
    return _Fit(
        intercept=float(level - centre @ (weights / scale)), weights=weights / scale, off=off
    )


def _rms(off: Column) -> float:
    return float(np.sqrt(np.mean(np.square(off))))
