"""Pages are set in a process of their own, as they would be in this one, errors included."""

import os
from pathlib import Path

import pypdf
import pytest

from builders.report_parts import usual_parts
from sidestep.adapters.reports.typst_pages import set_clinician_page, set_runner_page
from sidestep.batch import page_process
from sidestep.batch.page_process import PageProcess
from sidestep.bootstrap.settings import load_settings
from sidestep.errors import InputError
from sidestep.languages.language import ENGLISH, language
from sidestep.services.report.clinician_page import build_clinician_page
from sidestep.services.report.runner_page import build_runner_page


def test_pages_are_the_same_bytes_as_in_this_process_and_errors_come_back(tmp_path: Path) -> None:
    runner, clinician = build_runner_page(usual_parts()), build_clinician_page(usual_parts())
    not_a_pdf = tmp_path / "letter.pdf"
    not_a_pdf.write_text("Dear doctor")
    with PageProcess(load_settings(tmp_path / "home")) as pages:
        pages.write({tmp_path / "a.pdf": runner, tmp_path / "b.pdf": clinician}, language("de"))
        with pytest.raises(InputError) as refused:
            pages.write({not_a_pdf: runner}, ENGLISH)
    assert (tmp_path / "a.pdf").read_bytes() == set_runner_page(runner, language("de"))
    assert (tmp_path / "b.pdf").read_bytes() == set_clinician_page(clinician, language("de"))
    assert len(pypdf.PdfReader(tmp_path / "a.pdf").pages) == 1
    assert refused.value.hint
    assert not_a_pdf.read_text() == "Dear doctor"


def die(_: object) -> None:
    os._exit(1)


def test_pages_are_set_even_where_no_other_process_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_ready = page_process._make_ready
    monkeypatch.setattr(page_process, "_make_ready", die)
    with PageProcess(load_settings(tmp_path / "home")) as pages:
        monkeypatch.setattr(page_process, "_make_ready", make_ready)
        runner = build_runner_page(usual_parts())
        pages.write({tmp_path / "a.pdf": runner}, ENGLISH)
    assert (tmp_path / "a.pdf").read_bytes() == set_runner_page(runner)
