"""The page for the fridge as it comes out of the printer: one page, every exercise drawn."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from builders.days_told import MONDAY, RULES, At, answered, history
from fakes.stores import MemoryStore
from sidestep.adapters.knowledge.load import load_drawing
from sidestep.adapters.reports.fridge_pages import set_fridge_page
from sidestep.adapters.reports.typst_pages import TypstPages
from sidestep.domain.planning.week import WeekPlan
from sidestep.errors import InputError
from sidestep.languages.language import ENGLISH
from sidestep.services.ports.fridge_page import FridgePage
from sidestep.services.report.fridge_page import fridge_page
from sidestep.services.week.plan_week import plan_week

DRAWN = {id: load_drawing(id) for id in RULES.exercises}


@pytest.fixture(scope="module")
def page() -> FridgePage:
    store, at = MemoryStore(history()), At()
    answered(store, at, "self_care_front", pain_running=1, pain_now=0, pain_daily_life=0)
    plan = plan_week(store=store, knowledge=RULES, clock=at, week_starts=MONDAY)
    assert isinstance(plan, WeekPlan)
    return fridge_page(plan, knowledge=RULES, read_drawing=DRAWN.get, made_on=date(2026, 6, 28))


def text_of(content: bytes) -> str:
    return " ".join(
        " ".join(each.extract_text() for each in PdfReader(BytesIO(content)).pages).split()
    )


def test_a_week_is_one_page_with_every_day_exercise_and_pain_rule(page: FridgePage) -> None:
    content = set_fridge_page(page)
    assert len(PdfReader(BytesIO(content)).pages) == 1
    text = text_of(content)
    assert page.heading in text
    for day in page.days:
        assert day.name in text
    for exercise in page.exercises:
        assert exercise.title in text
    assert "How much it may hurt" in text
    assert set_fridge_page(page) == content


def test_every_exercise_of_the_week_is_drawn_at_start_and_finish(page: FridgePage) -> None:
    assert page.exercises
    for exercise in page.exercises:
        assert exercise.start is not None
        assert exercise.finish is not None
        assert exercise.alt
    pictures = PdfReader(BytesIO(set_fridge_page(page))).pages[0].images
    assert len(pictures) == 2 * len(page.exercises)


def test_a_crowded_week_still_is_one_page(page: FridgePage) -> None:
    crowded = replace(page, exercises=(*page.exercises, *page.exercises[:8]))
    assert len(PdfReader(BytesIO(set_fridge_page(crowded))).pages) == 1


def test_without_pictures_the_words_stand_alone(page: FridgePage) -> None:
    bare = tuple(replace(each, start=None, finish=None) for each in page.exercises)
    text = text_of(set_fridge_page(replace(page, exercises=bare)))
    assert all(each.title in text for each in bare)


def test_it_never_goes_over_a_file_that_is_no_page(page: FridgePage, tmp_path: Path) -> None:
    other = tmp_path / "letter.pdf"
    other.write_text("Dear Ann", encoding="utf-8")
    with pytest.raises(InputError, match="not a PDF"):
        TypstPages().write_fridge_page(page, other, ENGLISH)
    assert other.read_text(encoding="utf-8") == "Dear Ann"
