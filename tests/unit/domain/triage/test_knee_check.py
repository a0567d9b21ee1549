from collections.abc import Mapping, Sequence

from builders.rules import (
    by_id,
    cause,
    choice,
    choices,
    clue,
    fact_is,
    myth,
    number,
    pattern,
    red_flag,
    yes_no,
)
from sidestep.domain.triage.check import check_knee
from sidestep.domain.triage.conditions import All, Any, Compare, Comparison
from sidestep.domain.triage.facts import Facts, Question
from sidestep.domain.triage.findings import KneeCheck
from sidestep.domain.triage.rules import (
    Cause,
    IfUnknown,
    Myth,
    Pattern,
    PlanAccess,
    RedFlag,
    Urgency,
)

QUESTIONS = by_id(
    choice("side", "left", "right"),
    choices("zones", "outer", "inner"),
    yes_no("fever"),
    yes_no("hot"),
    yes_no("injured"),
    yes_no("swollen", injured=True),
    number("pain"),
)
PLACE: Facts = {"side": "left", "zones": frozenset({"outer"})}
OUTER = Compare("zones", Comparison.INCLUDES, "outer")
INNER = Compare("zones", Comparison.INCLUDES, "inner")
INFECTED = red_flag("infected", All((fact_is("hot"), fact_is("fever"))), Urgency.EMERGENCY)
LASTING = red_flag("lasting", Compare("pain", Comparison.AT_LEAST, 5.0), Urgency.SOON)


def check(
    facts: Facts,
    *,
    red_flags: Sequence[RedFlag] = (),
    patterns: Sequence[Pattern] = (),
    causes: Sequence[Cause] = (),
    myths: Sequence[Myth] = (),
    questions: Mapping[str, Question] = QUESTIONS,
) -> KneeCheck:
    return check_knee(
        facts,
        questions=questions,
        red_flags=red_flags,
        patterns=patterns,
        causes=causes,
        myths=myths,
    )


def test_a_present_emergency_hides_the_plan() -> None:
    found = check({**PLACE, "hot": True, "fever": True}, red_flags=[INFECTED])
    assert found.urgency is Urgency.EMERGENCY
    assert found.plan is PlanAccess.HIDDEN
    assert [each.is_present for each in found.red_flags] == [True]
    assert found.plan_reasons == ("Flag infected: be seen soon.",)


def test_a_flag_ruled_out_by_one_answer_needs_no_other() -> None:
    found = check({**PLACE, "fever": False}, red_flags=[INFECTED])
    assert (found.urgency, found.plan) == (Urgency.SELF_CARE, PlanAccess.ALLOWED)
    assert found.red_flags == ()
    assert found.unanswered == ()


def test_an_open_flag_escalates_to_its_own_tier_and_hides_the_plan() -> None:
    found = check({**PLACE, "hot": True}, red_flags=[INFECTED])
    assert found.urgency is Urgency.EMERGENCY
    assert found.plan is PlanAccess.HIDDEN
    assert found.red_flags[0].open_facts == ("fever",)
    assert found.unanswered == ("fever",)


def test_a_flag_that_only_asks_hides_the_plan_without_raising_the_urgency() -> None:
    asking = red_flag("asking", fact_is("fever"), if_unknown=IfUnknown.ASK)
    found = check(PLACE, red_flags=[asking])
    assert (found.urgency, found.plan) == (Urgency.SELF_CARE, PlanAccess.HIDDEN)
    assert found.unanswered == ("fever",)


def test_a_flag_that_skips_says_nothing_while_it_is_open() -> None:
    skipping = red_flag("skipping", fact_is("fever"), if_unknown=IfUnknown.SKIP)
    found = check(PLACE, red_flags=[skipping])
    assert (found.red_flags, found.plan) == ((), PlanAccess.ALLOWED)


def test_a_soon_flag_reduces_the_plan() -> None:
    found = check({**PLACE, "pain": 6.0}, red_flags=[LASTING])
    assert (found.urgency, found.plan) == (Urgency.SOON, PlanAccess.REDUCED)


def test_flags_are_listed_most_urgent_first() -> None:
    facts: Facts = {**PLACE, "hot": True, "fever": True, "pain": 6.0}
    found = check(facts, red_flags=[LASTING, INFECTED])
    assert [each.flag.id for each in found.red_flags] == ["infected", "lasting"]


def test_the_question_an_open_one_hangs_on_is_unanswered_too() -> None:
    swollen = red_flag("swollen", fact_is("swollen"))
    assert check(PLACE, red_flags=[swollen]).unanswered == ("injured", "swollen")
    assert check({**PLACE, "injured": True}, red_flags=[swollen]).unanswered == ("swollen",)
    assert check({**PLACE, "injured": False}, red_flags=[swollen]).unanswered == ()


def test_without_a_place_there_is_no_plan() -> None:
    without_place: tuple[Facts, ...] = ({}, {"side": "left"}, {"zones": frozenset()})
    for facts in without_place:
        found = check(facts)
        assert found.plan is PlanAccess.HIDDEN
        assert found.plan_reasons == ("Tell us where it hurts first.",)
        assert "zones" in found.unanswered


def test_an_unknown_side_is_asked_for_and_hides_nothing() -> None:
    found = check({"zones": frozenset({"outer"})})
    assert (found.plan, found.unanswered) == (PlanAccess.ALLOWED, ("side",))


def test_a_pattern_is_shown_from_its_net_weight_on() -> None:
    raised = (clue(fact_is("hot"), "It is hot."), clue(fact_is("fever"), "There is fever."))
    lowered = (clue(fact_is("injured"), "It was hurt."),)
    outer = pattern("outer", OUTER, *raised, lowered_by=lowered, shown_from=2)
    facts: Facts = {**PLACE, "hot": True, "fever": True, "injured": False}
    (shown,) = check(facts, patterns=[outer]).patterns
    assert shown.raised_by == ("It is hot.", "There is fever.")
    assert (shown.lowered_by, shown.not_known) == ((), ())
    assert check({**facts, "injured": True}, patterns=[outer]).patterns == ()


def test_a_pattern_of_another_place_is_never_shown() -> None:
    inner = pattern("inner", INNER, clue(fact_is("hot")))
    assert check({**PLACE, "hot": True}, patterns=[inner]).patterns == ()


def test_a_shown_pattern_names_what_is_not_known() -> None:
    outer = pattern("outer", OUTER, clue(fact_is("hot")), clue(fact_is("fever")))
    (shown,) = check({**PLACE, "hot": True}, patterns=[outer]).patterns
    assert shown.not_known == ("fever",)


def test_the_three_heaviest_patterns_stand_by_name_and_not_by_weight() -> None:
    patterns = [
        pattern(id, OUTER, clue(fact_is("hot"), weight=weight))
        for id, weight in (("a", 1), ("b", 3), ("c", 1), ("d", 2))
    ]
    found = check({**PLACE, "hot": True}, patterns=patterns)
    assert [each.pattern.id for each in found.patterns] == ["a", "b", "d"]


def test_a_shown_pattern_tightens_the_plan_with_its_own_words() -> None:
    inner = pattern("inner", OUTER, clue(fact_is("hot")), plan=PlanAccess.REDUCED)
    found = check({**PLACE, "hot": True}, patterns=[inner])
    assert found.plan is PlanAccess.REDUCED
    assert found.plan_reasons == ("With inner the plan is reduced.",)


def test_a_pattern_that_could_still_fit_tightens_the_plan_and_is_not_shown() -> None:
    inner = pattern("inner", OUTER, clue(fact_is("hot")), plan=PlanAccess.REDUCED)
    found = check(PLACE, patterns=[inner])
    assert (found.patterns, found.plan) == ((), PlanAccess.REDUCED)
    assert found.plan_reasons[0].endswith("Not known: Is it hot?")


def test_a_pattern_beyond_the_three_shown_still_tightens_the_plan() -> None:
    heavy = [pattern(id, OUTER, clue(fact_is("hot"), weight=3)) for id in "abc"]
    light = pattern("d", OUTER, clue(fact_is("hot")), plan=PlanAccess.REDUCED)
    assert check({**PLACE, "hot": True}, patterns=[*heavy, light]).plan is PlanAccess.REDUCED


def test_a_cause_names_the_answers_that_settle_it_or_the_questions_that_would() -> None:
    tired = cause("tired", Any((fact_is("hot"), Compare("pain", Comparison.AT_LEAST, 8.0))))
    (present,) = check({**PLACE, "hot": True, "pain": 1.0}, causes=[tired]).causes
    assert (present.is_present, present.because) == (True, ("Is it hot? yes",))
    (absent,) = check({**PLACE, "hot": False, "pain": 1.0}, causes=[tired]).causes
    assert absent.is_present is False
    assert absent.because == ("Is it hot? no", "How much pain? 1")
    (unknown,) = check({**PLACE, "pain": 1.0}, causes=[tired]).causes
    assert (unknown.is_present, unknown.because) == (None, ("Is it hot? not known",))


def test_only_myths_that_are_believed_are_shown() -> None:
    believed, other = myth("believed", fact_is("hot")), myth("other", fact_is("fever"))
    found = check({**PLACE, "hot": True}, myths=[other, believed])
    assert found.myths == (believed,)


def test_facts_that_follow_are_kept_with_the_result() -> None:
    assert check({**PLACE, "injured": False}).facts["swollen"] is False
