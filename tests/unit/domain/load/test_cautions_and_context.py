from pathlib import Path

import pytest

import sidestep
from builders.runs import TODAY, a_run, every_other_day, runs_on
from builders.shipped_parameters import shipped_parameters
from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.load.analysis import analyse_load
from sidestep.domain.load.person import Person
from sidestep.errors import KnowledgeError

PARAMETERS = shipped_parameters("load")
NEW = Person(years_running=0.2)
GROWING = [*runs_on(range(7, 60, 2), km=5), *runs_on([0, 2, 4, 6], km=7)]
FIRST_WEEK = runs_on([1, 3], km=2.5)


def caution_kinds(history: list[ActivitySummary], person: Person | None) -> set[str]:
    report = analyse_load(history, TODAY, PARAMETERS, person=person)
    return {one.kind for one in report.notices} & {"novice", "body_mass"}


def test_a_steep_climb_is_noticed_for_a_new_runner() -> None:
    # 4 x 7 km after 3 or 4 x 5 km: 28 of 20, 40 % more.
    report = analyse_load(GROWING, TODAY, PARAMETERS, person=NEW)
    notice = next(one for one in report.notices if one.kind == "novice")
    assert "28.0 km in the last seven days is 40 % more than the 20.0 km" in notice.says
    assert "may be chance" in notice.says


@pytest.mark.parametrize("person", [None, Person(), Person(years_running=5)])
def test_a_steep_climb_is_not_noticed_for_others(person: Person | None) -> None:
    assert caution_kinds(GROWING, person) == set()


def test_a_first_month_of_data_may_be_a_first_month_of_running() -> None:
    history = [*runs_on([14, 12, 10, 8, 7], km=4), *runs_on([0, 2, 4, 6], km=7)]
    assert caution_kinds(history, None) == {"novice"}
    assert caution_kinds(history, Person(years_running=3)) == set()


def test_growth_over_days_without_data_says_nothing() -> None:
    history = [*runs_on([30, 9, 8], km=5), *runs_on([0, 2, 4, 6], km=7)]
    assert caution_kinds(history, NEW) == set()


@pytest.mark.parametrize(
    ("person", "kinds"),
    [
        (Person(body_mass_kg=95, height_cm=170), {"body_mass"}),
        (Person(body_mass_kg=95, height_cm=170, years_running=0), {"body_mass"}),
        (Person(body_mass_kg=95, height_cm=170, years_running=2), set()),
        (Person(body_mass_kg=86.0, height_cm=170), set()),
        (Person(body_mass_kg=95), set()),
        (Person(height_cm=170), set()),
    ],
)
def test_a_short_first_week_is_advised_only_on_known_facts(person: Person, kinds: set[str]) -> None:
    assert caution_kinds(FIRST_WEEK, person) == kinds


def test_a_first_week_under_three_kilometres_is_left_in_peace() -> None:
    assert caution_kinds(runs_on([1], km=2.5), Person(body_mass_kg=95, height_cm=170)) == set()


def test_context_figures_agree_with_paper() -> None:
    # 10 km a week for three weeks, then 20 km: ratio 2, change +100 %.
    history = [a_run(day, 10) for day in (27, 20, 13)] + [a_run(6, 10), a_run(0, 10)]
    context = analyse_load(history, TODAY, PARAMETERS).context
    assert context.acute_chronic_ratio == pytest.approx(2.0)
    assert context.week_to_week_change_frac == pytest.approx(1.0)
    # Two equal days of seven: mean 2/7, spread sqrt(2/7 * 5/7 * 7/6) = sqrt(10/42).
    assert context.monotony == pytest.approx((2 / 7) / (10 / 42) ** 0.5)


def test_context_is_never_a_warning_and_says_that_it_does_not_predict() -> None:
    report = analyse_load(every_other_day(), TODAY, PARAMETERS)
    shown = [one for one in report.notices if one.kind == "context"]
    assert len(shown) == 3
    assert all("predict injury" in one.says and "not" in one.says for one in shown)
    assert all(one.backing.citations for one in shown)
    assert report.notices[-3:] == tuple(shown)


def test_context_is_unknown_where_a_day_it_needs_has_no_data() -> None:
    context = analyse_load(runs_on([0, 1, 10, 12]), TODAY, PARAMETERS).context
    assert context.acute_chronic_ratio is None
    assert context.monotony is not None


def test_equal_days_have_no_monotony_rather_than_an_endless_one() -> None:
    assert analyse_load(runs_on(range(30)), TODAY, PARAMETERS).context.monotony is None


def test_a_missing_parameter_is_named() -> None:
    with pytest.raises(KnowledgeError, match="gap_without_data_days"):
        analyse_load([], TODAY, {})


def test_every_number_of_the_folder_is_used_somewhere() -> None:
    package = Path(sidestep.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    assert [one for one in PARAMETERS if f'"{one}"' not in code] == []


def test_a_change_of_nothing_is_no_minus_and_old_days_are_named_by_their_date() -> None:
    history = runs_on(range(15, 60), km=5.0)
    said = [one.says for one in analyse_load(history, TODAY, PARAMETERS).notices]
    change = next(says for says in said if "10 % rule" in says)
    assert change.startswith("The 7 days to 15 June 2026 against the 7 before: +0 %.")
