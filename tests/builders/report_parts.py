"""Hand-made parts of a report: a knee check, a load report and a week with known contents."""

from dataclasses import replace
from datetime import date, timedelta

from sidestep.domain.load.report import (
    Context,
    Exposure,
    IntensityBasis,
    LoadQuestion,
    LoadReport,
    Notice,
    RunAgainstLongest,
    RunIntensity,
    SpikeBand,
    WeekTotals,
)
from sidestep.domain.planning.week import Block, BlockKind, Day, DayKind, Limit, WeekPlan, Why
from sidestep.domain.triage.conditions import Compare, Comparison
from sidestep.domain.triage.facts import AnswerKind, FactValue, Option, Question
from sidestep.domain.triage.findings import (
    FittingPattern,
    KneeCheck,
    RaisedFlag,
    ScreenedCause,
)
from sidestep.domain.triage.rules import (
    Cause,
    IfUnknown,
    Pattern,
    PlanAccess,
    RedFlag,
    Urgency,
)
from sidestep.domain.vocabulary.evidence import Backing, Basis, Citation, Parameter, Source
from sidestep.services.ports import Knowledge
from sidestep.services.report.report_parts import ReportParts

ON = date(2026, 11, 22)
SINCE = date(2026, 11, 1)
ALWAYS = Compare("never_asked", Comparison.IS, True)
COHORT = Backing(
    basis=Basis.COHORT, citations=(Citation(key="frandsen_2025", supports="Long single runs."),)
)
ARTICLE = Backing(
    basis=Basis.ARTICLE, citations=(Citation(key="article_hips", supports="Rest days."),)
)
GUIDELINE = Backing(
    basis=Basis.GUIDELINE, citations=(Citation(key="nice_ng226", supports="When to be seen."),)
)
TRIAL = Backing(
    basis=Basis.TRIAL,
    citations=(
        Citation(key="leppanen_2024", supports="Hip work."),
        Citation(key="esculier_2018", supports="Pain while running."),
    ),
)
DESIGN = Backing(basis=Basis.DESIGN)

SOURCES = {
    key: Source(key=key, title=title, authors=authors, year=year, where=where)
    for key, title, authors, year, where in (
        ("frandsen_2025", "One long run", "Frandsen et al.", 2025, "Br J Sports Med"),
        ("article_hips", "It starts in your hips", "A personal trainer", 2020, "blog article"),
        ("nice_ng226", "Osteoarthritis in over 16s", "NICE", 2022, "guideline NG226"),
        ("leppanen_2024", "Hip and core", "Leppänen et al.", 2024, "Br J Sports Med"),
        ("esculier_2018", "Education", "Esculier et al.", 2018, "Br J Sports Med"),
    )
}
ZONES = (
    "front_kneecap",
    "front_above",
    "front_below",
    "inner_above",
    "inner_joint_line",
    "inner_below",
    "outer_above",
    "outer_joint_line",
    "outer_below",
    "back",
    "all_over",
)


def question(fact: str, *options: str, unit: str = "") -> Question:
    """Build a question; with options it is a choice, without a number."""
    return Question(
        id=fact,
        section="where",
        asks=f"{fact}?",
        kind=AnswerKind.CHOICE if options else AnswerKind.NUMBER,
        options=tuple(
            Option(id=option, label=option.replace("_", " ").capitalize()) for option in options
        ),
        unit=unit,
    )


QUESTIONS = {
    each.id: each
    for each in (
        question("side", "left", "right", "both"),
        question("zones", *ZONES),
        question("worst_zone", *ZONES),
        question("pointing", "one_finger", "hand", "neither"),
        question("onset", "gradual", "sudden", "twist", "blow"),
        question("weeks_since_onset", unit="weeks"),
        question("pain_now", unit="of 10"),
        question("pain_worst", unit="of 10"),
        question("pain_running", unit="of 10"),
        question("pain_daily_life", unit="of 10"),
        question("hurts_when", "during_run", "after_run", "stairs_down", "sitting", "downhill"),
        question("run_course", "eases", "same", "worsens", "stops_me"),
        question("distance_until_pain_km", unit="km"),
        question("morning_stiffness_min", unit="min"),
        question("sitting_hours", unit="h"),
        question("age_years", unit="years"),
        question("squat_knee", "over_toes", "turns_in"),
    )
}
FACTS: dict[str, FactValue] = {
    "side": "left",
    "zones": frozenset({"outer_joint_line", "outer_above"}),
    "worst_zone": "outer_joint_line",
    "pointing": "one_finger",
    "onset": "gradual",
    "weeks_since_onset": 5.0,
    "pain_now": 2.0,
    "pain_worst": 6.0,
    "pain_running": 4.0,
    "pain_daily_life": 1.0,
    "hurts_when": frozenset({"during_run", "stairs_down", "downhill"}),
    "run_course": "worsens",
    "distance_until_pain_km": 4.5,
    "morning_stiffness_min": 0.0,
    "sitting_hours": 9.0,
    "age_years": 41.0,
    "squat_knee": "turns_in",
}


def flag(name: str, urgency: Urgency, *, says: str = "", fact: str = "never_asked") -> RedFlag:
    """Build a red flag that is present when ``fact`` is true."""
    return RedFlag(
        id=name,
        title=name.replace("_", " ").capitalize(),
        since=SINCE,
        when=Compare(fact, Comparison.IS, True),
        if_unknown=IfUnknown.ESCALATE,
        urgency=urgency,
        who="a doctor or an emergency department",
        how_soon="today",
        says=says or f"What {name.replace('_', ' ')} can mean is best looked at by someone.",
        backing=GUIDELINE,
    )


def pattern(name: str, says: str = "", clues: int = 3) -> FittingPattern:
    """Build a pattern with that many clues for and against it."""
    return FittingPattern(
        pattern=Pattern(
            id=name,
            title=name.replace("_", " ").capitalize(),
            since=SINCE,
            says=says or "Pressure on sensitive tissue under the band, near 30° of bend.",
            where=ALWAYS,
            raised_by=(),
            lowered_by=(),
            shown_from=1,
            plan=PlanAccess.ALLOWED,
            plan_says="",
            ask_a_clinician="Could something else feel the same?",
            backing=COHORT,
        ),
        raised_by=tuple(f"it comes on at about the same distance ({n})" for n in range(clues)),
        lowered_by=tuple(f"it does not hurt on stairs ({n})" for n in range(max(clues - 2, 0))),
        not_known=("whether pressing the bony bump hurts",),
    )


def cause(name: str, known: str = "") -> ScreenedCause:
    """Build a cause that the answers show."""
    return ScreenedCause(
        cause=Cause(
            id=name,
            title=name.replace("_", " ").capitalize(),
            since=SINCE,
            present_when=ALWAYS,
            says="You sit a lot.",
            known=known
            or "Long sitting goes with stiffer hips. Whether it hurts knees is unknown.",
            plan_does="The plan has hip work on every off day.",
            exercises=(),
            backing=ARTICLE,
        ),
        is_present=True,
        because=("9 h a day",),
    )


def check(
    *,
    urgency: Urgency = Urgency.SELF_CARE,
    plan: PlanAccess = PlanAccess.ALLOWED,
    flags: tuple[RaisedFlag, ...] = (),
    patterns: tuple[FittingPattern, ...] | None = None,
    reasons: tuple[str, ...] = (),
) -> KneeCheck:
    """Build a knee check of a runner with pain on the outside of the left knee."""
    return KneeCheck(
        urgency=urgency,
        red_flags=flags,
        patterns=(pattern("band_on_the_outer_side"),) if patterns is None else patterns,
        plan=plan,
        plan_reasons=reasons,
        unanswered=(),
        causes=(cause("long_sitting"),),
        myths=(),
        facts=dict(FACTS),
    )


def week_totals(ends_on: date, distance_km: float, *, runs: int = 4, blank: int = 0) -> WeekTotals:
    """Build the totals of one week."""
    return WeekTotals(
        ends_on=ends_on,
        runs=runs,
        running_days=runs,
        non_running_days=7 - runs,
        days_without_data=blank,
        distance_km=distance_km,
        duration_s=distance_km * 360.0,
        ascent_m=None,
        descent_m=None,
    )


def load(*, notices: int = 2, says: str = "") -> LoadReport:
    """Build a load report with one run 1.6 times the longest of the 30 days before it."""
    days = (29, 27, 24, 22, 20, 17, 15, 13, 10, 8, 6, 3, 1)
    lengths = (6.0, 5.2, 8.0, 5.0, 6.1, 8.4, 5.0, 6.0, 13.4, 4.0, 5.5, 6.0, 5.1)
    runs = []
    for back, km in zip(days, lengths, strict=True):
        before = 8.4 if back >= 10 else 13.4
        band = SpikeBand.OVER_1_10 if km > before * 1.1 else SpikeBand.WITHIN
        runs.append(
            RunAgainstLongest(
                activity_id=f"run-{back}",
                on=ON - timedelta(days=back),
                distance_km=km,
                longest_before_km=before,
                ratio=km / before,
                band=band,
            )
        )
    weekly = (18.2, 20.0, 21.4, 0.0, 17.0, 22.3, 24.1, 23.0, 25.6, 24.0, 29.2, 16.6)
    weeks = tuple(
        week_totals(
            ON - timedelta(days=7 * (11 - n)),
            km,
            runs=0 if km == 0 else 4,
            blank=7 if km == 0 else 0,
        )
        for n, km in enumerate(weekly)
    )
    text = says or (
        "Your run of 13.4 km on 12 November was 60 % longer than any in the 30 days before it "
        "(8.4 km). Such runs went with a higher injury rate in one large study: about 5 per "
        "1,000 runs instead of 3."
    )
    kinds = ("spike", "no_rest", "one_direction", "hard_days", "novice", "body_mass")
    return LoadReport(
        on=ON,
        week=weeks[-1],
        weeks=weeks,
        runs_30d=tuple(runs),
        spikes=tuple(run for run in reversed(runs) if run.band is not SpikeBand.WITHIN),
        longest_run_30d_km=13.4,
        next_run_cap_km=14.7,
        longest_row_without_rest_days=7,
        intensities_28d=tuple(
            RunIntensity(
                activity_id=run.activity_id,
                on=run.on,
                basis=IntensityBasis.PACE,
                relative=1.0,
                is_hard=run.distance_km > 8,
            )
            for run in runs
        ),
        multidirectional_share_28d=0.04,
        exposures=tuple(
            Exposure(
                days=days,
                steps=steps,
                steps_per_knee=steps // 2,
                runs_without_steps=0,
                by_source={"integrated_cadence": steps},
            )
            for days, steps in ((7, 14_200), (28, 86_420), (365, 1_031_888))
        ),
        context=Context(acute_chronic_ratio=0.7, monotony=1.1, week_to_week_change_frac=-0.43),
        notices=(
            *(
                Notice(
                    id=f"notice_{n}",
                    kind=kinds[n % len(kinds)],
                    title=("One run far beyond the month's longest", "A week without rest")[n % 2],
                    says=text,
                    backing=(COHORT, ARTICLE)[n % 2],
                )
                for n in range(notices)
            ),
            Notice(
                id="ratio",
                kind="context",
                title="Acute to chronic",
                says="Acute to chronic ratio 0.70.",
                backing=COHORT,
            ),
        ),
        questions=(LoadQuestion(activity_id="odd", on=ON, asks="Was this a drive?"),),
        first_activity_on=ON - timedelta(days=120),
        last_activity_on=ON - timedelta(days=1),
        days_since_last_data=1,
    )


def _block(
    kind: BlockKind, title: str, dose: str, minutes: float, km: float | None = None
) -> Block:
    return Block(
        kind=kind,
        exercise=title.lower().replace(" ", "_"),
        title=title,
        dose=dose,
        minutes=minutes,
        why=Why(rule="rule", says="Why not.", backing=ARTICLE),
        distance_km=km,
    )


def _run_day(day: date, km: float) -> Day:
    stretches = (("Standing groin stretch", "30 s each"), ("Quadriceps stretch", "30 s each"))
    return Day(
        date=day,
        kind=DayKind.RUN,
        blocks=(
            *(_block(BlockKind.STRETCH_BEFORE, *stretch, 2.0) for stretch in stretches),
            _block(BlockKind.RUN, "Easy run", "", km * 6.5, km),
            _block(BlockKind.SHUFFLE, "Side shuffle", "4 × 20 s each way", 3.0),
            *(_block(BlockKind.STRETCH_AFTER, *stretch, 2.0) for stretch in stretches),
        ),
    )


def _off_day(day: date, kind: DayKind, *blocks: Block) -> Day:
    lateral = _block(BlockKind.LATERAL, "Fire hydrant", "2 × 12 each", 5.0)
    return Day(date=day, kind=kind, blocks=(lateral, *blocks))


def week(*, limits: int = 4, says: str = "") -> WeekPlan:
    """Build a week of three runs, two strength days, one other sport and one day of rest."""
    monday = date(2026, 11, 23)
    days = [monday + timedelta(days=n) for n in range(7)]
    strength = (
        _block(BlockKind.STRENGTH, "Split squat", "3 × 8 each", 8.0),
        _block(BlockKind.FOOT, "Short foot", "5 × 10 s", 3.0),
    )
    text = says or "No run longer than 14.7 km: 1.10 times your longest of the last 30 days."
    return WeekPlan(
        week_starts=monday,
        days=(
            _run_day(days[0], 4.2),
            _off_day(days[1], DayKind.OFF, *strength),
            _run_day(days[2], 5.0),
            _off_day(days[3], DayKind.REST),
            _run_day(days[4], 4.5),
            _off_day(
                days[5],
                DayKind.CROSS,
                _block(BlockKind.CROSS_TRAINING, "Ultimate or tennis, easy", "40 min", 40.0),
            ),
            _off_day(days[6], DayKind.OFF, *strength),
        ),
        limits=tuple(
            Limit(
                id=f"limit_{n}",
                says=text if n == 0 else "At most four running days a week.",
                is_editable=n > 0,
                why=Why(rule="cap", says="", backing=(COHORT, ARTICLE)[n % 2]),
            )
            for n in range(limits)
        ),
        notes=(
            Why(rule="rest", says="Rest counts: it is when you get stronger.", backing=ARTICLE),
        ),
    )


def parameter(name: str, value: float, says: str) -> Parameter:
    """Build one number of the plan."""
    return Parameter(id=name, title=name, value=value, unit="of 10", says=says, backing=TRIAL)


def knowledge(flags: tuple[RedFlag, ...] = ()) -> Knowledge:
    """Build a small knowledge with the questions above and these red flags."""
    return Knowledge(
        version="k3f9a1c20b77",
        sources=SOURCES,
        sections={"where": "Where it hurts"},
        questions=QUESTIONS,
        red_flags=flags or (flag("hot_and_swollen_knee", Urgency.EMERGENCY),),
        patterns=(),
        causes=(),
        myths=(),
        load={},
        plans={
            "running_pain_max": parameter(
                "running_pain_max", 2.0, "While you run, pain up to {value} of 10 is acceptable."
            ),
        },
        exercises={},
        cross_training={},
        clinician_questions=(
            "What is my diagnosis, and how sure are you?",
            "What happens if I do nothing?",
        ),
    )


def empty_parts() -> ReportParts:
    """Build a report of somebody who has answered and imported nothing."""
    return ReportParts(on=ON, program_version="0.1.0", knowledge=knowledge())


def usual_parts() -> ReportParts:
    """Build a report with everything in it, nothing worrying."""
    return replace(empty_parts(), check=check(), load=load(), week=week())


def flagged_parts(urgency: Urgency) -> ReportParts:
    """Build a report with one red flag present, one open, and a week that must not be shown."""
    present = flag("hot_and_swollen_knee", urgency)
    still_open = flag("leg_clot", urgency)
    return replace(
        usual_parts(),
        knowledge=knowledge((present, still_open)),
        check=check(
            urgency=urgency,
            plan=PlanAccess.HIDDEN,
            flags=(
                RaisedFlag(flag=present, is_present=True),
                RaisedFlag(flag=still_open, is_present=False, open_facts=("calf_swollen",)),
            ),
            reasons=("A warning sign is present, so there is no plan until someone has looked.",),
        ),
    )


def fullest_parts(*, urgency: Urgency = Urgency.SOON, filler: str = "") -> ReportParts:
    """Build a report with more and longer content than any real one."""
    sentence = (
        filler or "A long sentence of the kind a rule may well carry one day, and then some. "
    )
    flags = tuple(
        flag(f"warning_sign_number_{n}", urgency, says=sentence * 2, fact=f"sign_{n}")
        for n in range(31)
    )
    raised = tuple(RaisedFlag(flag=each, is_present=n < 4) for n, each in enumerate(flags[:14]))
    hides = urgency >= Urgency.URGENT
    return replace(
        usual_parts(),
        knowledge=knowledge(flags),
        check=replace(
            check(
                urgency=urgency,
                plan=PlanAccess.HIDDEN if hides else PlanAccess.REDUCED,
                flags=raised,
                patterns=tuple(pattern(f"pattern_{n}", says=sentence * 2, clues=9) for n in "abc"),
                reasons=(sentence, sentence),
            ),
            causes=tuple(cause(f"cause_{n}", known=sentence * 2) for n in range(8)),
            facts={**FACTS, "zones": frozenset(ZONES), "side": "both"},
        ),
        load=load(notices=8, says=sentence * 3),
        week=week(limits=14, says=sentence),
    )
