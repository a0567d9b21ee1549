"""Turns a number of ``knowledge/`` into a reason or a limit a person can read; decides nothing."""

from collections.abc import Mapping

from sidestep.domain.planning.exercise import CrossTraining, Exercise
from sidestep.domain.planning.week import Limit, Why
from sidestep.domain.vocabulary.evidence import Parameter, Parameters
from sidestep.domain.vocabulary.parameters import number_of, parameter_of, whole_number_of
from sidestep.errors import KnowledgeError


class Rules:
    """The numbers a plan rests on, each with its sentence, by id."""

    def __init__(self, parameters: Parameters) -> None:
        self._parameters = parameters

    def number(self, rule: str) -> float:
        """Return the value of a rule, in the unit its file names."""
        return number_of(self._parameters, rule)

    def count(self, rule: str) -> int:
        """Return the value of a rule that counts whole things."""
        return whole_number_of(self._parameters, rule)

    def why(self, rule: str, **values: object) -> Why:
        """Return the rule's sentence with ``value`` and the given values filled in.

        Raises
        ------
        KnowledgeError
            There is no such rule, or its sentence asks for a value that is not given.
        """
        parameter = parameter_of(self._parameters, rule)
        return Why(
            rule=rule,
            says=_fill(parameter, values),
            backing=parameter.backing,
        )

    def limit(self, rule: str, **values: object) -> Limit:
        """Return the rule as a limit of the week."""
        why = self.why(rule, **values)
        is_editable = parameter_of(self._parameters, rule).editable
        return Limit(id=rule, says=why.says, is_editable=is_editable, why=why)


def _fill(parameter: Parameter, values: Mapping[str, object]) -> str:
    try:
        return parameter.filled_in(**values)
    except (KeyError, IndexError, ValueError) as wrong:
        raise KnowledgeError(
            f"the sentence of {parameter.id!r} cannot be filled in: {wrong!r}",
            hint=f"It may use: {', '.join(sorted({'value', 'value_percent', *values}))}.",
        ) from wrong


def why_exercise(chosen: Exercise | CrossTraining) -> Why:
    """Return what an exercise or an activity says for itself."""
    return Why(rule=chosen.id, says=chosen.says, backing=chosen.backing)
