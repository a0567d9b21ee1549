"""The treadmill mirror: counts and measures steps while they happen, one pose at a time.

Pictures, sounds and clocks belong elsewhere; angles are those of the analysis of a whole clip.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.body_size import length_px, middle_of
from sidestep.domain.motion.calibration import Calibration
from sidestep.domain.motion.frontal_angles import (
    femoral_adduction_deg,
    fppa_deg,
    knee_over_foot_pct,
)
from sidestep.domain.motion.one_euro import OneEuroFilter
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.motion.view_finding import LiveView
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.evidence import Parameters
from sidestep.domain.vocabulary.parameters import whole_number_of
from sidestep.domain.vocabulary.side import Side

LIVE_MEASURES = (RunMeasure.FEMORAL_ADDUCTION, RunMeasure.FPPA, RunMeasure.KNEE_OVER_FOOT)

CADENCE_STEPS = 12
"""Cadence is the mean over this many steps."""

TURN_SHARE = 0.3
"""The feet have changed places when one is lower by this share of their usual difference."""

LEG_MEMORY = 0.02
"""How fast the leg's length follows what is seen, per picture."""

USUAL_MEMORY = 0.2
"""How fast the feet's usual difference follows what is seen, per step."""

FIRST_DIFFERENCE_LEGS = 0.3
LONGEST_STEP_S = 0.6
"""A foot lower than the other for longer than this stands still or walks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveStep:
    """One step that has just ended."""

    side: Side
    time_s: float
    values: Mapping[RunMeasure, float]

    def unless_since(self, since_s: float | None) -> "LiveStep":
        """Return the step, without values when it is not earlier than what spoils them."""
        is_spoilt = since_s is not None and self.time_s >= since_s
        return replace(self, values={}) if is_spoilt and self.values else self


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorView:
    """What the mirror shows now.

    Attributes
    ----------
    xy_px
        Shape (16, 2), the smoothed pose.
    cadence_spm
        ``None`` until enough steps were seen.
    recent
        The last steps of each side, oldest first.
    is_over_limit
        Per side: too many of the last steps were beyond the person's own limit.
    finished
        The step that ended with this pose, if one did.
    standing
        The leg whose foot is the lower one; ``None`` until one was, and when the feet are unseen.
    hidden_since_s
        Since when something stands between the camera and the runner; ``None`` when nothing does.
    other_view
        From where the runner is surely seen, when that is not the view that was named: the legs
        would be exchanged, or nothing of all this be seen.
    other_view_since_s
        Since when, as far as is known; ``None`` while the view is as named, or unsure.
    """

    xy_px: NDArray[np.float64]
    n_steps: int
    cadence_spm: float | None
    recent: Mapping[Side, tuple[LiveStep, ...]]
    is_over_limit: Mapping[Side, bool]
    finished: LiveStep | None
    standing: Side | None = None
    hidden_since_s: float | None = None
    other_view: View | None = None
    other_view_since_s: float | None = None

    @property
    def spoilt_since_s(self) -> float | None:
        """Since when steps have no values, whatever the reason."""
        return _earlier(self.hidden_since_s, self.other_view_since_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sample:
    time_s: float
    apart: float
    trunk_y: float
    values: Mapping[Side, Mapping[RunMeasure, float]]


@dataclass(slots=True, kw_only=True)
class Mirror:
    """Fed one pose after the other, says after each what to show.

    Parameters
    ----------
    watched, limit
        The measure the sound is about, and the person's own limit for it, ``None`` for no sound.
    """

    view: View
    parameters: Parameters
    calibration: Calibration
    watched: RunMeasure = RunMeasure.FEMORAL_ADDUCTION
    limit: float | None = None
    _filter: OneEuroFilter = field(default_factory=OneEuroFilter)
    _leg_px: float = float("nan")
    _usual: float = FIRST_DIFFERENCE_LEGS
    _standing: Side | None = None
    _samples: list[_Sample] = field(default_factory=list)
    _steps: deque[LiveStep] = field(default_factory=lambda: deque(maxlen=64))
    _n_steps: int = 0
    _live_view: LiveView = field(default_factory=LiveView)
    _other_view_since_s: float | None = None
    _spoilt_since_s: float | None = None

    def show(
        self, time_s: float, xy_px: NDArray[np.float64], hidden_since_s: float | None = None
    ) -> MirrorView:
        """Take one pose and return what to show.

        Parameters
        ----------
        time_s
            When the picture was taken; a pose that is not later than the last one starts anew.
        xy_px
            Shape (16, 2), NaN where unseen.
        hidden_since_s
            Since when something stands before the person: from then on steps have no values.
            Somebody who does not run hides and shows other things, and of her it means nothing.
        """
        if self._cadence_spm() is None:
            hidden_since_s = None
        if self._samples and time_s <= self._samples[-1].time_s:
            self._standing, self._samples = None, []
            self._steps.clear()
            self._other_view_since_s = None
        other_view = self._look_from_where(time_s, xy_px)
        spoilt_since_s = _earlier(hidden_since_s, self._other_view_since_s)
        self._learn_leg(xy_px)
        smooth = self._filter.smooth(time_s, xy_px, self._leg_px)
        finished = self._follow(time_s, smooth)
        if finished is not None:
            finished = finished.unless_since(spoilt_since_s)
            self._steps.append(finished)
            self._n_steps += 1
        if spoilt_since_s != self._spoilt_since_s:
            self._spoilt_since_s = spoilt_since_s
            for at, step in enumerate(self._steps):
                self._steps[at] = step.unless_since(spoilt_since_s)
        return MirrorView(
            xy_px=smooth,
            n_steps=self._n_steps,
            cadence_spm=self._cadence_spm(),
            recent={
                side: self._last(side, whole_number_of(self.parameters, "mirror_steps_shown"))
                for side in Side
            },
            is_over_limit={side: self._is_over(side) for side in Side},
            finished=finished,
            standing=self._standing,
            hidden_since_s=hidden_since_s,
            other_view=other_view,
            other_view_since_s=self._other_view_since_s,
        )

    def _look_from_where(self, time_s: float, xy_px: NDArray[np.float64]) -> View | None:
        """Return the view that is surely seen and was not named, and note since when."""
        found = self._live_view.see(time_s, xy_px)
        # Somebody who steps onto the belt is seen from aside for a while.
        is_other = found.contradicts(self.view) and not (
            found.view is View.SIDE and self._cadence_spm() is None
        )
        if not is_other:
            self._other_view_since_s = None
            return None
        if self._other_view_since_s is None:
            self._other_view_since_s = self._live_view.since_s
        return found.view

    def _learn_leg(self, xy_px: NDArray[np.float64]) -> None:
        lengths = [
            float(length_px(xy_px, side, "hip", "knee") + length_px(xy_px, side, "knee", "ankle"))
            for side in Side
        ]
        seen = [length for length in lengths if np.isfinite(length)]
        if not seen:
            return
        # The leg that stands is the longer one in the picture.
        longest = max(seen)
        if not np.isfinite(self._leg_px):
            self._leg_px = longest
        self._leg_px += LEG_MEMORY * (longest - self._leg_px)

    def _follow(self, time_s: float, xy_px: NDArray[np.float64]) -> LiveStep | None:
        """Return the step that ends when the other foot becomes the lower one."""
        lower = self._lower_foot(xy_px)
        if not np.isfinite(lower):
            self._standing, self._samples = None, []
            return None
        turned = TURN_SHARE * self._usual
        now = self._standing
        if lower > turned:
            now = Side.LEFT
        elif lower < -turned:
            now = Side.RIGHT
        finished = None
        if now is not self._standing:
            finished = self._finish()
            self._standing, self._samples = now, []
        if now is not None:
            self._samples.append(self._sample(time_s, xy_px, abs(lower)))
        return finished

    def _lower_foot(self, xy_px: NDArray[np.float64]) -> float:
        """Return how much lower the left foot is than the right, in leg lengths."""
        left, right = (
            np.mean([xy_px[keypoint(part, side), 1] for part in ("ankle", "heel", "toe")])
            for side in (Side.LEFT, Side.RIGHT)
        )
        return float((left - right) / self._leg_px) if self._leg_px > 0 else float("nan")

    def _sample(self, time_s: float, xy_px: NDArray[np.float64], apart: float) -> _Sample:
        values = {}
        for side in Side:
            raw = {
                RunMeasure.FEMORAL_ADDUCTION: femoral_adduction_deg(xy_px, side, self.view),
                RunMeasure.FPPA: fppa_deg(xy_px, side, self.view),
                RunMeasure.KNEE_OVER_FOOT: knee_over_foot_pct(
                    xy_px, side, self.view, self._leg_px / 2
                ),
            }
            values[side] = {measure: float(value) for measure, value in raw.items()}
        trunk = middle_of(xy_px, "shoulder") + middle_of(xy_px, "hip")
        return _Sample(time_s=time_s, apart=apart, trunk_y=float(trunk[1]) / 2, values=values)

    def _finish(self) -> LiveStep | None:
        """Return the step of the samples since the feet changed places."""
        samples, side = self._samples, self._standing
        if side is None or len(samples) < 2:
            return None
        if samples[-1].time_s - samples[0].time_s > LONGEST_STEP_S:
            return None
        widest = max(sample.apart for sample in samples)
        self._usual += USUAL_MEMORY * (widest - self._usual)
        middle = max(samples, key=lambda sample: sample.trunk_y)
        third_s = (samples[-1].time_s - samples[0].time_s) / 6
        near = [
            sample for sample in samples if abs(sample.time_s - middle.time_s) <= third_s + 1e-9
        ]
        values = {}
        for measure in LIVE_MEASURES:
            line = self.calibration.line(self.view, measure)
            seen = [sample.values[side][measure] for sample in near]
            if line is not None and np.all(np.isfinite(seen)):
                values[measure] = line.true_value(float(np.mean(seen)), 0.0)
        return LiveStep(side=side, time_s=middle.time_s, values=values)

    def _last(self, side: Side, n: int) -> tuple[LiveStep, ...]:
        return tuple([step for step in self._steps if step.side is side][-n:])

    def _cadence_spm(self) -> float | None:
        steps = list(self._steps)[-CADENCE_STEPS:]
        if len(steps) < CADENCE_STEPS:
            return None
        return 60 * (len(steps) - 1) / (steps[-1].time_s - steps[0].time_s)

    def _is_over(self, side: Side) -> bool:
        """Whether too many of the last steps of a side were beyond the limit."""
        if self.limit is None:
            return False
        last = self._last(side, whole_number_of(self.parameters, "mirror_steps_watched"))
        over = [step for step in last if step.values.get(self.watched, -np.inf) > self.limit]
        return len(over) >= whole_number_of(self.parameters, "mirror_steps_over")


def _earlier(one_s: float | None, other_s: float | None) -> float | None:
    return min((each for each in (one_s, other_s) if each is not None), default=None)
