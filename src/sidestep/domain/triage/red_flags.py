"""Red flags: which are present, which are not ruled out, and how urgent that is."""

from collections.abc import Iterable, Mapping

from sidestep.domain.triage.conditions import deciding_facts, evaluate
from sidestep.domain.triage.facts import Facts, Question, gate_facts
from sidestep.domain.triage.findings import RaisedFlag
from sidestep.domain.triage.rules import IfUnknown, RedFlag, Urgency


def raise_flags(
    flags: Iterable[RedFlag], facts: Facts, questions: Mapping[str, Question]
) -> tuple[RaisedFlag, ...]:
    """Return the flags that are present or not ruled out, most urgent first, present before open.

    A flag that cannot be decided stays open, unless its rule says to skip it.
    """
    raised = []
    for flag in flags:
        truth = evaluate(flag.when, facts)
        if truth is True:
            raised.append(RaisedFlag(flag=flag, is_present=True))
        elif truth is None and flag.if_unknown is not IfUnknown.SKIP:
            open_facts = _with_gates(deciding_facts(flag.when, facts), facts, questions)
            raised.append(RaisedFlag(flag=flag, is_present=False, open_facts=open_facts))
    return tuple(
        sorted(raised, key=lambda each: (-each.flag.urgency, not each.is_present, each.flag.id))
    )


def urgency_of(raised: Iterable[RaisedFlag]) -> Urgency:
    """Return the highest urgency among present flags and open flags that escalate."""
    return max(
        (
            each.flag.urgency
            for each in raised
            if each.is_present or each.flag.if_unknown is IfUnknown.ESCALATE
        ),
        default=Urgency.SELF_CARE,
    )


def _with_gates(
    open_facts: Iterable[str], facts: Facts, questions: Mapping[str, Question]
) -> tuple[str, ...]:
    """Add the unknown facts an open question hangs on: answering those can settle it too."""
    found: dict[str, None] = {}
    waiting = list(open_facts)
    while waiting:
        fact = waiting.pop(0)
        if fact in found:
            continue
        found[fact] = None
        question = questions.get(fact)
        if question is not None and question.otherwise is not None:
            waiting.extend(gate for gate in gate_facts(question) if gate not in facts)
    return tuple(fact for fact in questions if fact in found) + tuple(
        sorted(found.keys() - questions.keys())
    )
