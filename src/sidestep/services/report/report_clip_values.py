"""The measures of a kept clip as a page shows them, in words and with their error."""

from collections.abc import Iterator, Mapping
from typing import Any

from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.squat_analysis import SquatMeasure
from sidestep.domain.vocabulary.side import Side
from sidestep.services.clips.measure_words import WORDS, MeasureName, in_words
from sidestep.services.ports.report_pages import ClipRow, Row, SideValue

_CLINICAL: Mapping[MeasureName, str] = {
    RunMeasure.FEMORAL_ADDUCTION: "Femoral adduction",
    RunMeasure.FPPA: "FPPA",
    RunMeasure.KNEE_OVER_FOOT: "Knee over foot",
    RunMeasure.KNEE_GAP: "Knee gap",
    RunMeasure.STEP_WIDTH: "Step width",
    RunMeasure.TRUNK_LEAN: "Trunk lean, frontal",
    RunMeasure.KNEE_FLEXION: "Knee flexion, mid-stance",
    RunMeasure.OVERSTRIDE: "Overstride",
    RunMeasure.TRUNK_LEAN_FORWARD: "Trunk lean, sagittal",
    SquatMeasure.FPPA_WORST: "FPPA, furthest in",
    SquatMeasure.KNEE_OVER_FOOT_WORST: "Knee over foot, furthest in",
    SquatMeasure.KNEE_TO_ANKLE_GAP: "Knee gap over ankle gap",
    SquatMeasure.DEPTH: "Depth",
}
"""A squat's FPPA and knee over foot have the names of a run's, and so their words."""


def measures_in(content: Mapping[str, Any]) -> tuple[MeasureName, ...]:
    """Return the measures that a clip tells of, measured or not, in their usual order."""
    names: tuple[MeasureName, ...] = tuple(RunMeasure if content["kind"] == "run" else SquatMeasure)
    return tuple(name for name in names if any(name in content[side.value] for side in Side))


def title_of(name: MeasureName, *, for_clinician: bool = False) -> str:
    """Return what a measure is called by a runner or by a clinician."""
    return _CLINICAL[name] if for_clinician else WORDS[name].title


def side_value(name: MeasureName, measure: Mapping[str, Any] | None) -> SideValue:
    """Return a measure of one leg, such as ``5.2° in`` and ``± 1.4°``."""
    if measure is None or measure["value"] is None:
        return SideValue()
    value, error = float(measure["value"]), float(measure["error"])
    return SideValue(
        says=_with_direction(name, value),
        give_or_take=f"± {in_words(name, error)}",
        n=int(measure["n"]),
        value=value,
        error=error,
    )


def _with_direction(name: MeasureName, value: float) -> str:
    words = WORDS[name]
    amount = in_words(name, abs(value))
    if not words.more:
        return in_words(name, value)
    if amount == in_words(name, 0.0):
        return amount
    return f"{amount} {words.more if value > 0 else words.less}"


def clip_rows(content: Mapping[str, Any], *, for_clinician: bool) -> tuple[ClipRow, ...]:
    """Return a row for every measure that was measured on at least one leg."""
    return tuple(
        ClipRow(
            title=title_of(name, for_clinician=for_clinician),
            left=side_value(name, content["left"].get(name)),
            right=side_value(name, content["right"].get(name)),
            difference=_difference(name, content["difference"].get(name)),
            change=tuple(_changes(name, content)),
        )
        for name in measures_in(content)
        if any(_is_known(content[side.value].get(name)) for side in Side)
    )


def not_measured(content: Mapping[str, Any], *, for_clinician: bool) -> tuple[Row, ...]:
    """Return what could not be measured, with the reason; one row for all of one reason.

    A leg of which nothing was measured, as in squats on the other one, is named as a whole.
    """
    left_out = _legs_left_out(content)
    titles: dict[str, list[str]] = {}
    for name in measures_in(content):
        for reason, legs in _reasons(name, content).items():
            if legs in left_out:
                titles[reason] = [f"The {legs[0]} leg"]
                continue
            title = title_of(name, for_clinician=for_clinician)
            titles.setdefault(reason, []).append(
                title if len(legs) == len(Side) else f"{title}, {legs[0]}"
            )
    return tuple(Row(label="; ".join(named), value=reason) for reason, named in titles.items())


def _legs_left_out(content: Mapping[str, Any]) -> list[list[str]]:
    """Return each leg of which nothing was measured, if both were looked at."""
    names = measures_in(content)
    asked = [side for side in Side if content[side.value]]
    if len(asked) < len(Side):
        return []
    return [
        [side.value]
        for side in asked
        if not any(_is_known(content[side.value].get(name)) for name in names)
    ]


def corrections(content: Mapping[str, Any]) -> tuple[str, ...]:
    """Return everything that was taken out of any measure, each once."""
    return tuple(
        dict.fromkeys(
            said
            for side in Side
            for name in measures_in(content)
            for said in (content[side.value].get(name) or {}).get("corrected_for", ())
        )
    )


def _is_known(measure: Mapping[str, Any] | None) -> bool:
    return measure is not None and measure["value"] is not None


def _reasons(name: MeasureName, content: Mapping[str, Any]) -> dict[str, list[str]]:
    reasons: dict[str, list[str]] = {}
    for side in Side:
        measure = content[side.value].get(name)
        if measure is not None and measure["value"] is None:
            reasons.setdefault(measure["reason"], []).append(side.value)
    return reasons


def _difference(name: MeasureName, measure: Mapping[str, Any] | None) -> SideValue:
    if measure is None or measure["value"] is None:
        return SideValue()
    value, error = float(measure["value"]), float(measure["error"])
    return SideValue(
        says=in_words(name, value, signed=True),
        give_or_take=f"± {in_words(name, error)}",
        n=int(measure["n"]),
        value=value,
        error=error,
    )


def _changes(name: MeasureName, content: Mapping[str, Any]) -> Iterator[Row]:
    for side in Side:
        drift = content.get("drift", {}).get(side.value, {}).get(name)
        if drift is not None and drift["change"] is not None:
            change = in_words(name, drift["change"], signed=True)
            error = in_words(name, drift["error"])
            clear = "clear" if drift["clear"] else "too small"
            yield Row(label=side.letter, value=f"{change} ± {error}, {clear}")
