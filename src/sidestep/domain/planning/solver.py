"""Whole numbers, linear limits and wishes in order of rank, solved by CP-SAT; no week is in here.

One search worker and a fixed seed: the same model gives the same solution on the same machine and
the same release of the solver, which is imported where it is used: it takes 0.07 s, and the first
page of a server needs none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    # The public wrapper around this module imports pandas, which takes longer than twelve weeks do.
    from ortools.sat.python import cp_model_helper as cp_sat

Var = NewType("Var", int)
Term = tuple[int, Var]
Wish = Sequence[Term]
"""A sum to make as large as possible."""

_LEAST, _MOST = -(2**40), 2**40
_RANGE_MOST = 2**30
"""Wishes are put into one objective while the product of their ranges stays below this."""


def no(var: Var) -> Var:
    """Return the opposite of a yes-or-no variable, for ``only_if`` and ``any_of``."""
    return Var(-var - 1)


def total(variables: Sequence[Var]) -> list[Term]:
    """Return the sum of variables, each taken once."""
    return [(1, var) for var in variables]


@dataclass(frozen=True, slots=True)
class Solution:
    """A value for every variable of the model it was found for."""

    _values: Sequence[int]

    def value(self, var: Var) -> int:
        """Return the value of a variable; 1 is yes."""
        return int(self._values[var])

    def is_yes(self, var: Var) -> bool:
        """Whether a yes-or-no variable is yes."""
        return bool(self._values[var])


class Model:
    """Variables and what must hold between them."""

    def __init__(self) -> None:
        from ortools.sat.python import cp_model_helper as cp_sat

        self._proto = cp_sat.CpModelProto()
        self._bounds: list[tuple[int, int]] = []

    def whole(self, least: int, most: int) -> Var:
        """Add a whole number from ``least`` to ``most``."""
        self._proto.variables.add().domain.extend([least, most])
        self._bounds.append((least, most))
        return Var(len(self._bounds) - 1)

    def yes_no(self) -> Var:
        """Add a yes-or-no variable."""
        return self.whole(0, 1)

    def limit(
        self,
        terms: Sequence[Term],
        *,
        least: int = _LEAST,
        most: int = _MOST,
        only_if: Sequence[Var] = (),
    ) -> None:
        """Keep a sum between two bounds, always or only if all of ``only_if`` are yes."""
        _limit(self._proto, terms, least=least, most=most, only_if=only_if)

    def exactly(self, terms: Sequence[Term], value: int, only_if: Sequence[Var] = ()) -> None:
        """Keep a sum at one value."""
        self.limit(terms, least=value, most=value, only_if=only_if)

    def any_of(self, options: Sequence[Var], only_if: Sequence[Var] = ()) -> None:
        """Ask for at least one yes; without options ``only_if`` cannot all be yes."""
        constraint = self._proto.constraints.add()
        constraint.enforcement_literal.extend(only_if)
        constraint.bool_or.literals.extend(options)

    def solve(self, wishes: Sequence[Wish] = ()) -> Solution | None:
        """Return the solution that fulfils the first wish best, of those the second, and so on.

        ``None`` when nothing fulfils every limit.
        """
        from ortools.sat.python import cp_model_helper as cp_sat

        proto = cp_sat.CpModelProto()
        proto.copy_from(self._proto)
        solution: Solution | None = None
        for objective in self._objectives(wishes) or [[]]:
            if solution is not None:
                _hint(proto, solution, len(self._bounds))
            solution = _search(proto, objective)
            if solution is None:
                return None
            reached = sum(factor * solution.value(var) for factor, var in objective)
            _limit(proto, objective, least=reached)
        return solution

    def _objectives(self, wishes: Sequence[Wish]) -> list[list[Term]]:
        """Weigh wishes of lower rank so lightly that all of them together never outweigh one."""
        objectives: list[list[Term]] = []
        current: dict[Var, int] = {}
        scale = 1
        for wish in reversed([each for each in wishes if each]):
            span = self._span(wish) + 1
            if current and scale * span > _RANGE_MOST:
                objectives.append(_as_terms(current))
                current, scale = {}, 1
            for factor, var in wish:
                current[var] = current.get(var, 0) + factor * scale
            scale *= span
        if current:
            objectives.append(_as_terms(current))
        return objectives[::-1]

    def _span(self, wish: Wish) -> int:
        return sum(abs(factor) * (self._most(var) - self._least(var)) for factor, var in wish)

    def _least(self, var: Var) -> int:
        return self._bounds[var][0]

    def _most(self, var: Var) -> int:
        return self._bounds[var][1]


def _limit(
    proto: "cp_sat.CpModelProto",
    terms: Sequence[Term],
    *,
    least: int,
    most: int = _MOST,
    only_if: Sequence[Var] = (),
) -> None:
    constraint = proto.constraints.add()
    constraint.enforcement_literal.extend(only_if)
    constraint.linear.vars.extend([var for _, var in terms])
    constraint.linear.coeffs.extend([factor for factor, _ in terms])
    constraint.linear.domain.extend([least, most])


def _hint(proto: "cp_sat.CpModelProto", solution: Solution, count: int) -> None:
    proto.clear_solution_hint()
    proto.solution_hint.vars.extend(list(range(count)))
    proto.solution_hint.values.extend([solution.value(Var(index)) for index in range(count)])


def _search(proto: "cp_sat.CpModelProto", objective: Sequence[Term]) -> Solution | None:
    from ortools.sat.python import cp_model_helper as cp_sat

    proto.clear_objective()
    if objective:
        # The solver makes sums small.
        proto.objective.vars.extend([var for _, var in objective])
        proto.objective.coeffs.extend([-factor for factor, _ in objective])
    wrapper = cp_sat.SolveWrapper()
    parameters = cp_sat.SatParameters()
    parameters.num_workers = 1
    parameters.random_seed = 0
    # With every limit in the linear program, too, the best week is proved far sooner: in 0.04 s
    # instead of 1.6 s where no run is planned and the exercises may go on any day.
    parameters.linearization_level = 2
    wrapper.set_parameters(parameters)
    response = wrapper.solve(proto)  # type: ignore[no-untyped-call]
    if response.status not in (cp_sat.CpSolverStatus.OPTIMAL, cp_sat.CpSolverStatus.FEASIBLE):
        return None
    return Solution(list(response.solution))


def _as_terms(weights: Mapping[Var, int]) -> list[Term]:
    return [(factor, var) for var, factor in sorted(weights.items()) if factor]
