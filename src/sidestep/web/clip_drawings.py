"""Works out where things lie in the drawings of a clip's page; what they show comes from services.

All of it is in the drawing's own units; templates only write them down.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import floor, log10
from typing import Final

from sidestep.domain.vocabulary.side import Side
from sidestep.services.clips.clip_result import FreshAgainstTired
from sidestep.services.ports.report_pages import ChartedBand, ClipChart, ClipFinding

WIDTH, HEIGHT = 480.0, 250.0
LEFT_EDGE, RIGHT_EDGE, TOP_EDGE, FOOT = 46.0, 12.0, 12.0, 34.0
STRIP: Final = 320.0
STRIP_EDGE: Final = 26.0
WANTED_TICKS: Final = 4

Scale = Callable[[float], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A number beside an axis."""

    at: float
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One step: where it lies, what it was, and when it is in the film."""

    side: Side
    x: float
    y: float
    at: float
    value: float
    film_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StepChart:
    """A measure step by step.

    Attributes
    ----------
    bands
        For each side an outline and a middle line as paths, empty where there are too few steps.
    first_x, last_x, first_s, last_s
        Where the film's first and last charted instants lie: between them place and time go evenly.
    """

    title: str
    unit: str
    more: str
    is_over_time: bool
    marks: tuple[Mark, ...]
    bands: Mapping[Side, tuple[str, str]]
    parts: tuple[tuple[float, float], ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    zero_y: float | None
    first_x: float
    last_x: float
    first_s: float
    last_s: float


def step_chart(chart: ClipChart, film_s: Mapping[float, float]) -> StepChart:
    """Lay out a chart; ``film_s`` tells when in the film each of its places is."""
    places = [step.at for step in chart.steps]
    values = [step.value for step in chart.steps]
    values += [edge for band in chart.bands for edge in (band.low, band.high)]
    low, high = min(places), max(places)
    margin = 0.0 if chart.is_over_time else 0.5
    x = _scale(low - margin, high + margin, LEFT_EDGE + 8, WIDTH - RIGHT_EDGE - 8)
    ticks = _ticks(min(values), max(values))
    y = _scale(ticks[0], ticks[-1], HEIGHT - FOOT, TOP_EDGE)
    across = _ticks(low, high) if chart.is_over_time else sorted(set(places))
    return StepChart(
        title=chart.title,
        unit=chart.unit,
        more=chart.more,
        is_over_time=chart.is_over_time,
        marks=tuple(
            Mark(
                side=step.side,
                x=x(step.at),
                y=y(step.value),
                at=step.at,
                value=step.value,
                film_s=film_s.get(step.at, step.at),
            )
            for step in sorted(chart.steps, key=lambda step: step.at)
        ),
        bands={
            side: _band([each for each in chart.bands if each.side is side], x, y) for side in Side
        },
        parts=tuple((x(first), x(last) - x(first)) for first, last in chart.parts),
        across=tuple(Tick(at=x(each), value=each) for each in across if low <= each <= high),
        up=tuple(Tick(at=y(each), value=each) for each in ticks),
        zero_y=y(0.0) if ticks[0] < 0 < ticks[-1] else None,
        first_x=x(low),
        last_x=x(high),
        first_s=film_s.get(low, low),
        last_s=film_s.get(high, high),
    )


def _band(bands: list[ChartedBand], x: Scale, y: Scale) -> tuple[str, str]:
    if not bands:
        return "", ""
    upper = [(x(each.at), y(each.high)) for each in bands]
    lower = [(x(each.at), y(each.low)) for each in reversed(bands)]
    middle = [(x(each.at), y(each.middle)) for each in bands]
    return f"{_path([*upper, *lower])}Z", _path(middle)


def _path(points: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One leg on a strip: its value and its band; of fresh against tired also where it began."""

    side: Side
    x: float
    band_x: float
    band_width: float
    from_x: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """Both legs on one line of numbers."""

    legs: tuple[Leg, ...]
    zero_x: float | None
    ticks: tuple[Tick, ...]


def side_strip(finding: ClipFinding) -> Strip | None:
    """Lay left and right on one line, each with its band; ``None`` when neither was measured."""
    legs = [(Side.LEFT, finding.left), (Side.RIGHT, finding.right)]
    known = [(side, leg.value, leg.error or 0.0) for side, leg in legs if leg.value is not None]
    if not known:
        return None
    return _strip([(side, value, error, None) for side, value, error in known])


def drift_strip(drift: FreshAgainstTired) -> Strip:
    """Lay fresh and tired on one line for each leg."""
    return _strip([(leg.side, leg.late, leg.error, leg.early) for leg in drift.legs])


def _strip(legs: list[tuple[Side, float, float, float | None]]) -> Strip:
    edges = [edge for _, value, error, _ in legs for edge in (value - error, value + error)]
    edges += [start for *_, start in legs if start is not None]
    ticks = _ticks(min(0.0, *edges), max(0.0, *edges))
    x = _scale(ticks[0], ticks[-1], STRIP_EDGE + 10, STRIP - STRIP_EDGE)
    return Strip(
        legs=tuple(
            Leg(
                side=side,
                x=x(value),
                band_x=x(value - error),
                band_width=x(value + error) - x(value - error),
                from_x=None if start is None else x(start),
            )
            for side, value, error, start in legs
        ),
        zero_x=x(0.0),
        ticks=tuple(Tick(at=x(each), value=each) for each in ticks),
    )


def _scale(low: float, high: float, start: float, end: float) -> Scale:
    span = (high - low) or 1.0
    return lambda value: start + (value - low) / span * (end - start)


def _ticks(low: float, high: float) -> list[float]:
    """Return round numbers, evenly spaced, from at or below ``low`` to at or above ``high``."""
    span = (high - low) or max(abs(high), 1.0)
    raw = span / WANTED_TICKS
    size = 10.0 ** floor(log10(raw))
    step = size * next(each for each in (1.0, 2.0, 2.5, 5.0, 10.0) if each * size >= raw - 1e-12)
    first = floor(low / step + 1e-9)
    ticks = [first * step]
    while ticks[-1] < high - 1e-9 or len(ticks) < 2:
        ticks.append((first + len(ticks)) * step)
    return ticks
