from collections.abc import Sequence
from dataclasses import replace
from typing import Any as Anything

import pytest

from builders.plan_requests import an_exercise
from builders.rules import (
    DESIGN,
    by_id,
    cause,
    clue,
    fact_is,
    myth,
    number,
    pattern,
    red_flag,
    yes_no,
)
from sidestep.domain.planning.exercise import ExerciseUse
from sidestep.domain.triage.conditions import Compare, Comparison
from sidestep.domain.triage.facts import Question
from sidestep.domain.triage.rules import IfUnknown
from sidestep.domain.vocabulary.evidence import Backing, Basis, Citation, Parameter, Source
from sidestep.errors import InputError
from sidestep.services.knowledge.inspect_knowledge import (
    find_statements,
    holds,
    inspect_knowledge,
    problems_document,
    statement_document,
)
from sidestep.services.knowledge.knowledge_reading import KnowledgeReading, Problem, RuleCase
from sidestep.services.ports import Knowledge

HOT = red_flag("hot_knee", fact_is("hot"))
SOURCE = Source(key="doe_2020", title="Knees", authors="Doe", year=2020, where="A journal")
CITED = Backing(basis=Basis.COHORT, citations=(Citation(key="doe_2020", supports="It."),))
CASES = tuple(
    RuleCase(kind="red_flag", rule="hot_knee", name=name, facts=facts, gives=gives)
    for name, facts, gives in (
        ("hot", {"hot": True}, True),
        ("cool", {"hot": False}, False),
        ("open", {}, None),
    )
)


def reading(
    *,
    questions: Sequence[Question] = (yes_no("hot"), number("pain")),
    cases: Sequence[RuleCase] = CASES,
    problems: Sequence[Problem] = (),
    **rules: Anything,
) -> KnowledgeReading:
    parts: dict[str, Anything] = {
        "version": "v",
        "sources": {"doe_2020": SOURCE},
        "sections": {"signs": "Signs"},
        "questions": by_id(*questions),
        "red_flags": (replace(HOT, backing=CITED),),
        "patterns": (),
        "causes": (),
        "myths": (),
        "load": {},
        "plans": {},
        "exercises": {},
        "cross_training": {},
    }
    knowledge = Knowledge(**{**parts, **rules})
    files = {
        (kind, rule.id): f"{kind}/{rule.id}.yaml"
        for kind, some in (
            ("red_flag", knowledge.red_flags),
            ("pattern", knowledge.patterns),
            ("cause", knowledge.causes),
            ("myth", knowledge.myths),
            ("load", knowledge.load.values()),
            ("exercise", knowledge.exercises.values()),
            ("question", knowledge.questions.values()),
        )
        for rule in some
    }
    return KnowledgeReading(
        knowledge=knowledge,
        cases=tuple(cases),
        files=files,
        others=(),
        problems=tuple(problems),
    )


def complaints(about: KnowledgeReading) -> list[str]:
    return [f"{each.file}: {each.says}" for each in inspect_knowledge(about)]


def test_knowledge_that_holds_together_has_no_problems() -> None:
    assert complaints(reading()) == []


def test_what_could_not_be_read_is_a_problem() -> None:
    broken = Problem(file="myths/x.yaml", says="not YAML")
    assert inspect_knowledge(reading(problems=[broken])) == (broken,)


@pytest.mark.parametrize(
    ("flag", "complaint"),
    [
        (red_flag("hot_knee", fact_is("hott")), "nobody asks for the fact hott; did you mean hot?"),
        (
            red_flag("hot_knee", Compare("pain", Comparison.AT_LEAST, 11.0)),
            "pain: 11.0 is never the answer",
        ),
        (red_flag("hot_knee", fact_is("hot"), if_unknown=IfUnknown.SKIP), "must escalate"),
        (replace(HOT, backing=replace(DESIGN, basis=Basis.TRIAL)), "needs at least one source"),
        (
            replace(HOT, backing=replace(CITED, citations=(Citation(key="deo", supports="."),))),
            "the source deo is not in sources.yaml",
        ),
        (
            replace(HOT, backing=replace(CITED, citations=CITED.citations * 2)),
            "the source doe_2020 is cited twice",
        ),
    ],
)
def test_a_wrong_red_flag_is_named_with_its_file(flag: Anything, complaint: str) -> None:
    assert any(
        line.startswith("red_flag/hot_knee.yaml") and complaint in line
        for line in complaints(reading(red_flags=(flag,)))
    )


@pytest.mark.parametrize(
    ("left_out", "complaint"),
    [
        (True, "no case in which it fires (gives: true)"),
        (False, "no near miss (gives: false)"),
        (None, "no case in which it cannot be decided (gives: unknown)"),
    ],
)
def test_every_rule_needs_a_firing_a_near_miss_and_an_unknown(
    left_out: bool | None, complaint: str
) -> None:
    cases = [case for case in CASES if case.gives is not left_out]
    assert complaints(reading(cases=cases)) == [f"red_flag/hot_knee.yaml: {complaint}"]


@pytest.mark.parametrize(
    ("facts", "gives", "complaint"),
    [
        ({"hot": False}, True, "case “odd”: should give true, gives false"),
        ({}, False, "case “odd”: should give false, gives unknown"),
        ({"hto": True}, None, "case “odd”: nobody asks for the fact hto; did you mean hot?"),
        ({"pain": 11.0}, None, "case “odd”: pain is never 11.0; expected a number from 0 to 10"),
    ],
)
def test_a_case_that_does_not_give_what_it_says_is_named(
    facts: dict[str, bool | float], gives: bool | None, complaint: str
) -> None:
    odd = RuleCase(kind="red_flag", rule="hot_knee", name="odd", facts=facts, gives=gives)
    assert complaints(reading(cases=[*CASES, odd])) == [f"red_flag/hot_knee.yaml: {complaint}"]


@pytest.mark.parametrize(
    ("question", "complaint"),
    [
        (replace(yes_no("x"), section="nowhere"), "the section nowhere is not in"),
        (yes_no("x", later=True), "only_if: later is not a question that comes before it"),
        (yes_no("x", pain=11.0), "only_if: pain is never 11.0"),
        (replace(yes_no("x"), otherwise=False), "otherwise means nothing without only_if"),
        (replace(yes_no("x", hot=True), otherwise="no"), "otherwise: 'no' should be yes or no"),
        (replace(number("x"), maximum=None), "a number needs a minimum and a maximum"),
        (replace(yes_no("x"), minimum=1.0), "has no minimum or maximum"),
        (replace(number("x"), kind=yes_no("x").kind.CHOICE), "needs at least two options"),
    ],
)
def test_a_question_that_cannot_be_asked_so_is_named(question: Question, complaint: str) -> None:
    found = complaints(reading(questions=[yes_no("hot"), number("pain"), question]))
    assert any(complaint in line for line in found)


def test_a_section_that_asks_nothing_is_named() -> None:
    found = complaints(reading(sections={"signs": "Signs", "empty": "Empty"}))
    assert found == ["triage/sections.yaml: the section empty asks nothing"]


def test_a_cause_may_only_name_exercises_that_exist() -> None:
    lazy = replace(cause("lazy", fact_is("hot")), exercises=("clam",))
    assert "cause/lazy.yaml: there is no exercise clam" in complaints(reading(causes=(lazy,)))


def test_an_exercise_that_does_not_fit_the_others_is_named_with_its_file() -> None:
    clam = replace(an_exercise("clam", ExerciseUse.LATERAL), harder_id="raise")
    found = complaints(reading(exercises={"clam": clam}))
    assert "exercise/clam.yaml: harder_id: there is no exercise raise" in found


def test_an_exercise_that_nobody_drew_is_only_a_warning() -> None:
    clam = an_exercise("clam", ExerciseUse.LATERAL)
    found = inspect_knowledge(reading(exercises={"clam": clam}))
    assert (
        Problem(
            file="exercise/clam.yaml", says="nobody has drawn it: poses/clam.yaml", is_warning=True
        )
        in found
    )


def test_a_drawing_of_no_exercise_is_named() -> None:
    about = reading()
    about = replace(
        about, drawn=frozenset({"clam"}), files={**about.files, ("pose", "clam"): "poses/clam.yaml"}
    )
    assert "poses/clam.yaml: exercise: there is no exercise clam" in complaints(about)


def test_the_conditions_of_clues_and_beliefs_are_looked_at_too() -> None:
    found = complaints(
        reading(
            patterns=(pattern("p", fact_is("hot"), clue(fact_is("q"))),),
            myths=(myth("m", fact_is("r")),),
        )
    )
    assert "pattern/p.yaml: nobody asks for the fact q" in found
    assert "myth/m.yaml: nobody asks for the fact r" in found


@pytest.mark.parametrize("says", ["Up to {0} km.", "Up to {km", "Up to {km.real} km."])
def test_a_sentence_with_wrong_placeholders_is_named(says: str) -> None:
    cap = Parameter(id="cap", title="Cap", value=1.1, unit="", says=says, backing=DESIGN)
    assert any(
        line.startswith("load/cap.yaml: says:") for line in complaints(reading(load={"cap": cap}))
    )


def test_a_source_nobody_cites_is_only_a_warning() -> None:
    unused = replace(SOURCE, key="roe_2021")
    problems = inspect_knowledge(reading(sources={"doe_2020": SOURCE, "roe_2021": unused}))
    assert [(each.says, each.is_warning) for each in problems] == [("no rule cites roe_2021", True)]
    assert holds(problems)


def test_the_documents_name_files_grounds_and_values() -> None:
    cap = Parameter(
        id="cap", title="Cap", value=1.1, unit="ratio", says="Up to {km:.1f} km.", backing=CITED
    )
    about = reading(load={"cap": cap})
    (statement,) = find_statements("cap", about)
    document = statement_document(statement, about.knowledge.sources)
    assert document["says"] == "Up to … km."
    assert (document["value"], document["reviewed"]) == ("1.1 ratio", None)
    assert document["sources"][0]["title"] == "Knees"
    problem = Problem(file="x.yaml", says="wrong")
    assert problems_document([problem], about.knowledge) == {
        "version": "v",
        "holds": False,
        "problems": [{"file": "x.yaml", "says": "wrong", "severity": "error"}],
    }


def test_a_rule_that_does_not_exist_is_an_input_error_with_a_guess() -> None:
    with pytest.raises(InputError) as refused:
        find_statements("hot_kne", reading())
    assert refused.value.hint == "Did you mean hot_knee?"
