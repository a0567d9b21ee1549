"""Loads the shipped knowledge, all of it or an error; looking for every problem is inspection."""

from importlib.resources import files
from pathlib import Path

from sidestep.adapters.knowledge.drawings import pictures_folder, read_drawing
from sidestep.adapters.knowledge.reading import read_folder
from sidestep.errors import KnowledgeError
from sidestep.services.knowledge.knowledge_reading import KnowledgeReading
from sidestep.services.ports import Knowledge
from sidestep.services.ports.drawings import Drawing


def shipped_folder() -> Path:
    """Return the folder of the knowledge that came with the program."""
    return Path(str(files("sidestep").joinpath("knowledge")))


def read_knowledge(folder: Path | None = None, *, with_drawings: bool = True) -> KnowledgeReading:
    """Read a knowledge folder (the shipped one by default) with its cases and its problems.

    Whether every drawing's file has its form is looked at only ``with_drawings``.

    Raises
    ------
    KnowledgeError
        The folder cannot be read at all.
    """
    folder = folder or shipped_folder()
    try:
        return read_folder(folder, with_drawings=with_drawings)
    except OSError as error:
        raise KnowledgeError(
            f"{folder} cannot be read as knowledge: {error.strerror or error}",
            hint="Install Sidestep again.",
        ) from error


def load_knowledge(folder: Path | None = None) -> Knowledge:
    """Load a knowledge folder (the shipped one by default).

    Raises
    ------
    KnowledgeError
        A file does not have the form its kind asks for; names the file and the key.
    """
    reading = read_knowledge(folder, with_drawings=False)
    if reading.problems:
        first, more = reading.problems[0], len(reading.problems) - 1
        also = f" (and {more} more)" if more else ""
        raise KnowledgeError(
            f"knowledge/{first.file}: {first.says}{also}",
            hint="See every problem with: sidestep knowledge check",
        )
    return reading.knowledge


def load_drawing(exercise_id: str) -> Drawing | None:
    """Return the shipped drawing of an exercise, or None when nobody has drawn it.

    Raises
    ------
    KnowledgeError
        Its file does not have the form it should.
    """
    return read_drawing(exercise_id, shipped_folder(), pictures_folder())
