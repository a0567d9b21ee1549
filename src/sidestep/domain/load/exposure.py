"""Steps multiplied out over weeks and a year, an estimate; no threshold exists and none is here."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.load.report import Exposure, KneeInside


def compute_exposure(runs: Iterable[ActivitySummary], on: date, days: int) -> Exposure:
    """Add up the steps of the runs in the ``days`` that end on ``on``.

    Runs only: other foot sport is not in it. A run without a step count adds nothing and is
    counted in ``runs_without_steps``, so that a low figure is not taken for a small load.

    Sources
    -------
    article_hips
    """
    first = on - timedelta(days=days - 1)
    by_source: Counter[str] = Counter()
    without_steps = 0
    for run in runs:
        if not first <= run.local_date <= on:
            continue
        if run.steps is None:
            without_steps += 1
        else:
            by_source[run.steps_source.value] += run.steps
    steps = by_source.total()
    return Exposure(
        days=days,
        steps=steps,
        steps_per_knee=steps // 2,
        runs_without_steps=without_steps,
        by_source=dict(sorted(by_source.items())),
    )


def steps_inside(exposure: Exposure, inside: KneeInside) -> tuple[int, int]:
    """Return how many steps of one leg had the knee inside the foot line, from and to.

    The clip's share is taken for every step: an estimate on an estimate.
    """
    low, high = inside.share_low, inside.share_high
    return round(exposure.steps_per_knee * low), round(exposure.steps_per_knee * high)
