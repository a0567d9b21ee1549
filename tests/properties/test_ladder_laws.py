"""Laws of climbing: worse is never harder, nor is silence, and one session is never two steps."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from builders.plan_requests import MONDAY, PARAMETERS, an_exercise
from sidestep.domain.planning.check_in import CheckIn
from sidestep.domain.planning.exercise import ExerciseUse
from sidestep.domain.planning.fewer_sets import sets_left
from sidestep.domain.planning.ladders import HomeSession, climbed_to
from sidestep.domain.planning.pain_response import Step, weigh_exercises
from sidestep.domain.planning.reasons import Rules

RULES = Rules(PARAMETERS)
STEPS = ("low", "middle", "high", "highest")
LEVELS = (1, 2, 4, 5)
"""One step rises by two levels."""

LADDER = {
    id: replace(
        an_exercise(id, ExerciseUse.STRENGTH, level=level),
        easier_id=STEPS[place - 1] if place > 0 else "",
        harder_id=STEPS[place + 1] if place + 1 < len(STEPS) else "",
    )
    for place, (id, level) in enumerate(zip(STEPS, LEVELS, strict=True))
}
pains = st.none() | st.integers(0, 10).map(float)
sessions = st.lists(st.tuples(st.sampled_from(STEPS), pains, pains), min_size=1, max_size=12)


def judged(index: int, exercise: str, pain: float | None, morning: float | None) -> HomeSession:
    on = MONDAY - timedelta(days=40 - index)
    told = CheckIn(on=on, strength=True, pain_this_morning=1, pain_on_exercises=pain)
    step = weigh_exercises(told, morning, RULES).step
    return HomeSession(on=on, exercise=exercise, step=step)


def height(done: list[tuple[str, float | None, float | None]]) -> int:
    told = [judged(index, *each) for index, each in enumerate(done)]
    return len(climbed_to(LADDER, told, MONDAY, RULES))


@given(sessions, st.data())
def test_more_pain_never_leads_higher(
    done: list[tuple[str, float | None, float | None]], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(done) - 1))
    exercise, pain, morning = done[at]
    more = data.draw(st.integers(int(pain or 0), 10)) if pain is not None else None
    later = data.draw(st.integers(int(morning or 0), 10)) if morning is not None else None
    worse = [*done[:at], (exercise, more, later), *done[at + 1 :]]
    assert height(worse) <= height(done)


@given(sessions, st.data())
def test_an_answer_left_out_never_leads_higher_than_a_mild_one(
    done: list[tuple[str, float | None, float | None]], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(done) - 1))
    exercise, _, _ = done[at]
    mild = [*done[:at], (exercise, 1.0, 0.0), *done[at + 1 :]]
    for silent in ((exercise, None, 0.0), (exercise, 1.0, None), (exercise, None, None)):
        assert height([*done[:at], silent, *done[at + 1 :]]) <= height(mild)


@given(sessions)
def test_a_session_leads_one_step_at_most_and_only_after_two_clean_ones(
    done: list[tuple[str, float | None, float | None]],
) -> None:
    told = [judged(index, *each) for index, each in enumerate(done)]
    heights = [
        len(climbed_to(LADDER, told[:known], MONDAY, RULES)) for known in range(1, len(told) + 1)
    ]
    for known, (before, after) in enumerate(pairwise(heights), start=1):
        stands = max(before, STEPS.index(told[known].exercise) + 1)
        assert after <= stands + 1
        if after > stands:
            assert told[known].step is Step.PROGRESS
    if all(each.step is not Step.PROGRESS for each in told):
        assert heights[-1] <= STEPS.index(told[0].exercise) + 1


@given(sessions, st.data())
def test_more_pain_or_less_said_never_leaves_more_sets(
    done: list[tuple[str, float | None, float | None]], data: st.DataObject
) -> None:
    def sets(done: list[tuple[str, float | None, float | None]]) -> int:
        told = [
            judged(index, "low", pain, morning) for index, (_, pain, morning) in enumerate(done)
        ]
        return sets_left(LADDER["low"], told, MONDAY, RULES)

    at = data.draw(st.integers(0, len(done) - 1))
    exercise, pain, morning = done[at]
    more = data.draw(st.integers(int(pain or 0), 10)) if pain is not None else None
    worse = [*done[:at], (exercise, more, morning), *done[at + 1 :]]
    silent = [*done[:at], (exercise, None, None), *done[at + 1 :]]
    mild = [*done[:at], (exercise, 1.0, 0.0), *done[at + 1 :]]
    assert sets(worse) <= sets(done)
    assert sets(silent) <= sets(mild)
    assert 0 <= sets(done) <= LADDER["low"].dose.sets
