"""The time of day, so that tests choose it."""

from datetime import date, datetime
from typing import Protocol


class Clock(Protocol):
    """Today and now."""

    def now(self) -> datetime:
        """Return the present instant, timezone-aware, in the runner's zone."""

    def today(self) -> date:
        """Return the present day in the runner's zone."""
