"""Sets a template as PDF with typst, text as data and never as markup; no network, no clock."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import typst

from sidestep.adapters.reports.in_language import TEMPLATES, said_page, said_words
from sidestep.languages.language import Language


def compile_page(
    templates: tuple[str, ...], page: Any, pictures: dict[str, str], reader: Language
) -> bytes:
    """Return a page as the bytes of a PDF; the same page gives the same bytes.

    Parameters
    ----------
    templates
        Names of the files in ``templates/`` that come after what all pages share, in their order.
    page
        What stands on it, in English: texts, numbers, days and paths.
    pictures
        SVG by name, in the reader's language.
    """
    parts = ("style.typ", *templates)
    return typst.compile(
        b"".join((TEMPLATES / name).read_bytes() for name in parts),
        # Only the fonts inside typst: a page looks the same on every machine.
        ignore_system_fonts=True,
        sys_inputs={
            "page": json.dumps(said_page(page, reader), default=_as_text),
            "words": json.dumps(said_words(parts, reader)),
            "language": reader.code,
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
