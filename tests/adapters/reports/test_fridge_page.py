"""The page for the fridge as it comes out of the printer: one page, every exercise drawn."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from builders.days_told import MONDAY, RULES, At, answered, history
from fakes.stores import MemoryStore
from sidestep.adapters.knowledge.load import load_drawing
from sidestep.adapters.reports.fridge_pages import set_fridge_page
from sidestep.adapters.reports.typst_pages import TypstPages
from sidestep.cli.plan_pages import KINDS
from sidestep.domain.planning.week import Block, BlockKind, Day, DayKind, WeekPlan, Why
from sidestep.domain.vocabulary.evidence import Backing, Basis
from sidestep.errors import InputError
from sidestep.languages.language import ENGLISH
from sidestep.services.ports.fridge_page import FridgePage
from sidestep.services.report.fridge_page import fridge_page
from sidestep.services.report.report_evidence import CitedSources
from sidestep.services.report.report_week import week_part
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


def test_each_exercise_stands_with_its_days_in_order_and_only_every_run_says_so() -> None:
    def block(kind: BlockKind, exercise: str, dose: str = "2 × 8") -> Block:
        why = Why(rule="x", says="x", backing=Backing(basis=Basis.DESIGN))
        return Block(kind=kind, exercise=exercise, title=exercise, dose=dose, minutes=1, why=why)

    around = (
        replace(block(BlockKind.RUN, ""), distance_km=4.0),
        block(BlockKind.STRETCH_BEFORE, "standing_groin_stretch", "once 20 s"),
        block(BlockKind.STRETCH_AFTER, "standing_groin_stretch", "2 × 30 s"),
    )
    breaks, drill = block(BlockKind.DESK, "sit_to_stand"), block(BlockKind.DRILL, "carioca")
    short, long = (block(BlockKind.SHUFFLE, "side_shuffle_left", dose) for dose in ("3 ×", "4 ×"))
    strength = block(BlockKind.STRENGTH, "sit_to_stand")
    contents = ((*around, short, drill, breaks), (strength,), (*around, long))
    days = tuple(
        Day(date=MONDAY + timedelta(days=index), kind=DayKind.RUN, blocks=blocks)
        for index, blocks in enumerate(contents)
    )
    plan = WeekPlan(week_starts=MONDAY, days=days, limits=(), notes=())
    made = fridge_page(plan, knowledge=RULES, read_drawing=DRAWN.get, made_on=MONDAY)
    stretch, shuffle, carioca, stand = made.exercises
    assert (stretch.days, stretch.dose, stretch.dose_after) == (
        "every run",
        "once 20 s",
        "2 × 30 s",
    )
    assert (shuffle.days, shuffle.dose) == ("every run", "Mon: 3 ×; Wed: 4 ×")
    assert (carioca.days, carioca.dose_after) == ("Mon", "")
    assert stand.days == "Mon, Tue"
    assert "2 × 30 s after it" in text_of(set_fridge_page(made))


def test_running_and_walking_in_turn_is_told_once_under_the_week() -> None:
    store, at = MemoryStore(), At()
    answered(store, at, "self_care", pain_running=1, pain_now=0, pain_daily_life=0)
    plan = plan_week(store=store, knowledge=RULES, clock=at, week_starts=MONDAY)
    assert isinstance(plan, WeekPlan)
    turns = next(block.turns for day in plan.days for block in day.blocks if block.turns)
    made = fridge_page(plan, knowledge=RULES, read_drawing=DRAWN.get, made_on=MONDAY)
    said = f"run {turns.run_min:g} min, walk {turns.walk_min:g} min, in turn"
    assert [(each.title, each.says) for each in made.turns] == [("Walk and run", said)]
    assert text_of(set_fridge_page(made)).count(said) == 1


def test_breaks_inside_an_easy_run_are_told_as_its_cue_tells_them() -> None:
    store, at = MemoryStore(history()), At()
    answered(store, at, "self_care", pain_running=3)
    plan = plan_week(store=store, knowledge=RULES, clock=at, week_starts=MONDAY)
    assert isinstance(plan, WeekPlan)
    cue = next(block.turns.cue for day in plan.days for block in day.blocks if block.turns)
    made = fridge_page(plan, knowledge=RULES, read_drawing=DRAWN.get, made_on=MONDAY)
    assert [(each.title, each.says) for each in made.turns] == [("Easy run", cue)]


def test_a_week_that_is_run_through_has_no_turns(page: FridgePage) -> None:
    assert page.turns == ()


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


def test_a_day_is_called_the_same_on_paper_and_in_the_terminal() -> None:
    day = Day(date=MONDAY, kind=DayKind.OFF, blocks=())
    plan = WeekPlan(week_starts=MONDAY, days=(day,), limits=(), notes=())
    made = fridge_page(plan, knowledge=RULES, read_drawing=DRAWN.get, made_on=MONDAY)
    assert [each.kind_word for each in made.days] == ["Home"]
    assert [each.heading for each in week_part(plan, CitedSources(RULES.sources)).days] == ["Home"]
    assert KINDS[DayKind.OFF] == "H home"
