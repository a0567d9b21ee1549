"""Sets the page for the fridge as PDF: the week above, each exercise with its pictures below."""

from base64 import b64encode
from io import BytesIO
from pathlib import Path

from PIL import Image

from sidestep.adapters.reports.typst_compile import compile_page
from sidestep.languages.language import ENGLISH, Language
from sidestep.services.ports.fridge_page import FridgePage

_WIDTH_PX, _HEIGHT_PX = 360, 300
_QUALITY = 82


def set_fridge_page(page: FridgePage, reader: Language = ENGLISH) -> bytes:
    """Return the page as the bytes of a PDF, one A4 page."""
    pictures = {
        f"{number} {which}": _svg(path)
        for number, exercise in enumerate(page.exercises)
        for which, path in (("start", exercise.start), ("finish", exercise.finish))
        if path is not None
    }
    return compile_page(("fridge.typ",), page, pictures, reader)


def _svg(path: Path) -> str:
    """Wrap a still as SVG, small enough to print and read by every viewer."""
    with Image.open(path) as still:
        small = still.convert("RGB").resize((_WIDTH_PX, _HEIGHT_PX), Image.Resampling.LANCZOS)
    buffer = BytesIO()
    small.save(buffer, "JPEG", quality=_QUALITY)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH_PX} {_HEIGHT_PX}" '
        f'width="{_WIDTH_PX}" height="{_HEIGHT_PX}"><image width="{_WIDTH_PX}" '
        f'height="{_HEIGHT_PX}" '
        f'href="data:image/jpeg;base64,{b64encode(buffer.getvalue()).decode()}"/></svg>'
    )
