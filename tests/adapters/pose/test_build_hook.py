import hashlib
import importlib.util
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from sidestep.adapters.pose.model_files import SHA256

REPOSITORY = Path(__file__).parents[3]
CONTENT = b"a network"


def load_hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", REPOSITORY / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["hatch_build"] = module
    spec.loader.exec_module(module)
    return module


HOOK = load_hook()


def taken(sha256: str = hashlib.sha256(CONTENT).hexdigest()) -> tuple[object, ...]:
    wheel = HOOK.Wheel(project="made_up", version="1.0", python="3.11", platform="any")
    return (
        HOOK.TakenFile(
            wheel=wheel, member="made_up/file.bin", sha256=sha256, target="src/here/file.bin"
        ),
    )


def pip_that_fetches(member: str) -> Callable[..., subprocess.CompletedProcess[str]]:
    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        (folder,) = (word.removeprefix("--dest=") for word in command if "--dest=" in word)
        with zipfile.ZipFile(Path(folder) / "made_up-1.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr(member, CONTENT)
        return subprocess.CompletedProcess(command, 0, "", "")

    return run


def pip_that_fails(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
    return subprocess.CompletedProcess(command, 1, "", "ERROR: no network")


def test_a_missing_file_is_taken_out_of_its_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", pip_that_fetches("made_up/file.bin"))
    HOOK.take_missing(tmp_path, taken())
    assert (tmp_path / "src/here/file.bin").read_bytes() == CONTENT


def test_a_file_that_is_there_is_not_fetched_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", pip_that_fails)
    (tmp_path / "src/here").mkdir(parents=True)
    (tmp_path / "src/here/file.bin").write_bytes(CONTENT)
    HOOK.take_missing(tmp_path, taken())


def test_without_a_network_the_build_says_what_it_needs_and_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", pip_that_fails)
    with pytest.raises(SystemExit) as stopped:
        HOOK.take_missing(tmp_path, taken())
    said = str(stopped.value)
    for needed in ("made_up==1.0", "src/here/file.bin", "PIP_FIND_LINKS", "ERROR: no network"):
        assert needed in said


@pytest.mark.parametrize(
    ("member", "sha256", "told"),
    [("made_up/file.bin", "0" * 64, "is not the file"), ("else.bin", "0" * 64, "holds no")],
)
def test_another_file_than_expected_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, member: str, sha256: str, told: str
) -> None:
    monkeypatch.setattr(subprocess, "run", pip_that_fetches(member))
    with pytest.raises(SystemExit, match=told):
        HOOK.take_missing(tmp_path, taken(sha256))
    assert not (tmp_path / "src/here/file.bin").exists()


def test_the_doctor_knows_what_the_build_takes() -> None:
    taken = {Path(file.target).name: file.sha256 for file in HOOK.TAKEN_FILES}
    models = [file for file in HOOK.TAKEN_FILES if "pose/models" in file.target]
    assert {Path(file.target).name for file in models} == set(SHA256)
    assert {name: taken[name] for name in SHA256} == SHA256
