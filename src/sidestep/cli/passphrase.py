"""The passphrase of a backup: from a file, or asked for where nobody reads along."""

import sys
from pathlib import Path
from typing import Any

import click

from sidestep.errors import InputError


def passphrase_options(function: Any) -> Any:
    """Add ``--passphrase`` and ``--passphrase-file``."""
    asked = click.option("--passphrase", is_flag=True, help="Ask for a passphrase.")
    from_file = click.option(
        "--passphrase-file",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Take the passphrase from the first line of this file.",
    )
    return asked(from_file(function))


def passphrase_of(file: Path | None, *, is_asked: bool, is_new: bool) -> str | None:
    """Return the passphrase that was given, ``None`` when none was asked for.

    Raises
    ------
    InputError
        The file cannot be read, or the passphrase is empty.
    """
    if file is not None:
        return _read(file)
    return ask_passphrase(is_new=is_new) if is_asked else None


def ask_passphrase(*, is_new: bool) -> str:
    """Ask for a passphrase without showing it; a new one twice."""
    asked: str = click.prompt(
        "Passphrase", hide_input=True, confirmation_prompt=is_new, err=True, type=str
    )
    return asked


def can_ask() -> bool:
    """Tell whether somebody is there to be asked."""
    return sys.stdin.isatty()


def _read(file: Path) -> str:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not text"
        raise InputError(
            f"the passphrase cannot be read from {file}: {why}",
            hint="Name a text file whose first line is the passphrase.",
        ) from error
    if not lines or not lines[0]:
        raise InputError(
            f"the first line of {file} is empty; a passphrase was expected",
            hint="Write the passphrase into its first line.",
        )
    return lines[0]
