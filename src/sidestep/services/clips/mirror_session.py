"""What a session at the mirror came to, as values and as JSON; the session runs elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from sidestep.domain.motion.mirror import LiveStep
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.step_statistics import mean_error
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measure, Measured, Unknown
from sidestep.services.clips.measure_document import measure_document, rounded

LONGEST_STRIDE_RATIO = 1.5
"""A stride longer than this many usual ones holds a pause or steps that were not seen."""

FEWEST_STRIDES = 10
"""Times of single pictures are coarse; the mean of this many strides is not."""

LEAST_RATE_HZ = 20.0
"""With fewer pictures a second a quick stance has under five, and steps go unseen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideSteps:
    """The steps of one side in a session.

    Attributes
    ----------
    value
        Mean of the watched measure. How the camera stands is not taken out of it.
    n_measured
        Steps in which the watched measure could be read.
    n_over
        Of these, the steps beyond the limit; ``None`` without one.
    """

    n_steps: int
    value: Measure
    n_measured: int
    n_over: int | None

    @property
    def over_share(self) -> float | None:
        """Share of the measured steps beyond the limit."""
        return (
            self.n_over / self.n_measured if self.n_over is not None and self.n_measured else None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorPart:
    """The time of a session with the mirror, or the time without; they may have taken turns."""

    has_feedback: bool
    duration_s: float
    sides: Mapping[Side, SideSteps]


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorSession:
    """What a session at the mirror came to.

    Attributes
    ----------
    delay_ms
        Median and 95th percentile of the pictures' age when they had been shown, counted from
        their arrival (of a file: from when they were due); ``None`` without a picture.
    broke_off
        Why the pictures ended before the person did, empty otherwise.
    hidden_s
        For how long something stood between the camera and the runner; of these steps there are
        no values.
    other_view, other_view_s
        From where the runner was surely seen when that was not the view that was named, and for
        how long; of these steps there are no values either.
    """

    view: View
    watched: RunMeasure
    limit: float | None
    duration_s: float
    sides: Mapping[Side, SideSteps]
    cadence_spm: Measure
    delay_ms: tuple[float, float] | None
    n_shown: int
    n_dropped: int
    broke_off: str = ""
    hidden_s: float = 0.0
    other_view: View | None = None
    other_view_s: float = 0.0

    @property
    def n_steps(self) -> int:
        """Steps of both sides."""
        return sum(steps.n_steps for steps in self.sides.values())

    @property
    def rate_hz(self) -> float:
        """Pictures shown a second."""
        return (self.n_shown - 1) / self.duration_s if self.duration_s > 0 else 0.0

    @property
    def is_too_slow(self) -> bool:
        """So few pictures were shown that steps may be missing."""
        return self.rate_hz < LEAST_RATE_HZ


def mean_cadence(steps: Sequence[LiveStep]) -> Measure:
    """Return steps a minute over all strides without a pause, with their 95 % error."""
    strides_s = np.array(
        [
            second.time_s - first.time_s
            for (first, middle), (_, second) in pairwise(pairwise(steps))
            if first.side is second.side is not middle.side
        ]
    )
    if len(strides_s):
        strides_s = strides_s[strides_s < LONGEST_STRIDE_RATIO * np.median(strides_s)]
    if len(strides_s) < FEWEST_STRIDES:
        return Unknown(reason="Too few steps in a row were seen.")
    stride_s = float(np.mean(strides_s))
    cadence_spm = 120 / stride_s
    error = cadence_spm * mean_error(strides_s) / stride_s
    return Measured(value=cadence_spm, error=error, n=len(steps))


def mirror_document(session: MirrorSession) -> dict[str, Any]:
    """Return a session as JSON; nothing in it is about single pictures."""
    return {
        "view": session.view.value,
        "watched": session.watched.value,
        "limit": session.limit,
        "duration_s": rounded(session.duration_s),
        "n_steps": session.n_steps,
        "cadence_spm": measure_document(session.cadence_spm),
        **_sides_document(session.sides, session.watched),
        "delay_ms": _delay_document(session.delay_ms),
        "frames": {
            "shown": session.n_shown,
            "dropped": session.n_dropped,
            "shown_per_s": rounded(session.rate_hz),
            "too_few": session.is_too_slow,
        },
        "hidden_s": rounded(session.hidden_s),
        "other_view": None if session.other_view is None else session.other_view.value,
        "other_view_s": rounded(session.other_view_s),
        "broke_off": session.broke_off or None,
    }


def part_document(part: MirrorPart, watched: RunMeasure) -> dict[str, Any]:
    """Return a part of a session as JSON."""
    return {
        "has_feedback": part.has_feedback,
        "duration_s": rounded(part.duration_s),
        **_sides_document(part.sides, watched),
    }


def _sides_document(sides: Mapping[Side, SideSteps], watched: RunMeasure) -> dict[str, Any]:
    return {
        side.value: {
            "n_steps": steps.n_steps,
            watched.value: measure_document(steps.value),
            "n_measured": steps.n_measured,
            "n_over_limit": steps.n_over,
            "over_limit_share": None if steps.over_share is None else rounded(steps.over_share),
        }
        for side, steps in sides.items()
    }


def _delay_document(delay_ms: tuple[float, float] | None) -> dict[str, float] | None:
    if delay_ms is None:
        return None
    median, high = delay_ms
    return {"median": round(median, 1), "percentile_95": round(high, 1)}
