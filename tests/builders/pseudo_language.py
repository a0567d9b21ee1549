"""A language of other letters: what a page still says in plain ones, nobody has translated.

Every message of the German catalogues is there, and so are the names of its days and months. Only
its letters are others, so that it goes through the very code that German goes through.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from string import ascii_letters, digits

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from sidestep.languages import language as languages
from sidestep.languages.place_names import COMMANDS
from sidestep.web import rendering

CODE = "de"
WIDE = {ord(each): ord(each) + 0xFEE0 for each in ascii_letters + digits}
CYRILLIC = {ord(each): 0x410 + place for place, each in enumerate(ascii_letters)}
"""Letters that the typeface of printed pages has, too; figures stay."""

STAYS = re.compile(rf"%\(\w+\)\w|%%|{{[^{{}}]*}}|<[^<>]*>|&\w+;|{'|'.join(COMMANDS)}")
"""What a translation keeps: what is filled in, marks of the page, commands."""

SPOKEN = {"alt", "title", "aria-label", "aria-description", "placeholder", "label"}
SILENT = {"script", "style", "code", "cite"}
EMPTY = {"input", "img", "br", "meta", "link", "hr", "source", "wbr", "col"}
GERMAN = Locale.parse("de_DE")
DAYS = {
    name.rstrip(".")
    for kind in (GERMAN.days, GERMAN.months)
    for names in kind["format"].values()
    for name in names.values()
} | {"Mär", "Sept"}
GERMAN_DAY = re.compile(rf"\b(?:\d{{1,2}}\. )?(?:{'|'.join(sorted(DAYS, key=len)[::-1])})\b")
ENGLISH_DAY = re.compile(r"\b\d{1,2} (?:[A-Z][a-z]{2,8}) ?(?:\d{4})?\b")
PLAIN_WORD = re.compile(r"[^\W\d_Ａ-Ｚａ-ｚ]{2,}")
TYPED = re.compile(r"'[^' ]*'|\w+_\w+|\b[0-9a-f]{12}\b")
"""What was typed, or was in a form, said back; and the version of the knowledge."""

ENGLISH_FIGURE = re.compile(r"(?<![0-9.])[0-9]+\.[0-9]{1,2}(?![0-9.])")


def widened(message: str, letters: Mapping[int, int] = WIDE) -> str:
    """Return a message in other letters, all but what is filled into it."""
    at, parts = 0, []
    for kept in STAYS.finditer(message):
        parts += [message[at : kept.start()].translate(letters), kept.group()]
        at = kept.end()
    return "".join((*parts, message[at:].translate(letters)))


def write_catalogues(folder: Path, letters: Mapping[int, int] = WIDE) -> None:
    """Write the German catalogues anew, in other letters."""
    (folder / CODE).mkdir()
    for path in (languages.CATALOGUES / CODE).glob("*.po"):
        with path.open("rb") as file:
            known = read_po(file, locale=CODE)
        written = Catalog(locale=CODE)
        for message in known:
            if message.id:
                forms = message.id if isinstance(message.id, tuple) else (message.id,)
                wide = tuple(widened(str(form), letters) for form in forms)
                written.add(message.id, wide if len(wide) > 1 else wide[0])
        with (folder / CODE / path.name).open("wb") as file:
            write_po(file, written, omit_header=True)


@contextmanager
def spoken_in_wide_letters(folder: Path, letters: Mapping[int, int] = WIDE) -> Iterator[None]:
    """Let the pages say everything that is translated in wide letters, or in others."""
    write_catalogues(folder, letters)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(languages, "CATALOGUES", folder)
        _forget()
        yield
    _forget()


def _forget() -> None:
    languages.language.cache_clear()
    languages._read.cache_clear()
    rendering._environment.cache_clear()


@dataclass(frozen=True, slots=True)
class Text:
    """Some text of a page that a person reads or hears."""

    says: str
    inside: str


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Text] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        is_silent = self._is_silent or _is_silent(tag, named)
        if tag not in EMPTY:
            self._open.append((tag, is_silent))
        if not is_silent:
            for name, value in named.items():
                if name in SPOKEN or (name.startswith("data-") and " " in value):
                    self.found.append(Text(value, f"{tag} {name}"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            """Some tags need no end."""

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._is_silent:
            self.found.append(Text(data, self._open[-1][0] if self._open else ""))

    @property
    def _is_silent(self) -> bool:
        return bool(self._open) and self._open[-1][1]


def _is_silent(tag: str, named: Mapping[str, str]) -> bool:
    """Tell whether what is inside is no sentence of ours, or says itself that it is English."""
    return tag in SILENT or (tag != "html" and named.get("lang") == "en")


def texts_of(page: str) -> list[Text]:
    """Return what a page says, in its order."""
    reader = _Reader()
    reader.feed(page)
    return reader.found


def left_in_english(page: str, names: frozenset[str]) -> list[str]:
    """Return what a page says in plain letters, other than German days and these names."""
    return [
        f"<{text.inside}> {' '.join(text.says.split())}"
        for text in texts_of(page)
        if set(PLAIN_WORD.findall(TYPED.sub("", GERMAN_DAY.sub("", text.says)))) - names
        or ENGLISH_DAY.search(text.says)
        or ENGLISH_FIGURE.search(text.says)
    ]
