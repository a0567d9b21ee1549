"""``sidestep load``: what stands out in the training as of a day; how it looks is not here."""

from datetime import datetime

import click

from sidestep.cli.day import DAY
from sidestep.cli.session import Session, common_options, pass_session


@click.command(name="load")
@click.option(
    "--on",
    "on",
    type=DAY,
    metavar="DATE",
    help="The day to look back from, YYYY-MM-DD (today unless given).",
)
@common_options
@pass_session
def command(session: Session, on: datetime | None) -> None:
    """See what stands out: too much, too soon, no rest, one direction."""
    from sidestep.services.training.analyse_load import analyse_history
    from sidestep.services.training.load_document import load_document

    wiring = session.wiring
    report = analyse_history(
        wiring.store, wiring.knowledge, wiring.clock, None if on is None else on.date()
    )
    if session.as_json:
        session.print_json(load_document(report, wiring.knowledge.sources))
        return
    from sidestep.cli.load_pages import print_report

    print_report(session.console, report, wiring.knowledge.sources)
