"""The shape of the files in ``knowledge/poses``, which the drawings are rendered from.

Whether a pose can be taken is for the tool that renders it.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sidestep.adapters.knowledge.shapes import Id, Number, Shape, Switch, Words

Sided = Annotated[str, Field(pattern=r"^(left|right)_[a-z_]+$")]
Place = tuple[Number, Number]
Seconds = Annotated[Number, Field(ge=0, le=10)]
Angles = dict[Id, Annotated[Number, Field(ge=-180, le=180)]]
Side = Literal["left", "right"]


class ViewShape(Shape):
    """Where the drawing is seen from; 0 is from the front, 90 from her left."""

    azimuth_deg: Annotated[Number, Field(ge=-180, le=360)]
    elevation_deg: Annotated[Number, Field(ge=0, le=60)] = 10.0
    close_on: tuple[Sided, ...] = ()
    close_m: Annotated[Number, Field(gt=0, le=1)] = 0.2


class TouchShape(Shape):
    """A place of the body on something."""

    against: Id
    slides: Switch = False
    at: Place | None = None


class KeyPoseShape(Shape):
    """One pose; angles in degrees as a clinic names them."""

    like: Id | None = None
    move_s: Seconds | None = None
    hold_s: Seconds | None = None
    weight_on: Literal["left", "right", "none"] | None = None
    place: Place | None = None
    hips_height_m: Annotated[Number, Field(gt=0, lt=2)] | None = None
    pelvis: Angles = Field(default_factory=dict)
    trunk: Angles = Field(default_factory=dict)
    neck: Angles = Field(default_factory=dict)
    both: Angles = Field(default_factory=dict)
    left: Angles = Field(default_factory=dict)
    right: Angles = Field(default_factory=dict)
    touches: dict[Id, Id | TouchShape | None] = Field(default_factory=dict)
    toes: dict[Side, tuple[Id, Number]] = Field(default_factory=dict)


class MistakeShape(Shape):
    """What goes wrong most, in words and as a pose; seen from elsewhere where that shows it."""

    says: Words
    view: ViewShape | None = None
    pose: KeyPoseShape


class LegTargetShape(Shape):
    """What one drawn leg measures."""

    knee_flexion_deg: Number
    hip_flexion_deg: Number
    hip_abduction_deg: Number
    ankle_dorsiflexion_deg: Number


class PostureTargetShape(Shape):
    """What a drawn posture measures."""

    trunk_lean_deg: Annotated[Number, Field(ge=0, le=180)]
    left: LegTargetShape
    right: LegTargetShape


class FootTargetShape(Shape):
    """What one knee of a drawn squat measures from the front."""

    knee_over_foot_pct: Number


class SquatTargetShape(Shape):
    """What a drawn squat measures as a clip of it would."""

    depth_pct: Annotated[Number, Field(gt=0, lt=100)]
    knee_to_ankle_gap_ratio: Annotated[Number, Field(gt=0)]
    left: FootTargetShape
    right: FootTargetShape


class TargetsShape(Shape):
    """What the two ends of the movement measure, written by the tool that draws them.

    ``clip`` is what a clip of the movement would measure, where there is one to compare with.
    """

    start: PostureTargetShape
    finish: PostureTargetShape
    clip: SquatTargetShape | None = None


class PoseShape(Shape):
    """One exercise as it is drawn."""

    exercise: Id
    figure: Literal["woman", "man"]
    base: Id
    feet: Literal["bare", "shoes"] = "bare"
    clip: Literal["squat"] | None = None
    no_clip: Words | Literal[""] = ""
    hands: dict[Side, Literal["relaxed", "flat", "hold"]] = Field(default_factory=dict)
    props: dict[Id, dict[Id, Number | Switch | str | list[Number]]] = Field(default_factory=dict)
    view: ViewShape
    muscles: Annotated[tuple[Sided, ...], Field(min_length=1)]
    flows: Switch = False
    travel_m: Place = (0.0, 0.0)
    loop: tuple[Id, ...] = ("start", "finish")
    poses: dict[Id, KeyPoseShape]
    mistake: MistakeShape | None = None
    alt: Words
    targets: TargetsShape

    @model_validator(mode="after")
    def _names_its_poses(self) -> "PoseShape":
        missing = [name for name in ("start", "finish", *self.loop) if name not in self.poses]
        if missing:
            raise ValueError(f"poses: there is no {missing[0]!r}")
        return self

    @model_validator(mode="after")
    def _measures_what_a_clip_shows(self) -> "PoseShape":
        if (self.clip is None) != (self.targets.clip is None):
            raise ValueError(
                "clip and targets.clip go together; the tool that draws writes targets"
            )
        if self.clip is not None and self.no_clip:
            raise ValueError("no_clip says why there is no clip, and there is one")
        return self
