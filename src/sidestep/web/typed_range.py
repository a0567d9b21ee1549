"""Reads a range of her own to run in as people type it; what can be one is decided elsewhere."""

import re

from sidestep.domain.planning.run_session import RunTarget
from sidestep.errors import InputError
from sidestep.languages.distances import Unit
from sidestep.languages.place_names import N_
from sidestep.services.week.own_range import heart_rate_range, pace_range

_BEATS = re.compile(r"\d{2,3}")
_PACE = re.compile(r"(\d{1,2})[:.,]([0-5]\d)")


def typed_range(first: str, last: str, unit: Unit) -> RunTarget | None:
    """Return a range of two heart rates, or of two paces in minutes for ``unit``.

    ``None`` when nothing was typed. Which of the two is larger does not matter: some name the
    slower pace first.

    Raises
    ------
    InputError
        It is neither.
    """
    typed = (first.strip(), last.strip())
    if not any(typed):
        return None
    target = None
    if all(_BEATS.fullmatch(each) for each in typed):
        low, high = sorted(map(int, typed))
        target = heart_rate_range(low, high)
    elif all(_PACE.fullmatch(each) for each in typed):
        fast_s, slow_s = sorted(round(_seconds(each) / unit.km) for each in typed)
        target = pace_range(fast_s, slow_s)
    if target is None:
        raise InputError(
            N_("this is no range to run in"),
            hint=N_("Write two heart rates, such as 120 and 145, or two paces, 6:30 and 7:30."),
        )
    return target


def _seconds(text: str) -> int:
    found = _PACE.fullmatch(text)
    assert found is not None  # noqa: S101
    return int(found[1]) * 60 + int(found[2])
