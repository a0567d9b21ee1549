"""Sets a template as PDF with typst, text as data and never as markup; no network, no clock."""

import json
from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst


def compile_page(templates: Sequence[str], page: dict[str, Any], pictures: dict[str, str]) -> bytes:
    """Return a page as the bytes of a PDF; the same page gives the same bytes.

    Parameters
    ----------
    templates
        Names of the files in ``templates/`` that come after what all pages share, in their order.
    page
        What stands on it: texts, numbers, days and paths.
    pictures
        SVG by name.
    """
    folder = files("sidestep.adapters.reports") / "templates"
    return typst.compile(
        b"".join((folder / name).read_bytes() for name in ("style.typ", *templates)),
        # Only the fonts inside typst: a page looks the same on every machine.
        ignore_system_fonts=True,
        sys_inputs={
            "page": json.dumps(page, default=_as_text),
            "pictures": json.dumps(pictures),
        },
    )


def _as_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return value.name
    message = f"a page holds text, numbers and dates, not {type(value).__name__}"
    raise TypeError(message)
