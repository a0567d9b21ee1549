"""The page of a day: what is filled in, and what its short answers stand for."""

from datetime import timedelta

import pytest

from builders.days_told import RULES, SUNDAY, At, a_planned_week, told
from builders.runs import a_run
from fakes.stores import MemoryStore
from sidestep.domain.planning.week import DayKind
from sidestep.services.check_ins.day_form import (
    DayForm,
    answers_told,
    day_form,
    signs_left,
    spelled_out,
)


def form(store: MemoryStore, at: At, **more: object) -> DayForm:
    return day_form(at.day, store=store, knowledge=RULES, clock=at, **more)  # type: ignore[arg-type]


def on_a(kind: DayKind) -> tuple[MemoryStore, At, DayForm]:
    store, at, on = a_planned_week()
    at.day = on[kind]
    return store, at, form(store, at)


def test_what_was_planned_is_asked_in_its_order() -> None:
    _, _, run = on_a(DayKind.RUN)
    assert run.planned[:4] == ("stretched_before", "ran", "side_steps", "stretched_after")
    assert run.has_run
    _, _, off = on_a(DayKind.OFF)
    assert "lateral_work" in off.planned
    assert not off.has_run
    _, _, rest = on_a(DayKind.REST)
    assert rest.planned == ()


@pytest.mark.parametrize(("did", "value"), [("all", True), ("none", False)])
def test_a_short_answer_stands_for_all_that_was_planned(did: str, value: bool) -> None:
    _, _, off = on_a(DayKind.OFF)
    assert spelled_out({"did": did}, off) == dict.fromkeys(off.planned, value)


def test_all_of_a_walk_is_no_run() -> None:
    store, at, run = on_a(DayKind.RUN)
    assert "ran" in run.planned
    told(store, at, at.day, pain_now=3)
    assert "ran" not in form(store, at).planned
    told(store, at, at.day, pain_now=2, lateral_work=True)
    assert "ran" not in form(store, at).planned


def test_some_of_it_is_what_was_marked() -> None:
    _, _, off = on_a(DayKind.OFF)
    answers = spelled_out({"did": "some", "strength": "yes"}, off)
    assert answers["strength"] is True
    assert answers["lateral_work"] is False


def test_without_a_short_answer_nothing_is_made_up() -> None:
    _, _, off = on_a(DayKind.OFF)
    assert spelled_out({}, off) == {}
    assert spelled_out({"lateral_work": "yes"}, off) == {"lateral_work": True}


def test_what_hangs_on_a_run_that_was_not_is_left_out() -> None:
    _, _, run = on_a(DayKind.RUN)
    answers = spelled_out({"did": "none", "pain_on_run": "2", "effort_rpe": "4"}, run)
    assert answers["ran"] is False
    assert not {"pain_on_run", "effort_rpe", "stretched_before", "side_steps"} & answers.keys()


def test_a_file_tells_of_a_run_whatever_the_short_answer_says() -> None:
    store, at, on = a_planned_week(a_run(on=SUNDAY, km=3.0))
    at.day = SUNDAY
    shown = form(store, at)
    assert shown.ran_km == pytest.approx(3.0)
    assert spelled_out({"did": "none"}, shown)["ran"] is True
    assert on


def test_a_walk_that_took_the_place_of_a_run_is_what_was_planned() -> None:
    store, at, on = a_planned_week()
    at.day = on[DayKind.RUN]
    told(store, at, at.day - timedelta(days=1), ran=True, pain_on_run=6, pain_now=1)
    assert "ran" not in form(store, at).planned


def test_the_player_fills_in_and_what_was_told_wins() -> None:
    store, at, _ = on_a(DayKind.OFF)
    done = {"lateral_work": True, "pain_on_exercises": 3.0}
    assert form(store, at, done=done).filled["pain_on_exercises"] == 3.0
    assert form(store, at, done=done).did in ("all", "some")
    told(store, at, at.day, lateral_work=False, pain_now=1)
    shown = form(store, at, done=done)
    assert shown.filled["lateral_work"] is False
    assert shown.is_told


def test_energy_and_place_stay_and_pain_does_not() -> None:
    store, at, _ = on_a(DayKind.OFF)
    told(store, at, at.day - timedelta(days=1), pain_now=4, same_place=True, energy_level=3)
    shown = form(store, at)
    assert shown.filled == {"same_place": True, "energy_level": 3.0}
    assert shown.as_last_time == {"same_place", "energy_level"}
    assert shown.last_pain == 4.0


def test_that_it_hurts_elsewhere_is_asked_anew() -> None:
    store, at, _ = on_a(DayKind.OFF)
    told(store, at, at.day - timedelta(days=1), pain_now=4, same_place=False)
    assert "same_place" not in form(store, at).filled


def test_this_morning_is_asked_after_a_day_that_held_something() -> None:
    store, at, _ = on_a(DayKind.OFF)
    assert not form(store, at).asks_morning
    told(store, at, at.day - timedelta(days=1), ran=True, pain_now=1)
    assert form(store, at).asks_morning


def test_signs_are_left_only_where_the_day_asks_for_them() -> None:
    store, at, _ = on_a(DayKind.OFF)

    def left() -> int:
        return len(signs_left(at.day, (), store=store, knowledge=RULES))

    assert left() == 0
    told(store, at, at.day, pain_now=1)
    assert left() == 0
    told(store, at, at.day, energy_level=2)
    assert left() == 0
    told(store, at, at.day, pain_now=6)
    assert left() == 0, "nothing new answers them all"
    told(store, at, at.day, pain_now=6, new_signs=None)
    asked = left()
    assert asked > 5
    told(store, at, at.day, pain_now=6, new_signs=None, calf_swollen=False)
    assert left() < asked
    assert answers_told(at.day, store=store, knowledge=RULES)["calf_swollen"] is False
