"""A planned week as values: days of blocks, each with its reason; not how it is found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sidestep.domain.vocabulary.evidence import Backing


class DayKind(StrEnum):
    """What a day is."""

    RUN = "run"
    OFF = "off"
    REST = "rest"
    CROSS = "cross"

    @property
    def in_words(self) -> str:
        """The one word for it, wherever a week is shown: "off" would read like rest."""
        return _DAYS_IN_WORDS[self]


_DAYS_IN_WORDS = {
    DayKind.RUN: "run",
    DayKind.OFF: "home",
    DayKind.REST: "rest",
    DayKind.CROSS: "sport",
}


class BlockKind(StrEnum):
    """What a block is."""

    STRETCH_BEFORE = "stretch_before"
    RUN = "run"
    SHUFFLE = "shuffle"
    DRILL = "drill"
    STRETCH_AFTER = "stretch_after"
    LATERAL = "lateral"
    STRENGTH = "strength"
    FOOT = "foot"
    DESK = "desk"
    CROSS_TRAINING = "cross_training"
    REST = "rest"

    @property
    def is_of_a_run(self) -> bool:
        """Whether it is a run or stands around or inside one."""
        inside = (self.RUN, self.SHUFFLE, self.DRILL)
        return self in (self.STRETCH_BEFORE, *inside, self.STRETCH_AFTER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The reason of a placement or a limit, and the rule it comes from."""

    rule: str
    says: str
    backing: Backing


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """A run in which running and walking take turns, running first.

    ``cue`` is the one of the run's cues that tells of it, ``""`` where its dose does.
    """

    run_min: float
    walk_min: float
    cue: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bouts:
    """How often the side steps of one side come inside a run, and for how long each time.

    ``is_walked`` when they are done at walking pace; ``cue`` is then the one of the cues that says
    when to leave them out.
    """

    count: int
    bout_s: float
    is_walked: bool = False
    cue: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One thing to do. ``exercise`` is an exercise id, ``""`` for a run or rest.

    ``turns`` and ``bouts`` say in numbers what the dose of a run and of side steps says in words.
    ``return_phase`` is the phase back to running a session belongs to, 1 is the first.
    """

    kind: BlockKind
    exercise: str
    title: str
    dose: str
    minutes: float
    why: Why
    distance_km: float | None = None
    cues: tuple[str, ...] = ()
    turns: Turns | None = None
    bouts: Bouts | None = None
    return_phase: int | None = None


def training_minutes(blocks: Iterable[Block]) -> float:
    """Return the time that blocks take together; breaks from sitting are none of it."""
    return sum(block.minutes for block in blocks if block.kind is not BlockKind.DESK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of the week."""

    date: date
    kind: DayKind
    blocks: tuple[Block, ...]

    @property
    def minutes(self) -> float:
        """Time its training takes."""
        return training_minutes(self.blocks)


def other_days(before: Iterable[Day], after: Iterable[Day]) -> tuple[date, ...]:
    """Return the days that hold something else after than before, whatever is said of them."""
    known = {day.date: _held(day) for day in before}
    return tuple(day.date for day in after if known.get(day.date) != _held(day))


def _held(day: Day) -> tuple[object, ...]:
    blocks = ((each.kind, each.exercise, each.distance_km, each.dose) for each in day.blocks)
    return (day.kind, *blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One limit the week obeys, in words, with its ground and whether the person may change it."""

    id: str
    says: str
    is_editable: bool
    why: Why


class Phase(StrEnum):
    """What a week is for."""

    CALM = "calm"
    RETURN = "return"
    BUILD = "build"
    KEEP = "keep"

    @property
    def in_words(self) -> str:
        """The phase as a heading."""
        return _IN_WORDS[self]


COME_BACK = "Come back"
"""Building up by steps after light weeks, as a heading."""

_IN_WORDS = {
    Phase.CALM: "Calm the knee",
    Phase.RETURN: "Back to running",
    Phase.BUILD: "Build up",
    Phase.KEEP: "Keep steady",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPart:
    """The part of the way that a week belongs to.

    ``about`` says what the phase is for and when the next one comes; ``comes_back`` in a week that
    builds up by steps after light ones.
    """

    phase: Phase
    about: Why
    is_lighter: bool = False
    comes_back: bool = False

    @property
    def in_words(self) -> str:
        """The part as a heading."""
        return COME_BACK if self.comes_back else self.phase.in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPlan:
    """Seven days from a Monday (or any chosen start), the limits they obey, and what to know.

    ``part`` is ``None`` where a week was not planned as one of several.
    """

    week_starts: date
    days: tuple[Day, ...]
    limits: tuple[Limit, ...]
    notes: tuple[Why, ...]
    part: WeekPart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoWeek:
    """No week fits, or none may be shown: which limits collide, and what would help.

    ``is_hidden`` when the knee check keeps the plan back; nothing collides then.
    """

    week_starts: date
    collisions: tuple[Limit, ...]
    says: str
    would_help: tuple[str, ...]
    is_hidden: bool = False
