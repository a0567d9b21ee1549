"""Laws of what the knee's answers ask for: more pain or less said never asks for more training."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from builders.shipped_parameters import shipped_parameters
from sidestep.domain.planning.check_in import CheckIn
from sidestep.domain.planning.pain_response import (
    Step,
    exercise_step,
    flare,
    next_step,
    running_step,
    weigh_exercises,
    weigh_run,
)
from sidestep.domain.planning.reasons import Rules

RULES = Rules(shipped_parameters("plans"))
TODAY = date(2026, 11, 22)
PAINS = st.one_of(st.none(), st.integers(0, 20).map(lambda halves: halves / 2))
PAIN_OF_DAYS = st.lists(st.sampled_from([0.0, 1.0, 2.0, 5.0]), min_size=1, max_size=6)
AFTER_A_RUN = ("pain_on_run", "pain_hour_after", "pain_next_morning")
AFTER_EXERCISES = ("pain_on_exercises", "pain_next_morning")


@st.composite
def check_ins(draw: st.DrawFn) -> tuple[CheckIn, ...]:
    """Up to two weeks of days, each told as far as chance has it."""
    ago = draw(st.lists(st.integers(0, 15), unique=True, min_size=1, max_size=12))
    return tuple(
        CheckIn(
            on=TODAY - timedelta(days=each),
            pain_now=draw(PAINS),
            pain_this_morning=draw(PAINS),
            ran=draw(st.sampled_from([None, True, False])),
            pain_before_run=draw(PAINS),
            pain_on_run=draw(PAINS),
            pain_hour_after=draw(PAINS),
            pain_next_morning=draw(PAINS),
            strength=draw(st.sampled_from([None, True, False])),
            pain_on_exercises=draw(PAINS),
            is_swollen=draw(st.sampled_from([None, True, False])),
        )
        for each in ago
    )


def told(day: CheckIn, which: str, pain: float | None) -> CheckIn:
    changed: dict[str, Any] = {which: pain}
    return replace(day, **changed)


def boldness(days: tuple[CheckIn, ...]) -> tuple[int, int]:
    """What the runs and the exercises ask for; nothing told asks for nothing but staying."""
    run, exercises = next_step(days, TODAY, RULES), exercise_step(days, TODAY, RULES)
    return (
        Step.HOLD if run is None else run.step,
        Step.HOLD if exercises is None else exercises.step,
    )


@settings(max_examples=300, deadline=None)
@given(check_ins(), st.data())
def test_more_pain_after_a_session_never_asks_for_more(
    days: tuple[CheckIn, ...], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(days) - 1))
    which = data.draw(st.sampled_from((*AFTER_A_RUN, "pain_on_exercises")))
    before = getattr(days[at], which)
    if before is None:
        return
    more = data.draw(st.floats(before, 10))
    worse = (*days[:at], told(days[at], which, more), *days[at + 1 :])
    assert all(after <= first for first, after in zip(boldness(days), boldness(worse), strict=True))


@settings(max_examples=300, deadline=None)
@given(check_ins(), st.data())
def test_more_pain_on_the_newest_days_never_asks_for_more(
    days: tuple[CheckIn, ...], data: st.DataObject
) -> None:
    days = tuple(sorted(days, key=lambda each: each.on))
    newest = days[-1]
    if newest.pain_now is None:
        return
    worse = (*days[:-1], replace(newest, pain_now=data.draw(st.floats(newest.pain_now, 10))))
    assert boldness(worse)[0] <= boldness(days)[0]


@settings(max_examples=300, deadline=None)
@given(check_ins(), st.data())
def test_an_answer_left_out_never_gives_more_than_the_mildest(
    days: tuple[CheckIn, ...], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(days) - 1))
    which = data.draw(st.sampled_from((*AFTER_A_RUN, "pain_on_exercises")))
    left_out = (*days[:at], told(days[at], which, None), *days[at + 1 :])
    mildest = (*days[:at], told(days[at], which, 0.0), *days[at + 1 :])
    assert all(
        unknown <= mild for unknown, mild in zip(boldness(left_out), boldness(mildest), strict=True)
    )


@given(st.integers(1, 13), st.lists(PAINS, max_size=3))
def test_a_run_of_which_not_all_is_known_is_no_answer_to_one_that_was_too_much(
    ago: int, later: list[float | None]
) -> None:
    too_much = CheckIn(on=TODAY - timedelta(days=ago), ran=True, pain_on_run=5.0)
    unknown = [
        CheckIn(on=TODAY - timedelta(days=days), ran=True, pain_now=pain)
        for days, pain in enumerate(later)
        if days < ago
    ]
    response = running_step((too_much, *unknown), TODAY, RULES)
    assert response is not None
    assert response.step is (Step.BACK if ago < 7 or not unknown else Step.HOLD)
    clean = CheckIn(on=TODAY, ran=True, pain_on_run=0.0, pain_hour_after=0.0, pain_next_morning=0.0)
    answered = running_step((too_much, *unknown[1:], clean), TODAY, RULES)
    assert answered is not None
    assert answered.step is Step.HOLD


@given(PAIN_OF_DAYS, st.integers(0, 13))
def test_silence_after_a_flare_asks_for_no_less_than_the_flare(
    pains: list[float], silent: int
) -> None:
    days = [CheckIn(on=TODAY - timedelta(days=ago), pain_now=p) for ago, p in enumerate(pains)]
    then = flare(days, TODAY, RULES)
    later = flare(days, TODAY + timedelta(days=silent), RULES)
    assert (None if then is None else then.step) == (None if later is None else later.step)


@given(check_ins())
def test_a_run_is_clean_only_when_every_part_is_known(days: tuple[CheckIn, ...]) -> None:
    for day in days:
        if weigh_run(day, day.pain_next_morning, RULES).step is Step.PROGRESS:
            assert None not in [getattr(day, which) for which in AFTER_A_RUN]
        if weigh_exercises(day, day.pain_next_morning, RULES).step is Step.PROGRESS:
            assert None not in [getattr(day, which) for which in AFTER_EXERCISES]


@given(check_ins())
def test_the_same_answers_every_day_end_in_one_step(days: tuple[CheckIn, ...]) -> None:
    same = replace(days[0], ran=True, strength=True)
    steps = []
    for count in range(1, 20):
        told = tuple(replace(same, on=TODAY - timedelta(days=ago)) for ago in range(count))
        steps.append(boldness(told))
    assert len(list(groupby(steps))) <= 3
    assert len(set(steps[3:])) == 1


@given(check_ins())
def test_the_order_of_the_days_told_changes_nothing(days: tuple[CheckIn, ...]) -> None:
    assert boldness(days) == boldness(tuple(reversed(days)))
