"""What stands on the page of a clip: values with their error, reasons, captions, the way it counts.

How it looks as PDF is tested with the adapter.
"""

import copy
import io
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from builders.clip_results import (
    RUN_VALUES,
    SIDE_VIEW,
    filmed_at,
    kept_run,
    kept_squat,
    run_analysis,
    squat_analysis,
)
from builders.report_parts import empty_parts, flagged_parts, load
from builders.shipped import shipped_knowledge
from fakes.stores import MemoryStore
from sidestep.cli.load_tables import print_exposures
from sidestep.domain.load.report import KneeInside, LoadReport
from sidestep.domain.load.wording import notice_from
from sidestep.domain.motion.early_and_late import MINUTE_S
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.triage.rules import Urgency
from sidestep.domain.vocabulary.side import Side
from sidestep.languages.language import language
from sidestep.services.ports import StoredDocument
from sidestep.services.ports.report_pages import ClipPage
from sidestep.services.report.clinician_page import build_clinician_page
from sidestep.services.report.clip_page import build_clip_page
from sidestep.services.report.report_clip_chart import MOST_MARKS, clip_charts
from sidestep.services.report.report_parts import Part, clips_without_a_number, newest_clips
from sidestep.services.report.runner_page import build_runner_page

PARTS = replace(empty_parts(), knowledge=shipped_knowledge())


def page(clip: StoredDocument | None = None, *, for_clinician: bool = False) -> ClipPage:
    return build_clip_page(PARTS, clip or kept_run(), for_clinician=for_clinician)


def changed(clip: StoredDocument, **content: Any) -> StoredDocument:
    return replace(clip, content={**copy.deepcopy(clip.content), **content})


def test_the_page_says_what_was_filmed_from_where_and_how_much() -> None:
    assert page().title == "Your run from behind"
    assert page(for_clinician=True).title == "Running, filmed from behind"
    assert page(kept_squat()).title == "Your squat from the front"
    assert page().facts == (
        "measured 22 November 2026 · 170 steps · 1 min 0 s · 60 frames a second"
    )
    assert page(kept_squat()).facts.split(" · ")[1] == "5 squats"


def test_squats_on_one_leg_are_called_so() -> None:
    clip = kept_squat()
    on_left = [{**each, "standing_on": "left"} for each in clip.content["repetitions"]]
    clip = changed(clip, repetitions=on_left)
    assert page(clip).title == "Your single-leg squat from the front"
    assert page(clip, for_clinician=True).title == "Single-leg squats, filmed from the front"


def test_a_view_that_is_not_known_is_not_named() -> None:
    clip = changed(kept_run(), view=None)
    assert page(clip).title == "Your run"
    assert page(clip, for_clinician=True).title == "Running"


@pytest.mark.parametrize("name", list(RUN_VALUES[Side.LEFT]))
def test_every_measured_value_stands_in_the_table_with_its_error_and_count(
    name: RunMeasure,
) -> None:
    row = page().rows[list(RUN_VALUES[Side.LEFT]).index(name)]
    for side, value in ((Side.LEFT, row.left), (Side.RIGHT, row.right)):
        assert value.value == pytest.approx(RUN_VALUES[side][name])
        assert value.error == pytest.approx(1.4)
        assert value.n == 85
        assert value.give_or_take.startswith("± 1.4")


def test_the_direction_is_in_words_and_the_difference_has_a_sign() -> None:
    rows = {row.title: row for row in page(for_clinician=True).rows}
    assert rows["FPPA"].left.says == "4.8° in"
    assert rows["FPPA"].right.says == "0.6° out"
    assert rows["Knee over foot"].difference.says == "+4.1 %"
    assert rows["Femoral adduction"].change[0].value == "+2.8° ± 1.1°, clear"
    assert rows["Femoral adduction"].change[1].value == "−0.4° ± 1.1°, too small"


def test_what_was_not_measured_is_told_once_with_its_reason() -> None:
    missing = page().not_measured
    assert [row.value for row in missing] == [SIDE_VIEW]
    assert missing[0].label == "Bend of the standing knee; Foot ahead of the hip; Trunk forwards"


def test_a_value_that_rounds_to_nothing_has_no_direction() -> None:
    content = copy.deepcopy(kept_run().content)
    content["left"]["fppa_deg"]["value"] = -0.03
    found = page(changed(kept_run(), **content), for_clinician=True)
    assert next(row for row in found.rows if row.title == "FPPA").left.says == "0.0°"


def test_a_leg_that_did_not_squat_is_named_as_a_whole() -> None:
    content = copy.deepcopy(kept_squat().content)
    reason = "A measure needs 3 squats; this clip has 0."
    content["right"] = {name: {"value": None, "reason": reason} for name in content["right"]}
    missing = page(changed(kept_squat(), **content)).not_measured
    assert [(row.label, row.value) for row in missing] == [("The right leg", reason)]


def test_a_few_steps_have_no_band() -> None:
    few = clip_charts(kept_run(run_analysis(n_steps=30)).content, for_clinician=False)
    assert few[0].bands == ()


def test_a_leg_without_a_value_is_named() -> None:
    content = copy.deepcopy(kept_run().content)
    content["left"]["fppa_deg"] = {"value": None, "reason": "Too few good steps."}
    found = page(changed(kept_run(), **content), for_clinician=True)
    row = next(row for row in found.rows if row.title == "FPPA")
    assert row.left.says == ""
    assert row.left.value is None
    assert row.right.says
    assert any(each.label == "FPPA, left" for each in found.not_measured)


def test_a_clip_that_told_nothing_shows_no_number() -> None:
    nothing = page(kept_run(run_analysis(reason="Too dark.")))
    assert nothing.rows == ()
    assert nothing.findings == ()
    assert nothing.charts == ()
    assert nothing.not_measured[0].value == "Too dark."


def test_the_plain_summary_is_whole_on_the_page() -> None:
    clip = kept_run()
    found = page(clip)
    said = [each.says for each in found.findings] + [each.says for each in found.sayings]
    assert sorted(said) == sorted(point["says"] for point in clip.content["summary"]["points"])
    assert found.headline == clip.content["summary"]["headline"]
    assert any("on the ground" in each for each in found.cannot_tell)
    assert found.film_better == (
        "More than one person is in the picture; the nearest one was followed. "
        "Look at the picture with the lines: they should be on you.",
    )


def test_the_measures_of_the_summary_have_both_legs_beside_them() -> None:
    first = page().findings[0]
    assert (first.left.says, first.right.says) == ("9.4° in", "4.2° in")
    assert (first.more, first.less) == ("in", "out")


def test_the_sources_of_a_statement_are_listed_at_the_foot() -> None:
    found = page()
    tags = [*(each.tag for each in found.findings), *(each.tag for each in found.sayings)]
    cited = {number for tag in tags if tag for number in tag.sources}
    assert cited == {line.number for line in found.colophon.sources}
    assert cited


def test_only_the_clinician_reads_the_method() -> None:
    assert page().method == ()
    method = " ".join(page(for_clinician=True).method)
    for expected in ("BlazePose full", "camera turned 3 degrees", "95 %", "middle third"):
        assert expected in method
    assert "bottom of a squat" in " ".join(page(kept_squat(), for_clinician=True).method)
    assert page(for_clinician=True).problems[0].startswith("More than one person")


def test_stills_come_typical_first_left_before_right(tmp_path: Path) -> None:
    stills = page(kept_run(pictures=tmp_path)).stills
    assert [still.picture.stem for still in stills] == [
        "typical_left",
        "worst_left",
        "typical_right",
        "worst_right",
    ]
    assert stills[0].name == "typical_left"
    assert stills[0].caption.startswith("Typical left step")
    assert page().stills == ()


def test_a_chart_has_the_good_steps_and_the_parts_that_are_compared() -> None:
    chart = clip_charts(kept_run().content, for_clinician=False)[0]
    assert chart.title == "Thigh towards the midline"
    assert len(chart.steps) == sum(number % 29 != 7 for number in range(170))
    first, last = chart.parts
    assert first[0] == pytest.approx(0.0)
    assert first[1] == pytest.approx(last[1] / 3, rel=0.01)
    assert last[1] == pytest.approx(0.353 * 169)


def test_a_long_run_compares_its_first_and_last_minute_and_draws_fewer_marks() -> None:
    chart = clip_charts(kept_run(run_analysis(n_steps=1600)).content, for_clinician=False)[0]
    (first, until), (since, last) = chart.parts
    assert until - first == pytest.approx(MINUTE_S)
    assert last - since == pytest.approx(MINUTE_S)
    for side in Side:
        assert sum(step.side is side for step in chart.steps) <= MOST_MARKS


def test_the_band_holds_the_middle_and_follows_the_leg() -> None:
    chart = clip_charts(kept_run().content, for_clinician=False)[0]
    left = [band for band in chart.bands if band.side is Side.LEFT]
    assert all(band.low <= band.middle <= band.high for band in chart.bands)
    assert left[-1].middle - left[0].middle == pytest.approx(3.0, abs=1.5)


def test_squats_are_charted_by_number_without_a_band() -> None:
    charts = clip_charts(kept_squat().content, for_clinician=True)
    assert [chart.title for chart in charts] == ["Knee over foot", "FPPA"]
    assert {step.at for step in charts[0].steps} == {1, 2, 3, 4, 5}
    assert charts[0].bands == ()
    assert not charts[0].is_over_time


def test_one_squat_is_one_squat() -> None:
    assert " · 1 squat · " in page(kept_squat(squat_analysis(n=1))).facts


def test_an_emergency_has_no_page_of_clips() -> None:
    parts = replace(
        flagged_parts(Urgency.EMERGENCY), knowledge=shipped_knowledge(), clips=(kept_run(),)
    )
    assert build_runner_page(parts).clips == ()
    assert len(build_clinician_page(parts).clips) == 1


def test_without_a_clip_there_is_no_page_of_one() -> None:
    assert build_runner_page(PARTS).clips == ()
    assert build_clinician_page(PARTS).clips == ()


def test_only_the_newest_clips_that_told_something_are_shown() -> None:
    store = MemoryStore()
    assert newest_clips(store) == ()
    nothing = kept_run(run_analysis(reason="Too dark."))
    store.save_document(nothing)
    assert newest_clips(store) == ()
    first, newest = kept_run(), replace(kept_run(), id="newest")
    for document in (first, newest, kept_squat()):
        store.save_document(document)
    assert [each.id for each in newest_clips(store)] == ["newest", "clip_squat-1"]


def test_a_newest_film_that_told_nothing_is_named_as_left_out() -> None:
    store = MemoryStore()
    store.save_document(kept_run())
    store.save_document(kept_squat())
    assert clips_without_a_number(store) == ()
    later = kept_squat().made_at + timedelta(days=1)
    unusable = filmed_at(kept_squat(), later, usable=False)
    store.save_document(unusable)
    assert clips_without_a_number(store) == (unusable,)
    parts = replace(PARTS, clips_without_a_number=(unusable,))
    says = "The film of squats of 23 November 2026 is not shown: nothing could be measured in it."
    assert says in build_clinician_page(parts).method
    assert says not in build_clinician_page(parts.only([Part.KNEE])).method


def test_a_report_without_a_clip_does_not_wait_for_scipy() -> None:
    code = (
        "import sys; from sidestep.services.report import runner_page, clinician_page; "
        "sys.exit('scipy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def load_with_clip() -> LoadReport:
    """Build a history whose newest clip had the left knee inside at a quarter to half the steps."""
    inside = tuple(
        KneeInside(side=side, share_low=low, share_high=high, filmed_on=kept_run().made_at.date())
        for side, low, high in ((Side.LEFT, 0.25, 0.5), (Side.RIGHT, 0.0, 0.0))
    )
    note = notice_from(
        PARTS.knowledge.load, "knee_inside_from_pct", "exposure", filmed_on="22 November 2026"
    )
    return replace(load(), knee_inside=inside, knee_inside_note=note)


@pytest.mark.parametrize("build", [build_runner_page, build_clinician_page])
def test_the_runs_page_multiplies_out_the_steps_with_the_knee_inside(build: Any) -> None:
    parts = replace(PARTS, clips=(kept_run(), kept_squat()), load=load_with_clip())
    of_run, of_squats = build(parts).clips
    title = "Steps with the knee inside the foot line"
    (said,) = (each for each in of_run.sayings if each.title == title)
    assert said.says.startswith(
        "Left knee: 11,000 to 22,000 steps in 28 days and 130,000 to 260,000 steps in 365 days. "
        "Right knee: none in 28 days and none in 365 days. An estimate: the share of steps in your "
        "clip of 22 November 2026"
    )
    assert said.tag is not None
    assert said.tag.sources
    assert all(each.title != title for each in of_squats.sayings)


def test_a_range_of_nearly_all_steps_says_nothing_and_is_no_number() -> None:
    wide = tuple(
        replace(each, share_low=0.0, share_high=0.98) for each in load_with_clip().knee_inside
    )
    shown = replace(load_with_clip(), knee_inside=wide)
    (clip,) = build_runner_page(replace(PARTS, clips=(kept_run(),), load=shown)).clips
    (said,) = (each.says for each in clip.sayings if "inside the foot line" in each.title)
    assert said.startswith(
        "Left knee: the range is too wide to tell anything. Right knee: the range is too wide"
    )
    assert "Spanne ist zu weit" in language("de").gettext(said)
    console = Console(file=io.StringIO(), width=100)
    print_exposures(console, shown)
    assert isinstance(console.file, io.StringIO)
    assert "too wide a range to tell" in console.file.getvalue()


@pytest.mark.parametrize(
    ("duration_s", "said"),
    [(6.5, "6.5 s"), (9.96, "10 s"), (14.4, "14 s"), (60.0, "1 min 0 s"), (59.8, "1 min 0 s")],
)
def test_a_short_clip_is_as_long_as_it_is(duration_s: float, said: str) -> None:
    kept = kept_run()
    facts = page(replace(kept, content={**kept.content, "duration_s": duration_s})).facts
    assert f" · {said} · " in facts
    assert f" · {said.replace('.', ',')} · " in language("de").gettext(facts)


def test_steps_that_nobody_counted_are_not_multiplied_out() -> None:
    uncounted = tuple(
        replace(each, steps=0, steps_per_knee=0, runs_without_steps=3) for each in load().exposures
    )
    for training in (None, load(), replace(load_with_clip(), exposures=uncounted)):
        (shown,) = build_runner_page(replace(PARTS, clips=(kept_run(),), load=training)).clips
        assert all("inside the foot line" not in each.title for each in shown.sayings)
