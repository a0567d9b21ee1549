"""The pain rules as they ship, on days worked out by hand from the evidence."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from builders.shipped import shipped_knowledge
from sidestep.domain.planning.check_in import CheckIn
from sidestep.domain.planning.pain_response import exercise_step, next_step
from sidestep.domain.planning.reasons import Rules

RULES = Rules(shipped_knowledge().plans)
TODAY = date(2026, 11, 22)
CASES = yaml.safe_load(Path(__file__).with_name("pain_responses.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case_gives_its_step(case: dict[str, Any]) -> None:
    days = [CheckIn(on=TODAY - timedelta(days=ago), **told) for ago, told in case["days"].items()]
    ask = exercise_step if case.get("asks") == "exercises" else next_step
    response = ask(days, TODAY, RULES)
    assert (response.step.word if response else "nothing") == case["gives"]
    if response is not None:
        assert response.saw
        assert response.why.rule == case.get("rule", response.why.rule)


def test_the_pain_before_there_were_check_ins_counts_as_usual() -> None:
    days = [CheckIn(on=TODAY - timedelta(days=ago), pain_now=4) for ago in (0, 1)]
    assert next_step(days, TODAY, RULES) is None
    response = next_step(days, TODAY, RULES, pain_before=2)
    assert response is not None
    assert response.step.word == "step_back"
