"""A week looked back on: three numbers and one proposed change; deciding on it is kept apart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import mean
from typing import Any

from sidestep.domain.load.report import LoadReport
from sidestep.domain.planning.check_in import CheckIn, days_through
from sidestep.domain.planning.clinician import ClinicianLimits
from sidestep.domain.planning.kept_share import KeptShare, share_kept
from sidestep.domain.planning.missed import still_counts
from sidestep.domain.planning.own_limits import own_why
from sidestep.domain.planning.pain_response import Response, Step, exercise_step, next_step
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.review import (
    ChangeKind,
    Proposal,
    answers_beside,
    propose,
    staying,
)
from sidestep.domain.planning.week import Day, Why
from sidestep.domain.triage.findings import KneeCheck
from sidestep.domain.triage.rules import PlanAccess
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK
from sidestep.errors import AnswersError
from sidestep.services.check_ins.log_day import days_told, knee_as_told, pain_at_knee_check
from sidestep.services.ports import Clock, Knowledge, Store
from sidestep.services.training.analyse_load import analyse_history
from sidestep.services.week.accepted_change import (
    ACCEPTED,
    DECLINED,
    decision_on,
    keep_decision,
)
from sidestep.services.week.edit_profile import known_profile
from sidestep.services.week.held_days import held_days
from sidestep.services.week.kept_week import days_of, kept_week_of, week_start
from sidestep.services.week.missed_work import all_missed, myth_for
from sidestep.services.week.plan_week import plan_and_keep, reasons_of_access
from sidestep.services.week.room_to_grow import what_holds
from sidestep.services.week.run_notices import days_run, over_cap_of_week
from sidestep.services.week.six_weeks import six_weeks_flag
from sidestep.services.week.week_document import why_document


@dataclass(frozen=True, slots=True, kw_only=True)
class PainOfWeek:
    """Pain away from training, 0 to 10: the week's mean, the week's before, how they compare.

    ``change`` is ``less``, ``more`` or ``no_clear_change``; ``None`` where a week has no pain told.
    """

    newest: float | None
    mean: float | None
    mean_before: float | None
    change: str | None
    energy: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What else the next week has by itself, and the decision on it, ``None`` until it is made."""

    proposal: Proposal
    decision: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekReview:
    """A week in three numbers, and the one change proposed for the next.

    ``kept`` is ``None`` when no week was planned. ``decision`` is ``None`` until it is made.
    ``days_without_run`` are those of the seven up to ``as_of`` on which, as a file or she herself
    says, she did not run; ``None`` when nothing says anything of them.
    ``beside`` are the answers to other reasons why work was left out, ``over_cap`` what to know of
    runs that went over their cap, ``runs_told`` the runs of its seven days that are on no file.
    """

    week_starts: date
    as_of: date
    pain: PainOfWeek
    kept: KeptShare | None
    load: LoadReport
    days_without_run: int | None
    proposal: Proposal
    for_week: date
    decision: str | None
    beside: tuple[Beside, ...] = ()
    over_cap: tuple[Why, ...] = ()
    runs_told: int = 0


def review_week(
    *, store: Store, knowledge: Knowledge, clock: Clock, week: date | None = None
) -> WeekReview:
    """Review the week a day is in: the kept one, else the seven days up to today.

    On the first day of a kept week it is the week before, unless a day is named.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number it rests on.
    StorageError
        The records cannot be read.
    """
    today, rules = clock.today(), Rules(knowledge.plans)
    starts, planned = _week(store, today, week)
    as_of = min(today, starts + timedelta(days=DAYS_PER_WEEK - 1))
    told = days_through(days_told(store, knowledge), as_of)
    for_week = starts + timedelta(days=DAYS_PER_WEEK)
    proposal, others = _proposals(
        told, starts, as_of, knee_as_told(store, knowledge, clock), store, knowledge
    )
    proposal = _with_room(proposal, for_week, store, knowledge, clock)
    past = [each for each in planned if each.date <= as_of]
    load = analyse_history(store, knowledge, clock, as_of)
    return WeekReview(
        week_starts=starts,
        as_of=as_of,
        pain=_pain(told, as_of, rules),
        kept=share_kept(held_days(past, told, store=store, knowledge=knowledge))
        if planned
        else None,
        load=load,
        days_without_run=_days_without_run(load, told, as_of),
        proposal=proposal,
        for_week=for_week,
        decision=decision_on(store, proposal, for_week),
        beside=tuple(
            Beside(proposal=each, decision=decision_on(store, each, for_week)) for each in others
        ),
        over_cap=over_cap_of_week(load, starts, as_of, knowledge),
        runs_told=_runs_told(told, as_of, store),
    )


def _runs_told(told: Sequence[CheckIn], as_of: date, store: Store) -> int:
    since = as_of - timedelta(days=DAYS_PER_WEEK - 1)
    ran = {each.on for each in told if each.ran and each.on >= since}
    return len(ran - days_run(store, (), since, as_of))


def decide(
    review: WeekReview,
    *,
    accepts: bool,
    store: Store,
    knowledge: Knowledge,
    clock: Clock,
    change: str | None = None,
) -> WeekReview:
    """Keep a decision on a proposal; a week that is kept already is planned anew by it.

    Parameters
    ----------
    change
        The one of the review's changes it is about; what is proposed first unless given.

    Raises
    ------
    AnswersError
        The review names no such change.
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read or written.
    """
    named = {each.change.value: each for each in _all_of(review)}
    proposal = named.get(change or review.proposal.change.value)
    if proposal is None:
        raise AnswersError(
            f"this review names no change “{change}”", hint=f"It names: {', '.join(named)}."
        )
    decision = ACCEPTED if accepts else DECLINED
    keep_decision(
        proposal, decision, review.for_week, store=store, knowledge=knowledge, clock=clock
    )
    next_week = kept_week_of(store, review.for_week)
    if next_week is not None:
        starts = week_start(next_week)
        plan_and_keep(store=store, knowledge=knowledge, clock=clock, week_starts=starts)
    if proposal is review.proposal:
        return replace(review, decision=decision)
    return replace(
        review,
        beside=tuple(
            replace(each, decision=decision) if each.proposal is proposal else each
            for each in review.beside
        ),
    )


def _all_of(review: WeekReview) -> tuple[Proposal, ...]:
    return (review.proposal, *(each.proposal for each in review.beside))


def _week(store: Store, today: date, named: date | None) -> tuple[date, tuple[Day, ...]]:
    if named is not None:
        week = kept_week_of(store, named)
        return (named, ()) if week is None else (week_start(week), days_of(week))
    week = kept_week_of(store, today)
    if week is None or week_start(week) == today:
        week = kept_week_of(store, today - timedelta(days=1)) or None
    if week is None:
        return today - timedelta(days=DAYS_PER_WEEK - 1), ()
    return week_start(week), days_of(week)


def _days_without_run(load: LoadReport, told: Sequence[CheckIn], as_of: date) -> int | None:
    """Count what files say or, where it is more, what was told; some days may be in both."""
    recorded = load.week.non_running_days
    ran = {each.on: each.ran for each in told if (as_of - each.on).days < DAYS_PER_WEEK}
    known = [each for each in ran.values() if each is not None]
    if load.week.days_without_data == DAYS_PER_WEEK and not known:
        return None
    return max(recorded, sum(not each for each in known))


def _pain(told: Sequence[CheckIn], as_of: date, rules: Rules) -> PainOfWeek:
    now = [each for each in told if (as_of - each.on).days < DAYS_PER_WEEK]
    before = [each for each in told if DAYS_PER_WEEK <= (as_of - each.on).days < 2 * DAYS_PER_WEEK]
    pains, pains_before = _known(each.pain for each in now), _known(each.pain for each in before)
    energies = _known(each.energy_level for each in now)
    return PainOfWeek(
        newest=pains[-1] if pains else None,
        mean=mean(pains) if pains else None,
        mean_before=mean(pains_before) if pains_before else None,
        change=_compared(pains, pains_before, rules.number("pain_change_min")),
        energy=mean(energies) if energies else None,
    )


def _compared(now: list[float], before: list[float], counts: float) -> str | None:
    if not now or not before:
        return None
    change = mean(now) - mean(before)
    if abs(change) < counts:
        return "no_clear_change"
    return "more" if change > 0 else "less"


def _known(values: Any) -> list[float]:
    return [value for value in values if value is not None]


def _proposals(
    told: Sequence[CheckIn],
    starts: date,
    as_of: date,
    check: KneeCheck | None,
    store: Store,
    knowledge: Knowledge,
) -> tuple[Proposal, tuple[Proposal, ...]]:
    """Return the change proposed, and what answers reasons beside it."""
    rules = Rules(knowledge.plans)
    response: Response | None = next_step(told, as_of, rules, pain_at_knee_check(store))
    lighter = check is not None and check.plan is PlanAccess.REDUCED
    if lighter and response is not None and response.step is Step.PROGRESS:
        response = replace(response, step=Step.HOLD)
    left_out = all_missed(store, knowledge, told, since=starts)
    missed = still_counts(left_out, starts + timedelta(days=DAYS_PER_WEEK), rules)
    exercises, myth = exercise_step(told, as_of, rules), myth_for(check, knowledge, missed)
    see = _see_someone(check, known_profile(store).clinician, as_of, rules)
    if see is not None and check is not None and check.plan is PlanAccess.HIDDEN:
        return see, ()
    proposal = see or propose(response, exercises, missed, rules, myth=myth)
    return proposal, answers_beside(proposal, missed, rules, myth)


def _with_room(
    proposal: Proposal, for_week: date, store: Store, knowledge: Knowledge, clock: Clock
) -> Proposal:
    """Return the proposal, or to stay where a little more would be none; what is decided stands."""
    is_open = decision_on(store, proposal, for_week) is None
    if proposal.change is not ChangeKind.PROGRESS or not is_open:
        return proposal
    held = what_holds(for_week, store=store, knowledge=knowledge, clock=clock)
    return proposal if held is None else staying(proposal, held)


def _see_someone(
    check: KneeCheck | None, clinician: ClinicianLimits, on: date, rules: Rules
) -> Proposal | None:
    """Return the advice to be seen: while the plan is away, and after six weeks without change."""
    if check is None:
        return None
    if check.plan is PlanAccess.HIDDEN:
        says = " ".join(reasons_of_access(check))
        why = own_why("knee_check", says)
        return Proposal(change=ChangeKind.SEE_SOMEONE, saw="The plan is put away.", why=why)
    raised = six_weeks_flag(check, clinician, on, rules)
    if raised is None:
        return None
    flag = raised.flag
    says = f"{flag.says} See {flag.who}, {flag.how_soon}."
    why = Why(rule=flag.id, says=says, backing=flag.backing)
    return Proposal(change=ChangeKind.SEE_SOMEONE, saw=f"{flag.title}.", why=why)


def review_document(review: WeekReview, knowledge: Knowledge) -> dict[str, Any]:
    """Build the document of a review."""
    return {
        "week_starts": review.week_starts.isoformat(),
        "as_of": review.as_of.isoformat(),
        "pain": {
            "newest": review.pain.newest,
            "mean": _rounded(review.pain.mean),
            "mean_before": _rounded(review.pain.mean_before),
            "change": review.pain.change,
            "energy_mean": _rounded(review.pain.energy),
        },
        "kept_frac": None if review.kept is None else _rounded(review.kept.frac, 3),
        "kept": None
        if review.kept is None
        else {
            "done": review.kept.done,
            "missed": review.kept.missed,
            "unknown": review.kept.unknown,
        },
        "load": load_of_week(review),
        "proposal": _proposal_document(review.proposal, review.for_week, knowledge),
        "decision": review.decision,
        "beside": [
            {
                **_proposal_document(each.proposal, review.for_week, knowledge),
                "decision": each.decision,
            }
            for each in review.beside
        ],
        "over_cap": [why_document(why, knowledge.sources) for why in review.over_cap],
    }


def _proposal_document(proposal: Proposal, for_week: date, knowledge: Knowledge) -> dict[str, Any]:
    why = why_document(proposal.why, knowledge.sources)
    return {
        "change": proposal.change.value,
        "title": proposal.title,
        "saw": proposal.saw,
        "why": why.pop("says"),
        **why,
        "changes_plan": proposal.change.changes_plan,
        "applies": applies(proposal),
        "for_week": for_week.isoformat(),
    }


def applies(proposal: Proposal) -> str:
    """Return when a proposal shapes the next week, in the document's words."""
    if not proposal.change.changes_plan:
        return "never"
    return "unless_declined" if proposal.is_of_reason else "if_accepted"


def load_of_week(review: WeekReview) -> dict[str, Any]:
    """Build what a review says of the load: the seven days, those before, and the cap.

    Without any file nothing is known of it, which is not the same as no running; of days without a
    run only what was told.
    """
    load = review.load
    before = load.weeks[-2]
    figures = {
        "runs": load.week.runs,
        "distance_km": _rounded(load.week.distance_km),
        "duration_min": _rounded(load.week.duration_s / 60.0),
        "distance_before_km": _rounded(before.distance_km),
        "non_running_days": review.days_without_run,
        "longest_run_30d_km": _rounded(load.longest_run_30d_km),
        "next_run_cap_km": _rounded(load.next_run_cap_km),
    }
    if has_files(load):
        return figures
    return {**dict.fromkeys(figures), "non_running_days": review.days_without_run}


def has_files(load: LoadReport) -> bool:
    """Whether any activity is on file."""
    return load.first_activity_on is not None


def _rounded(value: float | None, digits: int = 1) -> float | None:
    return None if value is None else round(value, digits)
