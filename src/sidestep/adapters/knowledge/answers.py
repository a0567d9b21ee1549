"""Reads and writes files of answers; whether an answer is allowed is not decided here."""

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import yaml

from sidestep.adapters.knowledge.strict_yaml import LARGEST_TEXT, YamlTextError, parse_yaml
from sidestep.errors import AnswersError, StorageError

_EXAMPLES = "See what may be answered by adding --schema to the command."


def read_answers(path: Path) -> dict[str, object]:
    """Read a YAML or JSON file of answers: question ids to answers.

    Raises
    ------
    AnswersError
        The file cannot be read, is neither YAML nor JSON, or is no mapping.
    """
    try:
        if path.stat().st_size > LARGEST_TEXT:
            raise AnswersError(
                f"{path} holds {path.stat().st_size} bytes, far more than a file of answers",
                hint=_EXAMPLES,
            )
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise AnswersError(
            f"{path} cannot be read: it is not UTF-8 text", hint=_EXAMPLES
        ) from error
    except OSError as error:
        raise AnswersError(
            f"{path} cannot be read: {error.strerror}", hint="Check the path."
        ) from error
    raw = _parse_json(path, text) if path.suffix.lower() == ".json" else _parse_yaml(path, text)
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise AnswersError(
            f"{path} should hold question ids with their answers, such as “side: left”",
            hint=_EXAMPLES,
        )
    return raw


def _parse_yaml(path: Path, text: str) -> object:
    try:
        return parse_yaml(text)
    except YamlTextError as error:
        raise AnswersError(f"{path}: {error}", hint=_EXAMPLES) from error


def _parse_json(path: Path, text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_once_each)
    except (ValueError, RecursionError) as error:
        raise AnswersError(f"{path}: not JSON: {error}", hint=_EXAMPLES) from error


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice!r} stands here twice")
    return found


def answers_written_at(path: Path) -> datetime:
    """Return when a file of answers was last written, in the machine's zone.

    Raises
    ------
    AnswersError
        The file cannot be reached.
    """
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone()
    except OSError as error:
        raise AnswersError(
            f"{path} cannot be read: {error.strerror}", hint="Check the path."
        ) from error


def check_answers_place(path: Path) -> None:
    """Make sure that answers can be written to a file before anybody gives one.

    Raises
    ------
    StorageError
        Its folder does not exist, or file or folder may not be written.
    """
    if not path.parent.is_dir():
        raise StorageError(
            f"{path} cannot be written: there is no folder {path.parent}",
            hint="Make the folder first, or choose another place.",
        )
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise StorageError(
            f"{path} cannot be written: permission denied", hint="Choose another place."
        )


def write_answers(path: Path, answers: Mapping[str, object]) -> None:
    """Write answers as YAML, or as JSON when the file's name ends so.

    Raises
    ------
    StorageError
        The file cannot be written.
    """
    if path.suffix.lower() == ".json":
        text = json.dumps(answers, ensure_ascii=False, indent=2) + "\n"
    else:
        text = yaml.safe_dump(dict(answers), sort_keys=False, allow_unicode=True)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StorageError(
            f"{path} cannot be written: {error.strerror}", hint="Choose another place."
        ) from error
