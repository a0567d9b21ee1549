"""A made-up runner's 120 days, told as recordings: for the demonstration, not for any calculation.

Nobody's data: distances, days and samples come from the few lines below and a fixed seed. She runs
four times a week, then adds a run far beyond the month's longest and a week without a day off.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from sidestep.domain.activity.recording import Column, Lap, Recording, Streams
from sidestep.domain.vocabulary.sport import Sport

DAYS = 120
SAMPLE_EVERY_S = 10.0
SEED = 20261122
START_HOUR_UTC = 6
METRES_PER_DEGREE = 111_195.0
HOME_LATITUDE_DEG, HOME_LONGITUDE_DEG = 45.0, 9.0

WEEKDAY_KM = {0: 5.0, 2: 6.0, 4: 5.0, 6: 9.0}
"""Her ordinary week: Monday, Wednesday, Friday, and the long run on Sunday."""

FAST_FINISH_ON = 2
LONG_RUN_GROWS_KM_A_WEEK = 0.2
TOO_LONG_DAYS_AGO, TOO_LONG_KM = 17, 18.6
NO_REST_DAYS_AGO = range(3, 10)
FOOTBALL_EVERY_DAYS = 35
TREADMILL_EVERY_RUNS = 9
PHONE_TOO_EVERY_RUNS = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUpFile:
    """One recording and the form in which her devices would have kept it.

    ``is_cut_short`` asks for a file that ends in the middle, as when a battery dies.
    """

    name: str
    format: str
    recording: Recording
    is_cut_short: bool = False


def make_up_files(last_day: date) -> Iterator[MadeUpFile]:
    """Yield the files of the 120 days that end on ``last_day``, oldest first."""
    chance = np.random.default_rng(SEED)
    runs = 0
    for days_ago in range(DAYS - 1, -1, -1):
        day = last_day - timedelta(days=days_ago)
        if days_ago % FOOTBALL_EVERY_DAYS == FOOTBALL_EVERY_DAYS - 1:
            yield _file(day, "fit", _football(day, chance))
            continue
        km = _kilometres(day, days_ago)
        if km is None:
            continue
        runs += 1
        is_treadmill = runs % TREADMILL_EVERY_RUNS == 0
        recording = _run(day, km, chance, is_treadmill=is_treadmill)
        watch = _file(day, "tcx" if is_treadmill else "fit", recording)
        yield MadeUpFile(
            name=watch.name,
            format=watch.format,
            recording=recording,
            is_cut_short=runs == PHONE_TOO_EVERY_RUNS + 1,
        )
        if runs % PHONE_TOO_EVERY_RUNS == 0 and not is_treadmill:
            yield _file(day, "gpx", recording)


def _kilometres(day: date, days_ago: int) -> float | None:
    if days_ago == TOO_LONG_DAYS_AGO:
        return TOO_LONG_KM
    if days_ago in NO_REST_DAYS_AGO:
        return 5.0 + 0.5 * (days_ago % 3)
    km = WEEKDAY_KM.get(day.weekday())
    if km is None:
        return None
    weeks = (DAYS - days_ago) // 7
    return km + LONG_RUN_GROWS_KM_A_WEEK * weeks if day.weekday() == max(WEEKDAY_KM) else km


def _file(day: date, format: str, recording: Recording) -> MadeUpFile:
    name = f"{day}-{recording.sport.value}.{format}"
    return MadeUpFile(name=name, format=format, recording=recording)


def _run(day: date, km: float, chance: np.random.Generator, *, is_treadmill: bool) -> Recording:
    seconds_per_km = 350.0 + chance.normal(0, 8) + 2.0 * max(0.0, km - 8.0)
    duration_s = float(round(km * seconds_per_km / SAMPLE_EVERY_S) * SAMPLE_EVERY_S)
    time_s = np.arange(0.0, duration_s + SAMPLE_EVERY_S, SAMPLE_EVERY_S)
    is_fast = (day.weekday() == FAST_FINISH_ON) & (time_s > 0.75 * duration_s)
    pace = 1.0 + 0.03 * np.sin(time_s / 240.0) + 0.12 * is_fast
    distance_m = np.concatenate(([0.0], np.cumsum(pace[1:])))
    distance_m *= km * 1000.0 / distance_m[-1]
    speed_m_s = np.gradient(distance_m, time_s)
    tired = time_s / 3600.0
    streams = Streams(
        time_s=time_s,
        distance_m=distance_m,
        speed_m_s=speed_m_s,
        heart_rate_bpm=np.round(
            140.0
            + 8.0 * tired
            + 36.0 * is_fast
            - 35.0 * np.exp(-time_s / 90.0)
            + _wander(time_s, chance, 2.0)
        ),
        cadence_spm=np.round((166.0 - 2.0 * tired + _wander(time_s, chance, 1.5)) / 2.0) * 2.0,
        **({} if is_treadmill else _out_and_back(distance_m, chance)),
    )
    return Recording(
        started_at=_start(day),
        sport=Sport.TREADMILL_RUN if is_treadmill else Sport.RUN,
        duration_s=duration_s,
        elapsed_s=duration_s,
        distance_m=km * 1000.0,
        is_indoor=is_treadmill,
        streams=streams,
        laps=(Lap(start_s=0.0, end_s=duration_s, distance_m=km * 1000.0),),
    )


def _out_and_back(distance_m: Column, chance: np.random.Generator) -> dict[str, Column]:
    """Place the run on a straight road out and back, heading somewhere new each day."""
    half = distance_m[-1] / 2.0
    away_m = half - np.abs(distance_m - half)
    heading = chance.uniform(0.0, 2.0 * np.pi)
    narrower = np.cos(np.radians(HOME_LATITUDE_DEG))
    return {
        "latitude_deg": HOME_LATITUDE_DEG + away_m * np.cos(heading) / METRES_PER_DEGREE,
        "longitude_deg": HOME_LONGITUDE_DEG
        + away_m * np.sin(heading) / (METRES_PER_DEGREE * narrower),
        "altitude_m": 120.0 + 18.0 * (1.0 - np.cos(away_m / 700.0)),
    }


def _football(day: date, chance: np.random.Generator) -> Recording:
    duration_s = 3600.0
    time_s = np.arange(0.0, duration_s + SAMPLE_EVERY_S, SAMPLE_EVERY_S)
    heart_rate_bpm = np.round(148.0 + _wander(time_s, chance, 12.0))
    return Recording(
        started_at=_start(day) + timedelta(hours=11),
        sport=Sport.FOOTBALL,
        duration_s=duration_s,
        elapsed_s=duration_s,
        streams=Streams(time_s=time_s, heart_rate_bpm=heart_rate_bpm),
    )


def _wander(time_s: Column, chance: np.random.Generator, size: float) -> Column:
    """Noise that changes over half a minute or so, as a heart or a stride does."""
    slow = np.convolve(chance.normal(0.0, 1.0, len(time_s) + 6), np.ones(7) / 7.0, mode="valid")
    wandering: Column = size * np.sqrt(7.0) * slow
    return wandering


def _start(day: date) -> datetime:
    return datetime.combine(day, time(START_HOUR_UTC), tzinfo=UTC)


ANSWERS: dict[str, object] = {
    "side": "left",
    "zones": ["outer_above"],
    "worst_zone": "outer_above",
    "pointing": "one_finger",
    "hurts_when": ["during_run", "after_run", "downhill"],
    "run_course": "worsens",
    "repeatable_distance": True,
    "distance_until_pain_km": 6,
    "outer_bump_sore": True,
    "onset": "gradual",
    "weeks_since_onset": 2,
    "trend": "same",
    "flared_on_return": False,
    "seen_by_clinician": False,
    "changed_before": ["longer_runs"],
    "pain_now": 1,
    "pain_worst": 4,
    "pain_running": 2,
    "pain_daily_life": 1,
    "morning_stiffness_min": 0,
    "knee_hot_swollen": False,
    "swelling": "none",
    "weight_bearing": "normal",
    "cannot_straighten": False,
    "catching": False,
    "gives_way": False,
    "foot_numb_cold": False,
    "calf_swollen": False,
    "night_rest_pain": False,
    "bone_spot": False,
    "hip_or_back": False,
    "grinding": False,
    "trauma_recent": False,
    "health": [],
    "past": [],
    "energy": "tired",
    "periods": "regular",
    "age_years": 38,
    "years_running": 4,
    "sitting_hours": 9,
    "other_sport_hours": 0,
    "rest_days_usual": 1,
    "groin_tight": True,
    "homework": "rarely",
    "beliefs": ["more_miles"],
    "leg_raises": 11,
    "side_plank_s": 22,
}
"""What she answers about her knee: the outer side, at the same distance each run."""
