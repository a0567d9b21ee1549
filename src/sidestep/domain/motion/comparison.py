"""Two running clips of one person, one against the other: what changed beyond doubt."""

from collections.abc import Mapping
from dataclasses import dataclass

from sidestep.domain.motion.run_analysis import RunAnalysis, RunMeasure
from sidestep.domain.vocabulary.evidence import Parameters
from sidestep.domain.vocabulary.parameters import number_of
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measure, Measured, Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One measure in two clips.

    Attributes
    ----------
    before, after
        As each clip gave it.
    change
        After minus before, with the errors of both.
    is_clear
        The change exceeds both errors together and the smallest real change in print.
    """

    before: Measure
    after: Measure
    change: Measure
    is_clear: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RunComparison:
    """What changed from one running clip to another.

    Attributes
    ----------
    reason
        Why the two cannot be compared at all; ``None`` where they can.
    difference
        Left minus right of the one against left minus right of the other.
    """

    reason: str | None
    cadence_spm: Change
    sides: Mapping[Side, Mapping[RunMeasure, Change]]
    difference: Mapping[RunMeasure, Change]


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
    measures = [
        measure
        for measure in RunMeasure
        if any(measure in run.sides[side].measures for run in (before, after) for side in Side)
    ]
    return RunComparison(
        reason=reason,
        cadence_spm=_change(
            before.cadence_spm,
            after.cadence_spm,
            number_of(parameters, "real_change_cadence_spm"),
            None,
        ),
        sides={
            side: {
                measure: _change(
                    before.sides[side].measures.get(measure, _NOT_SEEN),
                    after.sides[side].measures.get(measure, _NOT_SEEN),
                    number_of(parameters, f"real_change_{measure}"),
                    reason,
                )
                for measure in measures
            }
            for side in Side
        },
        difference={
            measure: _change(
                before.difference.get(measure, _NOT_SEEN),
                after.difference.get(measure, _NOT_SEEN),
                number_of(parameters, f"real_change_{measure}"),
                reason,
            )
            for measure in measures
        },
    )


_NOT_SEEN = Unknown(reason="It can't be seen from where this clip was filmed.")


def _not_comparable(before: RunAnalysis, after: RunAnalysis) -> str | None:
    if before.view is None or after.view is None:
        return "It isn't clear from where one of the clips was filmed."
    if before.view is not after.view:
        return (
            f"One clip was filmed from the {before.view.value}, the other from the "
            f"{after.view.value}: they don't read alike."
        )
    if before.versions.get("pose") != after.versions.get("pose"):
        return "The two clips were read by different pose models: read them again with one."
    return None


def _change(before: Measure, after: Measure, smallest: float, reason: str | None) -> Change:
    change = _subtracted(before, after, reason)
    return Change(
        before=before,
        after=after,
        change=change,
        is_clear=isinstance(change, Measured) and abs(change.value) > max(change.error, smallest),
    )


def _subtracted(before: Measure, after: Measure, reason: str | None) -> Measure:
    if reason is not None:
        return Unknown(reason=reason)
    if isinstance(before, Unknown):
        return before
    if isinstance(after, Unknown):
        return after
    return Measured(
        value=after.value - before.value,
        error=(before.error**2 + after.error**2) ** 0.5,
        n=min(before.n, after.n),
    )
