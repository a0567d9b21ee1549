"""Steps of a FIT session, both feet; steps from cadence or from a phone belong elsewhere."""

from sidestep.adapters.activity_files.cadence import ON_FOOT
from sidestep.adapters.activity_files.fit_messages import Message, number
from sidestep.domain.vocabulary.sport import Sport

FASTEST_STEPS_PER_MIN = 260.0
"""More than sprinters make over a minute: such a doubled count had both feet in it already."""


def count_steps(session: Message, sport: Sport) -> int | None:
    """Return the steps of both feet a session states; FIT counts strides, two steps each."""
    strides = number(session, "total_strides", "total_cycles")
    if not strides or strides < 0 or sport not in ON_FOOT:
        return None
    strides += number(session, "total_fractional_cycles") or 0.0
    minutes = (number(session, "total_timer_time", "total_elapsed_time") or 0.0) / 60.0
    if minutes > 0 and 2.0 * strides / minutes > FASTEST_STEPS_PER_MIN:
        return round(strides)
    return round(2.0 * strides)
