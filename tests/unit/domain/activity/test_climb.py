"""Climb of hills whose height is known."""

import numpy as np
import pytest

from sidestep.domain.activity.climb import compute_climb


@pytest.mark.parametrize(
    ("altitudes", "ascent_m", "descent_m"),
    [
        ([500.0], 0.0, 0.0),
        ([500.0, 502.9, 500.0, 502.9], 0.0, 0.0),
        ([500.0, 510.0, 500.0], 10.0, 10.0),
        ([500.0, 490.0, 520.0], 30.0, 10.0),
        ([500.0, 510.0, 508.0, 512.0, 511.0], 12.0, 0.0),
        ([500.0, 502.0, np.nan, 504.0, 506.0], 6.0, 0.0),
        ([500.0, 499.0, 501.0, 497.5, 500.0], 0.0, 3.5),
    ],
)
def test_swings_count_and_noise_does_not(
    altitudes: list[float], ascent_m: float, descent_m: float
) -> None:
    assert compute_climb(np.array(altitudes)) == pytest.approx((ascent_m, descent_m))


def test_down_is_up_the_other_way() -> None:
    altitude_m = np.cumsum(np.random.default_rng(7).normal(0.0, 2.0, 2000))
    ascent_m, descent_m = compute_climb(altitude_m)
    assert compute_climb(-altitude_m) == pytest.approx((descent_m, ascent_m))
    assert compute_climb(altitude_m[::-1]) == pytest.approx((descent_m, ascent_m), abs=6.0)
