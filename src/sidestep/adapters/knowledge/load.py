"""Loads the shipped knowledge, all of it or an error; looking for every problem is inspection."""

from importlib.resources import files
from pathlib import Path

from sidestep.adapters.knowledge.reading import read_folder
from sidestep.errors import KnowledgeError
from sidestep.services.knowledge.knowledge_reading import KnowledgeReading
from sidestep.services.ports import Knowledge


def shipped_folder() -> Path:
    """Return the folder of the knowledge that came with the program."""
    return Path(str(files("sidestep").joinpath("knowledge")))


def read_knowledge(folder: Path | None = None) -> KnowledgeReading:
    """Read a knowledge folder (the shipped one by default) with its cases and its problems.

    Raises
    ------
    KnowledgeError
        The folder cannot be read at all.
    """
    folder = folder or shipped_folder()
    try:
        return read_folder(folder)
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
    reading = read_knowledge(folder)
    if reading.problems:
        first, more = reading.problems[0], len(reading.problems) - 1
        also = f" (and {more} more)" if more else ""
        raise KnowledgeError(
            f"knowledge/{first.file}: {first.says}{also}",
            hint="See every problem with: sidestep knowledge check",
        )
    return reading.knowledge
