"""The chart of a clip, step by step; left and right differ by mark, line and lightness."""

from typing import Any

import altair as alt

from sidestep.adapters.reports.chart_frame import LABEL_PX, Rows, drawn_from, set_as_svg
from sidestep.adapters.reports.palette import (
    INK,
    LEFT,
    PALE_LEFT,
    PALE_RIGHT,
    RIGHT,
    SHADE,
    SOFT,
)
from sidestep.domain.vocabulary.side import Side
from sidestep.languages.language import Language
from sidestep.services.ports.report_pages import ClipChart

MINUTES_FROM_S = 180.0
"""A longer clip has its axis in minutes."""

_HEADROOM = 0.16
_SHAPES = {Side.LEFT: "circle", Side.RIGHT: "diamond"}
_COLOURS = {Side.LEFT: LEFT, Side.RIGHT: RIGHT}
_PALE = {Side.LEFT: PALE_LEFT, Side.RIGHT: PALE_RIGHT}
_DASHES = {Side.LEFT: [1, 0], Side.RIGHT: [5, 3]}


def clip_chart(chart: ClipChart, *, reader: Language, width: int, height: int) -> str:
    """Return the steps of a clip one by one, as SVG.

    Left steps are filled circles with a whole line through their running middle, right ones
    hollow diamonds with a dashed line; round each line the band that holds half of the steps. The
    parts that are compared are shaded.
    """
    values = [step.value for step in chart.steps] + [0.0]
    low, high = min(values), max(values)
    room = max(high - low, 1.0) * _HEADROOM
    y = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(domain=[low - room, high + room], nice=False),
        axis=alt.Axis(tickCount=5, labelExpr=f"datum.label + '{chart.unit}'"),
    )
    x = alt.X("at:Q", title=None, scale=_reach(chart), axis=_axis(chart))
    bands = {side: _band(side, x, y) for side in Side}
    layers = [*(_parts(x) if chart.parts else []), _zero(y)]
    layers += [area for area, _ in bands.values()]
    layers += [_marks(side, x, y, is_over_time=chart.is_over_time) for side in Side]
    layers += [line for _, line in bands.values()]
    tables = _tables(chart, high + room, reader)
    return set_as_svg(layers, tables, reader, width=width, height=height)


def _tables(chart: ClipChart, top: float, reader: Language) -> dict[str, Rows]:
    """Return the rows that the layers are drawn from."""
    compared = reader.gettext("early"), reader.gettext("late")
    tables: dict[str, Rows] = {
        "zero": [{"value": 0.0}],
        "parts": [
            {"at": first, "until": last, "value": top, "label": label}
            for (first, last), label in zip(chart.parts, compared, strict=False)
        ],
    }
    for side in Side:
        tables[f"{side} band"] = [
            {"at": band.at, "low": band.low, "value": band.middle, "high": band.high}
            for band in chart.bands
            if band.side is side
        ]
        tables[f"{side} steps"] = [
            {"at": step.at, "value": step.value} for step in chart.steps if step.side is side
        ]
    return tables


def _band(side: Side, x: alt.X, y: alt.Y) -> tuple[Any, Any]:
    """Return the band of a leg and the line through its middle."""
    base = drawn_from(f"{side} band")
    area = base.mark_area(color=_PALE[side], opacity=0.7).encode(
        x=x, y=alt.Y("low:Q"), y2=alt.Y2("high:Q")
    )
    line = base.mark_line(color=_COLOURS[side], strokeWidth=1.8, strokeDash=_DASHES[side]).encode(
        x=x, y=y
    )
    return area, line


def _marks(side: Side, x: alt.X, y: alt.Y, *, is_over_time: bool) -> Any:
    return (
        drawn_from(f"{side} steps")
        .mark_point(
            filled=True,
            opacity=1,
            shape=_SHAPES[side],
            size=13 if is_over_time else 40,
            fill=_COLOURS[side] if side is Side.LEFT else "#ffffff",
            stroke=_COLOURS[side],
            strokeWidth=0.8,
        )
        .encode(x=x, y=y)
    )


def _parts(x: alt.X) -> list[Any]:
    base = drawn_from("parts")
    return [
        base.mark_rect(color=SHADE, opacity=1).encode(x=x, x2="until:Q"),
        base.mark_text(
            align="left", baseline="top", dx=3, dy=1, fontSize=LABEL_PX, color=SOFT
        ).encode(x=x, y=alt.Y("value:Q"), text="label:N"),
    ]


def _zero(y: alt.Y) -> Any:
    return drawn_from("zero").mark_rule(color=INK, strokeWidth=0.8).encode(y=y)


def _reach(chart: ClipChart) -> alt.Scale:
    places = [step.at for step in chart.steps]
    room = max((max(places) - min(places)) * 0.03, 0.4)
    return alt.Scale(domain=[min(places) - room, max(places) + room], nice=False)


def _axis(chart: ClipChart) -> alt.Axis:
    if not chart.is_over_time:
        return alt.Axis(tickMinStep=1, format="d", grid=False)
    if max(step.at for step in chart.steps) <= MINUTES_FROM_S:
        return alt.Axis(tickCount=6, grid=False, labelExpr="datum.label + ' s'")
    return alt.Axis(tickCount=6, grid=False, labelExpr="format(datum.value / 60, '.3~g') + ' min'")
