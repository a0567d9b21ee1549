"""An exercise as a smooth loop: the posture at any phase, with everything staying where it touches.

Key poses are solved once. Between two of them the angles glide, and what touches in both is held.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from phantom.drawing.anatomy import COLUMN, N_VALUES
from phantom.drawing.figures import figure
from phantom.drawing.pose_spec import SURFACES, KeyPose, PoseSpec, Touch
from phantom.drawing.solver import (
    Body,
    Contact,
    Wish,
    asked_give,
    between_give,
    gaps,
    solve,
    solve_afresh,
)
from phantom.drawing.surfaces import planes
from phantom.rotations import Floats
from phantom.skeleton import SIDES

_ON_BALL_DEG = 34.0
"""Of the toes where only the ball of the foot stands: from straight toes the search goes astray."""
_STANDS_ON = ("foot", "forefoot", "heel", "toes")

_CAUGHT_M = 0.005
"""Deeper than a foot that stands presses in."""


class Loop:
    """One exercise, solved; phases run from 0 to 1 and then begin again."""

    def __init__(self, spec: PoseSpec) -> None:
        self.spec = spec
        self.body = Body(figure(spec.figure), spec.root, has_shoes=spec.feet == "shoes")
        self._planes = planes(spec.props)
        self._solid = tuple(plane for plane in self._planes.values() if plane.is_endless)
        self._kept: list[dict[str, Floats]] = []
        self.keys: list[Floats] = []
        for place, key in enumerate(spec.loop):
            self._solve_key(place, key)
        self._stops = self._timetable()
        self.duration_s = self._stops[-1]

    @property
    def stops(self) -> list[float]:
        """When each hold and each move ends, in seconds, beginning with 0."""
        stops: list[float] = self._stops.tolist()
        return stops

    def phase_of(self, place: int) -> float:
        """Return the phase at which a key pose of the loop is held (the middle of its hold)."""
        begins, ends = self._stops[2 * place : 2 * place + 2]
        return float((begins + ends) / 2 / self.duration_s)

    def midway(self, place: int) -> float:
        """Return the phase half-way from a key pose to the next."""
        begins, ends = self._stops[2 * place + 1 : 2 * place + 3]
        return float((begins + ends) / 2 / self.duration_s)

    @property
    def finish_phase(self) -> float:
        """The phase of the finish."""
        return self.phase_of(self.spec.loop.index(self.spec.finish))

    def at(self, phase: float) -> Floats:
        """Return the values (N_VALUES,) at a phase; 1 is 0 moved on by the way travelled."""
        return self.moment(phase)[0]

    def moment(self, phase: float) -> tuple[Floats, tuple[Contact, ...]]:
        """Return the values at a phase, and what touches there."""
        lap, within = divmod(phase, 1.0)
        if phase == 1.0:
            lap, within = 0.0, 1.0
        place, share = self._between(within * self.duration_s)
        contacts = self._shared(place)
        values = self._glided(place, share)
        if contacts:
            wish = Wish(values=values, give=between_give(), contacts=contacts, solid=self._solid)
            values = solve(self.body, wish, values)
            if self._lowest_m(values) < -_CAUGHT_M:
                # A limb was caught on the wrong side of the floor: searched again from above it.
                values = solve(self.body, wish, self._above_the_floor(wish.values))
        else:
            values = self._above_the_floor(values)
        values = values.copy()
        values[:3] += lap * self.spec.travel_m
        return values, contacts

    def _above_the_floor(self, values: Floats) -> Floats:
        """Lift a flying body as far as keeps its feet out of the floor."""
        lifted = values.copy()
        lifted[2] += max(0.0, -self._lowest_m(values))
        return lifted

    def _lowest_m(self, values: Floats) -> float:
        skin = self.body.skin(self.body.pose(values[None])[0])
        return float(skin[..., 2].min())

    def toes(self, phase: float) -> Mapping[str, tuple[str, float]]:
        """Return the shape of the toes at a phase: each side's shape and its share."""
        place, share = self._between((phase % 1.0) * self.duration_s)
        now, then = (self.spec.loop[(place + step) % len(self.spec.loop)].toes for step in (0, 1))
        shapes: dict[str, tuple[str, float]] = {}
        for side in {*now, *then}:
            leaving, coming = now.get(side, ("", 0.0)), then.get(side, ("", 0.0))
            if leaving[0] == coming[0]:
                shapes[side] = (leaving[0], leaving[1] + share * (coming[1] - leaving[1]))
            elif share < 0.5:
                shapes[side] = (leaving[0], leaving[1] * (1 - 2 * share))
            else:
                shapes[side] = (coming[0], coming[1] * (2 * share - 1))
        return {side: shape for side, shape in shapes.items() if shape[0]}

    def mistake(self) -> Floats:
        """Return the values of the mistake, what touches staying where it is in the loop.

        Raises
        ------
        ValueError
            The exercise has none.
        """
        key = self.spec.mistake
        if key is None:
            message = f"{self.spec.exercise} has no mistake to draw"
            raise ValueError(message)
        return self._solved(key, self._kept[self.spec.loop.index(self.spec.finish)], self.keys[-1])

    def contacts_at(self, place: int) -> tuple[Contact, ...]:
        """Return what touches at a key pose."""
        return self._contacts(self.spec.loop[place].touches, self._kept[place])

    def mistake_contacts(self) -> tuple[Contact, ...]:
        """Return what touches in the mistake."""
        key = self.spec.mistake
        kept = self._kept[self.spec.loop.index(self.spec.finish)]
        return () if key is None else self._contacts(key.touches, kept)

    def _solve_key(self, place: int, key: KeyPose) -> None:
        kept: dict[str, Floats] = {}
        for name, touch in key.touches.items():
            inherited = self._inherited(place, name, touch)
            if inherited is not None:
                kept[name] = inherited
        first = self.keys[-1] if self.keys else self._wished(key)
        if not self.keys:
            first[2] = 0.9 if self.spec.root == "upright" else 0.4
        values = self._solved(key, kept, first)
        skin = self.body.skin(self.body.pose(values[None])[0])
        for name, touch in key.touches.items():
            if touch.on in self._planes and not touch.slides and name not in kept:
                kept[name] = self.body.groups(skin, name)[0]
        self.keys.append(values)
        self._kept.append(kept)

    def _inherited(self, place: int, name: str, touch: Touch) -> Floats | None:
        """Return where a place stays because it touched there before, or will at the loop's end."""
        if touch.slides or touch.on not in self._planes or place == 0:
            return None
        before = self.spec.loop[place - 1].touches.get(name)
        if before is not None and before.on == touch.on and before.at == touch.at:
            return self._kept[place - 1].get(name)
        rest = self.spec.loop[place:]
        if all(
            name in key.touches and key.touches[name] == touch for key in (*rest, self.spec.start)
        ):
            return self._kept[0][name] + self.spec.travel_m
        return None

    def _solved(self, key: KeyPose, kept: Mapping[str, Floats], first: Floats) -> Floats:
        wished = self._wished(key)
        contacts = self._contacts(key.touches, kept)
        standing = [
            name
            for name, touch in key.touches.items()
            if name.partition("_")[2] in _STANDS_ON and touch.on != "wall"
        ]
        others = [
            name
            for name, touch in key.touches.items()
            if name not in standing and touch.on in ("floor", "step", "chair")
        ]
        if key.weight_on:
            standing = [name for name in standing if name.startswith(key.weight_on)]
        upright = self.spec.root == "upright"
        wish = Wish(
            values=wished,
            give=asked_give(
                key.asked,
                is_upright=upright,
                is_placed=key.place is not None,
                is_raised=key.hips_height_m is not None,
            ),
            contacts=contacts,
            solid=self._solid,
            balance_on=standing if upright and not others and key.weight_on != "none" else (),
        )
        return solve_afresh(self.body, wish, [first, self._set_down(wished, contacts)])

    def _set_down(self, values: Floats, contacts: Sequence[Contact]) -> Floats:
        """Return the values with the hips moved so that what touches is about in its place."""
        skin = self.body.skin(self.body.pose(values[None])[0])
        shifts, under = [], []
        for contact in contacts:
            if contact.plane is None:
                continue
            if contact.kept is not None:
                shifts.append(
                    contact.kept.mean(axis=0)
                    - self.body.groups(skin, contact.place)[0].mean(axis=0)
                )
            if contact.plane.normal[2] > 0.5:
                under.append(float(gaps(self.body, contact.place, contact.plane, skin).min()))
        moved = values.copy()
        if shifts:
            moved[:2] += np.mean(shifts, axis=0)[:2]
        if under:
            moved[2] -= min(under)
        return moved

    def _wished(self, key: KeyPose) -> Floats:
        values = np.zeros(N_VALUES)
        values[2] = 0.9
        if key.place is not None:
            values[:2] = key.place
        elif self.keys:
            values[:3] = self.keys[-1][:3]
        if key.hips_height_m is not None:
            values[2] = key.hips_height_m
        for name, degrees in key.angles.items():
            values[COLUMN[name]] = np.radians(degrees)
        for side in SIDES:
            toes = f"{side}_toes_extension"
            on_ball = f"{side}_forefoot" in key.touches and f"{side}_foot" not in key.touches
            if on_ball and toes not in key.asked:
                values[COLUMN[toes]] = np.radians(_ON_BALL_DEG)
        return values

    def _contacts(
        self, touches: Mapping[str, Touch], kept: Mapping[str, Floats]
    ) -> tuple[Contact, ...]:
        contacts = []
        for name, touch in touches.items():
            if touch.on in self._planes:
                place = None if touch.slides else kept.get(name)
                if place is None and touch.at is not None:
                    place = self._put_at(name, touch.at)
                contacts.append(Contact(place=name, plane=self._planes[touch.on], kept=place))
            elif touch.on in SURFACES:
                message = f"{self.spec.exercise}: {name} touches a {touch.on} that is not there"
                raise ValueError(message)
            else:
                contacts.append(Contact(place=name, on_place=touch.on))
        return tuple(contacts)

    def _put_at(self, name: str, at: tuple[float, float]) -> Floats:
        """Return where the groups of a place go when its middle is put at a point of the floor."""
        groups = self.body.figure.places[name]
        own = np.stack([self.body.figure.points[list(rows)].mean(axis=0) for rows in groups])
        turned = own - own.mean(axis=0)
        placed: Floats = turned + np.array([*at, 0.0])
        return placed

    def _timetable(self) -> Floats:
        """Return when each hold ends and each move ends, beginning and ending with 0's hold."""
        stops = [0.0]
        keys = self.spec.loop
        for place, key in enumerate(keys):
            following = keys[(place + 1) % len(keys)]
            stops.append(stops[-1] + (0.0 if self.spec.flows else key.hold_s))
            stops.append(stops[-1] + following.move_s)
        return np.array(stops)

    def _between(self, time_s: float) -> tuple[int, float]:
        """Return the key pose that was last, and the way towards the next, 0 to 1."""
        stop = int(np.searchsorted(self._stops, time_s, side="right")) - 1
        stop = min(max(stop, 0), len(self._stops) - 2)
        place, is_move = divmod(stop, 2)
        if not is_move:
            return place, 0.0
        length = self._stops[stop + 1] - self._stops[stop]
        share = (time_s - self._stops[stop]) / max(length, 1e-9)
        if self.spec.flows:
            return place, float(share)
        return place, float(share**3 * (10 - 15 * share + 6 * share**2))

    def _key_values(self, place: int) -> Floats:
        lap, within = divmod(place, len(self.keys))
        values = self.keys[within].copy()
        values[:3] += lap * self.spec.travel_m
        return values

    def _glided(self, place: int, share: float) -> Floats:
        if not self.spec.flows:
            now, then = (self._key_values(place + step) for step in (0, 1))
            gliding: Floats = now + share * (then - now)
            return gliding
        before, now, then, after = (self._key_values(place + step) for step in (-1, 0, 1, 2))
        keys = self.spec.loop
        lengths = [keys[(place + step) % len(keys)].move_s for step in (0, 1, 2)]
        leaves = _slope(before, now, then, lengths[0], lengths[1]) * lengths[1]
        comes = _slope(now, then, after, lengths[1], lengths[2]) * lengths[1]
        square, cube = share**2, share**3
        flowing: Floats = (
            (2 * cube - 3 * square + 1) * now
            + (cube - 2 * square + share) * leaves
            + (3 * square - 2 * cube) * then
            + (cube - square) * comes
        )
        return flowing

    def _shared(self, place: int) -> tuple[Contact, ...]:
        """Return what touches at a key pose and at the next, too."""
        keys = self.spec.loop
        now, then = keys[place % len(keys)], keys[(place + 1) % len(keys)]
        touches = {
            name: touch for name, touch in now.touches.items() if then.touches.get(name) == touch
        }
        return self._contacts(touches, self._kept[place % len(keys)])


def _slope(before: Floats, now: Floats, after: Floats, first_s: float, last_s: float) -> Floats:
    slope: Floats = (after - before) / max(first_s + last_s, 1e-9)
    return slope


def phases_to_draw(loop: Loop, frames_hz: float, most_moving: int) -> list[tuple[float, float]]:
    """Return the phase and the seconds of every picture: moves in even steps, a hold is one.

    There are about ``most_moving`` pictures of moves at most. On the way back between only two key
    poses the phases of the way there come again, backwards.
    """
    shown: list[tuple[float, float]] = []
    spans = list(pairwise(loop.stops))
    moving_s = sum(ends - begins for begins, ends in spans[1::2])
    frames_hz = min(frames_hz, most_moving / moving_s)
    there_and_back = len(loop.keys) == 2 and not loop.spec.flows
    way_there: list[tuple[float, float]] = []
    for place, (begins, ends) in enumerate(spans):
        length = ends - begins
        if length <= 0:
            continue
        if place % 2 == 0:
            shown.append(((begins + length / 2) / loop.duration_s, length))
            continue
        if there_and_back and way_there:
            shown += way_there[::-1]
            continue
        count = max(3, round(length * frames_hz))
        # A hold stands for the ends of the moves beside it; without one a move shows its begin.
        after = 1 if loop.spec.flows else 2
        first = 0 if loop.spec.flows else 1
        way_there = [
            (
                (begins + length * (row + first) / (count + after - 1)) / loop.duration_s,
                length / count,
            )
            for row in range(count)
        ]
        shown += way_there
    return shown
