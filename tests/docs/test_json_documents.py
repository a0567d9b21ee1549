"""The examples of the JSON page have the fields that the commands print."""

import contextlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from builders.handbook import DOCS, REPOSITORY, blocks
from builders.motion_runner import Camera, Runner
from fakes.mirror import PacedFrames, TrackedPoses
from sidestep.bootstrap.settings import load_settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.cli.exits import run
from sidestep.cli.main import COMMANDS, command
from sidestep.domain.motion.views import View

TODAY = "2026-11-22"
ANSWERS = REPOSITORY / "examples/answers/soon.yaml"
CHECK_IN = REPOSITORY / "examples/check_ins/a_run.yaml"
BY_PERSON = {"facts", "answers", "by_source", "minutes_on"}
"""Objects whose keys are a person's own answers and sources, not fields."""


def printed(home: Path, *arguments: str, code: int = 0) -> Any:
    out, talk = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(talk):
        ended = run(command, ["--home", str(home), "--json", *arguments])
    assert ended == code, talk.getvalue()
    return json.loads(out.getvalue())


def kept_again(home: Path, clip_id: str) -> str:
    """Keep a clip a second time, without watching it, and return the id."""
    store = Wiring(load_settings(home)).store
    (clip,) = (each for each in store.documents("clip_run") if each.id == clip_id)
    store.save_document(replace(clip, id="clip_run-again"))
    return "clip_run-again"


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Any]]:
    """What each command really prints, for the made-up runner on one fixed day."""
    folder = tmp_path_factory.mktemp("json")
    home = folder / "demo" / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIDESTEP_TODAY", TODAY)
        patch.setenv("SDL_AUDIODRIVER", "dummy")
        demo = printed(home, "demo", "--folder", str(folder / "demo"))
        activities = printed(home, "activities")
        kept = printed(home, "activities", "answer", activities[0]["id"], "--keep")
        clips = REPOSITORY / "tests/clips"
        run = printed(home, "clip", "run", str(clips / "run_rear.mp4"))
        again = kept_again(home, run["id"])
        film = str(clips / "squat_deep.mp4")
        squat = ("clip", "squat", film, "--no-pictures", "--exercise", "squat")
        runner = Runner(rate_hz=30, duration_s=12, camera=Camera(view=View.FRONT)).track()
        patch.setattr(Wiring, "live_poses", TrackedPoses(runner))
        paced = PacedFrames(runner.time_s.tolist())
        patch.setattr(Wiring, "live_frames", lambda *_: nullcontext(paced))
        fit = str(folder / "watch")
        profile = ("set", "--not-on", "tue", "--minutes", "40", "--minutes", "sat=60")
        wishes = ("--run-on", "thu", "--class", "wed=60", "--goal", "42@2026-12-06")
        yield {
            "import": demo["import"],
            "activities": activities,
            "activities answer": kept,
            "load": demo["load"],
            "knee": printed(home, "knee", "--answers", str(ANSWERS)),
            "clip": run,
            "clip squat": printed(home, *squat),
            "clip list": printed(home, "clip", "list"),
            "clip compare": printed(home, "clip", "compare", run["id"], again),
            "clip delete": printed(home, "clip", "delete", again, "--yes"),
            "clip live": printed(home, "clip", "live", "--no-window", "--limit", "9"),
            "profile": printed(home, "profile", *profile, *wishes, "--equipment", "band"),
            "plan": demo["plan"],
            "plan --weeks": printed(home, "plan", "--weeks", "2"),
            "plan edit": printed(home, "plan", "edit", "length", "2026-11-26", "90", code=1),
            "plan export": printed(
                home,
                "plan",
                "export",
                "--fit",
                fit,
                "--text",
                fit,
                "--ics",
                f"{fit}/w.ics",
                "--pdf",
                str(folder / "week.pdf"),
            ),
            "today": a_changed_day(folder),
            "review": printed(folder / "days", "review"),
            "log": printed(home, "log", "--file", str(CHECK_IN)),
            "exercise list": printed(home, "exercise", "list", "--use", "strength"),
            "exercise show": printed(home, "exercise", "show", "squat"),
            "report": printed(home, "report", str(folder / "page.pdf")),
            "knowledge check": printed(home, "knowledge", "check"),
            "knowledge list": printed(home, "knowledge", "list", "--kind", "load"),
            "data export": printed(home, "data", "export", str(folder / "out")),
            "backup": printed(home, "backup", str(folder / "b.tar")),
            "restore": printed(folder / "restored", "restore", str(folder / "b.tar")),
            "doctor": an_examination(folder / "restored"),
            "data erase": printed(home, "data", "erase", "--yes"),
            "demo": demo,
            "An error": printed(home, "activities", "answer", "nope", "--keep", code=1),
        }


def an_examination(home: Path) -> Any:
    """What the doctor says of a folder that others may look into."""
    home.chmod(0o755)
    return printed(home, "doctor", code=1)


def a_changed_day(folder: Path) -> Any:
    """Today's card on a planned day of running, the day after a run that was too much."""
    home, told = folder / "days", folder / "day.yaml"
    answers = REPOSITORY / "examples/answers/self_care.yaml"
    printed(home, "knee", "--answers", str(answers))
    week = printed(home, "plan", "--week", "2026-11-21")
    runs = [day["date"] for day in week["days"] if day["kind"] == "run"]
    told.write_text("ran: yes\npain_on_run: 4\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIDESTEP_TODAY", runs[-1])
        before = date.fromisoformat(runs[-1]) - timedelta(days=1)
        printed(home, "log", "--on", str(before), "--file", str(told))
        return printed(home, "today")


def examples() -> dict[str, Any]:
    """Each example by the heading it stands under; a second one belongs to its subcommand."""
    text = (DOCS / "reference/json.md").read_text(encoding="utf-8")
    found: dict[str, Any] = {}
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        heading = section.splitlines()[0]
        for number, block in enumerate(blocks(section, "json")):
            found[heading if number == 0 else f"{heading} answer"] = json.loads(block)
    return found


def differences(example: Any, real: Any, at: str) -> Iterator[str]:
    """Say where an example has a field, or a kind of value, that the real document has not."""
    if isinstance(example, dict) and isinstance(real, dict):
        for key, value in example.items():
            if key not in real:
                yield f"{at}.{key} is not printed"
            elif key not in BY_PERSON:
                yield from differences(value, real[key], f"{at}.{key}")
    elif isinstance(example, list) and isinstance(real, list):
        if real:
            for value in example:
                yield from differences(value, together(real), f"{at}[]")
    elif example is not None and real is not None and kind_of(example) != kind_of(real):
        yield f"{at} is printed as {kind_of(real)}, not as {kind_of(example)}"


def together(entries: list[Any]) -> Any:
    """One entry that has the fields of all; the fullest value of each."""
    if not isinstance(entries[0], dict):
        return entries[0]
    merged: dict[str, Any] = {}
    for entry in entries:
        merged.update({key: value for key, value in entry.items() if value or key not in merged})
    return merged


def kind_of(value: Any) -> str:
    return "number" if type(value) in (int, float) else type(value).__name__


@pytest.mark.parametrize("name", examples())
def test_an_example_has_the_fields_that_are_printed(
    name: str, documents: Mapping[str, Any]
) -> None:
    assert list(differences(examples()[name], documents[name], name)) == []


@pytest.mark.parametrize("name", examples())
def test_an_example_shows_every_field_at_the_top(name: str, documents: Mapping[str, Any]) -> None:
    example, real = examples()[name], documents[name]
    if isinstance(example, list):
        example, real = example[0], together(real)
    assert example.keys() == real.keys()


def sources_in(document: Any) -> Iterator[Mapping[str, Any]]:
    """Every source that stands under a statement anywhere in a document."""
    for value in document.values() if isinstance(document, dict) else document:
        if isinstance(value, dict | list):
            yield from sources_in(value)
    if isinstance(document, dict) and "supports" in document:
        yield document


@pytest.mark.parametrize("name", ["load", "knee", "plan", "exercise show", "knowledge list"])
def test_a_source_reads_the_same_in_every_document(name: str, documents: Mapping[str, Any]) -> None:
    text = (DOCS / "reference/json.md").read_text(encoding="utf-8")
    said = re.search(r"`sources` \(each with(.*?);", text, flags=re.DOTALL)
    assert said is not None
    fields = re.findall(r"`(\w+)`", said[1])
    found = list(sources_in(documents[name]))
    assert found
    assert all(list(source) == fields for source in found)


def test_every_document_has_an_example(documents: Mapping[str, Any]) -> None:
    assert examples().keys() == documents.keys()


def test_every_command_that_ends_by_itself_has_a_document() -> None:
    assert set(COMMANDS) - {"serve"} <= {name.split()[0] for name in examples()}


def test_a_field_that_is_not_printed_is_found() -> None:
    real = {"a": [{"b": 1}, {"c": "x"}]}
    assert list(differences({"a": [{"b": 2, "c": "y"}]}, real, "it")) == []
    assert list(differences({"a": [{"d": 2}]}, real, "it")) == ["it.a[].d is not printed"]
    assert list(differences({"a": [{"b": "2"}]}, real, "it")) == [
        "it.a[].b is printed as number, not as str"
    ]
