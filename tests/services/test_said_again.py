"""What a kept clip told, said again from its numbers."""

from dataclasses import replace
from typing import Any

import pytest

from builders.clip_results import kept_run, kept_squat, run_analysis, squat_analysis
from builders.report_parts import empty_parts
from builders.shipped import shipped_knowledge
from sidestep.domain.motion.quality import Problem, Quality
from sidestep.domain.motion.squat_analysis import SquatMeasure
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.uncertainty import Measured
from sidestep.services.clips.analyse_clip import versions_now
from sidestep.services.clips.said_again import said_again
from sidestep.services.ports import StoredDocument
from sidestep.services.report.clip_page import build_clip_page

REFUSED = Quality(
    problems=(
        Problem(code="slow_motion", message="Too slow.", hint="Give it as it was.", helps_now=True),
        Problem(code="several_people", message="Two.", hint="Look.", is_fatal=False),
    )
)
CLIPS = {
    "run": kept_run(),
    "aside": kept_run(replace(run_analysis(), view=View.SIDE)),
    "nothing measured": kept_run(run_analysis(reason="Too dark.")),
    "refused": kept_run(replace(run_analysis(), quality=REFUSED)),
    "squats": kept_squat(),
    "refused squats": kept_squat(replace(squat_analysis(), quality=REFUSED)),
}


def in_other_words(clip: StoredDocument) -> StoredDocument:
    """Return a clip as a program kept it that worded everything otherwise, and cited otherwise."""
    told: dict[str, Any] = clip.content["summary"]
    worded = {
        "headline": "Worded otherwise.",
        "points": [
            {**point, "title": f"Once {point['title']}", "says": "So.", "sources": []}
            for point in told["points"]
        ],
        "do_now": told["do_now"],
        "film_better": ["Otherwise."],
        "cannot_tell": [],
    }
    return replace(clip, content={**clip.content, "summary": worded})


@pytest.mark.parametrize("name", CLIPS)
def test_the_numbers_of_a_clip_say_what_its_sentences_said(name: str) -> None:
    clip = CLIPS[name]
    assert said_again(clip, shipped_knowledge()) == clip
    assert said_again(in_other_words(clip), shipped_knowledge()) == clip


def test_what_another_calibration_called_furthest_in_is_no_headline() -> None:
    furthest_in, over_foot = SquatMeasure.KNEE_OVER_FOOT_WORST, SquatMeasure.KNEE_OVER_FOOT
    usual = squat_analysis()
    sides = {
        side: {
            **leg,
            over_foot: Measured(value=-6.0, error=4.0, n=5),
            furthest_in: Measured(value=11.0, error=4.0, n=5),
        }
        for side, leg in usual.sides.items()
    }
    knowledge = shipped_knowledge()
    versions = versions_now(usual.versions["pose"], knowledge)
    now = kept_squat(replace(usual, sides=sides, versions=versions))
    before = kept_squat(
        replace(usual, sides=sides, versions={**versions, "calibration": "of another day"})
    )
    told = [said_again(clip, knowledge).content["summary"]["headline"] for clip in (now, before)]
    assert told[0].startswith("Both knees go inside the line over the foot on the way")
    assert told[1].startswith("Neither knee clearly goes inside the line over the foot")


def test_a_page_of_a_clip_that_was_worded_otherwise_is_that_of_today() -> None:
    parts = replace(empty_parts(), knowledge=shipped_knowledge())
    for clip in (CLIPS["run"], CLIPS["squats"], CLIPS["aside"]):
        today = build_clip_page(parts, clip)
        assert build_clip_page(parts, in_other_words(clip)) == today
        assert today.findings


def test_a_clip_kept_before_there_was_anything_to_do_now_is_said_too() -> None:
    clip = CLIPS["run"]
    older = {name: said for name, said in clip.content["summary"].items() if name != "do_now"}
    kept = replace(clip, content={**clip.content, "summary": older})
    assert said_again(kept, shipped_knowledge()) == clip
