"""How much of what was planned was done; what nobody told of is neither done nor missed."""

from collections.abc import Collection, Iterable, Iterator
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
class KeptDay:
    """What a day asked for, and what was told and recorded of it.

    ``told_of_run`` is what was told on the day its run was run, which may be the next one.
    """

    day: Day
    told: CheckIn | None
    told_of_run: CheckIn | None
    on_file: OnFile


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptShare:
    """Counts of planned things that were done, left out, and not told of."""

    done: int
    missed: int
    unknown: int

    @property
    def planned(self) -> int:
        """How many things were planned, whether told of or not."""
        return self.done + self.missed + self.unknown

    @property
    def frac(self) -> float | None:
        """Share of those known that were done, ``None`` when nothing is known."""
        known = self.done + self.missed
        return self.done / known if known else None


def share_kept(days: Iterable[KeptDay]) -> KeptShare:
    """Count what days asked for against what was told or recorded; each thing counts once.

    A run, its stretches before, its side steps, its stretches after, side work and strength are
    such things. What belongs to a run counts where the run was run: one that was left out is one
    thing left out. Foot work belongs to the side work; a day of rest asks for nothing. Other sport
    counts where a file shows it: no check-in asks for it, so nobody kept silent about it.
    """
    truths = [truth for day in days for truth in _parts(day)]
    return KeptShare(
        done=truths.count(True), missed=truths.count(False), unknown=truths.count(None)
    )


def _parts(held: KeptDay) -> Iterator[bool | None]:
    kinds = {block.kind for block in held.day.blocks}
    told, on_file = held.told, held.on_file
    if BlockKind.RUN in kinds:
        ran = True if on_file.has_run else (told.ran if told else None)
        yield ran
        if ran:
            yield from _around_a_run(kinds, held.told_of_run)
    if BlockKind.LATERAL in kinds:
        yield told.lateral_work if told else None
    if BlockKind.STRENGTH in kinds:
        yield True if on_file.has_strength else (told.strength if told else None)
    if BlockKind.CROSS_TRAINING in kinds and on_file.has_other_sport:
        yield True


def _around_a_run(kinds: Collection[BlockKind], told: CheckIn | None) -> Iterator[bool | None]:
    """Yield the ticks of what goes with a run."""
    if BlockKind.STRETCH_BEFORE in kinds:
        yield told.stretched_before if told else None
    if BlockKind.SHUFFLE in kinds:
        yield told.side_steps if told else None
    if BlockKind.STRETCH_AFTER in kinds:
        yield told.stretched_after if told else None
