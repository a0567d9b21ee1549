"""What a reason for missed work changes, worked out on small libraries; cases are data."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from builders.plan_requests import MONDAY, a_request
from builders.shipped import shipped_knowledge
from sidestep.domain.planning.build import build_week
from sidestep.domain.planning.check_in import CheckIn, MissedWhy
from sidestep.domain.planning.ladders import HomeSession
from sidestep.domain.planning.missed import (
    LET_IT_BE_SAID,
    SEE_THE_SHOES,
    STRETCH_AT_HOME,
    TIE_TO_SHOES,
    Missed,
    missed_of,
    still_counts,
    with_missed,
)
from sidestep.domain.planning.own_limits import own_why
from sidestep.domain.planning.pain_response import Step
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import WeekRequest
from sidestep.domain.planning.review import why_missed
from sidestep.domain.planning.week import Block, BlockKind, Day, DayKind, WeekPlan

KNOWLEDGE = shipped_knowledge()
RULES = Rules({**KNOWLEDGE.load, **KNOWLEDGE.plans})
CASES = yaml.safe_load(
    (Path(__file__).parents[3] / "knowledge" / "missed_work.yaml").read_text(encoding="utf-8")
)
HOME = (BlockKind.LATERAL, BlockKind.STRENGTH)
WITH_A_RUN = {"run", "stretches", "side_steps", "standing_groin_stretch"}


def a_shipped_request(**changes: Any) -> WeekRequest:
    return replace(
        a_request(),
        exercises={id: each for id, each in KNOWLEDGE.exercises.items() if each.is_planned},
        cross_training=KNOWLEDGE.cross_training,
        parameters={**KNOWLEDGE.load, **KNOWLEDGE.plans},
        **changes,
    )


def a_missed(case: dict[str, Any]) -> Missed:
    return Missed(
        why=MissedWhy(case["reason"]),
        on=MONDAY - timedelta(days=case.get("days_ago", 3)),
        is_run="run" in case["left_out"],
        is_home=bool(set(case["left_out"]) - WITH_A_RUN),
        is_stretching="stretches" in case["left_out"],
        is_side_steps="side_steps" in case["left_out"],
        exercises=frozenset(KNOWLEDGE.exercises.keys() & set(case["left_out"])),
    )


def planned(request: WeekRequest) -> WeekPlan:
    plan = build_week(MONDAY, request)
    assert isinstance(plan, WeekPlan)
    return plan


def home_of(plan: WeekPlan) -> list[Block]:
    return [block for day in plan.days for block in day.blocks if block.kind in HOME]


def runs_of(plan: WeekPlan) -> list[Block]:
    return [block for day in plan.days for block in day.blocks if block.kind is BlockKind.RUN]


def km(plan: WeekPlan) -> float:
    return sum(block.distance_km or 0.0 for day in plan.days for block in day.blocks)


def blocks_of(plan: WeekPlan, *kinds: BlockKind) -> list[Block]:
    return [block for day in plan.days for block in day.blocks if block.kind in kinds]


def stretching_of(plan: WeekPlan) -> str:
    after = blocks_of(plan, BlockKind.STRETCH_AFTER)
    both = [*after, *blocks_of(plan, BlockKind.STRETCH_BEFORE)]
    if "butterfly_stretch" in {block.exercise for block in both}:
        assert "standing_groin_stretch" not in {block.exercise for block in both}
        return "other"
    if all(STRETCH_AT_HOME in block.cues for block in both):
        return "at_home"
    return "short" if all(block.dose.startswith("once") for block in after) else "as_before"


def side_steps_of(plan: WeekPlan) -> str:
    steps = blocks_of(plan, BlockKind.SHUFFLE)
    if all(LET_IT_BE_SAID in block.cues for block in steps):
        return "cued"
    is_small = all(block.bouts is not None and block.bouts.is_walked for block in steps)
    return "small" if is_small else "as_before"


def test_what_hurts_goes_one_step_down_and_the_exercises_beside_it_stay() -> None:
    clean = [
        HomeSession(on=MONDAY - timedelta(days=ago), exercise=id, step=Step.PROGRESS)
        for id in ("sit_to_stand", "bridge")
        for ago in (9, 7)
    ]
    request = a_shipped_request(sessions=tuple(clean))
    before = {block.exercise for block in home_of(planned(request))}
    assert {"squat", "single_leg_bridge"} <= before
    missed = a_missed({"reason": "hurts", "left_out": ["squat"]})
    answered = with_missed(request, [missed], MONDAY, KNOWLEDGE.exercises)
    after = {block.exercise for block in home_of(planned(answered))}
    assert after == before - {"squat"} | {"sit_to_stand"}
    unknown = replace(missed, exercises=frozenset())
    of_all = with_missed(request, [unknown], MONDAY, KNOWLEDGE.exercises)
    assert {KNOWLEDGE.exercises[b.exercise].level for b in home_of(planned(of_all))} == {1}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_reason_changes_what_was_left_out_and_nothing_else(case: dict[str, Any]) -> None:
    request = a_shipped_request()
    before = planned(request)
    missed = still_counts([a_missed(case)], MONDAY, RULES)
    after = planned(with_missed(request, missed, MONDAY, KNOWLEDGE.exercises))
    gives = case["gives"]
    share = gives.get("runs_frac", 1.0)
    runs, fewer = runs_of(before), gives.get("runs_fewer", 0)
    assert len(runs_of(after)) == len(runs) - fewer
    if not fewer:
        assert km(after) == pytest.approx(km(before) * share, rel=0.03)
    placed = {block.exercise for block in home_of(after)}
    assert placed.isdisjoint(gives.get("without", ()))
    assert set(gives.get("with", ())) <= placed
    for day in after.days:
        assert sum(block.kind in HOME for block in day.blocks) <= gives.get("exercises_most", 4)
    for id, sets in gives.get("sets", {}).items():
        doses = {block.dose for block in home_of(after) if block.exercise == id}
        assert doses == {KNOWLEDGE.exercises[id].dose.with_sets(sets).in_words}
    if gives.get("none_on_floor"):
        assert not any(KNOWLEDGE.exercises[id].is_on_floor for id in placed)
    cued = [TIE_TO_SHOES in block.cues for block in home_of(after)]
    assert all(cued) if gives.get("cue") else not any(cued)
    seen = [SEE_THE_SHOES in block.cues for block in runs_of(after)]
    assert all(seen) if gives.get("run_cue") else not any(seen)
    assert stretching_of(after) == gives.get("stretches", "as_before")
    assert side_steps_of(after) == gives.get("side_steps", "as_before")
    if gives.get("nothing"):
        assert after == before


def test_what_was_left_out_is_what_was_planned_and_not_done() -> None:
    why = own_why("x", "x")
    blocks = tuple(
        Block(kind=kind, exercise=id, title=id, dose="", minutes=1.0, why=why)
        for kind, id in (
            (BlockKind.LATERAL, "clamshell"),
            (BlockKind.STRENGTH, "squat"),
            (BlockKind.FOOT, "short_foot"),
        )
    )
    day = Day(date=MONDAY, kind=DayKind.OFF, blocks=blocks)
    told = CheckIn(
        on=MONDAY, ran=False, lateral_work=True, strength=False, missed_why=MissedWhy.DULL
    )
    (missed,) = missed_of(told, day)
    assert missed is not None
    assert missed.exercises == {"squat"}
    assert missed.is_home
    assert not missed.is_run
    assert missed_of(replace(told, missed_why=None), day) == ()
    (without_week,) = missed_of(told, None)
    assert without_week is not None
    assert without_week.is_run
    assert not without_week.exercises


def test_stretches_and_side_steps_left_out_are_so_with_a_run_that_was_run() -> None:
    why = own_why("x", "x")
    stretch, step = (
        Block(kind=kind, exercise=id, title=id, dose="", minutes=1.0, why=why)
        for kind, id in (
            (BlockKind.STRETCH_BEFORE, "standing_groin_stretch"),
            (BlockKind.SHUFFLE, "side_shuffle_left"),
        )
    )
    day = Day(date=MONDAY, kind=DayKind.RUN, blocks=(stretch, step))
    told = CheckIn(on=MONDAY, ran=True, stretched_before=False, missed_why=MissedWhy.HURTS)
    (missed,) = missed_of(told, day)
    assert missed is not None
    assert missed.is_stretching
    assert missed.rules == ("missed_stretches_short",)
    assert missed.exercises == {"standing_groin_stretch"}
    without_steps = replace(told, stretched_before=True, side_steps=False)
    (missed,) = missed_of(without_steps, day)
    assert missed is not None
    assert missed.is_side_steps
    assert missed.rules == ("missed_side_steps_small",)


def test_each_reason_is_said_once_with_the_way_back_and_doubt_with_what_is_known() -> None:
    def told(why: MissedWhy, on: date) -> Missed:
        return Missed(why=why, on=on, is_run=False, is_home=True)

    earlier = MONDAY - timedelta(days=6)
    later = MONDAY - timedelta(days=2)
    missed = (
        told(MissedWhy.DULL, earlier),
        told(MissedWhy.DULL, later),
        told(MissedWhy.NOT_CONVINCED, later),
    )
    myth = own_why("a_myth", "What is known.")
    dull, doubt = why_missed(missed, RULES, myth)
    assert dull.rule == "missed_dull"
    assert f"sidestep review --week {later.isoformat()} --change swap --decline" in dull.says
    assert doubt == myth
    assert why_missed(missed, RULES, None)[1].rule == "missed_not_convinced"


def test_a_run_left_out_with_work_at_home_is_answered_in_words_too() -> None:
    both = Missed(
        why=MissedWhy.NO_PLACE,
        on=MONDAY - timedelta(days=3),
        is_run=True,
        is_home=True,
        exercises=frozenset({"clamshell"}),
    )
    said = [why.rule for why in why_missed((both,), RULES, None)]
    assert said == ["missed_no_place", "missed_run_swapped"]
    (older,) = still_counts([both], MONDAY + timedelta(weeks=3), RULES)
    assert [why.rule for why in why_missed((older,), RULES, None)] == ["missed_no_place"]


def test_two_reasons_of_one_day_each_answer_what_they_were_told_of() -> None:
    told = CheckIn(
        on=MONDAY,
        ran=False,
        strength=False,
        missed_why=MissedWhy.FORGOT,
        missed_why_at_home=MissedWhy.HURTS,
    )
    run, home = missed_of(told, None)
    assert (run.why, run.is_run, run.is_home) == (MissedWhy.FORGOT, True, False)
    assert (home.why, home.is_run, home.is_home) == (MissedWhy.HURTS, False, True)
    assert run.rules == ("missed_forgot_run",)
    assert home.rules == ("missed_hurts",)
    alike = replace(told, missed_why_at_home=MissedWhy.FORGOT)
    assert [each.why for each in missed_of(alike, None)] == [MissedWhy.FORGOT]


def test_every_piece_left_out_has_its_own_reason() -> None:
    told = CheckIn(
        on=MONDAY,
        ran=True,
        stretched_before=False,
        side_steps=False,
        lateral_work=False,
        strength=False,
        missed_why=MissedWhy.NO_PLACE,
        missed_why_side_steps=MissedWhy.FORGOT,
        missed_why_at_home=MissedWhy.DULL,
        missed_why_strength=MissedWhy.HURTS,
    )
    by_why = {each.why: each for each in missed_of(told, a_full_day())}
    assert {why: each.rules for why, each in by_why.items()} == {
        MissedWhy.NO_PLACE: ("missed_stretches_at_home",),
        MissedWhy.FORGOT: ("missed_side_steps_forgot",),
        MissedWhy.DULL: ("missed_dull",),
        MissedWhy.HURTS: ("missed_hurts",),
    }
    assert by_why[MissedWhy.DULL].exercises == {"clamshell"}
    assert by_why[MissedWhy.HURTS].exercises == {"squat"}
    shared = replace(told, missed_why_strength=MissedWhy.NO_PLACE)
    of_place, _, _ = missed_of(shared, a_full_day())
    assert (of_place.is_stretching, of_place.is_home) == (True, True)
    assert of_place.exercises == {"standing_groin_stretch", "squat"}


@pytest.mark.parametrize("return_phase", [None, 2])
def test_a_session_of_walking_and_running_stays_shorter_as_long_as_its_rule_says(
    return_phase: int | None,
) -> None:
    """Its phase gives it its whole length anew; another run stays as short as it was made."""
    why = own_why("x", "x")
    run = Block(
        kind=BlockKind.RUN,
        exercise="run",
        title="run",
        dose="",
        minutes=20.0,
        why=why,
        return_phase=return_phase,
    )
    told = CheckIn(on=MONDAY, ran=False, missed_why=MissedWhy.TOO_LONG)
    left_out = missed_of(told, Day(date=MONDAY, kind=DayKind.RUN, blocks=(run,)))
    shorter = [
        bool(still_counts(left_out, MONDAY + timedelta(weeks=weeks), RULES)) for weeks in (1, 2, 3)
    ]
    assert shorter == [True, return_phase is not None, False]


def a_full_day() -> Day:
    why = own_why("x", "x")
    blocks = tuple(
        Block(kind=kind, exercise=id, title=id, dose="", minutes=1.0, why=why)
        for kind, id in (
            (BlockKind.STRETCH_BEFORE, "standing_groin_stretch"),
            (BlockKind.SHUFFLE, "side_shuffle_left"),
            (BlockKind.LATERAL, "clamshell"),
            (BlockKind.STRENGTH, "squat"),
        )
    )
    return Day(date=MONDAY, kind=DayKind.RUN, blocks=blocks)
