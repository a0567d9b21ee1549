"""Sentences that name a command name a place of the pages in the browser."""

import re
from pathlib import Path

import pytest

import sidestep
from builders.shipped import shipped_knowledge
from sidestep.languages.place_names import said_here

SOURCES = Path(sidestep.__file__).parent
COMMANDS = ("knee", "log", "today", "plan", "review", "import", "profile", "exercise", "report")
NAMED = re.compile(rf"sidestep ({'|'.join(COMMANDS)})\b")


def sentences() -> list[str]:
    knowledge = shipped_knowledge()
    of_rules = [rule.says for rule in (*knowledge.plans.values(), *knowledge.load.values())]
    code = [
        path.read_text(encoding="utf-8")
        for folder in ("domain", "services/week")
        for path in (SOURCES / folder).rglob("*.py")
    ]
    texts = [text for each in code for text in re.findall(r'"([^"\n]*)"', each)]
    return [each for each in (*of_rules, *texts) if NAMED.search(each)]


def test_there_are_sentences_to_look_at() -> None:
    assert len(sentences()) > 10


@pytest.mark.parametrize("sentence", sentences())
def test_no_command_is_left(sentence: str) -> None:
    here = said_here(sentence, str)
    assert not NAMED.search(here)
    assert " --" not in here
    assert " export" not in here


def test_place_and_sentence_are_translated() -> None:
    words = {"Tell: sidestep log": "Sag es: sidestep log", "the check-in": "der Tag"}
    assert said_here("Tell: sidestep log", lambda each: words.get(each, each)) == "Sag es: der Tag."


def test_a_sentence_that_ends_in_a_place_has_a_full_stop() -> None:
    assert said_here("Import first: sidestep import", str).endswith("Connect your history.")
    assert said_here("sidestep log, then rest.", str) == "the check-in, then rest."
    assert said_here("sidestep log", str) == "the check-in"
