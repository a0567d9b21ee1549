"""Laws of today's card: never harder than planned, and never harder for more pain."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from builders.shipped import shipped_knowledge
from sidestep.domain.planning.check_in import CheckIn
from sidestep.domain.planning.pain_response import Step, running_step
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.today import Present, adapt_day
from sidestep.domain.planning.week import Block, BlockKind, Day, DayKind, Why
from sidestep.domain.vocabulary.evidence import Backing, Basis

KNOWLEDGE = shipped_knowledge()
RULES = Rules(KNOWLEDGE.plans)
TODAY = date(2026, 11, 22)
WHY = Why(rule="any", says="Any.", backing=Backing(basis=Basis.DESIGN))
PAINS = st.one_of(st.none(), st.integers(0, 10).map(float))


def block(kind: BlockKind, exercise: str = "", km: float | None = None) -> Block:
    return Block(
        kind=kind,
        exercise=exercise,
        title=exercise or kind.value,
        dose="",
        minutes=10.0,
        why=WHY,
        distance_km=km,
    )


def a_run(km: float) -> tuple[Block, ...]:
    return (block(BlockKind.STRETCH_BEFORE), block(BlockKind.RUN, km=km))


DAYS = st.sampled_from(
    [
        Day(date=TODAY, kind=DayKind.RUN, blocks=(*a_run(6.0), block(BlockKind.STRENGTH, "squat"))),
        Day(date=TODAY, kind=DayKind.OFF, blocks=(block(BlockKind.LATERAL, "side_plank"),)),
        Day(date=TODAY, kind=DayKind.REST, blocks=(block(BlockKind.REST),)),
    ]
)


@st.composite
def presents(draw: st.DrawFn) -> Present:
    ago = draw(st.lists(st.integers(0, 10), unique=True, max_size=6))
    return Present(
        check_ins=[
            CheckIn(
                on=TODAY - timedelta(days=each),
                pain_now=draw(PAINS),
                ran=draw(st.booleans()),
                pain_on_run=draw(PAINS),
                pain_hour_after=draw(PAINS),
                strength=draw(st.booleans()),
                pain_on_exercises=draw(PAINS),
            )
            for each in sorted(ago, reverse=True)
        ],
        are_signs_open=draw(st.booleans()),
        pain_before=draw(PAINS),
        eased_run=draw(st.sampled_from([(), a_run(3.0), a_run(8.0)])),
        exercises=KNOWLEDGE.exercises,
        cross_training=KNOWLEDGE.cross_training,
    )


def hardness(day: Day) -> tuple[float, int]:
    km = sum(each.distance_km or 0.0 for each in day.blocks)
    levels = [KNOWLEDGE.exercises[each.exercise].level for each in day.blocks if at_home(each)]
    return km, sum(levels)


def at_home(block: Block) -> bool:
    return block.kind in (BlockKind.STRENGTH, BlockKind.LATERAL)


@settings(max_examples=300, deadline=None)
@given(DAYS, presents())
def test_a_day_is_never_harder_than_planned_and_says_why_it_changed(
    day: Day, present: Present
) -> None:
    adapted, changes = adapt_day(day, present, RULES)
    assert all(now <= then for now, then in zip(hardness(adapted), hardness(day), strict=True))
    assert bool(changes) == (adapted != day)
    assert all(change.saw and change.why.says for change in changes)
    assert adapted.blocks
    assert (adapted.kind is DayKind.RUN) == any(b.kind is BlockKind.RUN for b in adapted.blocks)


@settings(max_examples=300, deadline=None)
@given(DAYS, presents())
def test_a_step_back_is_shorter_or_no_run_unless_the_week_has_it(
    day: Day, present: Present
) -> None:
    response = running_step(present.check_ins, TODAY, RULES)
    if response is None or response.step is not Step.BACK or response.on == TODAY:
        return
    km, planned_km = (hardness(each)[0] for each in (adapt_day(day, present, RULES)[0], day))
    assert km < planned_km or not planned_km
    back = replace(WHY, rule="review_back_frac")
    in_week = replace(day, blocks=tuple(replace(each, why=back) for each in day.blocks))
    adapted, _ = adapt_day(in_week, present, RULES)
    assert hardness(adapted)[0] >= km
    if present.eased_run and any(each.kind is BlockKind.RUN for each in adapted.blocks):
        assert hardness(adapted)[0] == min(planned_km, eased_km(present))


def eased_km(present: Present) -> float:
    return sum(each.distance_km or 0.0 for each in present.eased_run)


@settings(max_examples=300, deadline=None)
@given(DAYS, presents(), st.data())
def test_more_pain_never_gives_a_harder_day(
    day: Day, present: Present, data: st.DataObject
) -> None:
    if not present.check_ins:
        return
    newest = len(present.check_ins) - 1
    at = data.draw(st.integers(0, newest))
    which = ["pain_on_run", "pain_hour_after", "pain_on_exercises"]
    # Pain at rest of older days is what newer pain is held against.
    name = data.draw(st.sampled_from([*which, "pain_now"] if at == newest else which))
    before = getattr(present.check_ins[at], name)
    if before is None:
        return
    changed: dict[str, Any] = {name: data.draw(st.floats(before, 10))}
    told = list(present.check_ins)
    told[at] = replace(told[at], **changed)
    worse, _ = adapt_day(day, replace(present, check_ins=told), RULES)
    first, _ = adapt_day(day, present, RULES)
    assert all(now <= then for now, then in zip(hardness(worse), hardness(first), strict=True))
