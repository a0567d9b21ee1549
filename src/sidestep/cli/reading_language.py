"""The language of what is written to be read on paper; the command line itself speaks English."""

from typing import TYPE_CHECKING, Any

import click

from sidestep.cli.session import Session

if TYPE_CHECKING:
    from sidestep.languages.language import Language

_CODES = ("en", "de")


def language_option(function: Any) -> Any:
    """Add ``--language`` to a command that writes a page."""
    return click.option(
        "--language",
        "code",
        type=click.Choice(_CODES),
        help="The language of the page (that of your settings in the browser unless given).",
    )(function)


def reading_language(session: Session, code: str | None) -> "Language":
    """Return the language asked for, else that of her settings, with distances in her unit."""
    from sidestep.languages.distances import unit_named
    from sidestep.languages.language import SOURCE, language

    account = session.wiring.people.account(session.wiring.settings.owner)
    settings = {} if account is None else account.settings
    chosen = code or settings.get("language") or SOURCE
    return language(str(chosen), unit_named(settings.get("distances")))
