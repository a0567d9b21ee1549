"""Both languages: nothing said outside the catalogues, nothing left out of them."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from sidestep import web
from sidestep.adapters import reports
from sidestep.adapters.reports.in_language import words_of
from sidestep.languages import place_names
from sidestep.languages.language import CATALOGUES, LANGUAGES, SOURCE, Language, language, preferred

WEB = Path(web.__file__).parent
PAPER = Path(reports.__file__).parent
SAID = Path(place_names.__file__).parent
PAPER_TEMPLATES = sorted(PAPER.glob("templates/*.typ"))
TEMPLATES = sorted((WEB / "templates").glob("**/*.html"))
SPOKEN = {"alt", "title", "aria-label", "placeholder", "label", "aria-description"}
NAMES = frozenset(
    {"Sidestep", "English", "Deutsch", "PDF", "km", "min"}
    | {"Strava", "Garmin", "Apple", "Health", "Runkeeper", "Suunto", "COROS", "Polar", "Wahoo"}
)
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


METHODS = [("templates/**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
OPTIONS = {"templates/**.html": {"trimmed": "true", "newstyle_gettext": "true"}}
"""As scripts/messages reads the pages."""


def messages_of_the_pages() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield where each message stands and its forms, one or what is counted."""
    for folder in (WEB, PAPER, SAID):
        for file, line, message, _, _ in extract_from_dir(folder, METHODS, OPTIONS):
            yield f"{file}:{line}", (message,) if isinstance(message, str) else tuple(message)
    for template in PAPER_TEMPLATES:
        for message in words_of(template.name):
            yield template.name, (message,)


def places_of(message: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)s|%%|{\w+}", message))


def trouble_with(forms: tuple[str, ...], reader: Language) -> str:
    """Say what is wrong with a message in a language, nothing if it is right."""
    found = reader.messages.get(forms[0])
    if not found:
        return "is not translated (run scripts/messages and fill it in)"
    said = (found,) if isinstance(found, str) else found
    if len(said) != len(forms):
        return f"has {len(said)} forms instead of {len(forms)}"
    wrong = [form for form in said if places_of(form) != places_of(forms[0])]
    return f"fills in other things than {wrong}" if wrong else ""


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != SOURCE])
def test_every_message_of_the_pages_is_translated_with_all_it_fills_in(code: str) -> None:
    reader = language(code)
    troubles = [
        f"{where}: {forms[0]!r} {trouble}"
        for where, forms in messages_of_the_pages()
        if (trouble := trouble_with(forms, reader))
    ]
    assert not troubles, "\n".join(troubles)


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != SOURCE])
def test_what_is_said_alike_in_two_catalogues_is_translated_alike(code: str) -> None:
    """All are looked up as one, so of two meanings one would be said for the other."""
    said: dict[str, set[str]] = {}
    for path in sorted((CATALOGUES / code).glob("*.po")):
        with path.open("rb") as catalogue:
            for message in read_po(catalogue):
                said.setdefault(str(message.id), set()).add(str(message.string))
    assert not {english: ways for english, ways in said.items() if english and len(ways) > 1}


def test_what_was_filmed_has_one_name_in_german() -> None:
    others = re.compile(r"\b(?:Clips?|Films?)\b|\w Filmen?\b")
    said = (each for each in language("de").messages.values())
    forms = [form for each in said for form in ([each] if isinstance(each, str) else each)]
    assert any("Video" in form for form in forms)
    assert [form for form in forms if others.search(form)] == []


def test_words_marked_in_python_are_messages_too() -> None:
    assert ("today’s card",) in {forms for _, forms in messages_of_the_pages()}


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


@pytest.mark.parametrize(
    ("code", "number", "days"),
    [
        (
            "en",
            "1,234.6",
            ("Mon 30 Nov", "Monday 30 November", "Mo", "30 Nov 2026", "30 Nov", "30/11"),
        ),
        (
            "de",
            "1.234,6",
            ("Mo. 30. Nov.", "Montag, 30. November", "Mo", "30. Nov. 2026", "30. Nov.", "30.11."),
        ),
    ],
)
def test_numbers_and_days_are_written_as_there(
    code: str, number: str, days: tuple[str, ...]
) -> None:
    reader, on = language(code), date(2026, 11, 30)
    assert reader.number(1234.56) == number
    assert reader.number(-1234.56) == f"−{number}"
    assert reader.number(-0.04) == "0"
    in_parts = tuple(reader.day(on, parts) for parts in ("yMMMd", "MMMd", "Md"))
    assert (reader.day(on), reader.long_day(on), reader.weekday(on), *in_parts) == days


def words_of_services() -> list[str]:
    """Return every sentence but those that only kept results still say."""
    said = (CATALOGUES / "de" / "services.po").read_text(encoding="utf-8").split(KEPT_WORDS)[0]
    return [str(message.id) for message in read_po(StringIO(said)) if message.id]


KEPT_WORDS = "# What results that were kept by earlier versions still say"


@pytest.mark.parametrize("sentence", words_of_services())
def test_a_translated_sentence_of_the_services_is_one_that_they_say(sentence: str) -> None:
    source = source_of_services()
    for part in re.split(rf"\{{\w+(?:!s)?\}}|[();,.:×]|\b(?:{FILLED_IN})(?!\w)", sentence):
        assert " ".join(part.split()) in source, f"nobody says {part!r} any more"


FILLED_IN = "|".join(
    (
        r"in a walking break|in the walking breaks|about every|halfway|each side|Furthest inward",
        r"until the knee is calmer|while the week is a light one|of at least|of at most|from",
        r"joined on|raised to it|put in order|left out|filmed from|Running|Squats|do nothing",
        r"single-leg squat|Walk with side steps",
        r"[Ll]eft|[Rr]ight|both legs|Both knees|knees? moves?|squats?|steps?|Typical",
        r"inside|outside|in|out|over the leg|away from the leg|not clear|clear",
    )
)
"""Words that services fill in where German has a sentence for each of them."""


@cache
def source_of_services() -> str:
    """Return the text in the quotes of the program, with lines that go on joined."""
    files = [path for path in WEB.parent.rglob("*.py") if "knowledge_messages" not in path.name]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    return " ".join(re.sub(r'"\s*\n\s*f?"', "", text).split())
