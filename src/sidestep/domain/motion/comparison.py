"""Two clips of one person, one against the other: what changed beyond doubt."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from sidestep.domain.motion.run_analysis import RunAnalysis, RunMeasure
from sidestep.domain.motion.squat_analysis import SquatAnalysis, SquatMeasure
from sidestep.domain.motion.views import FROM
from sidestep.domain.vocabulary.evidence import Parameter, Parameters
from sidestep.domain.vocabulary.parameters import number_of, parameter_of
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measure, Measured, Unknown

Name = TypeVar("Name", RunMeasure, SquatMeasure)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One measure in two clips.

    Attributes
    ----------
    before, after
        As each clip gave it.
    change
        After minus before, with the errors of both.
    smallest
        The smallest real change, in the measure's unit; ``None`` where the knowledge has none.
    """

    before: Measure
    after: Measure
    change: Measure
    smallest: float | None

    @property
    def is_beyond_error(self) -> bool:
        """The change exceeds both errors together."""
        return isinstance(self.change, Measured) and abs(self.change.value) > self.change.error

    @property
    def is_clear(self) -> bool | None:
        """The change exceeds both errors together and the smallest real change.

        ``None`` where it exceeds the errors and no smallest real change is known.
        """
        if not isinstance(self.change, Measured) or not self.is_beyond_error:
            return False
        return None if self.smallest is None else abs(self.change.value) > self.smallest


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipComparison(Generic[Name]):
    """What changed from one clip to another of the same kind.

    Attributes
    ----------
    reason
        Why the two cannot be compared at all; ``None`` where they can.
    difference
        Left minus right of the one against left minus right of the other.
    """

    reason: str | None
    sides: Mapping[Side, Mapping[Name, Change]]
    difference: Mapping[Name, Change]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunComparison(ClipComparison[RunMeasure]):
    """What changed from one running clip to another."""

    cadence_spm: Change


def compare_runs(before: RunAnalysis, after: RunAnalysis, parameters: Parameters) -> RunComparison:
    """Compare two runs, such as fresh and tired, or before and after eight weeks.

    Runs filmed from different places are not compared but for their cadence.

    Parameters
    ----------
    parameters
        Those of ``knowledge/motion``.

    Raises
    ------
    KnowledgeError
        A parameter is missing.

    Sources
    -------
    dingenen_2018
    """
    reason = _not_comparable(before, after)
    smallest = {
        measure: number_of(parameters, f"real_change_{measure}")
        for measure in RunMeasure
        if any(measure in run.sides[side].measures for run in (before, after) for side in Side)
    }
    return RunComparison(
        reason=reason,
        cadence_spm=_change(
            before.cadence_spm,
            after.cadence_spm,
            number_of(parameters, "real_change_cadence_spm"),
            None,
        ),
        sides={
            side: _changes(
                before.sides[side].measures, after.sides[side].measures, smallest, reason
            )
            for side in Side
        },
        difference=_changes(before.difference, after.difference, smallest, reason),
    )


def compare_squats(
    before: SquatAnalysis, after: SquatAnalysis, parameters: Parameters
) -> ClipComparison[SquatMeasure]:
    """Compare two clips of squats, such as before and after eight weeks.

    Squats on one leg are not compared with squats on both. Where no smallest real change is in
    print, no change is called clear.

    Parameters
    ----------
    parameters
        Those of ``knowledge/motion``.

    Raises
    ------
    KnowledgeError
        A parameter is missing.

    Sources
    -------
    munro_2012
    """
    reason = _not_comparable(before, after) or _stood_differently(before, after)
    found = {
        measure: smallest_change_of_squats(measure, before, parameters) for measure in SquatMeasure
    }
    smallest = {measure: each.value if each else None for measure, each in found.items()}
    # Of what both legs do together there is no left minus right.
    with_difference = {
        measure: each
        for measure, each in smallest.items()
        if measure in before.difference or measure in after.difference
    }
    return ClipComparison(
        reason=reason,
        sides={
            side: _changes(before.sides[side], after.sides[side], smallest, reason) for side in Side
        },
        difference=_changes(before.difference, after.difference, with_difference, reason),
    )


def smallest_change_of_squats(
    measure: SquatMeasure, squats: SquatAnalysis, parameters: Parameters
) -> Parameter | None:
    """Return the smallest real change of a measure of squats, ``None`` where none is in print.

    Raises
    ------
    KnowledgeError
        The parameter is missing.
    """
    if measure in (SquatMeasure.FPPA, SquatMeasure.FPPA_WORST) and _stances(squats) == {True}:
        return parameter_of(parameters, "real_change_single_leg_squat_fppa_deg")
    return None


_NOT_SEEN = Unknown(reason="It can't be seen from where this clip was filmed.")


def _not_comparable(
    before: RunAnalysis | SquatAnalysis, after: RunAnalysis | SquatAnalysis
) -> str | None:
    if before.view is None or after.view is None:
        return "It isn't clear from where one of the clips was filmed."
    if before.view is not after.view:
        return (
            f"One clip was filmed {FROM[before.view]}, the other {FROM[after.view]}: they don't "
            "read alike."
        )
    if before.versions.get("pose") != after.versions.get("pose"):
        return "The two clips were read by different pose models: read them again with one."
    calibrations = before.versions.get("calibration"), after.versions.get("calibration")
    if calibrations[0] != calibrations[1]:
        return (
            f"The two clips were told back to the truth by different calibrations "
            f"({calibrations[0]}, {calibrations[1]}), so their degrees differ without you: measure "
            "the older file again."
        )
    return None


def _stood_differently(before: SquatAnalysis, after: SquatAnalysis) -> str | None:
    stances = _stances(before), _stances(after)
    if not all(stances) or stances[0] == stances[1]:
        return None
    return (
        "The squats of one clip are on one leg, those of the other on both: film the same for both."
    )


def _stances(squats: SquatAnalysis) -> set[bool]:
    """Return whether the repetitions are on one leg; both answers where they are mixed."""
    return {repetition.on is not None for repetition in squats.repetitions}


def _changes(
    before: Mapping[Name, Measure],
    after: Mapping[Name, Measure],
    smallest: Mapping[Name, float | None],
    reason: str | None,
) -> dict[Name, Change]:
    return {
        measure: _change(
            before.get(measure, _NOT_SEEN), after.get(measure, _NOT_SEEN), least, reason
        )
        for measure, least in smallest.items()
    }


def _change(before: Measure, after: Measure, smallest: float | None, reason: str | None) -> Change:
    return Change(
        before=before,
        after=after,
        change=_subtracted(before, after, reason),
        smallest=smallest,
    )


def _subtracted(before: Measure, after: Measure, reason: str | None) -> Measure:
    if reason is not None:
        return Unknown(reason=reason)
    if before == after and isinstance(before, Unknown):
        return before
    if isinstance(before, Unknown):
        return Unknown(reason=f"In the first clip: {before.reason}")
    if isinstance(after, Unknown):
        return Unknown(reason=f"In the second clip: {after.reason}")
    return Measured(
        value=after.value - before.value,
        error=(before.error**2 + after.error**2) ** 0.5,
        n=min(before.n, after.n),
    )
