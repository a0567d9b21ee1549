"""What a drawing shall show, read from ``knowledge/poses``: poses, contacts, props and view.

Whether a pose can be taken is for the solver.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from phantom.drawing.anatomy import BODY_NAMES, LIMB_NAMES
from phantom.drawing.postures import BASES
from phantom.rotations import Floats
from phantom.skeleton import SIDES

SURFACES = ("floor", "wall", "step", "chair")
_BODY_PARTS = ("pelvis", "trunk", "neck")


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """A place of the body that touches something.

    ``on`` is a surface or another place of the body; what ``slides`` touches without keeping its
    place; ``at`` is where on the floor plan (x, y) it is put down.
    """

    on: str
    slides: bool = False
    at: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPose:
    """One pose of the loop: angles in degrees by name, and what touches what.

    ``asked`` are the angles that the pose itself or the start names; the others come from the
    base posture and give way first.
    """

    name: str
    angles: Mapping[str, float]
    asked: frozenset[str]
    touches: Mapping[str, Touch]
    move_s: float
    hold_s: float
    weight_on: str = ""
    place: tuple[float, float] | None = None
    """Where the hips' middle is over the floor plan, metres; free when None."""
    hips_height_m: float | None = None
    """Of the hips' middle over the floor; free when None."""
    toes: Mapping[str, tuple[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Where a picture is seen from, and what it is about."""

    azimuth_deg: float
    """0 from the front, 90 from her left."""
    elevation_deg: float
    close_on: tuple[str, ...]
    """Places of the body that fill the picture; empty for everything."""
    close_m: float
    """How much is seen around them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PoseSpec:
    """Everything about one exercise's drawing."""

    exercise: str
    figure: str
    root: str
    feet: str
    hands: Mapping[str, str]
    props: Mapping[str, Mapping[str, Any]]
    view: View
    mistake_view: View
    """The same where the mistake has none of its own."""
    muscles: tuple[str, ...]
    loop: tuple[KeyPose, ...]
    finish: KeyPose
    mistake: KeyPose | None
    flows: bool
    travel_m: Floats
    alt: str
    targets: Mapping[str, Any]
    clip: str = ""
    """The kind of clip that somebody doing it can be compared by; empty where there is none."""

    @property
    def start(self) -> KeyPose:
        """The first pose."""
        return self.loop[0]


def read_spec(path: Path) -> PoseSpec:
    """Return the specification in a file.

    Raises
    ------
    ValueError
        It names something that is not known.
    """
    return parse_spec(yaml.safe_load(path.read_text(encoding="utf-8")))


def parse_spec(raw: Mapping[str, Any]) -> PoseSpec:
    """Return the specification of a mapping, as YAML gives it; see ``read_spec``."""
    base = _known(raw["base"], BASES, "base")
    root, of_body, of_limbs = BASES[base]
    angles = dict(of_body) | {
        f"{side}_{name}": value for side in SIDES for name, value in of_limbs.items()
    }
    bottom = KeyPose(
        name="base", angles=angles, asked=frozenset(), touches={}, move_s=1.2, hold_s=0.6
    )
    poses: dict[str, KeyPose] = {}
    for name, given in raw["poses"].items():
        below = poses[given["like"]] if "like" in given else poses.get("start", bottom)
        poses[name] = _key_pose(name, given, below)
    for name in ("start", "finish"):
        _known(name, poses, "pose")
    names = raw.get("loop") or ["start", "finish"]
    hands = dict.fromkeys(SIDES, "relaxed")
    touched = {place for pose in poses.values() for place in pose.touches}
    for side in SIDES:
        if f"{side}_hand" in touched:
            hands[side] = "flat"
        if f"{side}_palm" in touched:
            hands[side] = "hold"
    hands |= raw.get("hands", {})
    travel = np.array([*raw.get("travel_m", (0.0, 0.0)), 0.0])
    mistake = raw.get("mistake")
    return PoseSpec(
        exercise=raw["exercise"],
        figure=raw["figure"],
        root=root,
        feet=raw.get("feet", "bare"),
        hands=hands,
        props=raw.get("props", {}) or {},
        view=_view(raw["view"]),
        mistake_view=_view((mistake or {}).get("view", raw["view"])),
        muscles=tuple(raw["muscles"]),
        loop=tuple(poses[_known(name, poses, "pose")] for name in names),
        finish=poses["finish"],
        mistake=(
            None
            if mistake is None
            else _key_pose("mistake", mistake["pose"], poses[mistake["pose"].get("like", "finish")])
        ),
        flows=bool(raw.get("flows", False)),
        travel_m=travel,
        alt=" ".join(raw["alt"].split()),
        targets=raw.get("targets", {}),
        clip=raw.get("clip", ""),
    )


def _view(given: Mapping[str, Any]) -> View:
    return View(
        azimuth_deg=float(given["azimuth_deg"]),
        elevation_deg=float(given.get("elevation_deg", 10.0)),
        close_on=tuple(given.get("close_on", ())),
        close_m=float(given.get("close_m", 0.2)),
    )


def _key_pose(name: str, given: Mapping[str, Any], below: KeyPose) -> KeyPose:
    angles, asked = dict(below.angles), set(below.asked)
    for part, values in given.items():
        if part in _BODY_PARTS:
            named = {f"{part}_{key}": value for key, value in values.items()}
            _all_known(named, BODY_NAMES)
        elif part in (*SIDES, "both"):
            _all_known(values, LIMB_NAMES)
            sides = SIDES if part == "both" else (part,)
            named = {f"{side}_{key}": value for side in sides for key, value in values.items()}
        else:
            continue
        angles |= {key: float(value) for key, value in named.items()}
        asked |= set(named)
    unknown = set(given) - {
        *_BODY_PARTS,
        *SIDES,
        "both",
        "touches",
        "move_s",
        "hold_s",
        "weight_on",
        "place",
        "like",
        "toes",
        "hips_height_m",
    }
    if unknown:
        message = f"the pose {name!r} has no {sorted(unknown)[0]!r}"
        raise ValueError(message)
    touches = dict(below.touches)
    for place, touch in given.get("touches", {}).items():
        if touch is None:
            touches.pop(place, None)
        elif isinstance(touch, str):
            touches[place] = Touch(on=touch)
        else:
            at = touch.get("at")
            touches[place] = Touch(
                on=touch["against"],
                slides=touch.get("slides", False),
                at=None if at is None else (float(at[0]), float(at[1])),
            )
    place_xy = given.get("place", below.place)
    return KeyPose(
        name=name,
        angles=angles,
        asked=frozenset(asked),
        touches=touches,
        move_s=float(given.get("move_s", below.move_s)),
        hold_s=float(given.get("hold_s", below.hold_s)),
        weight_on=given.get("weight_on", below.weight_on),
        place=None if place_xy is None else (float(place_xy[0]), float(place_xy[1])),
        hips_height_m=given.get("hips_height_m", below.hips_height_m),
        toes={
            side: (shape[0], float(shape[1]))
            for side, shape in given.get("toes", below.toes).items()
        },
    )


def _known(name: str, known: Mapping[str, Any], what: str) -> str:
    if name not in known:
        message = f"no {what} {name!r}; known are {', '.join(known)}"
        raise ValueError(message)
    return name


def _all_known(values: Mapping[str, Any], known: Sequence[str]) -> None:
    for name in values:
        if name not in known:
            message = f"no angle {name!r}; known are {', '.join(known)}"
            raise ValueError(message)
