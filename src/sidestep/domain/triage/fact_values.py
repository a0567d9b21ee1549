"""What a known fact can be; the questions that establish facts stand beside it."""

from collections.abc import Mapping

FactValue = bool | float | str | frozenset[str]

Facts = Mapping[str, FactValue]
"""Known facts by id. A fact that is not in the mapping is unknown, which is not the same as no."""
