"""How many steps an activity was made of, from the best source present, and its mean cadence.

Steps are of both feet. No threshold of steps is known to matter; none is used here.
"""

from dataclasses import dataclass

from sidestep.domain.activity.over_time import known_stretches
from sidestep.domain.activity.pauses import total_pause_s
from sidestep.domain.activity.plausibility import CADENCE_SPM, FOOT_SPORTS
from sidestep.domain.activity.recording import Activity
from sidestep.domain.activity.summary import StepsSource

# A cadence sensor that was silent for longer than the rest of this cannot speak for the whole.
_CADENCE_COVERS_FRAC = 0.8
# A device's count and its own cadence differ by rounding and dropouts, not by more than this.
_AGREES_FRAC = (0.75, 1.33)
# Around half of the cadence, the device counted the foot it is worn on.
_ONE_LEG_FRAC = (0.4, 0.6)
# Fewer steps than a slow stroll during a run: the phone was left behind for part of it.
_PHONE_CARRIED_SPM = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StepEstimate:
    """What a run's steps are estimated with when nothing counted them.

    ``steps_per_km`` is of both feet; the number is kept in ``knowledge/load/step_estimate.yaml``.
    """

    steps_per_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCount:
    """Steps of both feet, where they come from, and what had to be said about them."""

    steps: int | None
    source: StepsSource
    note: str = ""


_NO_STEPS = StepCount(steps=None, source=StepsSource.NONE)


def count_steps(activity: Activity, *, estimate: StepEstimate | None) -> StepCount:
    """Count the steps of a run, walk or hike; other sports have none.

    The device's own count comes first, then cadence over time, then a phone's steps during the
    activity, then, for runs, an estimate from the distance.

    Parameters
    ----------
    activity
        A cleaned activity.
    estimate
        ``None`` to leave runs without a count unknown.
    """
    if activity.sport not in FOOT_SPORTS:
        return _NO_STEPS
    by_cadence = _integrate_cadence(activity)
    session = _judge_session_count(activity.steps_counted, by_cadence)
    if session is not None:
        return session
    if by_cadence is not None:
        return StepCount(steps=by_cadence, source=StepsSource.CADENCE)
    if activity.phone_steps is not None and _is_phone_plausible(activity, activity.phone_steps):
        return StepCount(steps=activity.phone_steps, source=StepsSource.PHONE)
    return _estimate(activity, estimate)


def _judge_session_count(counted: int | None, by_cadence: int | None) -> StepCount | None:
    if counted is None:
        return None
    if by_cadence is None:
        return StepCount(steps=counted, source=StepsSource.SESSION)
    ratio = counted / by_cadence
    if _ONE_LEG_FRAC[0] <= ratio <= _ONE_LEG_FRAC[1]:
        return StepCount(
            steps=2 * counted,
            source=StepsSource.SESSION,
            note="The watch counted the steps of one foot; which were doubled",
        )
    if _AGREES_FRAC[0] <= ratio <= _AGREES_FRAC[1]:
        return StepCount(steps=counted, source=StepsSource.SESSION)
    return None


def _integrate_cadence(activity: Activity) -> int | None:
    """Return steps from cadence over time; ``None`` when it covers too little or stands at zero."""
    streams = activity.streams
    if streams is None or streams.cadence_spm is None:
        return None
    seconds, cadence_spm = known_stretches(streams.time_s, streams.cadence_spm, activity.pauses)
    moving_s = activity.elapsed_s - total_pause_s(activity.pauses)
    if float(seconds.sum()) < _CADENCE_COVERS_FRAC * min(activity.duration_s, moving_s):
        return None
    steps = round(float((seconds * cadence_spm).sum()) / 60.0)
    return steps or None


def _is_phone_plausible(activity: Activity, phone_steps: int) -> bool:
    minutes = activity.duration_s / 60.0
    fewest = _PHONE_CARRIED_SPM * minutes if activity.sport.is_running else 1.0
    return phone_steps > 0 and fewest <= phone_steps <= CADENCE_SPM[1] * minutes


def _estimate(activity: Activity, estimate: StepEstimate | None) -> StepCount:
    if estimate is None or activity.distance_m is None or not activity.sport.is_running:
        return _NO_STEPS
    steps = round(estimate.steps_per_km * activity.distance_m / 1000.0)
    # A distance covered faster than feet can step (a drive, a broken track) gives no steps.
    if not 0 < steps <= CADENCE_SPM[1] * activity.duration_s / 60.0:
        return _NO_STEPS
    return StepCount(steps=steps, source=StepsSource.ESTIMATE)


def mean_cadence_spm(activity: Activity) -> float | None:
    """Return the mean cadence of both feet over the time with steps, weighted by time.

    ``None`` for sports without steps and where no cadence was recorded.
    """
    streams = activity.streams
    if streams is None or streams.cadence_spm is None or activity.sport not in FOOT_SPORTS:
        return None
    seconds, cadence_spm = known_stretches(streams.time_s, streams.cadence_spm, activity.pauses)
    is_stepping = cadence_spm > 0.0
    stepping_s = float(seconds[is_stepping].sum())
    if stepping_s <= 0.0:
        return None
    return float((seconds * cadence_spm)[is_stepping].sum()) / stepping_s
