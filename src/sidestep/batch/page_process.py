"""Sets pages in a process of its own, made ready while the rest of the work goes on.

Importing the chart engine and setting a first page takes longer than most of what a command does.
What a page says is the services' business; how it looks is the adapter's.
"""

import multiprocessing
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import TracebackType

from sidestep.batch.worker import leave_with_parent, stop_at_once
from sidestep.bootstrap.settings import Settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.languages.language import Language
from sidestep.services.ports.report_pages import ClinicianPage, RunnerPage
from sidestep.services.ports.reports import ReportWriter


class PageProcess:
    """One worker that sets pages; it starts to make itself ready at once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._worker = ProcessPoolExecutor(
            1, mp_context=multiprocessing.get_context("spawn"), initializer=leave_with_parent
        )
        self._ready = self._worker.submit(_make_ready, settings)

    def __enter__(self) -> "PageProcess":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        stop_at_once(self._worker)

    def write(self, pages: Mapping[Path, RunnerPage | ClinicianPage], reader: Language) -> None:
        """Write each page to its path, in the language of a reader.

        Raises
        ------
        InputError
            A path holds something that is not a PDF.
        StorageError
            A path cannot be written.
        """
        try:
            self._ready.result()
            self._worker.submit(_write, dict(pages), reader).result()
        except BrokenProcessPool:
            # Some surroundings let no process be started; the pages only take longer then.
            _make_ready(self._settings)
            _write(pages, reader)


class _Worker:
    """What the worker process keeps between its start and the pages."""

    writer: ReportWriter


def _make_ready(settings: Settings) -> None:
    _Worker.writer = Wiring(settings).report_writer
    _Worker.writer.make_ready()


def _write(pages: Mapping[Path, RunnerPage | ClinicianPage], reader: Language) -> None:
    # Charts and typesetting are native code: two pages take little longer than one.
    with ThreadPoolExecutor(len(pages)) as threads:
        written = [threads.submit(_write_one, page, path, reader) for path, page in pages.items()]
    for each in written:
        each.result()


def _write_one(page: RunnerPage | ClinicianPage, path: Path, reader: Language) -> None:
    if isinstance(page, RunnerPage):
        _Worker.writer.write_runner_page(page, path, reader)
    else:
        _Worker.writer.write_clinician_page(page, path, reader)
