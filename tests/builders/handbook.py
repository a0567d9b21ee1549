"""The Markdown pages of the repository, and what stands in them."""

import re
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
DOCS = REPOSITORY / "docs"
GENERATED = DOCS / "reference" / "generated"

_FENCE = re.compile(r"^( *)```(\S*)[^\n]*\n(.*?)^\1```", re.MULTILINE | re.DOTALL)


def pages() -> list[Path]:
    """Every page written by hand."""
    folders = (REPOSITORY, REPOSITORY / "changelog.d")
    found = [path for folder in folders for path in folder.glob("*.md")]
    found += DOCS.rglob("*.md")
    found.append(REPOSITORY / "src/sidestep/knowledge/README.md")
    return sorted(
        path for path in found if not path.is_relative_to(GENERATED) and "_build" not in path.parts
    )


def name_of(path: Path) -> str:
    """A page's name as test ids show it."""
    return path.relative_to(REPOSITORY).as_posix()


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of a language."""
    return [found[3] for found in _FENCE.finditer(text) if found[2] == language]


def without_blocks(text: str) -> str:
    """The page without its fenced blocks."""
    return _FENCE.sub("", text)
