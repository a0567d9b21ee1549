"""``sidestep clip live`` from the command line, on a rendered runner, without screen or speaker."""

import json
from pathlib import Path

import av
import pytest

from sidestep.cli.exits import COULD_NOT, DONE, WRONG_USE, run
from sidestep.cli.main import command
from sidestep.domain.motion.calibration import EXACT
from sidestep.services.clips import clip_calibration

CLIP = Path(__file__).parents[1] / "clips" / "run_front.mp4"


@pytest.fixture(autouse=True)
def _no_hardware(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    monkeypatch.setenv("SIDESTEP_HOME", str(tmp_path / "home"))


def test_a_clip_is_played_as_fast_as_it_was_filmed_and_saved_as_it_was_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clip_calibration, "calibration_for", lambda *_: EXACT)
    film = tmp_path / "mirror.mp4"
    options = ["--save", str(film), "--limit", "-90", "--json"]
    assert run(command, ["clip", "live", str(CLIP), *options]) == DONE
    told = capsys.readouterr()
    document = json.loads(told.out)
    with av.open(str(CLIP)) as clip:
        n_frames = sum(1 for _ in clip.decode(video=0))
    assert document["frames"]["shown"] + document["frames"]["dropped"] == n_frames
    assert document["view"] == "front"
    assert document["delay_ms"]["median"] > 0
    for side in ("left", "right"):
        assert document[side]["n_over_limit"] == document[side]["n_measured"]
    assert document["saved"] == str(film)
    with av.open(str(film)) as saved:
        assert sum(1 for _ in saved.decode(video=0)) == document["frames"]["shown"]
    assert "The mirror opens in a few seconds" in told.err
    assert list(tmp_path.iterdir()) == [film]


def test_a_file_that_is_no_video_is_told_and_leaves_no_film(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_text("no video")
    film = tmp_path / "mirror.mp4"
    assert run(command, ["clip", "live", str(clip), "--save", str(film)]) == COULD_NOT
    assert "cannot be read as a video" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [clip]


def test_without_a_screen_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "no such driver")
    assert run(command, ["clip", "live", str(CLIP)]) == COULD_NOT
    assert "--no-window --save FILE.mp4" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["clip.mp4", "--camera", "0"], "not both"),
        (["clip.mp4", "--save", "mirror.avi"], "end it in .mp4"),
        (["clip.mp4", "--save", "clip.mp4"], "the clip itself"),
        (["clip.mp4", "--limit", "nan"], "no number to stay under"),
        (["clip.mp4", "--view", "side"], "'side' is not one of"),
        (["clip.mp4", "--measure", "cadence_spm"], "is not one of"),
    ],
)
def test_what_makes_no_sense_is_wrong_use(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command, ["clip", "live", *arguments]) == WRONG_USE
    assert told in capsys.readouterr().err


def test_the_help_names_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command, ["clip", "--help"]) == DONE
    assert "live" in capsys.readouterr().out
