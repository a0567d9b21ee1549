"""A run as a watch records it that leads through a workout: a lap for each step."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time

from builders.recordings import recording_of, steady_columns
from sidestep.domain.activity.recording import Lap, Recording, StepLap
from sidestep.domain.planning.run_session import Repeat, RunStep, numbered_steps

M_S, OPEN_S = 3.0, 75.0


def step_laps(
    parts: Sequence[RunStep | Repeat], instead_s: Mapping[int, float] | None = None
) -> list[StepLap]:
    """Return what each step took, in order; ``instead_s`` gives other times by place."""
    done = []
    for place, (number, step) in enumerate(numbered_steps(parts)):
        if step.distance_m is not None:
            planned_s = step.distance_m / M_S
        else:
            planned_s = OPEN_S if step.seconds is None else step.seconds
        done.append(StepLap(step=number, duration_s=(instead_s or {}).get(place, planned_s)))
    return done


def run_led_through(laps: Sequence[StepLap], on: date) -> Recording:
    """Return a run at one pace, on the morning of a day, with these laps one after the other."""
    starts_s = [sum(lap.duration_s for lap in laps[:place]) for place in range(len(laps) + 1)]
    return recording_of(
        steady_columns(seconds=round(starts_s[-1])),
        started_at=datetime.combine(on, time(7), UTC),
        utc_offset_s=0,
        laps=tuple(
            Lap(start_s=start_s, end_s=start_s + lap.duration_s, of_workout=lap)
            for start_s, lap in zip(starts_s, laps, strict=False)
        ),
    )
