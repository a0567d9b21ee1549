"""Jobs are done once by a worker process, whatever is killed, stopped or restarted meanwhile."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from builders.job_homes import Server, settings_of, short_clip, wait_for, zip_of_runs
from builders.summaries import MONDAY
from sidestep.batch.worker_process import WorkerProcess
from sidestep.bootstrap.settings import Settings
from sidestep.services.ports.jobs import JobKind, JobState, JobStatus
from sidestep.services.report.asked_page import AskedPage, PageFor

RUNS = 200
"""Enough to be under way for some seconds on a quick machine, too."""
FEW_RUNS = 20
"""Enough to tell one import from another."""


@pytest.fixture(scope="module")
def history() -> bytes:
    return zip_of_runs(RUNS)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return short_clip(tmp_path_factory.mktemp("clips") / "run_side.mp4")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(settings_of(tmp_path / "home"))
    yield server
    server.close()


@pytest.fixture
def worker(server: Server) -> Iterator[WorkerProcess]:
    with WorkerProcess(server.settings) as worker:
        yield worker


def is_under_way(state: JobState) -> bool:
    return state.status is JobStatus.RUNNING and state.progress > 0


def kill(worker: WorkerProcess, *, has_children: bool = True) -> None:
    """Kill the worker as the system would, and see that what it had started went with it."""
    wait_for(lambda: worker.pid is not None)
    process = psutil.Process(worker.pid)
    children = process.children(recursive=True)
    assert bool(children) is has_children
    process.send_signal(signal.SIGKILL)
    wait_for(lambda: worker.pid not in (None, process.pid))
    _, alive = psutil.wait_procs(children, timeout=10)
    assert not alive


def test_an_import_survives_the_death_of_its_worker(
    server: Server, worker: WorkerProcess, history: bytes
) -> None:
    job = server.start_import("anna", "all my runs.zip", history)
    server.wait("anna", job, is_under_way)
    kill(worker)

    ended = server.wait_for_end("anna", job)

    assert ended.status is JobStatus.DONE
    assert ended.result["imported"] == ended.result["n_files"] == RUNS
    assert len(server.of("anna").store.activities()) == RUNS
    assert len(server.of("anna").store.known_sources()) == RUNS
    sources = server.of("anna").store.known_sources().values()
    assert all(source.shown_as.startswith("all my runs.zip") for source in sources)
    wait_for(lambda: not server.uploads())


def test_a_clip_survives_the_death_of_its_worker(
    server: Server, worker: WorkerProcess, clip: Path
) -> None:
    job = server.start_clip("anna", clip)
    server.wait("anna", job, is_under_way)
    kill(worker)

    ended = server.wait_for_end("anna", job)

    assert ended.status is JobStatus.DONE
    documents = server.of("anna").store.documents("clip_run")
    assert [document.id for document in documents] == [ended.result["document"]]
    assert documents[0].content["job"] == job
    overlay = documents[0].content["pictures"]["overlay"]
    assert (server.of("anna").settings.files / "clips" / overlay).is_file()
    wait_for(lambda: not server.uploads())


def test_a_running_job_is_stopped(server: Server, worker: WorkerProcess, clip: Path) -> None:
    job = server.start_clip("anna", clip)
    other = server.start_import("anna", "runs.zip", zip_of_runs(FEW_RUNS))
    server.wait("anna", job, is_under_way)

    assert server.wiring.jobs.cancel("anna", job)

    assert server.look("anna", job).status is JobStatus.CANCELLED
    assert server.wait_for_end("anna", other).status is JobStatus.DONE
    assert server.look("anna", job).status is JobStatus.CANCELLED
    assert not server.of("anna").store.documents("clip_run")
    wait_for(lambda: not psutil.Process(worker.pid).children(recursive=True))
    wait_for(lambda: not server.uploads())


def test_a_restarted_server_sees_the_job_where_it_is(
    server: Server, worker: WorkerProcess, history: bytes
) -> None:
    job = server.start_import("anna", "runs.zip", history)
    before = server.wait("anna", job, is_under_way)

    restarted = Server(server.settings)
    seen = restarted.look("anna", job)
    assert seen.status in (JobStatus.RUNNING, JobStatus.DONE)
    assert seen.progress >= before.progress
    assert restarted.wait_for_end("anna", job).result["imported"] == RUNS
    restarted.close()


def test_what_two_people_send_stays_apart(server: Server, worker: WorkerProcess) -> None:
    annas = server.start_import("anna", "runs.zip", zip_of_runs(FEW_RUNS))
    bens = server.start_import("ben", "runs.zip", zip_of_runs(3))

    assert server.wait_for_end("anna", annas).status is JobStatus.DONE
    assert server.wait_for_end("ben", bens).result["imported"] == 3

    assert server.wiring.jobs.state("ben", annas) is None
    assert len(server.of("anna").store.activities()) == FEW_RUNS
    assert len(server.of("ben").store.activities()) == 3


def ask_for_a_page(server: Server, owner: str = "anna", key: str = "once") -> str:
    asked = AskedPage(page_for=PageFor.CLINICIAN, on=MONDAY.date()).as_plain()
    return server.wiring.jobs.start(JobKind.MAKE_REPORT, owner, asked, key)


def pages_of(server: Server, owner: str = "anna") -> list[str]:
    return [path.name for path in (server.settings.home / "pages" / owner).iterdir()]


def test_a_page_survives_the_death_of_its_worker(server: Server, worker: WorkerProcess) -> None:
    job = ask_for_a_page(server)
    server.wait("anna", job, lambda state: state.status is JobStatus.RUNNING)
    kill(worker, has_children=False)

    ended = server.wait_for_end("anna", job)

    assert ended.status is JobStatus.DONE, ended
    assert ended.result == {"for": "clinician", "pages": 1}
    # What the killed worker may have left half written is cleared away a minute later.
    assert [name for name in pages_of(server) if not name.startswith(".")] == [f"{job}.pdf"]
    assert server.wiring.job_files.page("anna", job).read_bytes().startswith(b"%PDF")
    assert server.wiring.jobs.state("ben", job) is None


def test_a_file_that_is_none_fails_with_its_senders_name(
    server: Server, worker: WorkerProcess, clip: Path
) -> None:
    no_film = server.settings.home.parent / "no film.mp4"
    no_film.write_bytes(b"not a film at all")
    job = server.start_clip("anna", no_film)
    unknown = server.start_clip("anna", clip, shows="dance")

    ended = server.wait_for_end("anna", job)

    assert ended.status is JobStatus.FAILED
    assert ended.error is not None
    assert ended.error.code == "unreadable_file"
    assert "Anna's no film.mp4" in ended.error.message
    refused = server.wait_for_end("anna", unknown)
    assert refused.error is not None
    assert refused.error.code == "input"
    wait_for(lambda: not server.uploads())


def test_the_worker_ends_with_its_server(server: Server) -> None:
    worker = WorkerProcess(server.settings)
    worker.start()
    wait_for(lambda: worker.pid is not None)
    process = psutil.Process(worker.pid)
    worker.stop()
    assert not process.is_running()
    assert worker.pid is None


def test_the_worker_goes_with_a_server_that_is_killed(server: Server, history: bytes) -> None:
    job = server.start_import("anna", "runs.zip", history)
    program = (
        "import sys, time; from pathlib import Path\n"
        "from sidestep.bootstrap.settings import Settings\n"
        "from sidestep.batch.worker_process import WorkerProcess\n"
        "settings = Settings(home=Path(sys.argv[1]), database_url=sys.argv[2])\n"
        "with WorkerProcess(settings): time.sleep(600)\n"
    )
    command = [sys.executable, "-c", program]
    where = [str(server.settings.home), server.settings.database_url]
    with subprocess.Popen([*command, *where]) as killed:
        try:
            server.wait("anna", job, is_under_way)
            below = psutil.Process(killed.pid).children(recursive=True)
        finally:
            killed.kill()
    assert below
    _, alive = psutil.wait_procs(below, timeout=30)
    assert not alive

    with WorkerProcess(server.settings):
        assert server.wait_for_end("anna", job).result["imported"] == RUNS


def test_nothing_of_what_was_sent_is_in_the_log(tmp_path: Path, clip: Path) -> None:
    server = Server(settings_of(tmp_path / "home"))
    read_end, write_end = os.pipe()
    stderr = os.dup(2)
    os.dup2(write_end, 2)
    try:
        with WorkerProcess(server.settings):
            job = server.start_clip("anna", clip, shows="dance")
            asked = {"for": "runner", "on": "Annaday"}
            bad = server.wiring.jobs.start(JobKind.MAKE_REPORT, "anna", asked, "x")
            assert server.wait_for_end("anna", job).status is JobStatus.FAILED
            assert server.wait_for_end("anna", bad).status is JobStatus.FAILED
    finally:
        os.dup2(stderr, 2)
        os.close(stderr)
        os.close(write_end)
    server.close()
    with os.fdopen(read_end, "rb") as log:
        said = log.read().decode()
    assert "ValueError at" in said
    for private in ("Anna", "anna", "run_side", "dance"):
        assert private not in said.replace(str(tmp_path), "")


def test_two_workers_never_work_at_once(server: Server, worker: WorkerProcess, clip: Path) -> None:
    job = server.start_clip("anna", clip)
    server.wait("anna", job, is_under_way)
    with WorkerProcess(server.settings) as second:
        ended = server.wait_for_end("anna", job)
        assert second.pid is not None
        assert not psutil.Process(second.pid).children()
    assert ended.status is JobStatus.DONE
    assert len(server.of("anna").store.documents("clip_run")) == 1


def test_on_postgresql_a_job_survives_the_death_of_its_worker_too(
    postgres_url: str, tmp_path: Path, history: bytes
) -> None:
    server = Server(Settings(home=tmp_path / "home", database_url=postgres_url))
    with WorkerProcess(server.settings) as worker:
        job = server.start_import("anna", "runs.zip", history)
        server.wait("anna", job, is_under_way)
        kill(worker)
        ended = server.wait_for_end("anna", job)
        assert ended.status is JobStatus.DONE, ended
        assert ended.result["imported"] == RUNS
        assert server.wiring.jobs.state("ben", job) is None
    server.close()


def test_the_worker_talks_to_nobody(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = tmp_path / "heard"
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "def hear(event, args):\n"
        "    if event in ('socket.connect', 'socket.bind', 'socket.sendto',\n"
        "                 'socket.getaddrinfo', 'socket.gethostbyname', 'urllib.Request'):\n"
        f"        with open({str(heard)!r}, 'a') as file: file.write(event + '\\n')\n"
        "sys.addaudithook(hear)\n"
        f"open({str(heard)!r}, 'a').write('listening\\n')\n"
    )
    paths = [str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))
    with WorkerProcess(server.settings):
        job = server.start_import("anna", "runs.zip", zip_of_runs(2))
        page = ask_for_a_page(server)
        assert server.wait_for_end("anna", job).status is JobStatus.DONE
        assert server.wait_for_end("anna", page).status is JobStatus.DONE
    assert set(heard.read_text().split()) == {"listening"}
