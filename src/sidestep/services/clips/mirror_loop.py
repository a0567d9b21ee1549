"""One turn of the mirror: pose, what to show, whether to sound, and what it all comes to.

Where pictures come from and who shows them is its callers' business: a window, or a browser.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.mirror import LiveStep, Mirror, MirrorView
from sidestep.domain.motion.pose_track import LEAST_SCORE
from sidestep.domain.motion.skeleton import N_KEYPOINTS
from sidestep.domain.motion.step_statistics import measure_series
from sidestep.domain.motion.views import FROM, View
from sidestep.domain.vocabulary.parameters import whole_number_of
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measure, Unknown
from sidestep.errors import InputError
from sidestep.services.clips.measure_words import WORDS
from sidestep.services.clips.mirror_session import (
    LEAST_RATE_HZ,
    MirrorPart,
    MirrorSession,
    SideSteps,
    mean_cadence,
)
from sidestep.services.ports.clips import LivePose, LivePoses
from sidestep.services.ports.frames import Frame
from sidestep.services.ports.mirror_screen import MirrorPicture

LATELY = 30
"""The delay on the picture is the median of so many, told anew after as many: about a second, so
that it can be read."""


@dataclass(slots=True, kw_only=True)
class _Spells:
    """For how long something was so, also what passed before that was known."""

    is_on: bool = False
    lasted_s: float = 0.0

    def note(self, since_s: float | None, begin_s: float, last_s: float, time_s: float) -> None:
        """Note since when it is so now, ``None`` for not, at the time after the last one."""
        if since_s is not None:
            self.lasted_s += time_s - (last_s if self.is_on else max(since_s, begin_s))
        self.is_on = since_s is not None


@dataclass(slots=True, kw_only=True)
class MirrorLoop:
    """The mirror, one picture after the other.

    Raises
    ------
    InputError
        A limit is given for a measure that cannot be read in this view.
    """

    mirror: Mirror
    poses: LivePoses
    n_shown: int = 0
    recent_delay_s: float | None = None
    is_too_slow: bool = False
    _delays_s: list[float] = field(default_factory=list)
    _steps: dict[bool, list[LiveStep]] = field(default_factory=lambda: {True: [], False: []})
    _lasted_s: dict[bool, float] = field(default_factory=lambda: {True: 0.0, False: 0.0})
    _since_sound: dict[Side, int] = field(default_factory=dict)
    _begin_s: float = 0.0
    _looked_s: float = 0.0
    _hidden: _Spells = field(default_factory=_Spells)
    _from_elsewhere: _Spells = field(default_factory=_Spells)
    _other_view: View | None = None
    _spoilt_since_s: float | None = None
    _end_s: float = 0.0

    def __post_init__(self) -> None:
        mirror = self.mirror
        line = mirror.calibration.line(mirror.view, mirror.watched)
        if mirror.limit is not None and line is None:
            raise InputError(
                f"A limit is of no use here: {mirror.watched} cannot be measured "
                f"{FROM[mirror.view]} with the pose model {mirror.calibration.model}.",
                hint="Choose another measure or view, or leave the limit out.",
            )

    def look(self, frame: Frame) -> MirrorPicture:
        """Find the person in a picture and return what to show."""
        pose = self.poses.see(frame)
        covered = None if pose is None else pose.covered
        shown = self.mirror.show(
            frame.time_s, _points(pose), None if covered is None else covered.since_s
        )
        watched = self.mirror.watched
        return MirrorPicture(
            frame=frame,
            view=self.mirror.view,
            shown=shown,
            watched=watched,
            title=WORDS[watched].title,
            unit=WORDS[watched].unit,
            limit=self.mirror.limit,
            delay_s=self.recent_delay_s,
            is_too_slow=self.is_too_slow,
        )

    def note(
        self, picture: MirrorPicture, delay_s: float | None, *, has_feedback: bool = True
    ) -> Side | None:
        """Note a picture that has been shown, and return the side to sound for, if any.

        Parameters
        ----------
        delay_s
            Its age when it had been shown, or of the newest of which that is known.
        has_feedback
            Whether the person saw what the mirror measured; without it nothing sounds.
        """
        time_s, step = picture.frame.time_s, picture.shown.finished
        if not self.n_shown:
            self._begin_s = self._looked_s = self._end_s = time_s
        self._lasted_s[has_feedback] += time_s - self._end_s
        self._note_spoilt(picture.shown, time_s)
        self._end_s = time_s
        self.n_shown += 1
        if delay_s is not None:
            self._delays_s.append(delay_s)
        if self.n_shown % LATELY == 0:
            lately = self._delays_s[-LATELY:]
            self.recent_delay_s = float(np.median(lately)) if lately else None
            self.is_too_slow = (time_s - self._looked_s) * LEAST_RATE_HZ > LATELY
            self._looked_s = time_s
        if step is None:
            return None
        self._steps[has_feedback].append(step)
        is_due = self._is_sound_due(picture.shown, step.side)
        return step.side if is_due and has_feedback else None

    def _note_spoilt(self, shown: MirrorView, time_s: float) -> None:
        """Count the time in which nothing could be measured, and take back what was."""
        until = self._begin_s, self._end_s, time_s
        if shown.spoilt_since_s != self._spoilt_since_s:
            self._spoilt_since_s = shown.spoilt_since_s
            for steps in self._steps.values():
                steps[:] = [step.unless_since(shown.spoilt_since_s) for step in steps]
        self._hidden.note(shown.hidden_since_s, *until)
        self._from_elsewhere.note(shown.other_view_since_s, *until)
        self._other_view = shown.other_view or self._other_view

    def _is_sound_due(self, shown: MirrorView, side: Side) -> bool:
        """Whether the step that has just ended makes a sound; no step counts for two sounds."""
        watched = whole_number_of(self.mirror.parameters, "mirror_steps_watched")
        since = self._since_sound.get(side, watched) + 1
        is_due = shown.is_over_limit[side] and since >= watched
        self._since_sound[side] = 0 if is_due else since
        return is_due

    def session(self, n_dropped: int, broke_off: str = "") -> MirrorSession:
        """Sum up."""
        delays_ms = 1000 * np.array(self._delays_s)
        steps = sorted((step for part in self._steps.values() for step in part), key=_when)
        return MirrorSession(
            view=self.mirror.view,
            watched=self.mirror.watched,
            limit=self.mirror.limit,
            duration_s=self._end_s - self._begin_s,
            sides=self._sides(steps),
            cadence_spm=mean_cadence(steps),
            delay_ms=(float(np.median(delays_ms)), float(np.percentile(delays_ms, 95)))
            if len(delays_ms)
            else None,
            n_shown=self.n_shown,
            n_dropped=n_dropped,
            broke_off=broke_off,
            hidden_s=self._hidden.lasted_s,
            other_view=self._other_view,
            other_view_s=self._from_elsewhere.lasted_s,
        )

    def parts(self) -> tuple[MirrorPart, ...]:
        """Return the time with the mirror and the time without, as far as there was any."""
        return tuple(
            MirrorPart(
                has_feedback=has_feedback,
                duration_s=self._lasted_s[has_feedback],
                sides=self._sides(steps),
            )
            for has_feedback, steps in self._steps.items()
            if self._lasted_s[has_feedback] > 0
        )

    def _sides(self, steps: Sequence[LiveStep]) -> dict[Side, SideSteps]:
        return {
            side: self._side_steps([step for step in steps if step.side is side]) for side in Side
        }

    def _side_steps(self, steps: Sequence[LiveStep]) -> SideSteps:
        mirror = self.mirror
        seen = [step.values[mirror.watched] for step in steps if mirror.watched in step.values]
        line = mirror.calibration.line(mirror.view, mirror.watched)
        fewest = whole_number_of(mirror.parameters, "steps_needed")
        value: Measure = (
            Unknown(reason="The pose model was not calibrated for it in this view.")
            if line is None
            else measure_series(
                np.array(seen),
                fewest=fewest,
                too_few=f"{len(seen)} measured steps; {fewest} are needed.",
                calibration_sd=line.residual_sd,
            )
        )
        return SideSteps(
            n_steps=len(steps),
            value=value,
            n_measured=len(seen),
            n_over=None if mirror.limit is None else sum(each > mirror.limit for each in seen),
        )


def _when(step: LiveStep) -> float:
    return step.time_s


def _points(pose: LivePose | None) -> NDArray[np.float64]:
    """Return shape (16, 2), NaN where nothing was seen well enough."""
    if pose is None:
        return np.full((N_KEYPOINTS, 2), np.nan)
    return np.where((pose.score < LEAST_SCORE)[:, None], np.nan, pose.xy_px)
