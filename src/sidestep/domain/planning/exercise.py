"""An exercise and its dose, as data describes them."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from sidestep.domain.vocabulary.evidence import Backing


class ExerciseUse(StrEnum):
    """Where in a week an exercise belongs."""

    STRETCH = "stretch"
    SHUFFLE = "shuffle"
    DRILL = "drill"
    LATERAL = "lateral"
    STRENGTH = "strength"
    FOOT = "foot"
    DESK = "desk"

    @property
    def in_words(self) -> str:
        """When it is used, to stand after ``Used:``."""
        return _WHEN_USED[self]


_WHEN_USED = {
    ExerciseUse.STRETCH: "at the start and the end of a run",
    ExerciseUse.SHUFFLE: "inside a run",
    ExerciseUse.DRILL: "before or inside an easy run, once the knee is calm",
    ExerciseUse.LATERAL: "side work on days off running",
    ExerciseUse.STRENGTH: "on strength days",
    ExerciseUse.FOOT: "for feet and ankles",
    ExerciseUse.DESK: "in a break from sitting",
}


class Effort(StrEnum):
    """How hard an exercise should feel."""

    EASY = "easy"
    MODERATE = "moderate"
    HARD = "hard"

    @property
    def in_words(self) -> str:
        """How the effort reads beside a dose."""
        return _HOW_HARD[self]


_HOW_HARD = {
    Effort.EASY: "easy, you could go on for long",
    Effort.MODERATE: "moderate, with a little left at the end",
    Effort.HARD: "hard but clean: stop before the form goes",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """How much: sets of repetitions or of seconds, per side or in all, and what that takes."""

    sets: int
    repetitions: int | None = None
    hold_s: int | None = None
    is_per_side: bool = False
    minutes: float = 0.0
    effort: Effort = Effort.EASY
    in_words: str = ""

    def with_sets(self, sets: int) -> Self:
        """Return the dose with another number of sets, its time and its words with it."""
        rest = self.in_words.removeprefix(f"{self.sets} ")
        words = self.in_words if rest == self.in_words else f"{sets} {rest}"
        minutes = round(self.minutes * sets / self.sets, 2)
        return replace(self, sets=sets, minutes=minutes, in_words=words)

    def with_fewer_sets(self) -> tuple[Self, ...]:
        """Return the same dose with every number of sets below its own, one at least."""
        return tuple(self.with_sets(sets) for sets in range(1, self.sets))


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise in our own words.

    Attributes
    ----------
    also_for
        Other uses it is good for; a week places it by ``use`` only.
    is_planned
        Whether a week may place it by itself; the others are steps, substitutes and choices.
    works
        What it is for: ``groin``, ``quadriceps``, ``hip_flexor``, ``outer_hip``, ``hip_and_leg``,
        ``calf``, ``ankle``, ``foot``.
    level
        1 is where everybody can start.
    easier, harder
        How to make it easier or harder; the last part may be another exercise.
    easier_id, harder_id
        That other exercise, one step down or up the same ladder; empty when there is none.
    equipment
        What it cannot be done without: ``band``, ``step``, ``chair``, ``wall``, ``dumbbell`` ...
    is_on_floor
        Whether it needs a floor to lie, kneel or lean on, which not every place has.
    substitutes
        Exercises that do the same job without that equipment, by id.
    no_substitute
        Why none does, for an exercise that needs something.
    stop_above_pain
        Highest pain (0 to 10) at which it goes on.
    not_for
        Who should leave it out, change it or ask first.
    """

    id: str
    title: str
    since: date
    use: ExerciseUse
    works: str
    level: int
    dose: Dose
    cues: tuple[str, ...]
    mistakes: tuple[str, ...]
    easier: str
    harder: str
    equipment: frozenset[str]
    stop_above_pain: int
    not_for: str
    says: str
    backing: Backing
    is_planned: bool = True
    also_for: frozenset[ExerciseUse] = frozenset()
    is_on_floor: bool = False
    easier_id: str = ""
    harder_id: str = ""
    substitutes: tuple[str, ...] = ()
    no_substitute: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossTraining:
    """One thing to do instead of running, by direction and impact, and when it is allowed."""

    id: str
    title: str
    since: date
    is_multidirectional: bool
    has_impact: bool
    minutes: int
    allowed_pain: int
    equipment: frozenset[str]
    says: str
    backing: Backing
