"""The course of the weeks, kept with each week and read back with what became of it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sidestep.domain.planning.check_in import CheckIn
from sidestep.domain.planning.course import Course, LivedWeek, course_after
from sidestep.domain.planning.horizon import PlannedWeek
from sidestep.domain.planning.levels import Climb
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import Goal, Lengths, PastRun, RunLevel
from sidestep.domain.planning.took_well import was_taken_well
from sidestep.domain.planning.used_to import as_used_to
from sidestep.domain.planning.week import BlockKind
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK, is_in_week
from sidestep.services.check_ins.log_day import days_told, pain_at_knee_check
from sidestep.services.ports import Knowledge, Store
from sidestep.services.week.kept_week import Week, days_of, kept_weeks, week_start

COURSE = "course"


def course_document(planned: PlannedWeek) -> dict[str, Any]:
    """Build what is kept of the course with a week."""
    return {"before": _document(planned.course), "after": _document(planned.next_course)}


def course_at(store: Store, knowledge: Knowledge, starts: date, today: date) -> Course | None:
    """Return the course that a week goes on with, ``None`` when it begins one.

    It is that of the last kept week that was over by then, as long ago as counts, after what was
    really run in it and how the knee took that.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number it rests on.
    StorageError
        The records cannot be read.
    """
    rules = Rules({**knowledge.load, **knowledge.plans})
    kept = _last_week(store, starts, rules)
    if kept is None:
        return None
    kept_starts = week_start(kept)
    follows = starts - kept_starts < timedelta(days=2 * DAYS_PER_WEEK)
    told = days_told(store, knowledge)
    lived = LivedWeek(
        before=_read(kept[COURSE]["before"], rules),
        after=_read(kept[COURSE]["after"], rules),
        planned=_planned_runs(kept),
        done=_done_runs(store, kept_starts),
        was_well=follows and _was_well(told, kept_starts, today, store, rules),
    )
    return course_after(lived, starts)


def _last_week(store: Store, starts: date, rules: Rules) -> Week | None:
    memory = timedelta(days=rules.count("course_memory_weeks") * DAYS_PER_WEEK)
    over = [
        week
        for week in kept_weeks(store)
        if timedelta(days=DAYS_PER_WEEK) <= starts - week_start(week) <= memory
    ]
    return over[-1] if over and COURSE in over[-1] else None


def _was_well(
    told: Sequence[CheckIn], kept_starts: date, today: date, store: Store, rules: Rules
) -> bool:
    next_starts = kept_starts + timedelta(days=DAYS_PER_WEEK)
    return was_taken_well(
        told,
        kept_starts,
        next_starts,
        today,
        rules,
        pain_before=pain_at_knee_check(store),
    )


def _planned_runs(week: Week) -> tuple[PastRun, ...]:
    return tuple(
        PastRun(on=day.date, distance_km=block.distance_km or 0.0)
        for day in days_of(week)
        for block in day.blocks
        if block.kind is BlockKind.RUN
    )


def _done_runs(store: Store, starts: date) -> tuple[PastRun, ...]:
    return tuple(
        PastRun(on=each.local_date, distance_km=each.distance_km)
        for each in store.activities()
        if each.sport.is_running
        and each.is_counted
        and each.distance_km is not None
        and is_in_week(each.local_date, starts)
    )


def _document(course: Course) -> dict[str, Any]:
    climb, goal, used_to = course.climb, course.goal, course.used_to
    return {
        "starts": course.starts.isoformat(),
        "goal": None
        if goal is None
        else {"distance_km": goal.distance_km, "on": goal.on.isoformat()},
        "used_to": None if used_to is None else _level_document(used_to),
        "climb": None
        if climb is None
        else {
            "runs": climb.runs,
            "most_runs": climb.most_runs,
            "usual": _lengths_document(climb.usual),
            "home": _lengths_document(climb.home),
            "after_break": climb.after_break,
        },
        "climbs_from": course.climbs_from.isoformat(),
        "stands": _lengths_document(course.stands),
        "best": _lengths_document(course.best),
        "runs": course.runs,
        "split_frac": course.split_frac,
        "calm_weeks": course.calm_weeks,
        "calm_until": None if course.calm_until is None else course.calm_until.isoformat(),
        "grows": course.grows,
        "was_in_reach": course.was_in_reach,
    }


def _level_document(level: RunLevel) -> dict[str, Any]:
    return {"runs": level.runs, "easy_km": level.easy_km, "long_km": level.long_km}


def _lengths_document(lengths: Lengths | None) -> dict[str, float] | None:
    return None if lengths is None else {"easy_km": lengths.easy_km, "long_km": lengths.long_km}


def _read(kept: Mapping[str, Any], rules: Rules) -> Course:
    goal, used_to, climb, until = (
        kept[name] for name in ("goal", "used_to", "climb", "calm_until")
    )
    return Course(
        starts=date.fromisoformat(kept["starts"]),
        goal=None
        if goal is None
        else Goal(distance_km=goal["distance_km"], on=date.fromisoformat(goal["on"])),
        used_to=None if used_to is None else as_used_to(**used_to, rules=rules),
        climb=None if climb is None else _read_climb(climb),
        climbs_from=date.fromisoformat(kept["climbs_from"]),
        stands=_read_lengths(kept["stands"]),
        best=_read_lengths(kept["best"]),
        runs=kept["runs"],
        split_frac=kept["split_frac"],
        calm_weeks=kept["calm_weeks"],
        calm_until=None if until is None else date.fromisoformat(until),
        grows=kept["grows"],
        # Courses kept before it was know nothing of it.
        was_in_reach=kept.get("was_in_reach", True),
    )


def _read_climb(kept: Mapping[str, Any]) -> Climb:
    return Climb(
        runs=kept["runs"],
        most_runs=kept["most_runs"],
        usual=Lengths(**kept["usual"]),
        home=Lengths(**kept["home"]),
        # Weeks that were kept before it was known do not say it.
        after_break=kept.get("after_break", False),
    )


def _read_lengths(kept: Mapping[str, float] | None) -> Lengths | None:
    return None if kept is None else Lengths(**kept)
