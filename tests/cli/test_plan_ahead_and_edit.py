"""Weeks ahead and changes of one's own, as a person and as a program read them."""

import json
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from rich.console import Console

from builders.command_line import sidestep
from builders.days_told import EXAMPLES
from builders.plan_requests import PARAMETERS, a_knee, a_request
from builders.runs import runs_on
from builders.shipped import shipped_knowledge
from fakes.stores import MemoryStore
from sidestep.bootstrap.wiring import Wiring
from sidestep.cli.main import command
from sidestep.cli.plan_ahead_pages import print_weeks
from sidestep.domain.planning.horizon import Horizon, plan_weeks
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.request import Goal, RunnerProfile, WeekRequest
from sidestep.errors import SidestepError

MONDAY = "2026-11-23"


@pytest.fixture(autouse=True)
def runner(memory_home: MemoryStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A person with twelve weeks of running and a calm knee that hurts at the front."""
    back = (date(2026, 6, 30) - date(2026, 11, 22)).days
    store = MemoryStore(runs_on(range(back + 1, back + 84, 3), 6.0))
    monkeypatch.setattr(Wiring, "store", store)
    answers = yaml.safe_load((EXAMPLES / "self_care_front.yaml").read_text(encoding="utf-8"))
    answers |= {"pain_running": 1, "pain_now": 0, "pain_daily_life": 0}
    calm = tmp_path / "answers.yaml"
    calm.write_text(yaml.safe_dump(answers), encoding="utf-8")
    sidestep("knee", "--answers", str(calm))


def refused(*arguments: str) -> Result:
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 1, result.output
    return result


def what_was_said(*arguments: str) -> str:
    """Return what a command that cannot do its work tells of it."""
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code != 0
    wrong = result.exception
    return f"{result.output} {wrong.hint if isinstance(wrong, SidestepError) else ''}"


def read(*arguments: str) -> Any:
    return json.loads(sidestep("--json", *arguments).stdout)


def run_dates(week: Any) -> list[str]:
    return [day["date"] for day in week["days"] if day["kind"] == "run"]


def test_weeks_ahead_follow_each_other_and_say_what_they_are_for() -> None:
    plan = read("plan", "--weeks", "3", "--week", MONDAY)
    starts = [date.fromisoformat(week["week_starts"]) for week in plan["weeks"]]
    assert starts == [date(2026, 11, 23) + timedelta(weeks=n) for n in range(3)]
    assert {week["phase"] for week in plan["weeks"]} <= {"calm", "return", "build", "keep"}
    assert all(week["phase_why"]["says"] for week in plan["weeks"])
    assert plan["weeks"][0]["days"] == read("plan", "--week", MONDAY)["days"]


def test_the_weeks_are_read_line_by_line_and_what_they_keep_to_once() -> None:
    shown = sidestep("plan", "--weeks", "2", "--week", MONDAY, "--why").output
    assert "Your next 2 weeks, from Monday 23 November 2026" in shown
    assert shown.count("What the weeks keep to") == 1
    assert "planned as if those" in shown
    assert "sidestep plan --week DATE" in shown


def test_weeks_of_walking_and_running_say_their_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "min, walk" not in sidestep("plan", "--weeks", "1", "--week", MONDAY).output
    monkeypatch.setattr(Wiring, "store", MemoryStore())
    sidestep("knee", "--answers", str(EXAMPLES / "self_care.yaml"))
    shown = sidestep("plan", "--weeks", "2", "--week", MONDAY).output
    assert shown.count("run 3 min, walk 2") == 2
    assert "Walking and running take turns" in shown


def lines_shown(request: WeekRequest) -> list[str]:
    plan = plan_weeks(date.fromisoformat(MONDAY), 4, request)
    assert isinstance(plan, Horizon)
    console = Console(record=True, width=200, file=StringIO())
    print_weeks(console, plan, Rules(request.parameters), None)
    return [" ".join(line.split()) for line in console.export_text().splitlines()]


def test_a_limit_that_does_not_hold_in_every_week_names_its_weeks() -> None:
    shown = lines_shown(a_request(knee=a_knee(pain_running=4, distance_until_pain_km=4.0)))
    assert "• start_below_pain_frac is 0.75 That holds in weeks 1 to 2." in shown
    assert "• rest_days_min is 1" in shown


def test_a_ceiling_that_rises_with_the_weeks_is_said_to_be_of_the_first() -> None:
    rises = replace(PARAMETERS["next_run_cap_ratio"], says="{cap_km:.1f} km.")
    profile = RunnerProfile(goal=Goal(distance_km=9.0, on=date(2027, 1, 31)))
    parameters = {**PARAMETERS, "next_run_cap_ratio": rises}
    shown = lines_shown(a_request(profile=profile, parameters=parameters))
    assert "• 5.5 km. That is for week 1; the others go by the runs before them." in shown


def test_what_repeats_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = sidestep("plan", "--weeks", "12", "--week", MONDAY).output
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    alike = [line.endswith("as the week before.") for line in lines if line.startswith("• Week")]
    assert any(alike)
    assert not any(sooner and later for sooner, later in pairwise(alike))
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    assert not any(line.endswith(days) for line in lines), "a day stands beside its length"


def test_why_a_distance_is_split_is_said_once() -> None:
    shown = " ".join(sidestep("plan", "--weeks", "4", "--week", MONDAY).output.split())
    assert shown.count("pain at the front of the knee often minds length more than number") == 1
    assert "The same in weeks 2 to 4." in shown


def test_weeks_that_her_minutes_hold_say_so() -> None:
    sidestep("profile", "set", "--minutes", "20")
    plan = read("plan", "--weeks", "3", "--week", MONDAY)
    says = plan["weeks"][-1]["phase_why"]["says"]
    assert says.startswith("Your minutes leave no room for longer runs")
    assert "Set a goal" not in says


def test_more_weeks_than_can_be_foreseen_are_refused_with_what_may_be_asked() -> None:
    assert "sidestep plan --weeks 12" in what_was_said("plan", "--weeks", "13")


def test_a_goal_out_of_reach_is_said_and_taken_back() -> None:
    sidestep("profile", "set", "--goal", "42@2026-12-13")
    assert "42 km on 2026-12-13" in sidestep("profile").output
    unmet = read("plan", "--weeks", "3", "--week", MONDAY)["unmet_wishes"]
    assert [wish["rule"] for wish in unmet] == ["your_goal"]
    assert read("plan", "--weeks", "3", "--week", MONDAY)["goal"] is None
    assert "out of reach" in unmet[0]["says"]
    sidestep("profile", "set", "--goal", "none")
    assert read("profile")["goal"] is None


def test_a_goal_ahead_and_in_reach_is_said_in_the_document_as_in_words() -> None:
    sidestep("profile", "set", "--goal", "7@2027-01-17")
    document = read("plan", "--weeks", "3", "--week", MONDAY)
    goal = document["goal"]
    assert goal["rule"] == "your_goal"
    assert goal["says"].startswith("Your goal of 7 km on 17 January 2027 is within the limits")
    assert document["unmet_wishes"] == []
    shown = " ".join(sidestep("plan", "--weeks", "3", "--week", MONDAY).output.split())
    assert goal["says"] in shown


def test_a_goal_within_reach_stands_in_its_week() -> None:
    sidestep("profile", "set", "--goal", "6.4@2026-11-28")
    week = read("plan", "--week", MONDAY)
    day = next(day for day in week["days"] if day["date"] == "2026-11-28")
    run = next(block for block in day["blocks"] if block["kind"] == "run")
    assert (run["distance_km"], run["why"]["rule"]) == (6.4, "your_goal")


def test_a_weekly_class_takes_its_day() -> None:
    sidestep("profile", "set", "--class", "wed=60")
    week = read("plan", "--week", MONDAY)
    wednesday = week["days"][2]
    assert wednesday["kind"] == "cross"
    assert "group_class" in {block["exercise"] for block in wednesday["blocks"]}


@pytest.mark.parametrize(
    ("option", "value"),
    [("--goal", "10"), ("--goal", "10@soon"), ("--goal", "900@2027-01-01"), ("--class", "wed")],
)
def test_a_wish_that_cannot_be_read_is_refused_with_an_example(option: str, value: str) -> None:
    said = what_was_said("profile", "set", option, value)
    assert "wed=60" in said or "10@2027" in said


def test_an_edit_is_kept_found_again_and_taken_back() -> None:
    before = run_dates(read("plan", "--week", MONDAY))
    free = next(
        day for day in (f"2026-11-{number}" for number in range(24, 29)) if day not in before
    )
    edited = read("plan", "edit", "--week", MONDAY, "move", before[0], free)
    assert edited["accepted"]
    assert set(run_dates(edited["plan"])) == {free, *before[1:]}
    assert set(run_dates(read("plan", "--week", MONDAY))) == {free, *before[1:]}
    undone = read("plan", "edit", "--week", MONDAY, "undo")
    assert undone["edit"]["edit"] == "move"
    assert run_dates(undone["plan"]) == before
    again = sidestep("plan", "edit", "--week", MONDAY, "undo").output
    assert "Nothing to take back" in again
    redone = read("plan", "edit", "--week", MONDAY, "redo")
    assert (redone["accepted"], redone["edit"]) == (True, undone["edit"])
    assert redone["plan"] == edited["plan"]
    again = sidestep("plan", "edit", "--week", MONDAY, "redo").output
    assert "Nothing to put back" in again


def test_an_edit_past_a_limit_is_refused_says_why_and_leaves_the_week() -> None:
    before = read("plan", "--week", MONDAY)
    on = run_dates(before)[0]
    shown = refused("plan", "edit", "--week", MONDAY, "length", on, "30").output
    assert "Not kept" in shown
    assert "ceiling" in shown
    assert "up to 6.6 km that day" in shown
    assert read("plan", "--week", MONDAY)["days"] == before["days"]


def test_an_exercise_is_swapped_by_name() -> None:
    week = read("plan", "--week", MONDAY)
    day = next(day for day in week["days"] if day["kind"] == "off")
    old = next(block["exercise"] for block in day["blocks"] if block["kind"] == "lateral")
    shown = refused("plan", "edit", "--week", MONDAY, "swap", day["date"], old, "squat").output
    assert "does another job" in shown
    other = shown.split("Possible instead")[1].split("(")[1].split(")")[0]
    assert f"{shipped_knowledge().exercises[other].title} ({other})" in shown
    weekday = f"{date.fromisoformat(day['date']):%a}".lower()
    told = sidestep("plan", "edit", "--week", MONDAY, "swap", weekday, old, other).output
    title = shipped_knowledge().exercises[other].title
    # Her words, and the table shows it.
    assert f"{title} instead of {shipped_knowledge().exercises[old].title}" in told
    assert title.lower() in told.split("Every run")[0].split("what")[1].lower()
    after = next(
        each for each in read("plan", "--week", MONDAY)["days"] if each["date"] == day["date"]
    )
    assert other in {block["exercise"] for block in after["blocks"]}


def test_a_swap_that_may_not_be_calls_exercises_by_their_names() -> None:
    day = next(each for each in read("plan", "--week", MONDAY)["days"] if each["kind"] == "off")
    old = next(block["exercise"] for block in day["blocks"] if block["kind"] == "lateral")
    swap = ("plan", "edit", "--week", MONDAY, "swap", day["date"])
    shown = refused(*swap, "butterfly_stretch", old).output
    assert "Butterfly is not planned on" in " ".join(shown.split())
    shown = refused(*swap, old, "butterfly_stretch").output
    assert "Butterfly is no exercise that a week may place" in " ".join(shown.split())


@pytest.mark.parametrize("typed", ["someday", "2026-13-01"])
def test_what_is_no_day_is_refused_with_an_example(typed: str) -> None:
    assert "2026-11-23 or tue" in " ".join(
        what_was_said("plan", "edit", "--week", MONDAY, "rest", typed).split()
    )


def test_a_rest_day_taken_is_warmly_a_rest_day() -> None:
    on = run_dates(read("plan", "--week", MONDAY))[0]
    shown = sidestep("plan", "edit", "--week", MONDAY, "rest", on).output
    assert "Kept: rest on" in shown
    week = read("plan", "--week", MONDAY)
    day = next(day for day in week["days"] if day["date"] == on)
    assert day["blocks"][0]["why"]["says"].startswith("You took this day for rest")
