"""Plans a week from the newest knee check, the history and the profile; the rules are elsewhere."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sidestep.domain.load.notes import generous_cap_note
from sidestep.domain.load.report import WeekTotals
from sidestep.domain.planning.check_in import CheckIn
from sidestep.domain.planning.course import Course, course_now, on_course
from sidestep.domain.planning.horizon import PlannedWeek, goal_out_of_reach, plan_one
from sidestep.domain.planning.missed import Missed, with_missed
from sidestep.domain.planning.own_limits import OUR_CHOICE
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import KneeState, PastRun, WeekRequest
from sidestep.domain.planning.rested import has_rested
from sidestep.domain.planning.review import ChangeKind, why_missed, with_change
from sidestep.domain.planning.used_to import used_to
from sidestep.domain.planning.week import (
    BlockKind,
    Day,
    NoWeek,
    WeekPlan,
    Why,
    other_days,
)
from sidestep.domain.triage.facts import Facts
from sidestep.domain.triage.findings import KneeCheck
from sidestep.domain.triage.rules import PlanAccess
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK, day_in_words, is_in_week
from sidestep.services.check_ins.log_day import days_told, pain_at_knee_check
from sidestep.services.kept_documents import DocumentKind, keep_document
from sidestep.services.knee.check_knee import recheck
from sidestep.services.ports import Clock, Knowledge, Store, StoredDocument
from sidestep.services.training.analyse_load import analyse_history, known_person
from sidestep.services.week.accepted_change import DecidedChange, decided_change, why_changed
from sidestep.services.week.edit_profile import known_profile
from sidestep.services.week.home_sessions import sessions_before
from sidestep.services.week.kept_course import COURSE, course_at, course_document
from sidestep.services.week.kept_edits import edits_of
from sidestep.services.week.kept_week import kept_days, kept_week_start, lived_days
from sidestep.services.week.missed_work import missed_before, myth_for
from sidestep.services.week.return_progress import phase_no_further, return_phase_before
from sidestep.services.week.run_notices import days_run
from sidestep.services.week.six_weeks import why_held
from sidestep.services.week.week_document import week_document

LOW_ENERGY, LONG_SITTING = "low_energy", "long_sitting"
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
    planned = _planned(week_starts, store, knowledge, clock)
    return planned if isinstance(planned, NoWeek) else planned.plan


def _planned(
    week_starts: date | None, store: Store, knowledge: Knowledge, clock: Clock
) -> PlannedWeek | NoWeek:
    """Plan a week where it stands on its course, with what to know about it."""
    starts = usual_week_start(store, clock.today()) if week_starts is None else week_starts
    basis = basis_now(store=store, knowledge=knowledge, clock=clock, week_starts=starts)
    planned = plan_one(starts, basis.request, basis.course)
    if isinstance(planned, NoWeek):
        return planned
    plan = _with_lived_days(planned.plan, basis.request, store, clock)
    notes = (
        *_notes_of_change(basis, planned, store),
        *_notes_of_missed(basis, store, knowledge, clock),
        *_notes_of_age(store, knowledge, clock.now()),
        *_notes_of_end(plan, clock.today()),
        *_notes_of_goal(planned, basis.request),
    )
    return replace(planned, plan=replace(plan, notes=(*notes, *plan.notes)))


def _with_lived_days(plan: WeekPlan, request: WeekRequest, store: Store, clock: Clock) -> WeekPlan:
    """Return the week with the days that are lived as they were kept."""
    until = request.lived_until
    if until is None:
        return plan
    lived = lived_days(store, plan.week_starts, until, clock.now().tzinfo)
    days = {day.date: day for day in (*plan.days, *lived)}
    return replace(plan, days=tuple(days[day.date] for day in plan.days))


def keep_week(
    planned: PlannedWeek | NoWeek, *, store: Store, knowledge: Knowledge, clock: Clock
) -> StoredDocument:
    """Store a week with its course and its versions; one like the newest is not stored again.

    Raises
    ------
    StorageError
        It cannot be written.
    """
    if isinstance(planned, NoWeek):
        content = week_document(planned, knowledge.sources)
    else:
        content = week_document(planned.plan, knowledge.sources)
        content[COURSE] = course_document(planned)
    newest = store.latest_document(DocumentKind.WEEK_PLAN)
    if newest is not None and newest.content == content:
        return newest
    return keep_document(
        DocumentKind.WEEK_PLAN, content, store=store, knowledge=knowledge, clock=clock
    )


def plan_and_keep(
    *,
    store: Store,
    knowledge: Knowledge,
    clock: Clock,
    week_starts: date | None = None,
    keeps_no_week: bool = True,
) -> WeekPlan | NoWeek:
    """Plan a week as ``plan_week`` does, and store it, unless it is over.

    ``keeps_no_week`` stores also that none fits; without it the week stays as it was kept then.

    What was kept of a week that is over is what was planned for it then; looking back changes it
    no more.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read or written.
    """
    planned = _planned(week_starts, store, knowledge, clock)
    starts = planned.week_starts if isinstance(planned, NoWeek) else planned.plan.week_starts
    if not _is_over(starts, clock.today()) and (keeps_no_week or isinstance(planned, PlannedWeek)):
        keep_week(planned, store=store, knowledge=knowledge, clock=clock)
    return planned if isinstance(planned, NoWeek) else planned.plan


def request_now(
    *, store: Store, knowledge: Knowledge, clock: Clock, week_starts: date
) -> WeekRequest:
    """Return what a week is planned from as of now, its place on the course included.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read.
    """
    basis = basis_now(store=store, knowledge=knowledge, clock=clock, week_starts=week_starts)
    course = course_now(basis.course, basis.request, week_starts)
    return on_course(basis.request, course, week_starts, Rules(basis.request.parameters))


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a week, and those after it, are planned from.

    Attributes
    ----------
    request
        The facts, with a change accepted for the week.
    course
        ``None`` when the week begins one.
    change
        That change, ``None`` without one.
    missed
        Why work was left out before the week, which the request answers.
    unchanged
        Request and course without it.
    """

    request: WeekRequest
    course: Course | None
    change: ChangeKind | None = None
    missed: tuple[Missed, ...] = ()
    unchanged: tuple[WeekRequest, Course | None]


def basis_now(
    *,
    store: Store,
    knowledge: Knowledge,
    clock: Clock,
    week_starts: date,
    tried: ChangeKind | None = None,
) -> Basis:
    """Return what a week is planned from as of now, a change accepted for it included.

    With ``tried`` it is as if that one had been accepted, whatever was decided.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read.
    """
    missed = missed_before(store, knowledge, week_starts)
    request = with_missed(
        _request(week_starts, store, knowledge, clock), missed, week_starts, knowledge.exercises
    )
    course = course_at(store, knowledge, week_starts, clock.today())
    decided = (
        decided_change(store, week_starts)
        if tried is None
        else DecidedChange(change=tried, is_accepted=True)
    )
    # Shorter runs, and a little more that is taken or left, take the place of growth.
    held = None if course is None else replace(course, grows=False)
    is_held = request.knee is not None and request.knee.hold is not None
    if request.review_rule or is_held:
        course = held
    if decided is None or (is_held and decided.change is ChangeKind.PROGRESS):
        return Basis(request=request, course=course, missed=missed, unchanged=(request, course))
    before = held if decided.change is ChangeKind.PROGRESS else course
    if not decided.is_accepted:
        return Basis(request=request, course=before, missed=missed, unchanged=(request, before))
    return Basis(
        request=with_change(request, decided.change),
        course=held if decided.change.is_of_runs else course,
        change=decided.change,
        missed=missed,
        unchanged=(request, before),
    )


def _request(starts: date, store: Store, knowledge: Knowledge, clock: Clock) -> WeekRequest:
    """Gather what a week is planned from; a change accepted at a review is not in it yet."""
    as_of = min(clock.today(), starts - timedelta(days=1))
    check = recheck(store, knowledge, clock)
    load = analyse_history(store, knowledge, clock, as_of)
    person = known_person(store)
    knee = None if check is None else knee_state(check, person.years_running)
    rules = Rules({**knowledge.load, **knowledge.plans})
    profile = known_profile(store)
    if knee is not None:
        knee = replace(knee, hold=why_held(check, profile.clinician, clock.today(), rules))
    phase = return_phase_before(store, knowledge, starts)
    if knee is not None and knee.hold is not None:
        phase = phase_no_further(phase, store, starts)
    best = used_to(load.weeks, rules)
    told, today = days_told(store, knowledge), clock.today()
    is_now = is_in_week(today, starts)
    ran_on = days_run(store, told, starts, today) if is_now else frozenset()
    open_from = _open_from(ran_on, told, today) if is_now else None
    lived_until, lived = _lived(starts, profile.clinician.since, open_from, store, clock)
    return WeekRequest(
        as_of=load.on,
        profile=replace(profile, body_mass_kg=person.body_mass_kg, height_cm=person.height_cm),
        lived_until=lived_until,
        lived={day.date: day.kind for day in lived},
        ran_on=ran_on,
        knee=None if knee is None else _after_rest(knee, starts, store, knowledge, clock),
        recent_runs=tuple(PastRun(on=run.on, distance_km=run.distance_km) for run in load.runs_30d),
        next_run_cap_km=load.next_run_cap_km,
        next_run_cap_notes=tuple(generous_cap_note(load)),
        multidirectional_share=load.multidirectional_share_28d,
        pace_min_per_km=_pace_min_per_km(load.weeks),
        exercises={id: each for id, each in knowledge.exercises.items() if each.is_planned},
        cross_training=knowledge.cross_training,
        used_to=best,
        used_to_week_km=None if best is None else best.week_km,
        return_phase=phase,
        sessions=sessions_before(
            starts,
            store=store,
            knowledge=knowledge,
            pain_before=pain_at_knee_check(store),
        ),
        edits=edits_of(store, starts),
        return_phases=knowledge.return_phases,
        favoured=frozenset() if check is None else _favoured(check),
        sits_long=check is not None and _is_present(LONG_SITTING, check),
        parameters={**knowledge.load, **knowledge.plans},
    )


def _lived(
    starts: date, limits_since: date | None, open_from: date | None, store: Store, clock: Clock
) -> tuple[date | None, tuple[Day, ...]]:
    """Return up to which day a kept week stays as it was, and the days before it.

    What is lived stays; a clinician's limit changes what is left of the week it comes in.
    """
    is_limited = limits_since is not None and is_in_week(limits_since, starts)
    until = max(
        (on for on in (open_from, limits_since if is_limited else None) if on is not None),
        default=None,
    )
    lived = () if until is None else lived_days(store, starts, until, clock.now().tzinfo)
    return until if lived else None, lived


def _open_from(ran_on: Collection[date], told: Sequence[CheckIn], today: date) -> date:
    """Return the first day that is not lived: today, unless its work is done already."""
    has_worked = any(
        each.on == today and (each.ran or each.lateral_work or each.strength) for each in told
    )
    return today + timedelta(days=has_worked or today in ran_on)


def _after_rest(
    knee: KneeState, starts: date, store: Store, knowledge: Knowledge, clock: Clock
) -> KneeState:
    """Return the knee with whether it has rested before a week."""
    answered = store.latest_document(DocumentKind.KNEE_CHECK)
    if knee.pain_running is None or answered is None:
        return knee
    told = days_told(store, knowledge)
    runs = [each.local_date for each in store.activities() if each.sport.is_running]
    # An answer about running can be of the day it was given on; a run told of hurt that day.
    answered_on = answered.made_at.astimezone(clock.now().tzinfo).date()
    last_hurt = max([answered_on, *runs, *(each.on for each in told if each.ran)])
    rested = has_rested(told, last_hurt, starts, Rules(knowledge.plans))
    return replace(knee, has_rested=rested)


def _favoured(check: KneeCheck) -> frozenset[str]:
    return frozenset(
        exercise
        for screened in check.causes
        if screened.is_present
        for exercise in screened.cause.exercises
    )


def _is_present(cause: str, check: KneeCheck) -> bool:
    return any(each.is_present and each.cause.id == cause for each in check.causes)


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


def _notes_of_change(basis: Basis, planned: PlannedWeek, store: Store) -> Iterator[Why]:
    """Say what became of an accepted change, and whether the week is another one for it."""
    if basis.change is not None:
        yield why_changed(basis.change, is_other=is_another_week(basis, planned, store))


def is_another_week(basis: Basis, planned: PlannedWeek, store: Store) -> bool:
    """Whether a week is another one than it would be without the change it is planned with.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    request, course = basis.unchanged
    starts = planned.plan.week_starts
    before = plan_one(starts, request, course)
    is_other = isinstance(before, NoWeek) or bool(other_days(before.plan.days, planned.plan.days))
    if basis.change is ChangeKind.PROGRESS and request.return_phase is not None:
        # On the way back to running the phases themselves bring the little more.
        week_before = kept_days(
            store, starts - timedelta(days=DAYS_PER_WEEK), starts - timedelta(days=1)
        )
        is_other = is_other or _came_to(planned.plan.days) > _came_to(week_before)
    return is_other


def _came_to(days: Sequence[Day]) -> tuple[int, float]:
    """Return the furthest phase back to running of some days and their longest run."""
    runs = [block for day in days for block in day.blocks if block.kind is BlockKind.RUN]
    return (
        max((block.return_phase or 0 for block in runs), default=0),
        max((block.distance_km or 0.0 for block in runs), default=0.0),
    )


def _notes_of_missed(
    basis: Basis, store: Store, knowledge: Knowledge, clock: Clock
) -> tuple[Why, ...]:
    """Say what became of the reasons why work was left out."""
    if not basis.missed:
        return ()
    myth = myth_for(recheck(store, knowledge, clock), knowledge, basis.missed)
    return why_missed(basis.missed, Rules(knowledge.plans), myth)


def _notes_of_age(store: Store, knowledge: Knowledge, now: datetime) -> Iterator[Why]:
    document = store.latest_document(DocumentKind.KNEE_CHECK)
    if document is None:
        return
    rules = Rules(knowledge.plans)
    age_days = (now - document.made_at).days
    if age_days > rules.number("knee_check_fresh_days"):
        yield rules.why("knee_check_fresh_days", age=age_days)


def _is_over(starts: date, today: date) -> bool:
    return starts + timedelta(days=DAYS_PER_WEEK) <= today


def _notes_of_end(plan: WeekPlan, today: date) -> Iterator[Why]:
    """Say of a week that is over that it is; looking back on one is allowed."""
    if not _is_over(plan.week_starts, today):
        return
    ended_on = plan.week_starts + timedelta(days=DAYS_PER_WEEK - 1)
    says = (
        f"This week is over: it ended on {day_in_words(ended_on)}. It is planned from what was "
        "recorded before it; for the coming one, leave --week out."
    )
    yield Why(rule="week_is_over", says=says, backing=OUR_CHOICE)


def _notes_of_goal(planned: PlannedWeek, request: WeekRequest) -> Iterator[Why]:
    """Say of a goal that is out of reach from here that it is, and when it would fit."""
    missed = goal_out_of_reach(planned, request)
    if missed is not None:
        yield missed
