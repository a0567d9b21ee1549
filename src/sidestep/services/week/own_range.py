"""A range of her own to run in, where hearts and legs can be in it; typing is done elsewhere."""

from sidestep.domain.activity.plausibility import FASTEST_ON_FOOT_M_S, HEART_RATE_BPM
from sidestep.domain.planning.run_session import RunTarget, TargetKind


def heart_rate_range(low_bpm: int, high_bpm: int) -> RunTarget | None:
    """Return a range of heart rates, ``None`` for one that no heart keeps to."""
    if not HEART_RATE_BPM[0] <= low_bpm < high_bpm <= HEART_RATE_BPM[1]:
        return None
    return RunTarget(kind=TargetKind.HEART_RATE, low=low_bpm, high=high_bpm)


def pace_range(fast_s: int, slow_s: int) -> RunTarget | None:
    """Return a range of paces, in seconds for a kilometre, ``None`` for one that nobody runs."""
    if not 1000.0 / FASTEST_ON_FOOT_M_S <= fast_s < slow_s:
        return None
    return RunTarget(kind=TargetKind.PACE, low=fast_s, high=slow_s)
