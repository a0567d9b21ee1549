"""Sentences whose distances are in kilometres, said in miles: figure and unit together.

Services fill a person's figures into sentences, and keep them so; what reaches a page is plain
text. So distances are found by how they are written, after a sentence was translated, which makes
this the one place for all of them. What a publication reports never comes here: pages show it as
it is written there (the filter ``cited``), so that a study's figures stay the study's. Titles of
sources and a person's own words are not translated and do not come here either.
"""

import re
from functools import cache

from babel import Locale
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from sidestep.languages.distances import MILES

_NOT_KNOWN = "…"
"""Stands for a figure of each person's own where a rule is shown by itself."""

_UNIT = r"(?P<unit>km|kilomet(?:re|er)s?|Kilometern?)\b(?!/)"

_BARE = re.compile(r"(?<!acht )(?<!zehn )\b(?:(kilomet(?:re|er)s?|Kilometern?))\b", re.IGNORECASE)
"""The unit without a figure: "after how many kilometres". Figures in words are left alone: the
German says the trainer's five miles as eight kilometres, and those are not eight miles."""

_SINGULAR = "1"
_WHOLE_FROM = 10.0
"""A whole number of kilometres gets a digit after the point below so many miles, none above."""


def in_miles(text: str, locale: Locale) -> str:
    """Return a sentence with its distances in miles.

    Parameters
    ----------
    text
        In the language of ``locale``, with its figures written as there.
    """
    if "km" not in text and "ilomet" not in text:
        return text
    per_km, distance = _patterns(locale)
    text = per_km.sub(lambda found: _per_mile(found, locale), text)
    text = distance.sub(lambda found: _miles(found, locale), text)
    return _BARE.sub(lambda found: _word(found[0]), text)


@cache
def _patterns(locale: Locale) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return how "6 min/km" and "3 to 5 km" are written in a language."""
    point, comma = (
        re.escape(symbol) for symbol in (get_decimal_symbol(locale), get_group_symbol(locale))
    )
    grouped, plain = rf"\d{{1,3}}(?:{comma}\d{{3}})+(?:{point}\d+)?", rf"\d+(?:{point}\d+)?"
    figure = rf"(?:(?<![\d.,])(?:{grouped}|{plain})|{_NOT_KNOWN})"
    per_km = rf"(?P<figure>{figure})(?P<what>(?: [^\W\d]+){{0,3}}(?:/| per | a | pro )){_UNIT}"
    low = rf"(?:(?P<low>{figure})(?P<to> ?– ?| to | bis ))?"
    distance = rf"{low}(?P<figure>{figure})(?P<gap>\s){_UNIT}"
    return re.compile(per_km), re.compile(distance)


def _per_mile(found: re.Match[str], locale: Locale) -> str:
    """Say how much there is to a mile of what was said to the kilometre."""
    figure = _written(found["figure"], MILES.km, locale)
    return f"{figure}{found['what']}{_word(found['unit'], is_one=True)}"


def _miles(found: re.Match[str], locale: Locale) -> str:
    figure = _written(found["figure"], 1.0 / MILES.km, locale)
    low = "" if found["low"] is None else _written(found["low"], 1.0 / MILES.km, locale)
    is_one = figure == _SINGULAR and not low
    return f"{low}{found['to'] or ''}{figure}{found['gap']}{_word(found['unit'], is_one=is_one)}"


def _written(figure: str, times: float, locale: Locale) -> str:
    """Return a figure times a number, with as many digits after the point as it had.

    A small whole number gets one more: three kilometres are 1.9 miles, not 2.
    """
    if figure == _NOT_KNOWN:
        return figure
    point, comma = get_decimal_symbol(locale), get_group_symbol(locale)
    whole, _, after = figure.replace(comma, "").partition(point)
    value = float(f"{whole}.{after or 0}") * times
    if after:
        pattern = "#,##0." + "0" * len(after)
    else:
        pattern = "#,##0.#" if value < _WHOLE_FROM else "#,##0"
    return str(format_decimal(value, pattern, locale))


def _word(unit: str, *, is_one: bool = False) -> str:
    """Return what stands in the place of "km", "kilometres" or "Kilometer"."""
    if unit == "km":
        return MILES.name
    if unit.startswith("Kilometer") and not unit.endswith("s"):
        return "Meile" if is_one else "Meilen"
    word = "mile" if is_one or not unit.endswith("s") else "miles"
    return word.capitalize() if unit[0].isupper() else word
