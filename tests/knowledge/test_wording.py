"""What no sentence of the knowledge may say, whatever rule it belongs to."""

import re

import pytest

from builders.shipped import shipped_knowledge
from sidestep.domain.vocabulary.evidence import Parameter
from sidestep.services.knowledge.knowledge_statements import Rule

KNOWLEDGE = shipped_knowledge()
NAMES = ("says", "plan_says", "ask_a_clinician", "known", "plan_does", "not_for")
RULES: tuple[Rule | Parameter, ...] = (
    *KNOWLEDGE.red_flags,
    *KNOWLEDGE.patterns,
    *KNOWLEDGE.causes,
    *KNOWLEDGE.myths,
    *KNOWLEDGE.load.values(),
    *KNOWLEDGE.plans.values(),
    *KNOWLEDGE.exercises.values(),
)
SENTENCES = {
    f"{rule.id}.{name}": str(getattr(rule, name))
    for rule in RULES
    for name in NAMES
    if hasattr(rule, name)
}


@pytest.mark.parametrize(
    "never",
    [
        r"\bbad form\b",
        r"\d+ ?% (risk|chance|probab|likel)",
        r"\b(risk|chance|likelihood) of \d+ ?%",
        r"\byou (have|are suffering from) (ITBS|IT-band|arthritis|a meniscus|a torn|runner's knee)",
        r"\bdiagnosed\b.*\bby (us|Sidestep)\b",
        r"\byou (may|will) be fine\b",
        r"\b(ask for|avoid|get|choose) (an? )?(PRP|cortisone|steroid|hyaluron)",
    ],
)
def test_no_sentence_gives_a_verdict_a_percentage_or_advice_on_injections(never: str) -> None:
    found = [where for where, says in SENTENCES.items() if re.search(never, says, re.IGNORECASE)]
    assert found == []


def test_every_pattern_says_that_other_things_feel_the_same() -> None:
    bare = [each.id for each in KNOWLEDGE.patterns if "can feel the same" not in each.says]
    assert bare == []


def test_every_pattern_names_a_source() -> None:
    assert [each.id for each in KNOWLEDGE.patterns if not each.backing.citations] == []


def test_no_negation_stands_in_a_question_of_yes_or_no() -> None:
    negated = [
        question.id
        for question in KNOWLEDGE.questions.values()
        if question.kind == "yes_no"
        and re.search(r"\b(not|unable|never|cannot|can't)\b", question.asks)
    ]
    assert negated == []
