"""Where the marks of the time line stand; what they mean and how they look is not said here."""

from dataclasses import dataclass
from datetime import date

from sidestep.domain.planning.kept_share import KeptShare
from sidestep.services.progress.over_weeks import Progress, ProgressWeek
from sidestep.services.progress.retests import Retest, RetestKind

PAIN_TOP, PAIN_HEIGHT = 24.0, 90.0
KM_TOP, KM_HEIGHT = 150.0, 84.0
KEPT_TOP, KEPT_HEIGHT = 276.0, 48.0
LOOKS_TOP, LOOKS_APART = 372.0, 17.0
HEIGHT = 438.0
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
class KeptBar:
    """What was planned in one week, from the top: not told of, left out, done.

    ``parts`` are their upper edges and heights; empty where nothing was planned.
    """

    x: float
    width: float
    kept: KeptShare | None
    parts: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookMark:
    """A day on which something was looked at again, each kind on a line of its own."""

    x: float
    y: float
    look: Retest


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The marks of the last weeks in a picture of this width.

    Attributes
    ----------
    overdue
        Looks that are due since a day in the picture, of the due ones.
    next_due
        The soonest look that is due after today, ``None`` without one.
    lines
        Points of days in a row that were told, for lines that break where nobody told.
    pain_rows
        Heights of the pains 0, 5 and 10.
    """

    width: float
    pains: tuple[PainMark, ...]
    lines: tuple[str, ...]
    bars: tuple[WeekBar, ...]
    kept: tuple[KeptBar, ...]
    looks: tuple[LookMark, ...]
    overdue: tuple[LookMark, ...]
    next_due: Retest | None
    pain_rows: tuple[tuple[int, float], ...]
    km_bottom: float
    most_km: float
    kept_bottom: float = KEPT_TOP + KEPT_HEIGHT
    looks_top: float = LOOKS_TOP
    height: float = HEIGHT


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
    first, last = days[0].on, days[-1].on
    overdue = [each for each in progress.due if first <= each.on <= last]
    later = [each for each in progress.due if each.on > last]
    return Timeline(
        width=width,
        kept=tuple(_kept(week, n, step) for n, week in enumerate(weeks)),
        looks=tuple(_look(each, first, step) for week in weeks for each in week.looks),
        overdue=tuple(_look(each, first, step) for each in overdue),
        next_due=min(later, key=lambda each: each.on, default=None),
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


def _kept(week: ProgressWeek, place: int, step: float) -> KeptBar:
    width = step * len(week.days)
    return KeptBar(
        x=round(LEFT + width * place + 3, 1),
        width=round(width - 6, 1),
        kept=week.kept,
        parts=() if week.kept is None else _parts(week.kept),
    )


def _parts(kept: KeptShare) -> tuple[tuple[str, float, float], ...]:
    counts = {"unknown": kept.unknown, "missed": kept.missed, "done": kept.done}
    parts, y = [], KEPT_TOP
    for name, count in counts.items():
        if count:
            height = KEPT_HEIGHT * count / kept.planned
            parts.append((name, round(y, 1), round(height, 1)))
            y += height
    return tuple(parts)


def _look(look: Retest, first: date, step: float) -> LookMark:
    lane = list(RetestKind).index(look.kind)
    place = (look.on - first).days + 0.5
    return LookMark(x=round(LEFT + step * place, 1), y=LOOKS_TOP + LOOKS_APART * lane, look=look)
