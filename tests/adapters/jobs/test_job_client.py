"""Jobs are asked for once, seen by their owner only, and stopped before they began."""

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from sidestep.adapters.jobs.job_client import QueuedJobs
from sidestep.adapters.jobs.queue_database import log_places_only, open_queue
from sidestep.errors import StorageError
from sidestep.services.ports.jobs import JobKind, JobStatus


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[QueuedJobs]:
    jobs = QueuedJobs(open_queue(f"sqlite:///{tmp_path / 'home' / 'jobs.sqlite'}"))
    yield jobs
    jobs.close()


def test_the_same_key_is_the_same_job(jobs: QueuedJobs) -> None:
    first = jobs.start(JobKind.IMPORT_UPLOAD, "anna", {"upload": "1"}, "a")
    again = jobs.start(JobKind.IMPORT_UPLOAD, "anna", {"upload": "2"}, "a")
    other = jobs.start(JobKind.IMPORT_UPLOAD, "anna", {"upload": "3"}, "b")

    assert first == again != other
    kept = jobs.state("anna", first)
    assert kept is not None
    assert kept.arguments == {"upload": "1"}
    assert kept.status is JobStatus.QUEUED
    assert {job.id for job in jobs.jobs_of("anna")} == {first, other}


def test_one_owners_jobs_are_not_there_for_another(jobs: QueuedJobs) -> None:
    job = jobs.start(JobKind.MAKE_REPORT, "anna", {}, "key")
    same_key = jobs.start(JobKind.MAKE_REPORT, "ben", {}, "key")

    assert job != same_key
    assert jobs.state("ben", job) is None
    assert jobs.cancel("ben", job) is False
    assert [each.id for each in jobs.jobs_of("ben")] == [same_key]
    jobs.forget("ben")
    assert jobs.jobs_of("ben") == []
    kept = jobs.state("anna", job)
    assert kept is not None
    assert kept.status is JobStatus.QUEUED


def test_a_queued_job_is_stopped_once(jobs: QueuedJobs) -> None:
    job = jobs.start(JobKind.MAKE_REPORT, "anna", {}, "key")

    assert jobs.cancel("anna", job) is True
    assert jobs.cancel("anna", job) is False
    stopped = jobs.state("anna", job)
    assert stopped is not None
    assert stopped.status is JobStatus.CANCELLED


def test_what_was_asked_for_is_still_there_after_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'jobs.sqlite'}"
    before = QueuedJobs(open_queue(url))
    job = before.start(JobKind.ANALYSE_CLIP, "anna", {"upload": "1"}, "key")
    before.tell(job, 0.5, "watching")
    before.close()

    after = QueuedJobs(open_queue(url))
    kept = after.state("anna", job)
    after.close()
    assert kept is not None
    assert kept.progress == 0.5


def test_a_queue_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "jobs.sqlite").write_bytes(b"no database, but something else of some length " * 9)

    with pytest.raises(StorageError, match="queue of jobs"):
        open_queue(f"sqlite:///{tmp_path / 'jobs.sqlite'}")


def test_a_queue_that_is_lost_is_told_in_our_words(jobs: QueuedJobs, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "home" / "jobs.sqlite")) as queue, queue:
        queue.execute("ALTER TABLE workflow_status RENAME TO elsewhere")
    for reach in (
        lambda: jobs.state("anna", "key"),
        lambda: jobs.jobs_of("anna"),
        lambda: jobs.start(JobKind.MAKE_REPORT, "anna", {}, "key"),
        lambda: jobs.forget("anna"),
    ):
        with pytest.raises(StorageError, match="cannot be reached now"):
            reach()


def test_a_queue_with_no_connection_free_is_told_in_our_words(jobs: QueuedJobs) -> None:
    def lend_none() -> None:
        raise sa.exc.TimeoutError("QueuePool limit reached")

    jobs._engine.pool.connect = lend_none  # type: ignore[method-assign,assignment]
    with pytest.raises(StorageError, match="cannot be reached now"):
        jobs.jobs_of("anna")


def test_the_log_names_places_and_no_values(capsys: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("dbos")
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
    log_places_only()
    logger.error("failed on Anna.fit: %s", "Knee", exc_info=ValueError("Knee of Anna.fit"))

    said = capsys.readouterr().err
    assert "Anna" not in said
    assert "Knee" not in said
    assert "test_job_client.py" in said
    assert "ValueError" in said


@pytest.mark.parametrize(
    ("status", "code"), [("ERROR", "internal"), ("MAX_RECOVERY_ATTEMPTS_EXCEEDED", "given_up")]
)
def test_a_job_that_could_not_be_done_says_so(
    jobs: QueuedJobs, tmp_path: Path, status: str, code: str
) -> None:
    job = jobs.start(JobKind.MAKE_REPORT, "anna", {}, "key")
    with closing(sqlite3.connect(tmp_path / "home" / "jobs.sqlite")) as queue, queue:
        queue.execute("UPDATE workflow_status SET status = ?", [status])

    ended = jobs.state("anna", job)

    assert ended is not None
    assert ended.status is JobStatus.FAILED
    assert ended.error is not None
    assert ended.error.code == code


def test_ended_jobs_are_forgotten_after_a_while(jobs: QueuedJobs) -> None:
    ended = jobs.start(JobKind.MAKE_REPORT, "anna", {}, "ended")
    queued = jobs.start(JobKind.MAKE_REPORT, "ben", {}, "queued")
    jobs.cancel("anna", ended)
    now = datetime.now(UTC)

    seen = {job.id: job.status for job in jobs.everybodys(now - timedelta(minutes=1))}
    assert seen == {ended: JobStatus.CANCELLED, queued: JobStatus.QUEUED}
    jobs.forget_ended(now - timedelta(minutes=1))
    assert jobs.state("anna", ended) is not None
    jobs.forget_ended(now + timedelta(minutes=1))
    assert jobs.state("anna", ended) is None
    assert jobs.state("ben", queued) is not None


def test_the_queue_dates_its_rows_to_the_millisecond_with_any_sqlite(tmp_path: Path) -> None:
    # DBOS's tables say this from Python 3.12 on; Debian 12 has an SQLite that does not know it.
    engine = open_queue(f"sqlite:///{tmp_path / 'jobs.sqlite'}")
    before_ms = time.time() * 1000
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE dated"
            " (id INTEGER, at_ms INTEGER NOT NULL DEFAULT (unixepoch('subsec') * 1000))"
        )
        connection.exec_driver_sql("INSERT INTO dated (id) VALUES (1)")
        at_ms = connection.exec_driver_sql("SELECT at_ms FROM dated").scalar_one()
    engine.dispose()

    assert before_ms - 1 <= at_ms <= time.time() * 1000 + 1
