"""Fills the page of a kept clip; what it told stands in its document, how it looks elsewhere."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, Protocol

from sidestep.domain.load.report import LoadReport
from sidestep.domain.motion.views import FROM
from sidestep.domain.vocabulary.days import day_in_words
from sidestep.domain.vocabulary.evidence import Backing, Basis, Citation
from sidestep.domain.vocabulary.side import Side
from sidestep.services.clips.clip_drawing import BOTH
from sidestep.services.clips.clip_summary import CANNOT_TELL
from sidestep.services.clips.foot_lines import has_foot_lines
from sidestep.services.clips.measure_words import WORDS
from sidestep.services.clips.said_again import said_again
from sidestep.services.ports import Knowledge, StoredDocument
from sidestep.services.ports.report_pages import ClipFinding, ClipPage, ClipStill, Statement
from sidestep.services.report.report_clip_chart import clip_charts
from sidestep.services.report.report_clip_values import (
    clip_rows,
    corrections,
    measures_in,
    not_measured,
    side_value,
    title_of,
)
from sidestep.services.report.report_evidence import CitedSources
from sidestep.services.report.report_training import knee_inside_statement
from sidestep.services.report.report_wording import listed

_TOLD_TO_A_TENTH_S: Final = 9.95
_STILLS: Final = tuple(f"{which}_{of}" for of in (BOTH, *Side) for which in ("typical", "worst"))
_WHEN: Final = {
    "run": "Each value is the mean over the middle third of a stance.",
    "squat": "Each value is taken at the bottom of a squat, or where the bent knee is furthest in.",
}


class ClipPageParts(Protocol):
    """What a page of a clip needs beside the clip."""

    @property
    def on(self) -> date:
        """The day the page is made for."""

    @property
    def knowledge(self) -> Knowledge:
        """The rules and their sources."""

    @property
    def program_version(self) -> str:
        """The program that makes it."""


def build_clip_page(
    parts: ClipPageParts,
    clip: StoredDocument,
    *,
    for_clinician: bool = False,
    load: LoadReport | None = None,
) -> ClipPage:
    """Return the page of a clip that could be measured, in today's words.

    ``load`` is the training whose steps the share of the newest run is taken for.
    """
    content = said_again(clip, parts.knowledge).content
    cited = CitedSources(parts.knowledge.sources)
    findings, sayings = _points(content, cited)
    if load is not None and content["kind"] == "run":
        inside = knee_inside_statement(load, cited)
        sayings = (*sayings, *(() if inside is None else (inside,)))
    return ClipPage(
        made_on=day_in_words(parts.on),
        title=_title(content, for_clinician=for_clinician),
        facts=_facts(clip),
        headline=content["summary"]["headline"],
        stills=tuple(_stills(content)),
        has_foot_lines=has_foot_lines(content),
        findings=findings,
        sayings=sayings,
        charts=clip_charts(content, for_clinician=for_clinician),
        rows=clip_rows(content, for_clinician=for_clinician),
        not_measured=not_measured(content, for_clinician=for_clinician),
        problems=tuple(problem["message"] for problem in content["quality"]["problems"]),
        film_better=tuple(content["summary"]["film_better"]),
        cannot_tell=CANNOT_TELL,
        method=_method(clip) if for_clinician else (),
        colophon=cited.colophon(
            program_version=parts.program_version, knowledge_version=parts.knowledge.version
        ),
    )


def _title(content: Mapping[str, Any], *, for_clinician: bool) -> str:
    what = _what(content)
    where = FROM.get(content["view"], "")
    if for_clinician:
        named = "Running" if what == "run" else f"{what[:1].upper()}{what[1:]}s"
        return f"{named}, filmed {where}" if where else named
    return f"Your {what} {where}".rstrip()


def _what(content: Mapping[str, Any]) -> str:
    if content["kind"] == "run":
        return "run"
    stood_on = {repetition["standing_on"] for repetition in content["repetitions"]}
    return "squat" if "both" in stood_on or not stood_on else "single-leg squat"


def _facts(clip: StoredDocument) -> str:
    content = clip.content
    measured = f"measured {day_in_words(clip.made_at.date())}"
    rate = f"{content['frame_rate_hz']:.0f} frames a second"
    return " · ".join((measured, _counted(content), duration_in_words(content["duration_s"]), rate))


def _counted(content: Mapping[str, Any]) -> str:
    if content["kind"] == "run":
        n = sum(content[side.value]["n_steps"] for side in Side)
        return f"{n} steps"
    n = len(content["repetitions"])
    return f"{n} squat{'' if n == 1 else 's'}"


def duration_in_words(duration_s: float) -> str:
    """Return how long a clip is, a short one to a tenth of a second."""
    if duration_s < _TOLD_TO_A_TENTH_S:
        return f"{duration_s:.1f} s"
    minutes, seconds = divmod(round(duration_s), 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def _stills(content: Mapping[str, Any]) -> Iterator[ClipStill]:
    for name in _STILLS:
        if name in content["pictures"]:
            yield ClipStill(
                name=name,
                caption=content["captions"][name],
                picture=Path(content["pictures"][name]),
            )


def _points(
    content: Mapping[str, Any], cited: CitedSources
) -> tuple[tuple[ClipFinding, ...], tuple[Statement, ...]]:
    """Return the points about a measure, each with its values, and all others."""
    by_title = {title_of(name): name for name in reversed(measures_in(content))}
    findings, sayings = [], []
    for point in content["summary"]["points"]:
        tag = cited.tag(_backing(point))
        name = by_title.get(point["title"])
        if name is None:
            sayings.append(Statement(title=point["title"], says=point["says"], tag=tag))
        else:
            findings.append(
                ClipFinding(
                    title=point["title"],
                    explains=WORDS[name].explains,
                    says=point["says"],
                    tag=tag,
                    left=side_value(name, content["left"].get(name)),
                    right=side_value(name, content["right"].get(name)),
                    more=WORDS[name].more,
                    less=WORDS[name].less,
                )
            )
    return tuple(findings), tuple(sayings)


def _backing(point: Mapping[str, Any]) -> Backing:
    return Backing(
        basis=Basis(point["basis"]),
        citations=tuple(
            Citation(key=source["key"], supports=source["supports"]) for source in point["sources"]
        ),
        reviewed=point["reviewed"],
    )


def _method(clip: StoredDocument) -> tuple[str, ...]:
    content = clip.content
    corrected = corrections(content)
    versions = content["versions"]
    calibration = versions.get("calibration")
    made_with = (
        f"Made with Sidestep {versions['program']}, knowledge {versions['knowledge']}, pose model "
        f"{versions['pose']}."
    )
    return (
        "One camera. A pose network finds the joints in every frame, at the frame's own time; "
        f"angles lie in the plane of the picture. {_WHEN[content['kind']]}",
        "Femoral adduction: thigh against the vertical, + towards the midline. FPPA: thigh against "
        "shank, + knee inward. Knee over foot: from the heel-toe line, % of the shank, + inward.",
        "± is half of the 95 % band: the spread of the repetitions and what calibration on "
        "rendered people leaves. A change or a difference is clear only beyond it and beyond the "
        "smallest real change in print, or our own limit where none is.",
        f"Corrected for: {listed(corrected)}." if corrected else "Nothing was corrected.",
        f"{made_with} Calibration {calibration}." if calibration else made_with,
    )
