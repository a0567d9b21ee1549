import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.shipped import shipped_knowledge
from sidestep.adapters.knowledge.load import load_knowledge, read_knowledge, shipped_folder
from sidestep.domain.triage.conditions import All, AtLeast, Compare, Comparison, Not
from sidestep.domain.triage.facts import AnswerKind
from sidestep.domain.triage.rules import PlanAccess, Urgency
from sidestep.errors import KnowledgeError

FLAG = """
id: {id}
title: A hot knee
since: 2026-11-22
basis: guideline
sources:
  - {{key: nice_ng226, supports: It is written there.}}
reviewed: null
when:
  all:
    - {{fact: hot, is: true}}
    - not: {{fact: cold, is: true}}
    - at_least: {{count: 1, of: [{{fact: pain, at_least: 5}}]}}
if_unknown: escalate
urgency: emergency
who: an emergency department
how_soon: now
says: It needs to be seen.
cases:
  - {{name: hot, facts: {{hot: true, cold: false, pain: 6}}, gives: true}}
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    def write_file(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return tmp_path

    return write_file


def test_the_shipped_knowledge_loads_with_every_kind_in_it() -> None:
    knowledge = shipped_knowledge()
    for kind in ("sources", "questions", "red_flags", "patterns", "causes", "myths", "load"):
        assert getattr(knowledge, kind), kind
    assert next(iter(knowledge.questions.values())).section == next(iter(knowledge.sections))


def test_a_red_flag_becomes_a_rule_of_the_domain(write: Callable[[str, str], Path]) -> None:
    folder = write("triage/red_flags/hot.yaml", FLAG.format(id="hot"))
    (flag,) = load_knowledge(folder).red_flags
    assert (flag.id, flag.urgency) == ("hot", Urgency.EMERGENCY)
    assert flag.when == All(
        (
            Compare("hot", Comparison.IS, True),
            Not(Compare("cold", Comparison.IS, True)),
            AtLeast(1, (Compare("pain", Comparison.AT_LEAST, 5.0),)),
        )
    )
    (case,) = read_knowledge(folder).cases
    assert case.facts == {"hot": True, "cold": False, "pain": 6.0}


def test_a_pattern_reads_its_clues_and_its_plan(write: Callable[[str, str], Path]) -> None:
    folder = write(
        "triage/patterns/outer.yaml",
        "id: outer\ntitle: Outer\nsince: 2026-11-22\nbasis: design\nsays: It may.\n"
        "where: {fact: zones, includes_any_of: [outer]}\n"
        "raised_by:\n  - {when: {fact: hot, is: true}, says: It is hot., weight: 2}\n"
        "shown_from: 1\nplan: reduced\nplan_says: Slowly.\nask_a_clinician: Is it?\n",
    )
    (pattern,) = load_knowledge(folder).patterns
    assert pattern.plan is PlanAccess.REDUCED
    assert [each.weight for each in pattern.raised_by] == [2]
    assert pattern.lowered_by == ()


def test_questions_stand_in_the_order_of_sections_and_files(
    write: Callable[[str, str], Path],
) -> None:
    write("triage/sections.yaml", "where: Where\nabout: About you\n")
    write("triage/questions/about.yaml", "- {id: age, asks: How old?, kind: number}\n")
    folder = write(
        "triage/questions/where.yaml",
        "- {id: side, asks: Which?, kind: choice, options: {left: Left, right: Right}}\n"
        "- {id: hot, asks: Hot?, kind: yes_no, only_if: {side: [left]}, otherwise: false}\n",
    )
    questions = load_knowledge(folder).questions
    assert list(questions) == ["side", "hot", "age"]
    assert questions["hot"].only_if == {"side": frozenset({"left"})}
    assert (questions["hot"].otherwise, questions["age"].kind) == (False, AnswerKind.NUMBER)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("urgency: emergency", "urgency: soonish"), "urgency"),
        (("urgency: emergency", "urgency: emergency\nurgent: true"), "urgent"),
        (("since: 2026-11-22", "since: yesterday"), "since"),
        (("who: an emergency department\n", ""), "who"),
        (("fact: hot, is: true", "fact: hot"), "exactly one way"),
        (("fact: hot, is: true", "fact: hot, is: true, at_least: 1"), "exactly one way"),
        (("count: 1", "count: 2"), "count from 1 to 1"),
        (("at_least: 5", "at_least: much"), "should be a number"),
        (("not: {fact: cold, is: true}", "not: {}"), "is no condition"),
        (("id: hot", "id: cold"), "should equal the file's name"),
        (("basis: guideline", "basis: rumour"), "basis"),
        (("gives: true}", "gives: maybe}"), "gives"),
    ],
)
def test_a_rule_that_breaks_the_form_is_refused_by_file_and_key(
    write: Callable[[str, str], Path], change: tuple[str, str], complaint: str
) -> None:
    text = FLAG.format(id="hot")
    assert change[0] in text
    folder = write("triage/red_flags/hot.yaml", text.replace(*change, 1))
    with pytest.raises(KnowledgeError) as refused:
        load_knowledge(folder)
    assert "knowledge/triage/red_flags/hot.yaml" in refused.value.message
    assert complaint in refused.value.message


def test_a_question_asked_twice_is_refused(write: Callable[[str, str], Path]) -> None:
    hot = "{id: hot, asks: Hot?, kind: yes_no}"
    folder = write("triage/questions/signs.yaml", f"- {hot}\n- {hot}\n")
    with pytest.raises(KnowledgeError, match="hot is asked twice"):
        load_knowledge(folder)


def test_the_version_names_the_content_and_not_the_place(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        (folder / "triage" / "red_flags").mkdir(parents=True)
        (folder / "triage" / "red_flags" / "hot.yaml").write_text(FLAG.format(id="hot"))
    assert load_knowledge(here).version == load_knowledge(there).version
    (there / "triage" / "red_flags" / "hot.yaml").write_text(
        FLAG.format(id="hot").replace("seen", "looked at")
    )
    assert load_knowledge(here).version != load_knowledge(there).version


FILES = sorted(path.relative_to(shipped_folder()) for path in shipped_folder().rglob("*.yaml"))
SCRAPS = ("", ":", "- ", "[", "{", "true", "null", "5", "\n", "  ", "&a ", "*a", "'", "\t", "é")


@settings(max_examples=150)
@given(st.integers(0, 2**32).map(Random))
def test_a_damaged_file_gives_knowledge_or_a_knowledge_error(
    tmp_path_factory: pytest.TempPathFactory, chance: Random
) -> None:
    name = chance.choice(FILES)
    text = (shipped_folder() / name).read_text(encoding="utf-8")
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice((0, 1, 3, 30)))
        text = text[:start] + chance.choice(SCRAPS) + text[end:]
    folder = tmp_path_factory.getbasetemp() / "damaged"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_text(text, encoding="utf-8")
    named = ""
    try:
        load_knowledge(folder)
    except KnowledgeError as error:
        named = error.message
    assert named == "" or name.as_posix() in named
