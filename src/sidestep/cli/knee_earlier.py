"""What becomes of the answers a file already holds; asking questions is the interview's part."""

from dataclasses import dataclass, field
from datetime import datetime

import click
from rich.console import Console
from rich.text import Text

from sidestep.cli.paragraphs import indented
from sidestep.domain.triage.facts import Facts
from sidestep.domain.vocabulary.counts import count_of
from sidestep.domain.vocabulary.days import day_in_words

ASK_AGAIN, AS_THEY_ARE, AFRESH = "1", "2", "3"
_WAYS = {
    ASK_AGAIN: "Ask the warning signs and the pain again, keep the rest (best)",
    AS_THEY_ARE: "Go on with these answers as they are",
    AFRESH: "Start afresh; the old answers are written over",
}


@dataclass(frozen=True)
class Earlier:
    """Answers to begin with, and old ones that are only shown when their question is put again."""

    answers: Facts = field(default_factory=dict)
    last_time: Facts = field(default_factory=dict)


def say_where_from(console: Console, name: str, answers: Facts, written_at: datetime) -> None:
    """Tell how many answers a file gave and how old they are."""
    console.print()
    console.print(
        Text(
            f"{count_of(len(answers), 'answer', 'answers')} taken from {name}, last written on"
            f" {day_in_words(written_at.date())} at {written_at:%H:%M}."
        )
    )


def choose(console: Console, answers: Facts, asked_again: frozenset[str]) -> Earlier:
    """Let the person choose what becomes of old answers.

    Raises
    ------
    click.Abort
        The person stopped it.
    """
    console.print(Text("Warning signs and pain can change within days. What now?", "bold"))
    for number, says in _WAYS.items():
        console.print(indented(f"{number}  {says}"))
    while (way := _way(console)) not in _WAYS:
        console.print(Text("Type 1, 2 or 3."))
    if way == AFRESH:
        return Earlier()
    if way == AS_THEY_ARE:
        return Earlier(answers=answers)
    return Earlier(
        answers=_only(answers, answers.keys() - asked_again),
        last_time=_only(answers, answers.keys() & asked_again),
    )


def _way(console: Console) -> str:
    reply: str = click.prompt(
        "1, 2 or 3 (Enter: 1): ",
        default=ASK_AGAIN,
        show_default=False,
        prompt_suffix="",
        err=console.stderr,
    )
    return reply.strip()


def _only(answers: Facts, ids: set[str]) -> Facts:
    return {id: value for id, value in answers.items() if id in ids}
