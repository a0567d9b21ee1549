"""Reads one number of ``knowledge/load`` by its id; no number of its own lives here."""

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
            f"the load analysis needs the parameter {parameter_id!r}, and knowledge/load has none",
            hint=f"Restore knowledge/load/{parameter_id}.yaml, then run: sidestep knowledge check",
        ) from None


def number_of(parameters: Parameters, parameter_id: str) -> float:
    """Return the value of the parameter with this id, in the unit its file names."""
    return parameter_of(parameters, parameter_id).value


def days_of(parameters: Parameters, parameter_id: str) -> int:
    """Return the value of a parameter that counts whole days (or other whole things)."""
    return int(parameter_of(parameters, parameter_id).value)
