"""Sets the two pages as PDF with typst, text as data and never as markup; no network, no clock."""

import json
from dataclasses import asdict
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from sidestep.adapters.reports.charts import runs_chart, timeline_chart, weeks_chart
from sidestep.adapters.reports.knee_map import knee_map_svg
from sidestep.adapters.reports.pdf_file import write_pdf
from sidestep.services.ports.report_pages import ClinicianPage, RunnerPage

_CHART_WIDTH = 264
_RUNS_HEIGHT, _WEEKS_HEIGHT = 92, 62
_TIMELINE_WIDTH, _TIMELINE_HEIGHT = 520, 94


class TypstPages:
    """Writes pages as PDF; the same page gives the same bytes."""

    def make_ready(self) -> None:
        """Start the engine that draws charts, so that the first page does not wait for it."""
        weeks_chart([], width=_CHART_WIDTH, height=_WEEKS_HEIGHT)

    def write_runner_page(self, page: RunnerPage, path: Path) -> None:
        """Write the runner's page.

        Raises
        ------
        InputError
            ``path`` holds something that is not a PDF.
        StorageError
            ``path`` cannot be written.
        """
        write_pdf(path, set_runner_page(page))

    def write_clinician_page(self, page: ClinicianPage, path: Path) -> None:
        """Write the clinician's page.

        Raises
        ------
        InputError
            ``path`` holds something that is not a PDF.
        StorageError
            ``path`` cannot be written.
        """
        write_pdf(path, set_clinician_page(page))


def set_runner_page(page: RunnerPage) -> bytes:
    """Return the runner's page as the bytes of a PDF of one A4 page."""
    pictures = {"knee": knee_map_svg(page.knee)}
    if page.training is not None:
        pictures["weeks"] = weeks_chart(
            page.training.weeks, width=_CHART_WIDTH, height=_WEEKS_HEIGHT
        )
        if page.training.runs:
            pictures["runs"] = runs_chart(
                page.training.runs,
                page.training.next_run_cap_km,
                page.training.planned,
                width=_CHART_WIDTH,
                height=_RUNS_HEIGHT,
            )
    return _compile("runner.typ", asdict(page), pictures)


def set_clinician_page(page: ClinicianPage) -> bytes:
    """Return the clinician's page as the bytes of a PDF of one A4 page."""
    pictures = {"knee": knee_map_svg(page.knee)}
    if page.weeks:
        pictures["timeline"] = timeline_chart(
            page.weeks,
            page.events,
            page.weeks[-1].ends_on,
            width=_TIMELINE_WIDTH,
            height=_TIMELINE_HEIGHT,
        )
    return _compile("clinician.typ", asdict(page), pictures)


def _compile(template: str, page: dict[str, Any], pictures: dict[str, str]) -> bytes:
    folder = files("sidestep.adapters.reports") / "templates"
    return typst.compile(
        (folder / "style.typ").read_bytes() + (folder / template).read_bytes(),
        # Only the fonts inside typst: a page looks the same on every machine.
        ignore_system_fonts=True,
        sys_inputs={
            "page": json.dumps(page, default=_as_text),
            "pictures": json.dumps(pictures),
        },
    )


def _as_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    message = f"a page holds text, numbers and dates, not {type(value).__name__}"
    raise TypeError(message)
