"""The page for the fridge as values: a week and its exercises, every text chosen.

``services/report/fridge_page.py`` fills it; how it looks is the report adapter's.
"""

from dataclasses import dataclass
from pathlib import Path

from sidestep.services.ports.report_pages import Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class FridgeDay:
    """One day: what it is, how long it takes, and what is done in the order of doing.

    ``kind`` is that of the plan: ``run``, ``off``, ``cross`` or ``rest``.
    """

    name: str
    kind: Mark
    kind_word: str
    minutes: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FridgeTurns:
    """What a run with walking breaks is called, and how long each piece of it is."""

    title: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FridgeExercise:
    """One exercise: how much, on which days, one cue, and its start and finish.

    ``dose_after`` is how much after a run where that is not as much as before it, else ``""``.
    ``start`` and ``finish`` are ``None`` where nobody has drawn it; ``alt`` says what they show.
    """

    title: str
    dose: str
    dose_after: str
    days: str
    cue: str
    start: Path | None
    finish: Path | None
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FridgePage:
    """A week on one printed page.

    ``turns`` stand under the days, none where no run is broken by walking; ``rules`` are the pain
    rules, ``foot`` what stands at the foot. For somebody who types no commands (``names_commands``)
    it names the place in the browser instead.
    """

    heading: str
    made_on: str
    days: tuple[FridgeDay, ...]
    turns: tuple[FridgeTurns, ...]
    exercises: tuple[FridgeExercise, ...]
    rules: tuple[str, ...]
    foot: str
    names_commands: bool = True
