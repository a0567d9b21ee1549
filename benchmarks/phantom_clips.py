"""Rendered clips with their truth, and what Sidestep sees in them; no figure is judged here."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from sidestep.bootstrap.wiring import Wiring
from sidestep.domain.motion.pose_track import Cover, LinesRoll, PoseTrack
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.evidence import Parameters

TRUTH = ".truth.json"
_SERIES = (
    "time_s",
    "xy_px",
    "score",
    "brightness",
    "sharpness",
    "people",
    "rivals",
    "changes",
)
_KEPT = {*_SERIES, "covered_by"}

CORRECTABLE_TURN_DEG = 9.0
"""A camera that looks further askew than this, turned or moved aside, has to be refused."""

TO_BE_MEASURED = "to be measured"
TURNED_TOO_FAR = "turned too far"
BEHIND_A_BAR = "a bar across the legs"

_NEEDED = {"steps_needed": 4.0, "squat_repetitions_needed": 2.0}


def needing_few_steps(parameters: Parameters) -> Parameters:
    """Return the parameters with which a clip may be shorter than a person's.

    Here, many bodies tell more than many steps of one.
    """
    fewer = {name: replace(parameters[name], value=fewest) for name, fewest in _NEEDED.items()}
    return {**parameters, **fewer}


@dataclass(frozen=True)
class PhantomClip:
    """One rendered clip."""

    path: Path

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.path.stem

    @property
    def kind(self) -> str:
        """What the clips of its set were made up as, of an exercise its id."""
        return self.name.rstrip("0123456789").rstrip("_")

    @cached_property
    def truth(self) -> dict[str, Any]:
        """Everything that is known of the clip."""
        document: dict[str, Any] = json.loads(self.path.with_name(self.name + TRUTH).read_text())
        return document

    @property
    def spec(self) -> dict[str, Any]:
        """What the clip was made from."""
        spec: dict[str, Any] = self.truth["clip"]
        return spec

    @property
    def is_run(self) -> bool:
        """Whether it shows running."""
        return "steps" in self.truth

    @property
    def view(self) -> View:
        """Where the camera stood."""
        return View(self.spec["camera"]["view"].split("_")[0])

    @property
    def is_turned_too_far(self) -> bool:
        """Whether the camera stands where nothing can be measured."""
        camera = self.spec["camera"]
        aside_deg = np.degrees(np.arctan2(camera["offset_m"], camera["distance_m"]))
        return bool(abs(camera["yaw_deg"] + aside_deg) >= CORRECTABLE_TURN_DEG)

    @property
    def purpose(self) -> str:
        """Whether it is to be measured, or why it has to be refused."""
        if self.is_turned_too_far:
            return TURNED_TOO_FAR
        if self.spec["place"].get("bar") is not None:
            return BEHIND_A_BAR
        return TO_BE_MEASURED

    @property
    def drifts(self) -> bool:
        """Whether it was made to show a change from start to end (or none) over a long clip."""
        return self.is_run and float(self.spec["duration_s"]) >= 15.0

    def track(self, wiring: Wiring) -> PoseTrack:
        """Return what the pose source sees, kept beside the clip for the next time."""
        source = wiring.pose_source
        kept = self.path.with_suffix(".track.npz")
        if kept.exists() and kept.stat().st_mtime > self.path.stat().st_mtime:
            track = _load(kept)
            if track is not None:
                return track
        track = source.track(self.path, lambda _: None)
        np.savez_compressed(
            kept,
            **{name: getattr(track, name) for name in _SERIES},
            cuts_s=np.array(track.cuts_s),
            size=np.array([track.width_px, track.height_px]),
            model=np.array(track.model),
            covered_by=np.array(track.covered_by or ""),
            lines_roll=np.array(
                []
                if track.lines_roll is None
                else [track.lines_roll.degrees, track.lines_roll.error_deg]
            ),
        )
        return track


def phantom_clips(folder: Path) -> Iterator[PhantomClip]:
    """Yield every rendered clip of a folder that has its truth beside it, by name.

    Raises
    ------
    SystemExit
        There is none: an empty table would look like a result.
    """
    paths = [
        path for path in sorted(folder.glob("*.mp4")) if path.with_name(path.stem + TRUTH).exists()
    ]
    if not paths:
        raise SystemExit(
            f"{folder} holds no clip with its truth beside it: nothing measured. "
            "tools/phantom/README.md says how to make a set."
        )
    yield from map(PhantomClip, paths)


def _load(kept: Path) -> PoseTrack | None:
    """Return what was kept, ``None`` when an earlier program kept less than is asked for now."""
    with np.load(kept) as arrays:
        if not set(arrays.files) >= _KEPT:
            return None
        return PoseTrack(
            **{name: arrays[name] for name in _SERIES},
            cuts_s=tuple(float(cut) for cut in arrays["cuts_s"]),
            width_px=int(arrays["size"][0]),
            height_px=int(arrays["size"][1]),
            model=str(arrays["model"]),
            covered_by=Cover(str(arrays["covered_by"])) if str(arrays["covered_by"]) else None,
            lines_roll=LinesRoll(
                degrees=float(arrays["lines_roll"][0]), error_deg=float(arrays["lines_roll"][1])
            )
            if len(arrays["lines_roll"])
            else None,
        )
