from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from sidestep.domain.planning.solver import Model, no, total

wishes_of_three = st.lists(st.tuples(*[st.integers(-3, 3)] * 3), min_size=1, max_size=3)


@settings(max_examples=40, deadline=None)
@given(wishes_of_three, st.integers(0, 9))
def test_wishes_count_in_their_order_as_if_every_choice_were_tried(
    wishes: list[tuple[int, int, int]], most: int
) -> None:
    model = Model()
    variables = [model.whole(0, 3) for _ in range(3)]
    model.limit(total(variables), most=most)
    solution = model.solve([list(zip(wish, variables, strict=True)) for wish in wishes])
    assert solution is not None
    chosen = tuple(solution.value(var) for var in variables)
    best = max(
        tuple(sum(f * v for f, v in zip(wish, values, strict=True)) for wish in wishes)
        for values in product(range(4), repeat=3)
        if sum(values) <= most
    )
    assert best == tuple(sum(f * v for f, v in zip(wish, chosen, strict=True)) for wish in wishes)


def test_what_holds_only_if_does_not_hold_else() -> None:
    model = Model()
    switch, number = model.yes_no(), model.whole(0, 9)
    model.exactly([(1, number)], 3, only_if=[switch])
    free = model.solve([[(1, number)]])
    assert free is not None
    assert (free.value(number), free.is_yes(switch)) == (9, False)
    model.exactly(total([switch]), 1)
    held = model.solve([[(1, number)]])
    assert held is not None
    assert held.value(number) == 3


def test_limits_that_cannot_hold_give_nothing() -> None:
    model = Model()
    one = model.yes_no()
    model.any_of([one])
    model.any_of([no(one)])
    assert model.solve() is None
    assert model.solve([total([one])]) is None
