"""The drill inside one easy run of a week, once the knee has long been calm; side steps stay."""

import math
from collections.abc import Sequence

from sidestep.domain.planning.calendar import PlacedRun
from sidestep.domain.planning.draft import Draft
from sidestep.domain.planning.exercise import Exercise, ExerciseUse
from sidestep.domain.planning.pain import is_careful
from sidestep.domain.planning.running import is_heavy_novice
from sidestep.domain.planning.week import Block, BlockKind, Bouts, Why


def drill_of(draft: Draft) -> Exercise | None:
    """Return the drill of a week, ``None`` when the knee or the way back asks to wait.

    Each level of drills waits for its number of calm weeks; those that are open take turns. More
    pain, and pain that is not known, never open one. Leaps are not for who is new to running and
    heavy, or may be.
    """
    request, rules = draft.request, draft.rules
    is_waiting = is_careful(draft.knee, rules) or draft.running.phase is not None
    weeks_a_level = rules.count("drill_calm_weeks")
    may_leap = is_heavy_novice(request, draft.knee, rules) is False
    level_most = math.inf if may_leap else rules.count("level_max_to_begin")
    opened = sorted(
        (
            each
            for each in request.exercises.values()
            if each.use is ExerciseUse.DRILL
            and each.level <= level_most
            and request.calm_weeks >= each.level * weeks_a_level
            and each.stop_above_pain >= draft.pain.running
            and each.id not in request.avoided
            and request.profile.has(each.equipment)
        ),
        key=lambda each: (each.level, each.id),
    )
    return None if is_waiting or not opened else opened[request.turn % len(opened)]


def where_drill_is_best(draft: Draft, runs: Sequence[PlacedRun]) -> PlacedRun | None:
    """Return the run that takes the drill: the first that is neither the longest nor the goal."""
    longest = max(runs, key=lambda run: run.distance_km, default=None)
    goal_on = draft.calendar.pins.goal_on
    easy = (run for run in runs if run is not longest and run.on != goal_on)
    return min(easy, key=lambda run: run.on, default=None)


def drill_block(drill: Exercise, draft: Draft) -> Block:
    """Return a drill as it comes inside a run, after its first side steps."""
    dose = drill.dose
    count = dose.sets * (2 if dose.is_per_side else 1)
    weeks = draft.rules.why("drill_calm_weeks")
    return Block(
        kind=BlockKind.DRILL,
        exercise=drill.id,
        title=drill.title,
        dose=f"{dose.in_words}, after the first side steps",
        minutes=dose.minutes,
        why=Why(rule=drill.id, says=f"{drill.says} {weeks.says}", backing=drill.backing),
        cues=drill.cues,
        bouts=None if dose.hold_s is None else Bouts(count=count, bout_s=dose.hold_s),
    )
