from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sidestep.domain.planning.smallest_collision import smallest_collision

LIMITS = ("a", "b", "c", "d", "e")
subsets = st.frozensets(st.sampled_from(LIMITS), min_size=1)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(subsets, min_size=1, max_size=4),
    st.fixed_dictionaries({limit: st.integers(1, 4) for limit in LIMITS}),
)
def test_it_is_the_lightest_of_all_sets_that_cannot_hold(
    impossible: list[frozenset[str]], weights: dict[str, int]
) -> None:
    def is_possible(chosen: frozenset[str]) -> bool:
        return not any(each <= chosen for each in impossible)

    found = smallest_collision(LIMITS, weights, is_possible)
    assert not is_possible(frozenset(found))
    by_hand = min(
        sum(weights[limit] for limit in chosen)
        for size in range(1, len(LIMITS) + 1)
        for chosen in combinations(LIMITS, size)
        if not is_possible(frozenset(chosen))
    )
    assert sum(weights[limit] for limit in found) == by_hand
    assert list(found) == [limit for limit in LIMITS if limit in found]


def test_limits_that_hold_together_are_no_collision() -> None:
    with pytest.raises(ValueError, match="do not collide"):
        smallest_collision(LIMITS, dict.fromkeys(LIMITS, 1), lambda _: True)
