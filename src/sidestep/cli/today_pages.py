"""Today's card set for the terminal."""

from rich.console import Console
from rich.text import Text

from sidestep.cli.knee_findings import print_urgency
from sidestep.cli.paragraphs import ground, heading, indented, item, long_day
from sidestep.domain.planning.week import BlockKind, training_minutes
from sidestep.services.ports import Knowledge
from sidestep.services.week.day_words import block_with_dose
from sidestep.services.week.today_card import HIDDEN, NO_WEEK, TodayCard

NAMES = {
    "run": "Run",
    "off": "Home: no run",
    "cross": "Another sport",
    "rest": "Rest",
    HIDDEN: "No plan now",
    NO_WEEK: "No week fits yet",
}


def print_today(console: Console, card: TodayCard, knowledge: Knowledge) -> None:
    """Print the card: a warning sign first, then what changed, what to do, what was noticed."""
    console.print(Text(f"{long_day(card.on)} · {NAMES[card.kind]}", "bold"))
    console.print()
    if card.kind == HIDDEN and card.check is not None:
        print_urgency(console, card.check, knowledge)
        console.print()
    console.print(Text(card.message))
    for change in card.changes or ([card.rest_asked] if card.rest_asked else []):
        console.print(indented(change.why.says))
        console.print(indented(ground(change.why.backing, knowledge.sources), "dim"))
    for block in card.blocks:
        if block.kind is BlockKind.REST and not card.changes:
            console.print(indented(ground(block.why.backing, knowledge.sources), "dim"))
    todo = [block for block in card.blocks if block.kind is not BlockKind.REST]
    if todo:
        console.print()
        console.print(heading(f"To do, about {training_minutes(todo):.0f} minutes"))
        for block in todo:
            console.print(item("•", block_with_dose(block)))
            if block.kind is BlockKind.RUN:
                for cue in block.cues:
                    console.print(indented(cue, "dim"))
    if card.notes:
        console.print()
        console.print(heading("Noticed"))
        for note in card.notes:
            console.print(item("•", note.says))
    console.print()
    console.print("Afterwards, tell how it went: [bold]sidestep log[/bold]")
    if todo:
        console.print("How an exercise is done: [bold]sidestep exercise show NAME[/bold]")
