"""A number with its error, or the reason why there is none; not how either was found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A measured value.

    Attributes
    ----------
    value
        In the unit its name carries.
    error
        Half-width of the 95 % band, same unit: spread of the repetitions and the error that
        calibration left, together.
    n
        Number of steps or repetitions behind it.
    corrected_for
        What was taken out of it, in plain words (such as ``camera turned 3 degrees``).
    """

    value: float
    error: float
    n: int
    corrected_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """No number, and why, in a sentence for the person. Unknown is not zero and not normal."""

    reason: str


Measure = Measured | Unknown
