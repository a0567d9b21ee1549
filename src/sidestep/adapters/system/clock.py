"""The machine's clock; ``SIDESTEP_TODAY`` (a date) stands in for today in demonstrations."""

import os
from datetime import date, datetime, time


class SystemClock:
    """Now and today in the machine's own zone."""

    def now(self) -> datetime:
        """Return the present instant with the machine's zone."""
        chosen = os.environ.get("SIDESTEP_TODAY")
        if chosen:
            return datetime.combine(date.fromisoformat(chosen), time(12)).astimezone()
        return datetime.now().astimezone()

    def today(self) -> date:
        """Return the present day."""
        return self.now().date()
