"""Builds a week: deterministic, inside every limit, or says which limits collide.

Each decision lives in its own module; this one only puts them in order.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from sidestep.domain.planning.blocks import rest_block
from sidestep.domain.planning.calendar import PlacedRun, place_runs
from sidestep.domain.planning.collisions import explain_no_week, is_there_room
from sidestep.domain.planning.days import Room, lay_out_days, measure_frame
from sidestep.domain.planning.draft import Draft
from sidestep.domain.planning.exercise import CrossTraining
from sidestep.domain.planning.home_work import HomeDay, can_do_side_work, fill_home_days
from sidestep.domain.planning.other_sport import (
    activity_block,
    choose_activity,
    possible_activities,
)
from sidestep.domain.planning.own_limits import rest_because_not_free, rest_because_short
from sidestep.domain.planning.pain import weigh_pain
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import KneeState, WeekRequest
from sidestep.domain.planning.run_day import run_blocks
from sidestep.domain.planning.running import RunningPlan, plan_running
from sidestep.domain.planning.week import (
    Block,
    Day,
    DayKind,
    NoWeek,
    WeekPlan,
    Why,
)
from sidestep.domain.planning.words import week_limits, week_notes
from sidestep.domain.triage.rules import PlanAccess

ANSWER_FIRST = "Answer where it hurts first: sidestep knee"
ANSWER_AGAIN = (
    "Answer again once something has changed or an open question is settled: sidestep knee"
)


def build_week(week_starts: date, request: WeekRequest) -> WeekPlan | NoWeek:
    """Plan seven days from ``week_starts``, or say why there is no plan.

    Worse pain, and an answer that is missing instead of mild, never give more kilometres or side
    steps. The same request gives the same week.

    Parameters
    ----------
    week_starts
        First of the seven days; any weekday.
    request
        What the person, the knee and the history bring.

    Returns
    -------
    WeekPlan or NoWeek
        No week when the knee check hides the plan or has not been answered (``is_hidden``), or
        when limits collide.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.

    Sources
    -------
    article_hips, article_feet_and_hips, frandsen_2025, esculier_2018, trials_2023_return
    """
    if request.knee is None:
        return _hidden(week_starts, (ANSWER_FIRST,))
    if request.knee.access is PlanAccess.HIDDEN:
        return _hidden(week_starts, request.knee.reasons, (ANSWER_AGAIN,))
    draft = _draft(week_starts, request, request.knee)
    needs_run = draft.running.runs > 0
    if not is_there_room(draft.rooms, needs_run=needs_run, needs_side_work=True):
        return explain_no_week(request, week_starts, draft.frame, draft.rules, needs_run=needs_run)
    return _fill(draft)


def _hidden(
    week_starts: date, reasons: tuple[str, ...], would_help: tuple[str, ...] = ()
) -> NoWeek:
    return NoWeek(
        week_starts=week_starts,
        collisions=(),
        says=" ".join(reasons),
        would_help=would_help,
        is_hidden=True,
    )


def _draft(week_starts: date, request: WeekRequest, knee: KneeState) -> Draft:
    rules = Rules(request.parameters)
    pain = weigh_pain(knee, rules)
    run_days = _run_days(request, week_starts, rules)
    running = plan_running(request, knee, week_starts, pain, rules, run_days)
    pace = _pace(request, running, rules)
    frame = measure_frame(request, rules, pace_min_per_km=pace)
    return Draft(
        request=request,
        knee=knee,
        week_starts=week_starts,
        rules=rules,
        pain=pain,
        running=running,
        frame=frame,
        rooms=lay_out_days(request, week_starts, frame),
        pace_min_per_km=pace,
    )


def _run_days(request: WeekRequest, week_starts: date, rules: Rules) -> tuple[date, ...]:
    """Return the days that have room for a run at the usual pace."""
    frame = measure_frame(request, rules, pace_min_per_km=_usual_pace(request, rules))
    rooms = lay_out_days(request, week_starts, frame)
    return tuple(room.on for room in rooms if room.takes_run)


def _pace(request: WeekRequest, running: RunningPlan, rules: Rules) -> float:
    if running.is_walk_run:
        return rules.number("walk_run_pace_min_per_km")
    return _usual_pace(request, rules)


def _usual_pace(request: WeekRequest, rules: Rules) -> float:
    known = request.pace_min_per_km
    return rules.number("assumed_pace_min_per_km") if known is None else known


def _fill(draft: Draft) -> WeekPlan:
    runs = _runs(draft)
    longest_on = max(runs, key=lambda run: run.distance_km).on if runs else None
    run_blocks_on = {run.on: _run_blocks(run, draft) for run in runs}
    kinds = _kinds(draft, frozenset(run_blocks_on), longest_on)
    sport_on = {
        room.on: (activity_block(sport),)
        for room in draft.rooms
        if kinds[room.on] is DayKind.CROSS and (sport := _sport(draft, room))
    }
    fixed: dict[date, tuple[Block, ...]] = {**run_blocks_on, **sport_on}
    home = [
        HomeDay(
            on=room.on,
            kind=kinds[room.on],
            minutes_left=room.minutes - sum(each.minutes for each in fixed.get(room.on, ())),
        )
        for room in draft.rooms
        if kinds[room.on] is not DayKind.REST
    ]
    fill_home_days(
        home, draft.request, draft.knee.access, draft.pain, draft.rules, longest_on=longest_on
    )
    home_on = {day.on: day.blocks() for day in home}
    days = tuple(
        Day(
            date=room.on,
            kind=kinds[room.on],
            blocks=(*fixed.get(room.on, ()), *home_on.get(room.on, ()))
            or (rest_block(_why_rest(draft, room)),),
        )
        for room in draft.rooms
    )
    return WeekPlan(
        week_starts=draft.week_starts,
        days=days,
        limits=week_limits(draft),
        notes=week_notes(draft, days),
    )


def _runs(draft: Draft) -> tuple[PlacedRun, ...]:
    known = tuple(
        run
        for run in draft.request.recent_runs
        if run.on <= draft.request.as_of and run.on < draft.week_starts and run.distance_km > 0
    )
    return place_runs(
        draft.running,
        draft.rooms,
        known,
        draft.rules,
        pace_min_per_km=draft.pace_min_per_km,
        long_run_on=draft.request.profile.long_run_on,
    )


def _run_blocks(run: PlacedRun, draft: Draft) -> tuple[Block, ...]:
    minutes = next(room.minutes for room in draft.rooms if room.on == run.on)
    return run_blocks(
        run,
        draft.running,
        draft.request,
        draft.pain,
        draft.rules,
        pace_min_per_km=draft.pace_min_per_km,
        day_minutes=minutes,
    )


def _kinds(draft: Draft, run_days: frozenset[date], longest_on: date | None) -> dict[date, DayKind]:
    """Say what each day is: runs first, then full rest, then one other sport, the rest off."""
    kinds = {room.on: DayKind.RUN if room.on in run_days else DayKind.REST for room in draft.rooms}
    able = [room for room in draft.rooms if room.on not in run_days and _can_side(draft, room)]
    resting = len(draft.rooms) - len(run_days) - len(able)
    for _ in range(draft.rules.count("rest_days_min") - resting):
        if len(able) > 1:
            able.remove(_best_rest(able, longest_on))
    for room in able:
        kinds[room.on] = DayKind.OFF
    cross = _cross_day(draft, able, longest_on)
    if cross is not None:
        kinds[cross] = DayKind.CROSS
    return kinds


def _can_side(draft: Draft, room: Room) -> bool:
    return room.is_free and can_do_side_work(
        draft.request, draft.knee.access, draft.pain, draft.rules, room.minutes
    )


def _best_rest(able: Sequence[Room], longest_on: date | None) -> Room:
    """Rest before the longest run if that day is open, else after it, else late in the week."""
    if longest_on is not None:
        for near in (longest_on - timedelta(days=1), longest_on + timedelta(days=1)):
            for room in able:
                if room.on == near:
                    return room
    return able[-1]


def _cross_day(draft: Draft, able: Sequence[Room], longest_on: date | None) -> date | None:
    """Choose the day of another sport: not the only day off running, nor before the longest run."""
    eve = None if longest_on is None else longest_on - timedelta(days=1)
    fitting = [room for room in able if room.on != eve and _sport(draft, room)]
    if len(able) < 2 or not fitting:
        return None
    return max(fitting, key=lambda room: (room.minutes, room.on)).on


def _sport(draft: Draft, room: Room) -> CrossTraining | None:
    """Choose the other sport of a day from what it has time for once its side work is done."""
    possible = possible_activities(draft.request, draft.knee.access, draft.pain, draft.rules)
    minutes = room.minutes - draft.rules.number("block_minutes_max")
    return choose_activity(possible, draft.week_starts, minutes)


def _why_rest(draft: Draft, room: Room) -> Why:
    if not room.is_free:
        return rest_because_not_free()
    if not room.takes_side_work:
        return rest_because_short()
    if not _can_side(draft, room):
        return draft.rules.why("exercise_pain_max", pain=draft.pain.at_rest)
    return draft.rules.why("rest_days_min")
