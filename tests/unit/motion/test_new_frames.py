import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sidestep.domain.motion.new_frames import new_frames_hz

LENGTH_S = 6.0


def film(rate_hz: float, new_hz: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Times and changes of a runner filmed with new_hz and written with rate_hz."""
    time_s = np.arange(round(LENGTH_S * rate_hz)) / rate_hz
    filmed = np.floor(time_s * new_hz + 1e-9)
    is_new = np.diff(filmed, prepend=-1) > 0
    moves = 8 + 4 * np.sin(2 * np.pi * 2.8 * time_s)
    changes = np.where(is_new, moves, 0.1 * moves)
    changes[0] = np.nan
    return time_s, changes


@given(st.sampled_from([30.0, 50.0, 60.0, 120.0, 240.0]), st.floats(0.21, 0.82))
def test_a_film_written_with_more_frames_than_were_filmed_shows_how_many_are_new(
    rate_hz: float, share: float
) -> None:
    new_hz = max(15.0, share * rate_hz)
    assert new_frames_hz(*film(rate_hz, new_hz)) == pytest.approx(new_hz, rel=0.04)


@pytest.mark.parametrize("rate_hz", [25.0, 30.0, 59.94, 120.0, 240.0])
def test_where_every_frame_is_new_the_rate_is_that_of_the_film(rate_hz: float) -> None:
    time_s, changes = film(rate_hz, rate_hz)
    assert new_frames_hz(time_s, changes) == pytest.approx(rate_hz)
    assert new_frames_hz(time_s, None) == pytest.approx(rate_hz)


def test_standing_still_is_no_repeating() -> None:
    time_s, changes = film(60.0, 60.0)
    changes[60:300] = 0.02
    assert new_frames_hz(time_s, changes) == pytest.approx(60.0)
    moves = np.abs(np.sin(np.pi * time_s / 2))
    assert new_frames_hz(time_s, 6 * moves) == pytest.approx(60.0)


def test_neither_a_cut_nor_a_camera_that_falters_now_and_then_is_repeating() -> None:
    time_s, changes = film(60.0, 60.0)
    changes[100] = 90.0
    changes[7::20] = 0.1
    assert new_frames_hz(time_s, changes) == pytest.approx(60.0)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_of_a_film_of_hardly_any_frames_nothing_is_told(n: int) -> None:
    time_s = np.arange(n) / 60
    assert new_frames_hz(time_s, np.full(n, np.nan)) == pytest.approx(60.0 if n == 2 else 0.0)
