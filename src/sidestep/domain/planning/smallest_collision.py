"""Of limits that cannot all hold, the lightest set that already cannot."""

from collections.abc import Callable, Mapping, Sequence

from sidestep.domain.planning.solver import Model


def smallest_collision(
    limits: Sequence[str],
    weights: Mapping[str, int],
    is_possible: Callable[[frozenset[str]], bool],
) -> tuple[str, ...]:
    """Return the lightest set of limits that cannot hold together, in the order given.

    Of sets as light, the one with limits named earlier.

    A set that can hold is grown as far as it goes; what is then left out must contain one of the
    limits looked for. The lightest choice that meets all such remainders is tried next, so the
    first that cannot hold is the lightest of all.

    Parameters
    ----------
    limits
        All of them; together they cannot hold.
    weights
        Above 0. Equal weights make it the smallest set.
    is_possible
        Whether some of them can hold; fewer limits are never harder to hold.

    Raises
    ------
    ValueError
        All of them can hold together.
    """
    if is_possible(frozenset(limits)):
        raise ValueError("these limits do not collide")
    remainders: list[frozenset[str]] = []
    while True:
        chosen = _lightest_that_meets(remainders, limits, weights)
        if not is_possible(chosen):
            return tuple(limit for limit in limits if limit in chosen)
        remainders.append(frozenset(limits) - _grown(chosen, limits, is_possible))


def _grown(
    chosen: frozenset[str],
    limits: Sequence[str],
    is_possible: Callable[[frozenset[str]], bool],
) -> frozenset[str]:
    for limit in limits:
        if limit not in chosen and is_possible(chosen | {limit}):
            chosen |= {limit}
    return chosen


def _lightest_that_meets(
    remainders: Sequence[frozenset[str]], limits: Sequence[str], weights: Mapping[str, int]
) -> frozenset[str]:
    model = Model()
    taken = {limit: model.yes_no() for limit in limits}
    for remainder in remainders:
        model.any_of([taken[limit] for limit in limits if limit in remainder])
    lightest = [(-weights[limit], taken[limit]) for limit in limits]
    earliest = [(-index, taken[limit]) for index, limit in enumerate(limits)]
    solution = model.solve([lightest, earliest])
    if solution is None:
        raise ValueError("a remainder is empty: the limits do not collide")
    return frozenset(limit for limit in limits if solution.is_yes(taken[limit]))
