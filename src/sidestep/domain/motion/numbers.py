"""Reads one number of ``knowledge/motion`` by its id; no number of its own lives here."""

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
            f"clips need the parameter {parameter_id!r}, and knowledge/motion has none",
            hint=f"Restore knowledge/motion/{parameter_id}.yaml, then run: "
            "sidestep knowledge check",
        ) from None


def number_of(parameters: Parameters, parameter_id: str) -> float:
    """Return the value of the parameter with this id, in the unit its file names."""
    return parameter_of(parameters, parameter_id).value
