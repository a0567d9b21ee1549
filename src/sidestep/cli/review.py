"""``sidestep review``: a week in three numbers, and one change to take or leave."""

import sys
from datetime import datetime

import click

from sidestep.cli.day import DAY
from sidestep.cli.session import Session, common_options, pass_session


@click.command(name="review")
@click.option(
    "--week",
    type=DAY,
    metavar="DATE",
    help="A day of the week to look back on, YYYY-MM-DD; the one under way unless given.",
)
@click.option(
    "--accept/--decline", "accepts", default=None, help="Take the proposed change, or leave it."
)
@click.option(
    "--change",
    metavar="CHANGE",
    help="Which change --accept or --decline is about, where there are several.",
)
@common_options
@pass_session
def command(
    session: Session, week: datetime | None, accepts: bool | None, change: str | None
) -> None:
    """The week in three numbers, and one change to take or leave.

    An accepted change shapes the next week. What answers a reason you told shapes it by itself,
    until you leave it with --decline.
    """
    from sidestep.cli.review_pages import print_decision, print_review
    from sidestep.services.week.review_week import decide, review_document, review_week

    wiring = session.wiring
    store, knowledge, clock = wiring.store, wiring.knowledge, wiring.clock
    named = None if week is None else week.date()
    review = review_week(store=store, knowledge=knowledge, clock=clock, week=named)
    if not session.as_json:
        print_review(session.console, review, knowledge)
    proposal = review.proposal
    if change is not None and accepts is None:
        raise click.UsageError("--change goes with --accept or --decline.")
    is_open = proposal.change.changes_plan and not proposal.is_of_reason and review.decision is None
    if accepts is None and is_open and not session.as_json and sys.stdin.isatty():
        accepts = _ask()
    if accepts is not None:
        review = decide(
            review,
            accepts=accepts,
            change=change,
            store=store,
            knowledge=knowledge,
            clock=clock,
        )
    if session.as_json:
        session.print_json(review_document(review, knowledge))
    else:
        print_decision(session.console, review)


def _ask() -> bool | None:
    """Ask whether the change is wanted; Enter decides nothing."""
    reply = click.prompt(
        "Take it? y, n, or Enter to decide later: ",
        default="",
        show_default=False,
        prompt_suffix="",
    )
    return {"y": True, "yes": True, "n": False, "no": False}.get(reply.strip().lower())
