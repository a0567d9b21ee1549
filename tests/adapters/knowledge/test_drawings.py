"""Drawings are found by the exercise's id; their files are read as strictly as all knowledge."""

from pathlib import Path

import pytest

from sidestep.adapters.knowledge.drawings import read_drawing
from sidestep.adapters.knowledge.load import load_drawing, shipped_folder
from sidestep.adapters.knowledge.reading import read_folder
from sidestep.errors import KnowledgeError

SQUAT = (shipped_folder() / "poses/squat.yaml").read_text(encoding="utf-8")


def folder_with(tmp_path: Path, text: str) -> Path:
    (tmp_path / "poses").mkdir()
    (tmp_path / "poses/squat.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_drawing_names_its_files_and_says_what_they_show(tmp_path: Path) -> None:
    drawing = read_drawing("squat", folder_with(tmp_path, SQUAT), Path("/pictures"))
    assert drawing is not None
    assert drawing.loop == Path("/pictures/squat.webp")
    assert drawing.start == Path("/pictures/squat.start.webp")
    assert drawing.finish == Path("/pictures/squat.finish.webp")
    assert drawing.mistake == Path("/pictures/squat.mistake.webp")
    assert drawing.alt.startswith("Start: ")
    assert drawing.mistake_alt == "The knees fall in."
    assert drawing.at_finish.left["knee_flexion_deg"] > drawing.at_start.left["knee_flexion_deg"]


def test_a_squat_says_what_a_clip_of_it_would_measure_and_others_do_not(tmp_path: Path) -> None:
    drawing = read_drawing("squat", folder_with(tmp_path, SQUAT), Path("/pictures"))
    assert drawing is not None
    assert drawing.as_squat is not None
    assert drawing.as_squat.depth_pct == 39
    assert drawing.as_squat.left_knee_over_foot_pct == -10
    other = load_drawing("box_squat")
    assert other is not None
    assert other.as_squat is None


def test_without_a_mistake_there_is_no_picture_of_one() -> None:
    drawing = load_drawing("carioca")
    assert drawing is not None
    assert drawing.mistake is None
    assert drawing.mistake_alt == ""


def test_shipped_pictures_are_where_a_drawing_says() -> None:
    drawing = load_drawing("squat")
    assert drawing is not None
    for picture in (drawing.loop, drawing.start, drawing.finish, drawing.mistake):
        assert picture is not None
        assert picture.is_absolute()
        assert picture.is_file()


@pytest.mark.parametrize("id", ["no_such_exercise", "../exercises/squat", "poses/squat", ""])
def test_an_exercise_that_nobody_drew_has_no_drawing(id: str) -> None:
    assert load_drawing(id) is None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("figure: man", "figure: giraffe", "figure"),
        ("feet: shoes", "soles: shoes", "soles"),
        ("hold_s: 0.4", "hold_s: soon", "hold_s"),
        ("clip: squat\n", "", "go together"),
        ("clip: squat\n", "clip: squat\nno_clip: It was tried.\n", "there is one"),
        ("  finish:\n    move_s", "  end:\n    move_s", "there is no 'finish'"),
    ],
)
def test_a_wrong_file_is_refused_and_named(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in SQUAT
    folder = folder_with(tmp_path, SQUAT.replace(old, new, 1))
    with pytest.raises(KnowledgeError, match=says):
        read_drawing("squat", folder, Path("/pictures"))
    assert any(
        problem.file == "poses/squat.yaml" and says in problem.says
        for problem in read_folder(folder).problems
    )


def test_a_drawing_must_be_named_as_its_file(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, SQUAT.replace("exercise: squat", "exercise: bridge", 1))
    assert any("should equal" in problem.says for problem in read_folder(folder).problems)


def test_without_drawings_their_files_still_count_for_the_version(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, SQUAT)
    quick, whole = read_folder(folder, with_drawings=False), read_folder(folder)
    assert quick.knowledge.version == whole.knowledge.version
    assert (quick.drawn, whole.drawn) == (frozenset(), frozenset({"squat"}))
