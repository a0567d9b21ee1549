"""The week in her hand: runs for a watch as files and as text, the page for the fridge."""

import re
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest

from builders.daily_loop import begin_loop, check_the_knee, week_of
from builders.workout_decoders import decode_with_fitfast
from builders.workout_text_reader import read_workout_text
from fakes.jobs import ScriptedJobs
from sidestep.bootstrap.settings import OWNER
from sidestep.domain.planning.run_session import RunSession, RunTarget, TargetKind, aiming
from sidestep.domain.planning.week import DayKind
from sidestep.services.week.export_week import runs_to_come
from sidestep.services.week.exported_workouts import exported_workouts
from sidestep.services.week.kept_week import kept_week_of
from sidestep.web.site import Site
from web.conftest import TODAY, Browser
from web.test_ask import pdf_text
from web.test_check_in import go_to
from web.test_week import a_legal_move

ON = date.fromisoformat(TODAY)
WEEK = f"/week/{ON}"
OUTSIDE = {"sec-fetch-site": "cross-site"}


def runs_of(site: Site) -> list[date]:
    return [day.date for day in week_of(site.wiring, ON) if day.kind is DayKind.RUN]


def planned(site: Site, on: date) -> RunSession:
    (session,) = runs_to_come([day for day in week_of(site.wiring, ON) if day.date == on], on)
    return session


def kept_runs(site: Site) -> list[int]:
    return [len(exported_workouts(site.wiring.store, on)) for on in runs_of(site)]


def shown(browser: Browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


def named(answer: Any) -> str:
    return str(answer.headers["content-disposition"])


def test_a_run_comes_as_the_workout_of_its_day_and_is_known_again(
    site: Site, runner: Browser
) -> None:
    begin_loop(site.wiring)
    assert f'href="{WEEK}/watch"' in shown(runner, "/week")
    assert kept_runs(site) == [0, 0, 0]
    first, second, _ = runs_of(site)
    answer = runner.post(f"{WEEK}/watch/file", data={"on": str(first)})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/vnd.ant.fit"
    assert answer.headers["cache-control"] == "no-store"
    assert named(answer) == f'attachment; filename="sidestep-{first}-easy-run.fit"'
    assert answer.content == site.wiring.week_files.encode_workout(planned(site, first))
    assert kept_runs(site) == [1, 0, 0]
    runner.get(f"{WEEK}/calendar.ics")
    with_range = {"on": str(second), "first": "145", "last": "120"}
    answer = runner.post(f"{WEEK}/watch/file", data=with_range)
    aimed = aiming(planned(site, second), RunTarget(kind=TargetKind.HEART_RATE, low=120, high=145))
    assert answer.content == site.wiring.week_files.encode_workout(aimed)
    assert kept_runs(site) == [1, 1, 0]
    before = site.wiring.store.version()
    runner.post(f"{WEEK}/watch/file", data={"on": str(first)})
    assert site.wiring.store.version() == before


def test_all_runs_still_to_come_come_in_one_archive(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_loop(site.wiring)
    first, *others = runs_of(site)
    go_to(first + timedelta(days=1), monkeypatch)
    answer = runner.post(f"{WEEK}/watch/file")
    assert answer.headers["content-type"] == "application/zip"
    assert named(answer) == f'attachment; filename="sidestep-runs-{others[0]}.zip"'
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        assert archive.namelist() == [f"sidestep-{on}-easy-run.fit" for on in others]
        for entry in archive.infolist():
            assert entry.external_attr >> 16 == 0o644
            assert decode_with_fitfast(archive.read(entry)).steps
    assert runner.post(f"{WEEK}/watch/file").content == answer.content
    assert runner.post(f"{WEEK}/watch/file", data={"on": str(first)}).status_code == 404


def test_texts_are_shown_to_copy_and_come_as_files(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    assert "<pre" not in shown(runner, f"{WEEK}/watch")
    assert kept_runs(site) == [0, 0, 0]
    page = unescape(runner.post(f"{WEEK}/watch", data={"texts": "yes"}).text)
    assert kept_runs(site) == [1, 1, 1]
    for on in runs_of(site):
        answer = runner.post(f"{WEEK}/watch/text", data={"on": str(on)})
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert named(answer) == f'attachment; filename="sidestep-{on}-easy-run.txt"'
        assert read_workout_text(answer.text).parts
        assert answer.text in page
    miles = {"language": "", "colours": "auto", "distances": "mi"}
    runner.post("/settings/pages", data=miles)
    with_range = {"first": "10:30", "last": "12:00", "texts": "yes"}
    assert "6:31/km-7:27/km Pace" in runner.post(f"{WEEK}/watch", data=with_range).text
    back = runner.post(f"{WEEK}/watch", data={**with_range, "texts": ["yes", "no"]}).text
    assert "<pre" not in back


def test_what_is_no_range_says_so_and_keeps_what_was_typed(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    data = {"on": str(runs_of(site)[0]), "first": "145", "last": "six"}
    for path in ("watch", "watch/file", "watch/text"):
        answer = runner.post(f"{WEEK}/{path}", data=data)
        assert answer.status_code == 422
        assert "two heart rates, such as 120 and 145" in answer.text
        assert 'name="last" value="six"' in answer.text
    assert kept_runs(site) == [0, 0, 0]


def test_without_a_run_left_there_is_no_dead_link(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_loop(site.wiring)
    last = runs_of(site)[-1]
    go_to(last, monkeypatch)
    assert f'value="{last}"' in shown(runner, f"{WEEK}/watch")
    runner.post(f"{WEEK}/rest", data={"on": str(last)})
    said = "No run is left in this week"
    page = shown(runner, WEEK)
    assert said in page
    assert f'href="{WEEK}/watch"' not in page
    assert said in shown(runner, f"{WEEK}/watch")
    assert runner.post(f"{WEEK}/watch/file").status_code == 404


def test_the_week_ahead_is_taken_along_as_it_is_known_and_stays_open(
    site: Site, runner: Browser, jobs: ScriptedJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_loop(site.wiring)
    ahead = ON + timedelta(days=7)
    assert "This week has not begun" not in shown(runner, f"{WEEK}/watch")
    assert "This week has not begun" in shown(runner, f"/week/{ahead}")
    page = shown(runner, f"/week/{ahead}/watch")
    assert "This week has not begun" in page
    runs = re.findall(r'name="on" value="(.+?)"', page)
    answer = runner.post(f"/week/{ahead}/watch/file")
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        assert archive.namelist() == [f"sidestep-{on}-easy-run.fit" for on in runs]
    assert runner.get(f"/week/{ahead}/calendar.ics").status_code == 200
    runner.post(f"/week/{ahead}/fridge")
    (job,) = jobs.jobs_of(OWNER)
    assert f"Your week from {ahead:%A} {ahead.day} {ahead:%B}" in pdf_text(
        runner.get(f"/jobs/{job.id}/page.pdf").content
    )
    kept = kept_week_of(site.wiring.store, ahead)
    assert kept is None, "it was a look: what she tells until then still counts for it"
    assert shown(runner, f"/week/{ahead}/watch").count(" · taken along<") == len(runs)
    # Of a knee that is worse until then the week becomes another one, and it says so.
    go_to(ahead, monkeypatch)
    check_the_knee(site.wiring, pain_running=3, pain_now=2, pain_worst=4)
    assert kept_week_of(site.wiring.store, ahead) is None
    assert 'id="older-runs"' in shown(runner, "/week")
    assert 'id="older-runs"' in shown(runner, "/today")


def test_a_run_that_changed_after_it_was_taken_along_says_so_until_it_is_taken_again(
    site: Site, runner: Browser
) -> None:
    begin_loop(site.wiring)
    first, *_, last = runs_of(site)
    said = "has changed since you took it along for your watch"
    runner.post(f"{WEEK}/watch/file")
    runner.post(f"{WEEK}/fridge")
    for path in (WEEK, "/today", f"{WEEK}/watch"):
        assert 'id="older' not in shown(runner, path)
    runner.post(f"{WEEK}/length", data={"on": str(last), "distance": "2.1"})
    for path in (WEEK, "/today", f"{WEEK}/watch"):
        page = shown(runner, path)
        assert page.count(said) == 1
        assert f"The run of {last:%A} {last.day} {last:%B} {said}" in page
    assert f'href="{WEEK}/watch">Take it along again' in shown(runner, "/today")
    week = shown(runner, WEEK)
    assert (
        f"Other than on the page you printed: <b>{last:%a}\u00a0{last.day}\u00a0{last:%b}</b>"
        in week
    )
    runner.post(f"{WEEK}/watch/file", data={"on": str(first)})
    assert said in shown(runner, WEEK), "another run was taken again"
    runner.post(f"{WEEK}/watch/text", data={"on": str(last)})
    runner.post(f"{WEEK}/fridge")
    for path in (WEEK, "/today", f"{WEEK}/watch"):
        assert 'id="older' not in shown(runner, path)


def test_a_run_that_was_moved_is_named_on_both_of_its_days(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    runner.post(f"{WEEK}/watch", data={"texts": "yes"})
    on, to = a_legal_move(site, runner)
    page = shown(runner, WEEK)
    assert f"The run of {on:%A} {on.day} {on:%B} is no longer planned" in page
    moved = "Today’s run" if to == ON else f"The run of {to:%A} {to.day} {to:%B}"
    assert f"{moved} is not on your watch yet" in page
    runner.post(f"{WEEK}/watch/file")
    assert 'id="older-runs"' not in shown(runner, WEEK)


def test_a_week_that_is_over_says_why_not(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_loop(site.wiring)
    go_to(ON + timedelta(days=9), monkeypatch)
    page = shown(runner, WEEK)
    assert "What is still to come can be taken along" in page
    assert 'id="along"' not in page
    for answer in (runner.get(f"{WEEK}/watch"), runner.post(f"{WEEK}/fridge")):
        assert answer.status_code == 404
        assert "this week is over" in answer.text.lower()


def test_a_plan_that_is_put_away_goes_nowhere_and_says_what_to_leave_out(
    site: Site, runner: Browser, jobs: ScriptedJobs
) -> None:
    begin_loop(site.wiring)
    runner.post(f"{WEEK}/fridge")
    (job,) = jobs.jobs_of(OWNER)
    on_watch = "still on your watch"
    runner.post(f"{WEEK}/watch/file")
    check_the_knee(site.wiring, "urgent")
    page = shown(runner, "/week")
    assert 'id="along"' not in page
    assert on_watch in page
    for path in ("watch", "watch/file", "fridge"):
        assert runner.post(f"{WEEK}/{path}").status_code == 404
    error = jobs.states[OWNER][jobs.start(job.kind, OWNER, job.arguments, "late")].error
    assert error is not None
    assert error.message == "there is no week to print"


def test_the_fridge_page_is_made_as_a_job_and_names_no_command(
    site: Site, runner: Browser, jobs: ScriptedJobs
) -> None:
    begin_loop(site.wiring)
    sent = runner.post(f"{WEEK}/fridge")
    (job,) = jobs.jobs_of(OWNER)
    assert sent.headers["location"] == f"/jobs/{job.id}/page.pdf"
    answer = runner.get(sent.headers["location"])
    assert named(answer) == 'inline; filename="sidestep-week.pdf"'
    text = pdf_text(answer.content)
    assert "Your week from Sunday 22 November" in text
    assert "sidestep plan" not in text
    assert "your week, under Why" in text
    assert 'href="/week"' in runner.get(f"/jobs/{job.id}").text


def test_nothing_of_hers_leaves_for_anybody_else(
    site: Site, runner: Browser, visitor: Browser, sign_up: Callable[[str, str], Browser]
) -> None:
    begin_loop(site.wiring)
    assert visitor.get(f"{WEEK}/watch").headers["location"].startswith("/sign-in")
    other = sign_up("other", "Other")
    for path in ("watch", "watch/file", "fridge"):
        assert visitor.post(f"{WEEK}/{path}").headers["location"].startswith("/sign-in")
        assert other.post(f"{WEEK}/{path}").status_code == 404
        assert runner.post(f"{WEEK}/{path}", headers=OUTSIDE).status_code == 403
    assert kept_runs(site) == [0, 0, 0]
