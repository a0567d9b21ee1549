"""How every chart of a printed page is set as SVG: type, axes, size; its marks are its own."""

from typing import Any

import altair as alt
import vl_convert

from sidestep.adapters.reports.palette import INK, LINE, SOFT, TYPEFACE

LABEL_PX = 9


def set_as_svg(chart: Any, *, width: int, height: int) -> str:
    """Return a chart as SVG of this size, without asking anything of a network."""
    spec = (
        chart.properties(
            width=width,
            height=height,
            padding=2,
            autosize=alt.AutoSizeParams(type="fit", contains="padding"),
        )
        .configure(font=TYPEFACE, background="transparent")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=INK,
            labelFontSize=LABEL_PX,
            domainColor=SOFT,
            tickColor=SOFT,
            gridColor=LINE,
            gridDash=[1, 3],
            tickSize=3,
            labelPadding=3,
        )
        .to_dict()
    )
    svg: str = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    return svg
