"""What a day of the week holds, in words; where they are shown is decided elsewhere."""

from collections.abc import Iterator, Sequence
from datetime import date

from sidestep.domain.planning.week import Block, BlockKind, Day, DayKind, Turns

HOME = (BlockKind.LATERAL, BlockKind.STRENGTH, BlockKind.FOOT, BlockKind.DESK)
_HOME_WORDS = {
    BlockKind.LATERAL: "side work",
    BlockKind.STRENGTH: "strength",
    BlockKind.FOOT: "feet",
    BlockKind.DESK: "breaks from sitting",
}


def parts_of_day(day: Day, *, names_exercises: bool) -> Iterator[str]:
    """Say in a few words each what a day holds."""
    if day.kind is DayKind.REST:
        yield "Rest. Nothing to do"
    for block in day.blocks:
        if block.kind is BlockKind.RUN:
            yield f"{block.title} {block.distance_km:.1f} km"
        if block.kind is BlockKind.CROSS_TRAINING:
            yield f"{block.title}, {block.dose}"
    if any(block.kind is BlockKind.SHUFFLE for block in day.blocks):
        yield "side steps inside"
    for block in day.blocks:
        if block.kind is BlockKind.DRILL:
            yield f"drill: {joined([block.title])}" if names_exercises else "a drill"
    for kind in HOME:
        titles = [block.title for block in day.blocks if block.kind is kind]
        if titles:
            exercises = f": {joined(titles)}" if names_exercises else ""
            yield f"{_HOME_WORDS[kind]}{exercises}"


def joined(titles: Sequence[str]) -> str:
    """Return titles as they stand within a sentence."""
    return ", ".join(title[0].lower() + title[1:] for title in titles)


def block_with_dose(block: Block) -> str:
    """Return a block with how much of it there is."""
    length = f"{block.distance_km:.1f} km, " if block.distance_km is not None else ""
    return f"{block.title}: {length}{block.dose}" if block.dose else block.title


def turns_in_words(turns: Turns) -> str:
    """Say how long is run and how long is walked, in turn."""
    return turns.cue or f"run {turns.run_min:g} min, walk {turns.walk_min:g} min, in turn"


def dose_by_day(placed: Sequence[tuple[date, Block]]) -> str:
    """Return how much of one exercise there is: once where all days have the same, else by day."""
    days_of: dict[str, list[str]] = {}
    for on, block in placed:
        days_of.setdefault(block.dose, []).append(f"{on:%a}")
    if len(days_of) == 1:
        return next(iter(days_of))
    return "; ".join(f"{', '.join(days)}: {dose}" for dose, days in days_of.items())
