"""Cautions for people new to running, given only when what they rest on is known."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.load.coverage import Coverage, days_ending
from sidestep.domain.load.person import Person
from sidestep.domain.load.report import Notice, WeekTotals
from sidestep.domain.load.wording import notice_from
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK
from sidestep.domain.vocabulary.evidence import Parameters
from sidestep.domain.vocabulary.parameters import number_of, whole_number_of

DAYS_PER_YEAR = 365.25


def build_cautions(
    runs: Sequence[ActivitySummary],
    weeks: Sequence[WeekTotals],
    coverage: Coverage,
    person: Person,
    parameters: Parameters,
) -> Iterator[Notice]:
    """Yield the cautions that apply to this person as of the end of the last of ``weeks``.

    Parameters
    ----------
    runs
        Counted runs in the order of the days.
    weeks
        At least the last two weeks, oldest first.

    Sources
    -------
    nielsen_2014_progression, nielsen_2014_bmi
    """
    if not runs:
        return
    first_run_on = runs[0].local_date
    week, week_before = weeks[-1], weeks[-2]
    if _may_be_novice(person, first_run_on, week.ends_on, parameters):
        yield from _steep_progression(week, week_before, coverage, parameters)
    if _may_be_first_week(person, first_run_on, week.ends_on, parameters):
        yield from _heavy_first_week(week, person, parameters)


def _may_be_novice(person: Person, first_run_on: date, on: date, parameters: Parameters) -> bool:
    if person.years_running is not None:
        return person.years_running < number_of(parameters, "novice_years")
    return (on - first_run_on).days < whole_number_of(parameters, "first_month_days")


def _may_be_first_week(
    person: Person, first_run_on: date, on: date, parameters: Parameters
) -> bool:
    if (on - first_run_on).days >= DAYS_PER_WEEK:
        return False
    if person.years_running is None:
        return True
    return person.years_running * DAYS_PER_YEAR < whole_number_of(parameters, "first_month_days")


def _steep_progression(
    week: WeekTotals, before: WeekTotals, coverage: Coverage, parameters: Parameters
) -> Iterator[Notice]:
    days_before = days_ending(week.ends_on - timedelta(days=DAYS_PER_WEEK), DAYS_PER_WEEK)
    if before.distance_km <= 0 or not coverage.has_all(days_before):
        return
    change = week.distance_km / before.distance_km - 1
    if change > number_of(parameters, "novice_progression_frac"):
        yield notice_from(
            parameters,
            "novice_progression_frac",
            "novice",
            distance_km=week.distance_km,
            before_km=before.distance_km,
            percent_over=100 * change,
        )


def _heavy_first_week(week: WeekTotals, person: Person, parameters: Parameters) -> Iterator[Notice]:
    index = person.body_mass_index
    if index is None or index <= number_of(parameters, "body_mass_index_gate"):
        return
    first_week_km = number_of(parameters, "first_week_km")
    if week.distance_km > first_week_km:
        yield notice_from(
            parameters,
            "body_mass_index_gate",
            "body_mass",
            distance_km=week.distance_km,
            first_week_km=first_week_km,
        )
