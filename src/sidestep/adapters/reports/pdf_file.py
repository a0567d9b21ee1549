"""Puts a finished PDF in its place whole, and never over something that is not a PDF."""

import os
from pathlib import Path
from tempfile import mkstemp

from sidestep.errors import InputError, StorageError

_PDF_START = b"%PDF-"


def write_pdf(path: Path, content: bytes) -> None:
    """Write the PDF next to ``path`` and move it there in one step.

    Raises
    ------
    InputError
        ``path`` is a folder, does not end in .pdf or holds something that is not a PDF.
    StorageError
        ``path`` cannot be written.
    """
    try:
        _refuse_what_is_no_pdf(path)
        _write_beside_then_move(path, content)
    except OSError as failed:
        raise StorageError(
            f"{path} cannot be written: {failed.strerror}",
            hint="Name a file in a folder that exists and that you may write to.",
        ) from failed


def _write_beside_then_move(path: Path, content: bytes) -> None:
    descriptor, name = mkstemp(dir=path.parent, prefix=f".{path.name}.")
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _refuse_what_is_no_pdf(path: Path) -> None:
    if path.is_dir():
        raise InputError(f"{path} is a folder, a file name was expected", hint="Add a file name.")
    if path.suffix.lower() != ".pdf":
        raise InputError(
            f"{path} should end in .pdf: a page is a PDF",
            hint=f"Name it {path.with_suffix('.pdf').name}.",
        )
    if not path.exists():
        return
    with path.open("rb") as present:
        start = present.read(len(_PDF_START))
    if start != _PDF_START:
        raise InputError(
            f"{path} exists and is not a PDF, so it is not overwritten",
            hint="Choose another file name.",
        )
