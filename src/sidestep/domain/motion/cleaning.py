"""Turns a sided pose track into evenly timed, smooth curves; decides nothing about the body.

In the other modules of this room scipy is imported where it is used: while a clip is being watched
the networks need the room.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.body_size import leg_length_px
from sidestep.domain.motion.filters import Filter, along_curve, low_pass, without_delay
from sidestep.domain.motion.pose_track import LEAST_SCORE, Series
from sidestep.domain.motion.sides import SidedTrack
from sidestep.domain.motion.skeleton import N_KEYPOINTS
from sidestep.domain.motion.views import View

LONGEST_GAP_S = 0.12
"""A gap up to this (half a stance) is bridged; a longer one stays unknown."""

OUTLIER_HALF_WINDOW_S = 0.05
OUTLIER_SIGMAS = 4.0
OUTLIER_FLOOR_LEGS = 0.03
"""A point is an outlier beyond both of these from the median of its neighbours: the floor, in leg
lengths, keeps a very quiet stretch from being thinned out."""

CUTOFF_HZ = 9.0
"""Between 8 and 10: below, the peaks of mid-stance at 170 steps a minute are blunted."""

CUTOFF_PER_RATE = 0.4
"""Never above this share of the frame rate."""

TWO_PASSES = 0.802
"""A second-order Butterworth run forwards and backwards loses half its power this much earlier."""

SHORTEST_PIECE = 12
"""Samples a piece between two gaps needs: shorter ones cannot be smoothed without inventing."""

AT_ONCE = 4096
"""Samples whose neighbours are held at one time: of half an hour all together take 25 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanTrack:
    """Smooth, evenly timed keypoints with their sides settled; the only input of angles.

    Attributes
    ----------
    time_s
        Shape (n,), evenly spaced, in the time of the clip.
    rate_hz
        Samples per second.
    xy_px
        Shape (n, 16, 2); NaN where a point was not seen for longer than ``LONGEST_GAP_S``.
    leg_px
        Length of the stretched leg.
    """

    time_s: Series
    rate_hz: float
    xy_px: NDArray[np.float64]
    view: View
    leg_px: float


def clean_track(sided: SidedTrack) -> CleanTrack:
    """Gate by score, drop outliers, bridge short gaps, space evenly, low-pass without delay."""
    track = sided.track
    rate_hz = frame_rate_hz(track.time_s)
    time_s = _even_times(track.time_s, rate_hz)
    leg_px = leg_length_px(_gated(track.xy_px, track.score))
    smooth = np.full((len(time_s), N_KEYPOINTS, 2), np.nan, dtype=track.xy_px.dtype)
    if leg_px > 0 and rate_hz > 0:
        filtered_by = _low_pass(rate_hz)
        for point in range(N_KEYPOINTS):
            # One point after the other: of a long clip each copy of all takes megabytes.
            seen = _gated(track.xy_px[:, point], track.score[:, point]).astype(np.float64)
            kept = _without_outliers(seen, rate_hz, leg_px)
            smooth[:, point] = _smooth_pieces(track.time_s, kept, time_s, filtered_by)
    return CleanTrack(
        time_s=time_s,
        rate_hz=rate_hz,
        xy_px=smooth,
        view=sided.view,
        leg_px=leg_length_px(smooth),
    )


def _gated(xy_px: NDArray[np.float64], score: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the points with NaN where their score is too low."""
    return np.where((score < LEAST_SCORE)[..., None], np.nan, xy_px)


def frame_rate_hz(time_s: Series) -> float:
    """Return the usual number of frames a second; 0 for fewer than two frames."""
    return float(1.0 / np.median(np.diff(time_s))) if len(time_s) > 1 else 0.0


def duration_s(time_s: Series) -> float:
    """Return how long a clip lasts, its last frame included; 0 for fewer than two frames."""
    rate_hz = frame_rate_hz(time_s)
    return float(np.ptp(time_s)) + 1 / rate_hz if rate_hz else 0.0


def pieces(is_known: NDArray[np.bool_]) -> list[slice]:
    """Return the unbroken stretches of ``True``."""
    edges = np.flatnonzero(np.diff(is_known.astype(int), prepend=0, append=0))
    return [slice(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _even_times(time_s: Series, rate_hz: float) -> Series:
    if len(time_s) < 2:
        return time_s.astype(float)
    n = int(np.floor((time_s[-1] - time_s[0]) * rate_hz + 1e-6)) + 1
    even: Series = time_s[0] + np.arange(n) / rate_hz
    within: Series = np.minimum(even, time_s[-1])
    return within


def _low_pass(rate_hz: float) -> Filter:
    return low_pass(min(CUTOFF_HZ / TWO_PASSES, CUTOFF_PER_RATE * rate_hz), rate_hz)


def _without_outliers(
    xy_px: NDArray[np.float64], rate_hz: float, leg_px: float
) -> NDArray[np.float64]:
    """Set to NaN what lies far from the median of its neighbours (Hampel's rule)."""
    known = np.all(np.isfinite(xy_px), axis=1)
    half = max(2, round(OUTLIER_HALF_WINDOW_S * rate_hz))
    seen = xy_px[known]
    if len(seen) <= 2 * half:
        return xy_px
    far = np.zeros(len(seen), dtype=bool)
    for values in seen.T:
        padded = np.pad(values, half, mode="reflect")
        windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * half + 1)
        for first in range(0, len(values), AT_ONCE):
            part = slice(first, first + AT_ONCE)
            far[part] |= _is_far(values[part], windows[part], OUTLIER_FLOOR_LEGS * leg_px)
    kept = xy_px.copy()
    kept[np.flatnonzero(known)[far]] = np.nan
    return kept


def _is_far(
    values: NDArray[np.float64], windows: NDArray[np.float64], floor_px: float
) -> NDArray[np.bool_]:
    """Tell which values lie far from the median of their window, shape (n, neighbours)."""
    middle = np.median(windows, axis=-1)
    spread = 1.4826 * np.median(np.abs(windows - middle[:, None]), axis=-1)
    far: NDArray[np.bool_] = np.abs(values - middle) > np.maximum(OUTLIER_SIGMAS * spread, floor_px)
    return far


def _smooth_pieces(
    time_s: Series, xy_px: NDArray[np.float64], even_s: Series, filtered_by: Filter
) -> NDArray[np.float64]:
    smooth = np.full((len(even_s), 2), np.nan)
    known = np.flatnonzero(np.all(np.isfinite(xy_px), axis=1))
    if known.size == 0:
        return smooth
    breaks = np.flatnonzero(np.diff(time_s[known]) > LONGEST_GAP_S) + 1
    for piece in np.split(known, breaks):
        if len(piece) < SHORTEST_PIECE:
            continue
        first = int(np.searchsorted(even_s, time_s[piece[0]] - 1e-9))
        last = int(np.searchsorted(even_s, time_s[piece[-1]] + 1e-9))
        if last - first < SHORTEST_PIECE:
            continue
        for axis, along in enumerate(xy_px[piece].T):
            curve = along_curve(time_s[piece], along, even_s[first:last])
            smooth[first:last, axis] = without_delay(filtered_by, curve, SHORTEST_PIECE - 2)
    return smooth
