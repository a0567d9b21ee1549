"""Plans a week from the newest knee check, the history and the profile; the rules are elsewhere."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sidestep.domain.load.notes import generous_cap_note
from sidestep.domain.load.report import WeekTotals
from sidestep.domain.planning.build import build_week
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import KneeState, PastRun, WeekRequest
from sidestep.domain.planning.review import ChangeKind, with_change
from sidestep.domain.planning.running import lengths_planned
from sidestep.domain.planning.used_to import used_to
from sidestep.domain.planning.week import NoWeek, WeekPlan, Why
from sidestep.domain.triage.facts import Facts
from sidestep.domain.triage.findings import KneeCheck
from sidestep.domain.triage.rules import PlanAccess
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK, day_in_words
from sidestep.domain.vocabulary.evidence import Backing, Basis
from sidestep.services.kept_documents import DocumentKind, keep_document
from sidestep.services.knee.check_knee import recheck
from sidestep.services.ports import Clock, Knowledge, Store, StoredDocument
from sidestep.services.training.analyse_load import analyse_history, known_person
from sidestep.services.week.accepted_change import accepted_change, why_changed
from sidestep.services.week.edit_profile import known_profile
from sidestep.services.week.kept_edits import edits_of
from sidestep.services.week.kept_week import (
    days_of,
    kept_week_start,
    kept_weeks,
    week_start,
)
from sidestep.services.week.return_progress import return_phase_before
from sidestep.services.week.week_document import week_document

LOW_ENERGY = "low_energy"
FRONT_PATTERN, OUTER_PATTERN = "kneecap_type", "it_band_type"
WEEKS_OF_PACE = 4


def coming_monday(today: date) -> date:
    """Return today if it is a Monday, else the next one."""
    return today + timedelta(days=-today.weekday() % DAYS_PER_WEEK)


def usual_week_start(store: Store, today: date) -> date:
    """Return the start of the kept week that today and tomorrow are in, else the coming Monday.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    return kept_week_start(store, today, today + timedelta(days=1)) or coming_monday(today)


def plan_week(
    *, store: Store, knowledge: Knowledge, clock: Clock, week_starts: date | None = None
) -> WeekPlan | NoWeek:
    """Plan seven days from ``week_starts``, ``usual_week_start`` unless given; nothing is kept.

    The newest answers are checked again with the rules and the training history of now, so that a
    plan never rests on an old conclusion. A change accepted at a review counts for its week.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read.
    """
    starts = usual_week_start(store, clock.today()) if week_starts is None else week_starts
    request = _request(starts, store, knowledge, clock)
    change = accepted_change(store, starts)
    plan = build_week(starts, request)
    if change is not None:
        plan = _with_change(plan, build_week(starts, with_change(request, change)), change)
    plan = _with_age_of_check(plan, store, knowledge, clock.now())
    return _with_end_of_week(plan, clock.today())


def keep_week(
    plan: WeekPlan | NoWeek, *, store: Store, knowledge: Knowledge, clock: Clock
) -> StoredDocument:
    """Store a week with the versions that made it; a week like the newest is not stored again.

    Raises
    ------
    StorageError
        It cannot be written.
    """
    content = week_document(plan, knowledge.sources)
    newest = store.latest_document(DocumentKind.WEEK_PLAN)
    if newest is not None and newest.content == content:
        return newest
    return keep_document(
        DocumentKind.WEEK_PLAN, content, store=store, knowledge=knowledge, clock=clock
    )


def plan_and_keep(
    *, store: Store, knowledge: Knowledge, clock: Clock, week_starts: date | None = None
) -> WeekPlan | NoWeek:
    """Plan a week as ``plan_week`` does, and store it.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read or written.
    """
    plan = plan_week(store=store, knowledge=knowledge, clock=clock, week_starts=week_starts)
    keep_week(plan, store=store, knowledge=knowledge, clock=clock)
    return plan


def request_now(
    *, store: Store, knowledge: Knowledge, clock: Clock, week_starts: date
) -> WeekRequest:
    """Return what a week is planned from as of now, a change accepted for it included.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read.
    """
    request = _request(week_starts, store, knowledge, clock)
    change = accepted_change(store, week_starts)
    return request if change is None else with_change(request, change)


def _request(starts: date, store: Store, knowledge: Knowledge, clock: Clock) -> WeekRequest:
    """Gather what a week is planned from; a change accepted at a review is not in it yet."""
    as_of = min(clock.today(), starts - timedelta(days=1))
    check = recheck(store, knowledge, clock)
    load = analyse_history(store, knowledge, clock, as_of)
    person = known_person(store)
    rules = Rules({**knowledge.load, **knowledge.plans})
    return WeekRequest(
        as_of=load.on,
        profile=replace(
            known_profile(store), body_mass_kg=person.body_mass_kg, height_cm=person.height_cm
        ),
        knee=None if check is None else knee_state(check, person.years_running),
        recent_runs=tuple(PastRun(on=run.on, distance_km=run.distance_km) for run in load.runs_30d),
        next_run_cap_km=load.next_run_cap_km,
        next_run_cap_notes=tuple(generous_cap_note(load)),
        multidirectional_share=load.multidirectional_share_28d,
        pace_min_per_km=_pace_min_per_km(load.weeks),
        exercises={id: each for id, each in knowledge.exercises.items() if each.is_planned},
        cross_training=knowledge.cross_training,
        used_to=used_to(load.weeks, rules),
        planned_before=lengths_planned(_planned_before(store, starts, rules), rules),
        return_phase=return_phase_before(store, knowledge, starts),
        edits=edits_of(store, starts),
        return_phases=knowledge.return_phases,
        favoured=frozenset() if check is None else _favoured(check),
        parameters={**knowledge.load, **knowledge.plans},
    )


def _planned_before(store: Store, starts: date, rules: Rules) -> list[list[float]]:
    """Return the lengths of the runs of kept weeks before this one, an unbroken row of them."""
    by_start = {week_start(week): week for week in kept_weeks(store)}
    rows: list[list[float]] = []
    for back in range(1, rules.count("back_step_by_step") + 1):
        week = by_start.get(starts - timedelta(days=back * DAYS_PER_WEEK))
        if week is None:
            break
        blocks = (block for day in days_of(week) for block in day.blocks)
        rows.insert(0, [block.distance_km for block in blocks if block.distance_km is not None])
    return rows


def _favoured(check: KneeCheck) -> frozenset[str]:
    return frozenset(
        exercise
        for screened in check.causes
        if screened.is_present
        for exercise in screened.cause.exercises
    )


def knee_state(check: KneeCheck, years_running: float | None) -> KneeState:
    """Return what a knee check means for a plan; lasting tiredness keeps an allowed week light."""
    fitting = {each.pattern.id for each in check.patterns}
    tired = [each.cause for each in check.causes if each.is_present and each.cause.id == LOW_ENERGY]
    is_light = bool(tired) and check.plan is PlanAccess.ALLOWED
    return KneeState(
        access=PlanAccess.REDUCED if is_light else check.plan,
        reasons=tuple(cause.plan_does for cause in tired) if is_light else reasons_of_access(check),
        has_front_pattern=FRONT_PATTERN in fitting,
        has_outer_pattern=OUTER_PATTERN in fitting,
        pain_running=_number(check.facts, "pain_running"),
        pain_now=_number(check.facts, "pain_now"),
        pain_daily_life=_number(check.facts, "pain_daily_life"),
        distance_until_pain_km=_number(check.facts, "distance_until_pain_km"),
        years_running=years_running,
    )


def reasons_of_access(check: KneeCheck) -> tuple[str, ...]:
    """Say why the plan is as it is and, when it is hidden, who to see and how soon."""
    if check.plan is not PlanAccess.HIDDEN:
        return check.plan_reasons
    present = [raised.flag for raised in check.red_flags if raised.is_present]
    most_urgent = max((flag.urgency for flag in present), default=None)
    who = dict.fromkeys(
        f"{flag.title}: see {flag.who}, {flag.how_soon}."
        for flag in present
        if flag.urgency is most_urgent
    )
    others = [
        reason
        for reason in check.plan_reasons
        if not any(reason.startswith(flag.title) for flag in present)
    ]
    return ("The plan is put away for now.", *who, *others)


def _number(facts: Facts, fact: str) -> float | None:
    value = facts.get(fact)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _pace_min_per_km(weeks: Sequence[WeekTotals]) -> float | None:
    latest = weeks[-WEEKS_OF_PACE:]
    distance_km = sum(week.distance_km for week in latest)
    minutes = sum(week.duration_s for week in latest) / 60.0
    return minutes / distance_km if distance_km > 0 and minutes > 0 else None


def _with_change(
    before: WeekPlan | NoWeek, after: WeekPlan | NoWeek, change: ChangeKind
) -> WeekPlan | NoWeek:
    """Return the week with an accepted change, and say whether it is another one for it."""
    if isinstance(after, NoWeek):
        return after
    is_other = isinstance(before, NoWeek) or before.days != after.days
    return replace(after, notes=(why_changed(change, is_other=is_other), *after.notes))


def _with_age_of_check(
    plan: WeekPlan | NoWeek, store: Store, knowledge: Knowledge, now: datetime
) -> WeekPlan | NoWeek:
    document = store.latest_document(DocumentKind.KNEE_CHECK)
    if document is None or isinstance(plan, NoWeek):
        return plan
    rules = Rules(knowledge.plans)
    age_days = (now - document.made_at).days
    if age_days <= rules.number("knee_check_fresh_days"):
        return plan
    return replace(plan, notes=(rules.why("knee_check_fresh_days", age=age_days), *plan.notes))


def _with_end_of_week(plan: WeekPlan | NoWeek, today: date) -> WeekPlan | NoWeek:
    """Say of a week that is over that it is; looking back on one is allowed."""
    ended_on = plan.week_starts + timedelta(days=DAYS_PER_WEEK - 1)
    if isinstance(plan, NoWeek) or ended_on >= today:
        return plan
    says = (
        f"This week is over: it ended on {day_in_words(ended_on)}. It is planned from what was "
        "recorded before it; for the coming one, leave --week out."
    )
    over = Why(rule="week_is_over", says=says, backing=Backing(basis=Basis.DESIGN))
    return replace(plan, notes=(over, *plan.notes))
