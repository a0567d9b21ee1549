"""An exercise and its dose, as data describes them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sidestep.domain.vocabulary.evidence import Backing


class ExerciseUse(StrEnum):
    """Where in a week an exercise belongs."""

    STRETCH = "stretch"
    SHUFFLE = "shuffle"
    LATERAL = "lateral"
    STRENGTH = "strength"
    FOOT = "foot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """How much: sets of repetitions or of seconds, per side or in all, and what that takes."""

    sets: int
    repetitions: int | None = None
    hold_s: int | None = None
    is_per_side: bool = False
    minutes: float = 0.0
    in_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise in our own words.

    Attributes
    ----------
    works
        What it is for: ``groin``, ``quadriceps``, ``outer_hip``, ``hip_and_leg``, ``calf``,
        ``foot`` ...
    equipment
        What it cannot be done without: ``band``, ``step``, ``chair``, ``wall``, ``dumbbell`` ...
    level
        1 is where everybody can start.
    stop_above_pain
        Highest pain (0 to 10) at which it goes on.
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
