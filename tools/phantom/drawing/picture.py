"""Puts a solved exercise into pictures: camera, person, props, one phase after the other."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from phantom.camera import Eye
from phantom.drawing.formats import FRAMES_HZ, LOOP_SIZE_PX, MOST_MOVING_FRAMES
from phantom.drawing.loop import Loop, phases_to_draw
from phantom.drawing.paper import Paper, Shown
from phantom.drawing.person import Person, normals_of
from phantom.drawing.pose_spec import View
from phantom.drawing.props import band_round, band_to, dumbbell, prop_corners, standing_props
from phantom.rotations import Floats, about_axis, normalised

_LOW_M, _MAT_RIM_M = 0.22, 0.10
_MARGIN = 0.055
_FIELD_OF_VIEW_DEG = 22.0


class Illustrator:
    """Draws one exercise at any phase, always from the same place, and its mistake."""

    def __init__(self, loop: Loop) -> None:
        self._loop, spec = loop, loop.spec
        self._person = Person(spec.figure, spec.feet, spec.hands, spec.muscles)
        self._skins = self._sampled()
        self._props = self._placed_props()
        self._papers: dict[tuple[int, int], Paper] = {}
        self._eyes: dict[tuple[tuple[int, int], View], Eye] = {}

    def frames(self) -> Iterator[tuple[np.ndarray, float]]:
        """Yield every picture of the loop with its seconds."""
        drawn: dict[float, np.ndarray] = {}
        for phase, seconds in phases_to_draw(self._loop, FRAMES_HZ, MOST_MOVING_FRAMES):
            if phase not in drawn:
                drawn[phase] = self.at(phase, LOOP_SIZE_PX, 3)
            yield drawn[phase], seconds

    def at(self, phase: float, size: tuple[int, int], finer: int) -> np.ndarray:
        """Return the picture at a phase."""
        values, toes = self._loop.at(phase), self._loop.toes(phase)
        return self._draw(values, toes, phase, self._loop.spec.view, size, finer)

    def mistake(self, size: tuple[int, int], finer: int) -> np.ndarray:
        """Return the picture of the mistake."""
        spec, phase = self._loop.spec, self._loop.finish_phase
        toes = {} if spec.mistake is None else spec.mistake.toes
        return self._draw(self._loop.mistake(), toes, phase, spec.mistake_view, size, finer)

    def _draw(
        self,
        values: Floats,
        toes: Mapping[str, tuple[str, float]],
        phase: float,
        view: View,
        size: tuple[int, int],
        finer: int,
    ) -> np.ndarray:
        if size not in self._papers:
            self._papers[size] = Paper(*size, finer)
        if (size, view) not in self._eyes:
            self._eyes[size, view] = self._place_camera(view, size)
        spec = self._loop.spec
        pose, _ = self._loop.body.pose(values[None])
        points = self._person.points(pose, toes)
        # She goes on the spot; what she passes moves.
        gone = phase * spec.travel_m
        person = Shown(
            points=points - gone,
            normals=normals_of(points, self._person.triangles),
            triangles=self._person.triangles,
            colours=self._person.colours,
            lit=self._person.lit,
        )
        props = self._props
        if "strip" in props:
            props = props | {"strip": props["strip"] | {"moved_m": tuple(-gone[:2])}}
        if "towel" in props:
            props = props | {"towel": props["towel"] | self._gathering(pose.joints, toes)}
        shown = [*standing_props(props), *self._held(values, gone), person]
        middle = person.points.mean(axis=0)
        return self._papers[size].draw(self._eyes[size, view], shown, middle)

    def _gathering(
        self, joints: Mapping[str, Floats], toes: Mapping[str, tuple[str, float]]
    ) -> dict[str, float]:
        """Return how the toes gather the towel, and where."""
        for side, (shape, share) in toes.items():
            if shape == "curled":
                return {"gathered": share, "toes_y_m": float(joints[f"{side}_toe"][0, 1])}
        return {}

    def _held(self, values: Floats, gone: Floats) -> list[Shown]:
        spec, body = self._loop.spec, self._loop.body
        pose, _ = body.pose(values[None])
        skin = body.skin(pose)[0] - gone
        joints = {name: place[0] - gone for name, place in pose.joints.items()}
        held: list[Shown] = []
        if "dumbbell" in spec.props:
            between = [self._middle(skin, f"{side}_palm") for side in ("left", "right")]
            shift = np.array(spec.props["dumbbell"].get("shift_m", (0.0, 0.0, 0.0)))
            axis = np.array(spec.props["dumbbell"].get("axis", (0.0, 0.0, 1.0)))
            held += dumbbell(np.mean(between, axis=0) + shift, axis)
        if "band" in spec.props:
            band = spec.props["band"]
            if "fixed_m" in band:
                foot = joints[f"{band['side']}_ball"]
                held += band_to(foot, np.array(band["fixed_m"]))
            else:
                up = band.get("up_share", 0.12)
                ends = [
                    joints[f"{side}_ankle"]
                    + up * (joints[f"{side}_knee"] - joints[f"{side}_ankle"])
                    for side in ("left", "right")
                ]
                held += band_round(ends[0], ends[1], band.get("reach_m", 0.042))
        return held

    def _middle(self, skin: Floats, place: str) -> Floats:
        rows = [row for group in self._loop.body.figure.places[place] for row in group]
        middle: Floats = skin[rows].mean(axis=0)
        return middle

    def _place_camera(self, view: View, size: tuple[int, int]) -> Eye:
        turn = about_axis(2, view.azimuth_deg)
        up = np.radians(view.elevation_deg)
        away = turn @ np.array([0.0, -np.cos(up), np.sin(up)])
        right = normalised(np.cross(-away, [0.0, 0.0, 1.0]))
        above = np.cross(right, -away)
        points = self._all_points(view)
        focal = size[1] / 2 / np.tan(np.radians(_FIELD_OF_VIEW_DEG) / 2)
        aim, distance = (points.min(axis=0) + points.max(axis=0)) / 2, 6.0
        for _ in range(12):
            eye = Eye(
                position=aim + distance * away,
                forwards=-away,
                right=right,
                up=above,
                focal_length_px=focal,
                width_px=size[0],
                height_px=size[1],
            )
            pixels = eye.to_pixels(points)
            low, high = pixels.min(axis=0), pixels.max(axis=0)
            middle = (low + high) / 2 - np.array(size) / 2
            aim = aim + (middle[0] * right - middle[1] * above) * distance / focal
            room = np.array(size) * (1 - 2 * _MARGIN)
            distance *= float(np.max((high - low) / room))
        return eye

    def _all_points(self, view: View) -> Floats:
        """Return everything that shall be in every picture of a view."""
        if view.close_on:
            rows = self._loop.body.rows(view.close_on)
            around = view.close_m * np.concatenate([np.eye(3), -np.eye(3)])
            near = self._skins[:, rows].reshape(-1, 1, 3) + around
            near[..., 2] = np.maximum(near[..., 2], -0.05)
            return near.reshape(-1, 3)
        return np.concatenate([self._skins.reshape(-1, 3), prop_corners(self._props)])

    def _sampled(self) -> Floats:
        """Return the sampled skin (moments, n, 3) over the loop and in the mistake."""
        loop = self._loop
        count = len(loop.keys)
        moments = [(values, loop.phase_of(place)) for place, values in enumerate(loop.keys)]
        moments += [
            (loop.at(phase), phase) for phase in (loop.midway(place) for place in range(count))
        ]
        if loop.spec.mistake is not None:
            moments.append((loop.mistake(), loop.finish_phase))
        return np.stack(
            [
                loop.body.skin(loop.body.pose(values[None])[0])[0] - phase * loop.spec.travel_m
                for values, phase in moments
            ]
        )

    def _placed_props(self) -> dict[str, dict[str, Any]]:
        """Return the props, the mat laid under everything that comes near the floor."""
        props = {name: dict(given) for name, given in self._loop.spec.props.items()}
        if "mat" in props and not props["mat"]:
            low = self._skins[self._skins[..., 2] < _LOW_M]
            least, most = low.min(axis=0)[:2] - _MAT_RIM_M, low.max(axis=0)[:2] + _MAT_RIM_M
            props["mat"] = {"at": tuple((least + most) / 2), "size_m": tuple(most - least)}
        return props
