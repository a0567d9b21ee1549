"""Offers the known word nearest to a wrong one, to end an error's sentence with."""

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Return ``; did you mean …?`` with the nearest known word; empty when none is near."""
    close = get_close_matches(wrong, list(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""
