"""Claim: over half a year of made-up runners no plan breaks a limit or ignores a warning sign.

Each runner is a few equations: a knee that a run longer than it is used to irritates, that work at
home calms with delay, with noise and flares; a person who does all, some or none of what is
planned, says why or not, takes the careful changes that a review proposes or leaves them, answers
or does not, and may meet a warning sign. Beside our planner run a fixed plan (the same runs every
week) and one that adds a tenth a week. It tests the software, not medicine: the equations are ours,
so the pain they give says nothing about people. Usage: ``python benchmarks/simulate_runners.py
[--runners 5000] [--weeks 26] [--seed 1] [--workers 2] [--kept FILE]``. With ``--kept`` the result
of each runner is written to the file as it comes, and a run that was stopped goes on from there.

Weeks that pose the solver the very same problem are solved once in each worker: it is
deterministic, so its answer would be the same again.
"""

import argparse
import hashlib
import json
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

from sidestep.bootstrap.settings import load_settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.domain.load.report import WeekTotals
from sidestep.domain.planning.check_in import CheckIn, MissedWhy, morning_after
from sidestep.domain.planning.course import Course, LivedWeek, course_after
from sidestep.domain.planning.exercise import Exercise
from sidestep.domain.planning.fewer_sets import SET_BACK
from sidestep.domain.planning.horizon import PlannedWeek, goal_out_of_reach, plan_one, runs_of
from sidestep.domain.planning.ladders import HomeSession, climbed_to, sessions_told
from sidestep.domain.planning.missed import Missed, missed_of, still_counts, with_missed
from sidestep.domain.planning.pain_response import Step, next_step, weigh_run
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import Goal, KneeState, PastRun, RunnerProfile, WeekRequest
from sidestep.domain.planning.rested import has_rested
from sidestep.domain.planning.return_to_run import ReturnSession, phase_after
from sidestep.domain.planning.review import ChangeKind, propose, with_change
from sidestep.domain.planning.solver import Model, Solution, Wish
from sidestep.domain.planning.took_well import was_taken_well
from sidestep.domain.planning.used_to import used_to
from sidestep.domain.planning.week import BlockKind, Day, DayKind, NoWeek, WeekPlan
from sidestep.domain.triage.rules import PlanAccess
from sidestep.domain.vocabulary.evidence import Parameters
from sidestep.services.ports import Knowledge

MONDAY = date(2026, 1, 5)
DAYS = 7
LONGER_BY = 1.1
WINDOW_DAYS = 30
WEEKS_LOOKED_BACK = 12
KNEE_CHECKED_EVERY = 4
BACK_AND_FORTH = 4
FELT_FROM = 0.7
"""Change of pain, of 10, from which somebody says another whole number."""
SAID_EVERY = 250
MOST_REMEMBERED = 60_000
TAKES_PART = 0.8
PLANS = ("ours", "fixed", "plus a tenth")
CHECKED_EVERY = 6
"""Weeks between two looks at what the week would be with more pain or no answer."""


@dataclass(slots=True)
class Runner:
    """One made-up person; what stands here is drawn once, what changes is ``pain``.

    ``used_to_km`` is what the knee takes without complaint, ``irritable`` how much more it
    complains above that, ``calms`` the share of pain a day takes away.
    """

    used_to_km: float
    irritable: float
    calms: float
    adherence: float
    answers: float
    accepts: float
    reason: MissedWhy | None
    flare_a_week: float
    warning_week: int | None
    profile: RunnerProfile
    history: list[PastRun]
    pain: float
    pain_at_check: float | None
    said: int | None = None
    runs: list[PastRun] = field(default_factory=list)
    told: list[CheckIn] = field(default_factory=list)
    planned: PlannedWeek | None = None
    course: Course | None = None
    sessions: list[tuple[date, int, float]] = field(default_factory=list)
    goal_said: bool = False
    is_put_away: bool = False
    missed: list[Missed] = field(default_factory=list)
    days: dict[date, Day] = field(default_factory=dict)

    def feel(self) -> int:
        """Return the pain as she would say it: another number only once the change can be felt."""
        if self.said is None or abs(self.pain - self.said) >= FELT_FROM:
            self.said = round(self.pain)
        return self.said

    def day(self, km: float, home: bool, chance: random.Random) -> None:
        """Let one day pass: what was run irritates, work at home and rest calm."""
        excess = max(0.0, km / self.used_to_km - 1.0)
        self.pain += self.irritable * excess + 0.15 * km / self.used_to_km
        self.pain *= 1.0 - self.calms - (0.03 if home else 0.0)
        self.pain += chance.gauss(0.0, 0.3)
        if chance.random() < self.flare_a_week / DAYS:
            self.pain += chance.uniform(2.0, 5.0)
        self.pain = min(10.0, max(0.0, self.pain))
        self.used_to_km += 0.004 * (max(km, self.used_to_km) - self.used_to_km) + 0.01

    def tell(self, told: CheckIn) -> None:
        """Keep a check-in; it takes the place of one of the same day."""
        if self.told and self.told[-1].on == told.on:
            self.told.pop()
        self.told.append(told)

    def with_reason(self, told: CheckIn) -> CheckIn:
        """Return a day as told, with why something planned was left out; keep what it was."""
        planned = None if self.planned is None else self.planned.plan
        days = () if planned is None else planned.days
        day = next((each for each in days if each.date == told.on), None)
        was_planned = day is not None and day.kind in (DayKind.RUN, DayKind.OFF, DayKind.CROSS)
        if not was_planned or self.reason is None or (told.ran and told.lateral_work):
            return told
        told = replace(told, missed_why=self.reason)
        self.missed += missed_of(told, day)
        return told

    def note_session(self, on: date, km: float) -> None:
        """Keep a session of a phase back to running that was done."""
        if self.planned is None:
            return
        for day in self.planned.plan.days:
            for block in day.blocks:
                if day.date == on and block.return_phase is not None:
                    self.sessions.append((on, block.return_phase, km))


@dataclass(slots=True)
class Seen:
    """What a run of one plan over the weeks came to."""

    km: float = 0.0
    days: int = 0
    days_above_2: int = 0
    days_above_5: int = 0
    broken: Counter[str] = field(default_factory=Counter)
    turns: int = 0
    goal: str = ""
    takes_part: bool = False

    def note_pain(self, pain: float) -> None:
        """Count a day by its pain."""
        self.days += 1
        self.days_above_2 += pain > 2.0
        self.days_above_5 += pain > 5.0


Result = Mapping[str, Seen]


def main() -> None:
    options = _options()
    started = time.perf_counter()
    results = _kept_results(options)
    waiting = [number for number in range(options.runners) if number not in results]
    jobs = [(number, options.seed * 1_000_003 + number, options.weeks) for number in waiting]
    with ProcessPoolExecutor(options.workers, initializer=_remember_solutions) as pool:
        for number, result in pool.map(_one_runner, jobs, chunksize=5):
            results[number] = result
            _keep(options, number, result)
            if len(results) % SAID_EVERY == 0 and len(results) < options.runners:
                print(f"-- so far, after {time.perf_counter() - started:.0f} s", flush=True)
                _print_table(list(results.values()), options)
    _print_table(list(results.values()), options)
    print(f"{time.perf_counter() - started:.0f} s")


def _print_table(results: Sequence[Result], options: argparse.Namespace) -> None:
    print(f"{len(results)} runners, {options.weeks} weeks, seed {options.seed}")
    print(f"{'':<28}{'ours':>10}{'fixed':>10}{'+ a tenth':>12}")
    for label, values in _rows(results):
        print(f"{label:<28}{values[0]:>10}{values[1]:>10}{values[2]:>12}")
    ours = [result["ours"] for result in results]
    print("goals:", _goals_in_words(ours))
    print("goals of who does and tells:", _goals_in_words([s for s in ours if s.takes_part]))
    broken = Counter[str]()
    for seen in ours:
        broken += seen.broken
    print("ours, by law:", dict(broken) or "no law broken", flush=True)


def _goals_in_words(seen: Sequence[Seen]) -> str:
    goals = Counter(each.goal for each in seen if each.goal)
    return ", ".join(f"{count} {what}" for what, count in sorted(goals.items())) or "none"


def _rows(results: Sequence[Result]) -> Iterator[tuple[str, list[str]]]:
    def of(plan: str) -> list[Seen]:
        return [result[plan] for result in results]

    def share(plan: str, count: Callable[[Seen], int]) -> float:
        return 100 * statistics.mean(count(seen) / seen.days for seen in of(plan))

    yield "limits broken", [str(sum(sum(s.broken.values()) for s in of(p))) for p in PLANS]
    yield (
        "runners with one broken",
        [str(sum(bool(s.broken) for s in of(p))) for p in PLANS],
    )
    yield "km a week, median", [f"{statistics.median(s.km for s in of(p)):.1f}" for p in PLANS]
    yield (
        "days above 2 of 10, mean %",
        [f"{share(p, lambda s: s.days_above_2):.0f}" for p in PLANS],
    )
    yield (
        "days above 5 of 10, mean %",
        [f"{share(p, lambda s: s.days_above_5):.1f}" for p in PLANS],
    )
    yield "weeks back and forth, most", [str(max(s.turns for s in of(p))) for p in PLANS]
    yield (
        "runners with four or more",
        [str(sum(s.turns >= BACK_AND_FORTH for s in of(p))) for p in PLANS],
    )


def _kept_results(options: argparse.Namespace) -> dict[int, Result]:
    """Return what an earlier run with the same seed and weeks has written."""
    if options.kept is None or not options.kept.exists():
        return {}
    results: dict[int, Result] = {}
    for line in options.kept.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if (row["seed"], row["weeks"]) == (options.seed, options.weeks):
            results[row["number"]] = {
                plan: Seen(**{**seen, "broken": Counter(seen["broken"])})
                for plan, seen in row["result"].items()
            }
    return {number: each for number, each in results.items() if number < options.runners}


def _keep(options: argparse.Namespace, number: int, result: Result) -> None:
    if options.kept is None:
        return
    row = {
        "number": number,
        "seed": options.seed,
        "weeks": options.weeks,
        "result": {
            plan: {each.name: getattr(seen, each.name) for each in fields(seen)}
            for plan, seen in result.items()
        },
    }
    with options.kept.open("a", encoding="utf-8") as kept:
        kept.write(json.dumps(row) + "\n")


def _remember_solutions() -> None:
    """Let this worker solve each problem once."""
    solve = Model.solve
    known: dict[bytes, Solution | None] = {}

    def solve_once(model: Model, wishes: Sequence[Wish] = ()) -> Solution | None:
        asked = f"{model._proto}{[list(wish) for wish in wishes]}"
        key = hashlib.sha256(asked.encode()).digest()
        if key not in known:
            if len(known) >= MOST_REMEMBERED:
                known.clear()
            known[key] = solve(model, wishes)
        return known[key]

    Model.solve = solve_once  # type: ignore[method-assign, assignment]


def _one_runner(job: tuple[int, int, int]) -> tuple[int, Result]:
    number, seed, weeks = job
    return number, {plan: _live(seed, weeks, plan) for plan in PLANS}


def _live(seed: int, weeks: int, plan: str) -> Seen:
    """Let one person live through the weeks with one plan; the same person for each."""
    runner = _made_up(random.Random(seed))  # noqa: S311
    chance, seen = random.Random(seed + 7), Seen()  # noqa: S311
    weekly_km: list[float] = []
    for week in range(weeks):
        starts = MONDAY + timedelta(days=week * DAYS)
        if plan == "ours":
            runs, home = _our_week(runner, starts, week, chance, seen)
        else:
            runs, home = _their_week(runner, starts, week, plan)
        _count_broken(runner, runs, starts, week, plan, seen)
        weekly_km.append(sum(run.distance_km for run in runs))
        _do(runner, starts, runs, home, chance, seen)
    seen.km = sum(weekly_km) / weeks
    seen.turns = _back_and_forth(weekly_km)
    if plan == "ours" and runner.profile.goal is not None:
        seen.goal = _goal_of(runner)
    seen.takes_part = min(runner.adherence, runner.answers) >= TAKES_PART
    return seen


def _our_week(
    runner: Runner, starts: date, week: int, chance: random.Random, seen: Seen
) -> tuple[list[PastRun], set[date]]:
    if chance.random() < runner.answers:
        # The week is planned on its first morning, which tells how the last run was taken.
        felt = runner.feel()
        runner.tell(CheckIn(on=starts, pain_now=felt, pain_this_morning=felt))
    missed = still_counts(runner.missed, starts, _rules())
    request = with_missed(_request(runner, starts, week), missed, starts, _knowledge().exercises)
    course = _course(runner, starts)
    if request.review_rule and course is not None:
        course = replace(course, grows=False)
    if chance.random() < runner.accepts:
        planned = _with_proposal(runner, starts, request, course)
    else:
        planned = plan_one(starts, request, course)
    runner.planned = planned if isinstance(planned, PlannedWeek) else None
    if isinstance(planned, NoWeek):
        runner.is_put_away = runner.is_put_away or planned.is_hidden
        return [], set()
    plan = planned.plan
    runner.days |= {day.date: day for day in plan.days}
    runner.goal_said = runner.goal_said or goal_out_of_reach(planned, request) is not None
    if week % CHECKED_EVERY == 0:
        _look_at_other_pain(request, course, starts, chance, seen)
    home = {day.date for day in plan.days if day.kind in (DayKind.OFF, DayKind.CROSS)}
    _check_shape(plan, seen)
    return list(runs_of(plan)), home


def _course(runner: Runner, starts: date) -> Course | None:
    """Return where the runner stands after the week that passed, as it really went."""
    planned = runner.planned
    if planned is None:
        return None
    before = planned.plan.week_starts
    done = tuple(run for run in runner.runs if before <= run.on < starts)
    lived = LivedWeek(
        before=planned.course,
        after=planned.next_course,
        planned=runs_of(planned.plan),
        done=done,
        was_well=was_taken_well(runner.told, before, starts, starts, _rules()),
    )
    return course_after(lived, starts)


def _with_proposal(
    runner: Runner, starts: date, request: WeekRequest, course: Course | None
) -> PlannedWeek | NoWeek:
    """Plan the week as a person does who accepts whatever a review proposes but more."""
    response = next_step(runner.told, starts, _rules())
    change = propose(response, None, (), _rules()).change
    if change.changes_plan and change is not ChangeKind.PROGRESS:
        request = with_change(request, change)
        course = None if course is None else replace(course, grows=False)
    return plan_one(starts, request, course)


def _request(runner: Runner, starts: date, week: int) -> WeekRequest:
    knowledge, rules = _knowledge(), _rules()
    on = starts - timedelta(days=1)
    _check_knee_again(runner, week)
    warned = runner.warning_week is not None and week >= runner.warning_week
    pain = next((each.pain for each in reversed(runner.told) if each.pain is not None), None)
    on_run = next(
        (each.pain_on_run for each in reversed(runner.told) if each.pain_on_run is not None),
        runner.pain_at_check,
    )
    ran_on = (run.on for run in (*runner.history, *runner.runs))
    knee = KneeState(
        access=PlanAccess.HIDDEN if warned else PlanAccess.ALLOWED,
        reasons=("A warning sign.",) if warned else (),
        pain_running=on_run,
        has_rested=has_rested(runner.told, max(ran_on, default=MONDAY), starts, rules),
        pain_now=pain,
        pain_daily_life=pain,
        years_running=3.0,
    )
    best = used_to(_weeks_until(on, runner.history + runner.runs), rules)
    return WeekRequest(
        as_of=on,
        profile=runner.profile,
        knee=knee,
        recent_runs=tuple(runner.history + runner.runs),
        exercises=_planned_exercises(),
        cross_training=knowledge.cross_training,
        parameters=_parameters(),
        sessions=_sessions(runner, starts),
        return_phases=knowledge.return_phases,
        return_phase=_return_phase(runner, starts),
        pace_min_per_km=6.5,
        used_to=best,
        used_to_week_km=None if best is None else best.week_km,
    )


def _sessions(runner: Runner, starts: date) -> tuple[HomeSession, ...]:
    """Return the exercises told to have been done, as far back as counts."""
    rules, told = _rules(), tuple(runner.told)
    since = starts - timedelta(days=rules.count("exercise_memory_weeks") * DAYS)
    return tuple(
        session
        for each in told
        if since <= each.on < starts and each.on in runner.days
        for session in sessions_told(runner.days[each.on], each, morning_after(each, told), rules)
    )


def _check_knee_again(runner: Runner, week: int) -> None:
    """Answer the knee check anew after weeks without a run told of, as every week asks for."""
    if not runner.answers or week % KNEE_CHECKED_EVERY:
        return
    since = MONDAY + timedelta(days=(week - KNEE_CHECKED_EVERY) * DAYS)
    if not any(each.ran and each.on >= since for each in runner.told):
        runner.pain_at_check = float(round(runner.pain))
        runner.told = [replace(each, pain_on_run=None) for each in runner.told]


def _return_phase(runner: Runner, starts: date) -> int | None:
    """Return the phase back to running that comes next, from the sessions done and told of."""
    rules, phases = _rules(), _knowledge().return_phases
    since = starts - timedelta(days=WINDOW_DAYS)
    told = tuple(runner.told)
    by_day = {each.on: each for each in told}
    sessions = [
        ReturnSession(
            on=on,
            phase=phase,
            distance_km=km,
            step=Step.HOLD
            if on not in by_day
            else weigh_run(by_day[on], morning_after(by_day[on], told), rules).step,
        )
        for on, phase, km in runner.sessions
        if since <= on < starts
    ]
    if not sessions:
        return None
    return phase_after(sessions, phases, rules.count("return_clean_sessions"))


def _weeks_until(on: date, runs: Sequence[PastRun]) -> list[WeekTotals]:
    weeks = []
    for back in range(WEEKS_LOOKED_BACK - 1, -1, -1):
        ends_on = on - timedelta(days=back * DAYS)
        lengths = [r.distance_km for r in runs if 0 <= (ends_on - r.on).days < DAYS]
        weeks.append(
            WeekTotals(
                ends_on=ends_on,
                runs=len(lengths),
                running_days=len(lengths),
                non_running_days=DAYS - len(lengths),
                days_without_data=0,
                distance_km=sum(lengths),
                duration_s=0.0,
                ascent_m=None,
                descent_m=None,
                longest_km=max(lengths, default=0.0),
            )
        )
    return weeks


def _look_at_other_pain(
    request: WeekRequest,
    course: Course | None,
    starts: date,
    chance: random.Random,
    seen: Seen,
) -> None:
    """Count weeks that would be harder with more pain, or with no answer instead of a mild one."""
    knee = request.knee
    if knee is None or knee.pain_running is None:
        return

    def km_with(pain: float | None) -> float:
        changed = replace(request, knee=replace(knee, pain_running=pain))
        planned = plan_one(starts, changed, course)
        return 0.0 if isinstance(planned, NoWeek) else planned.distance_km

    km = km_with(knee.pain_running)
    more = knee.pain_running + chance.choice([1.0, 2.0, 4.0])
    if km_with(min(10.0, more)) > km + 1e-6:
        seen.broken["more pain, harder week"] += 1
    if knee.pain_running <= 2.0 and km_with(None) > km + 1e-6:
        seen.broken["no answer, harder week"] += 1
    _look_at_worse_sessions(request, starts, chance, seen)


def _look_at_worse_sessions(
    request: WeekRequest, starts: date, chance: random.Random, seen: Seen
) -> None:
    """Count where an exercise that went worse, or of which less is known, opens a harder one."""
    if not request.sessions:
        return
    at = chance.randrange(len(request.sessions))
    one = request.sessions[at]
    now = climbed_to(request.exercises, request.sessions, starts, _rules())
    for step in (step for step in (Step.BACK, Step.HOLD) if step < one.step):
        worse = (*request.sessions[:at], replace(one, step=step), *request.sessions[at + 1 :])
        if climbed_to(request.exercises, worse, starts, _rules()) - now:
            seen.broken["worse session, harder exercise"] += 1


def _check_shape(plan: WeekPlan, seen: Seen) -> None:
    kinds = [day.kind for day in plan.days]
    if DayKind.REST not in kinds:
        seen.broken["no rest day"] += 1
    # Side work that was too much is left out, and the week says so: pain goes before it.
    was_too_much = any(note.rule == SET_BACK and "left out" in note.says for note in plan.notes)
    for day in plan.days:
        has_side_work = any(block.kind is BlockKind.LATERAL for block in day.blocks)
        if day.kind is DayKind.OFF and not (has_side_work or was_too_much):
            seen.broken["home day without side work"] += 1
        if day.kind is DayKind.RUN and sum(b.kind.value == "shuffle" for b in day.blocks) < 2:
            seen.broken["run without side steps"] += 1


def _their_week(
    runner: Runner, starts: date, week: int, plan: str
) -> tuple[list[PastRun], set[date]]:
    usual_km = statistics.median(run.distance_km for run in runner.history)
    factor = LONGER_BY**week if plan == "plus a tenth" else 1.0
    days = (1, 3, 6)
    runs = [PastRun(on=starts + timedelta(days=day), distance_km=usual_km * factor) for day in days]
    return runs, set()


def _count_broken(
    runner: Runner, runs: Sequence[PastRun], starts: date, week: int, plan: str, seen: Seen
) -> None:
    """Hold planned runs against the limits, by arithmetic of its own."""
    if runner.warning_week is not None and week >= runner.warning_week and runs:
        seen.broken["planned through a warning sign"] += 1
    if len(runs) > 4:
        seen.broken["more than four runs"] += 1
    so_far = [*runner.history, *runner.runs]
    for run in runs:
        first = run.on - timedelta(days=WINDOW_DAYS)
        longest = max((r.distance_km for r in so_far if first <= r.on < run.on), default=None)
        if longest is not None and run.distance_km > LONGER_BY * longest + 1e-6:
            seen.broken["longer than the cap"] += 1
        so_far.append(run)
    if plan == "ours":
        for run in runs:
            if run.on.weekday() in runner.profile.not_on:
                seen.broken["on a day that is not free"] += 1


def _do(
    runner: Runner,
    starts: date,
    runs: Sequence[PastRun],
    home: set[date],
    chance: random.Random,
    seen: Seen,
) -> None:
    """Live the week: do some of it, tell some of it."""
    by_day = {run.on: run.distance_km for run in runs}
    for offset in range(DAYS):
        on = starts + timedelta(days=offset)
        is_done = chance.random() < runner.adherence or _is_goal(runner, on)
        km = by_day.get(on, 0.0) if is_done else 0.0
        did_home = on in home and chance.random() < runner.adherence
        morning = runner.feel()
        runner.day(km, did_home, chance)
        evening = runner.feel()
        if km > 0:
            runner.runs.append(PastRun(on=on, distance_km=km))
            runner.note_session(on, km)
        seen.note_pain(runner.pain)
        if chance.random() < runner.answers:
            told = _told(on, km, morning, evening, did_home)
            runner.tell(runner.with_reason(told))


def _is_goal(runner: Runner, on: date) -> bool:
    return runner.profile.goal is not None and runner.profile.goal.on == on


def _told(on: date, km: float, morning: int, evening: int, did_home: bool) -> CheckIn:
    said = CheckIn(
        on=on,
        pain_now=evening,
        pain_this_morning=morning,
        lateral_work=did_home,
        strength=did_home,
        pain_on_exercises=evening if did_home else None,
    )
    if km <= 0:
        return replace(said, ran=False)
    return replace(
        said,
        ran=True,
        pain_before_run=morning,
        pain_on_run=max(morning, evening),
        pain_hour_after=min(morning, evening),
    )


def _back_and_forth(weekly_km: Sequence[float]) -> int:
    """Return the longest row of weeks that go up and down in turn by a fifth or more."""
    longest = row = 0
    last = 0
    for before, after in pairwise(weekly_km):
        change = 0
        if before > 0 and abs(after - before) > 0.2 * before:
            change = 1 if after > before else -1
        row = row + 1 if change and change == -last else (1 if change else 0)
        last = change
        longest = max(longest, row)
    return longest


def _goal_of(runner: Runner) -> str:
    """Say what became of the goal; its own day is never skipped, so reaching it is the plan's."""
    goal = runner.profile.goal
    if goal is None:
        return ""
    if any(run.on == goal.on and run.distance_km >= goal.distance_km for run in runner.runs):
        return "reached"
    if runner.goal_said:
        return "said to be out of reach"
    return "put away with the plan" if runner.is_put_away else "left open"


def _made_up(chance: random.Random) -> Runner:
    usual_km = chance.uniform(2.0, 12.0)
    days = sorted(chance.sample(range(1, 29), chance.randint(3, 16)))
    history = [
        PastRun(
            on=MONDAY - timedelta(days=day),
            distance_km=round(usual_km * chance.uniform(0.7, 1.5), 1),
        )
        for day in days
    ]
    goal_on = MONDAY + timedelta(days=chance.randint(60, 170))
    goal_km = round(usual_km * chance.uniform(1.2, 3.0), 1)
    has_goal = chance.random() < 0.3
    not_on = frozenset(chance.sample(range(DAYS), chance.choice([0, 0, 1, 2, 3])))
    profile = RunnerProfile(not_on=not_on, minutes=chance.choice([None, None, 20, 40, 60]))
    if has_goal:
        # Who has a goal keeps its day of the week free for it, and for the long run.
        on = goal_on.weekday()
        goal = Goal(distance_km=goal_km, on=goal_on)
        profile = replace(profile, goal=goal, not_on=not_on - {on}, minutes_on={on: 600})
    answers = chance.choice([0.0, 0.2, 0.5, 0.8, 1.0])
    pain = chance.uniform(0.0, 6.0)
    return Runner(
        used_to_km=usual_km * chance.uniform(0.8, 1.3),
        irritable=chance.uniform(1.0, 8.0),
        calms=chance.uniform(0.05, 0.35),
        adherence=chance.choice([0.0, 0.3, 0.6, 0.8, 0.95, 1.0]),
        answers=answers,
        accepts=chance.choice([0.0, 0.5, 1.0]),
        reason=chance.choice([None, None, None, None, None, None, *MissedWhy]),
        flare_a_week=chance.choice([0.0, 0.02, 0.1]),
        warning_week=chance.randint(2, 25) if chance.random() < 0.1 else None,
        profile=profile,
        history=history,
        pain=pain,
        pain_at_check=float(round(pain)) if answers else None,
    )


@cache
def _parameters() -> Parameters:
    return {**_knowledge().load, **_knowledge().plans}


@cache
def _rules() -> Rules:
    return Rules(_parameters())


@cache
def _planned_exercises() -> Mapping[str, Exercise]:
    return {id: each for id, each in _knowledge().exercises.items() if each.is_planned}


@cache
def _knowledge() -> Knowledge:
    with tempfile.TemporaryDirectory() as scratch:
        return Wiring(load_settings(Path(scratch))).knowledge


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runners", type=int, default=5000)
    parser.add_argument("--weeks", type=int, default=26)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kept", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
