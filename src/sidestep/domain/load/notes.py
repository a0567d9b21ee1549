"""What the figures leave out, said aloud; not what stands out in them."""

from collections.abc import Iterator, Sequence
from datetime import date

from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.load.coverage import Coverage, days_ending
from sidestep.domain.load.person import Person
from sidestep.domain.load.report import LoadReport, RunIntensity
from sidestep.domain.load.spike import has_distance
from sidestep.domain.vocabulary.counts import count_of
from sidestep.domain.vocabulary.days import day_in_words


def stale_data_note(on: date, coverage: Coverage, stale_after_days: int) -> Iterator[str]:
    """Yield how old the newest data is, when it is too old to speak of the last week."""
    known_until = coverage.known_until(on)
    if known_until is None:
        return
    age_days = (on - known_until).days
    if age_days > stale_after_days:
        yield (
            f"The newest data is from {day_in_words(known_until)}, {age_days} days before "
            f"{day_in_words(on)}. Import your latest files before you trust the last weeks."
        )


def no_data_yet_note(on: date, coverage: Coverage) -> Iterator[str]:
    """Yield since when there is data, when there was none up to ``on`` but is some later."""
    if coverage.data_days and coverage.last_data_day(on) is None:
        yield (
            f"Your data begin on {day_in_words(coverage.data_days[0])}. Of {day_in_words(on)} and "
            "the days before it nothing is known."
        )


def day_ahead_note(on: date, today: date) -> str:
    """Return that a report looks back from a day that has not come."""
    return (
        f"{day_in_words(on)} lies ahead of today, {day_in_words(today)}: of the days between "
        "nothing is known yet. Leave --on out to look back from today."
    )


def missing_days_note(on: date, coverage: Coverage, window_days: int) -> Iterator[str]:
    """Yield how many days of the window had no data, apart from those still to be imported."""
    known_until = coverage.known_until(on)
    if known_until is None:
        return
    missing = sum(
        day < known_until and not coverage.has(day) for day in days_ending(on, window_days)
    )
    if missing:
        yield (
            f"{count_of(missing, 'day', 'days')} of the last {window_days} had no data. They count "
            "neither as running nor as rest; if you ran far then, the comparison would be kinder."
        )


def missing_distance_note(
    recent_runs: Sequence[ActivitySummary], window_days: int
) -> Iterator[str]:
    """Yield how many runs of the window could not be compared for want of a distance."""
    without_distance = sum(not has_distance(run) for run in recent_runs)
    if without_distance:
        runs = count_of(without_distance, "run", "runs")
        yield (
            f"{runs} of the last {window_days} days came without a distance: counted as running "
            "days and time, left out of the comparison with the longest run."
        )


def generous_cap_note(report: LoadReport) -> Iterator[str]:
    """Yield that the cap is generous, when the run it rests on was itself far beyond the others."""
    for run in report.spikes:
        is_the_longest = (run.on, run.distance_km) == (
            report.longest_run_30d_on,
            report.longest_run_30d_km,
        )
        if is_the_longest and run.ratio is not None:
            yield (
                f"Your longest run, {run.distance_km:.1f} km on {day_in_words(run.on)}, itself "
                "stood out from the month before it. A ceiling measured by it is generous: your "
                "other runs are the better guide."
            )


def knee_cap_note(report: LoadReport, person: Person) -> Iterator[str]:
    """Yield that the cap knows nothing of a knee she told of, and what does."""
    if report.next_run_cap_km is not None and person.told_of_knee:
        yield (
            "This ceiling knows nothing of your knee. Your plan does: it says whether to run, and "
            "its own runs are shorter."
        )


def unknown_effort_note(
    intensities: Sequence[RunIntensity], *, knows_maximum: bool
) -> Iterator[str]:
    """Yield how many runs of the last four weeks nothing tells the effort of."""
    unrated = sum(run.is_hard is None for run in intensities)
    if not unrated:
        return
    reason = (
        "no logged effort, and too little heart rate or pace to tell."
        if knows_maximum
        else "no logged effort, and the heart rate on file is never far above that of a usual "
        "run, so your maximum is not known."
    )
    runs = count_of(unrated, "run", "runs")
    yield f"How hard {runs} of the last four weeks felt is not known: {reason}"
