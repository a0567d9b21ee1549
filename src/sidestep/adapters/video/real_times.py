"""Makes one strictly increasing time out of whatever timestamps a file's frames carry."""

UNKNOWN_RATE_STEP_S = 1 / 30
"""Between frames of which neither the file nor the stream says a rate: what most cameras do."""

SHORTEST_STEP_S = 1e-4
"""No camera here takes 10,000 pictures a second; a smaller step is a rounded repetition."""

RESTART_S = 1.0
"""A timestamp this far in the past starts a new part of the file, as joined recordings have."""


class RealTimes:
    """Real times of successive frames from the first one on.

    The nominal rate only bridges missing timestamps; phones film at a rate that varies.

    Parameters
    ----------
    nominal_step_s
        Time between two frames as the file claims it; ``None`` when it claims nothing.
    """

    def __init__(self, nominal_step_s: float | None) -> None:
        self._step_s = nominal_step_s or UNKNOWN_RATE_STEP_S
        self._zero_s: float | None = None
        self._last_s: float | None = None

    def next(self, stamp_s: float | None) -> float | None:
        """Return a frame's time; ``None`` for a frame that is not later than the one before."""
        if self._last_s is None:
            self._zero_s = stamp_s
            self._last_s = 0.0
            return 0.0
        expected_s = self._last_s + self._step_s
        if stamp_s is None:
            time_s = expected_s
        elif self._zero_s is None:
            self._zero_s = stamp_s - expected_s
            time_s = expected_s
        else:
            time_s = stamp_s - self._zero_s
            if time_s < self._last_s - RESTART_S:
                self._zero_s = stamp_s - expected_s
                time_s = expected_s
            elif time_s < self._last_s + SHORTEST_STEP_S:
                return None
            elif time_s - self._last_s < RESTART_S:
                self._step_s = time_s - self._last_s
        self._last_s = time_s
        return time_s
