import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import interpolate, signal

from sidestep.domain.motion.filters import (
    along_curve,
    analytic,
    band_pass,
    low_pass,
    without_delay,
)

SEEDS = st.integers(0, 2**16)
LENGTHS = st.integers(16, 200)
RATES = st.sampled_from([25.0, 29.97, 60.0, 240.0])


@given(SEEDS, LENGTHS, RATES, st.floats(0.02, 0.45))
def test_the_low_pass_is_the_usual_one(seed: int, n: int, rate_hz: float, share: float) -> None:
    values = 500 + np.cumsum(np.random.default_rng(seed).standard_normal(n))
    usual = signal.butter(2, share * rate_hz, fs=rate_hz, output="sos")
    assert without_delay(low_pass(share * rate_hz, rate_hz), values, 10) == pytest.approx(
        signal.sosfiltfilt(usual, values, padlen=10), abs=1e-9
    )


@given(SEEDS, LENGTHS, RATES, st.floats(0.5, 3.0))
def test_the_band_pass_is_the_usual_one(seed: int, n: int, rate_hz: float, middle: float) -> None:
    values = np.cumsum(np.random.default_rng(seed).standard_normal(n))
    low_hz, high_hz = 0.6 * middle, 1.5 * middle
    usual = signal.butter(2, [low_hz, high_hz], "bandpass", fs=rate_hz, output="sos")
    assert without_delay(band_pass(low_hz, high_hz, rate_hz), values, 15) == pytest.approx(
        signal.sosfiltfilt(usual, values), abs=1e-8
    )


@given(SEEDS, LENGTHS)
def test_a_curve_and_its_quarter_wave_are_the_usual_ones(seed: int, n: int) -> None:
    values = np.random.default_rng(seed).standard_normal(n)
    assert np.allclose(analytic(values), signal.hilbert(values), atol=1e-12)


@given(SEEDS, st.integers(3, 60), st.sampled_from([0, 1, 6]))
def test_the_curve_through_points_is_the_usual_one(seed: int, n: int, digits: int) -> None:
    chance = np.random.default_rng(seed)
    x = np.cumsum(chance.uniform(0.01, 0.1, n))
    y = np.round(chance.standard_normal(n), digits)
    at = np.linspace(x[0], x[-1], 3 * n)
    assert along_curve(x, y, at) == pytest.approx(
        interpolate.PchipInterpolator(x, y)(at), abs=1e-12
    )
