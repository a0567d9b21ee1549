"""Every test case that a rule carries, and everything the inspection looks at."""

import pytest

from builders.shipped import shipped_knowledge, shipped_reading
from sidestep.services.knowledge.inspect_knowledge import holds, inspect_knowledge
from sidestep.services.knowledge.knowledge_reading import RuleCase
from sidestep.services.knowledge.rule_cases import outcome_of


@pytest.mark.parametrize(
    "case", shipped_reading().cases, ids=lambda case: f"{case.kind}:{case.rule}:{case.name}"
)
def test_a_rule_gives_what_its_case_says(case: RuleCase) -> None:
    assert outcome_of(case, shipped_knowledge()) is case.gives


def test_the_shipped_knowledge_holds_together() -> None:
    problems = inspect_knowledge(shipped_reading())
    assert holds(problems), [each for each in problems if not each.is_warning]
