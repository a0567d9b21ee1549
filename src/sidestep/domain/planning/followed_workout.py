"""Whether a watch led through a planned run, side steps and all; what follows is not decided."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from sidestep.domain.activity.recording import StepLap
from sidestep.domain.planning.run_session import Repeat, RunStep, StepKind, numbered_steps

SAME_S = 1.5
"""Watches end a step on their own second: so far apart, two lengths are still the same."""


def shows_side_steps(laps: Sequence[StepLap], parts: Sequence[RunStep | Repeat]) -> bool:
    """Whether the laps of a run are the steps of this workout, with all its side steps in full.

    The steps have to come in their order from the first one, and none that goes by time may last
    longer than it says: else another workout was followed. One that was cut short with the lap key
    was not done, as far as the watch can tell. That it shows nothing does not mean that nothing
    was done.
    """
    planned = _together((number, step) for number, step in numbered_steps(parts))
    asked = [step.kind is StepKind.SIDE_STEPS for _, step, _ in planned]
    done = _durations(laps)
    if not any(asked) or len(done) < len(asked) - asked[::-1].index(True):
        return False
    return len(done) <= len(planned) and all(
        _is_as_planned(number, duration_s, place)
        for (number, duration_s), place in zip(done, planned, strict=False)
    )


def _together(
    steps: Iterable[tuple[int, RunStep]],
) -> list[tuple[int, RunStep, int | None]]:
    """Return each step with its seconds; one that comes twice in a row is one, as its laps are."""
    found = []
    for number, group in groupby(steps, key=lambda each: each[0]):
        same = [step for _, step in group]
        seconds = [step.seconds for step in same if step.seconds is not None]
        found.append((number, same[0], sum(seconds) if seconds else None))
    return found


def _durations(laps: Iterable[StepLap]) -> list[tuple[int, float]]:
    """Return how long each step took; a watch may have parted one into laps of a kilometre."""
    return [
        (step, sum(lap.duration_s for lap in group))
        for step, group in groupby(laps, key=lambda lap: lap.step)
    ]


def _is_as_planned(number: int, duration_s: float, place: tuple[int, RunStep, int | None]) -> bool:
    planned_number, step, seconds = place
    if number != planned_number:
        return False
    if seconds is None:
        return True
    is_no_longer = duration_s <= seconds + SAME_S
    is_whole = duration_s >= seconds - SAME_S
    return is_no_longer and (is_whole or step.kind is not StepKind.SIDE_STEPS)
