"""Decisions are recorded and listed, and changes are told in a form that the release can use."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from builders.handbook import DOCS, REPOSITORY
from sidestep import __version__

RECORDS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
TYPES = {"feature", "bugfix", "doc", "removal", "misc"}


def project() -> dict[str, Any]:
    text = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    table: dict[str, Any] = tomllib.loads(text)["project"]
    return table


def test_every_record_is_in_the_index_in_order() -> None:
    index = (DOCS / "decisions/index.md").read_text(encoding="utf-8")
    assert re.findall(r"^\d{4}-[\w-]+$", index, re.MULTILINE) == [each.stem for each in RECORDS]


def test_records_are_numbered_without_a_gap() -> None:
    numbers = [int(record.name[:4]) for record in RECORDS]
    assert numbers == list(range(1, len(RECORDS) + 1))


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)
def test_a_record_has_its_number_context_decision_and_consequences(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    assert text.startswith(f"# {record.name[:4]} ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_every_library_that_is_installed_with_sidestep_has_a_record_that_checked_it() -> None:
    wanted = [*project()["dependencies"], *project()["optional-dependencies"]["postgres"]]
    checked = "\n".join(record.read_text(encoding="utf-8") for record in RECORDS).lower()
    for requirement in wanted:
        name = re.split(r"[\[<>=!~ ]", requirement)[0].lower()
        assert re.search(rf"\b{re.escape(name)}\b", checked), f"{name} has no record"


def test_every_fragment_has_a_known_type_and_something_to_say() -> None:
    fragments = [
        path for path in (REPOSITORY / "changelog.d").iterdir() if path.name != "README.md"
    ]
    for fragment in fragments:
        assert re.fullmatch(r"(\+[\w-]+|\d+)\.(\w+)(\.\d+)?\.md", fragment.name), fragment.name
        assert fragment.name.split(".")[1] in TYPES, fragment.name
        assert fragment.read_text(encoding="utf-8").strip(), fragment.name


def test_the_changelog_has_the_mark_where_releases_go() -> None:
    text = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "<!-- towncrier release notes start -->" in text


def test_the_citation_names_this_version_and_its_licence() -> None:
    citation = yaml.safe_load((REPOSITORY / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == __version__
    assert citation["license"] == project()["license"]
