"""How every chart of a printed page is set as SVG: type, axes, size; its marks are its own."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import vl_convert

from sidestep.adapters.reports.palette import INK, LINE, SOFT, TYPEFACE
from sidestep.languages.language import Language

LABEL_PX = 9

DAY_OF_AXIS = {"en": "%-d %b", "de": "%-d. %b"}
"""How an axis writes a day in each language, in the letters of d3."""

Rows = Sequence[Mapping[str, Any]]


def drawn_from(table: str) -> alt.Chart:
    """Begin a layer whose marks come from the rows of that name.

    Altair copies a layer, rows and all, at every step of its making; a name is copied sooner.
    """
    return alt.Chart(alt.NamedData(name=table))


def set_as_svg(
    layers: Sequence[Any], tables: Mapping[str, Rows], reader: Language, *, width: int, height: int
) -> str:
    """Return a chart as SVG of this size, without asking anything of a network.

    Parameters
    ----------
    tables
        The rows that the layers are drawn from, by name.
    """
    chart = alt.layer(
        *layers,
        width=width,
        height=height,
        padding=2,
        autosize=alt.AutoSizeParams(type="fit", contains="padding"),
        config=_config(),
    )
    # Each layer was checked against the grammar of charts as it was made.
    spec = chart.to_dict(validate=False)
    spec["datasets"] = {name: list(rows) for name, rows in tables.items()}
    svg: str = vl_convert.vegalite_to_svg(
        spec,
        allowed_base_urls=[],
        format_locale=_number_locale(reader),
        time_format_locale=_time_locale(reader),
    )
    return svg


def _number_locale(reader: Language) -> dict[str, Any]:
    """Return how an axis writes numbers, as d3 wants to know it."""
    symbols = reader.locale.number_symbols["latn"]
    return {
        "decimal": symbols["decimal"],
        "thousands": symbols["group"],
        "grouping": [3],
        "currency": ["", ""],
    }


def _time_locale(reader: Language) -> dict[str, Any]:
    """Return what an axis calls days and months, as d3 wants to know it."""
    days, months = reader.locale.days["format"], reader.locale.months["format"]
    from_sunday = (6, 0, 1, 2, 3, 4, 5)
    return {
        "dateTime": "%x, %X",
        "date": "%x",
        "time": "%X",
        "periods": ["", ""],
        "days": [days["wide"][day] for day in from_sunday],
        "shortDays": [days["abbreviated"][day] for day in from_sunday],
        "months": [months["wide"][month] for month in range(1, 13)],
        "shortMonths": [months["abbreviated"][month] for month in range(1, 13)],
    }


def _config() -> alt.Config:
    return alt.Config(
        font=TYPEFACE,
        background="transparent",
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            labelColor=INK,
            labelFontSize=LABEL_PX,
            domainColor=SOFT,
            tickColor=SOFT,
            gridColor=LINE,
            gridDash=[1, 3],
            tickSize=3,
            labelPadding=3,
        ),
    )
