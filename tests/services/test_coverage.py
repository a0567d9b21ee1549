"""How many rules are decided for a person: every rule once, and a reason for each that is open."""

from builders.days_told import RULES, At, answered
from fakes.stores import MemoryStore
from sidestep.domain.triage.facts import FactOrigin
from sidestep.domain.vocabulary.evidence import Basis
from sidestep.services.check_ins.log_day import knee_as_told
from sidestep.services.knowledge.coverage import Coverage, by_basis, coverage
from sidestep.services.knowledge.knowledge_reading import Statement


def covered(example: str, **changes: object) -> Coverage:
    store, at = MemoryStore(), At()
    answered(store, at, example, **changes)
    check = knee_as_told(store, RULES, at)
    assert check is not None
    return coverage(check.facts, RULES)


def n_rules(kind: str) -> int:
    rules = {
        "red_flag": RULES.red_flags,
        "pattern": RULES.patterns,
        "cause": RULES.causes,
        "myth": RULES.myths,
    }
    return len(tuple(rules[kind]))


def test_every_rule_is_counted_once_whatever_is_known() -> None:
    for counted in (covered("self_care"), coverage({}, RULES)):
        for each in counted.decided:
            assert each.n_hold + each.n_not + each.n_open == n_rules(each.kind)


def test_without_an_answer_every_rule_is_open_for_a_reason() -> None:
    nothing = coverage({}, RULES)
    assert {each.n_hold for each in nothing.decided} == {0}
    flags = next(each for each in nothing.decided if each.kind == "red_flag")
    assert flags.n_open == n_rules("red_flag")
    assert nothing.missing
    waits = [each.n_rules for each in nothing.missing]
    assert waits == sorted(waits, reverse=True)


def test_a_whole_interview_decides_the_red_flags_and_leaves_open_what_only_runs_tell() -> None:
    whole = covered("self_care")
    flags = next(each for each in whole.decided if each.kind == "red_flag")
    assert flags.n_open == 0
    assert FactOrigin.LOAD in {each.origin for each in whole.missing}


def test_an_answer_left_out_opens_its_rules_and_is_named() -> None:
    facts = {"knee_hot_swollen": False}
    asks = RULES.questions["knee_hot_swollen"].asks
    assert asks in {each.asks for each in coverage({}, RULES).missing}
    assert asks not in {each.asks for each in coverage(facts, RULES).missing}


def test_grounds_are_counted_strongest_first() -> None:
    statements = [
        Statement(kind="cause", id=each.id, title="", says="", backing=each.backing)
        for each in RULES.causes
    ]
    counted = by_basis(statements)
    assert list(counted) == list(Basis)
    assert sum(counted.values()) == len(statements)
