"""Reads one number of ``knowledge/`` by its id; no number of its own lives here."""

from sidestep.domain.vocabulary.evidence import Parameter, Parameters
from sidestep.errors import KnowledgeError


def parameter_of(parameters: Parameters, parameter_id: str) -> Parameter:
    """Return the parameter with this id.

    Raises
    ------
    KnowledgeError
        There is none.
    """
    try:
        return parameters[parameter_id]
    except KeyError:
        raise KnowledgeError(
            f"the parameter {parameter_id!r} is needed, and knowledge/ has none",
            hint=f"Restore {parameter_id}.yaml in its folder of knowledge/, then run: "
            "sidestep knowledge check",
        ) from None


def number_of(parameters: Parameters, parameter_id: str) -> float:
    """Return the value of the parameter with this id, in the unit its file names."""
    return parameter_of(parameters, parameter_id).value


def whole_number_of(parameters: Parameters, parameter_id: str) -> int:
    """Return the value of a parameter that counts whole things: days, runs, steps."""
    return int(number_of(parameters, parameter_id))
