"""Follows one person through a clip with the BlazePose networks, several frames at a time.

How files are decoded and how the points become steps does not belong here.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from sidestep.adapters.pose.covered_body import what_covers
from sidestep.adapters.pose.following import Following
from sidestep.adapters.pose.landmark_network import (
    HIPS,
    RIM,
    LandmarkNetwork,
    LandmarkRequest,
)
from sidestep.adapters.pose.light import brightness_of, sharpness_of
from sidestep.adapters.pose.model_files import PoseModels
from sidestep.adapters.pose.motion_map import MotionMap
from sidestep.adapters.pose.person_detector import PersonDetector
from sidestep.adapters.pose.place_stills import PlaceStills
from sidestep.adapters.pose.region import region_around
from sidestep.adapters.pose.squares import SquaresInTurn
from sidestep.adapters.pose.track_rows import TrackRows
from sidestep.adapters.pose.upright_lines import lines_roll_behind
from sidestep.domain.motion.pose_track import PoseTrack
from sidestep.domain.motion.skeleton import N_KEYPOINTS
from sidestep.services.ports.frames import Clips, Frame, Layout, OpenClip

STREAMS = 2
"""Frames in the network at once, each on a core of its own."""

LOOK_AROUND_EVERY_S = 2.0
"""Between two counts of the people in the picture."""

SHARPNESS_EVERY = 5
"""Frames between two looks at how sharp the picture is: light and distance change slowly."""

REPORT_EVERY_S = 1.0
"""Of the clip, between two reports of progress."""


class BlazePoseSource:
    """Implements ``services.ports.PoseSource``.

    The same clip gives the same track on every run: which frame's square is chosen from which
    earlier frame's points depends on their numbers, never on which was ready first.

    Parameters
    ----------
    clips
        Opens the files.
    models
        The networks.
    give_back
        Gives the system what the networks held, once they are no longer needed.
    """

    def __init__(
        self, clips: Clips, models: PoseModels, give_back: Callable[[], None] | None = None
    ) -> None:
        self._clips = clips
        self._models = models
        self._give_back = give_back

    def track(self, clip: Path, progress: Callable[[float], None]) -> PoseTrack:
        """Follow the person through the whole clip; one frame after the other is in memory.

        Raises
        ------
        UnreadableFileError
            The file is no video, or none of its frames can be decoded.
        """
        track, stills = self._watched(clip, progress)
        # Networks and decoder give their memory back before the place is looked at.
        if self._give_back is not None:
            self._give_back()
        track = replace(
            track,
            lines_roll=lines_roll_behind(track, stills),
            covered_by=what_covers(track.xy_px, track.width_px, stills),
        )
        progress(1.0)
        return track

    def _watched(
        self, clip: Path, progress: Callable[[float], None]
    ) -> tuple[PoseTrack, PlaceStills]:
        with self._clips.open(clip) as opened:
            following: _ClipFollowing | None = None
            reported_s = 0.0
            for frame in opened.frames():
                if following is None:
                    following = _ClipFollowing(self._models, frame.layout, opened)
                following.take(frame)
                if frame.time_s - reported_s >= REPORT_EVERY_S and opened.duration_s > 0:
                    reported_s = frame.time_s
                    progress(min(1.0, frame.time_s / opened.duration_s))
            # A clip without frames has raised by now.
            assert following is not None  # noqa: S101
            return following.finish(), following.stills


@dataclass(slots=True)
class _Begun:
    """A frame the network is working on."""

    row: int
    time_s: float
    turn: int
    frame: Frame | None
    request: LandmarkRequest


class _ClipFollowing:
    """The state of one clip on its way through the networks."""

    def __init__(self, models: PoseModels, layout: Layout, opened: OpenClip) -> None:
        self._layout = layout
        self._model = models.name
        # Half a second of work: one core prepares the detector, the other the landmark network.
        with ThreadPoolExecutor(1) as beside:
            detector = beside.submit(PersonDetector, models.detector, layout)
            network = LandmarkNetwork(models, layout.rgb_from_yuv, streams=STREAMS)
            self._detector = detector.result()
        # One more than there are cores: while it waits, its frame is fetched already.
        self._idle = deque(network.request() for _ in range(STREAMS + 1))
        self._begun: deque[_Begun] = deque()
        self._following = Following(layout.width_px, layout.height_px)
        self._motion = MotionMap(layout)
        self._rows = TrackRows(opened.n_frames_claimed)
        self._squares = SquaresInTurn()
        self._cuts_s: list[float] = []
        self._looked_around_s = -np.inf
        self.stills = PlaceStills()

    def take(self, frame: Frame) -> None:
        """Take the next frame in; the result of an earlier one comes out."""
        row = self._rows.begin(frame.time_s)
        self.stills.take(frame)
        if not self._idle:
            self._collect()
        if self._motion.watch(frame):
            self._cuts_s.append(frame.time_s)
            self._following.forget()
            self._looked_around_s = -np.inf
        self._rows.set(row, changes=self._motion.change)
        self._look(frame, row)
        region = self._following.region
        if region is None:
            self._rows.set(row, brightness=self._motion.brightness)
            return
        request = self._idle.popleft()
        request.start(frame, self._squares.next_of(frame, region))
        self._rows.set(row, brightness=brightness_of(request.luma))
        # A frame takes megabytes: it is only held where its sharpness is wanted.
        kept = frame if row % SHARPNESS_EVERY == 0 else None
        self._begun.append(_Begun(row, frame.time_s, self._following.turn, kept, request))

    def finish(self) -> PoseTrack:
        """Wait for what is still being worked on and give out the track."""
        while self._begun:
            self._collect()
        return self._rows.track(
            cuts_s=tuple(self._cuts_s),
            width_px=self._layout.width_px,
            height_px=self._layout.height_px,
            model=self._model,
        )

    def _look(self, frame: Frame, row: int) -> None:
        """Search the whole picture when nobody is followed, and to count now and then."""
        is_due = frame.time_s - self._looked_around_s >= LOOK_AROUND_EVERY_S
        wants_look = self._following.wants_look(frame.time_s)
        if not (is_due or wants_look):
            return
        people = self._detector.people(frame)
        self._looked_around_s = frame.time_s
        self._rows.set(row, people=float(len(people)))
        if wants_look:
            self._following.find(people, self._motion, frame.time_s)
        elif self._following.reconsider(people, self._motion):
            self._rows.take_back_person(row)
        self._rows.set(row, rivals=float(self._following.rivals(people, self._motion)))

    def _collect(self) -> None:
        """Take out the oldest frame the network is working on."""
        begun = self._begun.popleft()
        joints = begun.request.wait()
        self._idle.append(begun.request)
        seen = region_around(joints.xy_px[HIPS], joints.xy_px[RIM])
        if self._following.see(seen, joints.presence, begun.time_s, begun.turn):
            points_px = joints.xy_px[:N_KEYPOINTS]
            self._rows.set(begun.row, xy_px=points_px, score=joints.score)
            if begun.frame is not None:
                self._rows.set(begun.row, sharpness=sharpness_of(begun.frame, points_px))
