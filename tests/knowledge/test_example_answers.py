"""The example answers, and how many questions an ordinary check takes; not the engine's laws."""

from pathlib import Path

import pytest
import yaml

from sidestep.adapters.knowledge.load import load_knowledge
from sidestep.domain.triage.check import check_knee
from sidestep.domain.triage.conditions import comparisons_in
from sidestep.domain.triage.facts import FactOrigin, FactValue, complete_facts, is_worth_asking
from sidestep.domain.triage.findings import KneeCheck
from sidestep.services.ports import Knowledge

EXAMPLES = Path(__file__).parents[2] / "examples" / "answers"
OUTCOMES = {
    "self_care": ("self_care", "allowed", {"it_band_type"}),
    "self_care_front": ("self_care", "allowed", {"kneecap_type"}),
    "soon": ("soon", "reduced", {"it_band_type"}),
    "urgent": ("urgent", "hidden", set[str]()),
    "emergency": ("emergency", "hidden", set[str]()),
    "unknown_flag": ("urgent", "hidden", {"it_band_type"}),
    "inner_over_45": ("soon", "reduced", {"joint_type"}),
}
INTERVIEW_PARTS_SHARED = frozenset({"where", "when", "began", "how_bad", "person"})


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def answers(name: str) -> dict[str, FactValue]:
    raw = yaml.safe_load((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8"))
    return {
        fact: frozenset(value)
        if isinstance(value, list)
        else value
        if isinstance(value, bool | str)
        else float(value)
        for fact, value in raw.items()
    }


def check(facts: dict[str, FactValue], knowledge: Knowledge) -> KneeCheck:
    return check_knee(
        facts,
        questions=knowledge.questions,
        red_flags=knowledge.red_flags,
        patterns=knowledge.patterns,
        causes=knowledge.causes,
        myths=knowledge.myths,
    )


def safety_facts(knowledge: Knowledge) -> set[str]:
    return {each.fact for flag in knowledge.red_flags for each in comparisons_in(flag.when)}


def test_every_example_has_its_expected_outcome() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.yaml")} == set(OUTCOMES)


@pytest.mark.parametrize("name", sorted(OUTCOMES))
def test_an_example_gives_its_urgency_plan_and_patterns(name: str, knowledge: Knowledge) -> None:
    found = check(answers(name), knowledge)
    shown = {each.pattern.id for each in found.patterns}
    assert (found.urgency.word, found.plan.word, shown) == OUTCOMES[name]


@pytest.mark.parametrize("name", sorted(set(OUTCOMES) - {"unknown_flag"}))
def test_an_example_leaves_no_needed_question_open(name: str, knowledge: Knowledge) -> None:
    known = complete_facts(answers(name), knowledge.questions)
    left = [
        question.id
        for question in knowledge.questions.values()
        if question.origin is FactOrigin.ASKED
        and not question.is_optional
        and question.id not in known
        and is_worth_asking(question, known) is not False
    ]
    assert left == []


def test_the_first_line_of_an_example_says_what_it_shows() -> None:
    for path in EXAMPLES.glob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# "), path.name


def test_no_red_flag_hangs_on_an_optional_question(knowledge: Knowledge) -> None:
    optional = {id for id, question in knowledge.questions.items() if question.is_optional}
    assert safety_facts(knowledge) & optional == set()


def test_without_an_injury_at_most_sixteen_questions_serve_safety_alone(
    knowledge: Knowledge,
) -> None:
    facts = complete_facts(answers("self_care"), knowledge.questions)
    asked = [
        fact
        for fact in safety_facts(knowledge)
        if knowledge.questions[fact].section not in INTERVIEW_PARTS_SHARED
        and is_worth_asking(knowledge.questions[fact], facts)
    ]
    assert len(asked) <= 16


@pytest.mark.parametrize("left_out", sorted(answers("self_care")))
def test_leaving_out_one_answer_never_loosens_anything(left_out: str, knowledge: Knowledge) -> None:
    full = answers("self_care")
    whole = check(full, knowledge)
    fewer = check({id: value for id, value in full.items() if id != left_out}, knowledge)
    assert fewer.urgency >= whole.urgency
    assert fewer.plan >= whole.plan


@pytest.mark.parametrize("swap", [("over_toes", "turns_in"), ("turns_in", "over_toes")])
def test_a_knee_that_turns_in_changes_no_urgency(
    swap: tuple[str, str], knowledge: Knowledge
) -> None:
    before, after = (check({**answers("self_care"), "squat_knee": way}, knowledge) for way in swap)
    assert (before.urgency, before.plan) == (after.urgency, after.plan)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("outer_above", "allowed"),
        ("front_kneecap", "allowed"),
        ("front_below", "allowed"),
        ("back", "allowed"),
        ("inner_joint_line", "reduced"),
        ("inner_below", "reduced"),
    ],
)
def test_the_place_alone_decides_between_a_plan_and_a_look_first(
    place: str, expected: str, knowledge: Knowledge
) -> None:
    facts = answers("self_care") | {"zones": frozenset({place}), "worst_zone": place}
    facts = {id: value for id, value in facts.items() if id != "outer_bump_sore"}
    facts |= {"repeatable_distance": False, "back_feels": "neither", "calf_cramps_on_runs": False}
    facts.pop("distance_until_pain_km")
    assert check(facts, knowledge).plan.word == expected


@pytest.mark.parametrize("belief", ["mileage_limit", "rest_is_weakness", "ten_percent"])
def test_a_belief_brings_up_its_myth_and_changes_nothing_else(
    belief: str, knowledge: Knowledge
) -> None:
    without = check({**answers("self_care"), "beliefs": frozenset()}, knowledge)
    found = check({**answers("self_care"), "beliefs": frozenset({belief})}, knowledge)
    assert without.myths == ()
    assert len(found.myths) == 1
    assert (found.urgency, found.plan) == (without.urgency, without.plan)
