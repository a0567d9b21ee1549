"""A clip's result on the terminal, in plain words first; what it says is decided elsewhere."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any, Literal

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sidestep.cli.paragraphs import heading
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.squat_analysis import SquatMeasure
from sidestep.domain.vocabulary.counts import count_of
from sidestep.domain.vocabulary.days import day_in_words
from sidestep.domain.vocabulary.evidence import Basis
from sidestep.domain.vocabulary.side import Side
from sidestep.services.clips.clip_summary import CANNOT_TELL
from sidestep.services.clips.compare_clips import MUST_BE_THE_SAME
from sidestep.services.clips.foot_lines import has_foot_lines
from sidestep.services.clips.measure_words import WORDS, MeasureName, in_words
from sidestep.services.report.clip_page import duration_in_words
from sidestep.services.report.report_clip_values import not_measured

if TYPE_CHECKING:
    from rich.console import Console

    from sidestep.services.ports import StoredDocument

_COMPARED: tuple[tuple[str, Literal["left", "right"], int], ...] = (
    ("", "left", 7),
    ("before", "right", 17),
    ("after", "right", 17),
    ("change", "right", 17),
    ("", "left", 17),
)
_NAMES: Mapping[str, Callable[[str], MeasureName]] = {"run": RunMeasure, "squat": SquatMeasure}
_VERDICTS = {True: "clear", False: "too small", None: "open"}
_WHAT_IS_CLEAR = (
    "+ of thigh, bend and knee is further in. Clear: more than measuring alone can make, and more "
    "than legs differ by from day to day. Too small: less than that, so nothing to rest anything "
    "on."
)
_WHOSE_LIMIT = " That limit is our own caution, as none is in print, for: {names}."
_WHAT_IS_OPEN = (
    " Open: more than measuring alone can make, but by how much it differs from day to day is "
    "not in print."
)
_SIGNS = (
    "The dashed line stands over the foot. A pink arrow shows a knee inside it, a white bar one "
    "that is not. The line may lean: like the number, it leaves out the camera's tilt and the "
    "reading's own error. "
)
_COLOURS = "Left is blue, right is orange."
_FILMED = {"rear": "from behind", "front": "from the front", "side": "from the side", None: ""}
_SHOWN = {"run": "run", "squat": "squats"}


def print_kept_clip(console: "Console", document: "StoredDocument") -> None:
    """Print by what a clip is known that was measured earlier, then what it told."""
    console.print(Text(_named(_listed(document)), style="dim"))
    _print_told(console, document.content)
    if not document.content["kept_clip"]:
        console.print("\nNo copy of the clip was kept.", style="dim")


def print_clip(console: "Console", document: "StoredDocument") -> None:
    """Print what a clip told, and that nothing became of the file itself."""
    _print_told(console, document.content)
    if not document.content["kept_clip"]:
        said = "\nNo copy of the clip was kept; your file is untouched."
        console.print(said, style="dim")


def clip_in_words(document: "StoredDocument") -> str:
    """Return a clip within a sentence: ``the run from behind of 22 November 2026, 12:00``."""
    clip = _listed(document)
    file = f" ({clip['file']})" if clip["file"] else ""
    return f"the {_what(clip)} of {_when(document.made_at)}{file}"


def _print_told(console: "Console", content: dict[str, Any]) -> None:
    """Print the headline, the points with their basis, and where the pictures are."""
    summary = content["summary"]
    console.print(Text(summary["headline"], style="bold"))
    console.print(Text(_what_was_seen(content), style="dim"))
    for point in summary["points"]:
        _print_point(console, point)
    if any("±" in point["says"] for point in summary["points"]):
        console.print(Text("\n± is how far off a number may be.", style="dim"))
    if content["quality"]["usable"]:
        _print_list(console, "Not measured", _missing(content))
    _print_list(console, "What to do now", summary.get("do_now", []))
    _print_list(console, "Film it better next time", summary["film_better"])
    if content["quality"]["usable"]:
        _print_list(console, "What one camera cannot tell", CANNOT_TELL)
    _print_pictures(console, content)


def _what_was_seen(content: dict[str, Any]) -> str:
    duration = duration_in_words(content["duration_s"])
    seen = [
        f"Filmed {_FILMED[content['view']] or 'from an unknown place'}",
        f"{duration} at {content['frame_rate_hz']:.0f} frames a second",
    ]
    if content["kind"] == "run":
        good = sum(step["is_good"] for step in content["steps"])
        seen.append(f"{good} steps {'measured' if content['quality']['usable'] else 'seen'}")
    else:
        seen.append(count_of(len(content["repetitions"]), "squat", "squats"))
    return " · ".join(seen)


def _missing(content: dict[str, Any]) -> list[str]:
    """Say what was not measured and why."""
    missing = not_measured(content, for_clinician=False)
    return [f"{row.label}: {row.value}" for row in missing]


def _print_point(console: "Console", point: dict[str, Any]) -> None:
    console.print()
    console.print(Text(point["title"], style="bold"))
    says = Text(point["says"])
    if point["sources"]:
        names = "; ".join(source["name"] for source in point["sources"] if "name" in source)
        says.append(f" Basis: {Basis(point['basis']).in_words} ({names}).", style="dim")
    console.print(Padding(says, (0, 0, 0, 2)))


def _print_list(console: "Console", title: str, lines: Sequence[str]) -> None:
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
        signs = f"{_SIGNS if has_foot_lines(content) else ''}{_COLOURS}"
        console.print(Padding(Text(signs, style="dim"), (0, 0, 0, 2)))
        captions = content.get("captions", {})
        for name, path in pictures.items():
            if name in captions:
                console.print(Padding(Text(captions[name]), (0, 0, 0, 2)))
            console.print(f"  {path}", soft_wrap=True, style="dim" if name in captions else None)
    if content["kept_clip"]:
        said = f"\nKept a copy: {content['kept_clip']}"
        console.print(said, soft_wrap=True, style="dim")


def print_beside_drawing(console: "Console", compared: dict[str, Any]) -> None:
    """Print what of a clip differs from the drawing of the exercise, and what does not."""
    _print_list(console, f"Beside the drawing of {compared['exercise']}", compared["says"])


def print_clips(console: "Console", clips: list[dict[str, Any]]) -> None:
    """Print the measured clips, newest first."""
    if not clips:
        console.print("No clip measured yet. Start with: sidestep clip run FILE")
        return
    for clip in clips:
        console.print(Text(_named(clip), style="bold"))
        console.print(Padding(Text(clip["headline"]), (0, 0, 0, 2)))
        kept = "film kept" if clip["kept_clip"] else "film not kept"
        # One line that is never broken: the id in it is copied.
        console.print(Text(f"  {clip['id']} · {kept}", style="dim"), soft_wrap=True)


def _named(clip: dict[str, Any], zone: tzinfo | None = None) -> str:
    """Return by what a person knows her clip: when, what, from where, what the film was called."""
    measured_at = datetime.fromisoformat(clip["measured_at"])
    if zone is not None:
        measured_at = measured_at.astimezone(zone)
    file = [clip["file"]] if clip["file"] else []
    return " · ".join((_when(measured_at), _what(clip), *file))


def _listed(document: "StoredDocument") -> dict[str, Any]:
    return {
        "kind": document.content["kind"],
        "measured_at": document.made_at.isoformat(),
        "view": document.content["view"],
        "file": document.content.get("file"),
    }


def _when(instant: datetime) -> str:
    return f"{day_in_words(instant.date())}, {instant:%H:%M}"


def _what(clip: dict[str, Any]) -> str:
    return f"{_SHOWN[clip['kind']]} {_FILMED[clip['view']]}".rstrip()


def print_kept_results(console: "Console", files: list[str]) -> None:
    """Print which files were not watched again, because what they told is kept."""
    for name in files:
        said = f"{name} was measured before, just as it would be now: that result is used."
        console.print(Text(said, style="dim"))


def print_comparison(
    console: "Console", compared: dict[str, Any], zone: tzinfo | None = None
) -> None:
    """Print which clips, what changed between them, then each measure before and after.

    ``zone`` is the one whose clocks tell when they were measured.
    """
    for title in ("before", "after"):
        clip = {"kind": compared["kind"], **compared[title]}
        console.print(Text(f"{title.capitalize():7} {_named(clip, zone)}", style="dim"))
    console.print()
    for line in compared["summary"]:
        console.print(Text(line, style="bold"))
    if not compared["comparable"]:
        return
    console.print(Text(MUST_BE_THE_SAME[compared["kind"]], style="dim"))
    verdicts = _print_changes(console, compared)
    measured = _measured_legs(compared)
    for side in Side:
        if measured and side not in measured:
            said = f"The {side.value} leg was measured in neither clip."
            console.print(Text(said, style="dim"))
    changes = _changes_as_measures(compared, measured or list(Side))
    for row in not_measured(changes, for_clinician=False):
        console.print(Text(f"Not compared: {row.label}. {row.value}", style="dim"))
    if verdicts:
        ours = "; ".join(name.lower() for name in compared["our_own_limits"])
        whose = _WHOSE_LIMIT.format(names=ours) if ours else ""
        said = f"{_WHAT_IS_CLEAR}{whose}{_WHAT_IS_OPEN if None in verdicts else ''}"
        console.print(Text(said, style="dim"))


def _print_changes(console: "Console", compared: dict[str, Any]) -> set[bool | None]:
    """Print each measure that is known in both clips under its long name; return all verdicts."""
    left, right = (compared[side.value] for side in Side)
    names = [
        name
        for name in left
        if any(compared[side.value][name]["change"]["value"] is not None for side in Side)
    ]
    verdicts: set[bool | None] = set()
    if not names:
        return verdicts
    console.print()
    console.print(_in_columns([[name for name, _, _ in _COMPARED]]))
    for name in names:
        measure = _NAMES[compared["kind"]](name)
        legs = (
            {"both": left[name]}
            if left[name] == right[name]
            else {side.value: compared[side.value][name] for side in Side}
        )
        told = {
            leg: change for leg, change in legs.items() if change["change"]["value"] is not None
        }
        verdicts |= {change["clear"] for change in told.values()}
        console.print(Text(WORDS[measure].title, style="bold"))
        console.print(
            _in_columns(
                [
                    [
                        f"  {leg}",
                        *(_with_error(measure, change[key]) for key in ("before", "after")),
                        _with_error(measure, change["change"], signed=True),
                        _VERDICTS[change["clear"]],
                    ]
                    for leg, change in told.items()
                ]
            )
        )
    console.print()
    return verdicts


def _in_columns(rows: list[list[str]]) -> Table:
    table = Table.grid(padding=(0, 1))
    for _, justify, width in _COMPARED:
        table.add_column(justify=justify, width=width)
    for row in rows:
        table.add_row(*row)
    return table


def _measured_legs(compared: dict[str, Any]) -> list[Side]:
    """Return the legs that either clip has a number for."""
    return [
        side
        for side in Side
        if any(
            change[clip]["value"] is not None
            for change in compared[side.value].values()
            for clip in ("before", "after")
        )
    ]


def _changes_as_measures(compared: dict[str, Any], legs: list[Side]) -> dict[str, Any]:
    by_leg = {
        side.value: {name: each["change"] for name, each in compared[side.value].items()}
        if side in legs
        else {}
        for side in Side
    }
    return {"kind": compared["kind"], **by_leg}


def _with_error(name: MeasureName, measure: dict[str, Any], *, signed: bool = False) -> str:
    value = in_words(name, measure["value"], signed=signed)
    return f"{value} ± {in_words(name, measure['error'])}"
