"""What the analysis of a squat clip gives: repetitions and measures per side."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sidestep.domain.motion.camera_pose import CameraPose
from sidestep.domain.motion.quality import Quality
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measure


class SquatMeasure(StrEnum):
    """What is measured in every repetition; the unit is in the name, signs as in a run.

    ``FPPA`` and ``KNEE_OVER_FOOT`` are at the bottom, ``*_WORST`` the most inward of the
    repetition where the knee bends enough for a squat (the angle's also not too much), and never
    less far in than at the bottom. ``KNEE_TO_ANKLE_GAP`` is the knees' distance over the ankles'
    (one value for both sides), ``DEPTH`` the drop of the hips in % of leg length.
    """

    FPPA = "fppa_deg"
    FPPA_WORST = "fppa_worst_deg"
    KNEE_OVER_FOOT = "knee_over_foot_pct"
    KNEE_OVER_FOOT_WORST = "knee_over_foot_worst_pct"
    KNEE_TO_ANKLE_GAP = "knee_to_ankle_gap_ratio"
    DEPTH = "depth_pct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """One squat: when it began, was deepest and ended.

    Attributes
    ----------
    on
        The standing leg of a single-leg squat, ``None`` for both legs.
    values
        Of each leg; an absent one is unknown.
    reasons
        Of each leg, why each absent value is unknown.
    """

    start_s: float
    bottom_s: float
    end_s: float
    on: Side | None
    values: Mapping[Side, Mapping[SquatMeasure, float]]
    reasons: Mapping[Side, Mapping[SquatMeasure, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SquatAnalysis:
    """Everything a squat clip told.

    ``camera`` is how the camera stood as far as quiet standing shows it, ``None`` without any.
    ``postures`` are what a calibration is fitted on (see ``squat_posture.py``), empty of squats on
    one leg.
    """

    view: View | None
    n_frames: int
    duration_s: float
    frame_rate_hz: float
    repetitions: tuple[Repetition, ...]
    sides: Mapping[Side, Mapping[SquatMeasure, Measure]]
    difference: Mapping[SquatMeasure, Measure]
    """Left minus right."""
    quality: Quality
    versions: Mapping[str, str]
    camera: CameraPose | None = None
    postures: Mapping[Side, Mapping[str, float]] = field(default_factory=dict)
