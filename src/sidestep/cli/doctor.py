"""``sidestep doctor``: what is wrong, and what to do about it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from sidestep.cli.session import Session, common_options, pass_session

if TYPE_CHECKING:
    from rich.console import Console

    from sidestep.services.upkeep.examine_home import Check


@click.command()
@common_options
@pass_session
def command(session: Session) -> int:
    """Check the data folder and this machine; say what is wrong and what to do.

    Nothing is changed. The exit code is 1 when there is something to do.
    """
    from sidestep.services.upkeep.examination_document import examination_document
    from sidestep.services.upkeep.examine_home import all_is_well, examine_home

    checks = examine_home(session.wiring.examined)
    if session.as_json:
        session.print_json(examination_document(checks, session.wiring.settings.home))
    else:
        _print(session.console, checks)
    return 0 if all_is_well(checks) else 1


def _print(console: "Console", checks: Sequence["Check"]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for check in checks:
        table.add_row("" if check.is_fine else "WRONG", check.title, Text(check.finding.says))
        if not check.is_fine:
            table.add_row("", "", Text(f"What to do: {check.finding.to_do}", style="bold"))
    console.print(table)
    wrong = sum(not check.is_fine for check in checks)
    console.print(f"\n{wrong} of {len(checks)} need you." if wrong else "\nAll is well.")
