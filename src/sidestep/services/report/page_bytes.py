"""A page as bytes, for whoever has no place to write it to; what it says was chosen before."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from sidestep.languages.language import Language

Page = TypeVar("Page")


def page_bytes(
    write: Callable[[Page, Path, Language], None], page: Page, reader: Language
) -> bytes:
    """Return a page as the bytes of a PDF; nothing of it stays on the disk.

    Parameters
    ----------
    write
        One of the methods of a ``ReportWriter``.
    """
    with TemporaryDirectory(prefix="sidestep-page-") as folder:
        path = Path(folder) / "page.pdf"
        write(page, path, reader)
        return path.read_bytes()
