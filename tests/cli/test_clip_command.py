"""``sidestep clip run``, ``squat`` and ``compare`` as commands, on people seen by script."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from builders.clip_results import kept_run, without_foot_lines
from builders.motion_runner import Camera, Runner
from builders.motion_squatter import Squatter
from fakes.clips import ScriptedPoses
from fakes.stores import MemoryStore
from sidestep.bootstrap.wiring import Wiring
from sidestep.cli.clip_pages import print_clip
from sidestep.cli.exits import COULD_NOT, DONE, run
from sidestep.cli.main import command
from sidestep.domain.motion.pose_track import PoseTrack
from sidestep.domain.motion.squat_analysis import SquatMeasure
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side
from sidestep.services.ports import StoredDocument

MODEL = "BlazePose full e9a5c5cb17f7"
MEASURE = {"value", "error", "n", "corrected_for"}
FROM_BEHIND = {
    "femoral_adduction_deg",
    "fppa_deg",
    "knee_over_foot_pct",
    "knee_gap_pct",
    "step_width_pct",
    "trunk_lean_deg",
}

Clip = Callable[[PoseTrack], str]


@pytest.fixture
def clip(memory_home: MemoryStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Clip:
    """Lay a file whose person is seen as the track says; return its path."""
    assert not memory_home.documents("clip_run")
    file = tmp_path / "mine.mp4"
    file.write_bytes(b"watched by nobody")

    def shows(track: PoseTrack) -> str:
        seen = ScriptedPoses(replace(track, model=MODEL))
        monkeypatch.setattr(Wiring, "pose_source", seen)
        return str(file)

    return shows


def document(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    capsys.readouterr()
    assert run(command, ["clip", *arguments, "--json"]) == DONE
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def text(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert run(command, ["clip", *arguments]) == DONE
    return " ".join(capsys.readouterr().out.split())


def test_a_run_has_every_field_that_other_programs_rely_on(
    clip: Clip, capsys: pytest.CaptureFixture[str]
) -> None:
    told = document(capsys, "run", clip(Runner(noise_px=2, duration_s=20).track()), "--no-pictures")
    assert told["view"] == "rear"
    assert told["n_frames"] == 1200
    assert told["duration_s"] == pytest.approx(20, abs=0.1)
    assert told["frame_rate_hz"] == pytest.approx(60, abs=0.1)
    assert set(told["cadence_spm"]) == MEASURE
    for side in ("left", "right"):
        assert set(told[side]) == FROM_BEHIND | {"n_steps"}
        assert told[side]["n_steps"] > 20
        assert all(set(told[side][name]) == MEASURE for name in FROM_BEHIND)
        drift = told["drift"][side]["femoral_adduction_deg"]
        assert set(drift) == {"early", "late", "change", "error", "clear"}
        assert set(told["drift"][side]) == FROM_BEHIND
    assert set(told["difference"]) == FROM_BEHIND
    for step in told["steps"]:
        assert set(step) == FROM_BEHIND | {"side", "time_s", "is_good"}
    assert [step["step_width_pct"] for step in told["steps"]].count(None) == 1
    assert told["quality"] == {"usable": True, "problems": []}
    assert told["versions"].keys() == {"program", "knowledge", "pose", "calibration"}


def test_a_clip_too_short_for_a_change_says_so_for_every_measure(
    clip: Clip, capsys: pytest.CaptureFixture[str]
) -> None:
    short = clip(Runner(noise_px=2, duration_s=10).track())
    told = document(capsys, "run", short, "--no-pictures")
    for side in ("left", "right"):
        assert set(told["drift"][side]) == FROM_BEHIND
        for drift in told["drift"][side].values():
            assert set(drift) == {"early", "late", "change", "error", "clear", "reason"}
            assert {value for name, value in drift.items() if name != "reason"} == {None}
            assert "21 in all" in drift["reason"]
    said = text(capsys, "run", short, "--no-pictures")
    assert "No clear difference between left and right." in said
    assert "No clear change" not in said
    assert said.count("Too few good steps to compare the clip's start with its end") == 1


@pytest.mark.parametrize("name", sorted(FROM_BEHIND))
def test_left_less_right_is_the_difference_that_is_told(
    clip: Clip, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    told = document(capsys, "run", clip(Runner(noise_px=2).track()), "--no-pictures")
    left, right = (told[side][name]["value"] for side in ("left", "right"))
    assert told["difference"][name]["value"] == pytest.approx(left - right, abs=0.0011)


def test_squats_have_every_field_that_other_programs_rely_on(
    clip: Clip, capsys: pytest.CaptureFixture[str]
) -> None:
    told = document(capsys, "squat", clip(Squatter().track()), "--no-pictures")
    assert told["view"] == "front"
    assert len(told["repetitions"]) == 4
    for repetition in told["repetitions"]:
        assert repetition["start_s"] < repetition["bottom_s"] < repetition["end_s"]
        assert repetition["reasons"] == {"left": {}, "right": {}}
        for side in ("left", "right"):
            assert set(repetition[side]) == set(SquatMeasure)
    for side in ("left", "right"):
        assert set(told[side]["fppa_deg"]) == MEASURE
        assert set(told[side]["knee_over_foot_pct"]) == MEASURE
    assert told["quality"] == {"usable": True, "problems": []}


def test_what_a_squat_has_no_number_for_is_null_with_its_reason_beside_it(
    clip: Clip, capsys: pytest.CaptureFixture[str]
) -> None:
    told = document(capsys, "squat", clip(Squatter(on=Side.LEFT).track()), "--no-pictures")
    for repetition in told["repetitions"]:
        for side in ("left", "right"):
            assert set(repetition[side]) == set(SquatMeasure)
            unknown = {name for name, value in repetition[side].items() if value is None}
            assert unknown == set(repetition["reasons"][side])
        assert set(repetition["reasons"]["right"]) == set(SquatMeasure)


@pytest.mark.parametrize("kind", ["run", "squat"])
def test_a_clip_that_cannot_be_measured_ends_well_with_reasons_and_without_a_number(
    clip: Clip, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    track = Runner().track() if kind == "run" else Squatter().track()
    dark = clip(replace(track, brightness=np.full(len(track.time_s), 12.0)))
    told = document(capsys, kind, dark, "--no-pictures")
    assert not told["quality"]["usable"]
    (problem,) = told["quality"]["problems"]
    assert problem.keys() == {"code", "message", "hint", "is_fatal"}
    assert problem["code"] == "too_dark"
    for side in ("left", "right"):
        for name, measure in told[side].items():
            if name != "n_steps":
                assert measure == {"value": None, "reason": problem["message"]}
    for each in told["steps"] if kind == "run" else []:
        assert {each[name] for name in FROM_BEHIND} == {None}
    for each in told["repetitions"] if kind == "squat" else []:
        for side in ("left", "right"):
            assert each[side] == dict.fromkeys(SquatMeasure)
            assert each["reasons"][side] == dict.fromkeys(SquatMeasure, problem["message"])
    said = text(capsys, kind, dark, "--no-pictures")
    assert problem["message"] in said
    assert said.count(problem["hint"]) == 1
    assert "Not measured" not in said
    assert "steps measured" not in said


@pytest.mark.parametrize("kind", ["run", "squat"])
def test_a_file_that_cannot_be_read_is_an_error(
    memory_home: MemoryStore, capsys: pytest.CaptureFixture[str], tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "mine.mp4"
    assert run(command, ["clip", kind, str(file), "--json"]) == COULD_NOT
    assert json.loads(capsys.readouterr().out)["error"]["hint"]
    file.write_text("no video")
    assert run(command, ["clip", kind, str(file)]) == COULD_NOT
    assert "cannot be read as a video" in capsys.readouterr().err
    assert not memory_home.documents(f"clip_{kind}")


def test_what_was_not_measured_is_said_with_its_reason(
    clip: Clip, capsys: pytest.CaptureFixture[str]
) -> None:
    for on in (None, Side.LEFT):
        few = clip(Squatter(on=on, repetitions=2).track())
        said = text(capsys, "squat", few, "--no-pictures")
        assert said.startswith("This clip cannot be measured, so there is no number.")
        assert "A measure needs 3 squats; this clip has 2." in said
        assert said.count("this clip has 2") == 1
        assert "2 squats" in said
        assert "• Film three to five slow squats, standing straight before and after each." in said
        assert "Not measured" not in said
        assert "What it is good for" not in said
    deep = text(capsys, "squat", clip(Squatter(bend_deg=95).track()), "--no-pictures")
    assert "Not measured" in deep
    assert "60 degrees" in deep
    assert "closer together. Here it is " in deep
    single = text(capsys, "squat", clip(Squatter(on=Side.LEFT).track()), "--no-pictures")
    assert "• The right leg: No squat in this clip was on this leg." in single


def test_each_clip_in_the_list_has_a_line_that_can_be_copied_and_what_it_told(
    clip: Clip, capsys: pytest.CaptureFixture[str], memory_home: MemoryStore
) -> None:
    text(capsys, "squat", clip(Squatter(repetitions=2).track()), "--no-pictures")
    assert run(command, ["clip", "list"]) == DONE
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    (measured,) = memory_home.documents("clip_squat")
    when = measured.made_at.astimezone()
    day = f"{when.day} {when:%B %Y, %H:%M}"
    assert lines == [
        f"{day} · squats from the front · mine.mp4",
        "This clip cannot be measured, so there is no number.",
        f"{measured.id} · film not kept",
    ]


def test_what_keeps_no_number_back_is_said_with_what_to_do(
    clip: Clip, capsys: pytest.CaptureFixture[str]
) -> None:
    track = Runner(noise_px=1).track()
    two = clip(replace(track, people=np.full(len(track.time_s), 2.0)))
    said = text(capsys, "run", two, "--no-pictures")
    assert "More than one person is in the picture; the nearest one was followed." in said
    assert "they should be on you" in said
    assert "Thigh towards the midline" in said


def test_what_changed_over_a_clip_has_a_direction_in_words(
    clip: Clip, capsys: pytest.CaptureFixture[str]
) -> None:
    drift = {Side.LEFT: 5.0, Side.RIGHT: -5.0}
    runner = Runner(drift_deg=drift, spread_deg=1.0, noise_px=1, duration_s=60)
    said = text(capsys, "run", clip(runner.track()), "--no-pictures")
    thigh = said.partition("Fresh against tired: thigh")[2].partition("Fresh against tired")[0]
    assert re.search(r"Left \d\.\d° further in at the end .*: a clear change\. Right", thigh)
    assert re.search(r"Right \d\.\d° further out at the end .*: a clear change\.", thigh)


def test_a_cadence_is_never_called_exact(clip: Clip, capsys: pytest.CaptureFixture[str]) -> None:
    said = text(capsys, "run", clip(Runner(noise_px=1).track()), "--no-pictures")
    assert re.search(r"168 steps a minute, both feet \(± 0\.[1-9]\)", said)


@pytest.mark.parametrize("view", [View.REAR, View.FRONT, View.SIDE])
def test_the_view_is_found_out_and_said(
    clip: Clip, capsys: pytest.CaptureFixture[str], view: View
) -> None:
    track = Runner(camera=Camera(view=view), noise_px=1).track()
    filmed = {View.REAR: "from behind", View.FRONT: "from the front", View.SIDE: "from the side"}
    assert f"Filmed {filmed[view]}" in text(capsys, "run", clip(track), "--no-pictures")


def test_two_clips_are_compared_by_their_files_and_by_their_ids(
    clip: Clip, capsys: pytest.CaptureFixture[str], memory_home: MemoryStore
) -> None:
    path = clip(Runner(noise_px=2).track())
    first = document(capsys, "run", path, "--no-pictures")
    other = Path(path).with_name("other.mp4")
    other.write_bytes(b"another film")
    compared = document(capsys, "compare", first["id"], str(other))
    assert compared["comparable"]
    assert compared["left"]["femoral_adduction_deg"]["change"]["value"] == 0
    said = text(capsys, "compare", first["clip_id"], str(other))
    assert "Nothing changed" in said
    assert said.startswith(
        "other.mp4 was measured before, just as it would be now: that result is used."
    )
    assert len(memory_home.documents("clip_run")) == 2
    both = text(capsys, "compare", path, str(other))
    assert both.count("that result is used") == 2
    assert len(memory_home.documents("clip_run")) == 2


def test_a_refused_view_says_what_to_do_with_this_very_clip(
    clip: Clip, capsys: pytest.CaptureFixture[str]
) -> None:
    path = clip(Runner(camera=Camera(view=View.FRONT), noise_px=1, duration_s=10).track())
    said = text(capsys, "run", path, "--view", "rear", "--no-pictures")
    assert re.search(
        r"What to do now ─+ • Measure this clip again with --view front, or choose “from the front”"
        r" in the browser\.",
        said,
    )
    assert "Film it better" not in said
    told = document(capsys, "run", path, "--view", "rear", "--no-pictures")
    assert told["summary"]["film_better"] == []
    assert len(told["summary"]["do_now"]) == 1


def test_a_kept_clip_is_shown_again_as_it_was_told(
    clip: Clip, capsys: pytest.CaptureFixture[str]
) -> None:
    first = document(capsys, "run", clip(Runner(noise_px=2).track()), "--no-pictures")
    assert document(capsys, "show", first["id"]) == first
    said = text(capsys, "show", first["id"])
    assert re.match(r"22 November 2026, \d\d:\d\d · run from behind · mine\.mp4 ", said)
    assert first["summary"]["headline"] in said
    assert "± is how far off a number may be." in said
    assert "No copy of the clip was kept." in said
    assert "your file is untouched" not in said


def test_a_deleted_clip_is_gone_with_its_pictures_and_no_other_is(
    clip: Clip,
    capsys: pytest.CaptureFixture[str],
    memory_home: MemoryStore,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    path = clip(Runner(noise_px=2).track())
    gone, stays = (
        document(capsys, "run", path, "--no-pictures", *keep) for keep in (["--keep"], [])
    )
    assert Path(gone["kept_clip"]).exists()
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert run(command, ["clip", "delete", gone["id"]]) != DONE
    asked = capsys.readouterr().err
    assert "Delete the run from behind of 22 November 2026" in asked
    assert len(memory_home.documents("clip_run")) == 2
    assert run(command, ["clip", "delete", gone["id"], "--json"]) != DONE
    assert len(memory_home.documents("clip_run")) == 2
    assert document(capsys, "delete", gone["id"], "--yes") == {"deleted": gone["id"]}
    assert not Path(gone["kept_clip"]).parent.exists()
    assert [each.id for each in memory_home.documents("clip_run")] == [stays["id"]]
    assert Path(path).exists()
    said = text(capsys, "delete", stays["id"], "--yes")
    assert said.startswith("Deleted the run from behind of 22 November 2026")
    assert "No clip measured yet" in text(capsys, "list")


@pytest.mark.parametrize("what", [["show"], ["delete", "--yes"]])
def test_an_id_that_no_clip_has_is_an_error_that_says_where_ids_are(
    memory_home: MemoryStore, capsys: pytest.CaptureFixture[str], what: list[str]
) -> None:
    assert not memory_home.documents("clip_run")
    assert run(command, ["clip", *what, "clip_run-nobody"]) == COULD_NOT
    said = capsys.readouterr().err
    assert "clip_run-nobody" in said
    assert "sidestep clip list" in said


def test_the_signs_of_the_pictures_are_explained_once(tmp_path: Path) -> None:
    printed = printed_of(kept_run(pictures=tmp_path))
    assert "the reading's own error. Left is blue, right is orange. " in printed
    assert printed.count("Left is blue") == 1


def test_a_line_that_no_picture_shows_is_not_explained(tmp_path: Path) -> None:
    printed = printed_of(without_foot_lines(kept_run(pictures=tmp_path)))
    assert "Left is blue" in printed
    assert "dashed line" not in printed


def printed_of(clip: StoredDocument) -> str:
    said = Console(file=io.StringIO(), width=400)
    print_clip(said, clip)
    assert isinstance(said.file, io.StringIO)
    return " ".join(said.file.getvalue().split())
