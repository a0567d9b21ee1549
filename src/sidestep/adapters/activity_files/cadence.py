"""Steps per minute of both feet, whichever way a file counts; not whether the count is sound."""

import numpy as np

from sidestep.domain.activity.recording import Column
from sidestep.domain.vocabulary.sport import RUNNING, Sport

ONE_LEG_BELOW_RUN_SPM = 120.0
"""A run's median below this counts one leg: both legs of a runner make 140 to 200 steps a minute,
one leg 70 to 100, and no run lies between."""

ONE_LEG_BELOW_WALK_SPM = 75.0
"""The same for walks: both legs make 80 to 130 steps a minute, one leg 40 to 65."""

ON_FOOT = RUNNING | {
    Sport.WALK,
    Sport.HIKE,
    Sport.FOOTBALL,
    Sport.AMERICAN_FOOTBALL,
    Sport.ULTIMATE,
    Sport.TENNIS,
    Sport.BADMINTON,
    Sport.SQUASH,
    Sport.BASKETBALL,
    Sport.HANDBALL,
    Sport.VOLLEYBALL,
    Sport.RUGBY,
}
"""Sports whose cadence counts steps; elsewhere it counts pedal or arm strokes."""

_BY_WALKING = ON_FOOT - RUNNING


def count_both_feet(cadence: Column | None, sport: Sport) -> tuple[Column | None, str]:
    """Return the cadence of both feet and, if it had to be doubled, a note saying so.

    Parameters
    ----------
    cadence
        Shape (n,), as the file has it: steps per minute of one leg or of both; NaN if unknown.

    Returns
    -------
    column, note
        ``None`` when the sport is not one of steps or nothing was recorded.
    """
    if cadence is None or sport not in ON_FOOT:
        return None, ""
    moving = cadence[cadence > 0]
    if not moving.size:
        return cadence, ""
    limit = ONE_LEG_BELOW_WALK_SPM if sport in _BY_WALKING else ONE_LEG_BELOW_RUN_SPM
    if float(np.median(moving)) >= limit:
        return cadence, ""
    return cadence * 2.0, "cadence counts one leg in this file; it was doubled"
