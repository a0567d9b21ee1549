"""Runs the treadmill mirror: newest picture, pose, what to show, sound; draws and opens nothing."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.mirror import LiveStep, Mirror, MirrorView
from sidestep.domain.motion.pose_track import LEAST_SCORE
from sidestep.domain.motion.skeleton import N_KEYPOINTS
from sidestep.domain.motion.step_statistics import measure_series
from sidestep.domain.vocabulary.parameters import whole_number_of
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measure, Unknown
from sidestep.errors import InputError, UnreadableFileError
from sidestep.services.clips.measure_words import WORDS
from sidestep.services.clips.mirror_session import (
    LEAST_RATE_HZ,
    MirrorSession,
    SideSteps,
    mean_cadence,
)
from sidestep.services.ports.clips import LivePose, LivePoses
from sidestep.services.ports.frames import FrameSource
from sidestep.services.ports.mirror_screen import MirrorPicture, MirrorScreen

LATELY = 30
"""The delay on the picture is the median of so many, told anew after as many: about a second, so
that it can be read."""


def run_mirror(
    frames: FrameSource, poses: LivePoses, mirror: Mirror, screen: MirrorScreen
) -> MirrorSession:
    """Show the newest picture again and again until there are no more or the person has enough.

    Nothing plays before the poses are ready, so that no second of a file is lost. Stopping the
    program from the keyboard is one way of having enough.

    Raises
    ------
    InputError
        A limit is given for a measure that cannot be read in this view.
    UnreadableFileError
        The source gave no picture at all.
    StorageError
        The pictures were to be saved and cannot be.
    """
    _check_limit(mirror)
    log = _Log(mirror=mirror)
    try:
        _get_ready(frames, poses)
        while (frame := frames.newest()) is not None:
            shown = mirror.show(frame.time_s, _points(poses.see(frame)))
            is_wanted = screen.show(
                MirrorPicture(
                    frame=frame,
                    view=mirror.view,
                    shown=shown,
                    watched=mirror.watched,
                    title=WORDS[mirror.watched].title,
                    unit=WORDS[mirror.watched].unit,
                    limit=mirror.limit,
                    delay_s=log.recent_delay_s,
                    is_too_slow=log.is_too_slow,
                )
            )
            log.take(frame.time_s, shown, frames.age_s(frame))
            if shown.finished is not None and log.is_sound_due(shown, shown.finished.side):
                screen.sound(shown.finished.side)
            if not is_wanted:
                break
    except KeyboardInterrupt:
        pass
    except UnreadableFileError as broken:
        if not log.delays_s:
            raise
        log.broke_off = broken.message
    return log.session(frames.dropped)


def _get_ready(frames: FrameSource, poses: LivePoses) -> None:
    first = frames.first()
    if first is not None:
        poses.prepare(first)
    frames.begin()


def _check_limit(mirror: Mirror) -> None:
    line = mirror.calibration.line(mirror.view, mirror.watched)
    if mirror.limit is not None and line is None:
        raise InputError(
            f"A limit is of no use here: {mirror.watched} cannot be measured from the "
            f"{mirror.view} with the pose model {mirror.calibration.model}.",
            hint="Choose another --measure or --view, or leave --limit out.",
        )


def _points(pose: LivePose | None) -> NDArray[np.float64]:
    """Return shape (16, 2), NaN where nothing was seen well enough."""
    if pose is None:
        return np.full((N_KEYPOINTS, 2), np.nan)
    return np.where((pose.score < LEAST_SCORE)[:, None], np.nan, pose.xy_px)


@dataclass(slots=True, kw_only=True)
class _Log:
    """What happened so far."""

    mirror: Mirror
    broke_off: str = ""
    delays_s: list[float] = field(default_factory=list)
    recent_delay_s: float | None = None
    is_too_slow: bool = False
    _steps: list[LiveStep] = field(default_factory=list)
    _since_sound: dict[Side, int] = field(default_factory=dict)
    _begin_s: float = 0.0
    _looked_s: float = 0.0
    _end_s: float = 0.0

    def take(self, time_s: float, shown: MirrorView, delay_s: float) -> None:
        """Note a picture that has been shown."""
        if not self.delays_s:
            self._begin_s = self._looked_s = time_s
        self._end_s = time_s
        self.delays_s.append(delay_s)
        if len(self.delays_s) % LATELY == 0:
            self.recent_delay_s = float(np.median(self.delays_s[-LATELY:]))
            self.is_too_slow = (time_s - self._looked_s) * LEAST_RATE_HZ > LATELY
            self._looked_s = time_s
        if shown.finished is not None:
            self._steps.append(shown.finished)

    def is_sound_due(self, shown: MirrorView, side: Side) -> bool:
        """Whether the step that has just ended makes a sound; no step counts for two sounds."""
        watched = whole_number_of(self.mirror.parameters, "mirror_steps_watched")
        since = self._since_sound.get(side, watched) + 1
        is_due = shown.is_over_limit[side] and since >= watched
        self._since_sound[side] = 0 if is_due else since
        return is_due

    def session(self, n_dropped: int) -> MirrorSession:
        """Sum up."""
        delays_ms = 1000 * np.array(self.delays_s)
        return MirrorSession(
            view=self.mirror.view,
            watched=self.mirror.watched,
            limit=self.mirror.limit,
            duration_s=self._end_s - self._begin_s,
            sides={side: self._side(side) for side in Side},
            cadence_spm=mean_cadence(self._steps),
            delay_ms=(float(np.median(delays_ms)), float(np.percentile(delays_ms, 95)))
            if len(delays_ms)
            else None,
            n_shown=len(delays_ms),
            n_dropped=n_dropped,
            broke_off=self.broke_off,
        )

    def _side(self, side: Side) -> SideSteps:
        mirror = self.mirror
        steps = [step for step in self._steps if step.side is side]
        seen = [step.values[mirror.watched] for step in steps if mirror.watched in step.values]
        line = mirror.calibration.line(mirror.view, mirror.watched)
        fewest = whole_number_of(mirror.parameters, "steps_needed")
        value: Measure = (
            Unknown(reason="the pose model was not calibrated for it in this view")
            if line is None
            else measure_series(
                np.array(seen),
                fewest=fewest,
                too_few=f"{len(seen)} measured steps, {fewest} are needed",
                calibration_sd=line.residual_sd,
            )
        )
        return SideSteps(
            n_steps=len(steps),
            value=value,
            n_measured=len(seen),
            n_over=None if mirror.limit is None else sum(each > mirror.limit for each in seen),
        )
