"""Turns checked file shapes into the domain's values; nothing is read here."""

from sidestep.adapters.knowledge import shapes
from sidestep.domain.motion.calibration import Calibration, Line
from sidestep.domain.motion.posture_model import PostureModel
from sidestep.domain.planning.exercise import CrossTraining, Dose, Exercise
from sidestep.domain.planning.return_to_run import ReturnPhase
from sidestep.domain.triage.facts import FactValue, Option, Question
from sidestep.domain.triage.rules import (
    Cause,
    Clue,
    Myth,
    Pattern,
    PlanAccess,
    RedFlag,
    Urgency,
)
from sidestep.domain.vocabulary.evidence import Backing, Citation, Parameter, Source


def adapt_source(key: str, shape: shapes.SourceShape) -> Source:
    """Build a source."""
    return Source(key=key, **shape.model_dump())


def _citations(shape: shapes.HeaderShape | shapes.QuestionShape) -> tuple[Citation, ...]:
    return tuple(Citation(key=each.key, supports=each.supports) for each in shape.sources)


def adapt_backing(shape: shapes.HeaderShape) -> Backing:
    """Build what a statement stands on."""
    return Backing(basis=shape.basis, citations=_citations(shape), reviewed=shape.reviewed)


def adapt_fact(raw: bool | float | str | list[str]) -> FactValue:
    """Give a fact's value its one form: numbers as float, several choices as a set."""
    if isinstance(raw, list):
        return frozenset(raw)
    if isinstance(raw, bool | str):
        return raw
    return float(raw)


def adapt_question(section: str, shape: shapes.QuestionShape) -> Question:
    """Build a question of a section."""
    return Question(
        id=shape.id,
        section=section,
        asks=shape.asks,
        in_brief=shape.in_brief,
        help=shape.help,
        kind=shape.kind,
        origin=shape.origin,
        options=tuple(Option(id=id, label=label) for id, label in shape.options.items()),
        minimum=shape.minimum,
        maximum=shape.maximum,
        unit=shape.unit,
        only_if=None
        if shape.only_if is None
        else {
            fact: frozenset(adapt_fact(value) for value in accepted)
            for fact, accepted in shape.only_if.items()
        },
        only_when=shape.only_when,
        otherwise=None if shape.otherwise is None else adapt_fact(shape.otherwise),
        one_of=shape.one_of,
        not_below=shape.not_below,
        not_above=shape.not_above,
        never=shape.never,
        is_optional=shape.optional,
        citations=_citations(shape),
    )


def adapt_red_flag(shape: shapes.RedFlagShape) -> RedFlag:
    """Build a red flag."""
    return RedFlag(
        id=shape.id,
        title=shape.title,
        since=shape.since,
        when=shape.when,
        if_unknown=shape.if_unknown,
        urgency=Urgency[shape.urgency.upper()],
        who=shape.who,
        how_soon=shape.how_soon,
        says=shape.says,
        backing=adapt_backing(shape),
    )


def _clues(clues: tuple[shapes.ClueShape, ...]) -> tuple[Clue, ...]:
    return tuple(Clue(when=clue.when, says=clue.says, weight=clue.weight) for clue in clues)


def adapt_pattern(shape: shapes.PatternShape) -> Pattern:
    """Build a pattern."""
    return Pattern(
        id=shape.id,
        title=shape.title,
        since=shape.since,
        says=shape.says,
        where=shape.where,
        raised_by=_clues(shape.raised_by),
        lowered_by=_clues(shape.lowered_by),
        shown_from=shape.shown_from,
        plan=PlanAccess[shape.plan.upper()],
        plan_says=shape.plan_says,
        ask_a_clinician=shape.ask_a_clinician,
        backing=adapt_backing(shape),
    )


def adapt_cause(shape: shapes.CauseShape) -> Cause:
    """Build a cause."""
    return Cause(
        id=shape.id,
        title=shape.title,
        since=shape.since,
        present_when=shape.present_when,
        says=shape.says,
        known=shape.known,
        plan_does=shape.plan_does,
        exercises=shape.exercises,
        backing=adapt_backing(shape),
    )


def adapt_myth(shape: shapes.MythShape) -> Myth:
    """Build a myth."""
    return Myth(
        id=shape.id,
        title=shape.title,
        since=shape.since,
        believed_when=shape.believed_when,
        belief=shape.belief,
        about=frozenset(shape.about),
        says=shape.says,
        backing=adapt_backing(shape),
    )


def adapt_parameter(shape: shapes.ParameterShape) -> Parameter:
    """Build a parameter."""
    return Parameter(
        id=shape.id,
        title=shape.title,
        value=float(shape.value),
        unit=shape.unit,
        says=shape.says,
        backing=adapt_backing(shape),
        editable=shape.editable,
    )


def adapt_calibration(shape: shapes.CalibrationShape) -> Calibration:
    """Build a calibration."""
    return Calibration(
        model=shape.model,
        version=f"{shape.id} {shape.since.isoformat()}",
        lines={
            (line.view, line.measure): Line(
                slope=line.slope,
                intercept=line.intercept,
                turn=line.turn,
                residual_sd=line.residual_sd,
                difference_sd=line.difference_sd,
                change_sd=line.change_sd,
                n=line.n,
                by_posture=PostureModel(**line.by_posture.model_dump())
                if line.by_posture
                else None,
            )
            for line in shape.lines
        },
    )


def adapt_exercise(shape: shapes.ExerciseShape) -> Exercise:
    """Build an exercise."""
    dose = shape.dose
    return Exercise(
        id=shape.id,
        title=shape.title,
        since=shape.since,
        use=shape.use,
        also_for=frozenset(shape.also_for),
        is_planned=shape.planned,
        works=shape.works,
        level=shape.level,
        dose=Dose(
            sets=dose.sets,
            repetitions=dose.repetitions,
            hold_s=dose.hold_s,
            is_per_side=dose.per_side,
            minutes=float(dose.minutes),
            effort=dose.effort,
            in_words=dose.in_words,
        ),
        cues=shape.cues,
        mistakes=shape.mistakes,
        easier=shape.easier,
        easier_id=shape.easier_id,
        harder=shape.harder,
        harder_id=shape.harder_id,
        equipment=frozenset(shape.equipment),
        is_on_floor=shape.on_floor,
        substitutes=shape.substitutes,
        no_substitute=shape.no_substitute,
        stop_above_pain=shape.stop_above_pain,
        not_for=shape.not_for,
        says=shape.says,
        backing=adapt_backing(shape),
    )


def adapt_cross_training(shape: shapes.CrossTrainingShape) -> CrossTraining:
    """Build something to do instead of running."""
    return CrossTraining(
        id=shape.id,
        title=shape.title,
        since=shape.since,
        is_multidirectional=shape.multidirectional,
        has_impact=shape.impact,
        minutes=shape.minutes,
        allowed_pain=shape.allowed_pain,
        equipment=frozenset(shape.equipment),
        says=shape.says,
        backing=adapt_backing(shape),
    )


def adapt_return_phase(shape: shapes.ReturnPhaseShape) -> ReturnPhase:
    """Build a phase from walking back to running."""
    return ReturnPhase(
        id=shape.id,
        title=shape.title,
        since=shape.since,
        phase=shape.phase,
        run_min=shape.run_min,
        walk_min=shape.walk_min,
        effort=shape.effort,
        distance_km=shape.distance_km,
        says=shape.says,
        backing=adapt_backing(shape),
    )
