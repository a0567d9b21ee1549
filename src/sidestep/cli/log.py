"""``sidestep log``: a day's check-in, asked one question at a time or read from a file."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sidestep.cli.day import DAY
from sidestep.cli.session import Session, common_options, pass_session

if TYPE_CHECKING:
    from sidestep.domain.triage.facts import FactValue

STOPPED = "Stopped before the end: nothing was kept."


@click.command(name="log")
@click.option(
    "--on",
    "day",
    type=DAY,
    metavar="DATE",
    help="The day it tells of, YYYY-MM-DD; today unless given.",
)
@click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Take the answers from this YAML or JSON file instead of asking.",
)
@click.option("--afresh", is_flag=True, help="Ask everything again on a day told before.")
@click.option("--schema", is_flag=True, help="Print what a file of answers may hold.")
@common_options
@pass_session
def command(
    session: Session, day: datetime | None, file: Path | None, afresh: bool, schema: bool
) -> None:
    """Tell of a day: how it hurt, whether you ran, what you did. Leave out what you like.

    Telling of the same day again takes the place of what was told before.
    """
    from sidestep.services.check_ins.log_day import check_day, log_day, parse_day
    from sidestep.services.check_ins.log_day import schema as day_schema
    from sidestep.services.check_ins.log_document import log_document

    wiring = session.wiring
    knowledge = wiring.knowledge
    if schema:
        session.print_json(day_schema(knowledge))
        return
    today = wiring.clock.today()
    on = today if day is None else day.date()
    check_day(on, today)
    answers: Mapping[str, FactValue]
    if file is not None:
        named, answers = parse_day(wiring.read_answers(file), knowledge)
        on = on if named is None else _one_day(named, None if day is None else on)
    else:
        answers = _interview(session, on, afresh=afresh)
    logged = log_day(on, answers, store=wiring.store, knowledge=knowledge, clock=wiring.clock)
    if session.as_json:
        session.print_json(log_document(logged, knowledge))
        return
    from sidestep.cli.log_pages import print_logged

    print_logged(session.console, logged, knowledge)


def _one_day(named: date, asked: date | None) -> date:
    if asked is not None and asked != named:
        raise click.UsageError(f"The file tells of {named}, --on of {asked}. Leave one out.")
    return named


def _interview(session: Session, on: date, *, afresh: bool) -> "dict[str, FactValue]":
    from sidestep.cli.interview import Interview
    from sidestep.cli.paragraphs import long_day
    from sidestep.services.check_ins.kept_check_ins import kept_check_ins
    from sidestep.services.check_ins.log_day import (
        SIDE_STEPS,
        answers_on_record,
        asked_on,
        questions_on,
    )
    from sidestep.services.knee.check_knee import check_answers

    store, knowledge = session.wiring.store, session.wiring.knowledge
    before = {each.day.on: each.answers for each in kept_check_ins(store, knowledge)}.get(on, {})
    session.console.print(f"[bold]{long_day(on)}[/bold]")
    if before and not afresh:
        session.console.print(
            "You told of this day before; only what was left open is asked. All of it again: "
            "add --afresh"
        )
    earlier = {} if afresh else before
    on_record = dict(answers_on_record(on, store))
    # What a watch led through need not have been done: that is asked all the same.
    to_confirm = {id: on_record.pop(id) for id in (SIDE_STEPS,) if id in on_record}
    known = questions_on(on, store=store, knowledge=knowledge)
    questions = asked_on(on, session.wiring.clock.today(), known)

    def is_emergency(answers: "dict[str, FactValue]") -> bool:
        return check_answers(answers, knowledge).is_emergency

    try:
        return Interview(
            questions=questions,
            sections={**knowledge.sections, **knowledge.check_in_sections},
            console=session.console,
            answers={**on_record, **earlier},
            last_time=before,
            on_file=to_confirm,
            after_each=is_emergency,
        ).run()
    except (click.Abort, KeyboardInterrupt) as stop:
        click.echo(f"\n{STOPPED}", err=True)
        if session.as_json:
            session.print_json({"error": {"code": "stopped", "message": STOPPED, "hint": ""}})
        raise click.exceptions.Exit(1) from stop
