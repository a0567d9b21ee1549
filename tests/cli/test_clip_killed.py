"""What a clip that was killed has drawn goes with the next one, and nothing else does."""

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from builders.motion_squatter import Squatter
from fakes.clips import ScriptedPoses
from fakes.stores import MemoryStore
from sidestep.adapters.storage.clip_folder import ClipPictureFolder
from sidestep.bootstrap.wiring import Wiring
from sidestep.cli.exits import DONE, run
from sidestep.cli.main import command

TESTS = Path(__file__).parents[1]
DRAWING = """
import sys, time
from pathlib import Path
from builders.motion_squatter import Squatter
from builders.shipped import shipped_knowledge
from fakes.clips import NoonClock, ScriptedPoses
from sidestep.adapters.storage.clip_folder import ClipPictureFolder
from sidestep.services.clips.analyse_clip import ClipTools, ClipWishes, analyse_clip
from sidestep.services.clips.clip_kinds import SQUAT

class DrawsForEver:
    def draw(self, clip, drawing, stills, overlay, progress):
        overlay.write_bytes(b"half of it")
        print(overlay, flush=True)
        time.sleep(600)

tools = ClipTools(
    poses=ScriptedPoses(Squatter().track()),
    pictures=DrawsForEver(),
    folder=ClipPictureFolder(Path(sys.argv[2])),
    open_store=lambda: None,
    read_knowledge=shipped_knowledge,
    clock=NoonClock(),
)
analyse_clip(Path(sys.argv[1]), SQUAT, ClipWishes(), tools, lambda share: None)
"""


@pytest.fixture
def film(memory_home: MemoryStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Lay a film of squats whose person is seen by script."""
    assert not memory_home.documents("clip_squat")
    track = replace(Squatter().track(), model="BlazePose full e9a5c5cb17f7")
    monkeypatch.setattr(Wiring, "pose_source", ScriptedPoses(track))
    film = tmp_path / "mine.mp4"
    film.write_bytes(b"watched by nobody")
    return film


def begin_to_draw(film: Path, clips: Path) -> subprocess.Popen[str]:
    """Start a program that draws a clip, says what it has written, and does not end."""
    program = [sys.executable, "-c", DRAWING, str(film), str(clips)]
    return subprocess.Popen(program, stdout=subprocess.PIPE, cwd=TESTS, text=True)


def drawn_by(process: subprocess.Popen[str]) -> Path:
    assert process.stdout is not None
    return Path(process.stdout.readline().strip())


def test_what_a_killed_clip_has_drawn_goes_with_the_next_and_work_under_way_stays(
    film: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clips = tmp_path / "home" / "clips"
    with begin_to_draw(film, clips) as killed, begin_to_draw(film, clips) as working:
        try:
            left, under_way = drawn_by(killed), drawn_by(working)
            killed.send_signal(signal.SIGKILL)
            killed.wait()
            assert left.exists()
            assert under_way.exists()
            assert run(command, ["clip", "squat", str(film), "--no-pictures", "--keep"]) == DONE
            assert not left.parent.exists()
            assert under_way.exists()
        finally:
            killed.kill()
            working.kill()
    (kept,) = clips.glob("*/clip.mp4")
    assert run(command, ["clip", "squat", str(film), "--no-pictures"]) == DONE
    assert not under_way.exists()
    assert [path for path in clips.rglob("*") if path.is_file()] == [kept]


def test_a_result_that_was_kept_just_before_the_end_stays(tmp_path: Path) -> None:
    folder = ClipPictureFolder(tmp_path)
    for place in ("named", "unnamed"):
        (folder.pictures(place) / "overlay.mp4").write_bytes(b"a film")
        (tmp_path / f"{place}.lock").touch()
    (folder.pictures("older") / "overlay.mp4").write_bytes(b"a film")
    folder.sweep(lambda: {"named"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["named", "older"]
