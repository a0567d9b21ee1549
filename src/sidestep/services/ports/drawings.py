"""How an exercise is drawn, as services use it; how it is read and rendered is not said here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnAngles:
    """What a drawn posture measures, in degrees, joints named by the figure's own side.

    Attributes
    ----------
    trunk_lean_deg
        Hips' middle to shoulders' middle against the vertical: 0 upright, 90 lying.
    left, right
        ``knee_flexion_deg``, ``hip_flexion_deg``, ``hip_abduction_deg`` and
        ``ankle_dorsiflexion_deg`` of each leg; hips against the trunk.
    """

    trunk_lean_deg: float
    left: Mapping[str, float]
    right: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnSquat:
    """What a drawn squat on both legs measures, as a clip filmed from the front would.

    Attributes
    ----------
    depth_pct
        Drop of the hips from standing, % of leg length.
    knee_to_ankle_gap_ratio
        The knees' distance over the ankles' at the bottom.
    left_knee_over_foot_pct, right_knee_over_foot_pct
        Each knee from the line over its foot at the bottom, % of shank length, + inward.
    """

    depth_pct: float
    knee_to_ankle_gap_ratio: float
    left_knee_over_foot_pct: float
    right_knee_over_foot_pct: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The pictures of an exercise, in words too, and what its drawn postures measure.

    Attributes
    ----------
    loop, start, finish, mistake
        WebP files: the movement as an endless loop, its two ends as stills, and the usual mistake
        (None where none is drawn).
    alt
        What the pictures show, from start to finish.
    mistake_alt
        What the picture of the mistake shows; empty without one.
    lit
        The muscles that are lit, with their side.
    at_start, at_finish
        What somebody doing it could be compared with.
    as_squat
        What a clip of somebody doing it can be compared with; None where no clip can.
    why_no_clip
        What was measured on clips of it that rules a comparison out; empty where none was tried.
    """

    exercise_id: str
    loop: Path
    start: Path
    finish: Path
    mistake: Path | None
    alt: str
    mistake_alt: str
    lit: tuple[str, ...]
    at_start: DrawnAngles
    at_finish: DrawnAngles
    as_squat: DrawnSquat | None = None
    why_no_clip: str = ""


DrawingReader = Callable[[str], Drawing | None]
"""Finds the drawing of an exercise by its id; None when nobody has drawn it."""
