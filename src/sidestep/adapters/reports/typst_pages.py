"""Sets the pages of the report and of the fridge; what they say was chosen before."""

from collections.abc import Sequence
from pathlib import Path

from sidestep.adapters.reports.charts import runs_chart, timeline_chart, weeks_chart
from sidestep.adapters.reports.clip_chart import clip_chart
from sidestep.adapters.reports.clip_pictures import still_svg
from sidestep.adapters.reports.fridge_pages import set_fridge_page
from sidestep.adapters.reports.knee_map import knee_map_svg
from sidestep.adapters.reports.pdf_file import write_pdf
from sidestep.adapters.reports.typst_compile import compile_page
from sidestep.languages.language import ENGLISH, Language
from sidestep.services.ports.fridge_page import FridgePage
from sidestep.services.ports.report_pages import ClinicianPage, ClipPage, RunnerPage

_CHART_WIDTH = 264
_RUNS_HEIGHT, _WEEKS_HEIGHT = 92, 62
_TIMELINE_WIDTH, _TIMELINE_HEIGHT = 520, 94
_STEPS_HEIGHT = 118
_ALONE_WIDTH = 2 * _CHART_WIDTH + 20


class TypstPages:
    """Writes pages as PDF; the same page gives the same bytes."""

    def make_ready(self) -> None:
        """Start the engine that draws charts, so that the first page does not wait for it."""
        weeks_chart([], reader=ENGLISH, width=_CHART_WIDTH, height=_WEEKS_HEIGHT)

    def write_runner_page(self, page: RunnerPage, path: Path, reader: Language) -> None:
        """Write the runner's page.

        Raises
        ------
        InputError
            ``path`` holds something that is not a PDF.
        StorageError
            ``path`` cannot be written.
        """
        write_pdf(path, set_runner_page(page, reader))

    def write_clinician_page(self, page: ClinicianPage, path: Path, reader: Language) -> None:
        """Write the clinician's page.

        Raises
        ------
        InputError
            ``path`` holds something that is not a PDF.
        StorageError
            ``path`` cannot be written.
        """
        write_pdf(path, set_clinician_page(page, reader))

    def write_fridge_page(self, page: FridgePage, path: Path, reader: Language) -> None:
        """Write a week's page for the fridge.

        Raises
        ------
        InputError
            ``path`` holds something that is not a PDF.
        StorageError
            ``path`` cannot be written.
        """
        write_pdf(path, set_fridge_page(page, reader))


def set_runner_page(page: RunnerPage, reader: Language = ENGLISH) -> bytes:
    """Return the runner's page as the bytes of a PDF: one A4 page, and one for each clip."""
    pictures = {"knee": knee_map_svg(page.knee, reader)}
    if page.training is not None:
        pictures["weeks"] = weeks_chart(
            page.training.weeks, reader=reader, width=_CHART_WIDTH, height=_WEEKS_HEIGHT
        )
        if page.training.runs:
            pictures["runs"] = runs_chart(
                page.training.runs,
                page.training.next_run_cap_km,
                page.training.planned,
                reader=reader,
                width=_CHART_WIDTH,
                height=_RUNS_HEIGHT,
            )
    pictures |= _clip_pictures(page.clips, reader)
    return compile_page(("runner.typ", "clip.typ"), page, pictures, reader)


def set_clinician_page(page: ClinicianPage, reader: Language = ENGLISH) -> bytes:
    """Return the clinician's page as the bytes of a PDF: one A4 page, and one for each clip."""
    pictures = {"knee": knee_map_svg(page.knee, reader)}
    if page.weeks:
        pictures["timeline"] = timeline_chart(
            page.weeks,
            page.events,
            page.weeks[-1].ends_on,
            reader=reader,
            width=_TIMELINE_WIDTH,
            height=_TIMELINE_HEIGHT,
        )
    pictures |= _clip_pictures(page.clips, reader)
    return compile_page(("clinician.typ", "clip.typ"), page, pictures, reader)


def _clip_pictures(clips: Sequence[ClipPage], reader: Language) -> dict[str, str]:
    """Return the stills and charts of every clip, each under its place."""
    pictures: dict[str, str | None] = {}
    for number, clip in enumerate(clips):
        for place, still in enumerate(clip.stills):
            pictures[f"clip {number} still {place}"] = still_svg(still.picture)
        width = _CHART_WIDTH if len(clip.charts) > 1 else _ALONE_WIDTH
        for place, chart in enumerate(clip.charts):
            pictures[f"clip {number} chart {place}"] = clip_chart(
                chart, reader=reader, width=width, height=_STEPS_HEIGHT
            )
    return {name: picture for name, picture in pictures.items() if picture is not None}
