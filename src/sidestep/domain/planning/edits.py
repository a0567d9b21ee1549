"""What a person changed in her week herself, and what all her changes come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRun:
    """The run of a day goes to another day; the longest stays the longest."""

    on: date
    to: date
    is_long: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLength:
    """The run of a day has this length in kilometres."""

    on: date
    distance_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeRest:
    """A day is for full rest."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapExercise:
    """On a day another exercise stands in the place of one."""

    on: date
    exercise: str
    instead: str


Edit = MoveRun | SetLength | TakeRest | SwapExercise


@dataclass(frozen=True, slots=True, kw_only=True)
class Pins:
    """What the week must look like for all edits to hold.

    Attributes
    ----------
    runs
        Days with a run.
    lengths_km
        Lengths she set.
    no_runs
        Days without a run.
    rests
        Days of full rest.
    long_on
        Day of the longest run, ``None`` where she did not move it.
    goal_on
        Day of her goal, ``None`` when it is not in this week.
    swaps
        For a day: which exercise stands in the place of which.
    """

    runs: frozenset[date] = frozenset()
    lengths_km: Mapping[date, float]
    no_runs: frozenset[date] = frozenset()
    rests: frozenset[date] = frozenset()
    long_on: date | None = None
    goal_on: date | None = None
    swaps: Mapping[date, Mapping[str, str]]

    @property
    def touched(self) -> frozenset[date]:
        """Days whose run or rest she decided."""
        return self.runs | self.no_runs | self.rests


NO_PINS = Pins(lengths_km={}, swaps={})


def pins_of(edits: Sequence[Edit]) -> Pins:
    """Return what edits come to, one after the other: a later one has the last word on its day."""
    runs: set[date] = set()
    lengths_km: dict[date, float] = {}
    no_runs: set[date] = set()
    rests: set[date] = set()
    long_on: date | None = None
    swaps: dict[date, dict[str, str]] = {}
    for edit in edits:
        match edit:
            case MoveRun(on=on, to=to, is_long=is_long):
                no_runs = (no_runs | {on}) - {to}
                runs = (runs | {to}) - {on}
                rests.discard(to)
                if on in lengths_km:
                    lengths_km[to] = lengths_km.pop(on)
                if is_long or long_on == on:
                    long_on = to
            case SetLength(on=on, distance_km=distance_km):
                lengths_km[on] = distance_km
                runs.add(on)
                no_runs.discard(on)
                rests.discard(on)
            case TakeRest(on=on):
                rests.add(on)
                no_runs.add(on)
                runs.discard(on)
                lengths_km.pop(on, None)
                if long_on == on:
                    long_on = None
            case SwapExercise(on=on, exercise=exercise, instead=instead):
                swaps[on] = _swapped(swaps.get(on, {}), exercise, instead)
    return Pins(
        runs=frozenset(runs),
        lengths_km=lengths_km,
        no_runs=frozenset(no_runs),
        rests=frozenset(rests),
        long_on=long_on,
        swaps=swaps,
    )


def _swapped(before: Mapping[str, str], exercise: str, instead: str) -> dict[str, str]:
    """Follow a swap of what was itself put in, back to what the plan had there."""
    original = next((old for old, new in before.items() if new == exercise), exercise)
    after = {**before, original: instead}
    return {old: new for old, new in after.items() if old != new}
