"""The drawings of the exercises as pages show them; which exercise is shown is not decided here."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sidestep.services.ports.drawings import Drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An exercise moving and still, as paths of this site that name their content."""

    loop: str
    start: str
    finish: str
    alt: str


class ReadsDrawings(Protocol):
    """What finds drawings."""

    def read_drawing(self, exercise_id: str) -> Drawing | None:
        """Find the drawing of an exercise."""


_KNOWN: dict[str, Figure | None] = {}
"""They come with the program and are the same for everybody."""


def figure_of(wiring: ReadsDrawings, exercise_id: str) -> Figure | None:
    """Return the figure of an exercise, ``None`` when nobody has drawn it."""
    if exercise_id not in _KNOWN:
        drawing = wiring.read_drawing(exercise_id) if exercise_id else None
        _KNOWN[exercise_id] = None if drawing is None else _figure(drawing)
    return _KNOWN[exercise_id]


def _figure(drawing: Drawing) -> Figure:
    return Figure(
        loop=_path(drawing.loop),
        start=_path(drawing.start),
        finish=_path(drawing.finish),
        alt=drawing.alt,
    )


def _path(picture: Path) -> str:
    mark = hashlib.sha256(picture.read_bytes()).hexdigest()[:10]
    return f"/drawings/{picture.name}?v={mark}"
