"""How a range to run in is typed on the command line; what it is for is decided elsewhere."""

import re
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sidestep.domain.planning.run_session import RunTarget

_PACES = re.compile(r"(\d{1,2}):([0-5]\d)\s*[-–]\s*(\d{1,2}):([0-5]\d)")
_BEATS = re.compile(r"(\d{2,3})\s*[-–]\s*(\d{2,3})")


class HeartRates(click.ParamType["RunTarget"]):
    """Two heart rates in beats a minute, the lower one first."""

    name = "heart rates"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> "RunTarget":
        """Return the range, or refuse what no heart does.

        Raises
        ------
        click.BadParameter
            It is not a range of heart rates.
        """
        from sidestep.services.week.own_range import heart_rate_range

        found = _BEATS.fullmatch(str(value).strip())
        low, high = map(int, found.groups()) if found is not None else (0, 0)
        target = heart_rate_range(low, high)
        if target is None:
            self.fail(
                f"{str(value)!r} is no range of heart rates; write it like 120-145", param, ctx
            )
        return target


class Paces(click.ParamType["RunTarget"]):
    """Two paces in minutes and seconds for a kilometre, the faster one first."""

    name = "paces"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> "RunTarget":
        """Return the range, or refuse what nobody runs.

        Raises
        ------
        click.BadParameter
            It is not a range of paces.
        """
        from sidestep.services.week.own_range import pace_range

        found = _PACES.fullmatch(str(value).strip())
        typed = (0, 0, 0, 0) if found is None else map(int, found.groups())
        fast_min, fast_s, slow_min, slow_s = typed
        target = pace_range(fast_min * 60 + fast_s, slow_min * 60 + slow_s)
        if target is None:
            self.fail(
                f"{str(value)!r} is no range of paces for a kilometre; write it like 6:30-7:30",
                param,
                ctx,
            )
        return target


HEART_RATES, PACES = HeartRates(), Paces()


def range_in_words(target: "RunTarget") -> str:
    """Say a range in words."""
    from sidestep.domain.planning.run_session import TargetKind

    if target.kind is TargetKind.HEART_RATE:
        return f"{target.low} to {target.high} beats a minute"
    fast, slow = (f"{each // 60}:{each % 60:02}" for each in (target.low, target.high))
    return f"{fast} to {slow} min a km"
