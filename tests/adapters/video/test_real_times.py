from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sidestep.adapters.video.real_times import UNKNOWN_RATE_STEP_S, RealTimes


def times_of(stamps_s: list[float | None], step_s: float | None = 0.02) -> list[float | None]:
    times = RealTimes(step_s)
    return [times.next(stamp) for stamp in stamps_s]


def test_stamps_that_vary_are_kept_as_they_are_from_zero() -> None:
    assert times_of([5.0, 5.015, 5.05, 5.06]) == pytest.approx([0.0, 0.015, 0.05, 0.06])


def test_a_missing_stamp_is_bridged_with_the_last_step() -> None:
    assert times_of([0.0, 0.01, None, 0.03]) == pytest.approx([0.0, 0.01, 0.02, 0.03])


def test_a_file_without_any_stamp_runs_at_its_nominal_rate() -> None:
    assert times_of([None, None, None]) == pytest.approx([0.0, 0.02, 0.04])


def test_a_file_that_tells_nothing_at_all_runs_like_most_cameras() -> None:
    assert times_of([None, None], step_s=None) == pytest.approx([0.0, UNKNOWN_RATE_STEP_S])


def test_a_frame_with_the_time_of_the_one_before_is_left_out() -> None:
    assert times_of([0.0, 0.02, 0.02, 0.01, 0.04]) == [0.0, 0.02, None, None, 0.04]


def test_a_clock_that_starts_again_goes_on_where_it_was() -> None:
    assert times_of([10.0, 10.5, 0.0, 0.5]) == pytest.approx([0.0, 0.5, 1.0, 1.5])


@example([None, -1.0, -1.0, 0.0, None])
@given(st.lists(st.none() | st.floats(-1e6, 1e6), max_size=40))
def test_times_increase_whatever_the_stamps(stamps_s: list[float | None]) -> None:
    times = [time for time in times_of(stamps_s) if time is not None]
    assert all(earlier < later for earlier, later in pairwise(times))
