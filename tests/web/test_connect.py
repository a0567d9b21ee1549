"""The history: files in, what came of them, and whose it is."""

from collections.abc import Callable, Iterator

import pytest

from sidestep.bootstrap.settings import OWNER
from sidestep.services.ports.jobs import JobKind, JobStatus
from sidestep.web.pages.connect import MOST_FILES
from sidestep.web.site import Site
from web.conftest import Browser

FILE = ("files", ("run.gpx", b"<gpx></gpx>", "application/gpx+xml"))


@pytest.fixture(autouse=True)
def closed_queue(site: Site) -> Iterator[None]:
    yield
    site.desk(OWNER).wiring.jobs.close()


def test_files_are_kept_and_a_job_is_asked_for(site: Site, runner: Browser) -> None:
    answer = runner.post("/connect/files", files=[FILE, FILE])
    assert answer.status_code == 303
    wiring = site.desk(OWNER).wiring
    (job,) = wiring.jobs.jobs_of(OWNER)
    assert answer.headers["location"] == f"/jobs/{job.id}"
    assert job.kind is JobKind.IMPORT_UPLOAD
    sent = wiring.job_files.files(OWNER, str(job.arguments["upload"]))
    assert [each.label for each in sent] == ["run.gpx", "run.gpx"]
    assert "Waiting its turn" in runner.get(f"/jobs/{job.id}").text
    assert f"/jobs/{job.id}" in runner.get("/connect").text


def test_a_job_is_stopped(site: Site, runner: Browser) -> None:
    where = runner.post("/connect/files", files=[FILE]).headers["location"]
    assert runner.post(f"{where}/cancel").status_code == 303
    assert "Stopped" in runner.get(where).text
    (job,) = site.desk(OWNER).wiring.jobs.jobs_of(OWNER)
    assert job.status is JobStatus.CANCELLED
    ended = runner.get(f"{where}/events").text
    assert "event: progress" in ended
    assert ended.rstrip().endswith("data:")


@pytest.mark.parametrize("n", [0, MOST_FILES + 1])
def test_none_or_far_too_many_files_are_said_so(runner: Browser, n: int) -> None:
    empty = [("files", ("", b"", "application/octet-stream"))]
    answer = runner.post("/connect/files", files=[FILE] * n or empty)
    assert answer.status_code == 422


def test_somebody_elses_work_is_not_there(
    runner: Browser, sign_up: Callable[[str, str], Browser]
) -> None:
    where = runner.post("/connect/files", files=[FILE]).headers["location"]
    other = sign_up("other", "Other")
    assert other.get(where).status_code == 404
    assert other.get(f"{where}/events").status_code == 404
    assert other.post(f"{where}/cancel").status_code == 404
    assert "Waiting its turn" in runner.get(where).text


def test_an_activity_that_is_not_there_cannot_be_answered_for(runner: Browser) -> None:
    assert runner.post("/connect/activities/none", data={"verdict": "keep"}).status_code == 404
    assert runner.post("/connect/activities/none", data={"verdict": "burn"}).status_code == 422
