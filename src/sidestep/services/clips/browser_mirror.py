"""One person's mirror in a browser: takes the pictures it sends, answers with what to draw.

How messages travel is not known here, and no picture outlives the call it came with.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.mirror import LiveStep, Mirror
from sidestep.domain.motion.mirror_course import PlannedSession, has_mirror
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.vocabulary.side import Side
from sidestep.errors import UnreadableFileError
from sidestep.services.clips.clip_calibration import calibration_for
from sidestep.services.clips.mirror_loop import MirrorLoop
from sidestep.services.clips.mirror_plan import (
    MirrorSetup,
    cue_seconds,
    keep_mirror_session,
)
from sidestep.services.ports import Clock, Knowledge, Store, StoredDocument
from sidestep.services.ports.clips import LivePoses
from sidestep.services.ports.frames import Frame, SentPictures
from sidestep.services.ports.mirror_screen import MirrorPicture

LONGEST_PAUSE_S = 1.0
"""A longer one, such as a phone put away, counts as so much of the session."""


class Cue(StrEnum):
    """What to do, said one at a time; the page has the words."""

    KNEES_APART = "apart"
    KNEES_AHEAD = "ahead"
    SQUEEZE = "squeeze"
    LEFT_OUT = "left"
    RIGHT_OUT = "right"


ROUND = (Cue.KNEES_APART, Cue.KNEES_AHEAD, Cue.SQUEEZE)
"""The cues of the study (``willy_2012``), one after the other."""

_OF_SIDE = {Side.LEFT: Cue.LEFT_OUT, Side.RIGHT: Cue.RIGHT_OUT}


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPicture:
    """A picture as it was sent.

    Attributes
    ----------
    time_s
        On the sender's own clock, which never goes back.
    delay_s
        How old an earlier picture was when the sender had shown it; ``None`` when none was.
    n_dropped
        Pictures that the sender left out so far.
    """

    number: int
    time_s: float
    delay_s: float | None
    n_dropped: int
    jpeg: bytes


@dataclass(slots=True, kw_only=True)
class BrowserMirror:
    """The mirror of one session. All of it runs in one thread."""

    loop: MirrorLoop
    pictures: SentPictures
    planned: PlannedSession
    setup: MirrorSetup
    _base_s: float | None = None
    _last_s: float = 0.0
    _n_dropped: int = 0

    def prepare(self, sent: SentPicture) -> None:
        """Get ready with a picture like those to come; it is not part of the session.

        Raises
        ------
        UnreadableFileError
            It is no picture.
        """
        self.loop.poses.prepare(self.pictures.frame(sent.jpeg, 0.0))

    def take(self, sent: SentPicture) -> dict[str, Any]:
        """Look at a picture and return what to draw on it, as JSON.

        Raises
        ------
        UnreadableFileError
            It is no picture, or comes from before the last one.
        """
        run_s = self._run_s(sent.time_s)
        frame = self.pictures.frame(sent.jpeg, run_s)
        self._last_s, self._n_dropped = run_s, sent.n_dropped
        picture = self.loop.look(frame)
        shows = has_mirror(run_s, self.planned.feedback_share, self.loop.mirror.parameters)
        sounded = self.loop.note(picture, sent.delay_s, has_feedback=shows)
        return {
            "n": sent.number,
            "mirror": shows,
            "left_s": max(0, round(60 * self.planned.minutes - run_s)),
            "steps": picture.shown.n_steps,
            "cadence": _rounded(picture.shown.cadence_spm, 0),
            "delay_ms": _rounded(_in_ms(picture.delay_s), 0),
            "slow": picture.is_too_slow,
            "hidden": picture.shown.spoilt_since_s is not None,
            "other_view": None if (other := picture.shown.other_view) is None else other.value,
            **(self._shown(picture, frame, run_s) if shows else {}),
            "sound": sounded.value if sounded is not None and self.setup.has_sound else None,
        }

    def end(
        self, *, store: Store, knowledge: Knowledge, clock: Clock, broke_off: str = ""
    ) -> StoredDocument | None:
        """Keep what the session came to, ``None`` when there was nothing to keep.

        Raises
        ------
        StorageError
            It cannot be written.
        """
        return keep_mirror_session(
            self.loop,
            self.planned,
            self._n_dropped,
            store=store,
            knowledge=knowledge,
            clock=clock,
            broke_off=broke_off,
        )

    def _run_s(self, sent_s: float) -> float:
        """Return the time within the session, long pauses taken out."""
        if self._base_s is None:
            self._base_s = sent_s
            return 0.0
        run_s = sent_s - self._base_s
        if run_s <= self._last_s:
            raise UnreadableFileError("a picture came from before the last one")
        if run_s - self._last_s > LONGEST_PAUSE_S:
            self._base_s = sent_s - self._last_s - LONGEST_PAUSE_S
            return self._last_s + LONGEST_PAUSE_S
        return run_s

    def _shown(self, picture: MirrorPicture, frame: Frame, run_s: float) -> dict[str, Any]:
        shown, watched = picture.shown, picture.watched
        return {
            "points": _points(shown.xy_px, frame),
            "standing": None if shown.standing is None else shown.standing.value,
            "bars": {side.value: _bars(shown.recent[side], watched) for side in Side},
            "over": {side.value: shown.is_over_limit[side] for side in Side},
            "cue": self._cue(picture, run_s).value,
        }

    def _cue(self, picture: MirrorPicture, run_s: float) -> Cue:
        """Return the side's own cue where one side is over the limit, else the round's."""
        over = [side for side in Side if picture.shown.is_over_limit[side]]
        if len(over) == 1:
            return _OF_SIDE[over[0]]
        return ROUND[int(run_s / cue_seconds(self.loop.mirror.parameters)) % len(ROUND)]


def begin_mirror(
    planned: PlannedSession,
    setup: MirrorSetup,
    *,
    poses: LivePoses,
    pictures: SentPictures,
    pose_model: str,
    knowledge: Knowledge,
) -> BrowserMirror:
    """Return the mirror of a new session.

    Raises
    ------
    InputError
        A limit is given for a measure that cannot be read in this view.
    """
    mirror = Mirror(
        view=setup.view,
        parameters=knowledge.motion,
        calibration=calibration_for(pose_model, knowledge),
        watched=setup.watched,
        limit=setup.limit,
    )
    loop = MirrorLoop(mirror=mirror, poses=poses)
    return BrowserMirror(loop=loop, pictures=pictures, planned=planned, setup=setup)


def _points(xy_px: NDArray[np.float64], frame: Frame) -> list[list[float] | None]:
    """Return each point as shares of the picture's width and height, ``None`` where unseen."""
    shares = xy_px / (frame.layout.width_px, frame.layout.height_px)
    return [
        [round(float(x), 4), round(float(y), 4)] if np.isfinite(x) and np.isfinite(y) else None
        for x, y in shares
    ]


def _bars(steps: tuple[LiveStep, ...], watched: RunMeasure) -> list[float | None]:
    return [_rounded(step.values.get(watched), 1) for step in steps]


def _in_ms(value_s: float | None) -> float | None:
    return None if value_s is None else 1000 * value_s


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
