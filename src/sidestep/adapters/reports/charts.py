"""The charts of the printed pages as SVG; shape and lightness carry every difference, not hue."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import altair as alt

from sidestep.adapters.reports.chart_frame import (
    DAY_OF_AXIS,
    LABEL_PX,
    Rows,
    drawn_from,
    set_as_svg,
)
from sidestep.adapters.reports.palette import INK, LINE, PALE_TEAL, SOFT, TEAL
from sidestep.domain.load.report import SpikeBand
from sidestep.languages.language import Language
from sidestep.services.ports.report_pages import ChartedRun, ChartedWeek, PlannedRun, TimelineEvent

_SHAPES = {
    SpikeBand.WITHIN: "circle",
    SpikeBand.OVER_1_10: "diamond",
    SpikeBand.OVER_2_00: "triangle-up",
    SpikeBand.UNDEFINED: "square",
}
_FIGURE_ROOM = 0.32
"""What the figure above a bar needs, as a share of the highest bar."""

_LEVEL = 1.6
"""Where events stand, as a share of the highest bar."""

_HEADROOM = 1.28
# Low bars need more of their height for the figure above the tallest.
_BAR_HEADROOM = 1.45


def runs_chart(
    runs: Sequence[ChartedRun],
    next_run_cap_km: float | None,
    planned: Sequence[PlannedRun] = (),
    *,
    reader: Language,
    width: int,
    height: int,
) -> str:
    """Return the runs of 30 days against the longest run before each, as SVG.

    Every run is a dot on a hair line; the step line is the longest run of the 30 days before. A
    run beyond it is a labelled diamond (over 1.10) or triangle (over 2.00), a run with nothing to
    compare a hollow square. Planned runs are hollow circles, the cap a thin line.
    """
    rows = [_run_row(run, reader) for run in runs]
    days = [run.on for run in runs] + [run.on for run in planned]
    lengths = [run.distance_km for run in runs] + [run.distance_km for run in planned]
    top = reader.unit.of(max([*lengths, next_run_cap_km or 0.0, 1.0])) * _HEADROOM
    y = alt.Y(
        "far:Q",
        title=None,
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=_distance_axis(reader),
    )
    x = alt.X("on:T", title=None, axis=_day_axis(reader), scale=_day_scale(days))
    base = drawn_from("runs")
    stems = base.mark_rule(color=LINE, strokeWidth=1.2).encode(x=x, y=y, y2=alt.datum(0))
    before = (
        base.transform_filter("isValid(datum.before)")
        .mark_line(interpolate="step-after", color=SOFT, strokeDash=[4, 2], strokeWidth=1.3)
        .encode(x=x, y=alt.Y("before:Q"))
    )
    dots = base.mark_point(filled=True, opacity=1, stroke=INK, strokeWidth=1).encode(
        x=x,
        y=y,
        shape=alt.Shape("shape:N", scale=None),
        size=alt.Size("size:Q", scale=None),
        fill=alt.Fill("fill:N", scale=None),
    )
    labels = _text(base, dy=-10).encode(x=x, y=y, text="label:N")
    layers: list[Any] = [stems, before, dots, labels]
    tables: dict[str, Rows] = {"runs": rows}
    if planned:
        layers += _planned(x, y)
        tables["planned"] = _planned_rows(planned, reader)
    if next_run_cap_km is not None:
        layers += _cap(next_run_cap_km, reader)
        tables["cap"] = _cap_rows(
            reader.unit.of(next_run_cap_km), max(run.on for run in runs), max(days)
        )
    return set_as_svg(layers, tables, reader, width=width, height=height)


def weeks_chart(weeks: Sequence[ChartedWeek], *, reader: Language, width: int, height: int) -> str:
    """Return the distance by week as bars with their value above, as SVG.

    The newest week is dark, earlier ones pale; a week without data has a dash, not a bar.
    """
    rows = [
        {
            "week": week.ends_on.isoformat() + "T12:00:00",
            "far": reader.unit.of(week.distance_km or 0.0),
            "label": "–" if week.distance_km is None else reader.in_unit(week.distance_km, 0),
            "is_newest": position == len(weeks) - 1,
        }
        for position, week in enumerate(weeks)
    ]
    top = max([row["far"] for row in rows if isinstance(row["far"], float)] + [1.0]) * _BAR_HEADROOM
    base = drawn_from("weeks")
    axis = alt.Axis(
        labelAngle=0,
        labelOverlap="parity",
        labelExpr=f"timeFormat(toDate(datum.value), '{DAY_OF_AXIS[reader.code]}')",
    )
    x = alt.X("week:O", sort=None, title=None, axis=axis)
    y = alt.Y("far:Q", title=None, scale=alt.Scale(domain=[0, top], nice=False), axis=None)
    fill = alt.condition("datum.is_newest", alt.value(TEAL), alt.value(PALE_TEAL))
    bars = base.mark_bar(cornerRadiusEnd=1.5, stroke=INK, strokeWidth=0.4).encode(
        x=x, y=y, color=fill
    )
    labels = _text(base, dy=-6).encode(x=x, y=y, text="label:N")
    return set_as_svg([bars, labels], {"weeks": rows}, reader, width=width, height=height)


def timeline_chart(
    weeks: Sequence[ChartedWeek],
    events: Sequence[TimelineEvent],
    on: date,
    *,
    reader: Language,
    width: int,
    height: int,
) -> str:
    """Return the weeks as bars on a true time axis with onset and long runs marked, as SVG.

    Events are numbered in their order; the page lists them in words under the same numbers.
    """
    first = min([week.ends_on - timedelta(days=7) for week in weeks] + [on - timedelta(days=84)])
    rows = [_week_row(week, reader) for week in weeks]
    top = reader.unit.of(max([week.distance_km or 0.0 for week in weeks] + [1.0]))
    shown = _numbered(events, first, on, rows, level=top * _LEVEL, figure_room=top * _FIGURE_ROOM)
    headroom = 1.98 if shown else _HEADROOM
    scale = alt.Scale(
        domain=[first.isoformat() + "T12:00:00", on.isoformat() + "T23:00:00"], nice=False
    )
    axis = alt.Axis(format=DAY_OF_AXIS[reader.code], tickCount=8, labelAngle=0, grid=False)
    x = alt.X("from:T", title=None, axis=axis, scale=scale)
    y = alt.Y(
        "far:Q", title=None, axis=None, scale=alt.Scale(domain=[0, top * headroom], nice=False)
    )
    base = drawn_from("weeks")
    bars = base.mark_bar(fill=PALE_TEAL, stroke=INK, strokeWidth=0.4).encode(
        x=x, x2="to:T", y=y, y2=alt.datum(0)
    )
    labels = _text(base, dy=-6).encode(x=alt.X("middle:T", scale=scale), y=y, text="label:N")
    marks = drawn_from("events")
    at = alt.X("on:T", scale=scale)
    level = alt.YDatum(top * _LEVEL)
    # Only the onset has a stem: a run's would cross its week's figure.
    stems = (
        marks.transform_filter("datum.kind == 'onset'")
        .mark_rule(color=INK, strokeWidth=1.4)
        .encode(x=at, y=alt.Y("up_to:Q", axis=None), y2="down_to:Q")
    )
    points = marks.mark_point(filled=True, opacity=1, size=70, fill=INK).encode(
        x=at, y=level, shape=alt.Shape("shape:N", scale=None)
    )
    numbers = _text(marks, dy=-10, weight="bold").encode(x=at, y=level, text="label:N")
    tables = {"weeks": rows, "events": shown}
    return set_as_svg(
        [bars, labels, stems, points, numbers], tables, reader, width=width, height=height
    )


def _week_row(week: ChartedWeek, reader: Language) -> dict[str, Any]:
    return {
        "from": (week.ends_on - timedelta(days=6)).isoformat() + "T03:00:00",
        "to": week.ends_on.isoformat() + "T21:00:00",
        "middle": (week.ends_on - timedelta(days=3)).isoformat() + "T12:00:00",
        "far": reader.unit.of(week.distance_km or 0.0),
        "label": reader.gettext("no data")
        if week.distance_km is None
        else reader.in_unit(week.distance_km, 0),
    }


def _numbered(
    events: Sequence[TimelineEvent],
    first: date,
    last: date,
    weeks: Sequence[dict[str, Any]],
    *,
    level: float,
    figure_room: float,
) -> list[dict[str, Any]]:
    """Return the events from ``first`` to ``last``, each with its number among all events.

    A stem goes down to the axis, or to the figure of a week in whose middle it lies.
    """
    tops = {datetime.fromisoformat(week["middle"]).date(): week["far"] for week in weeks}

    def down_to(on: date) -> float:
        near = (on + timedelta(days=days) for days in (-1, 0, 1))
        return max((tops[day] + figure_room for day in near if day in tops), default=0.0)

    return [
        {
            "on": event.on.isoformat() + "T12:00:00",
            "label": str(number),
            "shape": "triangle-down" if event.kind == "onset" else "diamond",
            "kind": event.kind,
            "up_to": level,
            "down_to": down_to(event.on),
        }
        for number, event in enumerate(events, start=1)
        if first <= event.on <= last
    ]


def _run_row(run: ChartedRun, reader: Language) -> dict[str, Any]:
    stands_out = run.band in (SpikeBand.OVER_1_10, SpikeBand.OVER_2_00)
    return {
        "on": run.on.isoformat() + "T12:00:00",
        "far": reader.unit.of(run.distance_km),
        "before": None if run.longest_before_km is None else reader.unit.of(run.longest_before_km),
        "shape": _SHAPES[run.band],
        "size": 130 if stands_out else 34,
        "fill": INK if stands_out else "#ffffff" if run.band is SpikeBand.UNDEFINED else PALE_TEAL,
        "label": f"{_one_digit(run.distance_km, reader)} {reader.unit.name}" if stands_out else "",
    }


def _one_digit(distance_km: float, reader: Language) -> str:
    """Write a distance in the reader's unit, the digit after the point always there."""
    figure = f"{reader.unit.of(distance_km):.1f}"
    return reader.gettext(figure)


def _planned(x: alt.X, y: alt.Y) -> list[Any]:
    base = drawn_from("planned")
    stems = base.mark_rule(color=SOFT, strokeWidth=1, strokeDash=[2, 2]).encode(
        x=x, y=y, y2=alt.datum(0)
    )
    dots = base.mark_point(
        filled=True, opacity=1, fill="#ffffff", stroke=INK, strokeWidth=1.1, size=44
    ).encode(x=x, y=y)
    labels = _text(base, dy=-8).encode(x=x, y=y, text="label:N")
    return [stems, dots, labels]


def _planned_rows(planned: Sequence[PlannedRun], reader: Language) -> list[dict[str, Any]]:
    middle = len(planned) // 2
    return [
        {
            "on": run.on.isoformat() + "T12:00:00",
            "far": reader.unit.of(run.distance_km),
            "label": reader.gettext("planned") if position == middle else "",
        }
        for position, run in enumerate(planned)
    ]


def _cap(cap_km: float, reader: Language) -> list[Any]:
    base = drawn_from("cap")
    says = reader.gettext("ceiling {cap}").format(cap=_one_digit(cap_km, reader))
    line = base.mark_line(color=SOFT, strokeWidth=1.3).encode(x="on:T", y="far:Q")
    label = (
        base.transform_filter("datum.is_end")
        .mark_text(align="right", baseline="bottom", dy=-3, fontSize=LABEL_PX, color=SOFT)
        .encode(x="on:T", y="far:Q", text=alt.value(says))
    )
    return [line, label]


def _cap_rows(cap: float, last_run_on: date, last_on: date) -> list[dict[str, Any]]:
    ends = last_run_on + timedelta(days=1), max(last_on, last_run_on + timedelta(days=5))
    return [
        {"on": on.isoformat() + "T12:00:00", "far": cap, "is_end": on == ends[-1]} for on in ends
    ]


def _text(base: Any, *, dy: int, weight: str = "normal") -> Any:
    return base.mark_text(dy=dy, fontSize=LABEL_PX, color=INK, baseline="bottom", fontWeight=weight)


def _distance_axis(reader: Language) -> alt.Axis:
    says = f"datum.value == 0 ? '0' : datum.label + ' {reader.unit.name}'"
    return alt.Axis(tickCount=4, labelExpr=says)


def _day_axis(reader: Language) -> alt.Axis:
    return alt.Axis(format=DAY_OF_AXIS[reader.code], tickCount=5, labelAngle=0, grid=False)


def _day_scale(days: Sequence[date]) -> alt.Scale:
    return alt.Scale(
        domain=[
            (min(days) - timedelta(days=1)).isoformat() + "T12:00:00",
            (max(days) + timedelta(days=1)).isoformat() + "T12:00:00",
        ],
        nice=False,
    )
