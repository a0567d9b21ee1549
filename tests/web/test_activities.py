"""What was imported, one by one, and what she says of it."""

from collections.abc import Callable
from html import unescape

import pytest

from builders.daily_loop import record_runs
from builders.runs import a_run
from sidestep.bootstrap.settings import OWNER
from sidestep.domain.activity.summary import ActivitySummary, Verdict
from sidestep.domain.vocabulary.sport import Sport
from sidestep.web.pages.activities import LISTED
from sidestep.web.site import Site
from web.conftest import Browser


@pytest.fixture
def run(site: Site) -> ActivitySummary:
    """Return the newest of two runs of hers."""
    today = site.wiring.clock.today()
    record_runs(site.wiring, [a_run(days, 6.0, on=today) for days in (4, 2)])
    return site.wiring.store.activities()[-1]


def kept(site: Site, run: ActivitySummary) -> ActivitySummary:
    return next(each for each in site.desk(OWNER).store.activities() if each.id == run.id)


def test_an_activity_is_left_out_and_counted_again(
    site: Site, runner: Browser, run: ActivitySummary
) -> None:
    path = f"/connect/activities/{run.id}"
    assert f'href="{path}"' in runner.get("/connect").text
    assert "It counts." in runner.get(path).text
    answer = runner.post(f"{path}/correct", data={"verdict": "exclude"})
    assert answer.headers["location"] == f"{path}?kept"
    assert not kept(site, run).is_counted
    assert "as you said" in runner.get(path).text
    runner.post(f"{path}/correct", data={"verdict": "keep"})
    assert kept(site, run).is_counted


def test_sport_and_effort_are_corrected_and_what_stays_as_it_was_answers_nothing(
    site: Site, runner: Browser, run: ActivitySummary
) -> None:
    path = f"/connect/activities/{run.id}/correct"
    runner.post(path, data={"sport": run.sport.value, "effort": ""})
    assert kept(site, run) == run
    assert kept(site, run).verdict is Verdict.UNASKED
    runner.post(path, data={"sport": "football", "effort": "7"})
    assert (kept(site, run).sport, kept(site, run).effort_rpe) == (Sport.FOOTBALL, 7.0)
    shown = runner.get(f"/connect/activities/{run.id}").text
    assert '<option value="football" selected>' in shown
    assert '<option value="7" selected>' in shown
    for wrong in ({"sport": "knitting"}, {"effort": "11"}, {"effort": "hard"}):
        assert runner.post(path, data=wrong).status_code == 422


def test_nobody_sees_or_corrects_what_is_not_hers(
    site: Site,
    runner: Browser,
    visitor: Browser,
    sign_up: Callable[[str, str], Browser],
    run: ActivitySummary,
) -> None:
    other, path = sign_up("other", "Other"), f"/connect/activities/{run.id}"
    assert other.get(path).status_code == 404
    assert other.post(f"{path}/correct", data={"verdict": "exclude"}).status_code == 404
    assert visitor.get(path).headers["location"].startswith("/sign-in")
    assert runner.post(path, data={"verdict": "burn"}).status_code == 422
    assert runner.get("/connect/activities/none").status_code == 404
    assert kept(site, run) == run


def test_every_activity_is_in_the_list_so_many_at_a_time(site: Site, runner: Browser) -> None:
    today = site.wiring.clock.today()
    record_runs(site.wiring, [a_run(days, 6.0, on=today) for days in range(1, LISTED + 3)])
    ids = [each.id for each in site.wiring.store.activities()][::-1]
    first = unescape(runner.get("/connect/activities").text)
    assert [id for id in ids if f"/connect/activities/{id}" in first] == ids[:LISTED]
    assert f'href="/connect/activities?after={LISTED}"' in first
    second = unescape(runner.get(f"/connect/activities?after={LISTED}").text)
    assert [id for id in ids if f"/connect/activities/{id}" in second] == ids[LISTED:]
    assert 'href="/connect/activities?after=0"' in second
    assert runner.get("/connect/activities?after=9000").status_code == 200
