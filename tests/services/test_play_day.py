"""A day one thing after the other, and what that tells."""

from builders.days_told import MONDAY, RULES, a_planned_week
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.week import BlockKind, DayKind
from sidestep.services.week.kept_week import days_of, kept_week_of
from sidestep.services.week.play_day import PlayStep, play_steps, told_by_playing


def steps_on(kind: DayKind) -> tuple[PlayStep, ...]:
    store, _, _ = a_planned_week()
    week = kept_week_of(store, MONDAY)
    assert week is not None
    day = next(each for each in days_of(week) if each.kind is kind)
    return play_steps(day.blocks, RULES.exercises, Rules(RULES.plans))


def test_side_steps_are_looked_at_before_the_run_they_are_in() -> None:
    kinds = [step.block.kind for step in steps_on(DayKind.RUN)]
    assert kinds.index(BlockKind.STRETCH_BEFORE) == 0
    assert kinds.index(BlockKind.SHUFFLE) < kinds.index(BlockKind.RUN)
    assert kinds.index(BlockKind.RUN) < kinds.index(BlockKind.STRETCH_AFTER)


def test_a_stretch_before_is_held_for_as_long_as_its_dose_says() -> None:
    for step in steps_on(DayKind.RUN):
        if step.block.kind in (BlockKind.STRETCH_BEFORE, BlockKind.STRETCH_AFTER):
            assert f"{step.seconds} s" in step.block.dose
            assert step.is_per_side
        if step.block.kind is BlockKind.STRETCH_AFTER:
            assert step.block.dose.startswith(f"{step.sets} ×")
        if step.block.kind in (BlockKind.SHUFFLE, BlockKind.RUN):
            assert step.seconds is None
            assert step.turns == ()


def test_each_set_is_done_on_one_leg_and_then_on_the_other_and_rested_from() -> None:
    counted = [step for step in steps_on(DayKind.OFF) if step.repetitions is not None]
    assert {step.is_per_side for step in counted} == {True, False}
    for step in counted:
        legs = ["left", "right"] if step.is_per_side else [None]
        assert [(turn.number, turn.side) for turn in step.turns] == [
            (number, leg) for number in range(1, step.sets + 1) for leg in legs
        ]
        assert step.block.dose.startswith(f"{step.sets} × {step.repetitions}")
        assert step.rest_s == RULES.plans["rest_between_sets_s"].value


def test_stretches_need_no_rest_between() -> None:
    stretches = (BlockKind.STRETCH_BEFORE, BlockKind.STRETCH_AFTER)
    steps = [step for step in steps_on(DayKind.RUN) if step.block.kind in stretches]
    assert [step.rest_s for step in steps] == [0] * len(steps)


def test_a_day_of_rest_has_no_steps() -> None:
    assert steps_on(DayKind.REST) == ()


def test_what_was_not_reached_says_nothing() -> None:
    assert told_by_playing(steps_on(DayKind.OFF), {}) == {}


def test_some_of_a_kind_is_that_kind_done_and_the_worst_pain_counts() -> None:
    steps = steps_on(DayKind.OFF)
    first = [n for n, step in enumerate(steps, 1) if step.block.kind is BlockKind.LATERAL]
    outcomes = {n: {"did": "skipped", "why": "dull", "pain": 1.0} for n in first}
    assert told_by_playing(steps, outcomes) == {
        "lateral_work": False,
        "missed_why": "dull",
        "pain_on_exercises": 1.0,
    }
    outcomes[first[0]] = {"did": "done", "pain": 3.0}
    told = told_by_playing(steps, outcomes)
    assert told["lateral_work"] is True
    assert told["pain_on_exercises"] == 3.0


def test_pain_on_a_run_is_the_runs() -> None:
    steps = steps_on(DayKind.RUN)
    run = next(n for n, step in enumerate(steps, 1) if step.block.kind is BlockKind.RUN)
    assert told_by_playing(steps, {run: {"did": "done", "pain": 2.0}}) == {
        "ran": True,
        "pain_on_run": 2.0,
    }


def test_two_reasons_are_both_kept_where_they_are_of_the_run_and_of_work_at_home() -> None:
    day = [*steps_on(DayKind.RUN), *steps_on(DayKind.OFF)]
    run = next(n for n, step in enumerate(day, 1) if step.block.kind is BlockKind.RUN)
    side = next(n for n, step in enumerate(day, 1) if step.block.kind is BlockKind.LATERAL)
    skipped = {"did": "skipped"}
    told = told_by_playing(
        day, {run: {**skipped, "why": "forgot"}, side: {**skipped, "why": "dull"}}
    )
    assert (told["missed_why"], told["missed_why_at_home"]) == ("forgot", "dull")
    told = told_by_playing(day, {run: skipped, side: {**skipped, "why": "dull"}})
    assert told["missed_why"] == "dull"
    assert "missed_why_at_home" not in told


def test_each_piece_keeps_the_reason_it_was_given() -> None:
    day = [*steps_on(DayKind.RUN), *steps_on(DayKind.OFF)]
    whys = {
        BlockKind.SHUFFLE: "forgot",
        BlockKind.STRETCH_AFTER: "no_place",
        BlockKind.LATERAL: "dull",
        BlockKind.STRENGTH: "hurts",
    }
    outcomes = {
        n: {"did": "skipped", "why": whys[step.block.kind]}
        for n, step in enumerate(day, 1)
        if step.block.kind in whys
    }
    told = told_by_playing(day, outcomes)
    assert {id: why for id, why in told.items() if id.startswith("missed_why")} == {
        "missed_why": "no_place",
        "missed_why_side_steps": "forgot",
        "missed_why_at_home": "dull",
        "missed_why_strength": "hurts",
    }
