"""Says a filled page in a language: every text of its values, and the words of its template.

Services fill pages in English; which of their values are no sentences is marked in the ports.
"""

import re
from dataclasses import fields, is_dataclass
from functools import cache, partial
from importlib.resources import files
from typing import Any, get_args, get_type_hints

from sidestep.languages.language import Language
from sidestep.languages.place_names import Translate, said_here
from sidestep.services.ports.report_pages import Mark

TEMPLATES = files("sidestep.adapters.reports") / "templates"

_SAYS = re.compile(r'\bsay\(\s*"([^"]*)"')


def said_page(page: Any, reader: Language) -> dict[str, Any]:
    """Return the values of a page by name, as ``asdict`` does, in the reader's language.

    Parameters
    ----------
    page
        A dataclass of the report's ports. If it ``names_commands``, or leaves that open, what is
        said with a command keeps it; else it names the place in the browser instead.
    """
    if getattr(page, "names_commands", True):
        return _said_fields(page, reader.gettext)
    return _said_fields(page, partial(said_here, translate=reader.gettext))


def _said_fields(page: Any, say: Translate) -> dict[str, Any]:
    kind: Any = type(page)
    marks = _marks(kind)
    return {
        each.name: _said(getattr(page, each.name), say, is_mark=each.name in marks)
        for each in fields(page)
    }


def _said(value: Any, say: Translate, *, is_mark: bool) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return _said_fields(value, say)
    if isinstance(value, tuple):
        return tuple(_said(each, say, is_mark=is_mark) for each in value)
    # The name of a side or of a kind is text, too, but of a class of its own.
    if type(value) is str and not is_mark:
        return say(value)
    return value


@cache
def _marks(kind: Any) -> frozenset[str]:
    """Return the names of the fields that hold marks, one or several."""
    hints = get_type_hints(kind, include_extras=True)
    return frozenset(name for name, hint in hints.items() if Mark in (hint, *get_args(hint)))


def said_words(templates: tuple[str, ...], reader: Language) -> dict[str, str]:
    """Return what these templates say themselves, English to the reader's language."""
    return {each: reader.gettext(each) for name in templates for each in words_of(name)}


@cache
def words_of(template: str) -> tuple[str, ...]:
    """Return what a template says itself, each once."""
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    return tuple(dict.fromkeys(_SAYS.findall(text)))
