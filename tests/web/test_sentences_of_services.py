"""What services and the program's inside say to a person: all of it is known in German.

The sentences are read from the source, so that one is missed the day it is written, and not only
when some person comes across it.
"""

import ast
import builtins
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import sidestep
from sidestep.languages.language import language

SOURCES = Path(sidestep.__file__).parent
FOLDERS = (
    "adapters/activity_files",
    "adapters/video",
    "domain",
    "services",
    "web/guard",
    "web/live",
    "web/pages",
)
FOR_KNOWLEDGE = "what is wrong with the files of knowledge/"
FOR_COMMANDS = "what only the command line says"
IN_FILES = "what stands in files that are taken elsewhere"
FOR_PROGRAMMERS = "what only a mistake in the program brings up"
ELSEWHERE = {
    "adapters/activity_files/fit_framing.py": "why a file climbs to the next decoder",
    "adapters/activity_files/fit_session.py": "what a maker and a sport without a name are called",
    "adapters/activity_files/workout_text.py": IN_FILES,
    "adapters/activity_files/xml_writing.py": IN_FILES,
    "adapters/video/live_capture.py": FOR_COMMANDS,
    "adapters/video/mirror_camera.py": FOR_COMMANDS,
    "adapters/video/mirror_signs.py": FOR_COMMANDS,
    "adapters/video/overlay_canvas.py": FOR_PROGRAMMERS,
    "adapters/video/sent_pictures.py": FOR_PROGRAMMERS,
    "domain/activity/sport_names.py": "what other programs call a sport",
    "domain/activity/recording.py": FOR_PROGRAMMERS,
    "domain/motion/calibration.py": FOR_PROGRAMMERS,
    "domain/motion/pose_track.py": FOR_PROGRAMMERS,
    "domain/planning/reasons.py": FOR_KNOWLEDGE,
    "domain/planning/run_session.py": IN_FILES,
    "domain/planning/smallest_collision.py": FOR_PROGRAMMERS,
    "domain/triage/possible_values.py": FOR_KNOWLEDGE,
    "domain/vocabulary/parameters.py": FOR_KNOWLEDGE,
    "services/clips/compare_clips.py": FOR_COMMANDS,
    "services/clips/mirror_words.py": FOR_COMMANDS,
    "services/did_you_mean.py": FOR_COMMANDS,
    "services/importing/correct_activity.py": FOR_COMMANDS,
    "services/knowledge/exercise_checks.py": FOR_KNOWLEDGE,
    "services/knowledge/exercise_drawing.py": FOR_COMMANDS,
    "services/knowledge/inspect_knowledge.py": FOR_COMMANDS,
    "services/knowledge/knowledge_checks.py": FOR_KNOWLEDGE,
    "services/knowledge/knowledge_messages.py": FOR_KNOWLEDGE,
    "services/upkeep/examine_home.py": FOR_COMMANDS,
    "services/week/calendar_events.py": IN_FILES,
    "services/week/plan_ahead.py": FOR_COMMANDS,
    "web/guard/headers.py": "what browsers are told",
    "web/pages/calendar.py": "what calendar programs are told",
    "web/pages/closer.py": "what browsers are told",
}
"""Modules whose words no page shows, and what they are instead."""

BY_THEMSELVES = {
    "Check the path, and its spelling.": FOR_COMMANDS,
    "A clip of": FOR_COMMANDS,
    "cannot be compared with its drawing.": FOR_COMMANDS,
    "How well one camera measures it is not known.": FOR_COMMANDS,
    "Free squats on both legs can, from the front: --exercise squat": FOR_COMMANDS,
    "Such as: sidestep profile set": FOR_COMMANDS,
    "sidestep profile set": FOR_COMMANDS,
    "sidestep profile clinician": FOR_COMMANDS,
    "See what may be answered with: sidestep": FOR_COMMANDS,
    "See what may be answered with: sidestep log --schema": FOR_COMMANDS,
    "Answers of a day's check-in": FOR_COMMANDS,
    "The day it tells of": FOR_COMMANDS,
    "Today unless given.": FOR_COMMANDS,
    "Answers to the knee check": FOR_COMMANDS,
    "Question ids with their answers. A question that is left out, null or “unknown” stays "
    "unknown, which is not the same as no.": FOR_COMMANDS,
    "too few steps": "what stands where a part of a clip has no mean, and is not shown",
    "don't know": "what may be typed for unknown",
    "dont know": "what may be typed for unknown",
    "See all of them with: sidestep exercise list": FOR_COMMANDS,
    "sidestep import FOLDER": FOR_COMMANDS,
    "et al|,| \\(": "how authors are told apart",
    "fitfast leaves out packed distances": "why a file climbs to the next decoder",
    "Mapping[str, Buffer]": FOR_PROGRAMMERS,
    ": still there": "what keeps a line open",
    'inline; filename="': "what browsers are told",
}

GERMAN = language("de")
KNOWN = re.sub(r"{[^{}]*}", "{}", "\n".join(GERMAN.messages))
WORDS = re.compile(r"[A-Za-z’']{2,}[,:;]? [A-Za-z(]|^[A-Z][a-z]+\.$")


def said_in(source: str) -> Iterator[str]:
    """Yield the sentences in a module, what is filled in left out of them."""
    tree = ast.parse(source)
    silent = set(_silent(tree))
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            yield node.value


def _silent(tree: ast.Module) -> Iterator[int]:
    """Yield what nobody reads: docstrings, names of what is kept, errors of the program itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "kept":
            yield from (id(each) for argument in node.args for each in ast.walk(argument))
        if isinstance(node, ast.Raise) and node.exc is not None and not _is_ours(node.exc):
            yield from (id(each) for each in ast.walk(node.exc))


def _is_ours(error: ast.expr) -> bool:
    called = error.func if isinstance(error, ast.Call) else error
    return not (isinstance(called, ast.Name) and hasattr(builtins, called.id))


def is_known(sentence: str) -> bool:
    words = " ".join(re.sub(r"{[^{}]*}", "{}", sentence).split())
    return words in KNOWN or words in BY_THEMSELVES


def modules() -> list[str]:
    paths = (path for folder in FOLDERS for path in (SOURCES / folder).rglob("*.py"))
    return sorted(str(path.relative_to(SOURCES)) for path in paths)


@pytest.mark.parametrize("module", [each for each in modules() if each not in ELSEWHERE])
def test_what_is_said_is_known_in_german(module: str) -> None:
    source = (SOURCES / module).read_text(encoding="utf-8")
    unknown = [each for each in said_in(source) if WORDS.search(each) and not is_known(each)]
    assert not unknown, "\n".join((f"{module} says what services.po does not know:", *unknown))
