"""A planned run as the plain text that intervals.icu reads as steps; not what a run consists of."""

import re
from collections.abc import Iterable, Sequence
from math import ceil

from sidestep.adapters.activity_files.step_notes import fitting_notes
from sidestep.domain.planning.run_session import Repeat, RunSession, RunStep, TargetKind

_MAKER = "Planned by Sidestep"
_UNTIL_LAP = "press lap"
_MEANS_SOMETHING = re.compile(
    r"""
    \d \s* (?: [%/'"′″^°×] | :\d | (?: h | m | s | w | x | km | mi | mtr | min\w* | sec\w* | hour\w*
             | rpm | bpm | hr | lthr | pace | mmp | ftp ) \b )
    | \b c?z \d | \b ramp \b | \b freeride \b | \b press \s+ lap \b | <!> | = | \n
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What would be read as a length, a target or a command where a sentence stands before them."""

_REPEAT = re.compile(r"(\d+)\s*x\b", re.IGNORECASE)


def encode_workout_text(session: RunSession) -> bytes:
    """Return a run as text; the same run always gives the same bytes.

    A step is a line: what it is called and what to look for, then how long, then the pace that the
    person wants. Without one it has no target, because the plan names an effort, in words. The site
    knows heart rates only as shares of one that it knows, so beats are told above the steps. There
    stand sentences with a number and its unit, too, which would be taken for the length of a step,
    and what a watch has no room for.
    """
    blocks = [
        _head(session),
        *_beats(session.steps),
        *_said_above(session.steps),
        *_step_blocks(session.parts),
    ]
    return ("\n\n".join(blocks) + "\n").encode()


def is_own_workout_text(content: bytes) -> bool:
    """Whether these are the first bytes of a text that ``encode_workout_text`` made."""
    return content.startswith(f"{_MAKER}: ".encode())


def _head(session: RunSession) -> str:
    at_most = f", no further than {session.distance_km:.1f} km" if session.distance_km else ""
    return f"{_MAKER}: {session.title}{at_most}."


def _beats(steps: Iterable[RunStep]) -> list[str]:
    found = {
        f"Your heart rate while running: {step.target.low} to {step.target.high} beats a minute."
        for step in steps
        if step.target is not None and step.target.kind is TargetKind.HEART_RATE
    }
    return sorted(found)


def _said_above(steps: Iterable[RunStep]) -> list[str]:
    said = {
        _REPEAT.sub(r"\1 times", f"{step.title}: {sentence}"): None
        for step in steps
        for sentence in step.notes
        if sentence not in _said_inside(step) and _UNTIL_LAP not in sentence.lower()
    }
    return ["\n".join(said)] if said else []


def _said_inside(step: RunStep) -> str:
    return fitting_notes(each for each in step.notes if not _MEANS_SOMETHING.search(each))


def _step_blocks(parts: Sequence[RunStep | Repeat]) -> list[str]:
    """Return blocks that an empty line parts from each other, as a repeat must be from the rest."""
    blocks: list[str] = []
    lines: list[str] = []
    for part in parts:
        if isinstance(part, RunStep):
            lines.append(_line(part))
            continue
        blocks += ["\n".join(lines)] if lines else []
        blocks.append("\n".join([f"{part.times}x", *map(_line, part.steps)]))
        lines = []
    return [*blocks, "\n".join(lines)] if lines else blocks


def _line(step: RunStep) -> str:
    notes = _said_inside(step)
    cue = f"{step.title}: {notes}" if notes else step.title
    return f"- {cue} {_length(step)}{_pace(step)}"


def _pace(step: RunStep) -> str:
    if step.target is None or step.target.kind is not TargetKind.PACE:
        return ""
    ends = (f"{each // 60}:{each % 60:02}/km" for each in (step.target.low, step.target.high))
    return f" {'-'.join(ends)} Pace"


def _length(step: RunStep) -> str:
    if step.distance_m is not None:
        return f"{step.distance_m}mtr"
    if step.seconds is not None:
        return _time(step.seconds)
    # Every step has a length there. This one says how long its bar is drawn, the lap key ends it.
    minutes = max(ceil((step.about_s or 0) / 60), 1)
    return f"{_time(minutes * 60)} {_UNTIL_LAP}"


def _time(seconds: int) -> str:
    units = ((seconds // 3600, "h"), (seconds // 60 % 60, "m"), (seconds % 60, "s"))
    return "".join(f"{count}{unit}" for count, unit in units if count)
