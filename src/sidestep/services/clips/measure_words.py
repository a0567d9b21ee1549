"""The measures of a clip in a runner's words; which of them a clip has is not decided here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.squat_analysis import SquatMeasure
from sidestep.domain.vocabulary.evidence import Basis, Parameter
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measure, Measured, Unknown
from sidestep.services.clips.measure_document import rounded

MeasureName = RunMeasure | SquatMeasure


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How a measure is called and explained.

    ``more`` and ``less`` are what a positive and a negative value mean, empty where the sign says
    nothing to a runner.
    """

    title: str
    explains: str
    unit: str
    more: str = ""
    less: str = ""


def _furthest_in(words: Words) -> Words:
    return replace(words, title=f"{words.title}, furthest in on the way")


_THIGH = Words(
    title="Thigh towards the midline",
    explains="How far the thigh leans in from hip to knee while you stand on that leg.",
    unit="°",
    more="in",
    less="out",
)
_BEND = Words(
    title="Bend of the leg at the knee, from this view",
    explains=(
        "The angle between thigh and lower leg in the picture. Hip, knee and how far you bend all "
        "go into it, so take it as a rough hint."
    ),
    unit="°",
    more="in",
    less="out",
)
_OVER_FOOT = Words(
    title="Knee over the foot",
    explains=(
        "How far the knee is inside or outside a line straight up from the foot, in per cent of "
        "the lower leg's length: 10 % of 40 cm is 4 cm."
    ),
    unit=" %",
    more="inside",
    less="outside",
)

WORDS: Mapping[MeasureName, Words] = {
    RunMeasure.FEMORAL_ADDUCTION: _THIGH,
    RunMeasure.FPPA: _BEND,
    RunMeasure.KNEE_OVER_FOOT: _OVER_FOOT,
    RunMeasure.KNEE_GAP: Words(
        title="Window between the knees",
        explains="The gap between the knees in mid-stance, in per cent of the lower leg.",
        unit=" %",
    ),
    RunMeasure.STEP_WIDTH: Words(
        title="Step width",
        explains="How far apart the feet land, in per cent of the leg; below 0 they cross.",
        unit=" %",
    ),
    RunMeasure.TRUNK_LEAN: Words(
        title="Trunk to the side",
        explains="How far the trunk leans over the standing leg.",
        unit="°",
        more="over the leg",
        less="away from the leg",
    ),
    RunMeasure.KNEE_FLEXION: Words(
        title="Bend of the standing knee",
        explains="How much the knee is bent in mid-stance, seen from the side.",
        unit="°",
    ),
    RunMeasure.OVERSTRIDE: Words(
        title="Foot ahead of the hip",
        explains="How far ahead of the hip the foot lands, in per cent of the leg.",
        unit=" %",
    ),
    RunMeasure.TRUNK_LEAN_FORWARD: Words(
        title="Trunk forwards",
        explains="How far the trunk leans forwards.",
        unit="°",
    ),
    SquatMeasure.FPPA: _BEND,
    SquatMeasure.FPPA_WORST: replace(
        _furthest_in(_BEND),
        explains=f"{_BEND.explains} Taken while the knee is bent enough for it and not too much.",
    ),
    SquatMeasure.KNEE_OVER_FOOT: _OVER_FOOT,
    SquatMeasure.KNEE_OVER_FOOT_WORST: _furthest_in(_OVER_FOOT),
    SquatMeasure.KNEE_TO_ANKLE_GAP: Words(
        title="Knees against ankles",
        explains=(
            "How far apart the knees are, set against the ankles: at 1 just as far, below 1 closer "
            "together."
        ),
        unit="",
    ),
    SquatMeasure.DEPTH: Words(
        title="Depth",
        explains="How far the hips go down, in per cent of the leg.",
        unit=" %",
    ),
}


_OF_BOTH_LEGS = frozenset({SquatMeasure.KNEE_TO_ANKLE_GAP})
"""One value of both legs together."""


def in_words(name: MeasureName, value: float, *, signed: bool = False) -> str:
    """Return a value with its unit, a true minus sign, and a plus where asked for."""
    decimals = 2 if not WORDS[name].unit else 1
    # As it is kept: a page that words the kept value again must say the same.
    value = rounded(value)
    text = f"{value:+.{decimals}f}" if signed else f"{value:.{decimals}f}"
    return text.replace("-", "−") + WORDS[name].unit


def change_in_words(name: MeasureName, change: float) -> str:
    """Return how much a value grew or fell, and which way: ``4.9° further out``."""
    amount = in_words(name, abs(change))
    words = WORDS[name]
    towards = words.more if change >= 0 else words.less
    if towards:
        return f"{amount} further {towards}"
    return f"{amount} more" if change >= 0 else f"{amount} less"


def side_in_words(name: MeasureName, measure: Measured) -> str:
    """Return ``5.2° in (± 1.4°)``."""
    words = WORDS[name]
    error = in_words(name, measure.error)
    direction = words.more if measure.value >= 0 else words.less
    nothing = in_words(name, 0.0)
    if in_words(name, abs(measure.value)) == nothing:
        return f"{nothing} (± {error})"
    if not direction:
        return f"{in_words(name, measure.value)} (± {error})"
    return f"{in_words(name, abs(measure.value))} {direction} (± {error})"


def sides_in_words(name: MeasureName, sides: Mapping[Side, Measure | None]) -> str:
    """Return the values of both sides in one sentence, then why one has none.

    Sides with the same value are said once.
    """
    texts = {
        side: side_in_words(name, measure)
        for side, measure in sides.items()
        if isinstance(measure, Measured)
    }
    said = [_values_in_words(name, texts)] if texts else []
    for side, measure in sides.items():
        if isinstance(measure, Unknown):
            said += [f"The {side.value} leg was not measured.", measure.reason]
    return " ".join(said)


def _values_in_words(name: MeasureName, texts: Mapping[Side, str]) -> str:
    if len(set(texts.values())) == 1 and len(texts) == len(Side):
        both = next(iter(texts.values()))
        return f"Here it is {both}." if name in _OF_BOTH_LEGS else f"Both sides {both}."
    said = "; ".join(f"{side.value} {text}" for side, text in texts.items())
    return f"{said[:1].upper()}{said[1:]}."


def clear_from(difference: Measured, smallest: Parameter | None) -> float:
    """Return what left and right must differ by: the error, and the smallest change that counts."""
    return max(difference.error, smallest.value if smallest else 0.0)


def difference_in_words(name: MeasureName, difference: Measured, smallest: Parameter | None) -> str:
    """Say by how much the sides differ, and whether anything can be rested on it.

    Parameters
    ----------
    smallest
        The smallest change of the measure that counts, in its unit, and whose limit that is.
    """
    apart = abs(difference.value)
    said = f"Left and right differ by {in_words(name, apart)}."
    error = in_words(name, difference.error)
    if smallest is None or smallest.value <= difference.error or apart <= difference.error:
        able = f"the {error} that measuring alone can make"
        if apart > difference.error:
            return f"{said} That is a clear difference: more than {able}."
        return f"{said} That is too little to mean anything: less than {able}."
    limit = in_words(name, smallest.value)
    whose = (
        f"the {limit} that we ask for out of caution, as nothing is in print"
        if is_our_own(smallest)
        else f"the {limit} that legs differ by from day to day"
    )
    if apart > smallest.value:
        return f"{said} That is a clear difference: more than {whose}."
    return f"{said} That is nothing to rest anything on: less than {whose}."


def is_our_own(smallest: Parameter | None) -> bool:
    """Whether a smallest change that counts is our own caution, because none is in print."""
    return smallest is not None and smallest.backing.basis is Basis.DESIGN
