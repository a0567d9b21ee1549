"""The pages of clips as PDF: one page for each, whatever is in it, legible and the same."""

import io
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pypdf
import pypdfium2
import pytest

from builders.clip_results import (
    CAPTION_BRIGHTNESS,
    FEET_BRIGHTNESS,
    STILL_BRIGHTNESS,
    kept_run,
    kept_squat,
    run_analysis,
    without_foot_lines,
)
from builders.report_parts import empty_parts
from builders.shipped import shipped_knowledge
from sidestep.adapters.reports.clip_chart import clip_chart
from sidestep.adapters.reports.clip_pictures import still_svg
from sidestep.adapters.reports.typst_pages import set_clinician_page, set_runner_page
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.vocabulary.side import Side
from sidestep.languages.language import ENGLISH, language
from sidestep.services.clips.measure_words import WORDS
from sidestep.services.ports import StoredDocument
from sidestep.services.ports.report_pages import (
    ChartedBand,
    ChartedStep,
    ClinicianPage,
    ClipChart,
    RunnerPage,
)
from sidestep.services.report.clinician_page import build_clinician_page
from sidestep.services.report.report_parts import ReportParts
from sidestep.services.report.runner_page import build_runner_page

HOSTILE = '#panic("x") *b* _i_ $z$ [ ] \\ <tag> // "q" @ref ± 1 % `raw` =h'


def parts(*clips: StoredDocument) -> ReportParts:
    return replace(empty_parts(), knowledge=shipped_knowledge(), clips=clips)


def texts(pdf: bytes) -> list[str]:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def type_sizes(pdf: bytes, page: int) -> list[tuple[float, str]]:
    """Return every piece of text of a page with its size in points."""
    pieces: list[tuple[float, str]] = []

    def note(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        if text.strip():
            pieces.append((round(abs(size * cm[3] * tm[3]), 1), text.strip()))

    pypdf.PdfReader(io.BytesIO(pdf)).pages[page].extract_text(visitor_text=note)
    return pieces


Report = TypeVar("Report", RunnerPage, ClinicianPage)


def saying(report: Report, **said: Any) -> Report:
    """Return a report whose only clip says something else."""
    (clip,) = report.clips
    return replace(report, clips=(replace(clip, **said),))


@cache
def both_pages(folder: Path) -> tuple[bytes, bytes]:
    """Set a run and squats for both readers, once for all tests."""
    folder.mkdir(exist_ok=True)
    filled = parts(kept_run(pictures=folder), kept_squat(pictures=folder))
    return (
        set_runner_page(build_runner_page(filled)),
        set_clinician_page(build_clinician_page(filled)),
    )


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    return both_pages(tmp_path_factory.mktemp("stills"))


def test_every_clip_is_one_page_behind_the_first(pages: tuple[bytes, bytes]) -> None:
    for pdf in pages:
        assert len(texts(pdf)) == 3


def test_the_runners_page_holds_summary_values_reasons_and_limits(
    pages: tuple[bytes, bytes],
) -> None:
    text = texts(pages[0])[1]
    for expected in (
        "Your run from behind",
        "As you go on, your left knee moves further in.",
        "9.4° in",
        "± 1.4°",
        "Typical left step, number 41",
        "early",
        "Not measured",
        "well enough for a number.",
        "they should be on you.",
        "how far the pelvis drops",
        "cohort · 1",
        "Räisänen 2018",
        "Not clinically reviewed.",
    ):
        assert expected in text
    assert "METHOD" not in text


def test_the_clinicians_page_names_the_measures_and_the_method(pages: tuple[bytes, bytes]) -> None:
    text = texts(pages[1])[1]
    for expected in ("Femoral adduction", "FPPA", "METHOD", "BlazePose full", "95 %", "85"):
        assert expected in text
    assert "Squats, filmed from the front" in texts(pages[1])[2]


def test_no_type_on_a_clips_page_is_too_small(pages: tuple[bytes, bytes]) -> None:
    for pdf in pages:
        for page in (1, 2):
            assert min(type_sizes(pdf, page))[0] >= 6.5


def test_all_four_stills_are_on_the_page_and_their_captions_are_set_not_painted(
    pages: tuple[bytes, bytes],
) -> None:
    with pypdfium2.PdfDocument(pages[0]) as document:
        grey = document[1].render(grayscale=True).to_numpy()
    for brightness in STILL_BRIGHTNESS:
        assert np.count_nonzero(np.abs(grey.astype(int) - brightness) < 4) > 5000
    assert "A pink arrow shows a knee inside it" in texts(pages[0])[1]
    assert ["black line is 0" in texts(page)[1] for page in pages] == [True, False]
    assert np.count_nonzero(np.abs(grey.astype(int) - CAPTION_BRIGHTNESS) < 2) < 5000


def test_stills_are_as_large_in_german_and_keep_their_feet(
    pages: tuple[bytes, bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    filled = parts(kept_run(pictures=tmp_path_factory.mktemp("german")))
    german = set_runner_page(build_runner_page(filled), language("de"))
    shown = []
    for pdf in (pages[0], german):
        with pypdfium2.PdfDocument(pdf) as document:
            grey = document[1].render(scale=2, grayscale=True).to_numpy().astype(int).squeeze()
        feet = np.abs(grey - FEET_BRIGHTNESS) < 3
        assert feet.sum() > 5000
        shown.append(int(feet.sum(axis=1).max()))
    assert shown[0] == pytest.approx(shown[1], abs=8)
    assert len(texts(german)) == 2
    assert "rosa Pfeil zeigt ein Knie" in texts(german)[1]


def test_a_full_page_still_says_what_is_measured(
    pages: tuple[bytes, bytes], tmp_path: Path
) -> None:
    filled = parts(kept_run(pictures=tmp_path))
    german = set_runner_page(build_runner_page(filled), language("de"))
    for pdf, says in ((pages[0], ENGLISH.gettext), (german, language("de").gettext)):
        for name in (RunMeasure.FEMORAL_ADDUCTION, RunMeasure.FPPA, RunMeasure.KNEE_OVER_FOOT):
            assert says(WORDS[name].explains)[:60] in texts(pdf)[1]


def test_a_still_that_is_gone_is_left_out(tmp_path: Path) -> None:
    clip = kept_run(pictures=tmp_path)
    for path in tmp_path.glob("*_left.jpg"):
        path.unlink()
    pdf = set_runner_page(build_runner_page(parts(clip)))
    assert "Typical left step" not in texts(pdf)[1]
    assert "Typical right step" in texts(pdf)[1]


def test_only_pictures_that_have_a_foot_line_explain_it(tmp_path: Path) -> None:
    clip = kept_run(pictures=tmp_path)
    for kept, explains in ((clip, True), (without_foot_lines(clip), False)):
        said = texts(set_runner_page(build_runner_page(parts(kept))))[1]
        assert ("dashed line stands over the foot" in said) is explains
        assert "Left is blue, right is orange." in said


def test_a_clip_that_told_nothing_is_still_a_page() -> None:
    pdf = set_runner_page(build_runner_page(parts(kept_run(run_analysis(reason="Too dark.")))))
    assert len(texts(pdf)) == 2
    assert "Too dark." in texts(pdf)[1]


def test_a_chart_that_stands_alone_is_no_larger_than_two_beside_each_other() -> None:
    squats = kept_squat()
    one_measure = [
        {
            name: {"knee_over_foot_pct": value["knee_over_foot_pct"]}
            if name in ("left", "right")
            else value
            for name, value in repetition.items()
        }
        for repetition in squats.content["repetitions"]
    ]
    alone = replace(squats, content={**squats.content, "repetitions": one_measure})
    pdf = set_runner_page(build_runner_page(parts(alone)))
    # Only an axis is set digit by digit.
    axis = [size for size, text in type_sizes(pdf, 1) if text == "%"]
    assert len(axis) >= 4
    assert max(axis) < 12


def test_far_too_much_text_still_fits_its_page(tmp_path: Path) -> None:
    long = "A sentence of unreasonable length must find its place as well. " * 8
    filled = parts(kept_run(pictures=tmp_path))
    for_runner, for_clinician = build_runner_page(filled), build_clinician_page(filled)
    findings, sayings = (
        tuple(replace(point, says=point.says + long) for point in points)
        for points in (for_runner.clips[0].findings, for_runner.clips[0].sayings)
    )
    said = {"findings": findings, "sayings": sayings, "film_better": (long,) * 6}
    for pdf in (
        set_runner_page(saying(for_runner, **said)),
        set_clinician_page(saying(for_clinician, **said)),
    ):
        assert len(texts(pdf)) == 2


def test_hostile_text_appears_as_it_is() -> None:
    page = saying(build_runner_page(parts(kept_run())), headline=HOSTILE)
    pdf = set_runner_page(page)
    assert HOSTILE in texts(pdf)[1]


def test_the_same_clip_gives_the_same_bytes(pages: tuple[bytes, bytes], tmp_path: Path) -> None:
    again = parts(kept_run(pictures=tmp_path), kept_squat(pictures=tmp_path))
    assert set_runner_page(build_runner_page(again)) == pages[0]


def test_a_picture_that_is_not_there_is_none(tmp_path: Path) -> None:
    assert still_svg(tmp_path / "gone.jpg") is None


def chart(**changes: Any) -> str:
    steps = tuple(ChartedStep(side=side, at=at, value=at) for side in Side for at in (1.0, 2.0))
    bands = tuple(
        ChartedBand(side=side, at=at, low=0.0, middle=1.0, high=2.0)
        for side in Side
        for at in (1.0, 2.0)
    )
    plain = ClipChart(
        title="", unit="°", more="in", is_over_time=True, steps=steps, bands=bands, parts=()
    )
    return clip_chart(replace(plain, **changes), reader=ENGLISH, width=264, height=118)


def test_left_and_right_differ_in_mark_and_line() -> None:
    drawn = chart()
    assert 'stroke-dasharray="5,3"' in drawn
    assert "whole" not in drawn
    filled, hollow = drawn.count('fill="#1f5fc4"'), drawn.count('fill="#ffffff"')
    assert (filled, hollow) == (2, 2)


def test_a_long_clip_is_told_in_minutes_and_squats_by_number() -> None:
    late = tuple(ChartedStep(side=Side.LEFT, at=at, value=1.0) for at in (0.0, 600.0))
    assert "10 min" in chart(steps=late, bands=(), parts=((0.0, 60.0), (540.0, 600.0)))
    assert " s<" in chart()
    by_number = chart(is_over_time=False, bands=())
    assert " s<" not in by_number
