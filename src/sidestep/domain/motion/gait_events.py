"""Finds the middle of every stance and which foot stands; not contact or toe-off, unseen here."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.cleaning import pieces
from sidestep.domain.motion.filters import analytic, band_pass, without_delay
from sidestep.domain.motion.pose_track import Series
from sidestep.domain.motion.rhythm import Curves, Window, find_rhythm
from sidestep.domain.vocabulary.side import Side

STRIDE_BAND = (0.6, 1.5)
STEP_BAND = (0.7, 1.35)
"""Band-pass around the rate found, as shares of it: wide enough for a runner who changes pace."""

WEAK_SHARE = 0.35
"""A half stride whose swing of the feet is below this share of the usual is no step."""

UNEVEN_SHARE = 0.3
"""A step that much shorter or longer than the usual one is counted, but not measured."""

MOST_UNSEEN = 2
"""Steps that are filled in where a foot was hidden: counted, not measured. Beyond a stride nobody
knows what happened."""

UNSEEN_UNEVEN_SHARE = 0.1
"""They are filled in only where they are within this of the usual step."""

AGREEMENT = 0.02
"""Steps counted and steps from the spectrum must agree within this, or a window is bad."""

EDGE_STRIDES = 4

SETTLING = 15
"""Samples beyond those that a band-pass needs to settle."""

FEWEST_STRIDES = 2.0
"""A piece shorter than this has no phase."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MidStance:
    """The middle of one stance.

    Attributes
    ----------
    side
        The foot on the ground.
    time_s
        Between frames, by interpolation.
    step_s
        Usual time from one mid-stance to the next around here.
    is_good
        Evenly spaced, in a window whose counted and spectral cadence agree.
    """

    side: Side
    time_s: float
    step_s: float
    is_good: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gait:
    """All stances of a clip and how the rhythm was found.

    Attributes
    ----------
    stances
        In order of time.
    windows
        The rhythm's windows; empty where there was none.
    bad_windows
        Those in which counting and spectrum disagree.
    cadence_spm
        Steps a minute of both feet, counted over unbroken stretches; NaN when there is none.
    swing_legs
        Usual height difference of the feet at mid-stance, in leg lengths.
    """

    stances: tuple[MidStance, ...]
    windows: tuple[Window, ...]
    bad_windows: tuple[Window, ...]
    cadence_spm: float
    swing_legs: float


NO_GAIT = Gait(stances=(), windows=(), bad_windows=(), cadence_spm=float("nan"), swing_legs=0.0)


def find_gait(curves: Curves) -> Gait:
    """Find the mid-stances, alternating, anchored in the spectrum.

    The trunk is lowest in the middle of each stance in any view; the foot that is then lower in
    the picture stands. "The lowest ankle" is no event: on a treadmill filmed from behind the
    standing foot comes towards the lens and keeps sinking in the picture until it leaves the belt.
    """
    windows = find_rhythm(curves)
    if not windows:
        return NO_GAIT
    strength = np.array([window.alternation + window.bounce for window in windows])
    rates = np.array([window.stride_hz for window in windows])
    stride_hz = float(np.median(rates[strength >= np.median(strength)]))
    stretches = [
        piece
        for piece in pieces(np.isfinite(curves.feet) & np.isfinite(curves.trunk))
        if (piece.stop - piece.start) / curves.rate_hz > FEWEST_STRIDES / stride_hz
    ]
    if not stretches or 2 * STEP_BAND[1] * stride_hz >= curves.rate_hz / 2:
        return NO_GAIT
    waves = [_waves(curves, piece, stride_hz) for piece in stretches]
    lag = _lag(waves)
    found = [_stances_of(wave, lag) for wave in waves]
    usual = _usual_swing(found)
    kept = [[each for each in some if each[2] > WEAK_SHARE * usual] for some in found]
    return _judge(kept, windows, usual)


Analytic = NDArray[np.complex128]
_Wave = tuple[Series, Analytic, Analytic]
_Found = tuple[float, bool, float]
"""Time, whether the left foot stands, swing of the feet in leg lengths."""


def _waves(curves: Curves, piece: slice, stride_hz: float) -> _Wave:
    """Return times and the analytic curves of feet (stride rate) and trunk (step rate)."""
    feet = _band(curves.feet[piece], stride_hz, stride_hz, STRIDE_BAND, curves.rate_hz)
    trunk = _band(curves.trunk[piece], stride_hz, 2 * stride_hz, STEP_BAND, curves.rate_hz)
    return curves.time_s[piece], feet, trunk


def _band(
    values: Series, stride_hz: float, centre_hz: float, band: tuple[float, float], rate_hz: float
) -> Analytic:
    passed = band_pass(band[0] * centre_hz, band[1] * centre_hz, rate_hz)
    level = values - np.median(values)
    # Whole strides repeated before and after keep the phase true up to the clip's ends.
    stride = max(1, min(len(level), round(rate_hz / stride_hz)))
    before, after = (np.tile(part, EDGE_STRIDES) for part in (level[:stride], level[-stride:]))
    wide = np.concatenate([before, level, after])
    wave: Analytic = analytic(without_delay(passed, wide, min(SETTLING, len(wide) - 1)))
    return wave[len(before) : len(before) + len(level)]


def _lag(waves: list[_Wave]) -> float:
    """Return the usual phase of the trunk against twice the phase of the feet, in radians."""
    total = sum(
        complex(np.sum(trunk * np.conj(feet) ** 2 / (np.abs(feet) + 1e-9)))
        for _, feet, trunk in waves
    )
    return float(np.angle(total))


def _stances_of(wave: _Wave, lag: float) -> list[_Found]:
    """Return where the joint phase of trunk and feet passes the middle of a stance."""
    time_s, feet, trunk = wave
    # Twice the feet's phase, moved by the lag, runs with the trunk's: their sum is steadier than
    # either, and its full turns are the mid-stances.
    both = trunk / (np.abs(trunk) + 1e-9)
    both = both + feet**2 / (np.abs(feet) ** 2 + 1e-9) * np.exp(1j * lag)
    phase = np.unwrap(np.angle(both)) / (2 * np.pi)
    highest = np.maximum.accumulate(phase)
    found: list[_Found] = []
    for turn in range(int(np.ceil(phase[0])), int(np.floor(highest[-1])) + 1):
        after = int(np.searchsorted(highest, turn))
        if after == 0:
            continue
        part = (turn - phase[after - 1]) / (phase[after] - phase[after - 1])
        at_s = time_s[after - 1] + part * (time_s[after] - time_s[after - 1])
        standing = float((feet[after] * np.exp(0.5j * lag)).real)
        found.append((float(at_s), standing > 0, float(abs(feet[after]))))
    return found


def _usual_swing(found: list[list[_Found]]) -> float:
    swings = [swing for some in found for _, _, swing in some]
    return float(np.median(swings)) if swings else 0.0


def _judge(found: list[list[_Found]], windows: tuple[Window, ...], usual: float) -> Gait:
    """Mark uneven stances and bad windows, and count the cadence."""
    gaps = np.array([b[0] - a[0] for some in found for a, b in pairwise(some)])
    if gaps.size == 0:
        return NO_GAIT
    step_s = float(np.median(gaps))
    times = np.array([time for some in found for time, _, _ in some])
    bad = tuple(window for window in windows if not _agrees(window, times, step_s))
    stances = _with_unseen([_mark(some, step_s, bad, windows) for some in found], step_s)
    even = np.abs(gaps / step_s - 1) < UNEVEN_SHARE
    return Gait(
        stances=stances,
        windows=windows,
        bad_windows=bad,
        cadence_spm=60 / float(np.mean(gaps[even])) if even.any() else float("nan"),
        swing_legs=usual,
    )


def _agrees(window: Window, times: Series, step_s: float) -> bool:
    inside = times[(times >= window.start_s) & (times <= window.end_s)]
    steps = np.diff(inside)
    steps = steps[steps < 1.5 * step_s]
    # A few steps cannot agree within two per cent: one frame is more than that.
    if len(steps) < 8:
        return len(steps) > 0
    counted = 1 / (2 * float(np.mean(steps)))
    return bool(abs(counted / window.stride_hz - 1) <= AGREEMENT)


def _mark(
    found: list[_Found], step_s: float, bad: tuple[Window, ...], windows: tuple[Window, ...]
) -> list[MidStance]:
    marked = []
    for place, (time, is_left, _) in enumerate(found):
        near = [found[other] for other in (place - 1, place + 1) if 0 <= other < len(found)]
        even = all(abs(abs(time - t) / step_s - 1) < UNEVEN_SHARE for t, _, _ in near)
        alternates = all(is_left is not left for _, left, _ in near)
        covering = [w for w in windows if w.start_s <= time <= w.end_s]
        # Windows overlap: one good one around a step is enough.
        fine = not covering or any(window not in bad for window in covering)
        marked.append(
            MidStance(
                side=Side.LEFT if is_left else Side.RIGHT,
                time_s=time,
                step_s=step_s,
                is_good=bool(near) and even and alternates and fine,
            )
        )
    return marked


def _with_unseen(marked: list[list[MidStance]], step_s: float) -> tuple[MidStance, ...]:
    """Join the stretches, with the steps that a short gap between two of them must have held."""
    whole: list[MidStance] = []
    for stretch in marked:
        if whole and stretch:
            whole += _unseen_between(whole[-1], stretch[0], step_s)
        whole += stretch
    return tuple(whole)


def _unseen_between(before: MidStance, after: MidStance, step_s: float) -> list[MidStance]:
    gap_s = after.time_s - before.time_s
    steps = max(1, round(gap_s / step_s))
    is_even = abs(gap_s / (steps * step_s) - 1) <= UNSEEN_UNEVEN_SHARE
    alternates = (before.side is after.side) == (steps % 2 == 0)
    if steps > MOST_UNSEEN + 1 or not (is_even and alternates):
        return []
    return [
        MidStance(
            side=before.side.other if step % 2 else before.side,
            time_s=before.time_s + step * gap_s / steps,
            step_s=step_s,
            is_good=False,
        )
        for step in range(1, steps)
    ]
