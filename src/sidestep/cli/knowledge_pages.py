"""How the knowledge looks in the terminal; what it says comes from the services."""

from collections.abc import Mapping, Sequence

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sidestep.domain.vocabulary.evidence import NOT_REVIEWED, Backing, Source
from sidestep.services.knowledge.inspect_knowledge import holds
from sidestep.services.knowledge.knowledge_reading import KnowledgeReading, Problem, Statement
from sidestep.services.knowledge.knowledge_statements import KIND_TITLES, statements_of
from sidestep.services.knowledge.short_name import short_names


def print_problems(
    console: Console, problems: Sequence[Problem], reading: KnowledgeReading
) -> None:
    """Print what is wrong with the knowledge by file, and how much there is of it."""
    for is_warning, mark in ((False, "WRONG"), (True, "note")):
        of_this_kind = [problem for problem in problems if problem.is_warning is is_warning]
        for file in dict.fromkeys(problem.file for problem in of_this_kind):
            console.print(Text(f"{mark}  knowledge/{file}", "" if is_warning else "bold"))
            for problem in of_this_kind:
                if problem.file == file:
                    console.print(Padding(Text(problem.says), (0, 0, 0, 4), expand=False))
    knowledge = reading.knowledge
    count = len(statements_of(reading))
    wrong = sum(not problem.is_warning for problem in problems)
    summary = (
        f"{count} rules, {len(knowledge.questions)} questions, {len(reading.cases)} cases,"
        f" {len(knowledge.sources)} sources"
    )
    if holds(problems):
        console.print(Text(f"The knowledge holds together: {summary}.", "bold"))
    else:
        console.print(Text(f"{wrong} problems in: {summary}.", "bold"))
    console.print(Text(f"Version {knowledge.version}. {_reviewed_line(reading)}", "dim"))


def print_statements(
    console: Console, statements: Sequence[Statement], reading: KnowledgeReading
) -> None:
    """Print the rules of each kind as a table: title and id, basis, sources."""
    for kind in dict.fromkeys(statement.kind for statement in statements):
        table = Table(
            title=KIND_TITLES.get(kind, kind),
            title_justify="left",
            title_style="bold",
            box=box.SIMPLE_HEAD,
            expand=True,
            pad_edge=False,
        )
        table.add_column("Rule", ratio=5)
        table.add_column("Basis", width=9)
        table.add_column("Sources", ratio=4, style="dim")
        for statement in statements:
            if statement.kind == kind:
                table.add_row(*_cells(statement, reading))
        console.print(table)
    console.print(Text(_reviewed_line(reading), "dim"))
    console.print(Text("See one in full with: sidestep knowledge show ID", "dim"))


def _cells(statement: Statement, reading: KnowledgeReading) -> tuple[Text, str, str]:
    backing = statement.backing
    name = Text.assemble(statement.title, "\n", (statement.id, "dim"))
    if statement.value:
        name.append(f"\n{statement.value}")
    if backing.reviewed:
        name.append(f"\nreviewed by {backing.reviewed}", "dim")
    sources = short_names(backing.citations, reading.knowledge.sources)
    return name, backing.basis.value, sources or "–"


def print_statement(console: Console, statement: Statement, reading: KnowledgeReading) -> None:
    """Print one rule with what each of its sources supports."""
    backing = statement.backing
    kind = KIND_TITLES.get(statement.kind, statement.kind)
    console.print(Text.assemble((statement.title, "bold"), (f"   {statement.id}", "dim")))
    console.print(Text(kind, "dim"))
    if statement.value:
        console.print(Text.assemble(("Value: ", "bold"), statement.value))
    if statement.says:
        console.print(Padding(Text(statement.says), (1, 0)))
    console.print(Text.assemble(("Basis: ", "bold"), backing.basis.in_words))
    reviewed = f"Reviewed by {backing.reviewed}." if backing.reviewed else f"{NOT_REVIEWED}."
    console.print(Text.assemble(("Review: ", "bold"), reviewed))
    console.print(Text(f"File: knowledge/{reading.files[statement.kind, statement.id]}", "dim"))
    print_sources(console, backing, reading.knowledge.sources)
    console.print()


def print_sources(console: Console, backing: Backing, sources: Mapping[str, Source]) -> None:
    """Print what each source of a statement supports, and the source in full."""
    for citation in backing.citations:
        console.print()
        console.print(Padding(Text(citation.supports), (0, 0, 0, 2)))
        console.print(Padding(_in_full(sources.get(citation.key), citation.key), (0, 0, 0, 4)))


def _in_full(source: Source | None, key: str) -> Text:
    if source is None:
        return Text(f"{key} is not in sources.yaml", "dim")
    parts = f"{source.authors} {source.title}. {source.where}, {source.year}."
    text = Text(f"{key}: {parts}", "dim")
    if source.seen:
        text.append(f" We read: {source.seen}.", "dim")
    if source.link:
        text.append(f"\n{source.link}", "dim")
    return text


def _reviewed_line(reading: KnowledgeReading) -> str:
    statements = statements_of(reading)
    reviewed = sum(statement.backing.reviewed is not None for statement in statements)
    if reviewed == 0:
        return f"All of it is {NOT_REVIEWED}: no trained person has signed a rule yet."
    return f"{reviewed} of {len(statements)} rules are reviewed; the others are {NOT_REVIEWED}."
