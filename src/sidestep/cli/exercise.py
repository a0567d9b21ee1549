"""``sidestep exercise``: the library of exercises, and one of them in full."""

import click

from sidestep.cli.session import Session, common_options, pass_session

USES = ("stretch", "shuffle", "drill", "lateral", "strength", "foot", "desk")


@click.group()
@common_options
def command() -> None:
    """Every exercise: how it is done, how much, what is easier, what is harder."""


@command.command("list")
@click.option("--use", type=click.Choice(USES), help="Only exercises for this.")
@common_options
@pass_session
def list_(session: Session, use: str | None) -> None:
    """List the exercises by what they are used for, easiest first."""
    from sidestep.cli.exercise_pages import print_exercises
    from sidestep.domain.planning.exercise import ExerciseUse
    from sidestep.services.knowledge.exercise_document import exercise_document, exercises_for

    knowledge = session.wiring.knowledge
    only = None if use is None else ExerciseUse(use)
    chosen = exercises_for(only, knowledge.exercises)
    if session.as_json:
        session.print_json([exercise_document(each, knowledge) for each in chosen])
    else:
        print_exercises(session.console, chosen, only)


@command.command()
@click.argument("exercise", metavar="ID")
@common_options
@pass_session
def show(session: Session, exercise: str) -> None:
    """Show one exercise in full, with its sources and where its pictures are."""
    from sidestep.cli.exercise_pages import print_exercise
    from sidestep.services.knowledge.exercise_document import (
        find_exercise,
        shown_exercise_document,
    )
    from sidestep.services.knowledge.exercise_drawing import drawing_document, drawing_of

    knowledge = session.wiring.knowledge
    found = find_exercise(exercise, knowledge.exercises)
    drawing = drawing_of(found.id, session.wiring.read_drawing)
    if session.as_json:
        session.print_json(
            {**shown_exercise_document(found, knowledge), **drawing_document(drawing)}
        )
    else:
        print_exercise(session.console, found, knowledge, drawing)
