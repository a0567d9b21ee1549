"""Which questions share a screen, and in which order screens come; how they look is not said here.

The place first, then the warning signs, then everything that only helps to understand.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sidestep.domain.triage.conditions import comparisons_in
from sidestep.domain.triage.facts import (
    AnswerKind,
    FactOrigin,
    Facts,
    Question,
    complete_facts,
    gate_facts,
    is_worth_asking,
)
from sidestep.domain.triage.interview import as_put, questions_left
from sidestep.domain.triage.rules import RedFlag

PLACE, SIGNS, PAIN, YOU, TESTS = "place", "signs", "pain", "you", "tests"
"""Parts of a visit, in their order; the last is only offered."""

PARTS: Mapping[str, tuple[str, ...]] = {
    PLACE: ("where",),
    SIGNS: ("signs", "injury", "general", "person"),
    PAIN: ("began", "how_bad", "when"),
    YOU: ("life", "beliefs"),
    TESTS: ("home_tests",),
}
"""Sections of the interview by part. A section that is named nowhere belongs to ``YOU``."""

MOST_TOGETHER = 6
"""Questions on one screen; more is a form."""

MOST_OPTIONS_TOGETHER = 5
"""A question that offers more has a screen to itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """Questions that are put together.

    Attributes
    ----------
    part
        The part of the visit they belong to.
    number, of_about
        Which screen of its part it is, and about how many questions the part has in all.
    """

    part: str
    questions: tuple[Question, ...]
    number: int
    of_about: int

    @property
    def is_one_tap(self) -> bool:
        """Whether choosing an answer is all there is to do."""
        return len(self.questions) == 1 and self.questions[0].kind in (
            AnswerKind.YES_NO,
            AnswerKind.CHOICE,
        )


class Visit:
    """The order of a visit, worked out once from the questions and the red flags.

    Parameters
    ----------
    questions
        All questions.
    red_flags
        What they warn of: a question that decides one stands alone.
    """

    def __init__(self, questions: Mapping[str, Question], red_flags: Iterable[RedFlag]) -> None:
        self._signs = {each.fact for flag in red_flags for each in comparisons_in(flag.when)}
        self._parts = _parts_of(questions)
        order = list(PARTS)
        asked = [each for each in questions.values() if each.origin is FactOrigin.ASKED]
        inside = {section: i for names in PARTS.values() for i, section in enumerate(names)}
        asked.sort(
            key=lambda each: (
                order.index(self._parts[each.id]),
                # What waits for an answer of its own part comes when that has been given.
                _last_gate(each, questions, inside),
            )
        )
        self.questions: Mapping[str, Question] = {each.id: each for each in asked}

    def part_of(self, id: str) -> str:
        """Return the part of the visit that a question belongs to."""
        return self._parts[id]

    def next_screen(
        self, answers: Facts, passed_over: Collection[str], *, with_tests: bool = False
    ) -> Screen | None:
        """Return what is to be asked next, ``None`` when everything has been.

        Parameters
        ----------
        answers
            Answers so far.
        passed_over
            Questions that were put and left open.
        with_tests
            Whether the small tests at home are wished for.
        """
        left = [
            each
            for each in questions_left(self.questions, answers, passed_over)
            if with_tests or self._parts[each.id] != TESTS
        ]
        if not left:
            return None
        together = self._together(left)
        return self._screen(together, left, answers, passed_over)

    def screen_of(self, id: str, answers: Facts, passed_over: Collection[str]) -> Screen:
        """Return a screen that puts one question again, by itself."""
        left = questions_left(self.questions, answers, passed_over)
        return self._screen((self.questions[id],), left, answers, passed_over)

    def _screen(
        self,
        together: tuple[Question, ...],
        left: Collection[Question],
        answers: Facts,
        passed_over: Collection[str],
    ) -> Screen:
        part = self._parts[together[0].id]
        known = complete_facts(answers, self.questions)
        put = [
            id
            for id in self.questions
            if self._parts[id] == part
            and (id in answers or id in passed_over)
            and all(id != each.id for each in together)
        ]
        likely = [
            each
            for each in left
            if self._parts[each.id] == part and is_worth_asking(each, known) is True
        ]
        number = len(put) + 1
        return Screen(
            part=part,
            questions=tuple(as_put(each, answers) for each in together),
            number=number,
            of_about=max(number, len(put) + len(likely)),
        )

    def _together(self, left: list[Question]) -> tuple[Question, ...]:
        first = left[0]
        chosen = [first]
        for question in left[1:]:
            if self._stands_alone(first) or len(chosen) == MOST_TOGETHER:
                break
            hangs_on = {question.one_of, *gate_facts(question)}
            if (
                question.section != first.section
                or self._stands_alone(question)
                or any(each.id in hangs_on for each in chosen)
            ):
                break
            chosen.append(question)
        return tuple(chosen)

    def _stands_alone(self, question: Question) -> bool:
        if question.kind is AnswerKind.NUMBER:
            return False
        return (
            question.kind is AnswerKind.CHOICES
            or question.id in self._signs
            or len(question.options) > MOST_OPTIONS_TOGETHER
        )


def _parts_of(questions: Mapping[str, Question]) -> dict[str, str]:
    """Return each question's part; a question comes no sooner than those it hangs on."""
    order = list(PARTS)
    by_section = {section: part for part, names in PARTS.items() for section in names}
    found: dict[str, str] = {}
    for id, question in questions.items():
        own = by_section.get(question.section, YOU)
        waits_for = [found[gate] for gate in gate_facts(question) if gate in found]
        found[id] = max((own, *waits_for), key=order.index)
    return found


def _last_gate(
    question: Question, questions: Mapping[str, Question], inside: Mapping[str, int]
) -> int:
    sections = [question.section] + [
        questions[gate].section for gate in gate_facts(question) if gate in questions
    ]
    part = next((names for names in PARTS.values() if question.section in names), ())
    return max((inside.get(each, 0) for each in sections if each in part), default=0)
