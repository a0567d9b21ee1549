"""Whether a plan may be shown, and why; what is in the plan is not decided here."""

from collections.abc import Iterable, Mapping, Sequence

from sidestep.domain.triage.facts import Question
from sidestep.domain.triage.findings import RaisedFlag
from sidestep.domain.triage.rules import Pattern, PlanAccess, Urgency

_FROM_URGENCY = {
    Urgency.EMERGENCY: PlanAccess.HIDDEN,
    Urgency.URGENT: PlanAccess.HIDDEN,
    Urgency.SOON: PlanAccess.REDUCED,
    Urgency.SELF_CARE: PlanAccess.ALLOWED,
}


def decide_plan(
    raised: Sequence[RaisedFlag],
    possible: Iterable[tuple[Pattern, tuple[str, ...]]],
    questions: Mapping[str, Question],
    has_place: bool,
) -> tuple[PlanAccess, tuple[str, ...]]:
    """Return the strictest access anything asks for, and every reason for that access.

    Parameters
    ----------
    raised
        Red flags that are present or open.
    possible
        Patterns that fit or could still fit, with the facts that would settle each.
    questions
        By fact; used to name open questions in words.
    has_place
        Whether it is known where it hurts.
    """
    wishes: list[tuple[PlanAccess, str]] = []
    if not has_place:
        wishes.append((PlanAccess.HIDDEN, "Tell us where it hurts first."))
    wishes.extend(
        (_FROM_URGENCY[each.flag.urgency], f"{each.flag.title}: be seen {each.flag.how_soon}.")
        for each in raised
        if each.is_present
    )
    open_count = sum(not each.is_present for each in raised)
    if open_count:
        wishes.append((PlanAccess.HIDDEN, _open_flags_reason(open_count)))
    wishes.extend(_wish_of(pattern, open_facts, questions) for pattern, open_facts in possible)

    access = max((wish for wish, _ in wishes), default=PlanAccess.ALLOWED)
    reasons = dict.fromkeys(
        reason for wish, reason in wishes if wish is access and wish > PlanAccess.ALLOWED
    )
    return access, tuple(reasons) or ("Nothing in your answers speaks against a plan.",)


def _open_flags_reason(count: int) -> str:
    if count == 1:
        return "One warning sign is not ruled out yet. Answer the open questions first."
    return f"{count} warning signs are not ruled out yet. Answer the open questions first."


def _wish_of(
    pattern: Pattern, open_facts: tuple[str, ...], questions: Mapping[str, Question]
) -> tuple[PlanAccess, str]:
    if not open_facts:
        return pattern.plan, pattern.plan_says
    asked = [questions[fact].asks if fact in questions else fact for fact in open_facts]
    return (
        pattern.plan,
        f"“{pattern.title}” is still possible, so we plan with care. Not known: {' '.join(asked)}",
    )
