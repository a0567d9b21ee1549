"""Turns a parameter's sentence and the person's own numbers into a notice; holds no sentence."""

from sidestep.domain.load.report import Notice
from sidestep.domain.vocabulary.evidence import Parameters
from sidestep.domain.vocabulary.parameters import parameter_of


def notice_from(
    parameters: Parameters, parameter_id: str, kind: str, **names: float | str
) -> Notice:
    """Return the notice of a parameter, its sentence filled with ``names``."""
    parameter = parameter_of(parameters, parameter_id)
    return Notice(
        id=parameter.id,
        kind=kind,
        title=parameter.title,
        says=parameter.filled_in(**names),
        backing=parameter.backing,
    )
