"""Pages on paper in German: every word of them, figures and days as there, and still one page."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pypdf
import pytest

from builders.clip_results import kept_run, kept_squat, run_analysis
from builders.days_told import RULES, At
from builders.pseudo_language import (
    CYRILLIC,
    ENGLISH_DAY,
    ENGLISH_FIGURE,
    GERMAN_DAY,
    spoken_in_wide_letters,
)
from builders.six_people import MONDAY, SIX, Someone, outside_pain
from fakes.clips import PaperFolder
from fakes.stores import MemoryStore
from sidestep.adapters.knowledge.load import load_drawing
from sidestep.adapters.reports.charts import runs_chart
from sidestep.adapters.reports.fridge_pages import set_fridge_page
from sidestep.adapters.reports.in_language import said_page
from sidestep.adapters.reports.typst_pages import set_clinician_page, set_runner_page
from sidestep.domain.planning.week import WeekPlan
from sidestep.languages.distances import MILES
from sidestep.languages.language import Language, language
from sidestep.services.knowledge.short_name import short_name
from sidestep.services.ports import StoredDocument
from sidestep.services.ports.fridge_page import FridgePage
from sidestep.services.report.clinician_page import build_clinician_page
from sidestep.services.report.fridge_page import fridge_page
from sidestep.services.report.report_parts import Part, ReportParts, gather_parts
from sidestep.services.report.runner_page import build_runner_page

EXAMPLES = ("emergency", "urgent", "soon", "unknown_flag", "self_care_front", "inner_over_45")
MARKS = {"kind", "side", "zones", "worst_zone", "command", "answer_with", "unit", "answer", "where"}
"""Values that are no sentences, and the places of publications, which have a test of their own."""

WORD = re.compile(r"[A-Za-z]{2,}")
SOURCES = frozenset(
    word
    for source in RULES.sources.values()
    for word in WORD.findall(f"{short_name(source)} {source.where}")
)
ALLOWED = SOURCES | {"Sidestep", "km", "BlazePose", "full"}
VERSION = re.compile(r"\b[0-9a-f]{12}\b")
COMMAND = re.compile(r"sidestep(?: --[a-z-]+(?: [A-Z]+)?| [a-z]+(?:\.pdf|=\S+)?)+")
MONTH = re.compile(r"\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")


def parts_of(someone: Someone, *clips: StoredDocument) -> ReportParts:
    parts = gather_parts(
        store=someone.store, clip_folder=PaperFolder(), knowledge=RULES, clock=someone.at
    )
    return replace(parts, clips=clips)


def week_of(parts: ReportParts) -> FridgePage:
    assert isinstance(parts.week, WeekPlan)
    return fridge_page(parts.week, knowledge=RULES, read_drawing=load_drawing, made_on=parts.on)


@cache
def somebody() -> ReportParts:
    """Return somebody with everything a page may hold, on the morning of a planned week."""
    someone = outside_pain()
    someone.runs(MONDAY.replace(day=20), 12.5)
    someone.at.day = MONDAY
    return parts_of(someone, kept_run(), kept_squat())


def set_pages(reader: Language, *, has_clips: bool) -> dict[str, bytes]:
    """Set each page once; of the clips the run for the runner, the squats for the clinician."""
    parts = somebody()
    shown = [(clip,) if has_clips else () for clip in parts.clips]
    runner, clinician = (replace(parts, clips=clips) for clips in shown)
    for_clinician = build_clinician_page(clinician, with_week=True)
    return {
        "runner": set_runner_page(build_runner_page(runner), reader),
        "clinician": set_clinician_page(for_clinician, reader),
        "fridge": set_fridge_page(week_of(parts), reader),
    }


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def plain(text: str) -> set[str]:
    """Return the words in letters of ours, other than German days and names."""
    for known in (COMMAND, VERSION, GERMAN_DAY):
        text = known.sub("", text)
    return set(WORD.findall(text)) - ALLOWED


def left_in_english(page: Any, reader: Language) -> list[str]:
    """Return the texts of a filled page that are still said in English."""
    return [
        text
        for text in texts_in(said_page(page, reader))
        if plain(text) or ENGLISH_DAY.search(text) or ENGLISH_FIGURE.search(text)
    ]


def texts_in(said: Any) -> Iterator[str]:
    if isinstance(said, dict):
        # How urgent a sign is, is a mark; how urgent it is to be seen, is a text.
        silent = MARKS | ({"urgency"} if "answer" in said else set())
        for key, value in said.items():
            if key not in silent:
                yield from texts_in(value)
    elif isinstance(said, tuple):
        for each in said:
            yield from texts_in(each)
    elif type(said) is str:
        yield said


@pytest.fixture(scope="module")
def other_letters(tmp_path_factory: pytest.TempPathFactory) -> Language:
    with spoken_in_wide_letters(tmp_path_factory.mktemp("letters"), CYRILLIC):
        return language("de")


def test_no_word_of_the_papers_is_left_in_english(other_letters: Language) -> None:
    for name, pdf in set_pages(other_letters, has_clips=True).items():
        assert not plain(text_of(pdf)), name


@pytest.mark.parametrize("example", EXAMPLES)
def test_answers_of_every_kind(other_letters: Language, example: str) -> None:
    someone = outside_pain()
    someone.answers(example)
    parts = parts_of(someone)
    for wanted in (parts, parts.only({Part.KNEE}), parts.only({Part.TRAINING, Part.WEEK})):
        assert not left_in_english(build_runner_page(wanted), other_letters)
        assert not left_in_english(build_clinician_page(wanted), other_letters)


@pytest.mark.parametrize("name", SIX)
def test_weeks_of_everybody(other_letters: Language, name: str) -> None:
    someone = SIX[name]()
    someone.lives(1)
    parts = parts_of(someone)
    pages = [build_runner_page(parts), build_clinician_page(parts, with_week=True)]
    for page in (*pages, *([week_of(parts)] if isinstance(parts.week, WeekPlan) else [])):
        assert not left_in_english(page, other_letters)


def test_somebody_who_has_told_nothing_or_nothing_of_late(other_letters: Language) -> None:
    nobody = Someone(MemoryStore())
    late = outside_pain()
    late.at.day = MONDAY.replace(month=9)
    short = outside_pain()
    short.has(minutes=5, not_on=["mon", "tue", "wed", "thu", "fri", "sat"])
    for someone in (nobody, late, short):
        parts = parts_of(someone)
        assert not left_in_english(build_runner_page(parts), other_letters)
        assert not left_in_english(build_clinician_page(parts), other_letters)


def test_clips_of_which_little_is_known(other_letters: Language) -> None:
    clips = kept_run(run_analysis(reason="Too few steps in a row were seen."))
    parts = parts_of(Someone(MemoryStore(), At()), clips, kept_run(run_analysis(n_steps=40)))
    assert not left_in_english(build_runner_page(parts), other_letters)
    assert not left_in_english(build_clinician_page(parts), other_letters)


@pytest.fixture(scope="module")
def german() -> dict[str, bytes]:
    return set_pages(language("de"), has_clips=False)


def test_each_is_still_one_page_in_letters_of_the_typeface(german: dict[str, bytes]) -> None:
    for pdf in german.values():
        assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1
        assert set("äöüß") <= set(text_of(pdf))


def test_figures_and_days_are_written_as_in_german(german: dict[str, bytes]) -> None:
    assert "29. Juni 2026" in text_of(german["runner"])
    assert "12,5 km" in text_of(german["clinician"])
    for pdf in german.values():
        own = text_of(pdf).split("Quellen:")[0]
        assert not ENGLISH_FIGURE.search(re.sub(r"Sidestep [0-9.]+", "", own))
        assert not MONTH.search(own)


def test_distances_are_in_the_unit_that_was_chosen() -> None:
    parts, reader = somebody(), language("de", MILES)
    training = build_runner_page(parts).training
    assert training is not None
    chart = runs_chart(training.runs, training.next_run_cap_km, reader=reader, width=264, height=92)
    assert "7,8 mi" in chart
    said = " ".join(texts_in(said_page(build_clinician_page(parts, with_week=True), reader)))
    assert "7,8 mi" in said
    assert not re.search(r"\bkm\b", chart + said)


def test_where_a_source_was_published_is_german_as_far_as_it_is_said_in_words() -> None:
    reader = language("de")
    said = [reader.gettext(source.where) for source in RULES.sources.values()]
    assert not [each for each in said if re.search(r"\b(?:year|article|page|stand)\b", each)]
