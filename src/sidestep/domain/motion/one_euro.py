"""The One-Euro filter: smooths live points, more when they rest and less when they move."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(slots=True, kw_only=True)
class OneEuroFilter:
    """Filters poses one at a time.

    Attributes
    ----------
    least_cutoff_hz
        Of a point at rest.
    per_speed
        How much the cutoff rises per leg length a second: a running leg must not lag.
    speed_cutoff_hz
        Of the speed itself.

    The filter is that of Casiez, Roussel and Vogel (2012).
    """

    least_cutoff_hz: float = 3.0
    per_speed: float = 4.0
    speed_cutoff_hz: float = 5.0
    _time_s: float | None = None
    _value: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    _speed: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))

    def smooth(
        self, time_s: float, value: NDArray[np.float64], leg_px: float
    ) -> NDArray[np.float64]:
        """Return the filtered pose; a point that comes back after being unseen starts anew.

        Parameters
        ----------
        value
            Any shape, the same at each call, in pixels; NaN where unseen.
        leg_px
            Length of a leg, the unit of speed.
        """
        if self._time_s is None or time_s <= self._time_s or not leg_px > 0:
            self._time_s, self._value, self._speed = time_s, value.copy(), np.zeros_like(value)
            return value
        step_s = time_s - self._time_s
        fresh = ~np.isfinite(self._value)
        speed = np.where(fresh, 0.0, (value - self._value) / step_s)
        speed_share = _share(self.speed_cutoff_hz, step_s)
        old_speed = np.where(np.isfinite(self._speed), self._speed, 0.0)
        self._speed = old_speed + speed_share * (np.nan_to_num(speed) - old_speed)
        cutoff_hz = self.least_cutoff_hz + self.per_speed * np.abs(self._speed) / leg_px
        share = np.where(fresh, 1.0, _share(cutoff_hz, step_s))
        start = np.where(fresh, value, self._value)
        self._value = start + share * (value - start)
        self._time_s = time_s
        return self._value.copy()


def _share(cutoff_hz: float | NDArray[np.float64], step_s: float) -> NDArray[np.float64]:
    """Return how much of the way to the new value is gone in one step."""
    turn = 2 * np.pi * np.asarray(cutoff_hz) * step_s
    share: NDArray[np.float64] = turn / (turn + 1)
    return share
