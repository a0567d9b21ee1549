"""Less of an exercise that was too much where no easier one is left, on a card and in a week."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from builders.plan_requests import EXERCISES, MONDAY, a_request
from builders.shipped import shipped_knowledge
from sidestep.domain.planning.blocks import exercise_block
from sidestep.domain.planning.build import build_week
from sidestep.domain.planning.check_in import CheckIn, MissedWhy
from sidestep.domain.planning.exercise import ExerciseUse
from sidestep.domain.planning.fewer_sets import sets_left
from sidestep.domain.planning.ladders import HomeSession
from sidestep.domain.planning.missed import Missed, with_missed
from sidestep.domain.planning.pain_response import Step
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import WeekRequest
from sidestep.domain.planning.today import Change, Present, adapt_day
from sidestep.domain.planning.week import Block, BlockKind, Day, DayKind, WeekPlan

KNOWLEDGE = shipped_knowledge()
RULES = Rules(KNOWLEDGE.plans)
CLAM = KNOWLEDGE.exercises["clamshell"]
CLEAN, HELD, TOO_MUCH = Step.PROGRESS, Step.HOLD, Step.BACK


def sessions(*steps: Step, ends: date = MONDAY, exercise: str = "clamshell") -> list[HomeSession]:
    first = ends - timedelta(days=2 * len(steps))
    return [
        HomeSession(on=first + timedelta(days=2 * index), exercise=exercise, step=step)
        for index, step in enumerate(steps)
    ]


@pytest.mark.parametrize(
    ("steps", "left"),
    [
        ((), 2),
        ((CLEAN, HELD), 2),
        ((TOO_MUCH,), 1),
        ((TOO_MUCH, HELD), 1),
        ((TOO_MUCH, CLEAN), 1),
        ((TOO_MUCH, CLEAN, CLEAN), 2),
        ((TOO_MUCH, CLEAN, HELD, CLEAN), 1),
        ((TOO_MUCH, TOO_MUCH), 0),
        ((TOO_MUCH, CLEAN, CLEAN, TOO_MUCH), 1),
        ((TOO_MUCH,) * 5, 0),
    ],
)
def test_too_much_takes_a_set_and_two_clean_ones_give_it_back(
    steps: tuple[Step, ...], left: int
) -> None:
    assert sets_left(CLAM, sessions(*steps), MONDAY, RULES) == left


def test_what_was_left_out_comes_back_with_one_set() -> None:
    done = sessions(TOO_MUCH, TOO_MUCH)
    in_two_weeks = done[-1].on + timedelta(days=14)
    assert sets_left(CLAM, done, in_two_weeks - timedelta(days=1), RULES) == 0
    assert sets_left(CLAM, done, in_two_weeks, RULES) == 1
    again = [*done, HomeSession(on=in_two_weeks, exercise="clamshell", step=TOO_MUCH)]
    assert sets_left(CLAM, again, in_two_weeks + timedelta(days=2), RULES) == 0


def on_the_card(
    done: list[HomeSession], pain: float, *, today: float | None = None
) -> tuple[Day, tuple[Change, ...]]:
    yesterday = MONDAY - timedelta(days=1)
    blocks = [
        exercise_block(BlockKind.LATERAL, CLAM),
        exercise_block(BlockKind.STRENGTH, KNOWLEDGE.exercises["bridge"]),
    ]
    told = [CheckIn(on=yesterday, lateral_work=True, pain_on_exercises=pain)]
    if today is not None:
        told.append(CheckIn(on=MONDAY, lateral_work=True, pain_on_exercises=today))
    present = Present(
        check_ins=told,
        are_signs_open=False,
        pain_before=None,
        eased_run=(),
        exercises=KNOWLEDGE.exercises,
        cross_training=KNOWLEDGE.cross_training,
        sessions=done,
    )
    day = Day(date=MONDAY, kind=DayKind.OFF, blocks=tuple(blocks))
    return adapt_day(day, present, RULES)


def test_a_card_has_a_set_fewer_where_nothing_is_easier_and_says_so() -> None:
    day, (change,) = on_the_card(sessions(TOO_MUCH), pain=7)
    assert [block.dose for block in day.blocks] == ["1 × 12 each side", "1 × 10, slowly"]
    assert [block.minutes for block in day.blocks] == [1.25, 1.0]
    assert day.blocks[0].cues[0] == CLAM.easier
    assert change.what == "Fewer sets: Clamshell with 1 × 12 each side, Bridge with 1 × 10, slowly."
    assert "7 of 10" in change.saw
    assert change.why.rule == "exercise_set_back"


def test_a_card_leaves_out_what_was_too_much_again() -> None:
    day, (change,) = on_the_card(sessions(TOO_MUCH, TOO_MUCH), pain=7)
    assert [block.exercise for block in day.blocks] == ["bridge"]
    assert "Left out: Clamshell." in change.what


def test_a_set_stays_away_while_it_is_not_known_to_be_well() -> None:
    day, (change,) = on_the_card(sessions(TOO_MUCH, HELD), pain=4)
    assert [block.dose for block in day.blocks] == ["1 × 12 each side", "2 × 10, slowly"]
    assert change.saw.startswith("It was too much on ")


@pytest.mark.parametrize("today", [0.0, 7.0])
def test_what_was_done_today_does_not_change_what_today_was(today: float) -> None:
    for done, pain in ((sessions(TOO_MUCH), 7.0), ([], 1.0)):
        assert on_the_card(done, pain, today=today) == on_the_card(done, pain)


def test_a_day_whose_exercises_are_all_left_out_is_for_rest() -> None:
    done = [
        *sessions(TOO_MUCH, TOO_MUCH),
        *sessions(TOO_MUCH, TOO_MUCH, exercise="bridge"),
    ]
    day, _ = on_the_card(done, pain=7)
    assert day.kind is DayKind.REST
    assert [block.kind for block in day.blocks] == [BlockKind.REST]


def planned(request: WeekRequest) -> WeekPlan:
    plan = build_week(MONDAY, request)
    assert isinstance(plan, WeekPlan)
    return plan


def of_use(plan: WeekPlan, kind: BlockKind) -> list[Block]:
    return [block for day in plan.days for block in day.blocks if block.kind is kind]


def lateral_ids() -> list[str]:
    return [id for id, each in EXERCISES.items() if each.use is ExerciseUse.LATERAL]


def test_a_week_has_less_of_what_was_too_much_and_nothing_in_its_place() -> None:
    full = planned(a_request())
    done = [each for id in lateral_ids() for each in sessions(TOO_MUCH, exercise=id)]
    less = planned(a_request(sessions=tuple(done)))
    before, after = of_use(full, BlockKind.LATERAL), of_use(less, BlockKind.LATERAL)
    assert [each.exercise for each in after] == [each.exercise for each in before]
    assert {each.dose for each in after} == {"1 × 10"}
    assert "exercise_set_back" in {note.rule for note in less.notes}
    twice = [each for id in lateral_ids() for each in sessions(TOO_MUCH, TOO_MUCH, exercise=id)]
    none = planned(a_request(sessions=tuple(twice)))
    assert not of_use(none, BlockKind.LATERAL)
    for kind in (BlockKind.STRENGTH, BlockKind.FOOT, BlockKind.RUN):
        assert [each.exercise for each in of_use(none, kind)] == [
            each.exercise for each in of_use(full, kind)
        ]
    assert all(day.blocks for day in none.days)
    assert any(" left out. " in note.says for note in none.notes)


@pytest.mark.parametrize(("times", "doses"), [(1, {"1 × 10"}), (2, set())])
def test_a_week_has_less_of_the_easiest_that_was_left_out_because_it_hurts(
    times: int, doses: set[str]
) -> None:
    hurt = [
        Missed(
            why=MissedWhy.HURTS,
            on=MONDAY - timedelta(days=3 + ago),
            is_run=False,
            is_home=True,
            exercises=frozenset(lateral_ids()),
        )
        for ago in range(times)
    ]
    request = replace(a_request(), exercises=EXERCISES)
    plan = planned(with_missed(request, hurt, MONDAY, EXERCISES))
    assert {each.dose for each in of_use(plan, BlockKind.LATERAL)} == doses
