import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sidestep.adapters.knowledge.answers import (
    answers_written_at,
    check_answers_place,
    read_answers,
    write_answers,
)
from sidestep.errors import AnswersError, StorageError

ANSWERS = {"side": "left", "zones": ["back"], "pain_now": 3, "fever": False}


@pytest.mark.parametrize("name", ["answers.yaml", "answers.json"])
def test_written_answers_are_read_back(tmp_path: Path, name: str) -> None:
    write_answers(tmp_path / name, ANSWERS)
    assert read_answers(tmp_path / name) == ANSWERS


def test_an_empty_file_answers_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("# nothing yet\n")
    assert read_answers(tmp_path / "a.yaml") == {}


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.yaml", b"side: left\nside: right", "twice"),
        ("a.yaml", b"- side", "question ids"),
        ("a.yaml", b"side: [", "not YAML"),
        ("a.yaml", b"\xff\xfe\x00", "UTF-8"),
        ("a.json", b'{"side": "left", "side": "right"}', "twice"),
        ("a.json", b"{", "not JSON"),
        ("a.json", b"[" * 100_000, "not JSON"),
        ("a.yaml", b"a" * 1_000_001, "far more"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_by_name(
    tmp_path: Path, name: str, content: bytes, complaint: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(AnswersError, match=complaint) as refused:
        read_answers(tmp_path / name)
    assert str(tmp_path / name) in refused.value.message
    assert refused.value.hint


def test_a_missing_file_is_an_answers_error(tmp_path: Path) -> None:
    for reach in (read_answers, answers_written_at):
        with pytest.raises(AnswersError, match="cannot be read") as refused:
            reach(tmp_path / "none.yaml")
        assert refused.value.hint == "Check the path."


def test_broken_yaml_is_told_with_its_file_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("side: left\nzones: [back\nfever: no\n")
    with pytest.raises(AnswersError) as refused:
        read_answers(path)
    assert refused.value.message.startswith(f"{path}: not YAML: line 3, column 6: ")
    assert "unicode string" not in refused.value.message


def test_a_file_of_answers_tells_when_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("side: left\n")
    noon = datetime(2026, 11, 15, 12, tzinfo=UTC)
    os.utime(path, times=(noon.timestamp(),) * 2)
    assert answers_written_at(path) == noon


def test_a_place_is_checked_before_anything_is_written(tmp_path: Path) -> None:
    check_answers_place(tmp_path / "a.yaml")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(StorageError, match="there is no folder"):
        check_answers_place(tmp_path / "none" / "a.yaml")


def test_a_place_that_cannot_be_written_is_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be written"):
        write_answers(tmp_path / "none" / "a.yaml", ANSWERS)
