"""How every chart of a printed page is set as SVG: type, axes, size; its marks are its own."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import vl_convert

from sidestep.adapters.reports.palette import INK, LINE, SOFT, TYPEFACE

LABEL_PX = 9

Rows = Sequence[Mapping[str, Any]]


def drawn_from(table: str) -> alt.Chart:
    """Begin a layer whose marks come from the rows of that name.

    Altair copies a layer, rows and all, at every step of its making; a name is copied sooner.
    """
    return alt.Chart(alt.NamedData(name=table))


def set_as_svg(
    layers: Sequence[Any], tables: Mapping[str, Rows], *, width: int, height: int
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
    svg: str = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    return svg


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
