"""``sidestep knowledge``: every rule, its basis and its sources, and whether they hold together."""

import click

from sidestep.cli.session import Session, common_options, pass_session

KINDS = (
    *("red_flag", "pattern", "cause", "myth"),
    *("load", "plan", "motion", "calibration"),
    *("exercise", "cross_training", "return_phase"),
)


@click.group()
@common_options
def command() -> None:
    """Every rule, its basis and its sources."""


@command.command()
@common_options
@pass_session
def check(session: Session) -> None:
    """Check that rules, test cases and sources hold together."""
    from sidestep.cli.knowledge_pages import print_problems
    from sidestep.services.knowledge.inspect_knowledge import (
        holds,
        inspect_knowledge,
        problems_document,
    )

    reading = session.wiring.knowledge_reading
    problems = inspect_knowledge(reading)
    if session.as_json:
        session.print_json(problems_document(problems, reading.knowledge))
    else:
        print_problems(session.console, problems, reading)
    if not holds(problems):
        raise click.exceptions.Exit(1)


@command.command("list")
@click.option("--kind", type=click.Choice(KINDS), help="Only rules of this kind.")
@common_options
@pass_session
def list_(session: Session, kind: str | None) -> None:
    """List every rule: its basis, its sources, who has reviewed it."""
    from sidestep.cli.knowledge_pages import print_statements
    from sidestep.services.knowledge.inspect_knowledge import statement_document
    from sidestep.services.knowledge.knowledge_statements import statements_of

    reading = session.wiring.knowledge_reading
    chosen = [each for each in statements_of(reading) if kind in (None, each.kind)]
    if session.as_json:
        sources = reading.knowledge.sources
        session.print_json([statement_document(each, sources) for each in chosen])
    else:
        print_statements(session.console, chosen, reading)


@command.command()
@click.argument("rule", metavar="ID")
@common_options
@pass_session
def show(session: Session, rule: str) -> None:
    """Show one rule with its sources in full."""
    from sidestep.cli.knowledge_pages import print_statement
    from sidestep.services.knowledge.inspect_knowledge import find_statements, statement_document

    reading = session.wiring.knowledge_reading
    found = find_statements(rule, reading)
    sources = reading.knowledge.sources
    if session.as_json:
        session.print_json([statement_document(each, sources) for each in found])
        return
    for statement in found:
        print_statement(session.console, statement, reading)
