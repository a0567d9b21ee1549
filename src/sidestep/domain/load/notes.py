"""What the figures leave out, said aloud; not what stands out in them."""

from collections.abc import Iterator, Sequence
from datetime import date

from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.load.coverage import Coverage, days_ending
from sidestep.domain.load.report import RunAgainstLongest, RunIntensity, SpikeBand
from sidestep.domain.load.spike import has_distance
from sidestep.domain.load.wording import in_words


def build_notes(
    recent_runs: Sequence[ActivitySummary],
    intensities: Sequence[RunIntensity],
    longest: RunAgainstLongest | None,
    coverage: Coverage,
    on: date,
    window_days: int,
    stale_after_days: int,
) -> Iterator[str]:
    """Yield one sentence for each thing that is missing from the figures.

    Parameters
    ----------
    recent_runs
        Counted runs of the ``window_days`` that end on ``on``.
    intensities
        Of the last four weeks.
    longest
        The run the cap rests on, ``None`` when there is none.
    """
    known_until = coverage.known_until(on)
    if known_until is None:
        return
    age_days = (on - known_until).days
    if age_days > stale_after_days:
        yield (
            f"The newest data is from {in_words(known_until)}, {age_days} days before "
            f"{in_words(on)}. Import your latest files before you trust the last weeks."
        )
    unknown = [day for day in days_ending(on, window_days) if not coverage.has(day)]
    missing = sum(day < known_until for day in unknown)
    if missing:
        yield (
            f"{_counted(missing, 'day')} of the last {window_days} had no data. They count neither "
            "as running nor as rest; if you ran far then, the comparison would be kinder."
        )
    without_distance = sum(not has_distance(run) for run in recent_runs)
    if without_distance:
        yield (
            f"{_counted(without_distance, 'run')} of the last {window_days} days came without a "
            "distance: counted as running days and time, left out of the comparison with the "
            "longest run."
        )
    if longest is not None and longest.band in {SpikeBand.OVER_1_10, SpikeBand.OVER_2_00}:
        yield (
            f"Your longest run, {longest.distance_km:.1f} km on {in_words(longest.on)}, itself "
            "stood out from the month before it. A cap measured by it is generous: your other "
            "runs are the better guide."
        )
    unrated = sum(run.is_hard is None for run in intensities)
    if unrated:
        yield (
            f"How hard {_counted(unrated, 'run')} of the last four weeks felt is not known: no "
            "logged effort, and too little heart rate or pace to tell."
        )


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
