"""Builds a week: deterministic, inside every limit, or says which limits collide.

Each decision lives in its own module; this one only puts them in order.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from sidestep.domain.planning.barefoot import with_barefoot_gate
from sidestep.domain.planning.blocks import rest_block
from sidestep.domain.planning.calendar import Calendar, PlacedRun, place_runs
from sidestep.domain.planning.clinician import NOT_DOING, PAIN_MAX, ClinicianLimits
from sidestep.domain.planning.collisions import explain_no_week, lacks_room
from sidestep.domain.planning.days import Room, lay_out_days, measure_frame
from sidestep.domain.planning.desk_breaks import with_breaks
from sidestep.domain.planning.draft import Draft
from sidestep.domain.planning.drills import drill_block, drill_of, where_drill_is_best
from sidestep.domain.planning.edits import Edit, pins_of
from sidestep.domain.planning.exercise import CrossTraining, Exercise, ExerciseUse
from sidestep.domain.planning.fewer_sets import (
    THAT_CAN_HURT,
    note_of_fewer,
    sets_left,
    why_fewer,
    with_sets,
    without,
)
from sidestep.domain.planning.goal import with_goal
from sidestep.domain.planning.home_work import (
    BLOCK_OF,
    Home,
    HomeDay,
    can_work_at_home,
    exercises_most,
    fill_days,
    possible_exercises,
)
from sidestep.domain.planning.ladders import climbed_to
from sidestep.domain.planning.other_sport import (
    activity_block,
    choose_activity,
    class_of,
    possible_activities,
)
from sidestep.domain.planning.own_limits import (
    YOUR_EDIT,
    own_why,
    rest_because_not_free,
    rest_because_short,
)
from sidestep.domain.planning.pain import weigh_pain
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import KneeState, PastRun, WeekRequest
from sidestep.domain.planning.run_day import run_blocks
from sidestep.domain.planning.running import plan_running, recent_runs, usual_pace, usual_running
from sidestep.domain.planning.running_plan import RunningPlan, less_what_was_run
from sidestep.domain.planning.swaps import home_blocks, swapped
from sidestep.domain.planning.week import Block, Day, DayKind, NoWeek, WeekPlan, Why
from sidestep.domain.planning.within_clinician import request_within, running_within
from sidestep.domain.planning.words import week_limits, week_notes
from sidestep.domain.triage.rules import PlanAccess
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK

EDITS_GIVEN_UP = "edits_given_up"
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
    made = draft_and_build(week_starts, request)
    return made if isinstance(made, NoWeek) else made[1]


def draft_and_build(
    week_starts: date, request: WeekRequest, *, keeps: frozenset[date] | None = None
) -> tuple[Draft, WeekPlan] | NoWeek:
    """Plan a week as ``build_week`` does, and return what it rests on with it.

    Parameters
    ----------
    keeps
        Days whose run has to stay where it is while an edit is tried; ``None`` to give edits up
        that do not fit.
    """
    if request.knee is None:
        return _hidden(week_starts, (ANSWER_FIRST,))
    if request.knee.access is PlanAccess.HIDDEN:
        return _hidden(week_starts, request.knee.reasons, (ANSWER_AGAIN,))
    draft = with_goal(draft_week(week_starts, request, request.knee))
    if keeps is not None:
        draft = replace(draft, calendar=replace(draft.calendar, keeps=keeps))
    runs = place_runs(draft.calendar)
    if runs is None and draft.calendar.over:
        loose = replace(draft, calendar=draft.calendar.with_nothing_over())
        runs = place_runs(loose.calendar)
        # Of an edit that does not fit, a day that is over is never the reason.
        draft = draft if runs is None and keeps is not None else loose
    if runs is None and request.edits and keeps is None:
        return _without_edits(week_starts, request)
    if runs is None or (not runs and lacks_room(draft)):
        return explain_no_week(draft)
    return draft, _fill(draft, runs)


def _without_edits(week_starts: date, request: WeekRequest) -> tuple[Draft, WeekPlan] | NoWeek:
    """Give up edits that fitted once and do not any more, and say so; the others stay."""
    kept = edits_that_fit(week_starts, request)
    made = draft_and_build(week_starts, replace(request, edits=kept))
    if isinstance(made, NoWeek):
        return made
    draft, plan = made
    note = own_why(
        EDITS_GIVEN_UP,
        "Not all that you changed in this week fits any more: what you logged, imported or set "
        "since has moved a limit. What still fits stays; change the rest again where you like."
        if kept
        else "What you changed in this week does not fit any more: what you logged, imported or "
        "set since has moved a limit. The week is planned anew; change it again where you like.",
    )
    return draft, replace(plan, notes=(note, *plan.notes))


def edits_that_fit(week_starts: date, request: WeekRequest) -> tuple[Edit, ...]:
    """Return the edits of a week that fit beside those before them; the others are given up."""
    kept: tuple[Edit, ...] = ()
    for edit in request.edits:
        tried = replace(request, edits=(*kept, edit))
        if request.knee is not None and _fits(week_starts, tried, request.knee):
            kept = tried.edits
    return kept


def _fits(week_starts: date, request: WeekRequest, knee: KneeState) -> bool:
    return place_runs(with_goal(draft_week(week_starts, request, knee)).calendar) is not None


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


def draft_week(week_starts: date, request: WeekRequest, knee: KneeState) -> Draft:
    """Return what a week rests on before its days are filled."""
    rules = Rules(request.parameters)
    request = replace(request, exercises=with_barefoot_gate(request, rules))
    pain = weigh_pain(knee, rules)
    run_days = _run_days(request, week_starts, rules)
    running = plan_running(request, knee, week_starts, pain, rules, run_days)
    pace = _pace(request, running, rules)
    # What a clinician leaves out must not make room for more of the rest.
    frame = measure_frame(request, rules, pace_min_per_km=pace)
    rooms = lay_out_days(request, week_starts, frame)
    runs_lived = request.lived_as(DayKind.RUN)
    lived = [room.on for room in rooms if room.on in runs_lived and room.takes_run]
    running = running_within(running, request, rooms, pain, rules, pace_min_per_km=pace)
    running = less_what_was_run(running, len(request.ran_on - set(lived)))
    profile = request.profile
    calendar = Calendar(
        plan=running,
        rooms=rooms,
        known_runs=_known_runs(request, week_starts),
        rules=rules,
        pace_min_per_km=pace,
        run_on=profile.run_on,
        long_run_on=profile.long_run_on,
        class_on=None if profile.group_class is None else profile.group_class.weekday,
        pins=pins_of(request.edits),
        lived=frozenset(lived[: running.runs]),
        over=frozenset(room.on for room in rooms if not request.is_open(room.on)),
        rested=request.lived_as(DayKind.REST),
        ran_on=request.ran_on,
    )
    climbed = partial(
        climbed_to, request.exercises, request.sessions, rules=rules, grows=knee.hold is None
    )
    return Draft(
        request=request_within(request, pain),
        knee=knee,
        week_starts=week_starts,
        rules=rules,
        pain=pain,
        frame=frame,
        calendar=calendar,
        usual=usual_running(request, recent_runs(request, week_starts, rules), run_days, rules),
        climbed=climbed(week_starts),
        climbed_before=climbed(week_starts - timedelta(DAYS_PER_WEEK)),
    )


def _known_runs(request: WeekRequest, week_starts: date) -> tuple[PastRun, ...]:
    return tuple(
        run
        for run in request.recent_runs
        if run.on <= request.as_of and run.on < week_starts and run.distance_km > 0
    )


def _run_days(request: WeekRequest, week_starts: date, rules: Rules) -> tuple[date, ...]:
    """Return the days that have room for a run at the usual pace."""
    frame = measure_frame(request, rules, pace_min_per_km=usual_pace(request, rules))
    rooms = lay_out_days(request, week_starts, frame, heeds_clinician=False)
    return tuple(room.on for room in rooms if room.takes_run)


def _pace(request: WeekRequest, running: RunningPlan, rules: Rules) -> float:
    if running.is_walk_run:
        return rules.number("walk_run_pace_min_per_km")
    return usual_pace(request, rules)


def _fill(draft: Draft, runs: Sequence[PlacedRun]) -> WeekPlan:
    longest_on = max(runs, key=lambda run: run.distance_km).on if runs else None
    drill, in_run = drill_of(draft), where_drill_is_best(draft, runs)
    run_blocks_on = {
        run.on: _run_blocks(run, draft, drill if run is in_run else None) for run in runs
    }
    home = Home(
        rooms=draft.rooms,
        rules=draft.rules,
        pools={use: possible_exercises(draft, use) for use in BLOCK_OF},
        run_minutes={
            on: sum(block.minutes for block in blocks) for on, blocks in run_blocks_on.items()
        },
        sports=_sports(draft),
        rests=draft.calendar.pins.rests
        | {room.on for room in draft.rooms if not _can_work(draft, room)},
        longest_on=longest_on,
        exercises_most=exercises_most(draft.request, draft.rules),
        lived=draft.request.lived,
        class_on=draft.calendar.class_on,
    )
    filled = fill_days(home)
    planned = [
        Day(
            date=room.on,
            kind=filled[room.on].kind,
            blocks=(
                *run_blocks_on.get(room.on, ()),
                *_sport_blocks(home, filled[room.on], room.on),
                *filled[room.on].blocks(),
            )
            or (rest_block(_why_rest(draft, room)),),
        )
        for room in draft.rooms
    ]
    full = tuple(_cued(swapped(day, draft), draft) for day in with_breaks(planned, draft))
    days = tuple(_with_sets_left(day, draft) for day in full)
    return WeekPlan(
        week_starts=draft.week_starts,
        days=days,
        limits=week_limits(draft),
        notes=(*week_notes(draft, days), *note_of_fewer(full, days, draft.rules)),
    )


def _with_sets_left(day: Day, draft: Draft) -> Day:
    """Return a day with less of what was too much; the days before it in the week say nothing."""
    request, rules = draft.request, draft.rules
    blocks: list[Block | None] = []
    for block in day.blocks:
        exercise = request.exercises.get(block.exercise)
        has_less = block.kind in THAT_CAN_HURT and exercise is not None
        if exercise is None or not has_less or exercise.easier_id in request.exercises:
            blocks.append(block)
            continue
        sets = sets_left(exercise, request.sessions, draft.week_starts, rules)
        blocks.append(with_sets(block, exercise, sets, rules))
    left = [block for block in blocks if block is not None]
    return day if left == list(day.blocks) else without(day, left, why_fewer(rules))


def _cued(day: Day, draft: Draft) -> Day:
    """Return a day whose exercises say what to do them with, where they were forgotten."""
    cue = draft.request.home_cue
    if not cue:
        return day
    at_home = home_blocks(day)
    blocks = (
        replace(each, cues=(cue, *each.cues)) if each in at_home else each for each in day.blocks
    )
    return replace(day, blocks=tuple(blocks))


def _run_blocks(run: PlacedRun, draft: Draft, drill: Exercise | None) -> tuple[Block, ...]:
    minutes = next(room.minutes for room in draft.rooms if room.on == run.on)
    return run_blocks(
        run,
        draft.running,
        draft.request,
        draft.pain,
        draft.rules,
        pace_min_per_km=draft.pace_min_per_km,
        day_minutes=minutes,
        drill=None if drill is None else drill_block(drill, draft),
    )


def _can_work(draft: Draft, room: Room) -> bool:
    return room.is_free and can_work_at_home(draft, room.minutes)


def _sports(draft: Draft) -> dict[date, CrossTraining]:
    """Return the other sport each day could hold once its side work is done: her class first."""
    possible = possible_activities(draft.request, draft.knee.access, draft.pain, draft.rules)
    group_class = draft.request.profile.group_class
    sports: dict[date, CrossTraining] = {}
    for room in draft.rooms:
        minutes = room.minutes - draft.rules.number("block_minutes_max")
        sport = choose_activity(possible, draft.week_starts, minutes)
        if group_class is not None and room.on.weekday() == group_class.weekday:
            own = class_of(group_class, draft.rules)
            fits = own.minutes <= minutes and draft.pain.at_rest <= own.allowed_pain
            fits = fits and not _clinician(draft).forbids_activity(own)
            fits = fits and not _clinician(draft).forbids_training_at(draft.pain.at_rest)
            sport = own if fits else sport
        if sport is not None:
            sports[room.on] = sport
    return sports


def _sport_blocks(home: Home, filled: HomeDay, on: date) -> tuple[Block, ...]:
    return (activity_block(home.sports[on]),) if filled.kind is DayKind.CROSS else ()


def _why_rest(draft: Draft, room: Room) -> Why:
    if room.on in draft.calendar.pins.rests:
        return own_why(YOUR_EDIT, "You took this day for rest. Nothing has to be made up.")
    if not room.is_free:
        return rest_because_not_free()
    if not room.takes_side_work:
        return rest_because_short()
    if not _can_work(draft, room) or not possible_exercises(draft, ExerciseUse.LATERAL):
        return _why_no_work(draft)
    return draft.rules.why("rest_days_min")


def _why_no_work(draft: Draft) -> Why:
    clinician = _clinician(draft)
    if clinician.forbids_training_at(draft.pain.at_rest):
        return clinician.why(PAIN_MAX)
    if clinician.not_doing and not possible_exercises(draft, ExerciseUse.LATERAL):
        return clinician.why(NOT_DOING)
    return draft.rules.why("exercise_pain_max", pain=draft.pain.at_rest)


def _clinician(draft: Draft) -> ClinicianLimits:
    return draft.request.profile.clinician
