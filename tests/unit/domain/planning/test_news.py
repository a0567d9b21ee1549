from dataclasses import replace

from builders.plan_requests import MONDAY, a_request, past_runs
from sidestep.domain.planning.horizon import PlannedWeek, plan_one
from sidestep.domain.planning.news import ALIKE, news_of
from sidestep.domain.planning.week import Block, BlockKind, Turns


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


def test_one_run_more_says_whether_the_longest_is_longer() -> None:
    two, three = (
        plan_one(MONDAY, a_request(runs=past_runs(*((2 + day, 5.0) for day in days))))
        for days in ((0, 3, 7, 10, 14, 17, 21, 24), (0, 2, 5, 7, 9, 12, 14, 16, 19, 21, 23, 26))
    )
    assert isinstance(two, PlannedWeek)
    assert isinstance(three, PlannedWeek)
    assert news_of([two], three).startswith("one run more")
    assert news_of([two], with_runs(three, 1.2)).startswith(
        "one run more, and the longest is longer"
    )
    assert news_of([two], with_runs(three, 0.8)).startswith("one run more, each of them shorter")


def with_turns(week: PlannedWeek, turns: Turns | None) -> PlannedWeek:
    """Return the week with running and walking taking turns in its runs."""
    days = tuple(
        replace(
            day,
            blocks=tuple(
                replace(block, turns=turns) if block.kind is BlockKind.RUN else block
                for block in day.blocks
            ),
        )
        for day in week.plan.days
    )
    return replace(week, plan=replace(week.plan, days=days))


def test_a_week_says_when_the_walks_in_its_runs_become_others() -> None:
    week = a_week()
    three, four, less = (
        with_turns(week, Turns(run_min=run, walk_min=walk))
        for run, walk in ((3, 2), (4, 2), (4, 1))
    )
    assert news_of([three], three) == ALIKE
    assert news_of([three], four) == "longer runs between the walks"
    assert news_of([four], less) == "shorter walks between the runs"
    both = "longer runs between the walks and shorter walks between the runs"
    assert news_of([three], less) == both
    assert news_of([less], week) == "without walking breaks"
    assert news_of([week], less) == "with walking breaks"
    assert news_of([less], with_runs(week, 1.1)) == "longer runs, without walking breaks"


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
