"""The one or two sentences above a clip: the knee over the foot first, the thigh by its name.

They answer what a person asks first (does my knee leave the line over the foot, on which side,
does it change as I tire) from the same values as the cards below, so they never say otherwise.
"""

from collections.abc import Iterator, Mapping

from sidestep.domain.motion.run_analysis import Drift, RunAnalysis, RunMeasure
from sidestep.domain.motion.squat_analysis import SquatAnalysis, SquatMeasure
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.evidence import Parameter
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measure, Measured
from sidestep.services.clips.measure_words import clear_from, in_words

HERE_IS_WHAT = "Here is what this clip can tell."

_KNEE = RunMeasure.KNEE_OVER_FOOT
_THIGH = RunMeasure.FEMORAL_ADDUCTION
_BEND = RunMeasure.KNEE_FLEXION
_TRUNK = RunMeasure.TRUNK_LEAN_FORWARD
_OVER_THE_CLIP = (_KNEE, _THIGH)


def run_headline(analysis: RunAnalysis, smallest: Mapping[RunMeasure, Parameter]) -> str:
    """Return what a running clip tells first.

    Parameters
    ----------
    smallest
        The smallest real change of each measure that has one, in its unit.
    """
    clear = {
        name: difference.value
        for name, difference in analysis.difference.items()
        if isinstance(difference, Measured)
        and abs(difference.value) > clear_from(difference, smallest.get(name))
    }
    knees = _knees_of_run(
        {side: leg.measures.get(_KNEE) for side, leg in analysis.sides.items()}, clear.get(_KNEE)
    )
    if analysis.view is View.SIDE:
        return " ".join(_from_aside(analysis)) or HERE_IS_WHAT
    second = next(_seconds(analysis, clear), "")
    return " ".join(filter(None, (knees, second))) or HERE_IS_WHAT


def squat_headline(analysis: SquatAnalysis) -> str:
    """Return what a squat clip tells first: the knees at the bottom, or else on the way there."""
    offsets = _of_squats(analysis, SquatMeasure.KNEE_OVER_FOOT)
    if not offsets:
        return HERE_IS_WHAT
    inside = _inside(offsets)
    if len(inside) == len(Side):
        return "Both knees go inside the line over the foot at the bottom of your squat."
    if inside:
        return f"Your {inside[0].value} knee goes inside the line over the foot in your squat."
    passing = inside_only_on_the_way(analysis)
    if passing:
        who = "Both knees go" if len(passing) > 1 else f"Your {passing[0].value} knee goes"
        return (
            f"{who} inside the line over the foot on the way, but not clearly at the bottom of "
            "your squat."
        )
    if len(offsets) < len(Side):
        return _only_one(offsets)
    return "Neither knee clearly goes inside the line over the foot in your squat."


def inside_only_on_the_way(analysis: SquatAnalysis) -> list[Side]:
    """Return the knees that go inside on the way, where neither does at the bottom."""
    if _inside(_of_squats(analysis, SquatMeasure.KNEE_OVER_FOOT)):
        return []
    return _inside(_of_squats(analysis, SquatMeasure.KNEE_OVER_FOOT_WORST))


def _of_squats(analysis: SquatAnalysis, name: SquatMeasure) -> dict[Side, Measured]:
    return _measured({side: leg.get(name) for side, leg in analysis.sides.items()})


def _knees_of_run(sides: Mapping[Side, Measure | None], clear: float | None) -> str:
    """Say which knees go inside; ``clear`` is left minus right where they clearly differ."""
    offsets = _measured(sides)
    if not offsets:
        return ""
    inside = _inside(offsets)
    if len(offsets) < len(Side):
        return (
            f"Your {inside[0].value} knee goes inside the line over the foot."
            if inside
            else _only_one(offsets)
        )
    more = None if clear is None else Side.LEFT if clear > 0 else Side.RIGHT
    if len(inside) == len(Side):
        how_much = "" if more is None else f", the {more.value} one clearly further"
        return f"Both knees go inside the line over the foot{how_much}."
    if inside:
        (side,) = inside
        return (
            f"Your {side.value} knee goes inside the line over the foot, your {side.other.value} "
            "one not clearly."
        )
    if more is not None:
        return (
            "Neither knee clearly goes inside the line over the foot, but the "
            f"{more.value} one stands clearly further in."
        )
    return "Neither knee clearly goes inside the line over the foot."


def _from_aside(analysis: RunAnalysis) -> Iterator[str]:
    """Say how far the standing knee bends and the trunk leans, of the leg that is measured."""
    bends = _measured({side: leg.measures.get(_BEND) for side, leg in analysis.sides.items()})
    for side, bend in bends.items():
        yield (
            f"Your {side.value} knee is bent {in_words(_BEND, bend.value)} "
            f"(± {in_words(_BEND, bend.error)}) while you stand on it."
        )
    leans = _measured({side: leg.measures.get(_TRUNK) for side, leg in analysis.sides.items()})
    lean = next((leans[side] for side in (*bends, *leans) if side in leans), None)
    if lean is None:
        return
    if abs(lean.value) <= lean.error:
        yield "Your trunk does not clearly lean forwards or backwards."
    else:
        yield (
            f"Your trunk leans {in_words(_TRUNK, abs(lean.value))} "
            f"{'forwards' if lean.value > 0 else 'backwards'} (± {in_words(_TRUNK, lean.error)})."
        )


def _measured(sides: Mapping[Side, Measure | None]) -> dict[Side, Measured]:
    return {side: each for side, each in sides.items() if isinstance(each, Measured)}


def _inside(offsets: Mapping[Side, Measured]) -> list[Side]:
    return [side for side, offset in offsets.items() if offset.value > offset.error]


def _only_one(offsets: Mapping[Side, Measured]) -> str:
    (side,) = offsets
    return f"Your {side.value} knee does not clearly go inside the line over the foot."


def _seconds(analysis: RunAnalysis, clear: Mapping[RunMeasure, float]) -> Iterator[str]:
    """Give what may stand second, what matters most first."""
    changes = {name: dict(_clear_changes(analysis, name)) for name in _OVER_THE_CLIP}
    if changes[_KNEE]:
        yield _change_of_knees(changes[_KNEE])
    if changes[_THIGH]:
        yield _change_of_thighs(changes[_THIGH])
    if _THIGH in clear:
        more = Side.LEFT if clear[_THIGH] > 0 else Side.RIGHT
        yield f"Your {more.value} thigh leans in more than your {more.other.value}."
    if _told_of_change(analysis):
        yield "No clear change over the clip."
    if not clear and isinstance(analysis.difference.get(_THIGH), Measured):
        yield "No clear difference between left and right."


def _clear_changes(analysis: RunAnalysis, name: RunMeasure) -> Iterator[tuple[Side, float]]:
    for side, drifts in analysis.drift.items():
        drift = drifts.get(name)
        if isinstance(drift, Drift) and drift.is_clear:
            yield side, drift.change


def _change_of_knees(changes: Mapping[Side, float]) -> str:
    ways = {side: "in" if change > 0 else "out" for side, change in changes.items()}
    if len(ways) == 1:
        ((side, way),) = ways.items()
        return f"As you go on, your {side.value} knee moves further {way}."
    if len(set(ways.values())) == 1:
        return f"As you go on, both knees move further {ways[Side.LEFT]}."
    return (
        f"As you go on, your left knee moves further {ways[Side.LEFT]} and your right one further "
        f"{ways[Side.RIGHT]}."
    )


def _change_of_thighs(changes: Mapping[Side, float]) -> str:
    ways = {side: "more" if change > 0 else "less" for side, change in changes.items()}
    if len(ways) == 1:
        ((side, way),) = ways.items()
        return f"As you go on, your {side.value} thigh leans in {way}."
    if len(set(ways.values())) == 1:
        return f"As you go on, both thighs lean in {ways[Side.LEFT]}."
    if changes[Side.LEFT] > 0:
        return "As you go on, your left thigh leans in more and your right one less."
    return "As you go on, your left thigh leans in less and your right one more."


def _told_of_change(analysis: RunAnalysis) -> bool:
    """Whether the clip tells, of both legs, how they changed over it."""
    return all(
        isinstance(drifts.get(name), Drift)
        for drifts in analysis.drift.values()
        for name in _OVER_THE_CLIP
    )
