"""A strict reader of the workout text of intervals.icu, written from its description alone.

https://forum.intervals.icu/t/workout-builder-syntax-quick-guide/123701 says: a step begins with a
dash; what stands before its first length is its cue; ``m`` are minutes and ``mtr`` metres; a line
``5x``, or one that ends so, repeats the steps up to an empty line, with an empty line before it,
and no repeat holds another; any other line is a title. Behind a length may stand an absolute pace
as a range, such as ``6:30/km-7:30/km Pace``.
"""

import re
from dataclasses import dataclass

LENGTH = re.compile(
    r"(?<!\S)(?:(?P<h>\d+)h)?(?:(?P<m>\d+)m)?(?:(?P<s>\d+)s)?(?:(?P<mtr>\d+)mtr)?(?!\S)"
)
LOOSE_LENGTH = re.compile(
    r"\d\s*(?:h|m|s|km|mi|mtr|min|mins|minutes?|sec|secs|seconds?|hours?)\b|\d\s*['\"′″]",
    re.IGNORECASE,
)
"""What a reader that is less strict than the description might take for a length, too."""

TARGET = re.compile(
    r"\d\s*(?:%|w\b|bpm\b|rpm\b)|\bZ\d|\d:\d\d|\b(?:ramp|freeride|LTHR|MMP)\b", re.IGNORECASE
)
PACE = re.compile(r"(\d+):([0-5]\d)/km-(\d+):([0-5]\d)/km Pace")
REPEAT = re.compile(r"(?:^|.*\s)(\d+)x", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStep:
    """A step: its cue and its length, until the lap key when ``is_open``.

    ``pace_s_per_km`` is its target, the faster end first.
    """

    cue: str
    seconds: int | None
    metres: int | None
    is_open: bool
    pace_s_per_km: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRepeat:
    """Steps that come so many times."""

    times: int
    steps: tuple[TextStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkoutText:
    """A whole text: its titles, and its steps and repeats in their order."""

    titles: tuple[str, ...]
    parts: tuple[TextStep | TextRepeat, ...]


def read_workout_text(text: str) -> WorkoutText:
    """Read a text, or fail on anything that the description does not allow."""
    titles: list[str] = []
    parts: list[TextStep | TextRepeat] = []
    assert text.endswith("\n")
    for block in text.removesuffix("\n").split("\n\n"):
        lines = block.split("\n")
        assert all(line.strip() == line and line for line in lines), block
        if (found := REPEAT.fullmatch(lines[0])) is not None:
            steps = tuple(_step(line) for line in lines[1:])
            assert steps
            parts.append(TextRepeat(times=int(found[1]), steps=steps))
        elif lines[0].startswith("- "):
            parts += [_step(line) for line in lines]
        else:
            for line in lines:
                assert not line.startswith("-"), line
                assert REPEAT.search(line) is None, line
            titles += lines
    return WorkoutText(titles=tuple(titles), parts=tuple(parts))


def _step(line: str) -> TextStep:
    assert line.startswith("- "), line
    said = line.removeprefix("- ")
    found = next((each for each in LENGTH.finditer(said) if each[0]), None)
    assert found is not None, line
    cue, rest = said[: found.start()].rstrip(), said[found.end() :].strip()
    for means_something in (LOOSE_LENGTH, TARGET):
        assert means_something.search(cue) is None, line
    assert "press lap" not in cue.lower()
    pace = PACE.fullmatch(rest)
    assert pace is not None or rest in ("", "press lap"), line
    is_time = found["mtr"] is None
    seconds = sum(int(found[unit] or 0) * each for unit, each in (("h", 3600), ("m", 60), ("s", 1)))
    assert is_time or seconds == 0
    return TextStep(
        cue=cue,
        seconds=seconds if is_time else None,
        metres=None if is_time else int(found["mtr"]),
        is_open=rest == "press lap",
        pace_s_per_km=None if pace is None else _paces_s(*map(int, pace.groups())),
    )


def _paces_s(fast_min: int, fast_s: int, slow_min: int, slow_s: int) -> tuple[int, int]:
    return fast_min * 60 + fast_s, slow_min * 60 + slow_s
