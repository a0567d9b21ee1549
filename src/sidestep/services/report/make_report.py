"""Puts a knee check, a load report and a week together as the two printed pages.

What the parts conclude is decided where they are made; how a page looks is the adapter's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sidestep import __version__
from sidestep.domain.load.report import LoadReport
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.run_day import PAIN_RULES
from sidestep.domain.planning.week import NoWeek, WeekPlan
from sidestep.domain.triage.conditions import evaluate
from sidestep.domain.triage.facts import Question
from sidestep.domain.triage.findings import FittingPattern, KneeCheck, RaisedFlag, ScreenedCause
from sidestep.domain.triage.rules import PlanAccess, RedFlag, Urgency
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.knee.check_knee import recheck
from sidestep.services.ports import Clock, Knowledge, Store
from sidestep.services.report.report_answers import (
    answer_rows,
    answer_text,
    knee_map,
    short_rows,
    tried_rows,
)
from sidestep.services.report.report_evidence import CitedSources
from sidestep.services.report.report_pages import (
    CauseLine,
    ClinicianPage,
    FlagAnswer,
    FlagLine,
    Missing,
    PatternCard,
    RunnerPage,
    Statement,
    UrgencyPanel,
)
from sidestep.services.report.report_training import (
    charted_weeks,
    has_training,
    load_rows,
    onset_day,
    timeline_events,
    training_part,
)
from sidestep.services.report.report_week import week_part
from sidestep.services.report.report_wording import capitalised, long_date, plain_number
from sidestep.services.training.analyse_load import analyse_history
from sidestep.services.week.plan_week import coming_monday, plan_week

_HEADLINES = {
    Urgency.EMERGENCY: "Get emergency help now",
    Urgency.URGENT: "Be seen urgently",
    Urgency.SOON: "See someone soon",
    Urgency.SELF_CARE: "Nothing you answered asks for a clinician now",
}
_ONLY_OPEN = "Warning signs are still open"
_URGENCY_WORDS = {
    Urgency.EMERGENCY: "emergency",
    Urgency.URGENT: "urgent",
    Urgency.SOON: "soon",
    Urgency.SELF_CARE: "self-care",
}
_NO_CHECK = Missing(
    title="Where it hurts",
    says="Nothing answered yet, so this page cannot say how soon to be seen or what may fit.",
    command="sidestep knee",
)
_NO_TRAINING = Missing(
    title="Your training",
    says="No runs imported yet, so nothing can stand out.",
    command="sidestep import FOLDER",
)
_NO_WEEK = Missing(
    title="This week",
    says="No week planned yet.",
    command="sidestep plan",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportParts:
    """Everything a page is made from; a part that does not exist yet is ``None``.

    Attributes
    ----------
    on
        The day the page is made for.
    checked_on
        The day the knee check was answered; weeks since onset count back from it.
    load_at_onset
        The load as of the day the pain began, for the clinician's timeline.
    """

    on: date
    program_version: str
    knowledge: Knowledge
    check: KneeCheck | None = None
    checked_on: date | None = None
    load: LoadReport | None = None
    week: WeekPlan | NoWeek | None = None
    load_at_onset: LoadReport | None = None


def gather_parts(
    *, store: Store, knowledge: Knowledge, clock: Clock, on: date | None = None
) -> ReportParts:
    """Return what the records hold for a report as of ``on``, today unless given.

    The newest answers are checked again with the present rules; the week is the kept one that
    ``on`` falls into, else the coming one.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the parts rest on.
    StorageError
        The records cannot be read.
    """
    day = clock.today() if on is None else on
    check = recheck(store, knowledge, clock)
    answered = store.latest_document(DocumentKind.KNEE_CHECK)
    checked_on = None if check is None or answered is None else answered.made_at.date()
    onset_on = onset_day(checked_on or day, check.facts) if check else None
    return ReportParts(
        on=day,
        program_version=__version__,
        knowledge=knowledge,
        check=check,
        checked_on=checked_on,
        load=analyse_history(store, knowledge, clock, day),
        week=plan_week(
            store=store, knowledge=knowledge, clock=clock, week_starts=_week_starts(store, day)
        ),
        load_at_onset=None
        if onset_on is None
        else analyse_history(store, knowledge, clock, onset_on),
    )


def _week_starts(store: Store, day: date) -> date:
    kept = store.latest_document(DocumentKind.WEEK_PLAN)
    if kept is not None:
        starts = date.fromisoformat(str(kept.content["week_starts"]))
        if starts <= day < starts + timedelta(days=7):
            return starts
    return coming_monday(day)


def build_runner_page(parts: ReportParts) -> RunnerPage:
    """Return the runner's page; an emergency leaves only the flags and what to tell on the phone.

    Flags come first in every case. While the knee check hides the plan, the page holds no week and
    nothing of a next run.
    """
    cited = CitedSources(parts.knowledge.sources)
    check, load = parts.check, parts.load
    facts = check.facts if check else {}
    questions = parts.knowledge.questions
    urgency = _urgency_panel(check, cited)
    is_emergency = check is not None and _is_emergency(check)
    patterns = () if check is None or is_emergency else _pattern_cards(check, questions, cited)
    shown_week = _shown_week(parts)
    training = (
        training_part(
            load,
            cited,
            week=shown_week,
            may_run=check is None or not _is_plan_hidden(check),
        )
        if load is not None and has_training(load) and not is_emergency
        else None
    )
    causes = () if check is None or is_emergency else _causes(check, cited)
    says_cap = training is not None and training.cap is not None
    week = None if shown_week is None else week_part(shown_week, cited, says_cap=not says_cap)
    return RunnerPage(
        made_on=long_date(parts.on),
        is_emergency=is_emergency,
        knee=knee_map(facts, questions),
        urgency=urgency,
        answers=short_rows(facts, questions) if check else (),
        patterns=patterns,
        patterns_say=_patterns_say(check, patterns),
        training=training,
        week=week,
        week_says=() if is_emergency else _week_says(parts),
        week_helps=() if is_emergency else _week_helps(parts),
        pain_rules=_pain_rules(parts, cited) if week else (),
        causes=causes,
        missing=() if is_emergency else _missing(parts),
        colophon=cited.colophon(
            program_version=parts.program_version, knowledge_version=parts.knowledge.version
        ),
    )


def build_clinician_page(parts: ReportParts) -> ClinicianPage:
    """Return the clinician's page: what happened when, what was answered, what was measured."""
    cited = CitedSources(parts.knowledge.sources)
    check, load = parts.check, parts.load
    facts = check.facts if check else {}
    questions = parts.knowledge.questions
    onset_on = onset_day(parts.checked_on or parts.on, facts)
    onset = answer_text("onset", facts["onset"], questions) if "onset" in facts else "not answered"
    training = training_part(load, cited) if load is not None and has_training(load) else None
    return ClinicianPage(
        made_on=long_date(parts.on),
        subject=_subject(check),
        urgency=_URGENCY_WORDS[check.urgency] if check else "not known: no knee check",
        knee=knee_map(facts, questions),
        events=timeline_events(load, parts.load_at_onset, onset_on, f"onset ({onset.lower()})"),
        weeks=charted_weeks(load) if load is not None and training else (),
        answers=answer_rows(facts, questions) if check else (),
        flags=_flag_answers(check, parts.knowledge.red_flags),
        patterns=_pattern_cards(check, questions, cited) if check else (),
        load=load_rows(load) if load is not None and training else (),
        notices=training.notices if training else (),
        tried=tried_rows(facts, questions),
        questions=parts.knowledge.clinician_questions,
        method=_method(parts),
        missing=tuple(each for each in _missing(parts) if each is not _NO_WEEK),
        colophon=cited.colophon(
            program_version=parts.program_version, knowledge_version=parts.knowledge.version
        ),
    )


# -- urgency -------------------------------------------------------------------------------------


def _urgency_panel(check: KneeCheck | None, cited: CitedSources) -> UrgencyPanel:
    if check is None:
        return UrgencyPanel(
            step=None,
            word="not known",
            headline="Start with where it hurts",
            says=("Until the knee check is answered, nobody can say how soon to be seen.",),
            flags=(),
        )
    return UrgencyPanel(
        step=int(check.urgency),
        word=_URGENCY_WORDS[check.urgency],
        headline=_ONLY_OPEN if _is_only_open(check) else _HEADLINES[check.urgency],
        says=_urgency_says(check),
        flags=tuple(_flag_line(raised, cited) for raised in check.red_flags),
    )


def _is_emergency(check: KneeCheck) -> bool:
    return check.urgency is Urgency.EMERGENCY and not _is_only_open(check)


def _is_only_open(check: KneeCheck) -> bool:
    """Whether no present flag is as urgent as the whole: open questions alone make it so."""
    return check.urgency > Urgency.SELF_CARE and not any(
        raised.is_present and raised.flag.urgency >= check.urgency for raised in check.red_flags
    )


def _urgency_says(check: KneeCheck) -> tuple[str, ...]:
    if _is_only_open(check):
        word = _URGENCY_WORDS[check.urgency]
        return (f"Unknown is not no: until these are answered, we count this as {word}.",)
    if not check.red_flags:
        return (
            "None of the warning signs we ask about is in your answers. If one appears, stop and "
            "answer the check again.",
        )
    return ()


def _flag_line(raised: RaisedFlag, cited: CitedSources) -> FlagLine:
    flag = raised.flag
    return FlagLine(
        title=flag.title,
        says=flag.says,
        action=" · ".join(part for part in (flag.who, flag.how_soon) if part),
        is_present=raised.is_present,
        tag=cited.tag(flag.backing),
    )


def _flag_answers(check: KneeCheck | None, flags: tuple[RedFlag, ...]) -> tuple[FlagAnswer, ...]:
    facts = check.facts if check else {}
    words = {True: "yes", False: "no", None: "unknown"}
    answers = [
        FlagAnswer(
            title=flag.title,
            answer=words[evaluate(flag.when, facts)],
            urgency=_URGENCY_WORDS[flag.urgency],
        )
        for flag in sorted(flags, key=lambda flag: (-flag.urgency, flag.id))
    ]
    order = ("yes", "unknown", "no")
    return tuple(sorted(answers, key=lambda each: order.index(each.answer)))


# -- patterns and causes -------------------------------------------------------------------------


def _pattern_cards(
    check: KneeCheck, questions: Mapping[str, Question], cited: CitedSources
) -> tuple[PatternCard, ...]:
    return tuple(_pattern_card(fitting, questions, cited) for fitting in check.patterns)


def _pattern_card(
    fitting: FittingPattern, questions: Mapping[str, Question], cited: CitedSources
) -> PatternCard:
    pattern = fitting.pattern
    return PatternCard(
        title=pattern.title,
        says=pattern.says,
        raised_by=fitting.raised_by,
        lowered_by=fitting.lowered_by,
        not_known=tuple(
            questions[fact].asks if fact in questions else fact for fact in fitting.not_known
        ),
        ask=pattern.ask_a_clinician,
        tag=cited.tag(pattern.backing),
    )


def _patterns_say(check: KneeCheck | None, patterns: tuple[PatternCard, ...]) -> str:
    if check is None or _is_emergency(check):
        return ""
    if not patterns:
        return "Your answers fit none of the patterns we know. That is a reason to show someone."
    return "Patterns, not diagnoses, in no order. Other causes can feel the same."


def _causes(check: KneeCheck, cited: CitedSources) -> tuple[CauseLine, ...]:
    has_plan = not _is_plan_hidden(check)
    return tuple(
        _cause(screened, cited, has_plan=has_plan)
        for screened in check.causes
        if screened.is_present
    )


def _cause(screened: ScreenedCause, cited: CitedSources, *, has_plan: bool) -> CauseLine:
    cause = screened.cause
    return CauseLine(
        title=cause.title,
        answered=capitalised("; ".join(screened.in_brief or screened.because)),
        known=cause.known,
        plan_does=cause.plan_does if has_plan else "",
        tag=cited.tag(cause.backing),
    )


# -- the week ------------------------------------------------------------------------------------


def _is_plan_hidden(check: KneeCheck) -> bool:
    return check.plan is PlanAccess.HIDDEN or check.urgency >= Urgency.URGENT


def _shown_week(parts: ReportParts) -> WeekPlan | None:
    if parts.check is None or _is_plan_hidden(parts.check):
        return None
    return parts.week if isinstance(parts.week, WeekPlan) else None


def _week_says(parts: ReportParts) -> tuple[str, ...]:
    if parts.check is None:
        return ()
    reasons = parts.check.plan_reasons
    if _is_plan_hidden(parts.check):
        return reasons or ("There is no plan until someone has looked at this.",)
    if isinstance(parts.week, NoWeek):
        collisions = tuple(limit.says for limit in parts.week.collisions)
        return (parts.week.says, *collisions)
    return reasons


def _week_helps(parts: ReportParts) -> tuple[str, ...]:
    if parts.check is None or _is_plan_hidden(parts.check) or not isinstance(parts.week, NoWeek):
        return ()
    return parts.week.would_help


def _pain_rules(parts: ReportParts, cited: CitedSources) -> tuple[Statement, ...]:
    rules = Rules(parts.knowledge.plans)
    whys = [rules.why(rule) for rule in PAIN_RULES if rule in parts.knowledge.plans]
    return tuple(Statement(says=why.says, tag=cited.tag(why.backing)) for why in whys)


# -- the rest ------------------------------------------------------------------------------------


def _missing(parts: ReportParts) -> tuple[Missing, ...]:
    missing = []
    if parts.check is None:
        missing.append(_NO_CHECK)
    if not has_training(parts.load):
        missing.append(_NO_TRAINING)
    if parts.check is not None and parts.week is None and not _is_plan_hidden(parts.check):
        missing.append(_NO_WEEK)
    return tuple(missing)


def _subject(check: KneeCheck | None) -> str:
    age = check.facts.get("age_years") if check else None
    if isinstance(age, float | int) and not isinstance(age, bool):
        return f"Runner, {plain_number(age)} years"
    return "Runner, age not answered"


def _method(parts: ReportParts) -> tuple[str, ...]:
    return (
        "Answers are self-reported; nobody has examined the runner. Patterns, not diagnoses: rules "
        "over the answers, in no order of likelihood and without percentages.",
        "Load comes from the runner's own recordings; each run is set against the longest of the "
        "30 days before it. Days without data are not counted as rest. Steps are estimates, half "
        "of both feet's.",
        "Unknown is not no: a red flag that the answers do not settle stays unknown.",
        f"Made for {long_date(parts.on)} by Sidestep {parts.program_version}, knowledge "
        f"{parts.knowledge.version}. Same answers and files, same page.",
    )
