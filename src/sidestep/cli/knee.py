"""``sidestep knee``: asks or reads the answers, checks the knee, shows what was found."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sidestep.cli.session import Session, common_options, pass_session

if TYPE_CHECKING:
    from sidestep.cli.knee_earlier import Earlier
    from sidestep.domain.triage.facts import FactValue

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
    if save_file is not None:
        wiring.check_answers_place(save_file)
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

    knowledge = session.wiring.knowledge

    def keep_and_look(answers: "dict[str, FactValue]") -> bool:
        if save_file is not None:
            _save(session, save_file, answers)
        return check_answers(answers, knowledge).is_emergency

    try:
        earlier = _earlier(session, save_file)
        return Interview(
            questions=knowledge.questions,
            sections=knowledge.sections,
            console=session.console,
            answers=dict(earlier.answers),
            last_time=earlier.last_time,
            after_each=keep_and_look,
        ).run()
    except (click.Abort, KeyboardInterrupt) as stop:
        if save_file is None:
            kept = "Your answers were not kept; next time add --save FILE to keep them."
        elif save_file.exists():
            kept = f"Your answers are in {save_file}; go on with: sidestep knee --save {save_file}"
        else:
            kept = "There was no answer to keep yet."
        click.echo(f"\n{STOPPED} {kept}", err=True)
        if session.as_json:
            session.print_json({"error": {"code": "stopped", "message": STOPPED, "hint": kept}})
        raise click.exceptions.Exit(1) from stop


def _earlier(session: Session, save_file: Path | None) -> "Earlier":
    """Return what to begin with; old or complete answers are not taken without asking."""
    from sidestep.cli.knee_earlier import Earlier, choose, say_where_from
    from sidestep.domain.triage.interview import asked_again, questions_left
    from sidestep.services.knee.knee_answers import parse_answers

    wiring = session.wiring
    questions = wiring.knowledge.questions
    if save_file is None or not save_file.exists():
        return Earlier()
    answers = parse_answers(wiring.read_answers(save_file), questions)
    if not answers:
        return Earlier()
    written_at = wiring.answers_written_at(save_file)
    say_where_from(session.console, save_file.name, answers, written_at)
    again = asked_again(questions, wiring.knowledge.red_flags)
    is_complete = all(each.is_optional for each in questions_left(questions, answers, ()))
    is_old = written_at.date() < wiring.clock.today()
    if answers.keys() & again and (is_complete or is_old):
        return choose(session.console, answers, again)
    return Earlier(answers=answers)


def _save(session: Session, path: Path, answers: "Mapping[str, FactValue]") -> None:
    from sidestep.services.knee.knee_answers import plain_facts

    session.wiring.write_answers(path, plain_facts(answers))
