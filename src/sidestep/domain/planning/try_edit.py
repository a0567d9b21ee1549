"""Whether a change a person makes in her week may be; if not, which limit says so and what may."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sidestep.domain.planning.build import build_week, draft_and_build, draft_week
from sidestep.domain.planning.calendar import longest_possible_km
from sidestep.domain.planning.clinician import NOT_DOING
from sidestep.domain.planning.draft import Draft
from sidestep.domain.planning.edits import Edit, MoveRun, SetLength, SwapExercise, TakeRest
from sidestep.domain.planning.exercise import Exercise
from sidestep.domain.planning.own_limits import YOUR_MINUTES, equipment_limit, own_limits, own_why
from sidestep.domain.planning.request import WeekRequest
from sidestep.domain.planning.swaps import (
    ON_THE_DAY,
    OTHER_USE,
    could_stand,
    home_blocks,
    what_stops,
)
from sidestep.domain.planning.week import Block, BlockKind, Day, DayKind, Limit, NoWeek, WeekPlan
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK, day_in_words

A_RUN_TO_MOVE = "a_run_to_move"
"""What a move on a day without a run lacks; the days it names are those that have one."""


ONE_RUN_A_DAY = "one_run_a_day"
"""What a move to a day with a run goes against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An edit that may not be.

    Attributes
    ----------
    limits
        The smallest set of limits it collides with; one at least.
    days
        Days the run could go to, or that could be for rest, instead; days with a run where there is
        none to move.
    longest_km
        The longest run the day can take, ``None`` where that is not the question.
    exercises
        What could stand there instead, by id; what is there where something else was meant.
    """

    limits: tuple[Limit, ...]
    days: tuple[date, ...] = ()
    longest_km: float | None = None
    exercises: tuple[str, ...] = ()


def try_edit(
    week_starts: date,
    request: WeekRequest,
    edit: Edit,
    library: Mapping[str, Exercise] | None = None,
) -> WeekPlan | Refused | NoWeek:
    """Plan the week with one more edit.

    Parameters
    ----------
    library
        All exercises by id, to call one by its name that no week places; those of the request
        unless given.

    Returns
    -------
    WeekPlan or Refused or NoWeek
        ``NoWeek`` when there is no week to edit.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    """
    before = build_week(week_starts, request)
    if isinstance(before, NoWeek) or request.knee is None:
        return before
    refusal = _cannot_mean(edit, before, request)
    if refusal is None and isinstance(edit, SwapExercise):
        draft = draft_week(week_starts, request, request.knee)
        refusal = _refused_by_clinician(edit, before, draft, request) or _refused_swap(
            edit, before, draft, request.exercises if library is None else library
        )
    if refusal is not None:
        if isinstance(edit, MoveRun) and refusal.limits[0].id == ONE_RUN_A_DAY:
            return replace(refusal, days=tuple(_days_for(edit, before, week_starts, request)))
        return refusal
    after = _tried(edit, before, week_starts, request)
    if isinstance(after, WeekPlan):
        return after
    legal = _legal(edit, before, week_starts, request)
    if isinstance(edit, SetLength) and legal.longest_km is not None:
        # What holds the day just there, and not a ceiling far above that the wish hits as well.
        just_over = replace(edit, distance_km=round(legal.longest_km + 0.1, 1))
        nearest = _tried(just_over, before, week_starts, request)
        after = nearest if isinstance(nearest, NoWeek) else after
    return replace(legal, limits=after.collisions)


def _tried(
    edit: Edit, before: WeekPlan, week_starts: date, request: WeekRequest
) -> WeekPlan | NoWeek:
    """Plan the week with the edit, every other run where it was."""
    runs = {day.date for day in before.days if day.kind is DayKind.RUN}
    edited = replace(request, edits=(*request.edits, edit))
    made = draft_and_build(week_starts, edited, keeps=frozenset(runs - {edit.on}))
    return made if isinstance(made, NoWeek) else made[1]


def _day(plan: WeekPlan, on: date) -> Day | None:
    return next((day for day in plan.days if day.date == on), None)


def run_of(plan: WeekPlan, on: date) -> Block | None:
    """Return the run of a day, ``None`` when it has none."""
    day = _day(plan, on)
    blocks = () if day is None else day.blocks
    return next((block for block in blocks if block.kind is BlockKind.RUN), None)


def _cannot_mean(edit: Edit, plan: WeekPlan, request: WeekRequest) -> Refused | None:
    """Say where an edit speaks of what is not there, or no more."""
    last = plan.week_starts + timedelta(days=DAYS_PER_WEEK - 1)
    days = (edit.on, edit.to) if isinstance(edit, MoveRun) else (edit.on,)
    for on in days:
        if _day(plan, on) is None:
            until = f"{day_in_words(plan.week_starts)} to {day_in_words(last)}"
            return _plain("in_the_week", f"{day_in_words(on)} is not in this week, {until}.")
        if not request.is_open(on):
            says = f"{day_in_words(on)} is over or done; only what is still to come can change."
            return _plain("still_to_come", says)
    if isinstance(edit, MoveRun) and run_of(plan, edit.on) is None:
        refused = _plain(A_RUN_TO_MOVE, f"There is no run on {day_in_words(edit.on)} to move.")
        runs = (day.date for day in plan.days if run_of(plan, day.date) is not None)
        return replace(refused, days=tuple(on for on in runs if request.is_open(on)))
    if isinstance(edit, MoveRun) and run_of(plan, edit.to) is not None:
        says = f"There is a run on {day_in_words(edit.to)} already; one a day is enough."
        return _plain(ONE_RUN_A_DAY, says)
    return None


def _plain(limit: str, says: str) -> Refused:
    why = own_why(limit, says)
    return Refused(limits=(Limit(id=limit, says=says, is_editable=False, why=why),))


def _legal(edit: Edit, plan: WeekPlan, week_starts: date, request: WeekRequest) -> Refused:
    """Return what would be legal in the place of an edit that is not."""
    match edit:
        case MoveRun():
            return Refused(limits=(), days=tuple(_days_for(edit, plan, week_starts, request)))
        case SetLength(on=on) if request.knee is not None:
            draft = draft_week(week_starts, request, request.knee)
            return Refused(limits=(), longest_km=longest_possible_km(draft.calendar, on))
        case TakeRest():
            return Refused(limits=(), days=tuple(_days_to_rest(plan, week_starts, request)))
        case _:
            return Refused(limits=())


def _days_to_rest(plan: WeekPlan, week_starts: date, request: WeekRequest) -> Iterator[date]:
    for day in plan.days:
        if day.kind is not DayKind.REST and request.is_open(day.date):
            tried = _tried(TakeRest(on=day.date), plan, week_starts, request)
            if isinstance(tried, WeekPlan):
                yield day.date


def _days_for(
    edit: MoveRun, plan: WeekPlan, week_starts: date, request: WeekRequest
) -> Iterator[date]:
    for day in plan.days:
        if run_of(plan, day.date) is None and request.is_open(day.date):
            moved = replace(edit, to=day.date)
            if isinstance(_tried(moved, plan, week_starts, request), WeekPlan):
                yield day.date


def _refused_by_clinician(
    edit: SwapExercise, plan: WeekPlan, draft: Draft, request: WeekRequest
) -> Refused | None:
    """Refuse an exercise that her clinician told her not to do."""
    other, clinician = request.exercises.get(edit.instead), request.profile.clinician
    if other is None or not clinician.forbids_exercise(other):
        return None
    day = _day(plan, edit.on)
    at_home = () if day is None else home_blocks(day)
    block = next((each for each in at_home if each.exercise == edit.exercise), None)
    possible = () if day is None or block is None else could_stand(block, day, draft)
    limit = next(each for each in clinician.limits(draft.week_starts) if each.id == NOT_DOING)
    return Refused(limits=(limit,), exercises=possible)


def _refused_swap(
    edit: SwapExercise, plan: WeekPlan, draft: Draft, library: Mapping[str, Exercise]
) -> Refused | None:
    day = _day(plan, edit.on)
    blocks = () if day is None else home_blocks(day)
    block = next((each for each in blocks if each.exercise == edit.exercise), None)
    if day is None or block is None:
        says = f"{title_of(edit.exercise, library)} is not planned on {day_in_words(edit.on)}."
        refused = _plain("an_exercise_to_swap", says)
        return replace(refused, exercises=tuple(each.exercise for each in blocks))
    other = draft.request.exercises.get(edit.instead)
    if other is None:
        possible = could_stand(block, day, draft)
        says = f"{title_of(edit.instead, library)} is no exercise that a week may place."
        return replace(_plain("a_known_exercise", says), exercises=possible)
    stopped = what_stops(other, block, day, draft)
    if not stopped:
        return None
    limit = _limit_of_swap(stopped, other, draft)
    return Refused(limits=(limit,), exercises=could_stand(block, day, draft))


def title_of(exercise: str, library: Mapping[str, Exercise]) -> str:
    """Return what an exercise is called; what is no id stays as it was typed."""
    return library[exercise].title if exercise in library else exercise


def _limit_of_swap(stopped: str, other: Exercise, draft: Draft) -> Limit:
    if stopped == "your_equipment":
        return equipment_limit(draft.request.profile)
    if stopped == YOUR_MINUTES:
        return next(each for each in own_limits(draft.request.profile) if each.id == stopped)
    if stopped in (OTHER_USE, ON_THE_DAY):
        says = {
            OTHER_USE: f"{other.title} does another job: it is used {other.use.in_words}.",
            ON_THE_DAY: f"{other.title} is on that day already.",
        }[stopped]
        return Limit(id=stopped, says=says, is_editable=False, why=own_why(stopped, says))
    return draft.rules.limit(stopped, pain=draft.pain.at_rest)


def describe(edit: Edit) -> str:
    """Return an edit in a few words."""
    match edit:
        case MoveRun(on=on, to=to):
            return f"the run of {day_in_words(on)} moved to {day_in_words(to)}"
        case SetLength(on=on, distance_km=distance_km):
            return f"a run of {distance_km:g} km on {day_in_words(on)}"
        case TakeRest(on=on):
            return f"rest on {day_in_words(on)}"
        case SwapExercise(on=on, exercise=exercise, instead=instead):
            # The day first: names of exercises may hold an "on" of their own.
            return f"on {day_in_words(on)}, {instead} instead of {exercise}"
