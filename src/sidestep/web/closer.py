"""Charts to look closer at, as Vega-Lite: the same values as the drawing and the table beside it.

A browser draws them when somebody asks for it. Colours are names of the page's own tokens, which
the browser fills in, so that a chart follows light and dark.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from babel.numbers import get_decimal_symbol, get_group_symbol

from sidestep.domain.vocabulary.side import Side
from sidestep.languages.language import Language
from sidestep.languages.place_names import N_
from sidestep.services.ports.report_pages import ClipChart
from sidestep.services.progress.over_weeks import Progress, ProgressWeek

Spec = dict[str, Any]

INK, CALM, PALE = "var(--ink)", "var(--calm)", "var(--calm-soft)"
_OF_SIDE = {Side.LEFT: ("var(--left)", "circle"), Side.RIGHT: ("var(--right)", "diamond")}
_ON_TIME: Spec = {
    "type": "temporal",
    "title": None,
    "axis": {"format": "%-d %b %y", "tickCount": 6},
}
_HEIGHT = {"pain": 120, "distance": 90, "kept": 60}


@cache
def vega_bundle() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one script, out of the library that prints charts.

    It is put together once for each start of the server, the first time somebody asks.
    """
    import vl_convert

    return vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")


def history_chart(progress: Progress, reader: Language) -> Spec:
    """Return pain, distance and what was kept on one time line, to be moved and zoomed together."""
    say = reader.gettext
    pains = [
        {"on": each.on.isoformat() + "T12:00:00", "pain": each.told.pain, "run": run}
        for run, each in _told_in_a_row(progress)
        if each.told is not None
    ]
    pain: Spec = {
        "name": "pain",
        "data": {"name": "days"},
        "height": _HEIGHT["pain"],
        "title": say(N_("Pain, 0 to 10")),
        "mark": {"type": "line", "point": {"color": INK, "size": 40}, "color": INK},
        "encoding": {
            "x": {"field": "on", **_ON_TIME},
            "y": {"field": "pain", "type": "quantitative", "scale": {"domain": [0, 10]}},
            "detail": {"field": "run"},
            "tooltip": [
                _day(say(N_("Day"))),
                {"field": "pain", "title": say(N_("Pain")), "format": ".0f"},
            ],
        },
    }
    week_to = say(N_("Week to"))
    km_or_miles = f"{say(N_('Distance'))}, {reader.unit.name}"
    distance = _bars("distance", km_or_miles, week_to, figures=(".0f", ".1f"))
    done = say(N_("Kept of what was planned and told of"))
    kept = _bars("kept", done, week_to, figures=(".0%", ".0%"))
    kept["encoding"]["y"]["scale"] = {"domain": [0, 1]}
    return {
        "datasets": {"days": pains, "weeks": [_week(each, reader) for each in progress.weeks]},
        **_moved_together([_without_title(each) for each in (pain, distance, kept)]),
    }


def steps_chart(charts: Sequence[ClipChart], reader: Language) -> Spec:
    """Return the measures of a clip step by step, one above the other."""
    return _moved_together([_steps(chart, n, reader) for n, chart in enumerate(charts)])


def in_language(spec: Spec, reader: Language) -> Spec:
    """Return what a browser needs to draw a chart as a language writes days and numbers."""
    days, months = reader.locale.days["format"], reader.locale.months["format"]
    return {
        "spec": spec,
        "numbers": {
            "decimal": get_decimal_symbol(reader.locale),
            "thousands": get_group_symbol(reader.locale),
            "grouping": [3],
            "currency": ["", ""],
        },
        "times": {
            "dateTime": "%A %-d %B %Y",
            "date": "%-d %b %Y",
            "time": "%H:%M",
            "periods": ["AM", "PM"],
            # The library's weeks begin on Sunday, Babel's on Monday.
            "days": [days["wide"][(n + 6) % 7] for n in range(7)],
            "shortDays": [days["abbreviated"][(n + 6) % 7] for n in range(7)],
            "months": [months["wide"][n] for n in range(1, 13)],
            "shortMonths": [months["abbreviated"][n] for n in range(1, 13)],
        },
    }


def _moved_together(views: Sequence[Spec]) -> Spec:
    """Set views one above the other on one axis, which is moved and zoomed in any of them."""
    return {
        "vconcat": list(views),
        "resolve": {"scale": {"x": "shared"}},
        "params": [
            {
                "name": "near",
                "select": {"type": "interval", "encodings": ["x"]},
                "bind": "scales",
                "views": [view["name"] for view in views],
            }
        ],
    }


def _without_title(view: Spec) -> Spec:
    """Let the one title above a view do; its axis needs none."""
    view["encoding"]["y"]["title"] = None
    return view


def _told_in_a_row(progress: Progress) -> list[tuple[int, Any]]:
    """Number the rows of days that were told one after the other: no line bridges silence."""
    numbered, row = [], 0
    for each in progress.days:
        if each.told is None or each.told.pain is None:
            row += 1
        else:
            numbered.append((row, each))
    return numbered


def _week(week: ProgressWeek, reader: Language) -> dict[str, Any]:
    return {
        "from": week.days[0].on.isoformat() + "T00:00:00",
        "on": week.ends_on.isoformat() + "T23:00:00",
        "distance": None if week.run_km is None else reader.unit.of(week.run_km),
        "kept": None if week.kept is None else week.kept.frac,
    }


def _day(title: str) -> Spec:
    return {"field": "on", "type": "temporal", "title": title, "format": "%-d %B %Y"}


def _bars(name: str, title: str, week_to: str, *, figures: tuple[str, str]) -> Spec:
    """Return one value a week; ``figures`` are how the axis and a single value are written."""
    on_axis, single = figures
    return {
        "name": name,
        "data": {"name": "weeks"},
        "height": _HEIGHT[name],
        "title": title,
        "transform": [{"filter": f"isValid(datum.{name})"}],
        "mark": {"type": "rect", "color": PALE, "stroke": CALM, "strokeWidth": 1},
        "encoding": {
            "x": {"field": "from", **_ON_TIME},
            "x2": {"field": "on"},
            "y": {
                "field": name,
                "type": "quantitative",
                "axis": {"format": on_axis, "tickCount": 3},
            },
            "y2": {"datum": 0},
            "tooltip": [_day(week_to), {"field": name, "title": title, "format": single}],
        },
    }


def _steps(chart: ClipChart, number: int, reader: Language) -> Spec:
    say = reader.gettext
    at = say(N_("seconds")) if chart.is_over_time else say(N_("squats"))
    title, unit = say(chart.title), f"{chart.unit} {say(chart.more)}".strip()
    rows = [{"at": step.at, "value": step.value, "side": step.side.value} for step in chart.steps]
    colours, shapes = zip(*_OF_SIDE.values(), strict=True)
    sides = [side.value for side in _OF_SIDE]
    return {
        "name": f"steps{number}",
        "data": {"values": rows},
        "height": 150,
        "title": {"text": title, "subtitle": unit},
        "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
        "encoding": {
            "x": {"field": "at", "type": "quantitative", "title": at, "scale": {"zero": False}},
            "y": {
                "field": "value",
                "type": "quantitative",
                "title": None,
                "scale": {"zero": False},
            },
            "color": {
                "field": "side",
                "legend": None,
                "scale": {"domain": sides, "range": list(colours)},
            },
            "shape": {
                "field": "side",
                "legend": None,
                "scale": {"domain": sides, "range": list(shapes)},
            },
            "tooltip": [
                {"field": "at", "title": at, "format": ".1f"},
                {"field": "value", "title": f"{title}, {unit}", "format": ".1f"},
            ],
        },
    }
