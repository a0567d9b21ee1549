"""The pages as PDF: one page whatever is in it, every text literal, same page same bytes."""

import io
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pypdf
import pytest

from builders.report_parts import (
    COHORT,
    ON,
    ZONES,
    check,
    empty_parts,
    flagged_parts,
    fullest_parts,
    load,
    pattern,
    usual_parts,
)
from sidestep.adapters.reports.knee_map import knee_map_svg
from sidestep.adapters.reports.typst_pages import (
    TypstPages,
    set_clinician_page,
    set_runner_page,
)
from sidestep.domain.load.report import Notice, SpikeBand
from sidestep.domain.triage.rules import Urgency
from sidestep.errors import InputError, StorageError
from sidestep.languages.language import ENGLISH
from sidestep.services.knee.knee_shape import FRONT
from sidestep.services.ports.report_pages import KneeMap
from sidestep.services.report.clinician_page import build_clinician_page
from sidestep.services.report.report_parts import Part, ReportParts, available_parts
from sidestep.services.report.runner_page import build_runner_page

HOSTILE = '#panic("x") *b* _i_ $z$ [ ] \\ <tag> // "q" @ref ~ äöüß – ≤ × ☺ `raw` =h'
PARTS = {
    "empty": empty_parts(),
    "usual": usual_parts(),
    "soon, full": fullest_parts(),
    "emergency, full": fullest_parts(urgency=Urgency.EMERGENCY),
    "very long": fullest_parts(
        filler="Even a rule of unreasonable length must find its place. " * 12
    ),
    "only runs": replace(usual_parts(), check=None, week=None),
    "only answers": replace(usual_parts(), load=None),
    "no runs of late": replace(
        usual_parts(),
        load=replace(load(), runs_30d=(), spikes=(), longest_run_30d_km=None, next_run_cap_km=None),
    ),
}


def read(pdf: bytes) -> tuple[int, str]:
    """Return the page count and the text, every white space a single blank."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return len(pages), " ".join(" ".join(page.extract_text() for page in pages).split())


def type_sizes(pdf: bytes) -> list[tuple[float, str]]:
    """Return every piece of text with its size in points as it stands on the paper."""
    pieces: list[tuple[float, str]] = []

    def note(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        if text.strip():
            pieces.append((round(abs(size * cm[3] * tm[3]), 1), text.strip()))

    pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=note)
    return pieces


@cache
def set_pages(name: str) -> tuple[bytes, bytes]:
    """Set both pages of one of ``PARTS``, once for all tests."""
    return (
        set_runner_page(build_runner_page(PARTS[name])),
        set_clinician_page(build_clinician_page(PARTS[name])),
    )


def runner_text(parts: ReportParts) -> str:
    return read(set_runner_page(build_runner_page(parts)))[1]


@pytest.mark.parametrize("name", PARTS)
def test_both_pages_are_one_page(name: str) -> None:
    for pdf in set_pages(name):
        assert read(pdf)[0] == 1


@pytest.mark.parametrize("name", ["usual", "soon, full", "very long"])
def test_the_clinicians_page_stays_one_page_with_the_week(name: str) -> None:
    parts = PARTS[name].only(set(Part))
    pages, text = read(set_clinician_page(build_clinician_page(parts, with_week=True)))
    assert pages == 1
    assert ("Planned this week" in text) == (Part.WEEK in available_parts(parts))


def test_the_clinicians_page_can_do_without_the_knee() -> None:
    page = build_clinician_page(PARTS["usual"].only({Part.TRAINING}))
    pages, text = read(set_clinician_page(page))
    assert pages == 1
    assert "Running load" in text
    assert "What the runner answered" not in text
    assert "Warning signs" not in text


@pytest.mark.parametrize("name", ["usual", "soon, full"])
def test_no_type_is_too_small_to_read_on_paper(name: str) -> None:
    for pdf in set_pages(name):
        assert min(size for size, _ in type_sizes(pdf)) >= 6.5


def test_what_is_meant_to_be_read_is_never_set_small() -> None:
    sizes = type_sizes(set_pages("usual")[0])
    for words in ("1,000 runs instead of 3", "The plan has hip work", "standing groin", "Feet"):
        assert min(size for size, text in sizes if words in text) >= 8.5


def test_the_runners_page_holds_urgency_basis_plan_and_versions() -> None:
    text = read(set_pages("usual")[0])[1]
    for expected in (
        "Nothing you answered asks for a clinician now",
        "cohort · 1",
        "article · untested",
        "Frandsen 2025",
        "13.4 km",
        "standing groin stretch",
        "an estimate",
        "Not clinically reviewed. Patterns, not diagnoses.",
        "Sidestep 0.1.0 · knowledge k3f9a1c20b77",
        "22 November 2026",
    ):
        assert expected in text


def test_the_clinicians_page_starts_with_the_timeline_and_asks_neutral_questions() -> None:
    text = read(set_pages("usual")[1])[1]
    places = [
        text.index(part)
        for part in ("Timeline", "What the runner answered", "Warning signs", "Questions about")
    ]
    assert places[0] == min(places)
    assert "What happens if I do nothing?" in text
    assert "knowledge k3f9a1c20b77" in text


def test_a_hidden_plan_beside_runs_without_steps_leaves_nothing_to_add_to_them() -> None:
    flagged = flagged_parts(Urgency.URGENT)
    plain = replace(load(), exposures=(), exposure_note=None, notes=(), questions=())
    assert "What stands out in your training" in runner_text(replace(flagged, load=plain))


def test_an_emergency_stands_alone_on_the_page() -> None:
    text = runner_text(flagged_parts(Urgency.EMERGENCY))
    assert "Get emergency help now" in text
    assert "Hot and swollen knee" in text
    assert "groin stretch" not in text
    assert "This week" not in text


def test_no_flag_is_left_out_of_the_fullest_page() -> None:
    text = read(set_pages("very long")[0])[1]
    for number in range(14):
        assert f"Warning sign number {number}" in text


def test_every_source_number_on_a_full_page_is_listed() -> None:
    text = read(set_pages("very long")[0])[1]
    for author in ("NICE", "Frandsen", "Leppänen", "Esculier"):
        assert author in text


def test_hostile_text_appears_as_it_is_and_runs_nothing() -> None:
    hostile = replace(
        usual_parts(),
        check=check(patterns=(pattern("band", says=HOSTILE),)),
        load=load(notices=1, says=HOSTILE),
    )
    assert HOSTILE in runner_text(hostile)


def test_characters_without_a_glyph_do_no_harm() -> None:
    unusual = replace(usual_parts(), load=load(notices=1, says="knee \U0001f9b5 日本 done"))
    assert "done" in runner_text(unusual)


def test_the_same_page_gives_the_same_bytes() -> None:
    assert set_runner_page(build_runner_page(usual_parts())) == set_pages("usual")[0]


def test_every_zone_of_the_map_is_marked_and_unknown_ones_are_not() -> None:
    nothing = knee_map_svg(KneeMap(side="left", zones=(), worst_zone="", caption=""), ENGLISH)
    unknown = knee_map_svg(
        KneeMap(side="left", zones=('"/><x',), worst_zone="", caption=""), ENGLISH
    )
    assert unknown == nothing
    for zone in ZONES:
        marked = knee_map_svg(
            KneeMap(side="left", zones=(zone,), worst_zone="", caption=""), ENGLISH
        )
        worst = knee_map_svg(
            KneeMap(side="left", zones=(zone,), worst_zone=zone, caption=""), ENGLISH
        )
        assert len({nothing, marked, worst}) == 3


def test_left_and_right_are_marked_on_their_own_leg() -> None:
    maps = {
        side: knee_map_svg(
            KneeMap(side=side, zones=("outer_above",), worst_zone="outer_above", caption=""),
            ENGLISH,
        )
        for side in ("left", "right", "both")
    }
    zone = FRONT.zones["outer_above"]
    mark = f'cx="{zone.x}" cy="{zone.y}"'
    assert maps["both"].count(mark) == 2
    assert maps["left"].count(mark) == 1
    assert maps["left"].index(mark) > maps["left"].index("RIGHT")
    assert maps["right"].index(mark) < maps["right"].index("RIGHT")


def test_every_band_of_a_run_has_a_chart() -> None:
    runs = tuple(
        replace(run, band=band, ratio=None, longest_before_km=None)
        for run, band in zip(load().runs_30d, SpikeBand, strict=False)
    )
    parts = replace(usual_parts(), load=replace(load(), runs_30d=runs))
    assert "22 November 2026" in runner_text(parts)


def test_a_pdf_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    page = build_runner_page(empty_parts())
    TypstPages().write_runner_page(page, path, ENGLISH)
    TypstPages().write_runner_page(page, path, ENGLISH)
    assert path.read_bytes() == set_runner_page(page)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("content", ["precious", ""])
def test_something_that_is_no_pdf_is_not_overwritten(tmp_path: Path, content: str) -> None:
    path = tmp_path / "diary.pdf"
    path.write_text(content)
    with pytest.raises(InputError, match="not a PDF"):
        TypstPages().write_clinician_page(build_clinician_page(empty_parts()), path, ENGLISH)
    assert path.read_text() == content


def test_a_name_that_does_not_end_as_a_pdf_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"should end in \.pdf") as refused:
        TypstPages().write_runner_page(
            build_runner_page(empty_parts()), tmp_path / "page.txt", ENGLISH
        )
    assert refused.value.hint == "Name it page.pdf."
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("level", ["usual", "very long"])
def test_the_ceiling_never_stands_without_how_far_it_can_be_trusted(level: str) -> None:
    parts = PARTS[level]
    cap = Notice(id="cap", kind="cap", title="Next run", says="Up to 14.7 km.", backing=COHORT)
    report = replace(load(notices=8), cap=cap, cap_notes=("It knows nothing of your knee.",))
    text = runner_text(replace(parts, load=report))
    assert ("Up to 14.7 km." in text) == ("It knows nothing of your knee." in text)
    assert "Up to 14.7 km." in text


def test_the_clinician_sees_every_notice() -> None:
    report = load(notices=8)
    numbered = tuple(
        replace(notice, title=f"Notice {number}") for number, notice in enumerate(report.notices)
    )
    parts = replace(fullest_parts(), load=replace(report, notices=numbered))
    text = read(set_clinician_page(build_clinician_page(parts)))[1]
    assert all(f"Notice {number}" in text for number in range(8))


def test_a_folder_or_a_missing_folder_is_told(tmp_path: Path) -> None:
    page = build_runner_page(empty_parts())
    with pytest.raises(InputError, match="is a folder"):
        TypstPages().write_runner_page(page, tmp_path, ENGLISH)
    with pytest.raises(StorageError, match="cannot be written"):
        TypstPages().write_runner_page(page, tmp_path / "nowhere" / "page.pdf", ENGLISH)


def test_the_page_is_dated_by_its_parts_and_not_by_the_clock() -> None:
    earlier = replace(usual_parts(), on=ON.replace(year=2025))
    assert "22 November 2025" in runner_text(earlier)


def test_a_page_made_in_the_browser_names_places_of_the_browser_and_no_command() -> None:
    parts = fullest_parts()
    typed = read(set_runner_page(build_runner_page(parts)))[1]
    shown = read(set_runner_page(build_runner_page(replace(parts, names_commands=False))))[1]
    assert "all it keeps to: sidestep plan" in typed
    assert "all it keeps to: your week" in shown
    assert "more: under Progress" in shown
    assert not re.search(r"sidestep [a-z]", shown)
