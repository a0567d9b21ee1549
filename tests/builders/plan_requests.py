"""Requests for a week with numbers known here, so that the answers can be worked out by hand."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sidestep.domain.planning.exercise import CrossTraining, Dose, Exercise, ExerciseUse
from sidestep.domain.planning.request import KneeState, PastRun, RunnerProfile, WeekRequest
from sidestep.domain.planning.return_to_run import ReturnPhase
from sidestep.domain.triage.rules import PlanAccess
from sidestep.domain.vocabulary.evidence import Backing, Basis, Parameter

MONDAY = date(2026, 11, 23)
SUNDAY_BEFORE = date(2026, 11, 22)
SINCE = date(2026, 11, 22)
OURS = Backing(basis=Basis.DESIGN)

NUMBERS: dict[str, float] = {
    "add_run_weeks": 2,
    "assumed_pace_min_per_km": 7,
    "assumed_pain": 3,
    "back_long_frac": 0.5,
    "back_week_frac": 0.5,
    "back_week_rise": 1.5,
    "block_minutes_max": 10,
    "barefoot_calm_weeks": 4,
    "barefoot_step_min": 1,
    "break_days": 14,
    "break_run_frac": 0.7,
    "body_mass_index_gate": 30,
    "body_mass_unknown": 3,
    "build_step_frac": 1.1,
    "calm_weeks": 2,
    "course_memory_weeks": 4,
    "days_between_runs": 1,
    "eased_run_frac": 0.7,
    "desk_breaks": 2,
    "desk_days": 5,
    "drill_calm_weeks": 2,
    "easy_effort": 4,
    "exercise_memory_weeks": 12,
    "exercise_pain_max": 5,
    "exercise_pain_settles": 2,
    "exercise_set_back": 1,
    "exercise_step_back": 1,
    "exercise_step_up_sessions": 2,
    "exercise_turn_new": 1,
    "exercise_turn_size": 3,
    "exercise_turn_weeks": 3,
    "exercises_per_day_max": 4,
    "first_week_km": 3,
    "foot_days": 2,
    "goal_long_run_ratio": 2,
    "goal_spare_frac": 0.5,
    "heavy_novice_runs": 2,
    "keep_weeks": 1,
    "knee_check_fresh_days": 7,
    "lateral_exercises": 2,
    "lateral_sport_pain_max": 2,
    "level_max_careful": 1,
    "level_max_new_and_heavy": 2,
    "level_max_new_or_heavy": 3,
    "level_max_to_begin": 2,
    "lighter_week_every": 4,
    "lighter_week_frac": 0.8,
    "long_run_ratio": 1.3,
    "minutes_for_run": 1,
    "next_morning_rise_max": 0,
    "next_run_cap_ratio": 1.1,
    "no_recent_run": 30,
    "novice_years": 1,
    "outer_cadence_rise_frac": 0.05,
    "plan_weeks_max": 12,
    "planned_run_least_frac": 0.5,
    "progress_sessions": 2,
    "reduced_run_frac": 0.7,
    "reduced_runs": 3,
    "own_sideways_sport": 0.1,
    "rest_days_min": 1,
    "return_clean_sessions": 2,
    "return_entry_walk_min": 30,
    "return_sessions": 3,
    "run_leaves_window": 30,
    "review_back_frac": 0.9,
    "review_shorter_frac": 0.8,
    "running_days_max": 4,
    "running_pain_max": 2,
    "running_pain_settle_min": 60,
    "running_pain_stop": 5,
    "pain_memory_days": 14,
    "rested_days_told": 3,
    "runs_too_short_to_measure": 0.5,
    "shortest_run_km": 0.5,
    "shuffle_bout_s": 30,
    "shuffle_bout_sore_s": 20,
    "shuffle_bouts_max": 4,
    "shuffle_bouts_min": 2,
    "shuffle_bouts_sore": 1,
    "shuffle_every_min": 12,
    "shuffle_pain_max": 2,
    "spike_window_days": 30,
    "split_from_km": 3,
    "split_more_runs": 1,
    "start_below_pain_frac": 0.75,
    "strength_days": 2,
    "strength_exercises": 2,
    "stretch_before_frac": 0.5,
    "stretch_before_hold_s": 20,
    "used_to_weeks": 4,
    "usual_run": 1,
    "walk_break_run_min": 4,
    "walk_break_walk_min": 1,
    "walk_run_pace_min_per_km": 9,
}

PARAMETERS = {
    id: Parameter(
        id=id,
        title=id,
        value=value,
        unit="",
        says=f"{id} is {{value:g}}",
        backing=OURS,
        editable=id == "running_days_max",
    )
    for id, value in NUMBERS.items()
}


def an_exercise(
    id: str,
    use: ExerciseUse,
    *,
    level: int = 1,
    minutes: float = 2.0,
    equipment: frozenset[str] = frozenset(),
    stop_above_pain: int = 5,
) -> Exercise:
    return Exercise(
        id=id,
        title=id.replace("_", " "),
        since=SINCE,
        use=use,
        works="something",
        level=level,
        dose=Dose(sets=2, repetitions=10, minutes=minutes, in_words="2 × 10"),
        cues=("Slowly",),
        mistakes=(),
        easier="",
        harder="",
        equipment=equipment,
        stop_above_pain=stop_above_pain,
        not_for="",
        says=f"why {id}",
        backing=OURS,
    )


def an_activity(
    id: str,
    *,
    is_multidirectional: bool,
    has_impact: bool = False,
    minutes: int = 30,
    allowed_pain: int = 5,
    equipment: frozenset[str] = frozenset(),
) -> CrossTraining:
    return CrossTraining(
        id=id,
        title=id,
        since=SINCE,
        is_multidirectional=is_multidirectional,
        has_impact=has_impact,
        minutes=minutes,
        allowed_pain=allowed_pain,
        equipment=equipment,
        says=f"why {id}",
        backing=OURS,
    )


EXERCISES = {
    each.id: each
    for each in (
        an_exercise("groin", ExerciseUse.STRETCH),
        an_exercise("quadriceps", ExerciseUse.STRETCH),
        an_exercise("side_shuffle_left", ExerciseUse.SHUFFLE, stop_above_pain=2),
        an_exercise("side_shuffle_right", ExerciseUse.SHUFFLE, stop_above_pain=2),
        an_exercise("clam", ExerciseUse.LATERAL),
        an_exercise("hydrant", ExerciseUse.LATERAL),
        an_exercise("leg_raise", ExerciseUse.LATERAL, level=2),
        an_exercise("band_walk", ExerciseUse.LATERAL, level=2, equipment=frozenset({"band"})),
        an_exercise("plank", ExerciseUse.LATERAL, level=3),
        an_exercise("squat", ExerciseUse.STRENGTH),
        an_exercise("hinge", ExerciseUse.STRENGTH),
        an_exercise("lunge", ExerciseUse.STRENGTH, level=2),
        an_exercise("short_foot", ExerciseUse.FOOT, minutes=1.0),
        an_exercise("calf", ExerciseUse.FOOT, minutes=1.0),
    )
}
RETURN_PHASES = tuple(
    ReturnPhase(
        id=f"phase_{phase}",
        title=f"phase {phase}",
        since=SINCE,
        phase=phase,
        run_min=run_min,
        walk_min=walk_min,
        effort=3,
        distance_km=distance_km,
        says=f"why phase {phase}",
        backing=OURS,
    )
    for phase, run_min, walk_min, distance_km in (
        (1, 3.0, 2.0, 1.6),
        (2, 3.0, 2.0, 2.4),
        (3, 4.0, 2.0, 2.4),
        (4, 4.0, 2.0, 3.2),
        (5, 4.0, 1.0, 3.2),
        (6, 0.0, 0.0, 3.2),
    )
)
CROSS_TRAINING = {
    each.id: each
    for each in (
        an_activity(
            "ultimate",
            is_multidirectional=True,
            has_impact=True,
            allowed_pain=2,
            equipment=frozenset({"frisbee_team"}),
        ),
        an_activity("side_walk", is_multidirectional=True, allowed_pain=2),
        an_activity("walk", is_multidirectional=False),
    )
}

CALM = KneeState(
    access=PlanAccess.ALLOWED,
    reasons=("Nothing speaks against a plan.",),
    pain_running=1,
    pain_now=0,
    pain_daily_life=0,
    years_running=5,
)


def past_runs(*days_ago_and_km: tuple[int, float]) -> tuple[PastRun, ...]:
    """Runs so many days before the Monday."""
    return tuple(
        PastRun(on=MONDAY - timedelta(days=days_ago), distance_km=km)
        for days_ago, km in days_ago_and_km
    )


THREE_A_WEEK = past_runs(
    *((days_ago, 5.0) for days_ago in (2, 4, 6, 9, 11, 13, 16, 18, 20, 23, 25, 27))
)
"""Twelve runs of 5 km in four weeks."""


def a_request(
    *,
    runs: tuple[PastRun, ...] = THREE_A_WEEK,
    profile: RunnerProfile | None = None,
    knee: KneeState | None = CALM,
    **changes: Any,
) -> WeekRequest:
    request = WeekRequest(
        as_of=SUNDAY_BEFORE,
        profile=profile or RunnerProfile(),
        knee=knee,
        recent_runs=runs,
        exercises=EXERCISES,
        cross_training=CROSS_TRAINING,
        parameters=PARAMETERS,
        pace_min_per_km=6.0,
        return_phases=RETURN_PHASES,
    )
    return replace(request, **changes)


def a_knee(**changes: Any) -> KneeState:
    return replace(CALM, **changes)
