"""``sidestep knee``: asks or reads the answers, checks the knee, shows what was found."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sidestep.cli.session import Session, common_options, pass_session

if TYPE_CHECKING:
    from sidestep.domain.triage.facts import Facts, FactValue

STOPPED = "Stopped before the end: nothing was checked."


@click.command()
@click.option(
    "--answers",
    "answers_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Take the answers from this YAML or JSON file instead of asking.",
)
@click.option(
    "--save",
    "save_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write your answers to this file as you go; go on from it if it is there.",
)
@click.option("--schema", is_flag=True, help="Print what a file of answers may hold.")
@common_options
@pass_session
def command(
    session: Session, answers_file: Path | None, save_file: Path | None, schema: bool
) -> None:
    """Answer where and how it hurts; learn how soon to be seen, and what fits.

    These are patterns, never a diagnosis. Everything stays on this machine.
    """
    from sidestep.services.knee.check_knee import check_and_keep
    from sidestep.services.knee.knee_answers import answers_schema, parse_answers
    from sidestep.services.knee.knee_check_document import knee_check_document

    wiring = session.wiring
    knowledge = wiring.knowledge
    if schema:
        session.print_json(answers_schema(knowledge.questions))
        return
    if answers_file is not None:
        answers = parse_answers(wiring.read_answers(answers_file), knowledge.questions)
        if save_file is not None:
            _save(session, save_file, answers)
    else:
        answers = _interview(session, save_file)
    check = check_and_keep(answers, store=wiring.store, knowledge=knowledge, clock=wiring.clock)
    if session.as_json:
        session.print_json(knee_check_document(check, knowledge))
        return
    from sidestep.cli.knee_findings import print_findings

    print_findings(session.console, check, knowledge)


def _interview(session: Session, save_file: Path | None) -> "dict[str, FactValue]":
    from sidestep.cli.interview import Interview
    from sidestep.services.knee.check_knee import check_answers
    from sidestep.services.knee.knee_answers import parse_answers

    wiring = session.wiring
    knowledge = wiring.knowledge
    earlier: Facts = {}
    if save_file is not None and save_file.exists():
        earlier = parse_answers(wiring.read_answers(save_file), knowledge.questions)

    def keep_and_look(answers: "dict[str, FactValue]") -> bool:
        if save_file is not None:
            _save(session, save_file, answers)
        return check_answers(answers, knowledge).is_emergency

    interview = Interview(
        questions=knowledge.questions,
        sections=knowledge.sections,
        console=session.console,
        answers=dict(earlier),
        after_each=keep_and_look,
    )
    try:
        return interview.run()
    except (click.Abort, KeyboardInterrupt) as stop:
        if save_file is None:
            kept = "Your answers were not kept; next time add --save FILE to keep them."
        elif save_file.exists():
            kept = f"Your answers are in {save_file}; go on with: sidestep knee --save {save_file}"
        else:
            kept = "There was no answer to keep yet."
        click.echo(f"\n{STOPPED} {kept}", err=True)
        raise click.exceptions.Exit(1) from stop


def _save(session: Session, path: Path, answers: "Mapping[str, FactValue]") -> None:
    from sidestep.services.knee.knee_answers import plain_facts

    session.wiring.write_answers(path, plain_facts(answers))
