"""Both languages: nothing said outside the catalogues, nothing left out of them."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sidestep.web.language import CATALOGUES, language, preferred

WEB = CATALOGUES.parent
TEMPLATES = sorted((WEB / "templates").glob("**/*.html"))
SPOKEN = {"alt", "title", "aria-label", "placeholder", "label", "aria-description"}
NAMES = frozenset(
    ("Sidestep", "English", "Deutsch", "PDF", "Strava", "Garmin", "Apple", "Health", "Runkeeper")
) | {"km", "min"}
"""Words that are the same in every language."""


class Said(HTMLParser):
    """Collects what a page would say by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("code", "style", "script")
        self.words += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("code", "style", "script")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


def said_by(template: str) -> set[str]:
    silent = r"{%\s*block (?:main_class|styles|scripts)\s*%}.*?{%\s*endblock\s*%}"
    for block in (silent, r"{#.*?#}", r"{%-?\s*trans.*?endtrans\s*-?%}", r"{%.*?%}", r"{{.*?}}"):
        template = re.sub(block, " ", template, flags=re.DOTALL)
    page = Said()
    page.feed(template)
    return {word for text in page.words for word in re.findall(r"[^\W\d_]{2,}", text)}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_page_says_nothing_that_cannot_be_translated(template: Path) -> None:
    assert said_by(template.read_text(encoding="utf-8")) <= NAMES


@pytest.mark.parametrize(
    ("accepted", "code"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("fr, en;q=0.5, de;q=0.7", "de"),
        ("", "en"),
        ("xx;q=nonsense", "en"),
    ],
)
def test_a_browsers_wishes_are_heeded_in_their_order(accepted: str, code: str) -> None:
    assert preferred(accepted) == code


def test_numbers_and_days_are_written_as_there() -> None:
    import datetime

    on = datetime.date(2026, 11, 22)
    assert language("de").number(1234.56) == "1.234,6"
    assert language("en").number(1234.56) == "1,234.6"
    assert language("de").long_day(on) == "Sonntag, 22. November"
    assert language("en").long_day(on) == "Sunday 22 November"
