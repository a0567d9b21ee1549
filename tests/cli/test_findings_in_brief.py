"""The knee check on one screen, and what a hidden plan leaves unsaid."""

from io import StringIO

import pytest
from rich.console import Console

from builders.shipped import shipped_knowledge
from sidestep.cli.knee_findings import print_findings, print_findings_in_brief
from sidestep.domain.triage.facts import Facts
from sidestep.services.importing.made_up_runner import ANSWERS
from sidestep.services.knee.check_knee import check_answers
from sidestep.services.knee.knee_answers import parse_answers

KNOWLEDGE = shipped_knowledge()
HISTORY: Facts = {"spike_band_30d": "over_1_10", "running_days_7d": 6.0}


def shown(print_it: object = print_findings_in_brief, **changed: object) -> str:
    answers = parse_answers({**ANSWERS, **changed}, KNOWLEDGE.questions)
    page = StringIO()
    assert callable(print_it)
    print_it(Console(file=page, width=80), check_answers(answers, KNOWLEDGE, HISTORY), KNOWLEDGE)
    return page.getvalue()


def test_the_made_up_runner_fits_one_screen() -> None:
    lines = shown().splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 80


def test_a_pattern_comes_with_what_raised_it_and_a_cause_with_its_answer_and_basis() -> None:
    page = shown()
    assert "+ It comes on at about the same distance each time." in page
    (row,) = (line for line in page.splitlines() if "Long sitting" in line)
    assert row.split() == ["Long", "sitting", "sitting,", "a", "day:", "9", "h", "article"]


def test_an_emergency_in_brief_is_the_emergency_alone() -> None:
    page = shown(foot_numb_cold=True)
    assert "EMERGENCY" in page
    assert "pattern" not in page.lower()
    assert "sitting" not in page


@pytest.mark.parametrize(("gives_way", "is_shown"), [(False, True), (True, False)])
def test_a_hidden_plan_is_not_told_through_the_causes(gives_way: bool, is_shown: bool) -> None:
    assert ("In the plan:" in shown(print_findings, gives_way=gives_way)) is is_shown


def test_sources_are_named_and_not_keyed() -> None:
    page = shown(print_findings)
    assert "Boukabache" in page
    assert "boukabache_" not in page


def test_of_several_changes_a_cause_names_those_it_is_about() -> None:
    page = shown(changed_before=["longer_runs", "more_sitting"])
    assert "Longer" in page
    assert "More" not in page.replace("More than", "")


def test_an_open_emergency_says_what_to_do_and_what_to_answer_and_no_more() -> None:
    page = shown(print_findings, knee_hot_swollen=True, swelling="a_little")
    assert "NOT CLEAR YET" in page
    assert "If you cannot answer: be seen by an emergency department, now." in page
    assert "Do you have a fever or shivering?" in page
    assert "Patterns" not in page
    assert "What may add to it" not in page
