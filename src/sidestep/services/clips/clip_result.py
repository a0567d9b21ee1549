"""A kept clip as its own page shows it: what it told, step by step, fresh against tired.

What stands on it in words is ``report.clip_page``'s; how it looks, the page's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sidestep import __version__
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.vocabulary.side import Side
from sidestep.services.clips.list_clips import newest_clips_first
from sidestep.services.clips.measure_words import WORDS, in_words
from sidestep.services.clips.said_again import said_again
from sidestep.services.ports import Clock, Knowledge, Store, StoredDocument
from sidestep.services.ports.report_pages import ClipPage, Statement
from sidestep.services.report.clip_page import build_clip_page

OVER_THE_CLIP = "Fresh against tired"
"""How the titles of a clip's points begin that tell of a change over the clip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftOfLeg:
    """One leg in the first and in the last part of a clip; ``says`` is the change in words."""

    side: Side
    early: float
    late: float
    error: float
    says: str
    is_clear: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshAgainstTired:
    """One measure in the first and in the last part of a clip."""

    title: str
    unit: str
    more: str
    less: str
    legs: tuple[DriftOfLeg, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipResult:
    """A kept clip as its page shows it.

    Attributes
    ----------
    page
        ``None`` when the clip could not be measured: then there is no number.
    sayings
        Those of the page that ``drifts`` do not show.
    step_times_s
        When each counted step or squat was, in the clip's own time: of a squat by its number.
    others
        Other measured clips of the same kind, filmed from the same place, newest first.
    """

    clip: StoredDocument
    page: ClipPage | None
    sayings: tuple[Statement, ...]
    drifts: tuple[FreshAgainstTired, ...]
    step_times_s: Mapping[float, float]
    others: tuple[StoredDocument, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    on: date
    knowledge: Knowledge
    program_version: str = __version__


def clip_result(
    clip: StoredDocument, *, store: Store, knowledge: Knowledge, clock: Clock
) -> ClipResult:
    """Return a kept clip as its page shows it, in today's words.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    clip = said_again(clip, knowledge)
    usable = clip.content["quality"]["usable"]
    parts = _Parts(on=clock.today(), knowledge=knowledge)
    shown = build_clip_page(parts, clip) if usable else None
    drifts = tuple(_drifts(clip.content)) if usable else ()
    return ClipResult(
        clip=clip,
        page=shown,
        sayings=()
        if shown is None
        else tuple(
            each for each in shown.sayings if not (drifts and each.title.startswith(OVER_THE_CLIP))
        ),
        drifts=drifts,
        step_times_s=_step_times(clip.content),
        others=tuple(
            each
            for each in newest_clips_first(store, clip.made_at.tzinfo)
            if each.kind == clip.kind
            and each.id != clip.id
            and each.content["quality"]["usable"]
            and each.content["view"] == clip.content["view"]
        ),
    )


def _drifts(content: Mapping[str, Any]) -> Iterator[FreshAgainstTired]:
    by_side = content.get("drift", {})
    for name in RunMeasure:
        told = {side: by_side.get(side.value, {}).get(name.value) for side in Side}
        legs = tuple(
            _drift(name, side, drift)
            for side, drift in told.items()
            if drift is not None and drift["change"] is not None
        )
        if legs:
            words = WORDS[name]
            yield FreshAgainstTired(
                title=words.title, unit=words.unit, more=words.more, less=words.less, legs=legs
            )


def _drift(name: RunMeasure, side: Side, drift: Mapping[str, Any]) -> DriftOfLeg:
    change, error = (in_words(name, drift["change"], signed=True), in_words(name, drift["error"]))
    return DriftOfLeg(
        side=side,
        early=drift["late"] - drift["change"] if drift["early"] is None else drift["early"],
        late=drift["early"] + drift["change"] if drift["late"] is None else drift["late"],
        error=drift["error"],
        says=f"{change} ± {error}",
        is_clear=drift["clear"],
    )


def _step_times(content: Mapping[str, Any]) -> dict[float, float]:
    if content["kind"] == "run":
        return {step["time_s"]: step["time_s"] for step in content["steps"]}
    return {
        float(number): repetition["bottom_s"]
        for number, repetition in enumerate(content["repetitions"], start=1)
    }
