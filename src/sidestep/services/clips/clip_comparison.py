"""Two kept clips side by side as a page shows them; what is a change is decided elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.squat_analysis import SquatMeasure
from sidestep.domain.vocabulary.side import Side
from sidestep.errors import InputError
from sidestep.services.clips.compare_clips import MUST_BE_THE_SAME, compare_kept
from sidestep.services.clips.measure_words import WORDS, MeasureName, in_words
from sidestep.services.ports import Knowledge, StoredDocument
from sidestep.services.ports.report_pages import SideValue
from sidestep.services.report.report_clip_values import side_value


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedLeg:
    """One measure of one leg in both clips.

    Attributes
    ----------
    side
        ``None`` for a measure that both legs share.
    is_clear
        ``None`` when nobody published from which change on it would be.
    """

    side: Side | None
    before: SideValue
    after: SideValue
    change: str
    is_clear: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedMeasure:
    """One measure in both clips."""

    name: MeasureName
    title: str
    legs: tuple[ComparedLeg, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipsCompared:
    """Two clips of a kind; ``measures`` is empty where they cannot be compared.

    ``our_own_limits`` are the titles of what is held against our own caution, nothing being in
    print.
    """

    before: StoredDocument
    after: StoredDocument
    summary: tuple[str, ...]
    must_be_the_same: str
    our_own_limits: tuple[str, ...]
    measures: tuple[ComparedMeasure, ...]

    @property
    def verdicts(self) -> frozenset[bool | None]:
        """Whether each change is clear, all of them together."""
        return frozenset(leg.is_clear for measure in self.measures for leg in measure.legs)


def compare_for_page(
    one: StoredDocument, other: StoredDocument, knowledge: Knowledge
) -> ClipsCompared:
    """Compare two clips, the older one first.

    Raises
    ------
    InputError
        They are one and the same, or a run and squats.
    """
    if one.id == other.id:
        raise InputError("a clip cannot be compared with itself", hint="Choose two clips.")
    if one.kind != other.kind:
        raise InputError(
            "a run and squats cannot be compared", hint="Choose two runs, or two clips of squats."
        )
    before, after = sorted((one, other), key=lambda each: each.made_at)
    compared = compare_kept(before, after, knowledge)
    names = RunMeasure if compared["kind"] == "run" else SquatMeasure
    return ClipsCompared(
        before=before,
        after=after,
        summary=tuple(compared["summary"]),
        must_be_the_same=MUST_BE_THE_SAME[compared["kind"]] if compared["comparable"] else "",
        our_own_limits=tuple(compared["our_own_limits"]) if compared["comparable"] else (),
        measures=tuple(
            measure
            for name in names
            if compared["comparable"] and (measure := _measure(name, compared)).legs
        ),
    )


def only(names: Sequence[MeasureName], compared: ClipsCompared) -> ClipsCompared:
    """Return a comparison with some of its measures, in their order."""
    by_name = {each.name: each for each in compared.measures}
    chosen = tuple(by_name[name] for name in names if name in by_name)
    return replace(compared, measures=chosen)


def _measure(name: MeasureName, compared: Mapping[str, Any]) -> ComparedMeasure:
    return ComparedMeasure(name=name, title=WORDS[name].title, legs=tuple(_legs(name, compared)))


def _legs(name: MeasureName, compared: Mapping[str, Any]) -> Iterator[ComparedLeg]:
    changes = {side: compared[side.value].get(name.value) for side in Side}
    known = {
        side: change
        for side, change in changes.items()
        if change is not None and change["change"]["value"] is not None
    }
    if len(known) == len(Side) and known[Side.LEFT] == known[Side.RIGHT]:
        yield _leg(name, None, known[Side.LEFT])
        return
    for side, change in known.items():
        yield _leg(name, side, change)


def _leg(name: MeasureName, side: Side | None, change: Mapping[str, Any]) -> ComparedLeg:
    amount = in_words(name, change["change"]["value"], signed=True)
    return ComparedLeg(
        side=side,
        before=side_value(name, change["before"]),
        after=side_value(name, change["after"]),
        change=f"{amount} ± {in_words(name, change['change']['error'])}",
        is_clear=change["clear"],
    )
