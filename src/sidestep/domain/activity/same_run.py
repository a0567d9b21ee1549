"""Whether two summaries are of the same activity, and which of two recordings tells more."""

from sidestep.domain.activity.recording import Activity
from sidestep.domain.activity.summary import ActivitySummary, Verdict
from sidestep.domain.vocabulary.sport import Sport

# Accounts and watches round the start to the minute, and start samples after the button.
START_TOLERANCE_S = 60.0
# Accounts smooth tracks and drop short stops again; two watches on one run differ about as much.
_SAME_TOTAL_FRAC = 0.02

_FIT_READERS = frozenset({"fitfast", "fitfast+header", "fitdecode", "chiptime"})
_FORMAT_RANKS = {"tcx": 2, "gpx": 1}
_FIT_RANK = 3
_ROW_RANK = 0
_DAMAGED_RANK = -1
# More than there are streams, so that the format always comes before them.
_RANK_STEP = 100
# More than any format: without its sport a run counts for nothing, however well it is recorded.
_NAMED_SPORT = 1000


def is_same_run(a: ActivitySummary, b: ActivitySummary) -> bool:
    """Tell whether two summaries are of one activity recorded or exported twice.

    They start within a minute of each other; their time with or without pauses or their distance
    agrees within 2 %; and their sports do not contradict each other, unless the person confirmed
    one of them. The order of the two does
    not matter.
    """
    if abs((a.started_at - b.started_at).total_seconds()) > START_TOLERANCE_S:
        return False
    if not _are_compatible(a, b):
        return False
    return (
        _agree(a.duration_s, b.duration_s)
        or _agree(a.distance_m, b.distance_m)
        or _agree(a.elapsed_s, b.elapsed_s)
    )


def is_part_of(part: ActivitySummary, whole: ActivitySummary) -> bool:
    """Tell whether what a damaged file still gave may be the beginning of a run."""
    if abs((part.started_at - whole.started_at).total_seconds()) > START_TOLERANCE_S:
        return False
    return _are_compatible(part, whole) and part.elapsed_s <= whole.elapsed_s


def _are_compatible(a: ActivitySummary, b: ActivitySummary) -> bool:
    if Verdict.CONFIRMED in (a.verdict, b.verdict):
        # The sport may be the person's own word, which other files of the run do not know of.
        return True
    both = a.sport, b.sport
    return a.sport is b.sport or Sport.OTHER in both or all(sport.is_running for sport in both)


def _agree(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return False
    larger = max(a, b)
    return larger > 0.0 and abs(a - b) <= _SAME_TOTAL_FRAC * larger


def richness(reader: str, activity: Activity, *, is_whole: bool = True) -> int:
    """Return how much a recording tells; of two recordings of one run, the larger is the richer.

    One that names its sport comes before one that does not; then the format decides (FIT, TCX,
    GPX, then a row of an account's list), then the number of streams. What is left of a damaged
    file comes after all and is negative: its distance and time are of a part of the run.

    Parameters
    ----------
    reader
        Which reader answered: ``fitfast``, ``tcx``, ``gpx`` ...; anything else counts as a row.
    activity
        What it read, cleaned.
    is_whole
        Whether the file held all it should.
    """
    rank = _FIT_RANK if reader in _FIT_READERS else _FORMAT_RANKS.get(reader, _ROW_RANK)
    named = 0 if activity.sport is Sport.OTHER else _NAMED_SPORT
    if not is_whole:
        rank, named = _DAMAGED_RANK, 0
    streams = 0 if activity.streams is None else len(activity.streams.columns())
    return named + rank * _RANK_STEP + streams
