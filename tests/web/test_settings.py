"""Settings: hers alone, checked, and her data hers to take or erase."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from builders.job_homes import settings_of
from fakes.jobs import ScriptedJobs
from sidestep.bootstrap.settings import OWNER
from sidestep.bootstrap.wiring import Wiring
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK
from sidestep.languages.language import LANGUAGES, language
from sidestep.services.week.edit_profile import known_profile
from sidestep.services.week.plan_week import coming_monday
from sidestep.web.guard.attempts import MOST
from sidestep.web.site import Site
from web.conftest import PASSWORD, TODAY, Browser

WEEK = {
    "minutes": "40",
    "running_days_max": "3",
    "long_run_on": "sun",
    "not_on": ["tue", "thu"],
    "equipment": ["band"],
    "goal_distance": "10",
    "goal_on": "2027-05-02",
    "class_on": "wed",
    "class_minutes": "45",
    "minutes_on": ["", "", "", "", "", "90", ""],
    "run_on": ["mon", "sat"],
}


def test_time_and_equipment_are_kept(site: Site, runner: Browser) -> None:
    assert runner.post("/settings/week", data=WEEK).status_code == 303
    profile = known_profile(site.desk(OWNER).store)
    assert profile.minutes == 40
    assert profile.running_days_max == 3
    assert profile.not_on == {1, 3}
    assert profile.minutes_on == {5: 90}
    assert profile.run_on == {0, 5}
    assert profile.goal is not None
    assert profile.goal.distance_km == 10
    assert profile.group_class is not None
    text = runner.get("/settings").text
    assert 'value="40"' in text
    assert text.count('name="minutes_on"') == 7
    assert 'value="90"' in text
    assert text.count('name="run_on"') == 7
    assert runner.post("/settings/week", data={"minutes": "40"}).status_code == 303
    profile = known_profile(site.desk(OWNER).store)
    assert (profile.minutes_on, profile.run_on) == ({}, frozenset())


@pytest.mark.parametrize(
    ("field", "value"),
    [("minutes", "-3"), ("goal_on", "soon"), ("long_run_on", "tue"), ("minutes_on", ["half"])],
)
def test_what_cannot_be_is_refused_in_words_for_a_page(
    site: Site, runner: Browser, field: str, value: str
) -> None:
    answer = runner.post("/settings/week", data={**WEEK, field: value})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "sidestep profile" not in answer.text
    assert known_profile(site.desk(OWNER).store).minutes is None


CLINICIAN = {
    "no_running_until": "2027-05-02",
    "longest_run": "5",
    "clinician_days": "2",
    "pain_max": "2",
    "no_jumping": "yes",
    "not_doing": ["strength", "clamshell"],
    "said_by": "Somebody, in May",
}


def test_what_a_clinician_said_is_kept_shown_and_taken_back(site: Site, runner: Browser) -> None:
    assert runner.post("/settings/clinician", data=CLINICIAN).status_code == 303
    limits = known_profile(site.desk(OWNER).store).clinician
    assert (limits.longest_run_km, limits.running_days_max, limits.pain_max) == (5.0, 2, 2)
    assert limits.no_jumping
    assert limits.not_doing == {"strength", "clamshell"}
    text = runner.get("/settings").text
    assert 'value="2027-05-02"' in text
    assert 'value="Somebody, in May"' in text
    runner.post("/settings/week", data=WEEK)
    assert known_profile(site.desk(OWNER).store).clinician == limits
    assert runner.post("/settings/clinician", data={}).status_code == 303
    assert not known_profile(site.desk(OWNER).store).clinician.is_set


def test_a_limit_that_cannot_be_is_refused(site: Site, runner: Browser) -> None:
    answer = runner.post("/settings/clinician", data={**CLINICIAN, "longest_run": "far"})
    assert answer.status_code == 422
    assert "sidestep profile" not in answer.text
    assert not known_profile(site.desk(OWNER).store).clinician.is_set


def test_the_language_is_hers_whatever_the_browser_asks_for(runner: Browser) -> None:
    runner.post("/settings/pages", data={"language": "de", "colours": "dark"})
    text = runner.get("/settings", headers={"accept-language": "en"}).text
    assert '<html lang="de" data-colours="dark"' in text
    assert runner.post("/settings/pages", data={"language": "xx"}).status_code == 422


def test_another_password_signs_every_browser_out(
    runner: Browser, open_browser: Callable[[], Browser]
) -> None:
    new = "other words than before"
    assert runner.post("/settings/password", data={"old": "no", "new": new}).status_code == 422
    assert runner.post("/settings/password", data={"old": PASSWORD, "new": new}).status_code == 303
    assert runner.get("/today").status_code == 303
    form = {"name": "Runner", "password": new}
    assert open_browser().post("/sign-in", data=form).headers["location"] == "/today"


def test_nobody_signs_out_or_takes_back_what_is_somebody_elses(
    site: Site, runner: Browser, sign_up: Callable[[str, str], Browser]
) -> None:
    other = sign_up("other", "Other")
    runner.post("/settings/tokens", data={"name": "mine", "scopes": ["read"]})
    people = site.wiring.people
    (browser,), (token,) = people.browsers(OWNER), people.tokens(OWNER)
    other.post(f"/settings/browsers/{browser.id}/out")
    other.post(f"/settings/tokens/{token.id}/drop")
    assert people.browsers(OWNER)
    assert people.tokens(OWNER)
    assert "mine" not in other.get("/settings").text


def test_only_the_first_person_invites(
    site: Site, runner: Browser, sign_up: Callable[[str, str], Browser]
) -> None:
    other = sign_up("other", "Other")
    assert "/welcome/" in runner.post("/settings/invite").text
    assert "/welcome/" not in other.post("/settings/invite").text


def test_everything_comes_out_as_an_archive(
    runner: Browser, sign_up: Callable[[str, str], Browser], jobs: ScriptedJobs
) -> None:
    runner.post("/settings/week", data=WEEK)
    job = runner.post("/settings/export", data={"once": "a"}).headers["location"]
    assert runner.post("/settings/export", data={"once": "a"}).headers["location"] == job
    assert f'href="{job}/archive"' in runner.get(job).text
    answer = runner.get(f"{job}/archive")
    assert answer.headers["content-disposition"].endswith(f'sidestep-{TODAY}.zip"')
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert {"README.md", "activities.csv", "profile.json"} <= set(archive.namelist())
    assert sign_up("other", "Other").get(f"{job}/archive").status_code == 404


def test_an_archive_that_was_cleared_away_is_made_again(
    site: Site, runner: Browser, jobs: ScriptedJobs
) -> None:
    job = runner.post("/settings/export").headers["location"]
    site.wiring.job_files.archive(OWNER, job.removeprefix("/jobs/")).unlink()
    assert runner.get(f"{job}/archive").status_code == 404
    page = runner.get(job).text
    assert "archives are kept for a day" in page
    assert 'href="/settings#data"' in page
    assert runner.post("/settings/export").headers["location"] != job


GUESSES = [
    ("/settings/password", {"old": "a guess", "new": "other words than before"}),
    ("/settings/erase", {"password": "a guess"}),
]


@pytest.mark.parametrize(("path", "guess"), GUESSES)
def test_guessing_her_password_in_her_settings_is_slowed_down(
    site: Site, runner: Browser, open_browser: Callable[[], Browser], path: str, guess: Any
) -> None:
    assert [runner.post(path, data=guess).status_code for _ in range(MOST)] == [422] * MOST
    for again, right in (
        ("/settings/password", {"old": PASSWORD, "new": "other words than before"}),
        ("/settings/erase", {"password": PASSWORD}),
    ):
        answer = runner.post(again, data=right)
        assert answer.status_code == 429
        assert "Too many attempts" in answer.text
    assert site.wiring.people.account(OWNER) is not None
    form = {"name": "Runner", "password": PASSWORD}
    assert open_browser().post("/sign-in", data=form).status_code == 429


def test_a_new_password_that_is_refused_is_no_guess(runner: Browser) -> None:
    for _ in range(MOST + 1):
        form = {"old": PASSWORD, "new": "short"}
        assert runner.post("/settings/password", data=form).status_code == 422


def test_erasing_asks_for_the_password_and_leaves_others_alone(
    site: Site, runner: Browser, sign_up: Callable[[str, str], Browser]
) -> None:
    other = sign_up("other", "Other")
    for browser in (runner, other):
        browser.post("/settings/week", data=WEEK)
    assert runner.post("/settings/erase", data={"password": "guess"}).status_code == 422
    assert runner.post("/settings/erase", data={"password": PASSWORD}).status_code == 303
    assert runner.get("/settings").status_code == 303
    assert site.wiring.people.account(OWNER) is None
    assert known_profile(site.desk(OWNER).store).minutes is None
    assert 'value="40"' in other.get("/settings").text


@pytest.mark.parametrize("form", ["erase", "backup"])
def test_a_wrong_password_is_said_in_the_form_itself(runner: Browser, form: str) -> None:
    page = runner.post(f"/settings/{form}", data={"password": "guess"}).text
    before, inside = page.split(f'<details id="{form}" open>')
    assert 'role="alert"' not in before
    assert 'role="alert"' in inside.split("</details>")[0]


@pytest.mark.parametrize(
    ("form", "part"), [("tokens", "programs"), ("invite", "others"), ("erase", "erase")]
)
def test_a_form_that_is_loaded_again_leads_back(runner: Browser, form: str, part: str) -> None:
    answer = runner.get(f"/settings/{form}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/settings#{part}")


def test_why_there_is_no_copy_beside_others_is_said(
    runner: Browser, sign_up: Callable[[str, str], Browser]
) -> None:
    says = "More than one person keeps data here"
    assert says not in runner.get("/settings").text
    sign_up("other", "Other")
    assert says in runner.get("/settings").text


def back_up(browser: Browser, **form: str) -> Any:
    return browser.post("/settings/backup", data={"password": PASSWORD, **form})


@pytest.mark.parametrize("passphrase", ["", "langsam laufen"])
def test_whoever_is_alone_backs_up_everything(
    site: Site, runner: Browser, jobs: ScriptedJobs, tmp_path: Path, passphrase: str
) -> None:
    runner.post("/settings/time", data={"minutes": "25"})
    answer = back_up(runner, passphrase=passphrase)
    if not passphrase:
        answer = runner.get(f"{answer.headers['location']}/archive")
    ending = ".tar.age" if passphrase else ".tar"
    assert answer.headers["content-disposition"].endswith(f'sidestep-{TODAY}{ending}"')
    (tmp_path / "copy").write_bytes(answer.content)
    again = Wiring(settings_of(tmp_path / "again"))
    again.backups.restore(tmp_path / "copy", passphrase or None)
    assert known_profile(again.store) == known_profile(site.wiring.store)


def test_a_copy_is_not_given_once_somebody_else_has_an_account(
    runner: Browser, jobs: ScriptedJobs, sign_up: Callable[[str, str], Browser]
) -> None:
    job = back_up(runner).headers["location"]
    sign_up("other", "Other")
    assert runner.get(f"{job}/archive").status_code == 404


def test_no_passphrase_gets_into_the_queue(runner: Browser, jobs: ScriptedJobs) -> None:
    back_up(runner, passphrase="langsam laufen")  # noqa: S106
    assert jobs.jobs_of(OWNER) == []
    back_up(runner)
    (job,) = jobs.jobs_of(OWNER)
    assert job.arguments == {}


def test_a_backup_asks_for_the_password(runner: Browser) -> None:
    refused = runner.post("/settings/backup", data={"password": "not hers"})
    assert refused.status_code == 422
    assert not refused.content.startswith(b"sidestep-backup")


def test_nobody_backs_up_what_is_not_all_hers(
    runner: Browser, sign_up: Callable[[str, str], Browser]
) -> None:
    assert 'action="/settings/backup"' in runner.get("/settings").text
    other = sign_up("other", "Other")
    for browser in (runner, other):
        assert 'action="/settings/backup"' not in browser.get("/settings").text
        assert back_up(browser).headers["location"] == "/settings#data"


@pytest.mark.parametrize("code", LANGUAGES)
def test_weeks_begin_where_they_begin_for_those_who_read_the_language(
    runner: Browser, code: str
) -> None:
    locale = language(code).locale
    first, names = locale.first_week_day, locale.days["stand-alone"]["wide"]
    runner.headers["accept-language"] = code
    page = unescape(runner.get("/settings").text)
    for name in ("not_on", "run_on"):
        shown = re.findall(rf'name="{name}"[^>]*aria-label="([^"]+)"', page)
        assert shown == [names[(first + after) % DAYS_PER_WEEK] for after in range(DAYS_PER_WEEK)]
    some_days = (date(2026, 11, 30) + timedelta(days=each) for each in range(DAYS_PER_WEEK))
    assert {coming_monday(on).weekday() for on in some_days} == {first}
