"""What a week rests on once runs, rooms and pace are known, before its days are filled."""

from dataclasses import dataclass
from datetime import date

from sidestep.domain.planning.days import Frame, Room
from sidestep.domain.planning.pain import PainAllows
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import KneeState, WeekRequest
from sidestep.domain.planning.running import RunningPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is settled before the days are filled.

    ``knee`` is the request's own, known to be there.
    """

    request: WeekRequest
    knee: KneeState
    week_starts: date
    rules: Rules
    pain: PainAllows
    running: RunningPlan
    frame: Frame
    rooms: tuple[Room, ...]
    pace_min_per_km: float
