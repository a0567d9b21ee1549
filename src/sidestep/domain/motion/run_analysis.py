"""What the analysis of a running clip gives: steps, measures per side, difference and drift."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sidestep.domain.motion.camera_pose import CameraPose
from sidestep.domain.motion.quality import Quality
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measure, Unknown


class RunMeasure(StrEnum):
    """What is measured at every step; the unit is in the name.

    Attributes
    ----------
    FEMORAL_ADDUCTION
        Thigh (hip to knee) against the vertical in the frontal plane, + towards the midline.
    FPPA
        Frontal plane projection angle: thigh against shank, + knee inward of hip and ankle.
    KNEE_OVER_FOOT
        Knee from the heel-toe line at the knee's height, % of shank length, + inward.
    KNEE_GAP
        Distance between the knees, % of shank length, 0 or less when one hides the other.
    STEP_WIDTH
        Sideways distance of this foot from the previous one, % of leg length; negative when the
        feet cross.
    TRUNK_LEAN
        Shoulders' middle against hips' middle from the vertical, + towards the standing side.
    KNEE_FLEXION
        Side view: bend of the standing knee at mid-stance, 0 is straight.
    OVERSTRIDE
        Side view: foot ahead of the hip at contact, % of leg length.
    TRUNK_LEAN_FORWARD
        Side view: trunk from the vertical, + forwards.
    """

    FEMORAL_ADDUCTION = "femoral_adduction_deg"
    FPPA = "fppa_deg"
    KNEE_OVER_FOOT = "knee_over_foot_pct"
    KNEE_GAP = "knee_gap_pct"
    STEP_WIDTH = "step_width_pct"
    TRUNK_LEAN = "trunk_lean_deg"
    KNEE_FLEXION = "knee_flexion_deg"
    OVERSTRIDE = "overstride_pct"
    TRUNK_LEAN_FORWARD = "trunk_lean_forward_deg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: the side that stands, the middle of its stance, its measures (absent: unknown).

    ``values`` are corrected and calibrated, averaged over the middle third of stance.
    """

    side: Side
    time_s: float
    first_frame: int
    last_frame: int
    is_good: bool
    values: Mapping[RunMeasure, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class SideOfRun:
    """One leg over the whole clip."""

    n_steps: int
    measures: Mapping[RunMeasure, Measure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """How a measure of one side changed from the first to the last part of the clip.

    Attributes
    ----------
    early, late
        Of the first and the last minute (of the first and last third when the clip is shorter).
    change
        Robust slope times duration, in the measure's unit, + towards more.
    error
        95 % half-width: chance, from a block bootstrap, and what the pose model may misread.
    is_clear
        The change exceeds both its error and the smallest real change in print.
    """

    early: Measure
    late: Measure
    change: float
    error: float
    is_clear: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAnalysis:
    """Everything a running clip told; unusable clips have a reason in each measure.

    ``camera`` is how the camera stood as far as the runner shows it, ``None`` from aside.
    ``postures`` are what a calibration is fitted on (see ``posture.py``), empty from aside.
    """

    view: View | None
    n_frames: int
    duration_s: float
    frame_rate_hz: float
    cadence_spm: Measure
    sides: Mapping[Side, SideOfRun]
    difference: Mapping[RunMeasure, Measure]
    """Left minus right."""
    drift: Mapping[Side, Mapping[RunMeasure, Drift | Unknown]]
    steps: tuple[Step, ...]
    quality: Quality
    versions: Mapping[str, str]
    camera: CameraPose | None = None
    postures: Mapping[Side, Mapping[str, float]] = field(default_factory=dict)
