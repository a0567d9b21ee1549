"""What a clip told, in plain words: no verdict, no odds, the person against herself.

How sure a sentence is stands beside it; the numbers behind it are in the document.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sidestep.domain.motion.comparison import smallest_change_of_squats
from sidestep.domain.motion.quality import Quality
from sidestep.domain.motion.run_analysis import Drift, RunAnalysis, RunMeasure
from sidestep.domain.motion.squat_analysis import SquatAnalysis, SquatMeasure
from sidestep.domain.vocabulary.evidence import Backing, Basis, Parameter
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measure, Measured, Unknown
from sidestep.services.clips.clip_headline import (
    inside_only_on_the_way,
    run_headline,
    squat_headline,
)
from sidestep.services.clips.measure_words import (
    WORDS,
    change_in_words,
    difference_in_words,
    in_words,
    is_our_own,
    sides_in_words,
)
from sidestep.services.knowledge.backing_document import backing_document
from sidestep.services.ports import Knowledge

CANNOT_TELL = (
    "what the knee joint does inside: a picture shows where thigh and lower leg lie, not how the "
    "bones turn",
    "how far the pelvis drops: the points found on the hips do not follow it",
    "forces, how hard you land, and how the foot rolls in",
    "how long the foot is on the ground",
    "whether you will be injured, or what hurts: movement told neither in studies",
)
"""What one camera cannot measure, said under every result, earlier ones included."""

_FROM_BEHIND = (RunMeasure.FEMORAL_ADDUCTION, RunMeasure.KNEE_OVER_FOOT, RunMeasure.FPPA)
_FROM_THE_SIDE = (RunMeasure.KNEE_FLEXION, RunMeasure.OVERSTRIDE, RunMeasure.TRUNK_LEAN_FORWARD)
_OVER_THE_CLIP = (RunMeasure.FEMORAL_ADDUCTION, RunMeasure.KNEE_OVER_FOOT)
_SQUAT = (SquatMeasure.KNEE_OVER_FOOT, SquatMeasure.FPPA, SquatMeasure.KNEE_TO_ANKLE_GAP)
_OWN = Backing(basis=Basis.DESIGN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing the clip told, and what it stands on."""

    title: str
    says: str
    backing: Backing = _OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipSummary:
    """A clip in plain words: one line, then the points, then how to film it better.

    ``do_now`` is what to do with this very clip, empty where only another one helps.
    """

    headline: str
    points: tuple[Point, ...]
    film_better: tuple[str, ...]
    do_now: tuple[str, ...] = ()


def summarise_run(analysis: RunAnalysis, knowledge: Knowledge) -> ClipSummary:
    """Say what a running clip told."""
    if not analysis.quality.is_usable:
        return _unusable(analysis.quality)
    shown = [
        name
        for name in _told_of_run(analysis)
        if any(isinstance(leg.measures.get(name), Measured) for leg in analysis.sides.values())
    ]
    smallest = {
        name: parameter
        for name in RunMeasure
        if (parameter := knowledge.motion.get(f"real_change_{name}"))
    }
    points = [
        _measure_point(
            name,
            {side: leg.measures.get(name) for side, leg in analysis.sides.items()},
            analysis.difference.get(name),
            smallest.get(name),
        )
        for name in shown
    ]
    return ClipSummary(
        headline=run_headline(analysis, smallest),
        points=(
            *points,
            *_drift_points(analysis, smallest),
            *_cadence(analysis),
            *_caution(knowledge, is_measured=bool(points)),
        ),
        film_better=_hints(analysis.quality),
    )


def _told_of_run(analysis: RunAnalysis) -> tuple[RunMeasure, ...]:
    """Return the measures that are told; how far apart the feet land only where they cross."""
    widths = [leg.measures.get(RunMeasure.STEP_WIDTH) for leg in analysis.sides.values()]
    crosses = any(isinstance(width, Measured) and width.value < 0 for width in widths)
    crossing = (RunMeasure.STEP_WIDTH,) if crosses else ()
    return (*_FROM_BEHIND, *crossing, *_FROM_THE_SIDE)


def summarise_squat(analysis: SquatAnalysis, knowledge: Knowledge) -> ClipSummary:
    """Say what a squat clip told."""
    if not analysis.quality.is_usable:
        return _unusable(analysis.quality)
    points = [
        _measure_point(
            name,
            {side: analysis.sides[side].get(name) for side in _squatting(analysis)},
            analysis.difference.get(name),
            smallest_change_of_squats(name, analysis, knowledge.motion),
        )
        for name in _told_of_squats(analysis)
        if any(isinstance(leg.get(name), Measured) for leg in analysis.sides.values())
    ]
    return ClipSummary(
        headline=squat_headline(analysis),
        points=(*points, *_caution(knowledge, is_measured=bool(points))),
        film_better=_hints(analysis.quality),
    )


def _told_of_squats(analysis: SquatAnalysis) -> tuple[SquatMeasure, ...]:
    """Return the measures that are told, with what the headline rests on."""
    if inside_only_on_the_way(analysis):
        return (SquatMeasure.KNEE_OVER_FOOT_WORST, *_SQUAT)
    return _SQUAT


def summary_document(summary: ClipSummary, knowledge: Knowledge) -> dict[str, Any]:
    """Return the summary as it is stored and read by other programs."""
    return {
        "headline": summary.headline,
        "points": [
            {
                "title": point.title,
                "says": point.says,
                **backing_document(point.backing, knowledge.sources),
            }
            for point in summary.points
        ],
        "do_now": list(summary.do_now),
        "film_better": list(summary.film_better),
        "cannot_tell": list(CANNOT_TELL),
    }


def _unusable(quality: Quality) -> ClipSummary:
    reasons = (problem.message for problem in quality.problems if problem.is_fatal)
    return ClipSummary(
        headline="This clip cannot be measured, so there is no number.",
        points=(Point(title="Why", says=" ".join(reasons)),),
        film_better=_hints(quality),
        do_now=tuple(each.hint for each in quality.problems if each.helps_now),
    )


def _hints(quality: Quality) -> tuple[str, ...]:
    """Say how to film better, and what for where no refusal says it."""
    return tuple(
        dict.fromkeys(
            problem.hint if problem.is_fatal else f"{problem.message} {problem.hint}"
            for problem in quality.problems
            if not problem.helps_now
        )
    )


def _squatting(analysis: SquatAnalysis) -> list[Side]:
    """Return the legs that squatted: of one that never did nothing can be missing."""
    return [
        side for side in Side if any(each.on is not side.other for each in analysis.repetitions)
    ]


def _measure_point(
    name: RunMeasure | SquatMeasure,
    sides: Mapping[Side, Measure | None],
    difference: Measure | None,
    smallest: Parameter | None,
) -> Point:
    words = WORDS[name]
    says = f"{words.explains} {sides_in_words(name, sides)}"
    if isinstance(difference, Measured):
        says += f" {difference_in_words(name, difference, smallest)}"
    return Point(title=words.title, says=says, backing=smallest.backing if smallest else _OWN)


def _drift_points(
    analysis: RunAnalysis, smallest: Mapping[RunMeasure, Parameter]
) -> Iterator[Point]:
    untold: dict[str, None] = {}
    for name in _OVER_THE_CLIP:
        found = {side: drifts[name] for side, drifts in analysis.drift.items() if name in drifts}
        if any(isinstance(drift, Drift) for drift in found.values()):
            yield Point(
                title=f"Fresh against tired: {WORDS[name].title.lower()}",
                says=" ".join(
                    _drift_in_words(name, side, drift, smallest.get(name))
                    for side, drift in found.items()
                ),
            )
        else:
            untold |= {each.reason: None for each in found.values() if isinstance(each, Unknown)}
    if untold:
        yield Point(title="Fresh against tired", says=" ".join(untold))


def _drift_in_words(
    name: RunMeasure, side: Side, drift: Drift | Unknown, smallest: Parameter | None
) -> str:
    if isinstance(drift, Unknown):
        return f"Of the {side.value} leg no change can be told. {drift.reason}"
    error = in_words(name, drift.error)
    if in_words(name, abs(drift.change)) == in_words(name, 0.0):
        return f"{side.value.capitalize()} the same from start to end (± {error})."
    change = change_in_words(name, drift.change)
    said = f"{side.value.capitalize()} {change} at the end (± {error})"
    if drift.is_clear:
        by_whom = ", by our own caution" if is_our_own(smallest) else ""
        return f"{said}: a clear change{by_whom}."
    if abs(drift.change) <= drift.error:
        return f"{said}: smaller than its error, so it means nothing."
    if smallest is not None and is_our_own(smallest):
        limit = in_words(name, smallest.value)
        return (
            f"{said}: nothing to rest anything on, as it is less than the {limit} that we ask for "
            "out of caution."
        )
    return f"{said}: nothing to rest anything on, as legs differ by as much from day to day."


def _cadence(analysis: RunAnalysis) -> Iterator[Point]:
    cadence = analysis.cadence_spm
    if isinstance(cadence, Measured):
        yield Point(
            title="Cadence",
            says=f"{cadence.value:.0f} steps a minute, both feet (± {cadence.error:.1f}).",
        )
    elif isinstance(cadence, Unknown):
        yield Point(title="Cadence", says=cadence.reason)


def _caution(knowledge: Knowledge, *, is_measured: bool) -> Iterator[Point]:
    """Say, with its sources, that none of what was measured foretells an injury."""
    if is_measured:
        myth = next(each for each in knowledge.myths if each.id == "knees_in_tell_who_gets_hurt")
        yield Point(title="What it is good for", says=myth.says, backing=myth.backing)
