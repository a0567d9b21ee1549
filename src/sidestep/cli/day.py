"""How a day is typed on the command line; what is asked of it is decided elsewhere."""

from datetime import MAXYEAR, MINYEAR, datetime

import click

EXAMPLE = "2026-11-23"


class DayType(click.DateTime):
    """A day typed as year, month and day."""

    def __init__(self) -> None:
        super().__init__(formats=["%Y-%m-%d"])

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return the midnight the day begins with, or refuse what is none.

        The first and the last year of the calendar leave no room to count back or ahead.

        Raises
        ------
        click.BadParameter
            It is not a date.
        """
        try:
            day = super().convert(value, param, ctx)
        except click.BadParameter:
            day = None
        if day is None or not MINYEAR < day.year < MAXYEAR:
            self.fail(f"{str(value)!r} is not a date; write it like {EXAMPLE}", param, ctx)
        return day


DAY = DayType()
