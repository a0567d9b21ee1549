"""A printed page is made as a job: once, for its owner only, kept for a while, and stopped."""

from collections.abc import Callable

import pytest

from fakes.jobs import ScriptedJobs
from sidestep.bootstrap.settings import OWNER
from sidestep.services.ports.jobs import JobKind, JobStatus
from sidestep.web import printed
from sidestep.web.site import Site
from web.conftest import PASSWORD, Browser
from web.test_ask import made, pdf_text
from web.test_knee import PLACE, QUIET
from web.visits import send, visit


@pytest.fixture
def idle(jobs: ScriptedJobs, monkeypatch: pytest.MonkeyPatch) -> ScriptedJobs:
    """Return a queue that no worker looks at, and let no browser wait for one."""
    jobs._wiring_of = None
    monkeypatch.setattr(printed, "WAITS_S", 0.0)
    return jobs


def test_a_page_that_is_soon_there_is_opened_at_once(runner: Browser, jobs: ScriptedJobs) -> None:
    sent = runner.post("/ask/page")
    (job,) = jobs.jobs_of(OWNER)
    assert sent.headers["location"] == f"/jobs/{job.id}/page.pdf"
    answer = runner.get(sent.headers["location"])
    assert answer.content.startswith(b"%PDF-")
    named = 'inline; filename="sidestep-for-the-clinician.pdf"'
    assert answer.headers["content-disposition"] == named
    shown = runner.get(f"/jobs/{job.id}").text
    assert f'href="/jobs/{job.id}/page.pdf" download' in shown


def test_a_page_that_takes_longer_says_how_far_it_is(runner: Browser, idle: ScriptedJobs) -> None:
    sent = runner.post("/ask/page", data={"parts": ["knee", "week"]})
    (job,) = idle.jobs_of(OWNER)
    assert sent.headers["location"] == f"/jobs/{job.id}"
    assert (job.kind, job.arguments["for"], job.arguments["parts"]) == (
        JobKind.MAKE_REPORT,
        "clinician",
        ["knee", "week"],
    )
    shown = runner.get(f"/jobs/{job.id}").text
    assert "Your page is being made" in shown
    assert 'http-equiv="refresh"' in shown
    assert runner.get(f"/jobs/{job.id}/page.pdf").status_code == 404


def test_the_same_page_is_asked_for_once_until_something_changes(
    runner: Browser, idle: ScriptedJobs
) -> None:
    first = runner.post("/ask/page").headers["location"]
    assert runner.post("/ask/page").headers["location"] == first
    assert runner.post("/ask/page", data={"parts": "knee"}).headers["location"] != first
    runner.headers["accept-language"] = "de"
    in_german = runner.post("/ask/page").headers["location"]
    assert in_german != first
    visit(runner, QUIET)
    assert runner.post("/ask/page").headers["location"] != in_german


@pytest.mark.parametrize("end", [JobStatus.FAILED, JobStatus.CANCELLED, JobStatus.DONE])
def test_a_page_that_did_not_come_or_is_gone_is_made_again(
    runner: Browser, idle: ScriptedJobs, end: JobStatus
) -> None:
    before = runner.post("/ask/page").headers["location"]
    idle.become(OWNER, before.removeprefix("/jobs/"), status=end, result={"for": "clinician"})
    after = runner.post("/ask/page").headers["location"]
    assert after != before
    assert runner.post("/ask/page").headers["location"] == after


def test_a_page_can_be_stopped(runner: Browser, idle: ScriptedJobs) -> None:
    where = runner.post("/ask/page").headers["location"]
    assert runner.post(f"{where}/cancel").headers["location"] == where
    shown = runner.get(where).text
    assert "Stopped" in shown
    assert "No page was made." in shown
    assert 'href="/ask"' in shown


def test_a_page_is_nobody_elses(
    runner: Browser,
    sign_up: Callable[[str, str], Browser],
    visitor: Browser,
    jobs: ScriptedJobs,
) -> None:
    where = runner.post("/ask/page").headers["location"]
    assert runner.get(where).status_code == 200
    assert sign_up("other", "Other").get(where).status_code == 404
    assert visitor.get(where).headers["location"].startswith("/sign-in")


def test_work_and_what_came_of_it_go_with_their_owner(runner: Browser, site: Site) -> None:
    wiring = site.desk(OWNER).wiring
    job = wiring.jobs.start(JobKind.MAKE_REPORT, OWNER, {"answers": {"age_years": 77}}, "key")
    wiring.job_files.page(OWNER, job).write_bytes(b"%PDF-1.7")
    others = wiring.jobs.start(JobKind.MAKE_REPORT, "other", {}, "key")
    assert runner.post("/settings/erase", data={"password": PASSWORD}).status_code == 303
    assert wiring.jobs.state(OWNER, job) is None
    assert wiring.jobs.state("other", others) is not None
    assert not list((wiring.settings.home / "pages").glob("*/*"))
    wiring.jobs.close()


def test_a_page_on_answers_that_are_on_their_way_holds_those(
    runner: Browser, jobs: ScriptedJobs
) -> None:
    nothing = "Nothing you answered asks for a clinician now"
    visit(runner, QUIET)
    assert nothing in pdf_text(made(runner, "/knee/report"))
    runner.post("/knee/again")
    send(runner, PLACE | {"pointing": ["hand"]})
    assert nothing not in pdf_text(made(runner, "/knee/report"))
    assert [job.arguments["answers"] is None for job in jobs.jobs_of(OWNER)] == [True, False]


def test_without_answers_there_is_no_page_of_the_knee(runner: Browser, idle: ScriptedJobs) -> None:
    assert runner.post("/knee/report").status_code == 404
    assert idle.jobs_of(OWNER) == []
