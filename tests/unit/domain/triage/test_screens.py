"""What is asked together, and in which order."""

from builders.shipped import shipped_knowledge
from sidestep.domain.triage.conditions import comparisons_in
from sidestep.domain.triage.facts import AnswerKind, FactOrigin, Question, gate_facts
from sidestep.domain.triage.screens import (
    MOST_TOGETHER,
    PAIN,
    PARTS,
    PLACE,
    SIGNS,
    TESTS,
    YOU,
    Screen,
    Visit,
)

KNOWLEDGE = shipped_knowledge()
VISIT = Visit(KNOWLEDGE.questions, KNOWLEDGE.red_flags)


def _whole_visit(*, with_tests: bool = False) -> list[Screen]:
    """Put every screen to somebody who knows nothing."""
    passed_over: set[str] = set()
    screens = []
    while screen := VISIT.next_screen({}, passed_over, with_tests=with_tests):
        screens.append(screen)
        passed_over.update(each.id for each in screen.questions)
    return screens


def test_the_place_comes_first_then_the_warning_signs() -> None:
    parts = list(dict.fromkeys(screen.part for screen in _whole_visit()))
    assert parts == [PLACE, SIGNS, PAIN, YOU]


def test_the_tests_at_home_are_put_only_when_they_are_wished_for() -> None:
    assert all(screen.part != TESTS for screen in _whole_visit())
    assert _whole_visit(with_tests=True)[-1].part == TESTS


def test_every_question_is_put_once_and_none_before_what_it_hangs_on() -> None:
    put = [each.id for screen in _whole_visit(with_tests=True) for each in screen.questions]
    asked = {id for id, each in KNOWLEDGE.questions.items() if each.origin is FactOrigin.ASKED}
    assert len(put) == len(set(put))
    assert set(put) == asked
    for id in put:
        gates = set(gate_facts(KNOWLEDGE.questions[id])) & asked
        assert all(put.index(gate) < put.index(id) for gate in gates), id


def test_a_warning_sign_has_a_screen_to_itself() -> None:
    signs = {each.fact for flag in KNOWLEDGE.red_flags for each in comparisons_in(flag.when)}
    alone = {screen.questions[0].id for screen in _whole_visit() if len(screen.questions) == 1}
    shared = {id for id in signs - alone if KNOWLEDGE.questions[id].origin is FactOrigin.ASKED}
    # A number has to be written and sent: your age stands with your years of running.
    assert {KNOWLEDGE.questions[id].kind for id in shared} <= {AnswerKind.NUMBER}
    assert {"energy", "periods", "bone_spot", "calf_swollen"} <= alone


def test_short_questions_share_a_screen_but_not_too_many() -> None:
    sizes = [len(screen.questions) for screen in _whole_visit(with_tests=True)]
    assert max(sizes) <= MOST_TOGETHER
    assert sizes.count(1) < len(sizes)
    for screen in _whole_visit():
        assert len({each.section for each in screen.questions}) == 1


def test_one_tap_is_enough_for_a_single_choice_only() -> None:
    for screen in _whole_visit():
        kinds = {each.kind for each in screen.questions}
        is_single = len(screen.questions) == 1 and kinds <= {AnswerKind.YES_NO, AnswerKind.CHOICE}
        assert screen.is_one_tap == is_single


def test_the_count_of_a_part_goes_up_and_never_beyond_what_is_said() -> None:
    before: dict[str, int] = {}
    for screen in _whole_visit():
        assert before.get(screen.part, 0) < screen.number <= screen.of_about
        before[screen.part] = screen.number


def test_a_question_can_be_put_again_by_itself() -> None:
    screen = VISIT.screen_of("calf_swollen", {"calf_swollen": False}, ())
    assert [each.id for each in screen.questions] == ["calf_swollen"]
    assert screen.part == SIGNS


def test_a_section_nobody_knows_yet_is_asked_with_the_days() -> None:
    new = Question(id="new", section="brand_new", asks="New?", kind=AnswerKind.YES_NO)
    visit = Visit({"new": new}, ())
    screen = visit.next_screen({}, ())
    assert screen is not None
    assert screen.part == YOU
    assert "brand_new" not in {section for names in PARTS.values() for section in names}


def test_the_worst_place_is_one_of_those_that_were_chosen() -> None:
    chosen = frozenset({"back", "outer_above"})
    screen = VISIT.next_screen({"side": "left", "zones": chosen}, ("pointing",))
    assert screen is not None
    (question,) = screen.questions
    assert question.id == "worst_zone"
    assert {option.id for option in question.options} == chosen
