"""``sidestep report`` from an empty data folder to a page with answers."""

import json
from pathlib import Path

import pypdf
import pytest

from builders.clip_results import kept_run
from sidestep.bootstrap.settings import OWNER, load_settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.cli.exits import COULD_NOT, DONE, WRONG_USE, run
from sidestep.cli.main import command
from sidestep.services.ports.people import Account

ANSWERS = "side: left\nzones: [outer_above]\nweeks_since_onset: 3\npain_now: 2\n"


def report(home: Path, *arguments: str) -> int:
    return run(command, ["--home", str(home), "report", *arguments])


def page_text(path: Path) -> str:
    pages = pypdf.PdfReader(path).pages
    assert len(pages) == 1
    return " ".join(pages[0].extract_text().split())


def test_an_empty_folder_gives_a_page_that_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.pdf"
    assert report(tmp_path / "home", str(path), "--on", "2026-11-22") == DONE
    assert "sidestep knee" in page_text(path)
    assert str(path) in capsys.readouterr().out.replace("\n", "")


@pytest.mark.parametrize("reader", ["runner", "clinician"])
def test_json_names_file_pages_reader_and_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], reader: str
) -> None:
    path = tmp_path / "page.pdf"
    assert report(tmp_path / "home", str(path), "--for", reader, "--json") == DONE
    assert json.loads(capsys.readouterr().out) == {
        "file": str(path),
        "pages": 1,
        "for": reader,
        "missing": [
            {"title": "Where it hurts", "command": "sidestep knee"},
            {"title": "Your training", "command": "sidestep import FOLDER"},
        ],
    }
    page_text(path)


def test_answers_reach_the_page_and_open_flags_hide_the_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home, answers, path = tmp_path / "home", tmp_path / "answers.yaml", tmp_path / "page.pdf"
    answers.write_text(ANSWERS)
    assert run(command, ["--home", str(home), "knee", "--answers", str(answers), "--json"]) == DONE
    assert report(home, str(path)) == DONE
    text = page_text(path)
    assert "Left knee" in text
    assert "Warning signs are still open" in text
    assert "BEFORE" not in text
    capsys.readouterr()


def test_the_language_is_that_of_the_settings_unless_another_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home, path = tmp_path / "home", tmp_path / "page.pdf"
    wiring = Wiring(load_settings(home))
    account = Account(owner_id=OWNER, name="Runner", made_at=wiring.clock.now())
    wiring.people.add_account(account, "no hash")
    wiring.people.set_settings(OWNER, {"language": "de"})
    assert report(home, str(path)) == DONE
    assert "Wo es wehtut" in page_text(path)
    assert report(home, str(path), "--language", "en") == DONE
    assert "Where it hurts" in page_text(path)
    capsys.readouterr()


@pytest.mark.parametrize("reader", ["runner", "clinician"])
def test_a_measured_clip_gets_a_page_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], reader: str
) -> None:
    home, path = tmp_path / "home", tmp_path / "page.pdf"
    Wiring(load_settings(home)).store.save_document(kept_run())
    assert report(home, str(path), "--for", reader, "--json") == DONE
    assert json.loads(capsys.readouterr().out)["pages"] == 2
    assert report(home, str(path), "--for", reader) == DONE
    assert "Two pages" in capsys.readouterr().out
    pages = pypdf.PdfReader(path).pages
    assert len(pages) == 2
    assert " from behind" in pages[1].extract_text()


def test_a_text_file_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "notes.pdf"
    path.write_text("precious")
    assert report(tmp_path / "home", str(path)) == COULD_NOT
    assert path.read_text() == "precious"
    assert "not a PDF" in capsys.readouterr().err


def test_a_name_that_is_no_pdf_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.txt"
    assert report(tmp_path / "home", str(path)) == COULD_NOT
    assert "Name it page.pdf." in capsys.readouterr().err
    assert not path.exists()


def test_an_unknown_reader_is_wrong_use(tmp_path: Path) -> None:
    assert report(tmp_path / "home", str(tmp_path / "p.pdf"), "--for", "boss") == WRONG_USE
