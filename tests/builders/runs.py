"""Runs and histories whose load can be worked out on paper."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from sidestep.domain.activity.summary import ActivitySummary, Oddity, StepsSource, Verdict
from sidestep.domain.vocabulary.sport import Sport

TODAY = date(2026, 6, 30)
SPEED_M_S = 2.5
CADENCE_SPM = 170.0
DROVE = Oddity(code="too_fast", message="This went at 70 km/h. Did a car carry the watch?")


def a_run(
    days_ago: float = 0,
    km: float | None = 5.0,
    *,
    on: date | None = None,
    hour: int = 7,
    sport: Sport = Sport.RUN,
    duration_s: float | None = None,
    steps: int | None = None,
    id: str | None = None,
) -> ActivitySummary:
    """Return a run at 2.5 m/s (or of the time given), without steps unless given."""
    day = (TODAY if on is None else on) - timedelta(days=days_ago)
    if duration_s is None:
        duration_s = 1800.0 if km is None else km * 1000 / SPEED_M_S
    return ActivitySummary(
        id=id or f"{sport.value}-{day.isoformat()}-{hour:02d}",
        started_at=datetime.combine(day, time(hour), tzinfo=UTC),
        local_date=day,
        sport=sport,
        duration_s=duration_s,
        elapsed_s=duration_s,
        distance_m=None if km is None else km * 1000,
        steps=steps,
        steps_source=StepsSource.NONE if steps is None else StepsSource.SESSION,
    )


def an_odd_run(days_ago: float = 0, km: float = 60.0) -> ActivitySummary:
    """Return a run that looks like a drive and that nobody has answered for."""
    return replace(
        a_run(days_ago, km, hour=20, id=f"odd-{days_ago}"),
        oddities=(DROVE,),
        verdict=Verdict.UNASKED,
    )


def runs_on(days_ago: Iterable[int], km: float = 5.0) -> list[ActivitySummary]:
    """Return one run of the same length on each of these days."""
    return [a_run(days, km) for days in days_ago]


def every_other_day(weeks: int = 8, km: float = 5.0) -> list[ActivitySummary]:
    """Return runs of one length on today and every second day before it."""
    return runs_on(range(0, weeks * 7, 2), km)


def shifted(activity: ActivitySummary, days: int) -> ActivitySummary:
    """Return the same activity, so many days later."""
    by = timedelta(days=days)
    return replace(
        activity, started_at=activity.started_at + by, local_date=activity.local_date + by
    )
