"""Weeks ahead, each planned as if those before it were done and the knee had taken them well.

A week is solved by itself, with the runs planned before it as its history: so every limit holds
along the whole plan, and what stands in week nine rests on weeks one to eight.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sidestep.domain.planning.build import draft_and_build
from sidestep.domain.planning.calendar import MINUTES_HOLD
from sidestep.domain.planning.course import (
    Course,
    comes_back_in,
    course_now,
    next_course,
    on_course,
    phase_of,
)
from sidestep.domain.planning.draft import Draft
from sidestep.domain.planning.goal import fits_from, goal_waits, unmet_goal
from sidestep.domain.planning.ladders import HomeSession, sessions_ahead
from sidestep.domain.planning.levels import LIGHTER_WEEK
from sidestep.domain.planning.own_limits import YOUR_GOAL, own_why
from sidestep.domain.planning.pain import is_careful, weigh_pain
from sidestep.domain.planning.pain_response import Step
from sidestep.domain.planning.phases import about_phase
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import Goal, KneeState, PastRun, WeekRequest
from sidestep.domain.planning.return_to_run import ReturnSession, phase_after
from sidestep.domain.planning.week import BlockKind, NoWeek, Phase, WeekPart, WeekPlan, Why
from sidestep.domain.triage.rules import PlanAccess
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK, day_in_words

WISHES = ("long_run_wish", "run_days_wish", "class_wish")
"""Notes of a week that tell of a wish it could not grant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedWeek:
    """One week of a plan, the course it is on, and the one after it when it is taken well.

    ``comes_back`` in a week after light ones or a break: what follows does not grow yet.
    """

    plan: WeekPlan
    part: WeekPart
    course: Course
    next_course: Course
    comes_back: bool = False

    @property
    def phase(self) -> Phase:
        """What the week is for."""
        return self.part.phase

    @property
    def is_lighter(self) -> bool:
        """Whether it is a lighter week."""
        return self.part.is_lighter

    @property
    def distance_km(self) -> float:
        """Distance of all its runs."""
        return sum(run.distance_km for run in runs_of(self.plan))


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """Weeks in a row.

    Attributes
    ----------
    stopped
        Why there are fewer weeks than asked for, ``None`` when there are not.
    unmet_wishes
        What she would like and the limits do not grant.
    goal
        That a goal ahead is within the limits, ``None`` when it is not or there is none.
    """

    weeks: tuple[PlannedWeek, ...]
    stopped: NoWeek | None = None
    unmet_wishes: tuple[Why, ...] = ()
    goal: Why | None = None


def plan_one(
    starts: date, request: WeekRequest, course: Course | None = None
) -> PlannedWeek | NoWeek:
    """Plan one week where it stands on its course: the first of the weeks ahead.

    Parameters
    ----------
    request
        What the week is planned from.
    course
        What the weeks before it came to, ``None`` when it is the first.
    """
    rules = Rules(request.parameters)
    course = course_now(course, request, starts)
    made = draft_and_build(starts, on_course(request, course, starts, rules))
    if isinstance(made, NoWeek):
        return made
    draft, plan = made
    done = runs_of(plan)
    phase = phase_of(course, draft, done)
    comes_back = bool(done) and comes_back_in(draft)
    is_light = draft.knee.access is not PlanAccess.ALLOWED
    part = WeekPart(
        phase=phase,
        about=about_phase(
            phase,
            rules,
            stays_light=is_light,
            comes_back=comes_back,
            has_runs=bool(done),
            has_goal=course.goal is not None and course.goal.on >= course.starts,
            goes_home=course.goes_home(starts),
            fills_minutes=_fills_minutes(plan),
        ),
        is_lighter=_is_lighter(draft),
        comes_back=phase is Phase.BUILD and comes_back,
    )
    # Its runs may give another reason, for what shortened them besides.
    lighter = (rules.why(LIGHTER_WEEK),) if part.is_lighter and done else ()
    return PlannedWeek(
        plan=replace(plan, part=part, notes=(*lighter, *plan.notes)),
        part=part,
        course=course,
        next_course=next_course(course, draft, done),
        comes_back=comes_back_in(draft),
    )


def _is_lighter(draft: Draft) -> bool:
    """Whether the turn of a lighter week makes the runs shorter."""
    level = draft.request.run_level
    return level is not None and level.why.rule == LIGHTER_WEEK and draft.running.phase is None


def _fills_minutes(plan: WeekPlan) -> bool:
    """Whether the minutes of its day are what holds the longest run."""
    runs = [each for day in plan.days for each in day.blocks if each.kind is BlockKind.RUN]
    longest_km = max((each.distance_km or 0.0 for each in runs), default=0.0)
    return any(each.distance_km == longest_km and each.why.rule == MINUTES_HOLD for each in runs)


def plan_weeks(
    starts: date, count: int, request: WeekRequest, course: Course | None = None
) -> Horizon | NoWeek:
    """Plan weeks in a row.

    Worse pain, and an answer that is missing instead of mild, never make one of them harder. The
    same request gives the same weeks. There is one only while the knee is to be looked at first.

    Parameters
    ----------
    starts
        First day of the first week.
    count
        How many weeks, at least 1.
    request
        What the first week is planned from.
    course
        What the weeks before it came to, ``None`` when there are none.

    Returns
    -------
    Horizon or NoWeek
        ``NoWeek`` when the first week cannot be shown or does not fit.
    """
    outlook = Outlook(
        request=request,
        starts=starts,
        rules=Rules(request.parameters),
        course=course,
        return_phase=request.return_phase,
    )
    weeks: list[PlannedWeek] = []
    hold = None if request.knee is None else request.knee.hold
    for index in range(count):
        if weeks and hold is not None:
            later = starts + timedelta(days=index * DAYS_PER_WEEK)
            stopped = NoWeek(
                week_starts=later, collisions=(), says=hold.says, would_help=(), is_hidden=True
            )
            return Horizon(weeks=tuple(weeks), stopped=stopped, unmet_wishes=_unmet(weeks, outlook))
        planned = outlook.week(index)
        if isinstance(planned, NoWeek):
            if not weeks:
                return planned
            return Horizon(weeks=tuple(weeks), stopped=planned, unmet_wishes=_unmet(weeks, outlook))
        weeks.append(planned)
    unmet = _unmet(weeks, outlook)
    return Horizon(weeks=tuple(weeks), unmet_wishes=unmet, goal=_goal_ahead(weeks, unmet, outlook))


def runs_of(plan: WeekPlan) -> tuple[PastRun, ...]:
    """Return the runs of a week as if they were done."""
    return tuple(
        PastRun(on=day.date, distance_km=block.distance_km or 0.0)
        for day in plan.days
        for block in day.blocks
        if block.kind is BlockKind.RUN
    )


@dataclass(slots=True, kw_only=True)
class Outlook:
    """What is taken to be so as one week after the other is planned.

    Attributes
    ----------
    course
        What the weeks planned so far come to; ``None`` before the first of a new course.
    runs, sessions
        Runs and exercises planned so far; of the exercises what a knee like this lets them come to.
    return_phase
        Index of the phase back to running, ``None`` outside of them.
    in_phase
        Sessions planned in that phase.
    """

    request: WeekRequest
    starts: date
    rules: Rules
    course: Course | None = None
    runs: list[PastRun] = field(default_factory=list)
    sessions: list[HomeSession] = field(default_factory=list)
    return_phase: int | None = None
    in_phase: list[ReturnSession] = field(default_factory=list)

    def week(self, index: int) -> PlannedWeek | NoWeek:
        """Plan the week of this index, the first is 0; those before it have been planned."""
        starts = self.starts + timedelta(days=index * DAYS_PER_WEEK)
        request = self._request(index, starts)
        planned = plan_one(starts, request, self.course)
        if isinstance(planned, PlannedWeek):
            self._go_on(planned, request)
        return planned

    def _request(self, index: int, starts: date) -> WeekRequest:
        """Return what the week is planned from: facts for the first, the outlook after it."""
        if index == 0:
            return self.request
        return replace(
            self.request,
            as_of=starts - timedelta(days=1),
            knee=self._knee(index),
            recent_runs=(*self.request.recent_runs, *self.runs),
            sessions=(*self.request.sessions, *self.sessions),
            next_run_cap_km=None,
            next_run_cap_notes=(),
            review_rule="",
            access_before=None,
            return_phase=self.return_phase,
            most_sessions=_runs_a_week(self.request),
            # What was done is done in the first week, and not in each again.
            lived_until=None,
            lived={},
            ran_on=frozenset(),
        )

    def _knee(self, index: int) -> KneeState | None:
        """Take it that the knee is calm once the weeks of calm are over; its place stays.

        A plan that is kept light stays light: only a new knee check can change that.
        """
        knee = self.request.knee
        if knee is None:
            return None
        weeks = self.rules.count("calm_weeks")
        if index < weeks:
            return knee
        if index < 2 * weeks and not weigh_pain(knee, self.rules).runs:
            # Who had to pause begins as a sore knee does, and not where a calm one goes on.
            return _with_pain_up_to(self.rules.number("running_pain_stop"), knee)
        return _with_pain_up_to(self.rules.number("running_pain_max"), knee)

    def _go_on(self, planned: PlannedWeek, request: WeekRequest) -> None:
        """Take the week as done and as taken well."""
        done = runs_of(planned.plan)
        self.runs += done
        self.course = planned.next_course
        is_sore = request.knee is not None and is_careful(request.knee, self.rules)
        self.sessions += sessions_ahead(planned.plan.days, is_careful=is_sore)
        sessions = _return_sessions(planned.plan)
        if sessions and request.knee is not None:
            self._go_on_returning(sessions, is_sore=is_sore)

    def _go_on_returning(self, sessions: Sequence[ReturnSession], *, is_sore: bool) -> None:
        """Go on to the next phase once enough sessions were planned and one of them was whole."""
        index = sessions[0].phase - 1
        if index != self.return_phase:
            self.return_phase, self.in_phase = index, []
        self.in_phase += sessions
        if is_sore:
            return
        clean_sessions = self.rules.count("return_clean_sessions")
        self.return_phase = phase_after(self.in_phase, self.request.return_phases, clean_sessions)
        if self.return_phase != index:
            self.in_phase = []


def _return_sessions(plan: WeekPlan) -> list[ReturnSession]:
    """Return the sessions back to running of a week as if they were done and taken well."""
    return [
        ReturnSession(
            on=day.date,
            phase=block.return_phase,
            distance_km=block.distance_km or 0.0,
            step=Step.PROGRESS,
            fills_minutes=block.why.rule == MINUTES_HOLD,
        )
        for day in plan.days
        for block in day.blocks
        if block.return_phase is not None
    ]


def goal_out_of_reach(planned: PlannedWeek, request: WeekRequest) -> Why | None:
    """Say of the goal that from this week on it is out of reach, ``None`` when it is not."""
    goal, plan, rules = request.profile.goal, planned.plan, Rules(request.parameters)
    if goal is None or goal.on < plan.week_starts:
        return None
    runs = runs_of(plan)
    if any(run.on == goal.on and run.distance_km >= goal.distance_km for run in runs):
        return None
    if (waits := goal_waits(goal, request, rules)) is not None:
        return waits
    known = [run for run in (*request.recent_runs, *runs) if run.on < goal.on]
    return unmet_goal(
        goal,
        known,
        _last_day(planned),
        rules,
        stands_km=_stands_km(planned),
        held_weeks=_held_weeks(planned),
        fits_on=_fits_on(goal, planned, rules),
    )


def _last_day(planned: PlannedWeek) -> date:
    return planned.plan.week_starts + timedelta(days=DAYS_PER_WEEK - 1)


def _stands_km(planned: PlannedWeek) -> float:
    """Return how long the longest run of a week really stands at, endless where it does not."""
    course = planned.next_course
    return math.inf if course.stands is None else course.stands.long_km * course.split_frac


def _held_weeks(planned: PlannedWeek) -> int:
    """Return how many weeks after this one do not grow yet: the second one after a break."""
    course = planned.next_course
    is_first = course.climbs_from == planned.plan.week_starts
    return int(is_first and course.climb is not None and course.climb.after_break)


def _last_before(goal: Goal, weeks: Sequence[PlannedWeek]) -> PlannedWeek:
    """Return the last week that ends before a goal's day: after it nothing grows any more.

    What happens until then is planned and need not be guessed.
    """
    return next((week for week in reversed(weeks) if _last_day(week) < goal.on), weeks[0])


def _fits_on(goal: Goal, week: PlannedWeek, rules: Rules) -> date | None:
    """Return about when a goal would fit, told from a week of a plan.

    ``None`` while the knee is to calm down or the weeks come back: when growth begins is not known.
    """
    is_steady = week.phase in (Phase.BUILD, Phase.KEEP) and not week.comes_back
    stands_km = _stands_km(week)
    if not is_steady or math.isinf(stands_km):
        return None
    gone = (week.plan.week_starts - week.course.starts).days // DAYS_PER_WEEK
    return fits_from(goal, stands_km, _last_day(week), rules, weeks_gone=gone)


def _runs_a_week(request: WeekRequest) -> int | None:
    """Return on how many days a week she ran while she did: no pause is to end in more than that.

    Two recordings of one day are one running day.
    """
    if not request.recent_runs:
        return None
    days = {run.on for run in request.recent_runs}
    weeks = ((max(days) - min(days)).days + 1) / DAYS_PER_WEEK
    used_to = 0 if request.used_to is None else request.used_to.runs
    return max(used_to, math.ceil(len(days) / max(1.0, weeks)))


def _with_pain_up_to(most: float, knee: KneeState) -> KneeState:
    return replace(
        knee,
        pain_running=most if knee.pain_running is None else min(most, knee.pain_running),
        pain_now=None if knee.pain_now is None else min(most, knee.pain_now),
        pain_daily_life=None if knee.pain_daily_life is None else min(most, knee.pain_daily_life),
    )


def _goal_ahead(weeks: Sequence[PlannedWeek], unmet: Sequence[Why], outlook: Outlook) -> Why | None:
    """Say of a goal that is ahead and not out of reach that the weeks lead to it."""
    goal, rules = outlook.request.profile.goal, outlook.rules
    if goal is None or goal.on < outlook.starts or any(wish.rule == YOUR_GOAL for wish in unmet):
        return None
    before = [week for week in weeks if _last_day(week) < goal.on]
    says = (
        f"Your goal of {goal.distance_km:g} km on {day_in_words(goal.on)} is within the limits as "
        "long as the knee takes the weeks before it well."
    )
    is_long = len(before) >= rules.count("lighter_week_every")
    is_whole = not any(week.is_lighter for week in before)
    if is_long and is_whole and before[-1].course.needs_each_week(rules):
        says += " It takes each of them, so none is a lighter week."
    return own_why(YOUR_GOAL, says)


def _unmet(weeks: Sequence[PlannedWeek], outlook: Outlook) -> tuple[Why, ...]:
    said = {note.rule: note for week in weeks for note in week.plan.notes if note.rule in WISHES}
    goal = outlook.request.profile.goal
    if goal is None or goal.on < outlook.starts:
        return tuple(said.values())
    reached = any(run.on == goal.on and run.distance_km >= goal.distance_km for run in outlook.runs)
    all_runs = (*outlook.request.recent_runs, *outlook.runs)
    missed = None
    if not reached:
        waits = goal_waits(goal, outlook.request, outlook.rules)
        missed = waits or unmet_goal(
            goal,
            all_runs,
            _last_day(weeks[-1]),
            outlook.rules,
            stands_km=_stands_km(weeks[-1]),
            held_weeks=_held_weeks(weeks[-1]),
            fits_on=_fits_on(goal, _last_before(goal, weeks), outlook.rules),
        )
    return (*said.values(), *(() if missed is None else (missed,)))
