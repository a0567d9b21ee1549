"""An activity on one time base, as read (``Recording``) and as cleaned (``Activity``).

A ``Recording`` may hold spikes, gaps and clocks that run backwards; only
``cleaning.clean_recording`` turns one into an ``Activity``, and every calculation takes that.
"""

from dataclasses import dataclass, fields
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.vocabulary.sport import Sport

Column = NDArray[np.float64]
"""Shape (n,), float64, one value per sample; NaN means the device recorded nothing there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Streams:
    """Samples of one activity; every column has the length of ``time_s`` or is absent.

    Attributes
    ----------
    time_s
        Seconds since the start. Strictly increasing in an ``Activity``, in any order in a
        ``Recording``.
    latitude_deg, longitude_deg
        WGS 84.
    distance_m
        Covered since the start. Never decreasing in an ``Activity``.
    cadence_spm
        Steps per minute of both feet, always; readers double one-legged counts.
    ground_contact_ms, vertical_oscillation_mm
        Running dynamics where the device has them.
    """

    time_s: Column
    latitude_deg: Column | None = None
    longitude_deg: Column | None = None
    distance_m: Column | None = None
    speed_m_s: Column | None = None
    altitude_m: Column | None = None
    heart_rate_bpm: Column | None = None
    cadence_spm: Column | None = None
    power_w: Column | None = None
    ground_contact_ms: Column | None = None
    vertical_oscillation_mm: Column | None = None

    def __post_init__(self) -> None:
        for name, column in self.columns().items():
            if column.shape != self.time_s.shape:
                message = f"{name} has {column.shape} samples, time_s has {self.time_s.shape}"
                raise ValueError(message)

    def __len__(self) -> int:
        return len(self.time_s)

    def columns(self) -> dict[str, Column]:
        """Return the columns present, by name, ``time_s`` first."""
        present = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: column for name, column in present if column is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLap:
    """A step of the workout a watch led through, and how long it took with the watch running.

    ``step`` is its number in the file of the workout, from 0.
    """

    step: int
    duration_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lap:
    """A stretch of the activity marked by the runner or the watch, in seconds from the start.

    ``of_workout`` is the step of a workout that it was, ``None`` when the file names none.
    """

    start_s: float
    end_s: float
    distance_m: float | None = None
    of_workout: StepLap | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A stretch in which the watch was stopped, in seconds from the start."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One activity as its file has it; totals are the file's own and ``None`` where it has none.

    Attributes
    ----------
    started_at
        Instant of the first sample or the session start, timezone-aware.
    utc_offset_s
        What the local clock was ahead of UTC, if the file says.
    duration_s
        Time with the watch running (without pauses).
    elapsed_s
        From start to end, pauses included.
    steps_counted
        Steps of both feet as the device counted them.
    phone_steps
        Steps that a phone, not the device that recorded this, counted in the same time.
    effort_rpe
        How hard the session felt to the person, 0 to 10, if she told the device.
    """

    started_at: datetime
    sport: Sport
    sport_as_recorded: str = ""
    utc_offset_s: int | None = None
    duration_s: float | None = None
    elapsed_s: float | None = None
    distance_m: float | None = None
    ascent_m: float | None = None
    descent_m: float | None = None
    heart_rate_mean_bpm: float | None = None
    steps_counted: int | None = None
    phone_steps: int | None = None
    effort_rpe: float | None = None
    is_indoor: bool = False
    device: str = ""
    streams: Streams | None = None
    laps: tuple[Lap, ...] = ()
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One activity after cleaning: one time base, no invented values.

    ``duration_s`` and ``elapsed_s`` are always known; ``distance_m`` is ``None`` when nothing
    recorded it. ``repairs`` says in words what cleaning had to change.
    """

    started_at: datetime
    sport: Sport
    sport_as_recorded: str
    utc_offset_s: int | None
    duration_s: float
    elapsed_s: float
    distance_m: float | None
    ascent_m: float | None
    descent_m: float | None
    heart_rate_mean_bpm: float | None
    steps_counted: int | None
    effort_rpe: float | None
    is_indoor: bool
    device: str
    streams: Streams | None
    laps: tuple[Lap, ...]
    pauses: tuple[Pause, ...]
    phone_steps: int | None = None
    repairs: tuple[str, ...] = ()
