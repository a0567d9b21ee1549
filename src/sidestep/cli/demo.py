"""``sidestep demo``: the main job from end to end on a made-up runner, in a folder of its own."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sidestep.cli.session import Session, common_options, pass_session
from sidestep.errors import InputError

if TYPE_CHECKING:
    from datetime import date

    from sidestep.batch.page_process import PageProcess
    from sidestep.domain.planning.week import NoWeek, WeekPlan
    from sidestep.domain.triage.findings import KneeCheck

MARK = ".made-up-runner"
"""File that marks a folder as a demonstration's own: only such a folder is written over."""


@click.command()
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("sidestep-demo"),
    show_default=True,
    help="Where her files, her data and the reports go.",
)
@common_options
@pass_session
def command(session: Session, folder: Path) -> None:
    """Try it all on a made-up runner: import, training, knee, week, reports.

    Your own data is not touched.
    """
    from sidestep.batch.page_process import PageProcess

    folder = folder.resolve()
    _clear(folder)
    session.home = folder / "home"
    with PageProcess(session.wiring.settings) as pages:
        files = _write_files(session, folder / "files", session.wiring.clock.today())
        if session.as_json:
            session.print_json(_run_quietly(session, folder, pages))
        else:
            _run_aloud(session, folder, files, pages)


def _clear(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise InputError(
            f"{folder} is not empty and not a demonstration's folder",
            hint="Name another with --folder.",
        )
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MARK).touch()


def _write_files(session: Session, folder: Path, today: "date") -> int:
    """Write her watch's and phone's files, and return how many."""
    from sidestep.services.importing.made_up_runner import ANSWERS, make_up_files

    folder.mkdir()
    written = 0
    for file in make_up_files(today):
        content = session.wiring.write_activity_file(file.recording, file.format)
        kept = len(content) * 6 // 10 if file.is_cut_short else len(content)
        (folder / file.name).write_bytes(content[:kept])
        written += 1
    session.wiring.write_answers(folder.parent / "answers.yaml", ANSWERS)
    return written


def _run_aloud(session: Session, folder: Path, files: int, pages: "PageProcess") -> None:
    from sidestep.cli.import_files import run_import, show_report
    from sidestep.cli.knee_findings import print_findings_in_brief
    from sidestep.cli.load_pages import print_report_in_brief
    from sidestep.cli.plan_pages import print_no_week, print_week_in_brief
    from sidestep.domain.planning.week import NoWeek
    from sidestep.services.training.analyse_load import analyse_history

    console, wiring = session.console, session.wiring
    home = f"--home {_shown(session.home or folder)}"
    console.print(
        f"A made-up runner: 120 days in {files} files of a watch, a treadmill and a phone, "
        "and a sore knee. Nobody's data.\n"
    )
    _open_part(session, "1  Her files", f"sidestep {home} import {_shown(folder / 'files')}")
    show_report(session, run_import(session, (folder / "files",)))

    _open_part(
        session, "2  Her knee", f"sidestep {home} knee --answers {_shown(folder)}/answers.yaml"
    )
    print_findings_in_brief(console, _check(session, folder), wiring.knowledge)

    _open_part(session, "3  Her training", f"sidestep {home} load")
    print_report_in_brief(console, analyse_history(wiring.store, wiring.knowledge, wiring.clock))

    _open_part(session, "4  Her week", f"sidestep {home} plan")
    plan = _plan(session)
    if isinstance(plan, NoWeek):
        print_no_week(console, plan)
    else:
        print_week_in_brief(console, plan)

    _open_part(session, "5  Her pages", f"sidestep {home} report FILE.pdf")
    for reader, path in _write_reports(session, folder, pages).items():
        console.print(f"For the {reader}: {_shown(path)}", soft_wrap=True)
    console.print("\nNow yours: sidestep import FOLDER, then sidestep knee, then sidestep plan.")


def _run_quietly(session: Session, folder: Path, pages: "PageProcess") -> dict[str, object]:
    from sidestep.cli.import_files import run_import
    from sidestep.services.importing.import_activities import import_document
    from sidestep.services.knee.knee_check_document import knee_check_document
    from sidestep.services.training.analyse_load import analyse_history
    from sidestep.services.training.load_document import load_document
    from sidestep.services.week.week_document import week_document

    wiring = session.wiring
    imported = run_import(session, (folder / "files",))
    check = _check(session, folder)
    load = analyse_history(wiring.store, wiring.knowledge, wiring.clock)
    plan = _plan(session)
    reports = _write_reports(session, folder, pages)
    return {
        "folder": str(folder),
        "import": import_document(imported),
        "knee": knee_check_document(check, wiring.knowledge),
        "load": load_document(load, wiring.knowledge.sources),
        "plan": week_document(plan, wiring.knowledge.sources),
        "reports": {reader: str(path) for reader, path in reports.items()},
    }


def _check(session: Session, folder: Path) -> "KneeCheck":
    from sidestep.services.knee.check_knee import check_and_keep
    from sidestep.services.knee.knee_answers import parse_answers

    wiring = session.wiring
    answers = parse_answers(
        wiring.read_answers(folder / "answers.yaml"), wiring.knowledge.questions
    )
    return check_and_keep(
        answers, store=wiring.store, knowledge=wiring.knowledge, clock=wiring.clock
    )


def _plan(session: Session) -> "WeekPlan | NoWeek":
    from sidestep.services.week.plan_week import plan_and_keep

    wiring = session.wiring
    return plan_and_keep(store=wiring.store, knowledge=wiring.knowledge, clock=wiring.clock)


def _write_reports(session: Session, folder: Path, pages: "PageProcess") -> dict[str, Path]:
    from sidestep.languages.language import ENGLISH
    from sidestep.services.report.clinician_page import build_clinician_page
    from sidestep.services.report.report_parts import gather_parts
    from sidestep.services.report.runner_page import build_runner_page

    wiring = session.wiring
    parts = gather_parts(
        store=wiring.store,
        clip_folder=wiring.clip_folder,
        knowledge=wiring.knowledge,
        clock=wiring.clock,
    )
    paths = {"runner": folder / "report.pdf", "clinician": folder / "clinician.pdf"}
    pages.write(
        {
            paths["runner"]: build_runner_page(parts),
            paths["clinician"]: build_clinician_page(parts),
        },
        ENGLISH,
    )
    return paths


def _open_part(session: Session, title: str, how: str) -> None:
    from sidestep.cli.paragraphs import heading

    session.console.print()
    session.console.print(heading(title))
    session.console.print(f"{how}\n", style="dim", soft_wrap=True)


def _shown(path: Path) -> str:
    """Name a path as short as the folder the person stands in allows."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
