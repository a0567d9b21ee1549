"""``sidestep today``: one card, with what changed and why."""

import click

from sidestep.cli.session import Session, common_options, pass_session


@click.command(name="today")
@common_options
@pass_session
def command(session: Session) -> None:
    """One card: what today is for, and what the last days changed about it.

    Rest is a plan like any other. Missed work is never added on.
    """
    from sidestep.services.week.today_card import today_card, today_document

    wiring = session.wiring
    knowledge = wiring.knowledge
    card = today_card(store=wiring.store, knowledge=knowledge, clock=wiring.clock)
    if session.as_json:
        session.print_json(today_document(card, knowledge))
        return
    from sidestep.cli.taken_along_pages import print_taken_along
    from sidestep.cli.today_pages import print_today
    from sidestep.services.week.taken_along import taken_along_near

    print_today(session.console, card, knowledge)
    print_taken_along(session.console, taken_along_near(card, store=wiring.store))
