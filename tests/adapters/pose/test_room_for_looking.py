"""Frames and networks are let go of before the place behind a person is looked at."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from weakref import ReferenceType, ref

import pytest

from builders.drawn_clips import GreyClip
from sidestep.adapters.pose import blazepose_source
from sidestep.adapters.pose.blazepose_source import BlazePoseSource
from sidestep.adapters.pose.model_files import PoseModels
from sidestep.adapters.pose.place_stills import PlaceStills
from sidestep.adapters.pose.track_rows import TrackRows
from sidestep.domain.motion.pose_track import PoseTrack
from sidestep.services.ports.frames import Frame

HELD: list[ReferenceType[Any]] = []


class RememberedFrames(GreyClip):
    def frames(self) -> Iterator[Frame]:
        for frame in super().frames():
            HELD.append(ref(frame.luma.samples))
            yield frame


class SeesNobody:
    """Stands for the networks on their way through a clip."""

    def __init__(self, *_: object) -> None:
        self.stills = PlaceStills()
        HELD.append(ref(self))

    def take(self, frame: Frame) -> None:
        self.newest = frame

    def finish(self) -> PoseTrack:
        return TrackRows(0).track(cuts_s=(), width_px=180, height_px=320, model="none")


def test_memory_is_given_back_when_frames_and_networks_are_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(blazepose_source, "_ClipFollowing", SeesNobody)
    models = PoseModels(detector=Path("d"), landmarks=Path("l"), name="none", score_shift=0.0)
    HELD.clear()
    still_held: list[bool] = []

    def give_back() -> None:
        still_held.extend(each() is not None for each in HELD)

    clip = RememberedFrames(time_s=(0.0, 0.1, 0.2))
    BlazePoseSource(clip, models, give_back).track(Path("clip.mp4"), lambda _: None)
    assert still_held == [False] * 4
