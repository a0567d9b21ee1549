"""Wraps a kept still so that a page can hold it; the page says under it what it shows."""

from base64 import b64encode
from pathlib import Path

WIDTH_PX, HEIGHT_PX = 720, 960
"""A still is 3 to 4; those of earlier versions have a line in English below, which is cut off."""


def still_svg(picture: Path) -> str | None:
    """Return a still as SVG, ``None`` when it is no longer there."""
    try:
        content = picture.read_bytes()
    except OSError:
        return None
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH_PX} {HEIGHT_PX}" '
        f'width="{WIDTH_PX}" height="{HEIGHT_PX}"><image width="{WIDTH_PX}" '
        f'height="{HEIGHT_PX}" preserveAspectRatio="xMidYMin slice" '
        f'href="data:image/jpeg;base64,{b64encode(content).decode()}"/></svg>'
    )
