"""Keeps to one person through a clip: whom to take, when she is lost, when it was the wrong one.

How people and joints are found in a picture is not known here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sidestep.adapters.pose.motion_map import MotionMap
from sidestep.adapters.pose.person_detector import Person
from sidestep.adapters.pose.region import Region, follow

PERSON_PRESENT = 0.5
"""Below this the landmark network is looking at nobody."""

LOOK_AGAIN_S = 0.2
"""Between two looks at the whole picture while nobody is found."""

REMEMBERED_S = 3.0
"""How long after she was lost the same person is looked for at the same place."""

NEAR_EDGES = 0.5
"""Farther from the place where she was lost than this, in edges of her square, is another."""

LIVELIER_TIMES = 3.0
"""Somebody else must move this many times as much to be taken for the runner."""

SMALLEST_RIVAL = 0.5
"""And be at least this large beside the one followed: a mirror shows her smaller."""


RIVAL_LARGE = 0.75
RIVAL_LIVELY = 0.7
"""Beside the one followed. In rendered clips a second runner moved 1.0 to 1.1 times as much, and
somebody who stood beside the treadmill seemed to move 0.3 to 0.5 times as much."""

CLEARLY_ASIDE = 0.15
"""Who stands this much farther from the picture's middle, in its widths, is not who is filmed."""


@dataclass(slots=True)
class _Lost:
    region: Region
    at_s: float


class Following:
    """The region to look at now, and the reasons to change it.

    Parameters
    ----------
    width_px, height_px
        Of the upright picture.
    """

    def __init__(self, width_px: int, height_px: int) -> None:
        self._size_px = (width_px, height_px)
        self._lost: _Lost | None = None
        self._looked_at_s = -np.inf
        self._is_settled = False
        self.region: Region | None = None
        self.turn = 0
        """Counts how often somebody was newly found: what was begun in an earlier turn is old."""

    def wants_look(self, time_s: float) -> bool:
        """Tell whether the whole picture should be searched now because nobody is followed."""
        return self.region is None and time_s - self._looked_at_s >= LOOK_AGAIN_S

    def see(self, region: Region, presence: float, time_s: float, turn: int) -> bool:
        """Take in where the landmark network saw the person; return whether she was there."""
        if turn != self.turn or self.region is None:
            return turn == self.turn and presence >= PERSON_PRESENT
        if presence < PERSON_PRESENT or not self._is_plausible(region):
            self._lost = _Lost(self.region, time_s)
            self.region = None
            self._looked_at_s = -np.inf
            return False
        self.region = follow(self.region, region)
        return True

    def forget(self) -> None:
        """Start anew: the picture has become another one."""
        self.region = self._lost = None
        self._looked_at_s = -np.inf
        self._is_settled = False

    def find(self, people: Sequence[Person], motion: MotionMap, time_s: float) -> None:
        """Choose whom to follow among all who are seen, if nobody is followed."""
        self._looked_at_s = time_s
        if not people:
            return
        if self._lost is not None and time_s - self._lost.at_s <= REMEMBERED_S:
            near = [p for p in people if self._lost.region.distance_to(p.region) <= NEAR_EDGES]
            if not near:
                return
            people = near
        self.region = max(people, key=lambda person: self._standing_out(person, motion)).region
        self.turn += 1

    def reconsider(self, people: Sequence[Person], motion: MotionMap) -> bool:
        """Change to a livelier person if the one followed turns out to be a bystander.

        Once the one followed has been the liveliest, she is kept for good.
        """
        if self.region is None or self._is_settled:
            return False
        current = self.region
        others = [
            person.region
            for person in people
            if current.distance_to(person.region) > NEAR_EDGES / 2
            and person.region.edge_px >= SMALLEST_RIVAL * current.edge_px
        ]
        own = motion.liveliness(current)
        rival = max(others, key=motion.liveliness, default=None)
        if rival is None or motion.liveliness(rival) < LIVELIER_TIMES * own:
            self._is_settled = motion.is_moving(current)
            return False
        self.region = rival
        self.turn += 1
        return True

    def rivals(self, people: Sequence[Person], motion: MotionMap) -> int:
        """Count those who could as well be meant as the one followed."""
        if self.region is None:
            return 0
        current, own = self.region, motion.liveliness(self.region)
        return sum(
            current.distance_to(person.region) > NEAR_EDGES / 2
            and person.region.edge_px >= RIVAL_LARGE * current.edge_px
            and motion.liveliness(person.region) >= RIVAL_LIVELY * own
            and self._aside(person.region) < self._aside(current) + CLEARLY_ASIDE
            for person in people
        )

    def _aside(self, region: Region) -> float:
        """Return how far from the picture's middle, in its widths."""
        return abs(region.x_px / self._size_px[0] - 0.5)

    def _standing_out(self, person: Person, motion: MotionMap) -> float:
        """Large, in the middle, lively: the person the camera was set up for."""
        width_px, height_px = self._size_px
        away = np.hypot(
            person.region.x_px / width_px - 0.5, (person.region.y_px / height_px - 0.5) / 2
        )
        liveliness = 1 + min(motion.liveliness(person.region), LIVELIER_TIMES)
        return float(person.region.edge_px * (1 - away) * liveliness)

    def _is_plausible(self, region: Region) -> bool:
        width_px, height_px = self._size_px
        return (
            0.05 * max(width_px, height_px) < region.edge_px < 4 * max(width_px, height_px)
            and -0.2 * width_px < region.x_px < 1.2 * width_px
            and -0.2 * height_px < region.y_px < 1.2 * height_px
        )
