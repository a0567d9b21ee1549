from dataclasses import replace

from builders.plan_requests import MONDAY, a_request, past_runs
from sidestep.domain.planning.horizon import PlannedWeek, plan_one
from sidestep.domain.planning.news import ALIKE, news_of
from sidestep.domain.planning.week import Block, BlockKind


def a_week() -> PlannedWeek:
    week = plan_one(MONDAY, a_request(runs=past_runs((2, 5.0), (4, 5.0), (6, 5.0), (9, 5.0))))
    assert isinstance(week, PlannedWeek)
    return week


def with_runs(week: PlannedWeek, by: float) -> PlannedWeek:
    """Return the week with runs that are by so much longer."""

    def longer(block: Block) -> Block:
        km = block.distance_km
        return block if km is None else replace(block, distance_km=km * by)

    days = (
        replace(day, blocks=tuple(longer(each) for each in day.blocks)) for day in week.plan.days
    )
    return replace(week, plan=replace(week.plan, days=tuple(days)))


def test_a_week_says_what_it_has_that_the_one_before_had_not() -> None:
    week = a_week()
    assert news_of([week], week) == ALIKE
    assert news_of([week], with_runs(week, 1.005)) == ALIKE
    assert news_of([week], with_runs(week, 1.1)) == "longer runs"
    assert news_of([with_runs(week, 1.1)], week) == "shorter runs"
    lighter = with_runs(replace(week, part=replace(week.part, is_lighter=True)), 0.8)
    assert news_of([week], lighter) == "a lighter week, with shorter runs"
    assert news_of([lighter], week) == "runs as before the lighter week, or longer"
    days = [day for day in week.plan.days if all(b.kind is not BlockKind.RUN for b in day.blocks)]
    bare = replace(week, plan=replace(week.plan, days=tuple(days)))
    assert news_of([bare], week) == "more runs"
    assert news_of([week], bare) == "fewer runs"


def with_strength(week: PlannedWeek, title: str) -> PlannedWeek:
    """Return the week with that exercise for all its strength."""
    days = tuple(
        replace(
            day,
            blocks=tuple(
                replace(block, title=title) if block.kind is BlockKind.STRENGTH else block
                for block in day.blocks
            ),
        )
        for day in week.plan.days
    )
    return replace(week, plan=replace(week.plan, days=days))


def test_an_exercise_is_new_once_and_then_comes_back() -> None:
    squat, hinge = with_strength(a_week(), "Squat"), with_strength(a_week(), "Hinge")
    assert news_of([squat], hinge) == "new at home: Hinge"
    assert news_of([squat, hinge], squat) == "back again: Squat"
