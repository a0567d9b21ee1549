"""What is wrong with a clip and how to film it better; the checks themselves stand beside this."""

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
        How to film it better.
    is_fatal
        The clip carries no measure at all.
    """

    code: str
    message: str
    hint: str
    is_fatal: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Whether a clip can be measured, and everything that is wrong with it."""

    problems: tuple[Problem, ...] = ()

    @property
    def is_usable(self) -> bool:
        """At least one measure of a leg has a value: nothing fatal was found."""
        return not any(problem.is_fatal for problem in self.problems)
