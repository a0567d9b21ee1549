"""What every command shares: the data folder, the output form, and how to speak."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

    from sidestep.bootstrap.wiring import Wiring


class Session:
    """One run of the program: ``--home`` and ``--json`` as given anywhere on the command line."""

    def __init__(self) -> None:
        self.home: Path | None = None
        self.as_json = False
        self._wiring: Wiring | None = None
        self._console: Console | None = None

    @property
    def wiring(self) -> "Wiring":
        """The pieces of the chosen data folder, built on first use."""
        if self._wiring is None:
            from sidestep.bootstrap.settings import load_settings
            from sidestep.bootstrap.wiring import Wiring

            self._wiring = Wiring(load_settings(self.home))
        return self._wiring

    @property
    def console(self) -> "Console":
        """Where people read: stdout, or stderr when stdout carries JSON."""
        if self._console is None:
            from rich.console import Console

            self._console = Console(stderr=self.as_json, highlight=False)
        return self._console

    def print_json(self, document: Any) -> None:
        """Print the one JSON document of this run to stdout."""
        json.dump(document, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")


def _keep(name: str) -> Callable[[click.Context, click.Parameter, Any], Any]:
    def callback(ctx: click.Context, _: click.Parameter, value: Any) -> Any:
        if value:
            setattr(ctx.ensure_object(Session), name, value)
        return value

    return callback


def home_option(function: Any) -> Any:
    """Add ``--home`` before or after the command's name."""
    return click.option(
        "--home",
        type=click.Path(path_type=Path, file_okay=False),
        callback=_keep("home"),
        expose_value=False,
        is_eager=True,
        help="Folder that holds your data (or set SIDESTEP_HOME).",
    )(function)


def json_option(function: Any) -> Any:
    """Add ``--json`` before or after the command's name."""
    return click.option(
        "--json",
        is_flag=True,
        callback=_keep("as_json"),
        expose_value=False,
        is_eager=True,
        help="Print one JSON document and nothing else.",
    )(function)


def common_options(function: Any) -> Any:
    """Add the options every command has; the command takes the session with ``pass_session``."""
    return home_option(json_option(function))


pass_session = click.make_pass_decorator(Session, ensure=True)
