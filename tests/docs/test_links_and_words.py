"""Links lead somewhere, tables name what is there, and nothing is said that must not be."""

import re
from pathlib import Path

import pytest

from builders.handbook import DOCS, GENERATED, REPOSITORY, name_of, pages, without_blocks

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_GENERATED_NAMES = re.compile(r"^PAGES = \(([^)]*)\)", re.MULTILINE)
_WEB = re.compile(r"https?://([^/\s)>`\"]+)")
_HOSTS = {
    "localhost:8321",
    "alex-hhh.github.io",
    "apizone.suunto.com",
    "doi.org",
    "forum.athletica.ai",
    "forum.intervals.icu",
    "garmin.vaw.be",
    "github.com",
    "icusync.icu",
    "intervals.icu",
    "jqlang.org",
    "pmc.ncbi.nlm.nih.gov",
}
_UNFINISHED = re.compile(r"\b(TODO|TBD|FIXME|XXX|lorem ipsum|coming soon)\b", re.IGNORECASE)
_RISK_AS_PERCENTAGE = re.compile(r"\d\s*%\s+(risk|chance|likely|likelihood|probability)")
_SOMEBODYS_MACHINE = re.compile(
    r"(?<![\w.~/])/(?!home/me/|media/me/)(home|Users|root|work|mnt|tmp)/"
)


def generated_pages() -> set[Path]:
    text = (DOCS / "reference_pages.py").read_text(encoding="utf-8")
    found = _GENERATED_NAMES.search(text)
    assert found is not None
    return {GENERATED / f"{name}.md" for name in re.findall(r'"(\w+)"', found[1])}


def anchors_of(page: Path) -> set[str]:
    headings = _HEADING.findall(without_blocks(page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", each.lower()).strip().replace(" ", "-") for each in headings}


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_every_relative_link_leads_to_a_file_and_its_heading(page: Path) -> None:
    generated = generated_pages()
    for link in _LINK.findall(without_blocks(page.read_text(encoding="utf-8"))):
        if link.startswith("http"):
            continue
        target, _, anchor = link.partition("#")
        path = (page.parent / target).resolve() if target else page
        assert path in generated or path.exists(), f"{link} leads nowhere"
        if anchor:
            assert anchor in anchors_of(path), f"{link}: there is no such heading"


@pytest.mark.parametrize("page", [p for p in pages() if p.is_relative_to(DOCS)], ids=name_of)
def test_pages_that_are_built_link_only_to_pages_that_are_built(page: Path) -> None:
    for link in _LINK.findall(without_blocks(page.read_text(encoding="utf-8"))):
        if not link.startswith(("http", "#")):
            target = (page.parent / link.partition("#")[0]).resolve()
            assert target.is_relative_to(DOCS), f"{link} leaves docs/"


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_a_page_names_only_hosts_that_are_known(page: Path) -> None:
    hosts = set(_WEB.findall(page.read_text(encoding="utf-8")))
    assert hosts <= _HOSTS, f"{hosts - _HOSTS}: check the link, then add its host here"


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_a_page_is_finished_and_says_no_risk_as_a_percentage(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for forbidden in (_UNFINISHED, _RISK_AS_PERCENTAGE, _SOMEBODYS_MACHINE):
        found = forbidden.search(text)
        assert found is None, f"it says {found[0]!r}" if found else ""


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md"])
def test_what_the_find_it_tables_name_is_there(name: str) -> None:
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    named = [path for row in rows for path in re.findall(r"`([\w./-]+)`", row)]
    assert len(named) >= 6
    for path in named:
        assert (REPOSITORY / path).exists(), f"{path} is not there"


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_the_files_that_a_sentence_names_are_there(name: str) -> None:
    text = without_blocks((REPOSITORY / name).read_text(encoding="utf-8"))
    for path in re.findall(r"`([\w-]+/[\w./-]*)`", text):
        if "NNNN" not in path:
            places = (REPOSITORY / path, REPOSITORY / "src/sidestep" / path)
            assert any(place.exists() for place in places), f"{path} is not there"


def test_the_rooms_that_the_architecture_draws_are_there() -> None:
    text = (REPOSITORY / "ARCHITECTURE.md").read_text(encoding="utf-8")
    drawing = text[text.index("src/sidestep/\n") : text.index("## The way of a file")]
    drawn: set[str] = set()
    above = ""
    for indent, name in re.findall(r"^((?:│   )?)[├└]── ([\w.]+/?)", drawing, re.MULTILINE):
        drawn.add(f"{above if indent else ''}{name}")
        above = above if indent else name
    package = REPOSITORY / "src/sidestep"
    for name in drawn:
        assert (package / name).exists(), f"{name} is drawn and not there"
    for room in ("", "domain/", "services/", "adapters/"):
        there = {
            f"{room}{path.name}/"
            for path in (package / room).iterdir()
            if path.is_dir() and path.name != "__pycache__"
        }
        assert there <= drawn, f"not drawn: {there - drawn}"


def test_every_picture_has_alternative_text() -> None:
    for page in pages():
        for alternative, picture in re.findall(
            r"!\[([^\]]*)\]\(([^)]+)\)", page.read_text(encoding="utf-8")
        ):
            assert len(alternative) > 20, f"{name_of(page)}: {picture}"
