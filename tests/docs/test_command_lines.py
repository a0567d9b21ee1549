"""Every command line of the documentation exists, with these options."""

import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest

from builders.handbook import blocks, name_of, pages, without_blocks
from sidestep.cli.main import command as sidestep

_ENDS = frozenset({"|", ">", "<", ";", "&&"})
_CHECKED = (click.Choice, click.DateTime, click.IntRange, click.FloatRange)
_PLACEHOLDER = re.compile(r"[A-Z…][A-Z-]*(\.pdf)?")


def command_lines(text: str) -> list[str]:
    """Lines to be typed."""
    lines = [line.strip() for block in blocks(text, "sh") for line in block.splitlines()]
    return [line for line in lines if re.match(r"(SIDESTEP_\w+=\S+ )?sidestep\b", line)]


def mentions(text: str) -> list[str]:
    """Commands named in a sentence, which may leave out what they need."""
    spans = re.findall(r"`(sidestep [^`]+)`", without_blocks(text))
    return [" ".join(span.split()) for span in spans]


def arguments_of(line: str) -> list[str]:
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words = list(lexer)
    words = words[words.index("sidestep") + 1 :]
    end = next((at for at, word in enumerate(words) if word in _ENDS), len(words))
    return words[:end]


def check(
    words: list[str],
    *,
    is_whole: bool,
    command: click.Command = sidestep,
    parent: click.Context | None = None,
) -> None:
    """Parse as click would, without running anything or looking at the disk."""
    context = click.Context(command, parent=parent, **command.context_settings)
    given, rest, _ = command.make_parser(context).parse_args(list(words))
    for parameter in command.params:
        value = given.get(parameter.name or "")
        if is_whole and parameter.required and not isinstance(value, str | tuple):
            raise click.MissingParameter(ctx=context, param=parameter)
        if (
            isinstance(value, str)
            and isinstance(parameter.type, _CHECKED)
            and not _PLACEHOLDER.fullmatch(value)
        ):
            kind: click.ParamType[Any] = parameter.type
            kind.convert(value, parameter, context)
    if isinstance(command, click.Group) and rest:
        inner = command.get_command(context, rest[0])
        if inner is None:
            raise click.UsageError(f"there is no command {rest[0]!r}")
        check(rest[1:], is_whole=is_whole, command=inner, parent=context)
    elif rest:
        raise click.UsageError(f"too many words: {rest}")


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_every_command_line_exists_with_its_options(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    lines = [(line, True) for line in command_lines(text)]
    for line, is_whole in [*lines, *((line, False) for line in mentions(text))]:
        try:
            check(arguments_of(line), is_whole=is_whole)
        except click.ClickException as wrong:
            pytest.fail(f"{line}: {wrong.format_message()}")


@pytest.mark.parametrize(
    "line",
    [
        "sidestep load --when 2026-11-22",
        "sidestep load --on yesterday",
        "sidestep importt folder",
        "sidestep report",
        "sidestep report a.pdf b.pdf",
        "sidestep report --for coach a.pdf",
        "sidestep activities answer cc211ec61ea3 --effort 11",
    ],
)
def test_a_command_line_that_does_not_exist_is_found(line: str) -> None:
    with pytest.raises(click.ClickException):
        check(arguments_of(line), is_whole=True)


def test_the_pages_for_people_hold_command_lines() -> None:
    counted = {name_of(page): len(command_lines(page.read_text("utf-8"))) for page in pages()}
    assert counted["README.md"] >= 5
    assert counted["docs/tutorial.md"] >= 10
