"""Where the marks of the time line stand; what they mean and how they look is not said here."""

from dataclasses import dataclass
from datetime import date

from sidestep.services.progress.over_weeks import Progress, ProgressWeek

PAIN_TOP, PAIN_HEIGHT = 24.0, 90.0
KM_TOP, KM_HEIGHT = 150.0, 84.0
HIGHEST_PAIN = 10.0
LEFT, RIGHT = 30.0, 10.0
LEAST_KM = 10.0
"""The scale never ends below this, so that a short week does not look like a long one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PainMark:
    """The pain of one day."""

    x: float
    y: float
    on: date
    pain: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekBar:
    """The kilometres of one week; without ``height`` nothing is known of it."""

    x: float
    y: float
    width: float
    height: float | None
    week: ProgressWeek


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The marks of the last weeks in a picture of this width.

    Attributes
    ----------
    lines
        Points of days in a row that were told, for lines that break where nobody told.
    pain_rows
        Heights of the pains 0, 5 and 10.
    """

    width: float
    pains: tuple[PainMark, ...]
    lines: tuple[str, ...]
    bars: tuple[WeekBar, ...]
    pain_rows: tuple[tuple[int, float], ...]
    km_bottom: float
    most_km: float


def timeline(progress: Progress, *, n_weeks: int, width: float) -> Timeline:
    """Place the marks of the last ``n_weeks``."""
    weeks = progress.weeks[-n_weeks:]
    days = [day for week in weeks for day in week.days]
    step = (width - LEFT - RIGHT) / len(days)
    marks: list[PainMark] = []
    lines: list[list[PainMark]] = [[]]
    for place, day in enumerate(days):
        pain = None if day.told is None else day.told.pain
        if pain is None:
            lines.append([])
            continue
        mark = PainMark(x=round(LEFT + step * (place + 0.5), 1), y=_y(pain), on=day.on, pain=pain)
        marks.append(mark)
        lines[-1].append(mark)
    most_km = max([LEAST_KM, *(week.run_km or 0.0 for week in weeks)])
    bars = tuple(_bar(week, n, step, most_km) for n, week in enumerate(weeks))
    return Timeline(
        width=width,
        pains=tuple(marks),
        lines=tuple(" ".join(f"{m.x},{m.y}" for m in line) for line in lines if len(line) > 1),
        bars=bars,
        pain_rows=tuple((pain, _y(pain)) for pain in (0, 5, 10)),
        km_bottom=KM_TOP + KM_HEIGHT,
        most_km=most_km,
    )


def _y(pain: float) -> float:
    return round(PAIN_TOP + PAIN_HEIGHT * (1 - pain / HIGHEST_PAIN), 1)


def _bar(week: ProgressWeek, place: int, step: float, most_km: float) -> WeekBar:
    width = step * len(week.days)
    height = None if week.run_km is None else round(KM_HEIGHT * week.run_km / most_km, 1)
    return WeekBar(
        x=round(LEFT + width * place + 3, 1),
        y=KM_TOP + KM_HEIGHT - (height or 0.0),
        width=round(width - 6, 1),
        height=height,
        week=week,
    )
