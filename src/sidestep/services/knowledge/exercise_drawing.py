"""The drawing of an exercise: finding it, and its document."""

from dataclasses import asdict
from typing import Any

from sidestep.errors import InputError
from sidestep.services.ports.drawings import Drawing, DrawingReader


def drawing_of(exercise_id: str, read: DrawingReader) -> Drawing:
    """Return the drawing of an exercise.

    Raises
    ------
    InputError
        There is none.
    """
    drawing = read(exercise_id)
    if drawing is None:
        raise InputError(
            f"There is no drawing of {exercise_id!r}.",
            hint="See all exercises with: sidestep exercise list",
        )
    return drawing


def drawing_document(drawing: Drawing) -> dict[str, Any]:
    """Build the parts of an exercise's document that tell of its drawing."""
    return {
        "drawings": {
            "loop": str(drawing.loop),
            "start": str(drawing.start),
            "finish": str(drawing.finish),
            "mistake": None if drawing.mistake is None else str(drawing.mistake),
            "alt": drawing.alt,
            "mistake_alt": drawing.mistake_alt or None,
            "lit": list(drawing.lit),
        },
        "targets": {
            "start": asdict(drawing.at_start),
            "finish": asdict(drawing.at_finish),
            "clip": None if drawing.as_squat is None else asdict(drawing.as_squat),
        },
    }
