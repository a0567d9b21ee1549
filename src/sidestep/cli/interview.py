"""Asks the questions of the knee check one at a time; what the answers mean is not known here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import takewhile

import click
from rich.console import Console
from rich.text import Text

from sidestep.cli.interview_reply import HOW_TO_REPLY, Back, Help, ReplyError, read_reply
from sidestep.cli.paragraphs import heading, indented
from sidestep.domain.triage.contradictions import contradictions
from sidestep.domain.triage.facts import Facts, FactValue, Question, answer_in_words
from sidestep.domain.triage.interview import as_put, count_likely, questions_left

Answers = dict[str, FactValue]


@dataclass
class Interview:
    """One run through the questions.

    Attributes
    ----------
    questions
        In the order they are asked.
    sections
        Section id to the words of its header.
    console
        Where the questions are printed.
    answers
        What is known so far; may hold earlier answers at the start.
    last_time
        Old answers, shown where their question is put and never taken by themselves.
    on_file
        Answers that files show: said where their question is put, and taken when it is left open.
    after_each
        Called with the answers after each one; ``True`` ends the interview.
    """

    questions: Mapping[str, Question]
    sections: Mapping[str, str]
    console: Console
    answers: Answers = field(default_factory=dict)
    last_time: Facts = field(default_factory=dict)
    on_file: Facts = field(default_factory=dict)
    after_each: Callable[[Answers], bool] = lambda _: False
    _put: list[str] = field(default_factory=list)
    _passed_over: set[str] = field(default_factory=set)
    _section: str = ""

    def run(self) -> Answers:
        """Ask until nothing is left to ask.

        Raises
        ------
        click.Abort
            The person stopped it.
        """
        self._greet()
        self._put = self._answered_before_the_first_left()
        while left := questions_left(self.questions, self.answers, self._passed_over):
            question = as_put(left[0], self.answers)
            if question.section != self._section:
                self._open_section(question.section)
                if self._skips_optional_part(question, left):
                    continue
            if self._ask(question, left) and self.after_each(self.answers):
                break
        return self.answers

    def _answered_before_the_first_left(self) -> list[str]:
        """Name the earlier answers that ``b`` can take back one by one."""
        left = questions_left(self.questions, self.answers, ())
        before = takewhile(lambda id: not left or id != left[0].id, self.questions)
        return [id for id in before if id in self.answers]

    def _greet(self) -> None:
        self.console.print()
        self.console.print(
            Text(
                "A few questions about your knee. What you leave open stays unknown, and unknown"
                " is not the same as no."
            )
        )
        self.console.print(Text(HOW_TO_REPLY, "dim"))
        self.console.print(
            Text("If you think it is an emergency, do not go on here: get help now.", "bold")
        )

    def _open_section(self, section: str) -> None:
        self._section = section
        self.console.print()
        self.console.print(heading(self.sections.get(section, section)))

    def _skips_optional_part(self, first: Question, left: tuple[Question, ...]) -> bool:
        part = [question for question in left if question.section == first.section]
        if len(part) < 2 or not all(question.is_optional for question in part):
            return False
        self.console.print(Text(f"These {len(part)} questions are optional."))
        if self._line("Answer them now? y, or Enter to leave them out: ").lower() in ("y", "yes"):
            return False
        self._passed_over.update(question.id for question in part)
        return True

    def _ask(self, question: Question, left: tuple[Question, ...]) -> bool:
        """Put one question; tell whether it was answered or passed over, not taken back."""
        number = len(self._put) + 1
        about = len(self._put) + max(1, count_likely(left, self.questions, self.answers))
        self.console.print()
        self.console.print(Text(f"question {number} of about {about}", "dim"))
        self.console.print(Text(question.asks, "bold"))
        for place, option in enumerate(question.options, start=1):
            self.console.print(indented(f"{place:>2}  {option.label}"))
        if question.id in self.last_time:
            said = answer_in_words(self.questions[question.id], self.last_time[question.id])
            self.console.print(Text(f"last time: {said}", "dim"))
        if question.id in self.on_file:
            said = answer_in_words(question, self.on_file[question.id])
            self.console.print(Text(f"your files show: {said}; Enter keeps that", "dim"))
        while True:
            try:
                reply = read_reply(question, self._line(f"{_prompt(question)}: "))
                reply = self.on_file.get(question.id) if reply is None else reply
            except ReplyError as wrong:
                self.console.print(Text(str(wrong)))
                continue
            if isinstance(reply, Help):
                self._help(question)
            elif isinstance(reply, Back):
                return self._take_back()
            elif reply is not None and (others := self._contradicted_by(question, reply)):
                self._say_contradiction(others)
            else:
                self._keep(question, reply)
                return True

    def _contradicted_by(self, question: Question, reply: FactValue) -> tuple[str, ...]:
        for fact, others in contradictions({**self.answers, question.id: reply}, self.questions):
            if fact == question.id:
                return others
        return ()

    def _say_contradiction(self, others: tuple[str, ...]) -> None:
        self.console.print(Text("That does not fit what you said before:"))
        for fact in others:
            question = self.questions[fact]
            said = answer_in_words(question, self.answers[fact])
            self.console.print(indented(f"{question.asks} {said}"))
        self.console.print(Text("Answer again, or type b to go back."))

    def _keep(self, question: Question, answer: FactValue | None) -> None:
        self._put.append(question.id)
        if answer is None:
            self._passed_over.add(question.id)
            self.console.print(Text("→ not known", "dim"))
        else:
            self.answers[question.id] = answer
            self.console.print(Text(f"→ {answer_in_words(question, answer)}", "dim"))

    def _take_back(self) -> bool:
        if not self._put:
            self.console.print(Text("This is the first question."))
            return False
        last = self._put.pop()
        self._passed_over.discard(last)
        self.answers.pop(last, None)
        self._section = self.questions[last].section
        return False

    def _help(self, question: Question) -> None:
        self.console.print(indented(question.help or "There is no more to say about this one."))
        self.console.print(indented(HOW_TO_REPLY, "dim"))

    def _line(self, prompt: str) -> str:
        reply: str = click.prompt(
            prompt, default="", show_default=False, prompt_suffix="", err=self.console.stderr
        )
        return reply.strip()


def _prompt(question: Question) -> str:
    return _PROMPTS[question.kind](question)


def _number_prompt(question: Question) -> str:
    low, high = question.minimum, question.maximum
    span = f" {low:g} to {high:g}" if low is not None and high is not None else ""
    says_span = question.unit.startswith("of ")
    unit = f", {question.unit}" if question.unit and not says_span else ""
    return f"A number{span}{unit}"


_PROMPTS: Mapping[str, Callable[[Question], str]] = {
    "yes_no": lambda _: "y or n",
    "number": _number_prompt,
    "choice": lambda question: f"One of 1 to {len(question.options)}",
    "choices": lambda question: (
        f"All that apply, such as 1 {min(3, len(question.options))} (0: none of these)"
    ),
}
