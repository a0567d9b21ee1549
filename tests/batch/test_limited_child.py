"""Whatever a decoder does, it costs its own process only."""

import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest

from builders.job_homes import wait_for
from sidestep.batch.fences import MIB, Limits
from sidestep.batch.limited_child import ChildBugError, LimitedChild
from sidestep.errors import HostileFileError, JobStoppedError, LimitError, UnreadableFileError

TESTS = Path(__file__).parents[1]
LIMITS = Limits(memory_bytes=512 * MIB, cpu_s=60, silence_s=60.0)

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="these fences are Linux's")
only_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")


@pytest.fixture(autouse=True)
def tasks_can_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))


def child(task: str, argument: Any = None, limits: Limits = LIMITS) -> LimitedChild:
    return LimitedChild(
        f"fakes.limited_tasks:{task}", argument, limits=limits, is_stopped=lambda: False
    )


def outcome(task: str, argument: Any = None, limits: Limits = LIMITS) -> Any:
    with child(task, argument, limits) as working:
        list(working)
    return working.result


def test_it_says_what_it_sees_and_answers() -> None:
    with child("echo", {"a": [1, 2.5, None]}) as working:
        assert list(working) == [{"a": [1, 2.5, None]}]
    assert working.result == {"a": [1, 2.5, None]}


@only_linux
def test_every_fence_stands() -> None:
    with child("echo") as working:
        list(working)
    # In some containers nobody may have a network of his own; sockets are refused everywhere.
    assert {"no_sockets", "memory", "processor", "file_size"} <= set(working.fences)


@only_posix
def test_a_memory_hog_is_stopped() -> None:
    with pytest.raises(LimitError, match="memory"):
        outcome("take_memory")


@only_posix
def test_an_endless_decoder_is_stopped() -> None:
    with pytest.raises(LimitError, match="processor"):
        outcome("never_end", limits=Limits(memory_bytes=512 * MIB, cpu_s=1, silence_s=60.0))


@only_posix
def test_a_file_without_end_is_stopped(tmp_path: Path) -> None:
    small = Limits(memory_bytes=512 * MIB, cpu_s=60, silence_s=60.0, file_bytes=4 * MIB)
    with pytest.raises(ChildBugError, match="OSError"):
        outcome("fill_disk", str(tmp_path / "full"), small)
    assert (tmp_path / "full").stat().st_size <= 4 * MIB


def test_one_that_hangs_is_stopped() -> None:
    with pytest.raises(LimitError, match="did not get on"):
        outcome("hang", limits=Limits(memory_bytes=512 * MIB, cpu_s=60, silence_s=1.0))


def test_one_that_crashes_is_told() -> None:
    with pytest.raises(UnreadableFileError, match="crashed"):
        outcome("crash")


def test_it_ends_when_the_work_is_stopped() -> None:
    heard: list[int] = []
    with (
        LimitedChild(
            "fakes.limited_tasks:hang", None, limits=LIMITS, is_stopped=lambda: bool(heard)
        ) as working,
        pytest.raises(JobStoppedError),
    ):
        heard.extend(working)
    (pid,) = heard
    wait_for(lambda: not psutil.pid_exists(pid))


@only_linux
def test_there_is_no_network_in_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port), timeout=5.0):
            pass  # From here, it can be reached.
        assert outcome("try_network", port) == "PermissionError"


def test_an_answer_that_would_run_something_is_refused(tmp_path: Path) -> None:
    victim = tmp_path / "made"
    with pytest.raises(UnreadableFileError):
        outcome("answer_code", str(victim))
    assert not victim.exists()


def test_an_error_on_purpose_comes_through() -> None:
    with pytest.raises(HostileFileError, match="a bomb") as caught:
        outcome("refuse")
    assert caught.value.hint == "Send another."


def test_our_own_bug_is_told_by_its_place_only(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ChildBugError, match="ValueError at") as caught:
        outcome("fail_with_a_name")
    assert "Anna" not in str(caught.value) + caplog.text
    assert "limited_tasks.py" in caplog.text


def test_it_gets_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIDESTEP_DATABASE_URL", "postgresql://me:secret@server/db")
    monkeypatch.setenv("SOME_TOKEN", "secret")
    assert "secret" not in outcome("environment")


@only_linux
def test_the_system_ends_it_with_its_parent() -> None:
    assert outcome("death_signal") == signal.SIGKILL


def test_it_ends_with_the_process_that_started_it() -> None:
    with child("hang") as working:
        pid = next(iter(working))
        working._orders.close()  # As the system does for a parent that was killed.
        wait_for(lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == "zombie")
