"""Activities as the store and the load analysis see them."""

from datetime import UTC, datetime, timedelta

from sidestep.domain.activity.summary import ActivitySummary, StepsSource
from sidestep.domain.vocabulary.sport import Sport
from sidestep.services.ports import ActivityRow, SourceFile

MONDAY = datetime(2026, 6, 1, 7, 0, tzinfo=UTC)


def make_run(
    day: int = 0,
    *,
    id: str = "run",
    km: float | None = 5.0,
    minutes: float = 30.0,
    sport: Sport = Sport.RUN,
    start_shift_s: float = 0.0,
) -> ActivitySummary:
    """A run so many days after the first Monday of June 2026, at 170 steps a minute."""
    started_at = MONDAY + timedelta(days=day, seconds=start_shift_s)
    return ActivitySummary(
        id=id,
        started_at=started_at,
        local_date=started_at.date(),
        sport=sport,
        duration_s=minutes * 60,
        elapsed_s=minutes * 60,
        distance_m=None if km is None else km * 1000,
        steps=round(170 * minutes),
        steps_source=StepsSource.CADENCE,
        cadence_spm=170.0,
    )


def make_row(summary: ActivitySummary, richness: int = 10) -> ActivityRow:
    """The run as an import writes it."""
    return ActivityRow(summary=summary, richness=richness, stream_key=None, repairs=())


def make_source(sha256: str = "a" * 64) -> SourceFile:
    """A file that was imported on the first Monday of June 2026."""
    return SourceFile(
        sha256=sha256,
        shown_as="run.fit",
        reader="fitfast",
        outcome="imported",
        detail="",
        imported_at=MONDAY,
        program_version="1",
    )
