"""Smooth curves through given points, used to move a body in time.

What the curves stand for is not known here.
"""

from collections.abc import Callable

import numpy as np

from phantom.rotations import Floats


def between(times: Floats, knots: Floats, values: Floats) -> Floats:
    """Return values gliding from knot to knot, level at each (half a cosine between two).

    ``knots`` (n,) rise; ``values`` (n,). Before the first and after the last knot the value stays.
    """
    index = np.clip(np.searchsorted(knots, times) - 1, 0, len(knots) - 2)
    share = np.clip((times - knots[index]) / (knots[index + 1] - knots[index]), 0.0, 1.0)
    ease = (1 - np.cos(np.pi * share)) / 2
    glided: Floats = values[index] + ease * (values[index + 1] - values[index])
    return glided


def hermite(place: Floats, knots: Floats, values: Floats, first: Floats, last: Floats) -> Floats:
    """Return a curve through ``values`` with given slopes at both ends.

    Parameters
    ----------
    place
        (t,) where to read each curve, between the first and the last knot.
    knots
        (k,) rising, common to all.
    values
        (t, k, c) of each place's own curve.
    first, last
        (t, c) slopes at the first and the last knot.

    Returns
    -------
    (t, c); the slopes in between are those of the parabola through the neighbours.
    """
    gaps = np.diff(knots)
    secants = np.diff(values, axis=1) / gaps[:, None]
    inner = (secants[:, :-1] * gaps[1:, None] + secants[:, 1:] * gaps[:-1, None]) / (
        gaps[:-1] + gaps[1:]
    )[:, None]
    slopes = np.concatenate([first[:, None], inner, last[:, None]], axis=1)
    index = np.clip(np.searchsorted(knots, place, side="right") - 1, 0, len(knots) - 2)
    gap = gaps[index][:, None]
    share = ((place - knots[index]) / gaps[index])[:, None]
    row = np.arange(len(place))
    rest = 1 - share
    curve: Floats = (
        (1 + 2 * share) * rest**2 * values[row, index]
        + share * rest**2 * gap * slopes[row, index]
        + share**2 * (3 - 2 * share) * values[row, index + 1]
        - share**2 * rest * gap * slopes[row, index + 1]
    )
    return curve


def slow_wander(times: Floats, largest: float, chance: np.random.Generator) -> Floats:
    """Return a slow sideways drift within ``largest``: three waves of 4 to 20 s."""
    periods = chance.uniform(4.0, 20.0, 3)
    phases = chance.uniform(0.0, 2 * np.pi, 3)
    shares = chance.dirichlet(np.ones(3))
    waves = np.sin(2 * np.pi * times[:, None] / periods + phases)
    drifted: Floats = largest * waves @ shares
    return drifted


def bisect(low: Floats, high: Floats, too_high: Callable[[Floats], np.ndarray]) -> Floats:
    """Return where ``too_high`` turns from false to true between ``low`` and ``high``."""
    for _ in range(30):
        middle = (low + high) / 2
        above = too_high(middle)
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return (low + high) / 2
