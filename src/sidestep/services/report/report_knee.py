"""A knee check as a page shows it: urgency, red flags, patterns, causes; what they mean is data."""

from collections.abc import Mapping

from sidestep.domain.triage.conditions import evaluate
from sidestep.domain.triage.facts import Question
from sidestep.domain.triage.findings import FittingPattern, KneeCheck, RaisedFlag, ScreenedCause
from sidestep.domain.triage.rules import RedFlag, Urgency
from sidestep.services.ports.report_pages import (
    CauseLine,
    FlagAnswer,
    FlagLine,
    PatternCard,
    UrgencyPanel,
)
from sidestep.services.report.report_evidence import CitedSources
from sidestep.services.report.report_parts import is_plan_hidden
from sidestep.services.report.report_wording import capitalised

_HEADLINES = {
    Urgency.EMERGENCY: "Get emergency help now",
    Urgency.URGENT: "Be seen urgently",
    Urgency.SOON: "See someone soon",
    Urgency.SELF_CARE: "Nothing you answered asks for a clinician now",
}
_ONLY_OPEN = "Warning signs are still open"
MOST_STILL_TO_ANSWER = 4
ANSWER_WITH = "sidestep knee"
URGENCY_WORDS = {
    Urgency.EMERGENCY: "emergency",
    Urgency.URGENT: "urgent",
    Urgency.SOON: "soon",
    Urgency.SELF_CARE: "self-care",
}


def urgency_panel(
    check: KneeCheck | None, questions: Mapping[str, Question], cited: CitedSources
) -> UrgencyPanel:
    """Return how soon to be seen and every flag that is present or open.

    In an emergency only the flags that make it one: the rest can wait.
    """
    if check is None:
        return UrgencyPanel(
            step=None,
            word="not known",
            headline="Start with where it hurts",
            says=("Until the knee check is answered, nobody can say how soon to be seen.",),
            flags=(),
        )
    shown = [raised for raised in check.red_flags if not check.is_emergency or _is_grave(raised)]
    still_to_answer = () if check.is_emergency else _still_to_answer(check, questions)
    return UrgencyPanel(
        step=int(check.urgency),
        word=URGENCY_WORDS[check.urgency],
        headline=_ONLY_OPEN if check.is_only_open else _HEADLINES[check.urgency],
        says=_urgency_says(check),
        flags=tuple(_flag_line(raised, _worst_present(check), cited) for raised in shown),
        still_to_answer=still_to_answer,
        answer_with=ANSWER_WITH if still_to_answer else "",
    )


def _is_grave(raised: RaisedFlag) -> bool:
    return raised.is_present and raised.flag.urgency is Urgency.EMERGENCY


def _worst_present(check: KneeCheck) -> Urgency:
    present = (raised.flag.urgency for raised in check.red_flags if raised.is_present)
    return max(present, default=Urgency.SELF_CARE)


def _still_to_answer(check: KneeCheck, questions: Mapping[str, Question]) -> tuple[str, ...]:
    if all(raised.is_present for raised in check.red_flags):
        return ()
    asked = [questions[fact].asks for fact in check.unanswered if fact in questions]
    left = len(asked) - MOST_STILL_TO_ANSWER
    return (*asked[:MOST_STILL_TO_ANSWER], *((f"and {left} more",) if left > 0 else ()))


def _urgency_says(check: KneeCheck) -> tuple[str, ...]:
    if check.is_only_open:
        word = URGENCY_WORDS[check.urgency]
        return (f"Unknown is not no: until these are answered, we count this as {word}.",)
    if not check.red_flags:
        return (
            "None of the warning signs we ask about is in your answers. If one appears, stop and "
            "answer the check again.",
        )
    return ()


def _flag_line(raised: RaisedFlag, worst_present: Urgency, cited: CitedSources) -> FlagLine:
    flag = raised.flag
    return FlagLine(
        title=flag.title,
        says=flag.says,
        action=" · ".join(part for part in (flag.who, flag.how_soon) if part),
        is_present=raised.is_present,
        tag=cited.tag(flag.backing),
        is_lesser=raised.is_present and flag.urgency < worst_present,
    )


def flag_answers(check: KneeCheck | None, flags: tuple[RedFlag, ...]) -> tuple[FlagAnswer, ...]:
    """Return every red flag as a clinician reads it: those present first, then the unknown ones."""
    facts = check.facts if check else {}
    words = {True: "yes", False: "no", None: "unknown"}
    answers = [
        FlagAnswer(
            title=flag.title,
            answer=words[evaluate(flag.when, facts)],
            urgency=URGENCY_WORDS[flag.urgency],
        )
        for flag in sorted(flags, key=lambda flag: (-flag.urgency, flag.id))
    ]
    order = ("yes", "unknown", "no")
    return tuple(sorted(answers, key=lambda each: order.index(each.answer)))


def pattern_cards(
    check: KneeCheck, questions: Mapping[str, Question], cited: CitedSources
) -> tuple[PatternCard, ...]:
    """Return the patterns the answers fit."""
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


def patterns_say(check: KneeCheck | None, patterns: tuple[PatternCard, ...]) -> str:
    """Return what stands above the patterns; empty when none may be shown."""
    if check is None or check.is_emergency:
        return ""
    if not patterns:
        return "Your answers fit none of the patterns we know. That is a reason to show someone."
    return "Patterns, not diagnoses, in no order. Other causes can feel the same."


def cause_lines(check: KneeCheck, cited: CitedSources) -> tuple[CauseLine, ...]:
    """Return the causes the answers show; while there is no plan, without what it would do."""
    has_plan = not is_plan_hidden(check)
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
