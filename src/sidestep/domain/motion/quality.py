"""What is wrong with a clip and how to film it better; the checks themselves stand beside this."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with a clip.

    Attributes
    ----------
    code
        Short fixed name, such as ``too_dark``.
    message
        What is wrong, with the value found and the value needed.
    hint
        How to film it better, or what to do with this very clip.
    is_fatal
        The clip carries no measure at all.
    helps_now
        The hint is about this very clip: no other need be filmed.
    """

    code: str
    message: str
    hint: str
    is_fatal: bool = True
    helps_now: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Whether a clip can be measured, and everything that is wrong with it."""

    problems: tuple[Problem, ...] = ()

    @property
    def is_usable(self) -> bool:
        """At least one measure of a leg has a value: nothing fatal was found."""
        return not any(problem.is_fatal for problem in self.problems)


OF_THE_FILE = frozenset({"too_dark", "edited_clip", "frames_missing", "low_frame_rate"})
"""Seen in the file itself: nothing that is wrong with the joints makes them less true."""

TELLS_ALONE = (
    "too_dark",
    "frames_missing",
    "no_person",
    "not_upright",
    "too_short",
    "feet_out_of_frame",
    "legs_hidden",
    "two_runners",
    "edited_clip",
)
"""Where one of these is true, what else the joints seem to show means nothing; the first counts."""

OF_THE_PLACE = ("feet_out_of_frame", "legs_hidden", "shoulders_hidden", "two_runners")
"""True of a clip however short it is: a longer one from the same place would be refused for it."""


def worth_telling(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems without those that only follow from another one.

    In the dark a runner may seem to walk; that is no reason to tell her that she walked.
    """
    telling = _first(problems, TELLS_ALONE)
    if telling is None:
        return tuple(problems)
    beside = _first(problems, OF_THE_PLACE) if telling.code == "too_short" else None
    return tuple(
        each for each in problems if each is telling or each is beside or each.code in OF_THE_FILE
    )


def _first(problems: Sequence[Problem], codes: Sequence[str]) -> Problem | None:
    """Return what bears the earliest of the codes and takes every number."""
    fatal = [each for each in problems if each.is_fatal]
    return next((each for code in codes for each in fatal if each.code == code), None)
