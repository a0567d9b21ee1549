"""How far a job is arrives in order, from where it stands to its end, and at its owner's only."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from fakes.jobs import ScriptedJobs
from sidestep.bootstrap.settings import OWNER
from sidestep.errors import StorageError
from sidestep.services.ports.jobs import JobError, JobKind, JobState, JobStatus
from sidestep.web.pages import jobs as job_pages
from sidestep.web.site import Site
from web.conftest import Browser

KINDS: dict[JobKind, dict[str, Any]] = {
    JobKind.IMPORT_UPLOAD: {},
    JobKind.ANALYSE_CLIP: {"shows": "squat"},
    JobKind.MAKE_REPORT: {"for": "runner"},
    JobKind.MAKE_EXPORT: {},
    JobKind.MAKE_BACKUP: {},
}
FOUND = {"n_files": 2, "imported": 2, "files": []} | dict.fromkeys(
    ("merged", "already_had", "repaired", "skipped", "failed"), 0
)
RESULTS: dict[JobKind, dict[str, Any]] = {
    JobKind.IMPORT_UPLOAD: FOUND,
    JobKind.ANALYSE_CLIP: {"document": "clip-1"},
    JobKind.MAKE_REPORT: {"for": "runner"},
    JobKind.MAKE_EXPORT: {"named": "sidestep.zip"},
    JobKind.MAKE_BACKUP: {"named": "sidestep.tar"},
}
every_kind = pytest.mark.parametrize("kind", KINDS, ids=[kind.value for kind in KINDS])


@pytest.fixture(autouse=True)
def looks_all_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_pages, "LOOK_EVERY_S", 0.0)


@pytest.fixture
def queue(jobs: ScriptedJobs) -> ScriptedJobs:
    """Return a queue whose jobs go on only as a test says."""
    jobs._wiring_of = None
    return jobs


def begin(queue: ScriptedJobs, kind: JobKind, owner: str = OWNER) -> str:
    return queue.start(kind, owner, KINDS[kind], "once")


def running(share: float, stage: str = "reading") -> dict[str, Any]:
    return {"status": JobStatus.RUNNING, "progress": share, "message": stage}


def events_of(browser: Browser, job: str) -> list[tuple[str, str]]:
    """Return the name and the text of each event of a stream that came to its end."""
    answer = browser.get(f"/jobs/{job}/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    blocks = [block for block in answer.text.split("\n\n") if block.startswith("event:")]
    lines = [block.splitlines() for block in blocks]
    assert all(line.startswith("data:") for _, *data in lines for line in data)
    return [
        (name.removeprefix("event: "), "\n".join(line.removeprefix("data: ") for line in data))
        for name, *data in lines
    ]


def shares(events: list[tuple[str, str]]) -> list[float]:
    found = (re.search(r'<progress max="100" value="([\d.]+)"', html) for _, html in events)
    return [float(each.group(1)) for each in found if each is not None]


@every_kind
def test_events_arrive_in_order_and_the_last_says_that_it_ended(
    runner: Browser, queue: ScriptedJobs, kind: JobKind
) -> None:
    job = begin(queue, kind)
    done = {"status": JobStatus.DONE, "progress": 1.0, "result": RESULTS[kind]}
    queue.next_looks = [{}, running(0.1), running(0.1), running(0.5), running(0.9), done]

    events = events_of(runner, job)

    assert [name for name, _ in events] == ["progress"] * 5 + ["ended"]
    assert shares(events) == [0.0, 10.0, 50.0, 90.0]
    assert queue.next_looks == []


@pytest.mark.parametrize("end", [JobStatus.FAILED, JobStatus.CANCELLED])
@every_kind
def test_a_job_that_does_not_come_to_its_end_ends_its_stream_too(
    runner: Browser, queue: ScriptedJobs, kind: JobKind, end: JobStatus
) -> None:
    job = begin(queue, kind)
    error = JobError(code="unreadable", message="it cannot be read", hint="Send another.")
    queue.next_looks = [running(0.3), {"status": end, "error": error}]
    events = events_of(runner, job)
    assert [name for name, _ in events] == ["progress", "progress", "ended"]
    assert ("it cannot be read" in events[1][1]) is (end is JobStatus.FAILED)


def test_who_comes_back_goes_on_from_where_it_stands(runner: Browser, queue: ScriptedJobs) -> None:
    job = begin(queue, JobKind.IMPORT_UPLOAD)
    queue.next_looks = [running(0.2), {"status": JobStatus.CANCELLED}]
    assert shares(events_of(runner, job)) == [20.0]
    queue.next_looks = [running(0.6), running(0.8), {"status": JobStatus.CANCELLED}]
    assert shares(events_of(runner, job)) == [60.0, 80.0]
    assert "retry: 1000" in runner.get(f"/jobs/{job}/events").text


def test_a_server_that_ends_waits_for_no_stream(
    runner: Browser, site: Site, queue: ScriptedJobs
) -> None:
    job = begin(queue, JobKind.IMPORT_UPLOAD)
    queue.next_looks = [running(0.2), running(0.4), running(0.6)]
    site.is_ending = lambda: len(queue.next_looks) < 2
    assert shares(events_of(runner, job)) == [20.0]
    assert "event: ended" not in runner.get(f"/jobs/{job}/events").text


def test_a_database_that_is_lost_breaks_the_stream_off_for_the_browser_to_ask_again(
    runner: Browser, queue: ScriptedJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = begin(queue, JobKind.IMPORT_UPLOAD)
    state = queue.state

    def lost_after_once(owner: str, job_id: str) -> JobState | None:
        if not queue.next_looks:
            raise StorageError("the data cannot be reached now")
        return state(owner, job_id)

    monkeypatch.setattr(queue, "state", lost_after_once)
    queue.next_looks = [running(0.2)]
    assert [name for name, _ in events_of(runner, job)] == ["progress"]


def test_a_job_that_is_erased_ends_its_stream(
    runner: Browser, queue: ScriptedJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = begin(queue, JobKind.IMPORT_UPLOAD)
    state = queue.state

    def erased_after_once(owner: str, job_id: str) -> JobState | None:
        return state(owner, job_id) if queue.next_looks else None

    monkeypatch.setattr(queue, "state", erased_after_once)
    queue.next_looks = [running(0.2)]
    assert [name for name, _ in events_of(runner, job)] == ["progress", "ended"]


@every_kind
def test_nobody_else_sees_it(
    runner: Browser,
    sign_up: Callable[[str, str], Browser],
    visitor: Browser,
    queue: ScriptedJobs,
    kind: JobKind,
) -> None:
    job = begin(queue, kind)
    queue.become(OWNER, job, **running(0.37))
    other = sign_up("other", "Other")
    others = begin(queue, kind, "other")
    assert others != job
    for path in (f"/jobs/{job}", f"/jobs/{job}/events", f"/jobs/{job}/page.pdf"):
        answer = other.get(path)
        assert answer.status_code == 404
        assert "<progress" not in answer.text
        assert visitor.get(path).headers["location"].startswith("/sign-in")


@every_kind
def test_the_page_watches_the_stream_and_without_script_looks_again_by_itself(
    runner: Browser, queue: ScriptedJobs, kind: JobKind
) -> None:
    job = begin(queue, kind)
    for share in (0.25, 0.75):
        queue.become(OWNER, job, **running(share))
        shown = runner.get(f"/jobs/{job}").text
        assert f'sse-connect="/jobs/{job}/events"' in shown
        assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in shown
        assert shares([("", shown)]) == [100 * share]
    queue.become(OWNER, job, status=JobStatus.CANCELLED)
    shown = runner.get(f"/jobs/{job}").text
    assert "Stopped" in shown
    assert "sse-connect" not in shown
    assert "refresh" not in shown
