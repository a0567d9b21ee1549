"""The steps of a kept clip one by one, as the values of a chart; how it is drawn is not here."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np

from sidestep.domain.motion.early_and_late import part_length_s
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.squat_analysis import SquatMeasure
from sidestep.domain.vocabulary.side import Side
from sidestep.services.clips.measure_words import WORDS, MeasureName
from sidestep.services.ports.report_pages import ChartedBand, ChartedStep, ClipChart
from sidestep.services.report.report_clip_values import title_of

CHARTED: Final[Mapping[str, tuple[MeasureName, ...]]] = {
    "run": (
        RunMeasure.FEMORAL_ADDUCTION,
        RunMeasure.KNEE_OVER_FOOT,
        RunMeasure.KNEE_FLEXION,
        RunMeasure.OVERSTRIDE,
    ),
    "squat": (SquatMeasure.KNEE_OVER_FOOT, SquatMeasure.FPPA),
}
"""In the order in which they are wanted."""

MOST_CHARTS: Final = 2
MOST_MARKS: Final = 120
"""Of each leg; beyond it every second, third, ... step is drawn."""

FEWEST_FOR_BAND: Final = 20
"""Steps of a leg: fewer are better seen one by one."""

LEAST_IN_BAND: Final = 9
BAND_SHARE: Final = 8
"""A band's window is this part of all steps, but never fewer than the above."""

MOST_BAND_PLACES: Final = 40


def clip_charts(content: Mapping[str, Any], *, for_clinician: bool) -> tuple[ClipChart, ...]:
    """Return the charts of the most telling measures that the clip has."""
    found = ((name, tuple(_steps(name, content))) for name in CHARTED[content["kind"]])
    shown = [(name, steps) for name, steps in found if steps][:MOST_CHARTS]
    return tuple(
        _chart(name, content, steps, title_of(name, for_clinician=for_clinician))
        for name, steps in shown
    )


def _steps(name: MeasureName, content: Mapping[str, Any]) -> Iterator[ChartedStep]:
    if content["kind"] == "run":
        for step in content["steps"]:
            if step["is_good"] and step.get(name) is not None:
                yield ChartedStep(side=Side(step["side"]), at=step["time_s"], value=step[name])
        return
    for number, repetition in enumerate(content["repetitions"], start=1):
        for side in Side:
            value = repetition[side.value].get(name)
            if value is not None:
                yield ChartedStep(side=side, at=number, value=value)


def _chart(
    name: MeasureName, content: Mapping[str, Any], steps: tuple[ChartedStep, ...], title: str
) -> ClipChart:
    words = WORDS[name]
    is_over_time = content["kind"] == "run"
    by_side = {side: [step for step in steps if step.side is side] for side in Side}
    drifts = (of_leg.get(name) for of_leg in content.get("drift", {}).values())
    has_drift = any(drift is not None and drift["change"] is not None for drift in drifts)
    return ClipChart(
        title=title,
        unit=words.unit,
        more=words.more,
        is_over_time=is_over_time,
        steps=tuple(step for own in by_side.values() for step in _thinned(own)),
        bands=tuple(band for own in by_side.values() for band in _band(own)),
        parts=_compared_parts(steps) if has_drift else (),
    )


def _thinned(steps: list[ChartedStep]) -> list[ChartedStep]:
    return steps[:: max(1, -(-len(steps) // MOST_MARKS))]


def _band(steps: list[ChartedStep]) -> Iterator[ChartedBand]:
    """Give the quartiles of the steps around each place."""
    n = len(steps)
    if n < FEWEST_FOR_BAND:
        return
    half = max(LEAST_IN_BAND, n // BAND_SHARE) // 2
    values = np.array([step.value for step in steps])
    for place in np.unique(np.linspace(0, n - 1, MOST_BAND_PLACES).astype(int)):
        around = values[max(0, place - half) : place + half + 1]
        low, middle, high = (float(each) for each in np.percentile(around, (25, 50, 75)))
        step = steps[place]
        yield ChartedBand(side=step.side, at=step.at, low=low, middle=middle, high=high)


def _compared_parts(steps: tuple[ChartedStep, ...]) -> tuple[tuple[float, float], ...]:
    """Return the first and the last part of the clip, as they were compared."""
    times = [step.at for step in steps]
    first, last = min(times), max(times)
    part = part_length_s(last - first)
    return (first, first + part), (last - part, last)
