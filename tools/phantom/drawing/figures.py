"""The two people who are drawn, and what of them is known without their surface.

A figure is the part of a body that posing needs: joints at rest, a thin sample of the skin, and
the places that can touch something. It is written to a file, so that poses can be solved and
tested without the body data.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from phantom.body import BaseMesh, Body, Surface, build_body
from phantom.drawing.anatomy import Neutral
from phantom.drawing.digits import palm_frame, shape_digits
from phantom.rotations import Floats
from phantom.skeleton import SEGMENTS, SIDES, Segment, side_sign
from phantom.specification import Body as BodySpec
from phantom.specification import Clothes

PEOPLE: Mapping[str, BodySpec] = {
    "woman": BodySpec(gender=0.0, height_m=1.68, weight=0.5, muscle=0.55, skin=(226, 178, 150)),
    "man": BodySpec(gender=1.0, height_m=1.79, weight=0.5, muscle=0.6, skin=(166, 118, 90)),
}
CLOTHES: Mapping[str, Clothes] = {
    "woman": Clothes(
        legs="short_tights",
        legs_colour=(66, 84, 108),
        top="singlet",
        top_colour=(92, 158, 160),
        hair="bun",
        hair_colour=(74, 50, 36),
        shoe_colour=(232, 232, 228),
        sole_colour=(120, 150, 156),
    ),
    "man": Clothes(
        legs="short_tights",
        legs_colour=(76, 80, 92),
        top="t_shirt",
        top_colour=(206, 196, 172),
        hair="short",
        hair_colour=(34, 28, 26),
        shoe_colour=(226, 228, 230),
        sole_colour=(132, 138, 146),
    ),
}
_FOLDER = Path(__file__).parent / "figures"
_SAMPLE_M = 0.032


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What posing needs of a person.

    Attributes
    ----------
    rest
        Each joint at rest, metres, see ``phantom.body.Body``.
    palms
        Axes of each hand at rest: to the thumb, out of the palm, to the fingers.
    points, weights
        A sample of the skin, (n, 3), and how much each segment moves it, (n, segments).
    places
        What can touch: for each name its groups of rows of ``points``. Of a group the lowest
        point touches.
    """

    rest: Mapping[str, Floats]
    palms: Mapping[str, Floats]
    points: Floats
    weights: Floats
    places: Mapping[str, tuple[tuple[int, ...], ...]]

    def neutral(self) -> Neutral:
        """Return the turns into the posture all angles are counted from."""
        return Neutral.of(self.rest, self.palms)


@cache
def figure(name: str) -> Figure:
    """Return a person by name from her file.

    Raises
    ------
    ValueError
        There is no such person.
    """
    if name not in PEOPLE:
        message = f"no figure {name!r}; known are {', '.join(PEOPLE)}"
        raise ValueError(message)
    raw = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    weights = np.zeros((len(raw["points"]), len(SEGMENTS)))
    for row, shares in enumerate(raw["weights"]):
        for segment, share in shares.items():
            weights[row, SEGMENTS.index(Segment(segment))] = share
    return Figure(
        rest={joint: np.array(place) for joint, place in raw["rest"].items()},
        palms={side: np.array(axes) for side, axes in raw["palms"].items()},
        points=np.array(raw["points"]),
        weights=weights / weights.sum(axis=1, keepdims=True),
        places={
            place: tuple(tuple(rows) for rows in groups) for place, groups in raw["places"].items()
        },
    )


def write_figures() -> None:
    """Write the file of every person from the body data."""
    _FOLDER.mkdir(exist_ok=True)
    for name, spec in PEOPLE.items():
        (_FOLDER / f"{name}.json").write_text(_as_text(_measure(spec)), encoding="utf-8")


def body_of(name: str, hands: Mapping[str, str], toes: Mapping[str, tuple[str, float]]) -> Body:
    """Return the whole body of a person with shaped hands and toes."""
    return build_body(PEOPLE[name], shape_digits(hands, toes))


def _as_text(figure: Figure) -> str:
    rows = [
        {
            SEGMENTS[column].value: round(float(row[column]), 3)
            for column in np.flatnonzero(row > 5e-3)
        }
        for row in figure.weights
    ]
    raw = {
        "rest": {joint: _rounded(place) for joint, place in figure.rest.items()},
        "palms": {side: _rounded(axes) for side, axes in figure.palms.items()},
        "places": figure.places,
        "points": _rounded(figure.points),
        "weights": rows,
    }
    lines = ",\n".join(
        f'"{key}": {json.dumps(value, separators=(",", ":"))}' for key, value in raw.items()
    )
    return "{\n" + lines + "\n}\n"


def _rounded(values: Floats) -> list[object]:
    listed: list[object] = np.round(values, 4).tolist()
    return listed


def _measure(spec: BodySpec) -> Figure:
    palms: dict[str, Floats] = {}

    def note_palms(points: Floats, base: BaseMesh) -> Floats:
        for side in SIDES:
            palms[side] = palm_frame(points, base, side)
        return shape_digits(dict.fromkeys(SIDES, "flat"), {})(points, base)

    body = build_body(spec, note_palms)
    skin = body.skin
    rows = _thinned(skin)
    points, weights = [skin.points[rows]], [skin.weights[rows]]
    places: dict[str, tuple[tuple[int, ...], ...]] = {}
    count = len(rows)

    def add_points(name: str, own: Floats, segments: list[str]) -> None:
        nonlocal count
        own_weights = np.zeros((len(own), len(SEGMENTS)))
        for row, segment in enumerate(segments):
            own_weights[row, SEGMENTS.index(Segment(segment))] = 1.0
        points.append(own)
        weights.append(own_weights)
        places[name] = tuple((count + row,) for row in range(len(own)))
        count += len(own)

    for side in SIDES:
        _add_foot(add_points, body, side)
        _add_hand(add_points, body, side, palms[side])
    sample = Surface(points=points[0], triangles=skin.triangles[:0], weights=weights[0])
    for name, groups in _patches(body, sample).items():
        found = [tuple(np.flatnonzero(group).tolist()) for group in groups]
        if not all(found):
            message = f"no skin was found for {name}"
            raise ValueError(message)
        places[name] = tuple(found)
    return Figure(
        rest=body.joints,
        palms=palms,
        points=np.concatenate(points),
        weights=np.concatenate(weights),
        places=places,
    )


def _thinned(skin: Surface) -> np.ndarray:
    """Return rows of points about evenly spread over the skin, fingers and toes left out."""
    digits = [f"{side}_{part}" for side in SIDES for part in ("hand", "toes")]
    columns = [SEGMENTS.index(Segment(name)) for name in digits]
    free = np.flatnonzero(skin.weights[:, columns].sum(axis=1) < 0.9)
    cells = np.floor(skin.points[free] / _SAMPLE_M).astype(int)
    middles = (cells + 0.5) * _SAMPLE_M
    away = np.linalg.norm(skin.points[free] - middles, axis=1)
    order = np.argsort(away, kind="stable")
    _, first = np.unique(cells[order], axis=0, return_index=True)
    return np.sort(free[order[first]])


def _add_foot(add: Callable[[str, Floats, list[str]], None], body: Body, side: str) -> None:
    sign = side_sign(side)
    heel, ball, toe = (body.joints[f"{side}_{name}"] for name in ("heel", "ball", "toe"))
    along = (ball - heel) * [1, 1, 0]
    along /= np.linalg.norm(along)
    across = sign * np.cross([0, 0, 1], along) * -1.0
    if across[0] * sign < 0:
        across = -across
    down = np.array([1.0, 1.0, 0.0])
    back = heel * down + 0.025 * along
    inner, outer = ball * down - 0.032 * across, ball * down + 0.038 * across
    tip = toe * down + 0.012 * along
    foot, toes = f"{side}_foot", f"{side}_toes"
    add(f"{side}_foot", np.stack([back, inner, outer]), [foot] * 3)
    add(f"{side}_forefoot", np.stack([inner, outer, tip]), [foot, foot, toes])
    add(f"{side}_heel", np.stack([heel * down + 0.012 * along]), [foot])
    add(f"{side}_toes", np.stack([tip]), [toes])
    raised = np.array([0.0, 0.0, 0.012])
    edge = np.stack([heel * down + 0.03 * along + 0.026 * across, outer + 0.008 * across])
    add(f"{side}_foot_edge", edge + raised, [foot] * 2)
    edge = np.stack([heel * down + 0.03 * along - 0.024 * across, inner - 0.012 * across])
    add(f"{side}_foot_inner_edge", edge + raised, [foot] * 2)


def _add_hand(
    add: Callable[[str, Floats, list[str]], None], body: Body, side: str, axes: Floats
) -> None:
    thumbwards, palm, fingers = axes.T
    hand = f"{side}_hand"
    own = body.skin.points[body.skin.weights[:, SEGMENTS.index(Segment(hand))] > 0.9]
    local = (own - body.joints[f"{side}_wrist"]) @ axes
    # The thumb's ball stands out further than the hand lies.
    depth = float(np.percentile(local[np.abs(local[:, 0]) < 0.035, 1], 96))
    length = float(local[:, 2].max())
    wrist = body.joints[f"{side}_wrist"] + depth * palm
    heel = wrist + 0.1 * length * fingers
    index = wrist + 0.52 * length * fingers + 0.028 * thumbwards
    little = wrist + 0.52 * length * fingers - 0.03 * thumbwards
    tip = wrist + 0.97 * length * fingers
    add(hand, np.stack([heel, index, little]), [hand] * 3)
    add(f"{side}_fingertips", np.stack([tip]), [hand])
    add(f"{side}_palm", np.stack([wrist + 0.36 * length * fingers + 0.004 * palm]), [hand])


def _patches(body: Body, sample: Surface) -> dict[str, list[np.ndarray]]:
    """Return for each place of the skin that can touch its groups, as (n,) of whether it is in."""
    points, joints = sample.points, body.joints

    def moved_by(*segments: str) -> np.ndarray:
        columns = [SEGMENTS.index(Segment(segment)) for segment in segments]
        inside: np.ndarray = sample.weights[:, columns].sum(axis=1) > 0.5
        return inside

    def near(joint: Floats, reach_m: float) -> np.ndarray:
        close: np.ndarray = np.linalg.norm(points - joint, axis=1) < reach_m
        return close

    patches: dict[str, list[np.ndarray]] = {}
    x, y, z = points.T
    trunk = moved_by("pelvis", "abdomen", "chest")
    for side in SIDES:
        sign = side_sign(side)
        out = sign * x
        hip, knee, ankle, shoulder, elbow, wrist = (
            joints[f"{side}_{name}"]
            for name in ("hip", "knee", "ankle", "shoulder", "elbow", "wrist")
        )
        leg = moved_by(f"{side}_thigh", f"{side}_shank")
        thigh = moved_by(f"{side}_thigh", "pelvis") & (out > 0)
        mid_thigh, mid_shank = (hip + knee) / 2, (knee + ankle) / 2
        front_knee = leg & near(knee, 0.10) & (y < knee[1])
        instep = (
            moved_by(f"{side}_foot", f"{side}_shank")
            & near(ankle, 0.16)
            & (y < ankle[1] - 0.01)
            & (z > 0.035)
        )
        patches[f"{side}_knee"] = [front_knee]
        patches[f"{side}_instep"] = [instep]
        patches[f"{side}_shin"] = [front_knee, instep]
        patches[f"{side}_knee_inner"] = [leg & near(knee, 0.085) & (out < sign * knee[0] - 0.02)]
        patches[f"{side}_knee_outer"] = [leg & near(knee, 0.09) & (out > sign * knee[0] + 0.02)]
        patches[f"{side}_ankle_outer"] = [
            moved_by(f"{side}_foot", f"{side}_shank")
            & near(ankle, 0.07)
            & (out > sign * ankle[0] + 0.015)
        ]
        patches[f"{side}_ankle_inner"] = [
            moved_by(f"{side}_foot", f"{side}_shank")
            & near(ankle, 0.07)
            & (out < sign * ankle[0] - 0.015)
        ]
        patches[f"{side}_ankle_front"] = [
            moved_by(f"{side}_foot", f"{side}_shank") & near(ankle, 0.075) & (y < ankle[1] - 0.02)
        ]
        patches[f"{side}_thigh_front"] = [thigh & near(mid_thigh, 0.12) & (y < mid_thigh[1] - 0.03)]
        patches[f"{side}_thigh_low_front"] = [
            leg & near(knee + 0.3 * (hip - knee), 0.09) & (y < knee[1] - 0.02)
        ]
        patches[f"{side}_thigh_back"] = [thigh & near(mid_thigh, 0.12) & (y > mid_thigh[1] + 0.03)]
        patches[f"{side}_thigh_outer"] = [
            thigh & near(mid_thigh, 0.13) & (out > sign * mid_thigh[0] + 0.04)
        ]
        patches[f"{side}_shin_middle"] = [
            moved_by(f"{side}_shank") & near(mid_shank, 0.07) & (y < mid_shank[1] - 0.02)
        ]
        patches[f"{side}_hip_side"] = [
            near(hip, 0.2) & (out > sign * hip[0] + 0.05) & moved_by(f"{side}_thigh", "pelvis")
        ]
        patches[f"{side}_seat"] = [
            moved_by(f"{side}_thigh", "pelvis")
            & (out > 0)
            & near(hip + np.array([0.0, 0.06, -0.04]), 0.13)
            & (y > hip[1] + 0.01)
        ]
        patches[f"{side}_elbow"] = [
            moved_by(f"{side}_upper_arm", f"{side}_forearm") & near(elbow, 0.06)
        ]
        patches[f"{side}_forearm"] = [
            patches[f"{side}_elbow"][0],
            moved_by(f"{side}_forearm", f"{side}_hand") & near(wrist, 0.05),
        ]
        patches[f"{side}_shoulder_side"] = [
            near(shoulder, 0.1)
            & moved_by(f"{side}_upper_arm", f"{side}_collar", "chest")
            & (out > sign * shoulder[0] - 0.02)
        ]
        patches[f"{side}_upper_arm"] = [
            near((shoulder + elbow) / 2, 0.12) & moved_by(f"{side}_upper_arm")
        ]
        patches[f"{side}_waist"] = [
            trunk & near(joints["abdomen"] + [sign * 0.13, 0, 0.0], 0.09) & (out > 0.08)
        ]
        patches[f"{side}_head"] = [moved_by("head") & (out > 0.03) & (z > joints["head"][2])]
    patches["seat"] = [patches["left_seat"][0], patches["right_seat"][0]]
    chest_y, pelvis_y = joints["chest"][1], joints["pelvis"][1]
    chest_z, pelvis_z = joints["neck"][2] - 0.12, joints["pelvis"][2]
    patches["upper_back"] = [
        moved_by("chest", "left_collar", "right_collar")
        & (y > chest_y)
        & (np.abs(z - chest_z) < 0.12)
        & (np.abs(x) < 0.14)
    ]
    patches["sacrum"] = [
        trunk & (y > pelvis_y + 0.05) & (np.abs(z - pelvis_z) < 0.12) & (np.abs(x) < 0.12)
    ]
    patches["back"] = [patches["upper_back"][0], patches["sacrum"][0]]
    patches["head_back"] = [moved_by("head") & (y > joints["head"][1] + 0.03)]
    patches["chest_front"] = [
        moved_by("chest")
        & (y < chest_y - 0.06)
        & (np.abs(x) < 0.06)
        & (z > joints["chest"][2] + 0.08)
        & (z < joints["neck"][2] - 0.1)
    ]
    return patches
