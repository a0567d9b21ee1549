"""A number with its error, or the reason why there is none."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A measured value with the half-width of its 95 % band and the count it rests on."""

    value: float
    error: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """No value, and why."""

    reason: str
