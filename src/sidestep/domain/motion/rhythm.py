"""Finds how fast the legs alternate, window by window, from the spectrum; finds no single step."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.body_size import middle_of
from sidestep.domain.motion.cleaning import CleanTrack
from sidestep.domain.motion.pose_track import Series
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side

WINDOW_S = 10.0
HOP_S = 5.0

SLOWEST_HZ, FASTEST_HZ = 0.2, 2.1
"""Strides per second that are looked for: from slow motion to beyond any runner."""

COARSE_HZ, FINE_HZ = 0.02, 0.002
"""Grids of rates: the first finds the peak (a window's own is ten times as wide), the second
places it."""

RHYTHM_RATE_HZ = 25.0
"""Samples a second that steps need to be found; more only take time."""

FOOT_SEEN = {
    View.REAR: ("ankle", "heel", "toe"),
    View.FRONT: ("ankle", "toe"),
    View.SIDE: ("ankle", "heel", "toe"),
}
"""Parts that tell how low a foot is. From the front a flat foot hides its own heel."""

PERIODS_IN_WINDOW = 2.0
"""Fewer strides than this in a window have no spectrum."""

LEAST_SEEN_SHARE = 0.6
"""Share of a window's samples in which feet and trunk must be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curves:
    """The two curves that carry the rhythm of legs, in leg lengths, + downwards in the picture.

    Attributes
    ----------
    feet
        Shape (n,), how much lower the left foot is than the right; one period per stride.
    trunk
        Shape (n,), height of shoulders and hips; two periods per stride.
    """

    time_s: Series
    rate_hz: float
    feet: Series
    trunk: Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The rhythm of one stretch of the clip.

    Attributes
    ----------
    stride_hz
        Strides a second.
    alternation
        Share of the feet's movement explained by one sinusoid of that rate, 0 to 1.
    bounce
        The same for the trunk at twice the rate.
    """

    start_s: float
    end_s: float
    stride_hz: float
    alternation: float
    bounce: float


def rhythm_curves(track: CleanTrack) -> Curves:
    """Return how the feet alternate and how the trunk goes up and down."""
    xy = track.xy_px
    feet = [
        np.mean([xy[:, keypoint(part, side), 1] for part in FOOT_SEEN[track.view]], axis=0)
        for side in (Side.LEFT, Side.RIGHT)
    ]
    trunk = (middle_of(xy, "shoulder")[:, 1] + middle_of(xy, "hip")[:, 1]) / 2
    return Curves(
        time_s=track.time_s,
        rate_hz=track.rate_hz,
        feet=(feet[0] - feet[1]).astype(np.float64) / track.leg_px,
        trunk=trunk.astype(np.float64) / track.leg_px,
    )


def find_rhythm(curves: Curves) -> tuple[Window, ...]:
    """Return the joint spectral peak of feet (f) and trunk (2 f) in sliding windows.

    A window in which too little was seen is left out.
    """
    if len(curves.time_s) < 2:
        return ()
    end_s = float(curves.time_s[-1])
    first_s = float(curves.time_s[0])
    n_hops = max(0, int(np.ceil((end_s - first_s - WINDOW_S) / HOP_S - 1e-9)))
    starts = [first_s + hop * HOP_S for hop in range(n_hops)]
    # The last window ends with the clip, so that no tail is judged by a short one.
    starts.append(max(first_s, end_s - WINDOW_S))
    windows = (_window(curves, start_s, min(start_s + WINDOW_S, end_s)) for start_s in starts)
    return tuple(window for window in windows if window is not None)


def _window(curves: Curves, start_s: float, end_s: float) -> Window | None:
    inside = slice(*np.searchsorted(curves.time_s, [start_s - 1e-9, end_s + 1e-9]))
    time_s, feet, trunk = curves.time_s[inside], curves.feet[inside], curves.trunk[inside]
    seen = np.isfinite(feet) & np.isfinite(trunk)
    if seen.sum() < max(16, LEAST_SEEN_SHARE * len(seen)):
        return None
    time_s, feet, trunk = time_s[seen], feet[seen], trunk[seen]
    slowest_hz = max(SLOWEST_HZ, PERIODS_IN_WINDOW / max(end_s - start_s, 1e-9))
    if slowest_hz >= FASTEST_HZ:
        return None
    every = max(1, int(curves.rate_hz / RHYTHM_RATE_HZ))
    time_s, feet, trunk = time_s[::every], feet[::every], trunk[::every]
    coarse_hz = np.arange(slowest_hz, FASTEST_HZ, COARSE_HZ)
    alternation, bounce = _shares(time_s, feet, trunk, coarse_hz)
    near_hz = coarse_hz[np.argmax(alternation + bounce)]
    fine_hz = np.arange(near_hz - COARSE_HZ, near_hz + COARSE_HZ, FINE_HZ)
    alternation, bounce = _shares(time_s, feet, trunk, fine_hz)
    best = int(np.argmax(alternation + bounce))
    return Window(
        start_s=start_s,
        end_s=end_s,
        stride_hz=_peak(fine_hz, alternation + bounce, best),
        alternation=float(alternation[best]),
        bounce=float(bounce[best]),
    )


def _shares(
    time_s: Series, feet: Series, trunk: Series, grid_hz: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return explained_share(time_s, feet, grid_hz), explained_share(time_s, trunk, 2 * grid_hz)


def explained_share(
    time_s: Series, values: Series, grid_hz: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how much of a curve one sinusoid of each rate explains, 0 to 1, on real times.

    A quadratic trend (the runner's wandering) is taken out first.
    """
    time_s = time_s - time_s.mean()
    span = max(float(np.ptp(time_s)), 1e-9)
    taper = np.cos(np.pi * time_s / (1.02 * span)) ** 2
    trend = np.polynomial.Polynomial.fit(time_s, values, 2)
    left = (values - trend(time_s)) * taper
    power = float(np.sum(left * (values - trend(time_s))))
    if power <= 1e-12:
        return np.zeros(len(grid_hz))
    turns = 2 * np.pi * np.outer(grid_hz, time_s)
    # Summed here rather than by a matrix product, whose threads cost more than so small a sum.
    squares = np.sum(np.cos(turns) * left, axis=1) ** 2 + np.sum(np.sin(turns) * left, axis=1) ** 2
    share: NDArray[np.float64] = 2 * squares / (np.sum(taper) * power)
    return np.clip(share, 0.0, 1.0)


def _peak(grid: NDArray[np.float64], score: NDArray[np.float64], best: int) -> float:
    """Return the top of the parabola through the best grid point and its neighbours."""
    if not 0 < best < len(grid) - 1:
        return float(grid[best])
    before, top, after = score[best - 1 : best + 2]
    bend = before - 2 * top + after
    shift = 0.5 * (before - after) / bend if bend < 0 else 0.0
    return float(grid[best] + shift * (grid[1] - grid[0]))
