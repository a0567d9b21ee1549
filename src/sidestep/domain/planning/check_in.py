"""A day as the person told it, as values; asking, keeping and judging are done elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum


class MissedWhy(StrEnum):
    """Why planned work was not done."""

    TOO_LONG = "too_long"
    HURTS = "hurts"
    NO_PLACE = "no_place"
    FORGOT = "forgot"
    DULL = "dull"
    NOT_CONVINCED = "not_convinced"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """What is known of one day; ``None`` wherever nothing was said.

    Attributes
    ----------
    pain_now
        At the time of the check-in; every pain is 0 to 10.
    pain_this_morning
        After getting up, before any run.
    pain_before_run, pain_on_run, pain_hour_after
        Just before the day's run, its worst during it, and an hour after it.
    pain_next_morning
        The morning after the day; the next day's ``pain_this_morning`` says the same.
    pain_on_exercises
        The worst during strength or side work.
    effort_rpe, energy_level
        How hard the session felt and how much energy there was, 0 to 10.
    missed_why, missed_why_at_home
        Why planned work was left out; the second where it was something else for that at home.
    missed_why_side_steps, missed_why_strength
        The same where it was something else for one piece than for what is beside it.
    is_swollen
        Whether the knee was swollen.
    """

    on: date
    pain_now: float | None = None
    pain_this_morning: float | None = None
    ran: bool | None = None
    pain_before_run: float | None = None
    pain_on_run: float | None = None
    pain_hour_after: float | None = None
    pain_next_morning: float | None = None
    stretched_before: bool | None = None
    stretched_after: bool | None = None
    side_steps: bool | None = None
    lateral_work: bool | None = None
    strength: bool | None = None
    pain_on_exercises: float | None = None
    effort_rpe: float | None = None
    energy_level: float | None = None
    missed_why: MissedWhy | None = None
    missed_why_at_home: MissedWhy | None = None
    missed_why_side_steps: MissedWhy | None = None
    missed_why_strength: MissedWhy | None = None
    is_swollen: bool | None = None

    @property
    def has_reason(self) -> bool:
        """Whether it says why something was left out."""
        of_pieces = (self.missed_why_side_steps, self.missed_why_strength)
        whys = (self.missed_why, self.missed_why_at_home, *of_pieces)
        return any(each is not None for each in whys)

    @property
    def pain(self) -> float | None:
        """The worst pain of the day away from training: now and in the morning."""
        return worst(self.pain_now, self.pain_this_morning)


def days_through(check_ins: Iterable[CheckIn], last: date) -> tuple[CheckIn, ...]:
    """Return the days up to the last one, with the morning after it as the next day tells it."""
    told = tuple(check_ins)
    return tuple(
        replace(each, pain_next_morning=morning_after(each, told)) if each.on == last else each
        for each in told
        if each.on <= last
    )


def worst(*pains: float | None) -> float | None:
    """Return the highest pain that is known, ``None`` when none is."""
    return max((each for each in pains if each is not None), default=None)


def morning_after(check_in: CheckIn, others: tuple[CheckIn, ...]) -> float | None:
    """Return the pain of the next morning, the worse where two days tell it."""
    tomorrow = check_in.on + timedelta(days=1)
    told = next((each.pain_this_morning for each in others if each.on == tomorrow), None)
    return worst(check_in.pain_next_morning, told)
