"""A kept session at the mirror as a page shows it; how it is kept is ``mirror_plan``'s."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.vocabulary.side import Side
from sidestep.services.clips.measure_words import WORDS, in_words
from sidestep.services.ports import StoredDocument
from sidestep.services.ports.report_pages import SideValue
from sidestep.services.report.report_clip_values import side_value


@dataclass(frozen=True, slots=True, kw_only=True)
class PartResult:
    """The steps of one leg in one part of a session; ``share_over`` is ``None`` without a limit."""

    n_measured: int
    n_over: int | None
    value: SideValue

    @property
    def share_over(self) -> float | None:
        """Share of the measured steps beyond the limit."""
        if self.n_over is None or not self.n_measured:
            return None
        return self.n_over / self.n_measured


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorPartResult:
    """A part of a session, with the mirror or without."""

    has_feedback: bool
    minutes: float
    sides: Mapping[Side, PartResult]


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorResult:
    """A session as a page shows it.

    Attributes
    ----------
    number
        In the course; ``None`` when it did not count.
    limit
        In words, empty without one.
    delay_ms
        Median and 95th percentile, ``None`` when no delay was told.
    is_hidden
        Something stood between the camera and the runner for a while.
    is_from_elsewhere
        The runner was seen from another side than was said for a while.
    """

    id: str
    number: int | None
    minutes: float
    n_steps: int
    cadence: SideValue
    title: str
    explains: str
    more: str
    less: str
    sides: Mapping[Side, PartResult]
    parts: tuple[MirrorPartResult, ...]
    limit: str
    delay_ms: tuple[float, float] | None
    rate_hz: float
    is_too_slow: bool
    is_hidden: bool
    is_from_elsewhere: bool

    @property
    def share_over(self) -> float | None:
        """Share of both sides' measured steps beyond the limit."""
        n_over = [leg.n_over for leg in self.sides.values() if leg.n_over is not None]
        n_measured = sum(leg.n_measured for leg in self.sides.values())
        return sum(n_over) / n_measured if n_over and n_measured else None


def mirror_result(document: StoredDocument) -> MirrorResult:
    """Return a kept session as a page shows it."""
    content = document.content
    watched = RunMeasure(content["watched"])
    words, delay, cadence = WORDS[watched], content["delay_ms"], content["cadence_spm"]
    return MirrorResult(
        id=document.id,
        number=content["number"],
        minutes=sum(part["duration_s"] for part in content["parts"]) / 60,
        n_steps=content["n_steps"],
        cadence=SideValue()
        if cadence["value"] is None
        else SideValue(
            says=f"{cadence['value']:.0f}",
            give_or_take=f"± {cadence['error']:.1f}",
            n=cadence["n"],
            value=cadence["value"],
            error=cadence["error"],
        ),
        title=words.title,
        explains=words.explains,
        more=words.more,
        less=words.less,
        sides=_sides(content, watched),
        parts=tuple(
            MirrorPartResult(
                has_feedback=part["has_feedback"],
                minutes=part["duration_s"] / 60,
                sides=_sides(part, watched),
            )
            for part in content["parts"]
        ),
        limit="" if content["limit"] is None else in_words(watched, content["limit"]),
        delay_ms=None if delay is None else (delay["median"], delay["percentile_95"]),
        rate_hz=content["frames"]["shown_per_s"],
        is_too_slow=content["frames"]["too_few"],
        # Nothing of the kind was looked for in older sessions.
        is_hidden=content.get("hidden_s", 0.0) > 0,
        is_from_elsewhere=content.get("other_view") is not None,
    )


def _sides(content: Mapping[str, Any], watched: RunMeasure) -> dict[Side, PartResult]:
    return {
        side: PartResult(
            n_measured=content[side.value]["n_measured"],
            n_over=content[side.value]["n_over_limit"],
            value=side_value(watched, content[side.value][watched.value]),
        )
        for side in Side
    }
