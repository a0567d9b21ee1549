"""Chooses the calibration of the pose model that saw a clip; without any analysis."""

from sidestep.domain.motion.calibration import Calibration
from sidestep.services.ports import Knowledge


def calibration_for(model: str, knowledge: Knowledge) -> Calibration:
    """Return the calibration of a pose model; one without lines, hence no number, if none fits."""
    fitting = (each for each in knowledge.calibrations.values() if each.model == model)
    return next(fitting, Calibration(model=model, version="none"))
