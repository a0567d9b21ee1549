"""A clip's result on the terminal, in plain words first; what it says is decided elsewhere."""

from typing import TYPE_CHECKING, Any, Literal

from rich.box import SIMPLE_HEAD
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sidestep.cli.paragraphs import heading
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.vocabulary.evidence import Basis
from sidestep.domain.vocabulary.side import Side
from sidestep.services.clips.measure_words import WORDS, in_words

if TYPE_CHECKING:
    from rich.console import Console

    from sidestep.services.ports import StoredDocument

_COMPARED: tuple[tuple[str, Literal["left", "right"]], ...] = (
    ("measure", "left"),
    ("", "left"),
    ("before", "right"),
    ("after", "right"),
    ("change", "right"),
    ("", "left"),
)
_FILMED = {"rear": "from behind", "front": "from the front", "side": "from the side", None: "?"}


def print_clip(console: "Console", document: "StoredDocument") -> None:
    """Print what a clip told: the headline, the points with their basis, where the pictures are."""
    content = document.content
    summary = content["summary"]
    console.print(Text(summary["headline"], style="bold"))
    console.print(Text(_what_was_seen(content), style="dim"))
    for point in summary["points"]:
        _print_point(console, point)
    _print_list(console, "Film it better next time", summary["film_better"])
    if content["quality"]["usable"]:
        _print_list(console, "What one camera cannot tell", summary["cannot_tell"])
    _print_pictures(console, content)


def _what_was_seen(content: dict[str, Any]) -> str:
    seen = [
        f"Filmed {_FILMED[content['view']]}",
        f"{content['duration_s']:.0f} s at {content['frame_rate_hz']:.0f} frames a second",
    ]
    if content["kind"] == "run":
        good = sum(step["is_good"] for step in content["steps"])
        seen.append(f"{good} steps measured")
    else:
        seen.append(f"{len(content['repetitions'])} repetitions")
    return " · ".join(seen)


def _print_point(console: "Console", point: dict[str, Any]) -> None:
    console.print()
    console.print(Text(point["title"], style="bold"))
    says = Text(point["says"])
    if point["sources"]:
        names = "; ".join(source["name"] for source in point["sources"] if "name" in source)
        says.append(f" Basis: {Basis(point['basis']).in_words} ({names}).", style="dim")
    console.print(Padding(says, (0, 0, 0, 2)))


def _print_list(console: "Console", title: str, lines: list[str]) -> None:
    if not lines:
        return
    console.print()
    console.print(heading(title))
    for line in lines:
        console.print(Padding(Text(f"• {line}"), (0, 0, 0, 2)))


def _print_pictures(console: "Console", content: dict[str, Any]) -> None:
    pictures = content["pictures"]
    if pictures:
        console.print()
        console.print(heading("Pictures"))
        for path in pictures.values():
            console.print(f"  {path}", soft_wrap=True)
    kept = content["kept_clip"]
    said = (
        f"Kept a copy: {kept}" if kept else "No copy of the clip was kept; your file is untouched."
    )
    console.print(f"\n{said}", soft_wrap=True, style="dim")


def print_clips(console: "Console", clips: list[dict[str, Any]]) -> None:
    """Print the measured clips, newest first."""
    if not clips:
        console.print("No clip measured yet. Start with: sidestep clip run FILE")
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in ("measured", "what", "id"):
        table.add_column(name, no_wrap=True)
    table.add_column("what it told")
    for clip in clips:
        what = f"{clip['kind']}, {_FILMED[clip['view']]}"
        table.add_row(clip["measured_at"][:10], what, clip["id"], clip["headline"])
    console.print(table)


def print_comparison(console: "Console", compared: dict[str, Any]) -> None:
    """Print what changed between two clips, then each measure before and after."""
    for line in compared["summary"]:
        console.print(Text(line, style="bold"))
    if not compared["comparable"]:
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name, justify in _COMPARED:
        table.add_column(name, justify=justify)
    for side in Side:
        for name, change in compared[side.value].items():
            if change["change"]["value"] is None:
                continue
            words = WORDS[RunMeasure(name)]
            table.add_row(
                words.title,
                side.letter,
                *(_with_error(RunMeasure(name), change[key]) for key in ("before", "after")),
                _with_error(RunMeasure(name), change["change"], signed=True),
                "clear" if change["clear"] else "not clear",
            )
    console.print(table)
    console.print(
        "A change is clear when it exceeds the errors of both clips and the smallest change that "
        "means anything from one day to another.",
        style="dim",
    )


def _with_error(name: RunMeasure, measure: dict[str, Any], *, signed: bool = False) -> str:
    value = in_words(name, measure["value"], signed=signed)
    return f"{value} ± {in_words(name, measure['error'])}"
