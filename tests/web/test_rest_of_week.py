"""The rest of a week under way is planned anew when she asks, and never by itself."""

from datetime import date, timedelta
from html import unescape

import pytest

from builders.daily_loop import begin_loop, week_of
from fakes.jobs import ScriptedJobs
from sidestep.bootstrap.settings import OWNER
from sidestep.domain.planning.week import DayKind
from sidestep.services.ports.jobs import JobKind, JobStatus
from sidestep.services.week.edit_profile import WEEKDAY_IDS
from sidestep.services.week.kept_edits import edits_of
from sidestep.services.week.kept_week import kept_week_of
from sidestep.web.site import Site
from web.conftest import TODAY, Browser
from web.test_check_in import go_to
from web.test_week import a_legal_move

ON = date.fromisoformat(TODAY)
BUTTON = "Plan the rest of my week anew"


def runs_of(site: Site) -> list[date]:
    return [day.date for day in week_of(site.wiring, ON) if day.kind is DayKind.RUN]


def shown(browser: Browser, path: str) -> str:
    return unescape(browser.get(path).text)


def test_settings_offer_the_rest_anew_and_only_asking_changes_it(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_loop(site.wiring)
    before = runs_of(site)
    go_to(before[0] + timedelta(days=1), monkeypatch)
    assert BUTTON not in shown(runner, "/week")

    not_on = [WEEKDAY_IDS[before[-1].weekday()]]
    kept = runner.post("/settings/week", data={"not_on": not_on}).headers["location"]
    assert BUTTON in shown(runner, kept)
    assert BUTTON in shown(runner, "/week")
    assert runs_of(site) == before

    said = runner.post(f"/week/{ON}/anew").headers["location"]
    assert said == f"/week/{ON}?said=anew"
    page = shown(runner, said)
    assert "Other than before:" in page
    assert BUTTON not in page
    assert before[0] in runs_of(site)
    assert before[-1] not in runs_of(site)


def test_where_no_rest_fits_that_is_said_and_the_week_stays(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_loop(site.wiring)
    before = week_of(site.wiring, ON)
    go_to(ON + timedelta(days=1), monkeypatch)
    runner.post("/settings/week", data={"not_on": list(WEEKDAY_IDS)})
    refused = runner.post(f"/week/{ON}/anew")
    assert refused.status_code == 422
    assert "The week stays as it was." in refused.text
    assert week_of(site.wiring, ON) == before


def test_an_import_says_which_weeks_it_changed_and_offers_the_rest_of_the_one_under_way(
    site: Site, runner: Browser, jobs: ScriptedJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_loop(site.wiring)
    before = runs_of(site)
    go_to(before[0] + timedelta(days=1), monkeypatch)
    runner.post("/settings/week", data={"not_on": [WEEKDAY_IDS[before[-1].weekday()]]})
    job = jobs.start(JobKind.IMPORT_UPLOAD, OWNER, {"upload": "u"}, "u")
    found = {"imported": 3, "n_files": 3, "files": [], "weeks_planned": ["2026-11-30"]}
    counts = dict.fromkeys(("merged", "already_had", "repaired", "skipped", "failed"), 0)
    jobs.become(OWNER, job, status=JobStatus.DONE, result={**counts, **found})
    page = shown(runner, f"/jobs/{job}")
    assert "Monday" in page.split("With them your week from ")[1][:20]
    assert BUTTON in page


def test_a_week_that_is_over_or_not_hers_is_not_planned_anew(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_loop(site.wiring)
    go_to(ON + timedelta(days=8), monkeypatch)
    assert runner.post(f"/week/{ON}/anew").status_code == 404


def test_a_program_that_only_looks_leaves_the_week_as_it_is(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_loop(site.wiring)
    before = runs_of(site)
    go_to(before[0] + timedelta(days=1), monkeypatch)
    runner.post("/settings/week", data={"not_on": [WEEKDAY_IDS[before[-1].weekday()]]})
    for path in ("/api/v1/plan", f"/api/v1/plan?week={before[-1]}"):
        seen = runner.get(path).json()
        assert seen["status"] == "planned"
        assert [day["date"] for day in seen["days"] if day["kind"] == "run"] == [
            on.isoformat() for on in before
        ]
    assert runs_of(site) == before
    ahead = runner.get(f"/api/v1/plan?week={ON + timedelta(days=7)}").json()
    assert set(ahead) == set(seen)
    assert kept_week_of(site.wiring.store, ON + timedelta(days=7)) is None


def test_a_change_that_was_given_up_is_not_offered_to_be_taken_back(
    site: Site, runner: Browser
) -> None:
    begin_loop(site.wiring)
    moved_to = a_legal_move(site, runner)[1]
    assert "Your last change" in shown(runner, f"/week/{ON}")
    runner.post("/settings/week", data={"not_on": [WEEKDAY_IDS[moved_to.weekday()]]})
    runner.post(f"/week/{ON}/anew")
    assert moved_to not in runs_of(site)
    assert "Your last change" not in shown(runner, f"/week/{ON}")
    before = week_of(site.wiring, ON)
    said = runner.post(f"/week/{ON}/undo").headers["location"]
    assert "undone" not in said
    assert "Taken back" not in shown(runner, said)
    assert week_of(site.wiring, ON) == before


def test_of_two_changes_the_one_that_still_holds_is_offered(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    free = next(day.date for day in week_of(site.wiring, ON) if day.kind is not DayKind.RUN)
    assert runner.post(f"/week/{ON}/rest", data={"on": str(free)}).status_code == 303
    moved_to = a_legal_move(site, runner)[1]
    runner.post("/settings/week", data={"not_on": [WEEKDAY_IDS[moved_to.weekday()]]})
    runner.post(f"/week/{ON}/anew")
    page = shown(runner, f"/week/{ON}")
    assert "Your last change: " in page
    assert "Your last change: the run" not in page
    before = edits_of(site.wiring.store, ON)
    assert len(before) == 2
    assert "undone" in runner.post(f"/week/{ON}/undo").headers["location"]
    assert edits_of(site.wiring.store, ON) == ()
    # Both are put back: the one that was given up waits again for the day it fits.
    assert runner.post(f"/week/{ON}/redo").status_code == 303
    assert edits_of(site.wiring.store, ON) == before
    assert moved_to not in runs_of(site)
    runner.post("/settings/week", data={"not_on": []})
    runner.post(f"/week/{ON}/anew")
    assert moved_to in runs_of(site)
