"""How headings, marked lines and indented text look in the terminal, the same in every command."""

from collections.abc import Mapping
from datetime import date

from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from sidestep.domain.vocabulary.days import day_in_words
from sidestep.domain.vocabulary.evidence import NOT_REVIEWED, Backing, Source
from sidestep.services.knowledge.short_name import short_names

INDENT = 2


def heading(words: str) -> Rule:
    """Return a heading: bold words on a line."""
    return Rule(Text(words, "bold"), align="left", style="dim")


def indented(text: str | Text, style: str = "") -> Padding:
    """Return text that stands under what comes before it."""
    words = Text(text, style) if isinstance(text, str) else text
    return Padding(words, (0, 0, 0, INDENT), expand=False)


def item(mark: str, text: str | Text) -> Table:
    """Return text behind a mark, its further lines under its first."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=INDENT + 1, justify="right")
    grid.add_column()
    grid.add_row(mark, text if isinstance(text, Text) else Text(text))
    return grid


def ground(backing: Backing, sources: Mapping[str, Source]) -> str:
    """Say what a statement stands on, who says so, and whether that has been reviewed."""
    names = short_names(backing.citations, sources)
    words = f"Basis: {backing.basis.in_words}" + (f" ({names})" if names else "")
    return words if backing.reviewed else f"{words}; {NOT_REVIEWED}"


def long_day(day: date) -> str:
    """Return a day such as ``Sunday 22 November 2026``."""
    return f"{day:%A} {day_in_words(day)}"


def short_day(day: date) -> str:
    """Return a day such as ``Sun 22 Nov``, of one length in a column."""
    return f"{day:%a} {day.day:>2} {day:%b}"
