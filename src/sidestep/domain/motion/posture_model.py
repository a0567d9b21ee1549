"""Tells the true mean of a measure from a runner's whole posture on both legs, and learns how.

Not where the postures come from.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.posture import EXTRA, NOT_APART, ONLY_APART, Posture
from sidestep.domain.vocabulary.side import Side

FEWEST_CLIPS = 20
"""Clips with both legs that the weights of a posture need, to leave honest errors."""

PENALTIES = (0.3, 1.0, 3.0, 10.0, 30.0)
"""Strengths of the pull of all weights towards nothing that are tried, in clips' worth."""

LEAST_SLOPE = 0.2
"""A reading that follows less than this share of the truth cannot be told back from it."""

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
    fitted by least squares with a penalty on the weights, with the penalty and the numbers that
    leave the least error on clips that were left out.

    Such a best guess lies nearer to the middle than the truth does. In the mean that is divided
    out, so that what is told grows by one where the truth does. The difference stays the best
    guess: it is read as one number, and would be off by more.

    Returns
    -------
    PostureModel or None
        ``None`` with fewer than ``FEWEST_CLIPS`` clips that show everything of both legs.
    """
    names = sorted({name for clip in clips for name in clip.postures[Side.LEFT]})
    known = [clip for clip in clips if _is_whole(clip, names)]
    if len(known) < FEWEST_CLIPS:
        return None
    left, right = (_table(known, side, names) for side in Side)
    true_left, true_right = (np.array([clip.true[side] for clip in known]) for side in Side)
    mean = _fit_mean((left + right) / 2, names, (true_left + true_right) / 2)
    apart = _fit_difference(left - right, names, true_left - true_right)
    off = np.concatenate([mean.off + apart.off / 2, mean.off - apart.off / 2])
    weights = {
        name: (mean.weights.get(name, 0.0), apart.weights.get(name, 0.0))
        for name in names
        if name in mean.weights or name in apart.weights
    }
    return PostureModel(
        intercept=mean.intercept,
        own={name: (of_mean + of_apart) / 2 for name, (of_mean, of_apart) in weights.items()},
        other={name: (of_mean - of_apart) / 2 for name, (of_mean, of_apart) in weights.items()},
        residual_sd=_rms(off),
        difference_sd=_rms(apart.off),
        n=len(known),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    intercept: float
    weights: Mapping[str, float]
    off: Column
    """Told minus true of each row, by weights learnt without it."""


def _is_whole(clip: ReadLegs, names: Sequence[str]) -> bool:
    numbers = [clip.postures[side][name] for side in Side for name in names]
    return bool(np.isfinite([*numbers, *clip.true.values()]).all())


def _table(clips: Sequence[ReadLegs], side: Side, names: Sequence[str]) -> Table:
    return np.array([[clip.postures[side][name] for name in names] for clip in clips])


def _fit_mean(values: Table, names: Sequence[str], true: Column) -> _Fit:
    guesses = _guesses(values, names, true, without=ONLY_APART, is_odd=False)
    return min((_stretched(guess, true) for guess in guesses), key=_error)


def _fit_difference(values: Table, names: Sequence[str], true: Column) -> _Fit:
    """Fit without an intercept, so that the sides can be exchanged."""
    return min(_guesses(values, names, true, without=NOT_APART, is_odd=True), key=_error)


def _guesses(
    values: Table, names: Sequence[str], true: Column, *, without: Set[str], is_odd: bool
) -> Iterator[_Fit]:
    """Fit by every penalty, with the numbers that are extra and without them."""
    for left_out in (without, without | EXTRA):
        columns = [place for place, name in enumerate(names) if name not in left_out]
        for penalty in PENALTIES:
            fit = _ridge(values[:, columns], true, penalty, is_odd=is_odd)
            weights = dict(zip([names[place] for place in columns], fit[1].tolist(), strict=True))
            yield _Fit(intercept=fit[0], weights=weights, off=fit[2])


def _stretched(guess: _Fit, true: Column) -> _Fit:
    """Divide out what draws a guess to the middle, as the clips left out show it."""
    told = guess.off + true
    slope, level = (float(each) for each in np.polyfit(true, told, 1))
    slope = max(slope, LEAST_SLOPE)
    return _Fit(
        intercept=(guess.intercept - level) / slope,
        weights={name: weight / slope for name, weight in guess.weights.items()},
        off=(told - level) / slope - true,
    )


def _ridge(
    values: Table, true: Column, penalty: float, *, is_odd: bool
) -> tuple[float, Column, Column]:
    """Return intercept, weights, and what each row is told too much by weights without it."""
    centre = np.zeros(values.shape[1]) if is_odd else values.mean(axis=0)
    level = 0.0 if is_odd else float(true.mean())
    scale = np.sqrt(np.mean((values - centre) ** 2, axis=0))
    scaled = (values - centre) / scale
    inverse = np.linalg.inv(scaled.T @ scaled + penalty * np.eye(values.shape[1]))
    weights = inverse @ scaled.T @ (true - level)
    # A row left out moves its own prediction by a known share of its error.
    pull = np.sum((scaled @ inverse) * scaled, axis=1) + (0.0 if is_odd else 1 / len(true))
    off = (scaled @ weights + level - true) / (1 - pull)
    return float(level - centre @ (weights / scale)), weights / scale, off


def _error(fit: _Fit) -> float:
    return _rms(fit.off)


def _rms(off: Column) -> float:
    return float(np.sqrt(np.mean(np.square(off))))
