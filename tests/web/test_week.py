"""The week: what is kept is what is shown; what may not be says why."""

import re
from datetime import date, timedelta
from html import unescape

import pytest

from builders.daily_loop import begin_loop, check_the_knee, record_runs, tell, week_of
from builders.runs import a_run
from sidestep.cli.plan_pages import KINDS
from sidestep.domain.planning.week import DayKind, NoWeek
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK
from sidestep.languages.place_names import said_here
from sidestep.services.week.edit_profile import WEEKDAY_IDS, change_profile
from sidestep.services.week.kept_edits import edits_of
from sidestep.services.week.kept_week import kept_week_of, limits_of
from sidestep.services.week.plan_ahead import plan_ahead
from sidestep.web.site import Site
from web.conftest import TODAY, Browser
from web.test_check_in import go_to

ON = date.fromisoformat(TODAY)


def shown(browser: Browser, path: str = "/week") -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


def runs_of(site: Site) -> list[date]:
    return [day.date for day in week_of(site.wiring, ON) if day.kind is DayKind.RUN]


def a_legal_move(site: Site, browser: Browser) -> tuple[date, date]:
    """Return a run and a day it may go to, as the page itself says after a move that may not be."""
    for on in runs_of(site):
        for other in week_of(site.wiring, ON):
            if other.kind is not DayKind.RUN:
                data = {"on": str(on), "to": str(other.date)}
                if browser.post(f"/week/{ON}/move", data=data).status_code == 303:
                    return on, other.date
    pytest.fail("no run of this week can go anywhere")


def test_the_page_shows_what_is_kept(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    page = shown(runner)
    for day in week_of(site.wiring, ON):
        assert f'id="{day.date}"' in page
        for block in day.blocks:
            assert said_here(block.why.says, str) in page
            assert block.title in page
    week = kept_week_of(site.wiring.store, ON)
    assert week is not None
    for limit in limits_of(week):
        assert said_here(limit.says, str) in page


def test_a_run_is_moved_taken_back_and_put_back(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    before = week_of(site.wiring, ON)
    on, to = a_legal_move(site, runner)
    moved = week_of(site.wiring, ON)
    assert to in runs_of(site)
    assert on not in runs_of(site)
    page = shown(runner, f"/week/{ON}")
    assert "Your last change: the run of" in page
    assert runner.post(f"/week/{ON}/undo").status_code == 303
    assert week_of(site.wiring, ON) == before
    assert edits_of(site.wiring.store, ON) == ()
    page = shown(runner, f"/week/{ON}")
    assert "Your last change" not in page
    assert "Taken back: the run of" in page
    assert runner.post(f"/week/{ON}/redo").status_code == 303
    assert week_of(site.wiring, ON) == moved
    page = shown(runner, f"/week/{ON}")
    assert "Your last change: the run of" in page
    assert "Taken back" not in page
    assert runner.post(f"/week/{ON}/redo").status_code == 303
    assert week_of(site.wiring, ON) == moved, "there is nothing more to put back"


def test_what_was_taken_back_and_does_not_hold_any_more_says_what_stops_it(
    site: Site, runner: Browser
) -> None:
    begin_loop(site.wiring)
    _, to = a_legal_move(site, runner)
    runner.post(f"/week/{ON}/undo")
    before = week_of(site.wiring, ON)
    runner.post("/settings/week", data={"not_on": [WEEKDAY_IDS[to.weekday()]]})
    answer = runner.post(f"/week/{ON}/redo")
    assert answer.status_code == 422
    assert "Not changed: the run of" in unescape(answer.text)
    assert to not in runs_of(site)
    assert len(week_of(site.wiring, ON)) == len(before)


def test_a_move_that_may_not_be_says_which_limit_and_what_would(
    site: Site, runner: Browser
) -> None:
    begin_loop(site.wiring)
    first, second = runs_of(site)[:2]
    before = week_of(site.wiring, ON)
    answer = runner.post(f"/week/{ON}/move", data={"on": str(first), "to": str(second)})
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert "Not changed" in page
    assert "one a day is enough" in page
    assert week_of(site.wiring, ON) == before
    tight = second - timedelta(days=1)
    answer = runner.post(f"/week/{ON}/move", data={"on": str(first), "to": str(tight)})
    if answer.status_code == 422:
        page = unescape(answer.text)
        assert "These days would do" in page or "No other day of this week would do" in page


def test_a_run_beyond_its_ceiling_says_the_longest(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    data = {"on": str(runs_of(site)[0]), "distance": "60"}
    answer = runner.post(f"/week/{ON}/length", data=data)
    assert answer.status_code == 422
    assert "would do that day" in unescape(answer.text)


def test_a_run_is_shortened_with_a_comma(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    on = runs_of(site)[0]
    answer = runner.post(f"/week/{ON}/length", data={"on": str(on), "distance": "2,5"})
    assert answer.status_code == 303
    day = next(day for day in week_of(site.wiring, ON) if day.date == on)
    assert [block.distance_km for block in day.blocks if block.distance_km] == [2.5]


def test_a_day_without_a_run_can_be_given_one(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    on = runs_of(site)[0]
    runner.post(f"/week/{ON}/rest", data={"on": str(on)})
    assert on not in runs_of(site)
    assert shown(runner, f"/week/{ON}").count(f'action="/week/{ON}/length"') == DAYS_PER_WEEK
    answer = runner.post(f"/week/{ON}/length", data={"on": str(on), "distance": "2"})
    assert answer.status_code == 303
    assert on in runs_of(site)


@pytest.mark.parametrize("km", ["far", "-2", "0", "nan", "1e9"])
def test_what_is_no_length_says_so(site: Site, runner: Browser, km: str) -> None:
    begin_loop(site.wiring)
    data = {"on": str(runs_of(site)[0]), "distance": km}
    answer = runner.post(f"/week/{ON}/length", data=data)
    assert answer.status_code == 422
    assert "kilometres" in answer.text


def test_a_day_has_the_word_and_the_letter_it_has_everywhere(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    page = unescape(runner.get(f"/week/{ON}").text)
    chips = re.findall(r'<b aria-hidden="true">(.)</b>\s*<span>(\w+)</span>', page)
    assert chips == [tuple(KINDS[day.kind].split()) for day in week_of(site.wiring, ON)]
    assert ("H", "home") in chips


def test_a_day_is_taken_for_rest(site: Site, runner: Browser) -> None:
    on = begin_loop(site.wiring)[DayKind.OFF]
    answer = runner.post(f"/week/{ON}/rest", data={"on": str(on)})
    assert answer.status_code == 303
    day = next(day for day in week_of(site.wiring, ON) if day.date == on)
    assert day.kind is DayKind.REST


def test_an_exercise_is_swapped_or_says_what_would_do(site: Site, runner: Browser) -> None:
    on = begin_loop(site.wiring)[DayKind.OFF]
    day = next(day for day in week_of(site.wiring, ON) if day.date == on)
    block = next(block for block in day.blocks if block.kind.value == "lateral")
    data = {"on": str(on), "exercise": block.exercise, "instead": "no_such"}
    answer = runner.post(f"/week/{ON}/swap", data=data)
    assert answer.status_code == 422
    assert "These would do" in unescape(answer.text)


def test_a_hidden_plan_shows_no_day(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    check_the_knee(site.wiring, "urgent")
    page = shown(runner)
    assert "No plan for now" in page
    assert "data-board" not in page
    assert shown(runner, f"/week/{ON}").count("data-day") == 0
    data = {"on": str(ON), "to": str(ON + timedelta(days=1))}
    assert runner.post(f"/week/{ON}/move", data=data).status_code == 404
    assert "No plan" in shown(runner, "/week/ahead") or "put away" in shown(runner, "/week/ahead")


def test_nobody_has_a_week_before_the_knee_check(runner: Browser) -> None:
    assert 'href="/knee"' in shown(runner)


def test_a_week_that_is_over_is_shown_as_it_was_and_not_changed(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_loop(site.wiring)
    run = runs_of(site)[0]
    go_to(ON + timedelta(days=9), monkeypatch)
    page = shown(runner, f"/week/{ON}")
    assert "This week is over" in page
    assert "data-grip" not in page
    assert "Change this day" not in page
    assert runner.post(f"/week/{ON}/rest", data={"on": str(run)}).status_code == 404


def test_a_week_nobody_planned_says_so(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    assert "Nothing was planned" in shown(runner, f"/week/{ON - timedelta(days=60)}")
    assert runner.get("/week/1999-01-01").status_code == 404
    assert runner.get("/week/monday").status_code == 404


def test_a_week_ahead_is_only_a_look(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    ahead = ON + timedelta(days=7)
    assert "Planned from what is known now" in shown(runner, f"/week/{ahead}")
    assert kept_week_of(site.wiring.store, ahead) is None
    data = {"on": str(ahead)}
    assert runner.post(f"/week/{ahead}/rest", data=data).status_code == 404


def test_a_look_at_the_weeks_ahead_leaves_this_week_as_it_is(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    before = week_of(site.wiring, ON)
    record_runs(site.wiring, [a_run(days, 14.0, on=ON) for days in (3, 6, 9)])
    assert shown(runner, "/week/ahead").count(f'/week/{ON}"') == 0
    assert week_of(site.wiring, ON) == before


def test_the_weeks_ahead_have_their_phases(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    page = shown(runner, "/week/ahead")
    assert page.count('class="line"') == 7
    part = runner.get("/week/ahead", headers={"hx-request": "true"}).text
    assert "<html" not in part
    assert part.count('class="line"') == 7


def test_weeks_ahead_that_do_not_fit_say_what_does_not_go_together(
    site: Site, runner: Browser
) -> None:
    begin_loop(site.wiring)
    desk = site.desk(site.wiring.settings.owner)
    change_profile({"not_on": list(WEEKDAY_IDS)}, **desk.pieces)
    plan = plan_ahead(2, week_starts=ON + timedelta(days=7), keeps=False, **desk.pieces)
    assert isinstance(plan, NoWeek)
    for path in ("/week/ahead", f"/week/{ON + timedelta(days=7)}"):
        page = shown(runner, path)
        for limit in plan.collisions:
            assert said_here(limit.says, str) in page
        for each in plan.would_help:
            assert said_here(each, str) in page


def test_weeks_ahead_without_a_run_are_not_told_as_taken_well(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    assert "had taken them well" in shown(runner, "/week/ahead")
    desk = site.desk(site.wiring.settings.owner)
    no_running = {"no_running_until": str(ON + timedelta(days=400))}
    change_profile({"clinician": no_running}, **desk.pieces)
    page = shown(runner, "/week/ahead")
    assert "had taken them well" not in page
    assert "no run in these weeks yet" in page


def test_looking_back_gives_three_numbers_and_one_change(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = begin_loop(site.wiring)
    off = days[DayKind.OFF]
    go_to(off, monkeypatch)
    tell(site.wiring, off, pain_now=1, lateral_work=False, missed_why="too_long")
    page = shown(runner, f"/week/{ON}/review")
    for word in ("Pain", "Kept", "Load", "Your next week has this by itself.", "Leave it"):
        assert word in page
    assert "Take it" not in page
    assert runner.post(f"/week/{ON}/review", data={"decision": "accept"}).status_code == 303
    assert "Taken" in shown(runner, f"/week/{ON}/review")
    runner.post(f"/week/{ON}/review", data={"decision": "leave"})
    assert "Left" in shown(runner, f"/week/{ON}/review")


def test_nobody_looks_back_on_a_week_that_has_not_begun(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    ahead = f"/week/{ON + timedelta(days=7)}"
    assert "Look back on this week" in shown(runner, f"/week/{ON}")
    assert "Look back on this week" not in shown(runner, ahead)
    assert runner.get(f"{ahead}/review").status_code == 404
    assert runner.post(f"{ahead}/review", data={"decision": "accept"}).status_code == 404
    assert "See your week" in runner.get(f"{ahead}/review").text


def test_each_of_two_reasons_is_left_by_itself(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = begin_loop(site.wiring)
    off, run = days[DayKind.OFF], days[DayKind.RUN]
    go_to(max(off, run), monkeypatch)
    tell(site.wiring, run, pain_now=1, ran=False, missed_why="too_long")
    tell(site.wiring, off, pain_now=1, lateral_work=False, missed_why="dull")
    page = shown(runner, f"/week/{ON}/review")
    assert page.count("Your next week has this by itself.") == page.count("Leave it") == 2
    left = {"decision": "leave", "change": "swap"}
    assert runner.post(f"/week/{ON}/review", data=left).status_code == 303
    page = shown(runner, f"/week/{ON}/review")
    assert page.count("Your next week has this by itself.") == page.count("Take it") == 1
    wrong = {"decision": "leave", "change": "nonsense"}
    assert runner.post(f"/week/{ON}/review", data=wrong).status_code == 422


def test_every_exercise_that_is_offered_may_stand_there(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    forms = re.findall(r'action="(/week/[\d-]+/swap)"(.*?)</form>', shown(runner), re.S)
    assert forms
    for path, inside in forms[:3]:
        hidden = dict(re.findall(r'name="(\w+)" value="([^"]+)"', inside))
        for instead in re.findall(r'<option value="(\w+)"', inside)[-1:]:
            answer = runner.post(path, data={**hidden, "instead": instead})
            assert answer.status_code == 303, (hidden, instead)
            runner.post(path.replace("swap", "undo"))
