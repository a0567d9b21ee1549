"""What a planned day asked for once the days before it had been told; today's card is elsewhere."""

from collections.abc import Sequence

from sidestep.domain.planning.check_in import CheckIn
from sidestep.domain.planning.clinician import ClinicianLimits
from sidestep.domain.planning.ladders import HomeSession
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.today import Present, adapt_day
from sidestep.domain.planning.week import Day
from sidestep.services.ports import Knowledge


def day_as_asked(
    day: Day,
    told: Sequence[CheckIn],
    sessions: Sequence[HomeSession],
    *,
    pain_before: float | None,
    clinician: ClinicianLimits,
    knowledge: Knowledge,
    that_day: CheckIn | None = None,
) -> Day:
    """Return a day after what the days before it changed; a shorter run counts as the run.

    Parameters
    ----------
    that_day
        What was told of the day itself before anything was done.
    """
    present = Present(
        check_ins=[
            *(each for each in told if each.on < day.date),
            *([] if that_day is None else [that_day]),
        ],
        are_signs_open=False,
        pain_before=pain_before,
        eased_run=day.blocks,
        exercises=knowledge.exercises,
        cross_training=knowledge.cross_training,
        clinician=clinician,
        sessions=sessions,
    )
    return adapt_day(day, present, Rules(knowledge.plans))[0]
