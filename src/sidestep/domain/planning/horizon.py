"""Weeks ahead, each planned as if those before it were done and the knee had taken them well.

A week is solved by itself, with the runs planned before it as its history: so every limit holds
along the whole plan, and what stands in week nine rests on weeks one to eight.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sidestep.domain.planning.build import draft_and_build
from sidestep.domain.planning.draft import Draft
from sidestep.domain.planning.goal import unmet_goal
from sidestep.domain.planning.levels import (
    Climb,
    climb_of,
    eased,
    lighter,
    next_level,
    shorter,
    stands_at,
    stands_wished,
    usual_level,
    without_goal,
)
from sidestep.domain.planning.pain import is_careful, weigh_pain
from sidestep.domain.planning.phases import Phase, about_phase
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import KneeState, Lengths, PastRun, RunLevel, WeekRequest
from sidestep.domain.planning.return_to_run import ReturnPhase
from sidestep.domain.planning.week import BlockKind, NoWeek, WeekPlan, Why
from sidestep.domain.triage.rules import PlanAccess
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK

WISHES = ("long_run_wish", "run_days_wish", "class_wish")
"""Notes of a week that tell of a wish it could not grant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedWeek:
    """One week of a plan, what it is for and when the next part comes."""

    plan: WeekPlan
    phase: Phase
    about: Why
    is_lighter: bool = False

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
    """

    weeks: tuple[PlannedWeek, ...]
    stopped: NoWeek | None = None
    unmet_wishes: tuple[Why, ...] = ()


def plan_weeks(starts: date, count: int, request: WeekRequest) -> Horizon | NoWeek:
    """Plan weeks in a row.

    Worse pain, and an answer that is missing instead of mild, never make one of them harder. The
    same request gives the same weeks.

    Parameters
    ----------
    starts
        First day of the first week.
    count
        How many weeks, at least 1.
    request
        What the first week is planned from.

    Returns
    -------
    Horizon or NoWeek
        ``NoWeek`` when the first week cannot be shown or does not fit.
    """
    outlook = Outlook(
        request=request,
        starts=starts,
        rules=Rules(request.parameters),
        return_phase=request.return_phase,
    )
    weeks: list[PlannedWeek] = []
    for index in range(count):
        planned = outlook.week(index)
        if isinstance(planned, NoWeek):
            if not weeks:
                return planned
            return Horizon(weeks=tuple(weeks), stopped=planned, unmet_wishes=_unmet(weeks, outlook))
        weeks.append(planned)
    return Horizon(weeks=tuple(weeks), unmet_wishes=_unmet(weeks, outlook))


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
    runs
        Those planned so far.
    climb
        Where the runs come from and where they may go; ``None`` before the first week that runs.
    stands
        The lengths of the last full week, ``None`` before there is one.
    return_phase
        Index of the phase back to running, ``None`` outside of them.
    sessions_km
        Sessions planned in that phase.
    calm_weeks
        Weeks planned without a reason for care.
    """

    request: WeekRequest
    starts: date
    rules: Rules
    runs: list[PastRun] = field(default_factory=list)
    climb: Climb | None = None
    stands: Lengths | None = None
    return_phase: int | None = None
    sessions_km: list[float] = field(default_factory=list)
    calm_weeks: int = 0

    def week(self, index: int) -> PlannedWeek | NoWeek:
        """Plan the week of this index, the first is 0; those before it have been planned."""
        starts = self.starts + timedelta(days=index * DAYS_PER_WEEK)
        request = self._request(index, starts)
        made = draft_and_build(starts, request)
        if isinstance(made, NoWeek):
            return made
        draft, plan = made
        is_lighter = self._is_lighter(index) and draft.running.phase is None
        phase = self._phase(draft, runs_of(plan), is_lighter=is_lighter)
        self._go_on(plan, draft, is_lighter=is_lighter)
        is_light = draft.knee.access is not PlanAccess.ALLOWED
        about = about_phase(phase, self.rules, stays_light=is_light)
        return PlannedWeek(plan=plan, phase=phase, about=about, is_lighter=is_lighter)

    def _request(self, index: int, starts: date) -> WeekRequest:
        """Return what the week is planned from: facts for the first, the outlook after it."""
        if index == 0:
            return self.request
        knee = self._knee(index)
        steps = self.calm_weeks // self.rules.count("level_weeks")
        return replace(
            self.request,
            as_of=starts - timedelta(days=1),
            knee=knee,
            recent_runs=(*self.request.recent_runs, *self.runs),
            next_run_cap_km=None,
            next_run_cap_notes=(),
            review_rule="",
            planned_before=None,
            run_level=None if knee is None else self._level(index, knee),
            return_phase=self.return_phase,
            level_steps=self.request.level_steps + steps,
        )

    def _knee(self, index: int) -> KneeState | None:
        """Take it that the knee is calm once the weeks of calm are over; its place stays.

        A plan that is kept light stays as it is: only a new knee check can change that.
        """
        knee = self.request.knee
        if knee is None or knee.access is not PlanAccess.ALLOWED:
            return knee
        weeks = self.rules.count("calm_weeks")
        if index < weeks:
            return knee
        if index < 2 * weeks and not weigh_pain(knee, self.rules).runs:
            # Who had to pause begins as a sore knee does, and not where a calm one goes on.
            return _with_pain_up_to(self.rules.number("running_pain_stop"), knee)
        calm = _with_pain_up_to(self.rules.number("running_pain_max"), knee)
        return replace(calm, distance_until_pain_km=None)

    def _level(self, index: int, knee: KneeState) -> RunLevel | None:
        """Return where the runs stand: care is taken from the usual, growth from before."""
        climb, stands = self.climb, self.stands
        if climb is None or stands is None:
            return None
        if is_careful(knee, self.rules) or knee.distance_until_pain_km is not None:
            level = usual_level(climb, self.rules)
            return lighter(level, climb.usual, self.rules) if self._is_lighter(index) else level
        if self._is_goal_over(index):
            climb, stands = without_goal(climb), shorter(stands, climb.home)
        level = next_level(
            climb,
            stands,
            self.rules,
            calm_weeks=self.calm_weeks,
            weeks_left=self._weeks_to_goal(index),
        )
        return lighter(level, stands, self.rules) if self._is_lighter(index) else level

    def _phase(self, draft: Draft, done: Sequence[PastRun], *, is_lighter: bool) -> Phase:
        """Say what a week is for; where nothing grows any more it keeps."""
        if draft.running.phase is not None:
            return Phase.RETURN
        if draft.is_careful:
            return Phase.CALM
        if self._is_goal_over(self._index(draft.week_starts)):
            return Phase.KEEP
        stands = stands_at(draft.running, done)
        climb = self.climb or climb_of(draft)
        if is_lighter or self.stands is None or stands is None:
            return Phase.KEEP if climb.is_at_top(stands_wished(draft.running)) else Phase.BUILD
        grows = stands.long_km > self.stands.long_km or stands.easy_km > self.stands.easy_km
        return Phase.BUILD if grows else Phase.KEEP

    def _index(self, starts: date) -> int:
        return (starts - self.starts).days // DAYS_PER_WEEK

    def _is_lighter(self, index: int) -> bool:
        """Whether this is a lighter week: the goal's own, the one after, each fourth before.

        Not before it where the goal is in reach only without them. The knee is not asked: else a
        sorer one could escape a lighter week.
        """
        goal_index = self._goal_index()
        if goal_index is None or index > goal_index + 1:
            return False
        if index >= goal_index:
            return True
        return self._is_lighter_by_turn(index) and not self._needs_each_week(goal_index)

    def _needs_each_week(self, goal_index: int) -> bool:
        climb = self.climb
        if climb is None:
            return False
        return climb.can_reach_top_in(goal_index - 1, self.rules) and not climb.can_reach_top_in(
            self._weeks_with_turns(1, goal_index), self.rules
        )

    def _is_lighter_by_turn(self, index: int) -> bool:
        return (index + 1) % self.rules.count("lighter_week_every") == 0

    def _goal_index(self) -> int | None:
        goal = self.request.profile.goal
        return None if goal is None or goal.on < self.starts else self._index(goal.on)

    def _is_goal_over(self, index: int) -> bool:
        goal_index = self._goal_index()
        return goal_index is not None and index > goal_index

    def _weeks_to_goal(self, index: int) -> int | None:
        """Count the weeks that can still grow before the goal's own; ``None`` without a goal."""
        goal_index = self._goal_index()
        if goal_index is None:
            return None
        if self._needs_each_week(goal_index):
            return goal_index - index
        return self._weeks_with_turns(index, goal_index)

    def _weeks_with_turns(self, index: int, goal_index: int) -> int:
        return sum(not self._is_lighter_by_turn(ahead) for ahead in range(index, goal_index))

    def _go_on(self, plan: WeekPlan, draft: Draft, *, is_lighter: bool) -> None:
        """Take the week as done and as taken well."""
        done = runs_of(plan)
        self.runs += done
        self.calm_weeks += not draft.is_careful
        if draft.running.phase is not None:
            self._go_on_returning(draft, draft.running.phase, done)
            return
        self.climb = self.climb or climb_of(draft)
        if not is_lighter:
            self.stands = stands_at(draft.running, done) or self.stands
        if self.stands is None:
            # A first week that pauses, or is the goal's own, still is where the next one starts.
            self.stands = stands_wished(draft.running) if done else eased(self.climb, self.rules)

    def _go_on_returning(self, draft: Draft, phase: ReturnPhase, done: Sequence[PastRun]) -> None:
        """Go on to the next phase once enough sessions were planned and its distance is reached."""
        phases = self.request.return_phases
        index = phases.index(phase)
        if index != self.return_phase:
            self.return_phase, self.sessions_km = index, []
        self.sessions_km += [run.distance_km for run in done]
        enough = len(self.sessions_km) >= self.rules.count("return_clean_sessions")
        reached = max(self.sessions_km, default=0.0) >= phase.distance_km
        if not (enough and reached) or draft.is_careful:
            return
        self.return_phase = index + 1 if index + 1 < len(phases) else None
        self.sessions_km = []


def _with_pain_up_to(most: float, knee: KneeState) -> KneeState:
    return replace(
        knee,
        pain_running=most if knee.pain_running is None else min(most, knee.pain_running),
        pain_now=None if knee.pain_now is None else min(most, knee.pain_now),
        pain_daily_life=None if knee.pain_daily_life is None else min(most, knee.pain_daily_life),
    )


def _unmet(weeks: Sequence[PlannedWeek], outlook: Outlook) -> tuple[Why, ...]:
    said = {note.rule: note for week in weeks for note in week.plan.notes if note.rule in WISHES}
    goal = outlook.request.profile.goal
    last = weeks[-1].plan.week_starts + timedelta(days=DAYS_PER_WEEK - 1)
    if goal is None:
        return tuple(said.values())
    reached = any(run.on == goal.on and run.distance_km >= goal.distance_km for run in outlook.runs)
    all_runs = (*outlook.request.recent_runs, *outlook.runs)
    missed = None if reached else unmet_goal(goal, all_runs, last, outlook.rules)
    return (*said.values(), *(() if missed is None else (missed,)))
