"""How much of what was planned was done; what nobody told of is neither done nor missed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sidestep.domain.planning.check_in import CheckIn
from sidestep.domain.planning.week import BlockKind, Day


@dataclass(frozen=True, slots=True, kw_only=True)
class OnFile:
    """What the files of a day show."""

    has_run: bool = False
    has_strength: bool = False
    has_other_sport: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptShare:
    """Counts of planned things that were done, left out, and not told of."""

    done: int
    missed: int
    unknown: int

    @property
    def frac(self) -> float | None:
        """Share of those known that were done, ``None`` when nothing is known."""
        known = self.done + self.missed
        return self.done / known if known else None


def share_kept(days: Iterable[tuple[Day, CheckIn | None, OnFile]]) -> KeptShare:
    """Count runs, side work, strength and other sport of days against what was told or recorded.

    Stretches and foot work belong to the rest and are not counted; a day of rest asks for nothing.
    """
    truths = [truth for day, told, on_file in days for truth in _parts(day, told, on_file)]
    return KeptShare(
        done=truths.count(True), missed=truths.count(False), unknown=truths.count(None)
    )


def _parts(day: Day, told: CheckIn | None, on_file: OnFile) -> Iterator[bool | None]:
    kinds = {block.kind for block in day.blocks}
    if BlockKind.RUN in kinds:
        yield True if on_file.has_run else (told.ran if told else None)
    if BlockKind.LATERAL in kinds:
        yield told.lateral_work if told else None
    if BlockKind.STRENGTH in kinds:
        yield True if on_file.has_strength else (told.strength if told else None)
    if BlockKind.CROSS_TRAINING in kinds:
        yield True if on_file.has_other_sport else None
