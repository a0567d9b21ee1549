"""The machine's clock; ``SIDESTEP_TODAY`` (a date) stands in for today in demonstrations."""

import os
from datetime import date, datetime


class SystemClock:
    """Now and today in the machine's own zone."""

    def now(self) -> datetime:
        """Return the present instant with the machine's zone."""
        now = datetime.now().astimezone()
        chosen = os.environ.get("SIDESTEP_TODAY")
        if chosen:
            now = datetime.combine(date.fromisoformat(chosen), now.time()).astimezone()
        return now

    def today(self) -> date:
        """Return the present day."""
        return self.now().date()
