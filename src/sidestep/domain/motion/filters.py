"""Butterworth filters without delay, and a curve that never overshoots; decides no frequency.

scipy has both, and holds 50 MiB more for them than the rest of the analysis takes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

AT_ONCE = 4096
"""Values filtered as plain numbers at one time: as such each takes four times the room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One second-order stage: what comes in, and what has come out, is weighed by these."""

    b: tuple[float, float, float]
    a: tuple[float, float]


Filter = tuple[Section, ...]


def low_pass(cutoff_hz: float, rate_hz: float) -> Filter:
    """Return a second-order Butterworth low-pass."""
    k = float(np.tan(np.pi * cutoff_hz / rate_hz))
    whole = 1 + np.sqrt(2) * k + k * k
    gain = float(k * k / whole)
    a = (float(2 * (k * k - 1) / whole), float((1 - np.sqrt(2) * k + k * k) / whole))
    return (Section(b=(gain, 2 * gain, gain), a=a),)


def band_pass(low_hz: float, high_hz: float, rate_hz: float) -> Filter:
    """Return a second-order Butterworth band-pass, two stages."""
    # As analogue filter, its frequencies bent beforehand as going over to samples will bend them.
    low, high = (4 * np.tan(np.pi * each / rate_hz) for each in (low_hz, high_hz))
    half_width = (high - low) / 2 * np.exp(0.75j * np.pi)
    root = np.sqrt(half_width**2 - low * high)
    sections = []
    for pole in (half_width + root, half_width - root):
        at = (4 + pole) / (4 - pole)
        # One of two conjugated poles in each stage, with a zero at 0 and one at half the rate.
        gain = (high - low) * 4 / abs(4 - pole) ** 2
        sections.append(
            Section(
                b=(float(gain), 0.0, float(-gain)),
                a=(float(-2 * at.real), float(abs(at) ** 2)),
            )
        )
    return tuple(sections)


def without_delay(stages: Filter, values: Values, pad: int) -> Values:
    """Filter forwards and backwards.

    Parameters
    ----------
    values
        Shape (n,), n > ``pad``.
    pad
        Values that go on beyond each end, turned about it, so that the filter is settled there.
    """
    wide = np.concatenate(
        [
            2 * values[0] - values[pad:0:-1],
            values,
            2 * values[-1] - values[-2 : -pad - 2 : -1],
        ]
    )
    _filter(stages, wide)
    _filter(stages, wide[::-1])
    return wide[pad : pad + len(values)]


def _filter(stages: Filter, values: Values) -> None:
    """Filter once, in place, as if the first value had stood for ever."""
    level = float(values[0])
    for stage in stages:
        (b0, b1, b2), (a1, a2) = stage.b, stage.a
        settled = (b0 + b1 + b2) / (1 + a1 + a2)
        second = level * (b2 - a2 * settled)
        first = level * (b1 - a1 * settled) + second
        level *= settled
        for start in range(0, len(values), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            out = []
            for value in values[part].tolist():
                now = b0 * value + first
                first = b1 * value - a1 * now + second
                second = b2 * value - a2 * now
                out.append(now)
            values[part] = out


def analytic(values: Values) -> NDArray[np.complex128]:
    """Return the curve with its quarter-wave neighbour as imaginary part (Hilbert)."""
    n = len(values)
    weight = np.zeros(n)
    weight[0] = 1.0
    weight[1 : (n + 1) // 2] = 2.0
    if n % 2 == 0:
        weight[n // 2] = 1.0
    wave: NDArray[np.complex128] = np.fft.ifft(np.fft.fft(values) * weight)
    return wave


def along_curve(x: Values, y: Values, at: Values) -> Values:
    """Return values between points along cubic pieces that rise and fall only as the points do.

    ``x`` rises, at least three; ``at`` lies within it. Slopes at the points are those of Fritsch
    and Butland, as scipy's ``PchipInterpolator`` takes them.
    """
    step = np.diff(x)
    rise = np.diff(y) / step
    slope = _slopes(step, rise)
    piece = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(step) - 1)
    beyond, length = at - x[piece], step[piece]
    bend = (slope[piece] + slope[piece + 1] - 2 * rise[piece]) / length
    square = (rise[piece] - slope[piece]) / length - bend
    curve: Values = y[piece] + beyond * (
        slope[piece] + beyond * (square + beyond * (bend / length))
    )
    return curve


def _slopes(step: Values, rise: Values) -> Values:
    """Return the slope at each point, one more than the steps between them."""
    slope = np.zeros(len(step) + 1)
    before, after = 2 * step[1:] + step[:-1], step[1:] + 2 * step[:-1]
    turns = np.sign(rise[1:]) * np.sign(rise[:-1]) <= 0
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        mean = (before / rise[:-1] + after / rise[1:]) / (before + after)
        slope[1:-1] = np.where(turns, 0.0, 1 / mean)
    slope[0] = _end_slope(step[0], step[1], rise[0], rise[1])
    slope[-1] = _end_slope(step[-1], step[-2], rise[-1], rise[-2])
    return slope


def _end_slope(near: float, far: float, rise: float, next_rise: float) -> float:
    slope = ((2 * near + far) * rise - near * next_rise) / (near + far)
    if np.sign(slope) != np.sign(rise):
        return 0.0
    if np.sign(rise) != np.sign(next_rise) and abs(slope) > 3 * abs(rise):
        return float(3 * rise)
    return float(slope)
