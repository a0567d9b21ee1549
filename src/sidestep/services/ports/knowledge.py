"""The knowledge as services use it; how it is read and checked is not said here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sidestep.domain.motion.calibration import Calibration
from sidestep.domain.planning.exercise import CrossTraining, Exercise
from sidestep.domain.planning.return_to_run import ReturnPhase
from sidestep.domain.triage.facts import Question
from sidestep.domain.triage.rules import Cause, Myth, Pattern, RedFlag
from sidestep.domain.vocabulary.evidence import Parameters, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Everything in ``knowledge/``, checked, and the version (a content hash) that names it."""

    version: str
    sources: Mapping[str, Source]
    sections: Mapping[str, str]
    questions: Mapping[str, Question]
    red_flags: tuple[RedFlag, ...]
    patterns: tuple[Pattern, ...]
    causes: tuple[Cause, ...]
    myths: tuple[Myth, ...]
    load: Parameters
    plans: Parameters
    exercises: Mapping[str, Exercise]
    cross_training: Mapping[str, CrossTraining]
    return_phases: tuple[ReturnPhase, ...] = ()
    """From walking back to running, the first one first."""
    clinician_questions: tuple[str, ...] = ()
    motion: Parameters = field(default_factory=dict)
    calibrations: Mapping[str, Calibration] = field(default_factory=dict)
    """By id, one per pose model."""
    check_in_sections: Mapping[str, str] = field(default_factory=dict)
    check_in_questions: Mapping[str, Question] = field(default_factory=dict)
    """What a day is asked beside the knee check's own questions about pain and warning signs."""
