"""The clips of the calibration and the validation set, made up from seeds.

The calibration set is what corrections may be learnt from; the validation set is only measured.
Each has other bodies, clothes, gaits and cameras. From the changing runs is learnt how far a change
over a run may be off. The set of frame rates is some of the calibration's runs, filmed faster; the
runs behind a bar are to be refused. Knees out are squats with the knees further outside the feet
than most of the calibration's. The exercises are those that go down and up like a squat, each done
its own way. Filming them does not belong here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from phantom.specification import (
    Bar,
    Body,
    Camera,
    Clip,
    Clothes,
    Place,
    Run,
    Sides,
    Squat,
)

_SIZE_PX = (432, 768)
"""Small, for speed: a pose network looks at 256 x 256 pixels of it."""
_FIRST_SEED = {
    "calibration": 1_000,
    "validation": 500_000,
    "changing": 700_000,
    "behind_a_bar": 900_000,
    "exercises": 1_100_000,
    "knees_out": 1_300_000,
}
_FASTER = {
    "rear_00": ((120.0, 5.0), (240.0, 4.0)),
    "front_00": ((120.0, 5.0),),
    **{f"side_{index:02d}": ((120.0, 5.0),) for index in range(6)},
}
"""Runs of the calibration, and the frames per second and the seconds they are filmed with anew."""
SETS = (*_FIRST_SEED, "frame_rates")
_SKINS = (
    (232, 190, 165),
    (215, 165, 135),
    (190, 140, 110),
    (150, 105, 80),
    (115, 78, 58),
    (85, 58, 45),
)
_COLOURS = (
    (40, 130, 150),
    (200, 200, 70),
    (215, 215, 218),
    (30, 32, 38),
    (190, 60, 60),
    (70, 90, 170),
    (90, 140, 80),
    (160, 90, 150),
)
_DARK = ((30, 32, 40), (35, 40, 60), (60, 62, 66), (45, 55, 45), (90, 94, 100))
_WALLS = ((205, 203, 196), (170, 185, 195), (220, 214, 200), (120, 124, 130), (188, 196, 180))
_FLOORS = ((150, 145, 140), (120, 100, 82), (90, 95, 100), (176, 170, 160))
_HAIRS = ((60, 42, 30), (30, 26, 24), (140, 105, 60), (110, 60, 35), (150, 150, 150))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of clip: how many of each set, and how one is made up."""

    name: str
    calibration: int
    validation: int
    make: Callable[[np.random.Generator, int], Clip]


def _number(chance: np.random.Generator, low: float, high: float, digits: int = 2) -> float:
    return round(float(chance.uniform(low, high)), digits)


def _any_body(chance: np.random.Generator) -> Body:
    gender = float(chance.random() < 0.45)
    height = chance.normal(1.67 if gender == 0 else 1.79, 0.065)
    return Body(
        gender=gender,
        height_m=round(float(np.clip(height, 1.52, 1.96)), 3),
        weight=_number(chance, 0.2, 0.75),
        muscle=_number(chance, 0.35, 0.85),
        proportions=_number(chance, 0.35, 1.0),
        origin=str(chance.choice(["caucasian", "african", "asian"])),
        skin=_SKINS[chance.integers(len(_SKINS))],
    )


def _any_clothes(chance: np.random.Generator, gender: float, legs: str) -> Clothes:
    hair = chance.choice(["ponytail", "short"] if gender == 0 else ["short", "short", "none"])
    dark, bright = chance.integers(len(_DARK)), chance.integers(len(_COLOURS))
    return Clothes(
        legs=legs,
        legs_colour=_DARK[dark] if chance.random() < 0.75 else _COLOURS[chance.integers(8)],
        top=str(chance.choice(["t_shirt", "singlet", "long_sleeves"])),
        top_colour=_COLOURS[bright],
        shoe_colour=_COLOURS[chance.integers(len(_COLOURS))],
        hair=str(hair),
        hair_colour=_HAIRS[chance.integers(len(_HAIRS))],
    )


def _any_place(chance: np.random.Generator, view: str, *, treadmill: bool) -> Place:
    handrail = str(chance.choice(["none", "front"]))
    return Place(
        treadmill=treadmill,
        # From the front a console would hide her.
        handrail=handrail if treadmill and view != "front" else "none",
        belt_width_m=_number(chance, 0.45, 0.56),
        floor_colour=_FLOORS[chance.integers(len(_FLOORS))],
        wall_colour=_WALLS[chance.integers(len(_WALLS))],
        wall_stripes=bool(chance.random() < 0.7),
        light=_number(chance, 0.75, 1.1),
        light_from=str(chance.choice(["left", "right", "above"])),
    )


def _any_camera(chance: np.random.Generator, view: str, yaw_deg: float | None = None) -> Camera:
    distance = _number(chance, 2.5, 4.0)
    height = _number(chance, 0.5, 1.2)
    aim = 0.9
    # She fills about 0.8 of the picture's height, with room for belt wander and offset.
    needed = 2 * np.degrees(np.arctan(1.17 / distance))
    return Camera(
        view=view,
        distance_m=distance,
        height_m=height,
        yaw_deg=_number(chance, -5.0, 5.0) if yaw_deg is None else yaw_deg,
        roll_deg=_number(chance, -2.0, 2.0),
        offset_m=_number(chance, -0.2, 0.2),
        aim_height_m=aim,
        field_of_view_deg=round(float(needed), 1),
    )


def _sides(chance: np.random.Generator, low: float, high: float, apart: float | None) -> Sides:
    """Return two numbers, seldom further apart than ``apart``; ``None`` draws each for itself."""
    left = chance.uniform(low, high)
    right = (
        chance.uniform(low, high)
        if apart is None
        else np.clip(left + chance.normal(0.0, apart), low, high)
    )
    return Sides(left=round(float(left), 2), right=round(float(right), 2))


def _knees(
    chance: np.random.Generator,
    adductions: tuple[float, float] = (0.0, 14.0),
    fppas: tuple[float, float] = (-3.0, 15.0),
    apart: tuple[float, float] | None = (3.0, 4.0),
) -> tuple[Sides, Sides]:
    """Return adduction and FPPA of both legs, no foot further out or across than people's are."""
    while True:
        adduction = _sides(chance, *adductions, apart[0] if apart else None)
        fppa = _sides(chance, *fppas, apart[1] if apart else None)
        outwards = [
            0.115 - 0.45 * np.tan(np.radians(of_thigh)) - 0.48 * np.tan(np.radians(of_shank))
            for of_thigh, of_shank in (
                (adduction.left, adduction.left - fppa.left),
                (adduction.right, adduction.right - fppa.right),
            )
        ]
        # Of leg length: each foot from the middle of the hips.
        if min(outwards) > -0.05 and max(outwards) < 0.17:
            return adduction, fppa


def _any_run(chance: np.random.Generator, height_m: float) -> Run:
    cadence = chance.uniform(155.0, 185.0)
    adduction, fppa = _knees(chance)
    usual_m_s = 2.75 * height_m / 1.75 + 0.02 * (cadence - 170)
    return Run(
        cadence_spm=round(float(cadence), 1),
        speed_m_s=round(float(usual_m_s + chance.normal(0, 0.12)), 2),
        stance_share=_number(chance, 0.34, 0.40, 3),
        femoral_adduction_deg=adduction,
        fppa_deg=fppa,
        pelvic_drop_deg=_sides(chance, 1.0, 10.0, 2.0),
        trunk_lean_deg=_sides(chance, 0.0, 5.0, 1.5),
        hip_rotation_deg=_sides(chance, -4.0, 8.0, 3.0),
        knee_flexion_deg=_number(chance, 37.0, 47.0, 1),
        knee_flexion_swing_deg=_number(chance, 85.0, 110.0, 1),
        hip_flexion_swing_deg=_number(chance, 33.0, 44.0, 1),
        trunk_lean_forward_deg=_number(chance, 3.0, 11.0, 1),
        toe_out_deg=_number(chance, 2.0, 12.0, 1),
        foot_pitch_contact_deg=_number(chance, 0.0, 14.0, 1),
        pelvis_sway_m=_number(chance, 0.0, 0.02, 3),
        noise_deg=_number(chance, 0.7, 1.8),
        noise_timing=_number(chance, 0.003, 0.012, 4),
        wander_m=_number(chance, 0.01, 0.06, 3),
        wander_forward_m=_number(chance, 0.01, 0.06, 3),
        arm_swing_deg=_number(chance, 20.0, 36.0, 1),
    )


_LEGS = ("shorts", "tights", "shorts", "loose_trousers", "tights")


def _running(chance: np.random.Generator, index: int, view: str, yaw: float | None = None) -> Clip:
    body = _any_body(chance)
    return Clip(
        seed=int(chance.integers(1 << 31)),
        duration_s=_number(chance, 6.0, 8.0, 1),
        width_px=_SIZE_PX[0],
        height_px=_SIZE_PX[1],
        body=body,
        clothes=_any_clothes(chance, body.gender, _LEGS[index % len(_LEGS)]),
        run=_any_run(chance, body.height_m),
        camera=_any_camera(chance, view, yaw),
        place=_any_place(chance, view, treadmill=True),
    )


def _turned(chance: np.random.Generator, index: int, view: str = "rear") -> Clip:
    yaw = (-1) ** index * _number(chance, 10.0, 15.0)
    return _running(chance, index, view, yaw)


def _behind_a_bar(chance: np.random.Generator, index: int) -> Clip:
    """Return a run with a bar across the legs, two of three lying and one upright."""
    view = ("rear", "front")[index % 2]
    clip = _running(chance, index, view)
    camera, upright = clip.camera, index % 3 == 2
    nearer_m = _number(chance, 0.7, 1.0)
    # Of her height above the belt: from mid-shank to mid-thigh, where the lens sees the bar.
    seen_m = _number(chance, 0.15, 0.40) * clip.body.height_m
    beside_m = (-1) ** (index // 3) * _number(chance, 0.05, 0.11)
    share = 1 - nearer_m / camera.distance_m
    metal, paint = (70, 72, 78), _COLOURS[chance.integers(len(_COLOURS))]
    bar = Bar(
        upright=upright,
        back_m=nearer_m if view == "rear" else -nearer_m,
        height_m=round(camera.height_m + (seen_m - camera.height_m) * share, 3),
        left_m=beside_m if upright else 0.0,
        thickness_m=_number(chance, 0.03, 0.08, 3),
        colour=metal if chance.random() < 0.5 else paint,
    )
    return replace(clip, place=replace(clip.place, bar=bar))


def _changing(chance: np.random.Generator, index: int) -> Clip:
    """Return a run whose legs change each in its own way: one leg of four only by chance."""
    clip = _running(chance, index, ("rear", "rear", "front")[index % 3])
    run = clip.run or Run()

    def change(low: float, high: float) -> Sides:
        drawn = [chance.uniform(low, high) * (chance.random() < 0.75) for _ in range(2)]
        return Sides(left=round(float(drawn[0]), 2), right=round(float(drawn[1]), 2))

    def calm(sides: Sides, low: float, high: float) -> Sides:
        left, right = (float(np.clip(side, low, high)) for side in (sides.left, sides.right))
        return Sides(left=left, right=right)

    return replace(
        clip,
        duration_s=_number(chance, 20.0, 25.0, 1),
        run=replace(
            run,
            femoral_adduction_deg=calm(run.femoral_adduction_deg, 2.0, 9.0),
            fppa_deg=calm(run.fppa_deg, -1.0, 12.0),
            drift={
                "femoral_adduction_deg": change(-2.0, 5.0),
                "fppa_deg": change(-2.0, 5.0),
                "trunk_lean_deg": change(-1.5, 1.5),
            },
        ),
    )


def _drifting(chance: np.random.Generator, index: int) -> Clip:
    clip = replace(_running(chance, index, "rear"), duration_s=_number(chance, 20.0, 25.0, 1))
    run = clip.run or Run()
    drifts = ((0.0, 0.0), (3.0, 0.0), (5.0, 5.0), (0.0, 5.0), (3.0, 3.0), (5.0, 0.0))
    left, right = drifts[index % len(drifts)]
    calm = Sides(
        left=min(run.femoral_adduction_deg.left, 9.0),
        right=min(run.femoral_adduction_deg.right, 9.0),
    )
    change = Sides(left=left, right=right)
    drift = {"femoral_adduction_deg": change, "fppa_deg": change}
    return replace(clip, run=replace(run, femoral_adduction_deg=calm, drift=drift))


def _squatting(
    chance: np.random.Generator,
    index: int,
    standing_leg: str,
    knee_flexion_deg: tuple[float, float],
) -> Clip:
    body = _any_body(chance)
    single = standing_leg != "both"
    squat = Squat(
        standing_leg=standing_leg,
        repetitions=int(chance.integers(4, 6)),
        repetition_s=_number(chance, 2.2, 3.4),
        pause_s=_number(chance, 0.3, 0.8),
        quiet_s=_number(chance, 2.2, 3.0),
        knee_flexion_deg=_number(chance, *knee_flexion_deg),
        knee_in_pct=_sides(chance, -6.0, 11.0 if single else 16.0, 5.0),
        stance_width_m=_number(chance, 0.16, 0.2) if single else _number(chance, 0.24, 0.38),
        toe_out_deg=_number(chance, 4.0, 14.0),
        trunk_lean_forward_deg=_number(chance, -3.0, 8.0),
        trunk_lean_deg=_number(chance, 0.0, 8.0) if single else _number(chance, -2.0, 2.0),
        pelvic_drop_deg=_number(chance, 0.0, 8.0) if single else 0.0,
    )
    seconds = squat.quiet_s + squat.repetitions * (squat.repetition_s * 1.05 + squat.pause_s) + 0.5
    return Clip(
        seed=int(chance.integers(1 << 31)),
        duration_s=round(seconds, 1),
        frame_rate_hz=30.0,
        width_px=_SIZE_PX[0],
        height_px=_SIZE_PX[1],
        body=body,
        clothes=_any_clothes(chance, body.gender, _LEGS[index % len(_LEGS)]),
        squat=squat,
        camera=_any_camera(chance, "front"),
        place=_any_place(chance, "front", treadmill=False),
    )


def _any_build_of(chance: np.random.Generator, body: Body) -> Body:
    return replace(
        body,
        gender=round(float(np.clip(chance.uniform(-0.7, 1.7), 0.0, 1.0)), 2),
        weight=_number(chance, 0.1, 0.85),
        muscle=_number(chance, 0.2, 0.95),
        proportions=_number(chance, 0.2, 1.0),
    )


def _any_build(chance: np.random.Generator, index: int) -> Clip:
    """Return a short run of a body whose build, clothes and legs vary more widely than people's.

    Each leg is drawn for itself: what a body does to a reading can be told from what its legs do
    only where the two do not go together.
    """
    clip = _running(chance, index, ("rear", "rear", "front")[index % 3])
    run = clip.run or Run()
    adduction, fppa = _knees(chance, (-1.0, 15.0), (-5.0, 17.0), apart=None)
    return replace(
        clip,
        duration_s=4.0,
        body=_any_build_of(chance, clip.body),
        run=replace(
            run,
            femoral_adduction_deg=adduction,
            fppa_deg=fppa,
            pelvic_drop_deg=_sides(chance, 0.0, 11.0, None),
            hip_rotation_deg=_sides(chance, -5.0, 9.0, None),
            toe_out_deg=_number(chance, 0.0, 14.0, 1),
        ),
    )


def _both_legs(chance: np.random.Generator, index: int) -> Clip:
    return _squatting(chance, index, "both", (60.0, 100.0))


def _knees_out(chance: np.random.Generator, index: int) -> Clip:
    clip = _both_legs(chance, index)
    squat = clip.squat or Squat()
    return replace(clip, squat=replace(squat, knee_in_pct=_sides(chance, -13.0, -4.0, 4.0)))


def _turned_squat(chance: np.random.Generator, index: int) -> Clip:
    clip = _squatting(chance, index, ("both", "both", "left")[index % 3], (50.0, 90.0))
    yaw = (-1) ** index * _number(chance, 10.0, 15.0)
    return replace(clip, camera=replace(clip.camera, yaw_deg=yaw))


def _shallow(chance: np.random.Generator, index: int) -> Clip:
    return _squatting(chance, index, "both", (40.0, 60.0))


def _one_leg(chance: np.random.Generator, index: int) -> Clip:
    return _squatting(chance, index, ("left", "right")[index % 2], (50.0, 68.0))


def _any_squat_build(chance: np.random.Generator, index: int) -> Clip:
    """Return two squats of a body whose build, clothes and legs vary more widely than people's."""
    standing_leg = ("both", "both", "left", "both", "both", "right")[index % 6]
    single = standing_leg != "both"
    clip = _squatting(chance, index, standing_leg, (45.0, 70.0) if single else (40.0, 100.0))
    squat = replace(
        clip.squat or Squat(),
        repetitions=2,
        quiet_s=2.2,
        pause_s=0.4,
        repetition_s=_number(chance, 2.0, 2.8),
        knee_in_pct=_sides(chance, -9.0, 15.0 if single else 20.0, None),
        toe_out_deg=_number(chance, 0.0, 18.0),
    )
    seconds = squat.quiet_s + squat.repetitions * (squat.repetition_s * 1.05 + squat.pause_s) + 0.5
    return replace(
        clip,
        duration_s=round(seconds, 1),
        body=_any_build_of(chance, clip.body),
        squat=squat,
    )


def _from_the_side(chance: np.random.Generator, index: int) -> Clip:
    clip = _running(chance, index, ("side", "side_left")[index % 2])
    camera = replace(clip.camera, height_m=0.9, field_of_view_deg=46.0, distance_m=3.4)
    return replace(clip, camera=camera, width_px=_SIZE_PX[1], height_px=_SIZE_PX[1])


def _any_build_from_the_side(chance: np.random.Generator, index: int) -> Clip:
    """Return a short run from aside of a body whose build varies more widely than people's."""
    clip = _from_the_side(chance, index)
    run = clip.run or Run()
    bend_deg = _number(chance, 34.0, 50.0, 1)
    return replace(
        clip,
        duration_s=4.0,
        body=_any_build_of(chance, clip.body),
        run=replace(run, knee_flexion_deg=bend_deg),
    )


def _exercise(chance: np.random.Generator, index: int, squat: Squat, step_m: float = 0.0) -> Clip:
    """Return a clip of an exercise: how it is done is given, who does it where is drawn."""
    clip = _squatting(chance, index, squat.standing_leg, (80.0, 80.0))
    drawn = clip.squat or Squat()
    single = squat.standing_leg != "both"
    squat = replace(
        squat,
        repetitions=drawn.repetitions,
        repetition_s=drawn.repetition_s,
        pause_s=drawn.pause_s,
        quiet_s=drawn.quiet_s,
        toe_out_deg=drawn.toe_out_deg,
        knee_in_pct=_sides(chance, -13.0, 10.0, 4.0),
        stance_width_m=drawn.stance_width_m if single else _number(chance, 0.26, 0.40),
        trunk_lean_deg=drawn.trunk_lean_deg / 2,
        pelvic_drop_deg=drawn.pelvic_drop_deg / 2,
        # A seat is as high at every repetition.
        noise_depth_deg=3.0 if squat.seat == "none" else 0.0,
    )
    repetition_s = squat.repetition_s * 1.05 + squat.bottom_s + squat.pause_s
    seconds = squat.quiet_s + (squat.repetitions + squat.starts_seated) * repetition_s + 0.5
    return replace(
        clip, duration_s=round(seconds, 1), squat=squat, place=replace(clip.place, step_m=step_m)
    )


def _box_squat(chance: np.random.Generator, index: int) -> Clip:
    squat = Squat(
        knee_flexion_deg=_number(chance, 86.0, 102.0),
        shank_share=_number(chance, 0.0, 0.22),
        bottom_s=_number(chance, 0.2, 1.0),
        seat=("chair", "stool")[index % 2],
        seated_lean_deg=_number(chance, 15.0, 40.0),
        trunk_lean_forward_deg=_number(chance, -14.0, -4.0),
    )
    return _exercise(chance, index, squat)


def _goblet_squat(chance: np.random.Generator, index: int) -> Clip:
    squat = Squat(
        knee_flexion_deg=_number(chance, 75.0, 110.0),
        shank_share=_number(chance, 0.34, 0.40),
        bottom_s=_number(chance, 0.0, 0.5),
        arms="at_chest",
        dumbbell=True,
        trunk_lean_forward_deg=_number(chance, -6.0, 4.0),
    )
    return _exercise(chance, index, squat)


def _sit_to_stand(chance: np.random.Generator, index: int) -> Clip:
    squat = Squat(
        knee_flexion_deg=_number(chance, 86.0, 100.0),
        shank_share=_number(chance, 0.0, 0.16),
        bottom_s=_number(chance, 0.7, 1.5),
        seat=("chair", "stool")[index % 2],
        seated_lean_deg=_number(chance, 0.0, 12.0),
        trunk_lean_forward_deg=_number(chance, -18.0, -8.0),
        starts_seated=index % 3 != 2,
        arms=("at_chest", "ahead")[index // 2 % 2],
    )
    return _exercise(chance, index, squat)


def _single_leg_squat_to_chair(chance: np.random.Generator, index: int) -> Clip:
    squat = Squat(
        standing_leg=("left", "right")[index % 2],
        knee_flexion_deg=_number(chance, 84.0, 96.0),
        shank_share=_number(chance, 0.10, 0.22),
        bottom_s=_number(chance, 0.2, 0.6),
        seat="stool",
        seated_lean_deg=_number(chance, 15.0, 30.0),
        trunk_lean_forward_deg=_number(chance, -14.0, -6.0),
        free_foot="ahead",
    )
    return _exercise(chance, index, squat)


def _step_down(chance: np.random.Generator, index: int) -> Clip:
    squat = Squat(
        standing_leg=("left", "right")[index % 2],
        knee_flexion_deg=_number(chance, 72.0, 84.0),
        shank_share=_number(chance, 0.40, 0.48),
        free_foot="down",
    )
    return _exercise(chance, index, squat, step_m=0.15)


EXERCISES = {
    "box_squat": (4, _box_squat),
    "goblet_squat": (8, _goblet_squat),
    "sit_to_stand": (4, _sit_to_stand),
    "single_leg_squat_to_chair": (4, _single_leg_squat_to_chair),
    "step_down": (2, _step_down),
}
"""Of each exercise: how many clips, and how one is made up."""

OF_ONE_KIND = {
    "changing": (9, _changing),
    "behind_a_bar": (6, _behind_a_bar),
    "knees_out": (8, _knees_out),
}
"""Sets that consist of a single kind: how many, and how one is made up."""

KINDS = (
    Kind("rear", 24, 16, lambda chance, index: _running(chance, index, "rear")),
    Kind("front", 10, 18, lambda chance, index: _running(chance, index, "front")),
    Kind("squat", 6, 8, _both_legs),
    Kind("single_leg_squat", 6, 6, _one_leg),
    Kind("turned", 2, 3, _turned),
    Kind("drift", 3, 6, _drifting),
    Kind("side", 20, 8, _from_the_side),
    Kind("shallow_squat", 6, 4, _shallow),
    Kind("build", 175, 0, _any_build),
    Kind("squat_build", 72, 0, _any_squat_build),
    Kind("turned_front", 0, 4, lambda chance, index: _turned(chance, index, "front")),
    Kind("turned_squat", 0, 3, _turned_squat),
    Kind("side_build", 16, 0, _any_build_from_the_side),
)


def clips_of(name: str) -> Iterator[tuple[str, Clip]]:
    """Yield the name and specification of every clip of a set, always the same."""
    if name == "frame_rates":
        yield from _filmed_faster()
        return
    if name in OF_ONE_KIND:
        count, make = OF_ONE_KIND[name]
        for index in range(count):
            chance = np.random.default_rng(_FIRST_SEED[name] + index)
            yield f"{name}_{index:02d}", make(chance, index)
        return
    if name == "exercises":
        for place, (exercise, (count, make)) in enumerate(EXERCISES.items()):
            for index in range(count):
                chance = np.random.default_rng(_FIRST_SEED[name] + 1_000 * place + index)
                yield f"{exercise}_{index:02d}", make(chance, index)
        return
    for place, kind in enumerate(KINDS):
        count = kind.calibration if name == "calibration" else kind.validation
        for index in range(count):
            seed = _FIRST_SEED[name] + 1_000 * place + index
            yield f"{kind.name}_{index:02d}", kind.make(np.random.default_rng(seed), index)


def _filmed_faster() -> Iterator[tuple[str, Clip]]:
    for stem, clip in clips_of("calibration"):
        for frame_rate_hz, duration_s in _FASTER.get(stem, ()):
            yield (
                f"{stem}_{frame_rate_hz:.0f}",
                replace(clip, frame_rate_hz=frame_rate_hz, duration_s=duration_s),
            )
