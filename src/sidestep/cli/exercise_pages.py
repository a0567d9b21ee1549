"""How exercises look in the terminal; what they say comes from the knowledge."""

from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sidestep.cli.knowledge_pages import print_sources
from sidestep.cli.paragraphs import ground, heading, indented, item
from sidestep.domain.planning.exercise import Exercise, ExerciseUse
from sidestep.services.knowledge.exercise_document import moving_on
from sidestep.services.ports import Knowledge
from sidestep.services.ports.drawings import Drawing

IN_A_WEEK = "•"
FIRST = "Whether your knee should do exercises now, the knee check says: sidestep knee"
LONGEST_ID = 29
"""Characters: an id that breaks cannot be copied."""


def print_exercises(
    console: Console, exercises: Sequence[Exercise], only: ExerciseUse | None = None
) -> None:
    """Print the exercises of each use as a table: title and id, level, dose, what it needs.

    With ``only`` they stand in one table, those of other uses too that are also good for it.
    """
    for use in [only] if only else dict.fromkeys(exercise.use for exercise in exercises):
        table = Table(
            title=use.in_words.capitalize(),
            title_justify="left",
            title_style="bold",
            box=box.SIMPLE_HEAD,
            expand=True,
            pad_edge=False,
        )
        table.add_column("", width=1)
        table.add_column("Exercise", ratio=3, min_width=LONGEST_ID)
        table.add_column("Level", justify="right", no_wrap=True)
        table.add_column("Dose", ratio=2)
        table.add_column("Needs", width=8, style="dim")
        for exercise in exercises:
            if only or exercise.use is use:
                table.add_row(*_cells(exercise))
        console.print(table)
    planned = f"{IN_A_WEEK} the plan may place it; the others are yours to choose."
    console.print(Text(planned, "dim"))
    console.print(Text("Level 1 is where everybody can start.", "dim"))
    console.print(Text("See one in full with: sidestep exercise show ID", "dim"))
    console.print(Text(FIRST, "dim"))


def _cells(exercise: Exercise) -> tuple[str, Text, str, str, str]:
    return (
        IN_A_WEEK if exercise.is_planned else "",
        Text.assemble(exercise.title, "\n", (exercise.id, "dim")),
        str(exercise.level),
        exercise.dose.in_words,
        ", ".join(sorted(exercise.equipment)) or "–",
    )


def print_exercise(
    console: Console, exercise: Exercise, knowledge: Knowledge, drawing: Drawing
) -> None:
    """Print one exercise: what it is for, how it is done, its steps, and what it stands on."""
    known = knowledge.exercises
    console.print(Text.assemble((exercise.title, "bold"), (f"   {exercise.id}", "dim")))
    console.print(Text(_when(exercise), "dim"))
    console.print()
    console.print(Text(exercise.says))
    _print_list(console, "How it is done", exercise.cues)
    _print_list(console, "What often goes wrong", exercise.mistakes)
    _print_drawing(console, drawing)
    console.print()
    console.print(heading("How much"))
    console.print(_facts(_amount(exercise)))
    console.print()
    console.print(heading("Easier, harder, instead"))
    console.print(_facts(_ways(exercise, known.keys())))
    rule = moving_on(exercise, knowledge.plans)
    for why in rule:
        console.print(item("•", why.says))
    for basis in dict.fromkeys(why.backing.basis for why in rule):
        console.print(indented(f"The same for every exercise. Basis: {basis.in_words}", "dim"))
    console.print()
    console.print(heading("What it stands on"))
    console.print(Text(ground(exercise.backing, knowledge.sources)))
    print_sources(console, exercise.backing, knowledge.sources)
    console.print(Text(f"\n{FIRST}", "dim"))


def _when(exercise: Exercise) -> str:
    uses = [exercise.use, *sorted(exercise.also_for)]
    when = ", also ".join(use.in_words for use in uses)
    place = "the plan may place it" if exercise.is_planned else "yours to choose"
    works = exercise.works.replace("_", " ")
    return f"For {works}: {when} · level {exercise.level} · {place}"


def _amount(exercise: Exercise) -> Iterator[tuple[str, str]]:
    dose = exercise.dose
    yield "Dose", f"{dose.in_words}, about {dose.minutes:g} min"
    yield "Effort", dose.effort.in_words
    yield "Pain", f"up to {exercise.stop_above_pain} of 10; above that, stop"
    if exercise.not_for:
        yield "Careful with", exercise.not_for


def _ways(exercise: Exercise, known: Iterable[str]) -> Iterator[tuple[str, str]]:
    yield "Easier", _step(exercise.easier, exercise.easier_id)
    yield "Harder", _step(exercise.harder, exercise.harder_id)
    yield "Needs", ", ".join(sorted(exercise.equipment)) or "nothing"
    if instead := [id for id in exercise.substitutes if id in known]:
        yield "Instead", ", ".join(instead)
    elif exercise.no_substitute:
        yield "Without it", exercise.no_substitute
    else:
        yield "Instead", "no substitute: leave it out"


def _step(says: str, id: str) -> str:
    return f"{says} ({id})" if id else says


def _facts(rows: Iterable[tuple[str, str]]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="bold")
    table.add_column()
    for name, says in rows:
        table.add_row(name, Text(says))
    return table


def _print_drawing(console: Console, drawing: Drawing) -> None:
    """Print what the pictures show and where they are; the folder's line must not break."""
    console.print()
    console.print(heading("Its pictures"))
    console.print(Text(drawing.alt))
    pictures = [
        ("Moving", drawing.loop.name),
        ("Start", drawing.start.name),
        ("Finish", drawing.finish.name),
    ]
    if drawing.mistake is not None:
        pictures.append(("Mistake", f"{drawing.mistake.name}: {drawing.mistake_alt}"))
    console.print(_facts(pictures))
    console.print(Text(f"They are in {drawing.loop.parent}", "dim"), soft_wrap=True)


def _print_list(console: Console, title: str, lines: Iterable[str]) -> None:
    console.print()
    console.print(heading(title))
    for line in lines:
        console.print(item("•", line))
