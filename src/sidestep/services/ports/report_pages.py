"""The printed pages as values: every text chosen, every number set in words, all in English.

``runner_page``, ``clinician_page`` and ``clip_page`` fill them; how they look is the report
adapter's.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from sidestep.domain.load.report import SpikeBand
from sidestep.domain.vocabulary.side import Side

Mark = Annotated[str, "unsaid"]
"""A name, a command, a publication; every other text is said in a reader's language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """The basis of a statement in a word, and the numbers of its sources on this page."""

    word: str
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence with its ground; ``title`` is empty when the sentence stands alone."""

    says: str
    title: str = ""
    tag: Tag | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A label and its value; an empty value is never printed, it reads "not answered"."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A part that has nothing to show yet, why, and the command that fills it."""

    title: str
    says: str
    command: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class KneeMap:
    """Where it hurts: ``side`` is left, right, both or empty; zones are zone ids of the map."""

    side: Mark
    zones: tuple[Mark, ...]
    worst_zone: Mark
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagLine:
    """A red flag that is present or not ruled out, and who should see it how soon.

    ``is_lesser`` tells that another flag that is present asks for more haste.
    """

    title: str
    says: str
    action: str
    is_present: bool
    tag: Tag
    is_lesser: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgencyPanel:
    """How soon to be seen; ``step`` counts from 0 (self care) to 3 (emergency).

    ``still_to_answer`` is what was asked and left open, with ``answer_with`` the command to do so.
    """

    step: int | None
    word: str
    headline: str
    says: tuple[str, ...]
    flags: tuple[FlagLine, ...]
    still_to_answer: tuple[str, ...] = ()
    answer_with: Mark = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternCard:
    """A pattern the answers fit, with what spoke for it, against it, and what is not known."""

    title: str
    says: str
    raised_by: tuple[str, ...]
    lowered_by: tuple[str, ...]
    not_known: tuple[str, ...]
    ask: str
    tag: Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number set large, with what it counts."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartedRun:
    """One run and the longest run of the 30 days before it, in kilometres."""

    on: date
    distance_km: float
    longest_before_km: float | None
    band: SpikeBand


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartedWeek:
    """Kilometres run in the seven days ending on ``ends_on``; ``None`` when no data exists."""

    ends_on: date
    distance_km: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRun:
    """One run of the week shown on the same page, in kilometres."""

    on: date
    distance_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingPart:
    """What stands out in the training, with the figures and the two charts' values.

    ``cap_says`` is what to read with the cap; it never stands without it.
    """

    figures: tuple[Figure, ...]
    runs: tuple[ChartedRun, ...]
    planned: tuple[PlannedRun, ...]
    weeks: tuple[ChartedWeek, ...]
    next_run_cap_km: float | None
    cap: Statement | None
    cap_says: str
    notices: tuple[Statement, ...]
    context: tuple[Statement, ...]
    steps: Statement | None
    data_says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseLine:
    """A cause the answers show: the answer that decided it, what is known, what the plan does.

    ``plan_does`` is empty while there is no plan.
    """

    title: str
    answered: str
    known: str
    plan_does: str
    tag: Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """What a day holds of one kind, without doses; ``label`` is empty when it needs none."""

    label: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBox:
    """One day of the week's plan; ``kind`` is run, off, rest or cross."""

    weekday: str
    day: str
    kind: Mark
    heading: str
    minutes: str
    lines: tuple[DayLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPart:
    """The week's plan: its days in brief, how every run is built, the doses, what it keeps to."""

    title: str
    days: tuple[DayBox, ...]
    every_run: tuple[Row, ...]
    doses: tuple[Row, ...]
    limits: tuple[Statement, ...]
    notes: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """One source under the number its statements carry: its name, and where it was published."""

    number: int
    short: str
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colophon:
    """What stands at the foot of every page: bases, sources, review, versions."""

    bases: tuple[Statement, ...]
    sources: tuple[SourceLine, ...]
    review: str
    versions: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipStill:
    """A picture of one step or squat, and what is written under it; it may be gone by now.

    ``name`` is what the clip calls it.
    """

    name: str
    caption: str
    picture: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class SideValue:
    """A measure of one leg, or of left minus right: in words, and as numbers for a drawing.

    ``says`` and ``give_or_take`` are empty, and the numbers ``None``, where it was not measured.
    """

    says: str = ""
    give_or_take: str = ""
    n: int = 0
    value: float | None = None
    error: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipFinding:
    """One measure as a runner reads it: both legs with their bands, and a sentence.

    ``explains`` is what is measured, the part of ``says`` that stays where room is short; ``more``
    and ``less`` say what lies to the right and to the left of zero.
    """

    title: str
    explains: str
    says: str
    tag: Tag | None
    left: SideValue
    right: SideValue
    more: str
    less: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipRow:
    """One measure in the table; ``change`` is over the clip, one text for each leg that has it."""

    title: str
    left: SideValue
    right: SideValue
    difference: SideValue
    change: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartedStep:
    """One step at its time, or one squat at its number."""

    side: Side
    at: float
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartedBand:
    """Around ``at`` half of a leg's steps lie between ``low`` and ``high``."""

    side: Side
    at: float
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipChart:
    """A measure step by step.

    Attributes
    ----------
    unit
        Stands behind every number of the upright axis.
    is_over_time
        ``at`` is in seconds; otherwise it counts squats.
    parts
        The first and the last part that are compared, each from and until, in seconds.
    """

    title: str
    unit: Mark
    more: str
    is_over_time: bool
    steps: tuple[ChartedStep, ...]
    bands: tuple[ChartedBand, ...]
    parts: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipPage:
    """The page of one clip, for a runner or, with ``method``, for a clinician.

    ``has_foot_lines`` says that its pictures show the knee against the line over the foot.
    """

    made_on: str
    title: str
    facts: str
    headline: str
    stills: tuple[ClipStill, ...]
    has_foot_lines: bool
    findings: tuple[ClipFinding, ...]
    sayings: tuple[Statement, ...]
    charts: tuple[ClipChart, ...]
    rows: tuple[ClipRow, ...]
    not_measured: tuple[Row, ...]
    problems: tuple[str, ...]
    film_better: tuple[str, ...]
    cannot_tell: tuple[str, ...]
    method: tuple[str, ...]
    colophon: Colophon


@dataclass(frozen=True, slots=True, kw_only=True)
class RunnerPage:
    """The runner's page. In an emergency only ``urgency``, ``knee`` and ``answers`` are filled.

    ``week_says`` is why the week is as it is, or why there is none; ``week_helps`` what would
    make one fit. Every one of ``clips`` is a page of its own behind it. For somebody who types no
    commands (``names_commands``), each becomes the place in the browser that shows the same.
    """

    made_on: str
    is_emergency: bool
    knee: KneeMap
    urgency: UrgencyPanel
    answers: tuple[Row, ...]
    patterns: tuple[PatternCard, ...]
    patterns_say: str
    training: TrainingPart | None
    week: WeekPart | None
    week_says: tuple[str, ...]
    week_helps: tuple[str, ...]
    pain_rules: tuple[Statement, ...]
    causes: tuple[CauseLine, ...]
    missing: tuple[Missing, ...]
    colophon: Colophon
    clips: tuple[ClipPage, ...] = ()
    names_commands: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """Something dated, oldest first: onset, a run far beyond the month's longest, a gap."""

    on: date
    when: str
    says: str
    kind: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagAnswer:
    """One red flag as asked and answered: yes, no or unknown."""

    title: str
    answer: Mark
    urgency: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicianPage:
    """The clinician's page: timeline first, then answers, load, flags, questions, method.

    ``cap_says`` is what to read with the ceiling among the rows of ``load``. Every one of
    ``clips`` is a page of its own behind it. ``week`` is what is planned, where it was wished for;
    ``without_knee`` tells that the answers were left out on purpose; ``names_commands`` is as on
    the runner's page.
    """

    made_on: str
    subject: str
    urgency: str
    knee: KneeMap
    events: tuple[TimelineEvent, ...]
    weeks: tuple[ChartedWeek, ...]
    answers: tuple[Row, ...]
    flags: tuple[FlagAnswer, ...]
    patterns: tuple[PatternCard, ...]
    load: tuple[Row, ...]
    cap_says: str
    notices: tuple[Statement, ...]
    tried: tuple[Row, ...]
    questions: tuple[str, ...]
    method: tuple[str, ...]
    missing: tuple[Missing, ...]
    colophon: Colophon
    clips: tuple[ClipPage, ...] = ()
    week: tuple[Row, ...] = ()
    without_knee: bool = False
    names_commands: bool = True
