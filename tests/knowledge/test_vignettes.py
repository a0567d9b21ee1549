"""Stories of knees as people bring them, and what the rules should say; answers are data."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from builders.shipped import shipped_knowledge
from sidestep.domain.triage.findings import KneeCheck
from sidestep.services.knee.check_knee import check_answers
from sidestep.services.knee.knee_answers import parse_answers

FOLDER = Path(__file__).parent / "vignettes"
QUIET = "quiet_knee"
STORIES: list[dict[str, Any]] = [
    story
    for path in sorted(FOLDER.glob("*.yaml"))
    if path.stem != QUIET
    for story in yaml.safe_load(path.read_text(encoding="utf-8"))
]
by_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: story["story"])


@cache
def quiet_knee() -> dict[str, object]:
    text = (FOLDER / f"{QUIET}.yaml").read_text(encoding="utf-8")
    answers: dict[str, object] = yaml.safe_load(text)
    return answers


def answers_of(story: dict[str, Any]) -> dict[str, object]:
    changed: dict[str, object] = story["answers"]
    return quiet_knee() | changed


def check(answers: dict[str, object]) -> KneeCheck:
    knowledge = shipped_knowledge()
    return check_answers(parse_answers(answers, knowledge.questions), knowledge)


def test_the_quiet_knee_raises_nothing() -> None:
    found = check(quiet_knee())
    assert (found.urgency.word, found.plan.word, found.red_flags) == ("self_care", "allowed", ())


@by_story
def test_a_story_gets_the_urgency_and_the_plan_it_should(story: dict[str, Any]) -> None:
    found = check(answers_of(story))
    assert (found.urgency.word, found.plan.word) == (story["urgency"], story["plan"])


@by_story
def test_a_story_raises_its_flags_patterns_and_causes(story: dict[str, Any]) -> None:
    found = check(answers_of(story))
    patterns = {each.pattern.id for each in found.patterns}
    causes = {each.cause.id for each in found.causes if each.is_present}
    assert all(each.is_present for each in found.red_flags), "a story answers every needed question"
    assert set(story.get("flags", ())) <= {each.flag.id for each in found.red_flags}
    assert set(story.get("patterns", ())) <= patterns
    assert patterns.isdisjoint(story.get("not_patterns", ()))
    assert set(story.get("causes", ())) <= causes
    assert "patterns" not in story or story["patterns"] or not patterns


@by_story
def test_not_knowing_any_one_answer_is_never_milder(story: dict[str, Any]) -> None:
    answers = answers_of(story)
    whole = check(answers)
    for fact in answers:
        fewer = check({**answers, fact: None})
        assert (fewer.urgency >= whole.urgency, fewer.plan >= whole.plan) == (True, True), fact
