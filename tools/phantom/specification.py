"""What a clip shall show: body, clothes, motion, place and camera, read from YAML.

Everything has a default, so a specification names only what matters. How any of it is carried
out does not belong here.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from typing import Any, TypeAlias, get_args, get_type_hints

Rgb: TypeAlias = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Who is filmed; shares run from 0 to 1, 0.5 is the average.

    ``gender`` 0 is a woman, 1 a man; ``origin`` is ``caucasian``, ``african`` or ``asian``.
    """

    gender: float = 0.0
    height_m: float = 1.70
    weight: float = 0.45
    muscle: float = 0.55
    proportions: float = 0.7
    origin: str = "caucasian"
    skin: Rgb = (205, 155, 125)

    def shape(self) -> dict[str, float]:
        """Return what shapes the body besides its origin, each 0 to 1."""
        return {
            "gender": self.gender,
            "muscle": self.muscle,
            "weight": self.weight,
            "height": 0.5,
            "proportions": self.proportions,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Clothes:
    """What she wears.

    ``legs``: ``shorts``, ``short_tights``, ``tights``, ``loose_trousers`` or ``none``; ``top``:
    ``t_shirt``, ``singlet`` or ``long_sleeves``; ``hair``: ``short``, ``ponytail``, ``bun`` or
    ``none``.
    """

    legs: str = "shorts"
    legs_colour: Rgb = (35, 40, 60)
    top: str = "t_shirt"
    top_colour: Rgb = (40, 130, 150)
    shoe_colour: Rgb = (200, 60, 50)
    sole_colour: Rgb = (235, 235, 235)
    hair: str = "short"
    hair_colour: Rgb = (60, 42, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """One number for each leg, named by the person's own side."""

    left: float = 0.0
    right: float = 0.0


DRIFTING = (
    "femoral_adduction_deg",
    "fppa_deg",
    "pelvic_drop_deg",
    "trunk_lean_deg",
    "hip_rotation_deg",
)
"""What of a run can change over the clip, each side for itself: what is planned for every step."""

CADENCE = "cadence_spm"
"""Changes over the clip, too, on both sides alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How she runs.

    Attributes
    ----------
    cadence_spm, speed_m_s
        Steps per minute of both feet; speed of the belt.
    stance_share
        Part of a stride (two steps) a foot is on the belt.
    femoral_adduction_deg, fppa_deg
        Mean over the middle third of stance in the frontal plane, + knee inward.
    pelvic_drop_deg, trunk_lean_deg
        Largest of stance: + swing side lower; + towards the standing side.
    hip_rotation_deg
        Largest inward turn of the thigh about its own axis in stance, over what is turned anyhow.
    knee_flexion_deg, knee_flexion_contact_deg
        Of the standing leg at mid-stance and at contact.
    knee_flexion_swing_deg, hip_flexion_swing_deg
        Largest of the swinging leg.
    trunk_lean_forward_deg
        Of the whole trunk.
    toe_out_deg
        Feet turned outwards.
    foot_pitch_contact_deg
        Toes up at contact: + lands on the heel, 0 flat.
    pelvis_sway_m
        Sideways shift of the pelvis towards the standing foot.
    drift
        Change from the first to the last second of what ``DRIFTING`` names, per side, and of the
        cadence. Step width follows from adduction and FPPA, and changes with them.
    noise_deg
        Spread of adduction and FPPA from step to step.
    noise_timing
        Spread of a step's duration, as a part of it.
    wander_m, wander_forward_m
        Largest slow drift across and along the belt.
    arm_swing_deg
        Of the upper arms, forwards and backwards.
    """

    cadence_spm: float = 170.0
    speed_m_s: float = 2.8
    stance_share: float = 0.37
    femoral_adduction_deg: Sides = Sides(left=7.0, right=7.0)
    fppa_deg: Sides = Sides(left=3.0, right=3.0)
    pelvic_drop_deg: Sides = Sides(left=5.0, right=5.0)
    trunk_lean_deg: Sides = Sides(left=2.0, right=2.0)
    hip_rotation_deg: Sides = Sides(left=0.0, right=0.0)
    knee_flexion_deg: float = 42.0
    knee_flexion_contact_deg: float = 15.0
    knee_flexion_swing_deg: float = 95.0
    hip_flexion_swing_deg: float = 38.0
    trunk_lean_forward_deg: float = 7.0
    toe_out_deg: float = 6.0
    foot_pitch_contact_deg: float = 8.0
    pelvis_sway_m: float = 0.01
    drift: Mapping[str, Sides] = field(default_factory=dict)
    noise_deg: float = 1.2
    noise_timing: float = 0.006
    wander_m: float = 0.03
    wander_forward_m: float = 0.03
    arm_swing_deg: float = 28.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Squat:
    """How she squats.

    Attributes
    ----------
    standing_leg
        ``both``, ``left`` or ``right``.
    repetitions, repetition_s, pause_s, quiet_s
        How many, how long each, between two, and of standing still at the start.
    knee_flexion_deg
        At the bottom.
    knee_in_pct
        At the bottom: knee from the foot line, % of shank length, + inward.
    noise_pct, noise_depth_deg
        Spread of knee-in and of depth from repetition to repetition.
    stance_width_m
        Between the ankles.
    toe_out_deg
        Feet turned outwards.
    trunk_lean_forward_deg, trunk_lean_deg
        Added lean of the trunk at the bottom; sideways + towards the standing leg (or the left).
    pelvic_drop_deg
        At the bottom of a single-leg squat, + free side lower.
    shank_share
        How much of the knee's bend is the shank leaning forwards.
    bottom_s
        She stays at the bottom so long.
    seat
        ``none``, ``stool`` or ``chair`` (with a back): stands where her hips are at the bottom.
    seated_lean_deg
        Of the trunk forwards while she stays on the seat; on the way it keeps her over her feet.
    starts_seated
        She sits at the start, and stands up before the first repetition (both legs only).
    arms
        ``ahead``: reached forwards on the way down; ``at_chest``: both hands before the chest.
    dumbbell
        Held upright in both hands, where her arms have them.
    free_foot
        Of a single-leg squat: held ``behind`` her or ``ahead``, or let ``down`` before a step.
    """

    standing_leg: str = "both"
    repetitions: int = 5
    repetition_s: float = 2.6
    pause_s: float = 0.5
    quiet_s: float = 2.0
    knee_flexion_deg: float = 80.0
    knee_in_pct: Sides = Sides(left=0.0, right=0.0)
    noise_pct: float = 1.5
    noise_depth_deg: float = 3.0
    stance_width_m: float = 0.30
    toe_out_deg: float = 10.0
    trunk_lean_forward_deg: float = 0.0
    trunk_lean_deg: float = 0.0
    pelvic_drop_deg: float = 0.0
    shank_share: float = 0.37
    bottom_s: float = 0.0
    seat: str = "none"
    seated_lean_deg: float = 6.0
    starts_seated: bool = False
    arms: str = "ahead"
    dumbbell: bool = False
    free_foot: str = "behind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """Where the camera stands and how it looks.

    Attributes
    ----------
    view
        ``rear``, ``front`` or ``side`` (seen from her right) or ``side_left``.
    distance_m, height_m
        From the middle of her hips along the view; of the lens above the belt.
    yaw_deg
        The camera is carried round her by this angle (seen from above, anticlockwise) and still
        looks at her.
    offset_m
        Moved sideways to the picture's right without turning.
    roll_deg
        The picture turns clockwise by this angle: a level line falls to the right.
    aim_height_m
        The height its axis crosses at her distance.
    field_of_view_deg
        Vertical, of the upright picture.
    """

    view: str = "rear"
    distance_m: float = 3.2
    height_m: float = 0.9
    yaw_deg: float = 0.0
    roll_deg: float = 0.0
    offset_m: float = 0.0
    aim_height_m: float = 0.85
    field_of_view_deg: float = 42.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A straight round bar that may hide a part of her.

    Lying, it goes across at ``height_m`` above the belt; upright, it stands ``left_m`` to her left.
    ``back_m`` is behind the middle of the belt (negative in front of her), ``length_m`` that of a
    lying bar.
    """

    upright: bool = False
    back_m: float = 0.6
    height_m: float = 0.5
    left_m: float = 0.0
    length_m: float = 1.6
    thickness_m: float = 0.045
    colour: Rgb = (70, 72, 78)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it is filmed.

    ``handrail`` is ``none``, ``front`` (console and short side rails) or ``side`` (rails along the
    whole belt); ``light`` is 0 (dark) to 1. ``post_in_front`` stands between her and a camera
    behind her; ``bar`` is one more that goes wherever it is put. Off the treadmill, she may stand
    on a step ``step_m`` high.
    """

    treadmill: bool = True
    handrail: str = "none"
    belt_width_m: float = 0.50
    floor_colour: Rgb = (150, 145, 140)
    wall_colour: Rgb = (205, 203, 196)
    wall_stripes: bool = True
    light: float = 1.0
    light_from: str = "left"
    post_in_front: bool = False
    bar: Bar | None = None
    step_m: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bystander:
    """A second person, who stands or runs beside the first; metres to the right and to the back."""

    body: Body = Body(gender=1.0, height_m=1.80)
    clothes: Clothes = Clothes(legs="loose_trousers", top="long_sleeves")
    right_m: float = 1.1
    back_m: float = -0.8
    runs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """Everything about one clip.

    ``frame_time_jitter`` is the spread of the time between frames as a part of it (a phone's
    variable frame rate); ``rotate_deg`` stores the picture turned by 90, 180 or 270 and says so
    in the file, as phones do. ``quality`` (smaller is better) and ``preset`` are x264's.
    """

    seed: int = 1
    duration_s: float = 6.0
    frame_rate_hz: float = 60.0
    frame_time_jitter: float = 0.0
    width_px: int = 540
    height_px: int = 960
    rotate_deg: int = 0
    quality: int = 23
    preset: str = "superfast"
    body: Body = Body()
    clothes: Clothes = Clothes()
    run: Run | None = None
    squat: Squat | None = None
    camera: Camera = Camera()
    place: Place = Place()
    bystander: Bystander | None = None


def read_clip(values: Mapping[str, Any]) -> Clip:
    """Return the clip described by a mapping, as YAML gives it.

    Raises
    ------
    ValueError
        A name is not known (of a drift too), a cadence changes on one side, or it is not exactly
        one of a run and a squat.
    """
    clip: Clip = _filled(Clip, values, "the clip")
    if (clip.run is None) == (clip.squat is None):
        message = "a clip shows either a run or a squat: give one of 'run' and 'squat'"
        raise ValueError(message)
    return clip


def write_clip(clip: Clip) -> dict[str, Any]:
    """Return the clip as plain values, defaults written out; what is not there is left out."""
    written: dict[str, Any] = _without_none(asdict(clip))
    return written


def _without_none(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _without_none(value) if isinstance(value, Mapping) else value
        for name, value in values.items()
        if value is not None
    }


def _filled(kind: Any, values: Mapping[str, Any], where: str) -> Any:
    known = get_type_hints(kind)
    _refuse_unknown(values, [part.name for part in fields(kind)], where)
    return kind(**{name: _value(known[name], value, name) for name, value in values.items()})


def _refuse_unknown(values: Mapping[str, Any], known: Collection[str], where: str) -> None:
    unknown = sorted(set(values) - set(known))
    if unknown:
        message = f"{where} has no {unknown[0]!r}; known are {', '.join(known)}"
        raise ValueError(message)


def _value(kind: Any, value: Any, name: str) -> Any:
    options = [option for option in get_args(kind) if option is not type(None)]
    if not is_dataclass(kind) and options and is_dataclass(options[0]):
        kind = options[0]
    if kind is Sides and isinstance(value, int | float):
        return Sides(left=value, right=value)
    if is_dataclass(kind) and isinstance(value, Mapping):
        return _filled(kind, value, repr(name))
    if name == "drift":
        _refuse_unknown(value, [*DRIFTING, CADENCE], "'drift'")
        drift = {measure: _value(Sides, change, measure) for measure, change in value.items()}
        of_both = drift.get(CADENCE, Sides())
        if of_both.left != of_both.right:
            message = f"{CADENCE!r} is that of both feet: give one change for both"
            raise ValueError(message)
        return drift
    return tuple(value) if isinstance(value, list) else value
