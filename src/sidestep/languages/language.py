"""Languages: what was translated, and how days, numbers and distances are written in each.

Which language a person reads, and in which unit, is decided where she is known.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from sidestep.languages.distances import KM, MILES, Unit
from sidestep.languages.distances_in_text import in_miles
from sidestep.languages.filled_in import Sentences, said_in_a_row

CATALOGUES = Path(__file__).parent / "locale"
SOURCE = "en"
LANGUAGES = {"en": "English", "de": "Deutsch"}

_TERRITORY = {"en": "en_GB", "de": "de_DE"}
"""English as it is written where weeks begin on Monday and days come before months."""


_DAY = {"en": "EEE d MMM", "de": "EEE d. MMM"}
_LONG_DAY = {"en": "EEEE d MMMM", "de": "EEEE, d. MMMM"}
"""Patterns in the letters of the Unicode locale data."""


_NUMBER = r"[+−-]?\d+(?:,\d{3})*(?:\.\d+)?"
_FIGURE = re.compile(rf"{_NUMBER}|…")
_FIGURE_AND_UNIT = re.compile(rf"({_NUMBER}) ([^\d\W].*)")
_LEAP_YEAR = " 2024"
_DAYS_OF_SERVICES = (
    (re.compile(r"\d{1,2} [A-Z][a-z]{2}"), "%d %b", "MMMd"),
    (re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4}"), "%d %b %Y", "yMMMd"),
    (re.compile(r"\d{1,2} [A-Z][a-z]{2,} \d{4}"), "%d %B %Y", "yMMMMd"),
)
"""How services write a figure (an ellipsis where it is not known yet) and a day, short or long.

A day without its year is read in one that has a 29 February."""

_NEXT_SENTENCE = re.compile(r"(?<=[.?!]) (?=\S)")
_NEXT_WORD = re.compile(r"[,;] | and | or | · ")
"""What services put between sentences in a row, and between words in a list."""

MINUS = "−"

_REMEMBERED = 8192
"""Translations that are kept: parts of a sentence are looked for again and again."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Language:
    """One language.

    Attributes
    ----------
    messages
        English to what it is here; several forms for what is counted.
    sentences
        Those of the messages that services fill in.
    unit
        What distances are in.
    """

    code: str
    locale: Locale
    messages: Mapping[str, str | tuple[str, ...]]
    sentences: Sentences
    unit: Unit = KM

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process by name: it has the same catalogues."""
        return language, (self.code, self.unit)

    def gettext(self, message: str) -> str:
        """Return a message as this person reads it: in her language, and in her unit."""
        said = self.cited(message)
        if self.unit is not MILES:
            return said
        # What nobody has translated has its figures as services write them.
        return in_miles(said, self.locale if said != message else _read(SOURCE).locale)

    def cited(self, message: str) -> str:
        """Return a message in this language, in English where nobody has translated it.

        Its distances stay as they are: what a publication reports is shown as it reports it.
        """
        return self._said(message) or message

    @lru_cache(maxsize=_REMEMBERED)  # noqa: B019 languages stay as long as the process
    def _said(self, text: str) -> str | None:
        """Return a message, or what services put together from some; ``None`` if it is none."""
        return (
            self._known(text)
            or said_in_a_row(text, _NEXT_SENTENCE, self._said)
            or self._filled_in(text)
            or said_in_a_row(text, _NEXT_WORD, self._said)
        )

    def _known(self, text: str) -> str | None:
        # What is said as a whole is not taken apart, wherever it stands.
        whole = self._whole(text) or self._begun_otherwise(text, self._whole)
        return whole or self.sentences.said(text, self._said)

    def _whole(self, text: str) -> str | None:
        found = self.messages.get(text)
        return found if found is None or isinstance(found, str) else found[0]

    def _filled_in(self, text: str) -> str | None:
        """Write what services fill into a sentence, or a sentence's beginning or end there."""
        if _FIGURE.fullmatch(text):
            point, comma = get_decimal_symbol(self.locale), get_group_symbol(self.locale)
            return text.translate({ord("."): point, ord(","): comma})
        for day, written, parts in _DAYS_OF_SERVICES:
            if day.fullmatch(text):
                try:
                    return self.day(_read_day(text, written), parts)
                except ValueError:
                    return None
        if with_unit := _FIGURE_AND_UNIT.fullmatch(text):
            figure, unit = (self._said(part) for part in with_unit.groups())
            return None if unit is None else f"{figure} {unit}"
        if text.endswith("."):
            said = self._said(text[:-1])
            return None if said is None else f"{said.removesuffix('.')}."
        if (said := self._known(f"{text}.")) is not None:
            return said.removesuffix(".")
        return self._begun_otherwise(text, self._known)

    def _begun_otherwise(self, text: str, say: Callable[[str], str | None]) -> str | None:
        """Say words of the inside of a sentence at its beginning, or the other way round."""
        other = text[:1].swapcase() + text[1:]
        said = say(other) if other != text else None
        return said if said is None or other[:1].isupper() else said[:1].upper() + said[1:]

    def ngettext(self, one: str, many: str, n: int) -> str:
        """Return the form of a message that fits a number."""
        found = self.messages.get(one)
        forms = found if isinstance(found, tuple) else (one, many)
        return forms[0 if n == 1 else 1]

    def number(self, value: float, digits: int = 1) -> str:
        """Write a number, with at most so many digits after the point, below zero with a minus."""
        shown: str = format_decimal(
            round(value, digits) + 0.0, "#,##0." + "#" * digits, self.locale
        )
        return shown.replace("-", MINUS)

    def distance(self, distance_km: float, digits: int = 1) -> str:
        """Write a distance with its unit."""
        return f"{self.number(self.unit.of(distance_km), digits)} {self.unit.name}"

    def in_unit(self, distance_km: float, digits: int = 1) -> str:
        """Write a distance where its unit stands somewhere else, such as above a column."""
        return self.number(self.unit.of(distance_km), digits)

    def typed(self, distance_km: float) -> str:
        """Write a distance as it is typed, so exactly that the plan understands the same again."""
        return self.number(self.unit.of(distance_km), self.unit.typed_digits)

    def day(self, on: date, parts: str = "") -> str:
        """Write a day, with its weekday or in just these parts: "yMMMd", "MMMd" or "Md".

        How they are put together is the language's own.
        """
        if parts:
            return str(format_skeleton(parts, on, locale=self.locale))
        return str(format_date(on, _DAY[self.code], self.locale))

    def long_day(self, on: date) -> str:
        """Write a day with its weekday, in full."""
        return str(format_date(on, _LONG_DAY[self.code], self.locale))

    def weekday(self, on: date) -> str:
        """Write the weekday in two letters."""
        return str(format_date(on, "EEEEEE", self.locale)).rstrip(".")


def _read_day(text: str, written: str) -> date:
    if "%Y" not in written:
        text, written = f"{text}{_LEAP_YEAR}", f"{written} %Y"
    return datetime.strptime(text, written).date()  # noqa: DTZ007


@cache
def language(code: str, unit: Unit = KM) -> Language:
    """Return a language with distances in a unit; an unknown language is English."""
    return replace(_read(code if code in LANGUAGES else SOURCE), unit=unit)


@cache
def _read(code: str) -> Language:
    messages: dict[str, str | tuple[str, ...]] = {}
    for path in sorted((CATALOGUES / code).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                key = message.id if isinstance(message.id, str) else message.id[0]
                said = message.string or ""
                if key and (said if isinstance(said, str) else all(said)):
                    messages[key] = said if isinstance(said, str) else tuple(said)
    return Language(
        code=code,
        locale=Locale.parse(_TERRITORY[code]),
        messages=messages,
        sentences=Sentences(messages),
    )


ENGLISH = language(SOURCE)


def preferred(accepted: str) -> str:
    """Return which of our languages comes first in an ``Accept-Language`` header."""
    wishes = []
    for place, part in enumerate(accepted.split(",")):
        name, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        wishes.append((-weight, place, name.split("-")[0].lower()))
    return next((code for _, _, code in sorted(wishes) if code in LANGUAGES), SOURCE)
