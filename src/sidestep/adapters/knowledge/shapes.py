"""The shapes of the files in ``knowledge/``, one model per kind; unknown keys are refused.

Only forms are checked here; whether a source or a fact exists is for the inspection.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, Strict

from sidestep.adapters.knowledge.condition_text import adapt_condition
from sidestep.domain.motion.views import View
from sidestep.domain.planning.exercise import Effort, ExerciseUse
from sidestep.domain.triage.conditions import Condition
from sidestep.domain.triage.facts import AnswerKind, FactOrigin
from sidestep.domain.triage.rules import IfUnknown
from sidestep.domain.vocabulary.evidence import Basis


def _day(raw: object) -> date:
    return date.fromisoformat(str(raw))


Words = Annotated[str, Field(min_length=1)]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Day = Annotated[date, BeforeValidator(_day)]
Whole = Annotated[int, Strict()]
Number = Annotated[float, Strict(), Field(allow_inf_nan=False)]
Switch = Annotated[bool, Strict()]
When = Annotated[Condition, PlainValidator(adapt_condition)]
RawFact = Switch | Number | str | list[str]
Access = Literal["allowed", "reduced", "hidden"]
Tier = Literal["soon", "urgent", "emergency"]


class Shape(BaseModel):
    """Base of all: nothing beyond what is named."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceShape(Shape):
    """One entry of ``sources.yaml``."""

    title: Words
    authors: Words
    year: Annotated[Whole, Field(ge=1900, le=2100)]
    where: Words
    link: str = ""
    seen: str = ""
    short: str = ""


class CitationShape(Shape):
    """A source and what it supports."""

    key: Id
    supports: Words


class QuestionShape(Shape):
    """One fact and how to ask for it."""

    id: Id
    asks: Words
    in_brief: str = ""
    help: str = ""
    kind: AnswerKind
    options: dict[Id, Words] = {}
    minimum: Number | None = None
    maximum: Number | None = None
    unit: str = ""
    only_if: dict[Id, list[Switch | Number | str]] | None = None
    only_when: When | None = None
    otherwise: RawFact | None = None
    origin: FactOrigin = FactOrigin.ASKED
    one_of: str = ""
    not_below: str = ""
    not_above: str = ""
    never: tuple[When, ...] = ()
    optional: Switch = False
    sources: tuple[CitationShape, ...] = ()


class CaseShape(Shape):
    """One test case of a rule: facts, and what the rule gives."""

    name: Words
    facts: dict[Id, RawFact | None]
    gives: Switch | Literal["unknown"]


class HeaderShape(Shape):
    """What every rule file has."""

    id: Id
    title: Words
    since: Day
    basis: Basis
    sources: tuple[CitationShape, ...] = ()
    reviewed: Words | None = None


class OtherShape(HeaderShape):
    """The header of a file whose other keys are for another reader."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class RuleShape(HeaderShape):
    """A rule with its test cases."""

    cases: tuple[CaseShape, ...] = ()


class RedFlagShape(RuleShape):
    """A reason to be seen."""

    when: When
    if_unknown: IfUnknown
    urgency: Tier
    who: Words
    how_soon: Words
    says: Words


class ClueShape(Shape):
    """An answer that raises or lowers a pattern."""

    when: When
    says: Words
    weight: Annotated[Whole, Field(ge=1, le=3)] = 1


class PatternShape(RuleShape):
    """Something that can feel like this."""

    says: Words
    where: When
    raised_by: tuple[ClueShape, ...]
    lowered_by: tuple[ClueShape, ...] = ()
    shown_from: Whole
    plan: Access
    plan_says: Words
    ask_a_clinician: Words


class CauseShape(RuleShape):
    """A thing known or said to matter."""

    present_when: When
    says: Words
    known: Words
    plan_does: Words
    exercises: tuple[Id, ...] = ()


class MythShape(RuleShape):
    """A belief and what is known about it."""

    believed_when: When
    belief: Words
    about: tuple[Id, ...] = ()
    says: Words


class ParameterShape(HeaderShape):
    """One dated, cited number."""

    value: Number
    unit: str
    says: Words
    editable: Switch = False


class PostureModelShape(Shape):
    """What tells a clip's mean of one measure from the postures on both legs."""

    intercept: Number
    own: dict[Id, Number]
    other: dict[Id, Number]
    residual_sd: Annotated[Number, Field(ge=0)]
    difference_sd: Annotated[Number, Field(ge=0)]
    n: Annotated[Whole, Field(ge=1)]


class LineShape(Shape):
    """How one measure reads in one view."""

    view: View
    measure: Id
    slope: Annotated[Number, Field(gt=0)]
    intercept: Number
    turn: Number = 0.0
    residual_sd: Annotated[Number, Field(ge=0)]
    difference_sd: Annotated[Number, Field(ge=0)]
    change_sd: Annotated[Number, Field(ge=0)] = 0.0
    n: Annotated[Whole, Field(ge=1)]
    by_posture: PostureModelShape | None = None


class CalibrationShape(HeaderShape):
    """What a pose model reads of known truths."""

    model: Words
    says: Words
    lines: tuple[LineShape, ...]


class DoseShape(Shape):
    """How much of an exercise."""

    sets: Annotated[Whole, Field(ge=1)]
    repetitions: Annotated[Whole, Field(ge=1)] | None = None
    hold_s: Annotated[Whole, Field(ge=1)] | None = None
    per_side: Switch = False
    minutes: Annotated[Number, Field(gt=0)]
    effort: Effort
    in_words: Words


class ExerciseShape(HeaderShape):
    """One exercise."""

    use: ExerciseUse
    also_for: tuple[ExerciseUse, ...] = ()
    planned: Switch
    works: Id
    level: Annotated[Whole, Field(ge=1)]
    dose: DoseShape
    cues: tuple[Words, ...]
    mistakes: tuple[Words, ...]
    easier: str
    easier_id: str = ""
    harder: str
    harder_id: str = ""
    equipment: tuple[Words, ...]
    on_floor: Switch = False
    substitutes: tuple[Id, ...] = ()
    no_substitute: str = ""
    stop_above_pain: Annotated[Whole, Field(ge=0, le=10)]
    not_for: str
    says: Words


class ReturnPhaseShape(HeaderShape):
    """One phase from walking back to running."""

    phase: Annotated[Whole, Field(ge=1)]
    run_min: Annotated[Number, Field(ge=0)]
    walk_min: Annotated[Number, Field(ge=0)]
    effort: Annotated[Whole, Field(ge=0, le=10)]
    distance_km: Annotated[Number, Field(gt=0)]
    says: Words


class CrossTrainingShape(HeaderShape):
    """One thing to do instead of running."""

    multidirectional: Switch
    impact: Switch
    minutes: Annotated[Whole, Field(ge=1)]
    allowed_pain: Annotated[Whole, Field(ge=0, le=10)]
    equipment: tuple[Words, ...]
    says: Words
