"""The way of the weeks: where a person stands on it, and what a week that passed makes of it.

Weeks ahead and a week planned alone go by the same course, so the one is the first of the others.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sidestep.domain.planning.draft import Draft
from sidestep.domain.planning.levels import (
    Climb,
    climb_of,
    is_at,
    lighter,
    longer,
    next_level,
    runs_back,
    same_level,
    share_of,
    shorter,
    stands_at,
    stands_really,
    stands_wished,
    top_of,
)
from sidestep.domain.planning.pain import is_careful
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import (
    Goal,
    KneeState,
    Lengths,
    PastRun,
    RunLevel,
    WeekRequest,
)
from sidestep.domain.planning.running import FIRST_WEEK, comes_back, is_after_break, made_shorter_km
from sidestep.domain.planning.week import Phase
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Where a person stands at the start of a week.

    Attributes
    ----------
    starts
        First day of the course, from which weeks are counted.
    goal
        The goal it leads to, ``None`` without one.
    used_to
        What she ran before the trouble, as it was known at the start.
    climb
        Where the runs come from and where they may go; ``None`` before the first week that runs
        through.
    climbs_from
        First day of the week that ``climb.usual`` is of.
    stands
        The lengths of the last full week, ``None`` before there is one.
    best
        The longest they stood at: what care takes its share from.
    runs
        How many runs the last week asked for, ``None`` before there was one.
    split_frac
        The share of its length each of them had because its distance was split into more runs.
    calm_weeks
        Weeks that passed without a reason for care and were taken well.
    calm_until
        First day after the weeks of calm that the knee asked for last, ``None`` when it did not.
    grows
        Whether the last week was taken well, so that the next may grow.
    was_in_reach
        Whether the goal was in reach a week before, see ``can_reach``.
    """

    starts: date
    goal: Goal | None = None
    used_to: RunLevel | None = None
    climb: Climb | None = None
    climbs_from: date
    stands: Lengths | None = None
    best: Lengths | None = None
    runs: int | None = None
    split_frac: float = 1.0
    calm_weeks: int = 0
    calm_until: date | None = None
    grows: bool = False
    was_in_reach: bool = True

    def is_calming(self, week_starts: date) -> bool:
        """Whether the weeks of calm are not over yet."""
        return self.calm_until is not None and week_starts < self.calm_until

    def is_goal_over(self, week_starts: date) -> bool:
        """Whether the goal's own week has passed."""
        goal_index = self._goal_index
        return goal_index is not None and self._index(week_starts) > goal_index

    def goes_home(self, week_starts: date) -> bool:
        """Whether the runs get shorter, as they stand where only a goal that is over had led."""
        if self.climb is None or self.stands is None or not self.is_goal_over(week_starts):
            return False
        return shorter(self.stands, self.climb.home) != self.stands

    def is_lighter(self, week_starts: date, rules: Rules) -> bool:
        """Whether a week is a lighter one: the goal's own, the one after, each fourth before.

        Not before it where the goal is in reach only without them, nor for a goal that is out of
        reach from where the climb begins: there is no long run to be fresh for. The knee is not
        asked: else a sorer one could escape a lighter week.
        """
        goal_index, index = self._goal_index, self._index(week_starts)
        if goal_index is None or index > goal_index + 1:
            return False
        if index >= goal_index:
            return self.can_reach(rules)
        return self._is_turn(index, goal_index, rules) and not self.needs_each_week(rules)

    def weeks_to_goal(self, week_starts: date, rules: Rules) -> int | None:
        """Count the weeks to grow in on the way to the goal, those to spare left out.

        ``None`` without a goal. Once none is left, what is missing still grows as far as it may.
        """
        goal_index, index = self._goal_index, self._index(week_starts)
        if goal_index is None:
            return None
        if self.needs_each_week(rules):
            return max(1, goal_index - index)
        spare_frac = self._spare_frac(rules)
        if spare_frac is None:
            spare_frac = rules.number("goal_spare_frac")
        there_by = math.floor(goal_index * (1.0 - spare_frac))
        return max(1, self._weeks_with_turns(index, there_by, rules))

    def top(self, week_starts: date, rules: Rules) -> Lengths | None:
        """Return where the runs may grow to, ``None`` before there is a climb."""
        if self.climb is None:
            return None
        goal = None if self.is_goal_over(week_starts) else self.goal
        return top_of(self.climb, goal, self.starts, rules, split_frac=self.split_frac)

    def turn(self, week_starts: date, rules: Rules) -> int:
        """Return which turn of exercises for the same job a week belongs to, the first is 0."""
        return self._index(week_starts) // rules.count("exercise_turn_weeks")

    def can_reach(self, rules: Rules) -> bool:
        """Whether growth in each week could do for the goal, from where the climb begins.

        Where that is at the goal itself, or after it, what was known before counts.
        """
        climb, goal_index, top = self.climb, self._goal_index, self.top(self.starts, rules)
        if climb is None or goal_index is None or top is None:
            return True
        first = self._index(self.climbs_from) + 1
        if first > goal_index:
            return self.was_in_reach
        return climb.can_reach_in(goal_index - first, top, rules)

    def needs_each_week(self, rules: Rules) -> bool:
        """Whether the goal is in reach only where no week on the way to it is a lighter one."""
        return self.can_reach(rules) and self._spare_frac(rules) is None

    @property
    def _goal_index(self) -> int | None:
        if self.goal is None or self.goal.on < self.starts:
            return None
        return self._index(self.goal.on)

    def _index(self, on: date) -> int:
        return (on - self.starts).days // DAYS_PER_WEEK

    def _weeks_with_turns(self, index: int, before: int, rules: Rules) -> int:
        """Count the weeks that can grow: those that are no lighter ones by turn."""
        goal_index = self._goal_index
        return sum(not self._is_turn(each, goal_index, rules) for each in range(index, before))

    def _is_turn(self, index: int, goal_index: int | None, rules: Rules) -> bool:
        """Whether it is the turn of a lighter week.

        One two weeks before a goal's own, which is a lighter one itself, waits a week: else a long
        week would stand between two lighter ones, next to the goal.
        """
        every = rules.count("lighter_week_every")
        is_turn, was_turn = (index + 1) % every == 0, index % every == 0
        if goal_index is None or not self.can_reach(rules):
            return is_turn
        if index == goal_index - 1:
            return is_turn or was_turn
        return is_turn and index != goal_index - 2

    def _spare_frac(self, rules: Rules) -> float | None:
        """Return which share of the weeks can be left to spare with lighter ones among them.

        Half as much does where all of it is too much: a far goal is no reason to leave out each
        lighter week. ``None`` where not even that leaves enough weeks to grow in.
        """
        climb, goal_index, top = self.climb, self._goal_index, self.top(self.starts, rules)
        whole_frac = rules.number("goal_spare_frac")
        if climb is None or goal_index is None or top is None:
            return whole_frac
        weeks = self._weeks_with_turns(self._index(self.climbs_from) + 1, goal_index, rules)
        for spare_frac in (whole_frac, whole_frac / 2.0):
            if climb.can_reach_in(math.floor(weeks * (1.0 - spare_frac)), top, rules):
                return spare_frac
        return None


def course_now(course: Course | None, request: WeekRequest, week_starts: date) -> Course:
    """Return the course a week is on: a new one where there is none so far.

    A new goal starts counting where she stands.
    """
    goal = request.profile.goal
    if course is None:
        return Course(
            starts=week_starts, climbs_from=week_starts, goal=goal, used_to=request.used_to
        )
    if goal == course.goal:
        return course
    return _climbing_from(replace(course, goal=goal, starts=week_starts), week_starts)


def _climbing_from(course: Course, week_starts: date) -> Course:
    """Let the climb start where the runs stand now."""
    climb, stands = course.climb, course.stands
    if climb is None or stands is None:
        return replace(course, climbs_from=week_starts)
    climb = replace(climb, usual=stands, after_break=False)
    return replace(course, climb=climb, climbs_from=week_starts)


def on_course(request: WeekRequest, course: Course, week_starts: date, rules: Rules) -> WeekRequest:
    """Return what a week is planned from, with what its place on the course says of it."""
    if request.knee is None:
        return request
    knee = _settled(request.knee, course, week_starts, rules)
    course = _unsplit(course, knee)
    request = replace(request, used_to_week_km=_used_to_week_km(request, course))
    # None while weeks are light already.
    is_lighter = course.is_lighter(week_starts, rules) and not comes_back(
        request, week_starts, rules
    )
    return replace(
        request,
        knee=knee,
        run_level=_level(course, knee, week_starts, rules, is_lighter=is_lighter),
        is_lighter=is_lighter,
        # The little more that was accepted takes the place of growth.
        grows=course.grows or course.stands is None or bool(request.review_rule),
        used_to=_eased_from(course, rules),
        turn=course.turn(week_starts, rules),
        calm_weeks=0 if course.is_calming(week_starts) else course.calm_weeks,
    )


def _used_to_week_km(request: WeekRequest, course: Course) -> float | None:
    """Return what a week had before the trouble, though the history forgets it in the meantime."""
    climb, known_km = course.climb, request.used_to_week_km
    if climb is None or course.used_to is None:
        return known_km
    home_km = climb.home.week_km(climb.most_runs)
    return home_km if known_km is None else max(known_km, home_km)


def _settled(knee: KneeState, course: Course, week_starts: date, rules: Rules) -> KneeState:
    """Set aside the distance until pain once weeks of calm were run well since it was told."""
    weeks = timedelta(days=rules.count("calm_weeks") * DAYS_PER_WEEK)
    is_over = week_starts - course.starts >= weeks and (course.grows or course.calm_weeks > 0)
    if not is_over or is_careful(knee, rules):
        return knee
    return replace(knee, distance_until_pain_km=None)


def _unsplit(course: Course, knee: KneeState) -> Course:
    """Let runs that are split no more go on from the lengths they really had."""
    if knee.has_front_pattern or course.split_frac >= 1.0 or course.stands is None:
        return course
    return replace(course, stands=share_of(course.stands, course.split_frac), split_frac=1.0)


def _eased_from(course: Course, rules: Rules) -> RunLevel | None:
    """Return what care takes its share from: the best there was, on the course or before it."""
    climb, best, used_to = course.climb, course.best, course.used_to
    if climb is None or best is None:
        return used_to
    if used_to is not None:
        best = longer(best, Lengths(easy_km=used_to.easy_km, long_km=used_to.long_km))
    return RunLevel(
        runs=climb.most_runs,
        easy_km=best.easy_km,
        long_km=best.long_km,
        why=rules.why("keep_weeks") if used_to is None else used_to.why,
    )


def _level(
    course: Course, knee: KneeState, week_starts: date, rules: Rules, *, is_lighter: bool
) -> RunLevel | None:
    """Return where the runs stand: they grow after a week taken well, else the week comes again."""
    climb, stood, top = course.climb, course.stands, course.top(week_starts, rules)
    if climb is None or stood is None or top is None:
        return None
    # Whatever the knee says: a sorer one is not to stay where the goal was.
    stands = shorter(stood, climb.home) if course.is_goal_over(week_starts) else stood
    is_held = is_careful(knee, rules) or knee.distance_until_pain_km is not None
    is_held = is_held or knee.hold is not None
    if is_held or course.is_calming(week_starts):
        level = same_level(climb, top, stands, rules)
    else:
        level = _free_level(course, climb, top, stands, knee, week_starts, rules)
    return lighter(level, stood, course.best or stood, rules) if is_lighter else level


def _free_level(
    course: Course,
    climb: Climb,
    top: Lengths,
    stands: Lengths,
    knee: KneeState,
    week_starts: date,
    rules: Rules,
) -> RunLevel:
    # Pain at the front has one run more already, each of them shorter.
    runs = climb.runs if knee.has_front_pattern else runs_back(climb, course.calm_weeks, rules)
    level = replace(same_level(climb, top, stands, rules), runs=runs)
    if not course.grows or (course.runs is not None and runs > course.runs):
        # A week gets longer runs or one run more, not both.
        return level
    weeks_left = course.weeks_to_goal(week_starts, rules)
    grown = next_level(climb, top, stands, rules, weeks_left=weeks_left)
    return replace(grown, runs=runs)


def phase_of(course: Course, draft: Draft, done: Sequence[PastRun]) -> Phase:
    """Say what a week is for; where nothing grows any more it keeps."""
    starts, rules = draft.week_starts, draft.rules
    if draft.running.phase is not None:
        return Phase.RETURN
    if draft.is_careful or course.is_calming(starts):
        return Phase.CALM
    if not done:
        return Phase.KEEP
    if comes_back_in(draft) or draft.running.long_why.rule == FIRST_WEEK:
        # Coming back, or held below a first week's figure: what was usual is not there yet.
        return Phase.BUILD
    if course.is_goal_over(starts):
        return Phase.KEEP
    stands, wished = stands_at(draft, done), stands_wished(draft.running)
    climb = course.climb or climb_of(draft)
    frac = draft.running.split_frac
    top = top_of(climb, course.goal, course.starts, rules, split_frac=frac)
    has_to_wait = draft.request.is_lighter or not course.grows
    if has_to_wait or course.stands is None or stands is None:
        # A lighter week is no step back on the way: it goes by where the runs stand beside it.
        beside = course.stands if draft.request.is_lighter else None
        return Phase.KEEP if is_at(top, beside or wished) else Phase.BUILD
    grows = stands.long_km > course.stands.long_km or stands.easy_km > course.stands.easy_km
    return Phase.BUILD if grows else Phase.KEEP


def comes_back_in(draft: Draft) -> bool:
    """Whether a week comes back from light weeks, or is the first or second after a break."""
    after_break = is_after_break(draft.request, draft.week_starts, draft.rules)
    return draft.running.back is not None or after_break


def next_course(course: Course, draft: Draft, done: Sequence[PastRun]) -> Course:
    """Return the course after a week that was done as planned and taken well.

    Parameters
    ----------
    done
        The runs the week was planned with.
    """
    starts, rules = draft.week_starts, draft.rules
    calm_until = course.calm_until
    if draft.is_careful and not course.is_calming(starts):
        calm_until = starts + timedelta(days=rules.count("calm_weeks") * DAYS_PER_WEEK)
    passed = replace(
        course,
        calm_until=calm_until,
        calm_weeks=course.calm_weeks + (not draft.is_careful),
        grows=True,
        was_in_reach=course.can_reach(rules),
    )
    if draft.running.phase is not None:
        # Walking and running in turn leads to a climb of its own.
        return replace(
            passed,
            climb=None,
            climbs_from=starts,
            stands=None,
            best=None,
            runs=None,
            split_frac=1.0,
        )
    if course.climb is None:
        passed = replace(passed, climb=climb_of(draft), climbs_from=starts)
    return _with_lengths(passed, course, draft, done)


def _with_lengths(passed: Course, before: Course, draft: Draft, done: Sequence[PastRun]) -> Course:
    climb = passed.climb or climb_of(draft)
    best = before.best or climb.usual
    is_lighter = draft.request.is_lighter
    # While weeks come back nothing else grows: what was reached before is what they come back to.
    is_held = is_lighter or (draft.running.back is not None and before.stands is not None)
    stands = _held(before, draft) if is_held else stands_at(draft, done) or before.stands
    if draft.running.pause is not None:
        # Runs start again at a share, and several weeks of pause take it once.
        share = share_of(best, draft.rules.number("eased_run_frac"))
        stands = share if stands is None else shorter(stands, share)
    if stands is None:
        # A first week that is the goal's own, or that no run fits, still is where the next starts.
        stands = stands_wished(draft.running)
    if not draft.is_careful and done and not is_lighter:
        best = longer(best, stands)
    split_frac = draft.running.split_frac if done else before.split_frac
    asked = None if draft.request.run_level is None else draft.request.run_level.runs
    return replace(
        passed, stands=stands, best=best, split_frac=split_frac, runs=asked or climb.runs
    )


def _held(before: Course, draft: Draft) -> Lengths | None:
    """Return where runs stand after a week that grows nothing: shorter where that was asked for.

    Else a week made shorter because it took too long would be followed by one as long as before.
    """
    rule, rules = draft.request.review_rule, draft.rules
    if before.stands is None or not rule or rules.number(rule) >= 1.0:
        return before.stands
    return Lengths(
        easy_km=made_shorter_km(before.stands.easy_km, rule, rules),
        long_km=made_shorter_km(before.stands.long_km, rule, rules),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LivedWeek:
    """How a planned week went.

    Attributes
    ----------
    before, after
        The course it was planned on, and the one after it if all of it is done and taken well.
    planned, done
        The runs it was planned with, and those that were run in its days.
    was_well
        Whether runs of it are known to have been taken well; not known is not well.
    """

    before: Course
    after: Course
    planned: tuple[PastRun, ...]
    done: tuple[PastRun, ...]
    was_well: bool


def course_after(week: LivedWeek, next_starts: date) -> Course:
    """Return the course after a week as it really went.

    What was left out comes again and takes nothing away. Nothing grows, and no calm week counts,
    unless the week is known to have been taken well.
    """
    before, after = week.before, week.after
    course = after
    if after.stands is not None:
        stands = stands_really(week.planned, week.done, before.stands, after.stands)
        best = after.best if stands == after.stands else before.best or after.best
        course = replace(after, stands=stands, best=best)
    if week.was_well:
        return course
    return _climbing_from(replace(course, calm_weeks=before.calm_weeks, grows=False), next_starts)
