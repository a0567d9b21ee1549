"""The reference is written from the code: everything there is in it."""

import importlib.util
import re
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest

from builders.handbook import DOCS, REPOSITORY
from builders.shipped import shipped_knowledge
from sidestep.cli.main import COMMANDS
from sidestep.domain.vocabulary.sport import Sport


@pytest.fixture(scope="module")
def writer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference_pages", DOCS / "reference_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def texts(writer: ModuleType) -> Mapping[str, str]:
    built: Mapping[str, str] = writer.build_pages()
    return built


def test_the_index_lists_every_page(texts: Mapping[str, str]) -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    for name in texts:
        assert f"reference/generated/{name}\n" in index


def test_every_command_is_described(texts: Mapping[str, str]) -> None:
    for name in [
        *COMMANDS,
        "activities answer",
        "profile set",
        "data erase",
        "exercise show",
        "knowledge show",
    ]:
        assert f"## sidestep {name}\n" in texts["commands"]


def test_every_variable_of_the_environment_is_described(texts: Mapping[str, str]) -> None:
    source = REPOSITORY / "src/sidestep"
    read = {
        name
        for path in source.rglob("*.py")
        for name in re.findall(r"SIDESTEP_[A-Z_]+", path.read_text(encoding="utf-8"))
    }
    assert len(read) >= 2
    for name in read:
        assert f"| `{name}` |" in texts["commands"]


def test_every_question_and_each_of_its_answers_is_described(texts: Mapping[str, str]) -> None:
    for question in shipped_knowledge().questions.values():
        assert f"### `{question.id}`\n" in texts["answers"]
        for option in question.options:
            assert f"  - `{option.id}`: " in texts["answers"]


def test_every_rule_number_exercise_and_source_is_described(texts: Mapping[str, str]) -> None:
    knowledge = shipped_knowledge()
    for page, ids in (
        ("rules", [flag.id for flag in knowledge.red_flags]),
        ("rules", [pattern.id for pattern in knowledge.patterns]),
        ("rules", [cause.id for cause in knowledge.causes]),
        ("rules", [myth.id for myth in knowledge.myths]),
        ("parameters", [*knowledge.load, *knowledge.plans]),
        ("exercises", [*knowledge.exercises, *knowledge.cross_training]),
    ):
        for id in ids:
            assert f"\n`{id}`\n" in texts[page], f"{id} is not in {page}"
    for key in knowledge.sources:
        assert f"(source-{key.replace('_', '-')})=\n" in texts["sources"]


def test_every_rule_shows_its_basis(texts: Mapping[str, str]) -> None:
    knowledge = shipped_knowledge()
    rules = (*knowledge.red_flags, *knowledge.patterns, *knowledge.causes, *knowledge.myths)
    assert texts["rules"].count("- Basis: ") == len(rules)


def test_every_sport_is_listed(texts: Mapping[str, str]) -> None:
    for sport in Sport:
        assert f"| `{sport.value}` |" in texts["sports"]


def test_what_looks_like_markup_is_shown_as_it_is(writer: ModuleType) -> None:
    assert writer.plain("[Review] of *a_b* | <x>") == r"\[Review\] of \*a\_b\* \| \<x\>"


def test_a_page_that_is_unchanged_is_not_written_again(writer: ModuleType, tmp_path: Path) -> None:
    writer.write_pages(tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    writer.write_pages(tmp_path)
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before
