"""Who sets a filled page as a file."""

from pathlib import Path
from typing import Protocol

from sidestep.languages.language import Language
from sidestep.services.ports.fridge_page import FridgePage
from sidestep.services.ports.report_pages import ClinicianPage, RunnerPage


class ReportWriter(Protocol):
    """Sets pages as PDF, which services fill in English, in the language and unit of a reader."""

    def make_ready(self) -> None:
        """Start what the first page would wait for; never needed, only sooner."""

    def write_runner_page(self, page: RunnerPage, path: Path, reader: Language) -> None:
        """Write the runner's page and the pages of its clips."""

    def write_clinician_page(self, page: ClinicianPage, path: Path, reader: Language) -> None:
        """Write the clinician's page and the pages of its clips."""

    def write_fridge_page(self, page: FridgePage, path: Path, reader: Language) -> None:
        """Write a week's page for the fridge."""
