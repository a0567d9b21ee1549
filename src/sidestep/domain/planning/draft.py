"""What a week rests on once runs, rooms and pace are known, before its days are filled."""

from dataclasses import dataclass
from datetime import date

from sidestep.domain.planning.calendar import Calendar
from sidestep.domain.planning.days import Frame, Room
from sidestep.domain.planning.pain import PainAllows, is_careful
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import KneeState, WeekRequest
from sidestep.domain.planning.running_plan import RunningPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is settled before the days are filled.

    ``knee`` is the request's own, known to be there; ``usual`` the running before it was asked;
    ``climbed`` the exercises she has climbed to, by id, ``climbed_before`` those a week before.
    """

    request: WeekRequest
    knee: KneeState
    week_starts: date
    rules: Rules
    pain: PainAllows
    frame: Frame
    calendar: Calendar
    usual: RunningPlan
    climbed: frozenset[str]
    climbed_before: frozenset[str]

    @property
    def is_careful(self) -> bool:
        """Whether the knee asks for lighter running than usual, or for none."""
        return is_careful(self.knee, self.rules)

    @property
    def running(self) -> RunningPlan:
        """The runs the knee and the last month allow."""
        return self.calendar.plan

    @property
    def rooms(self) -> tuple[Room, ...]:
        """What each day has room for."""
        return self.calendar.rooms

    @property
    def pace_min_per_km(self) -> float:
        """The pace runs are counted at."""
        return self.calendar.pace_min_per_km
