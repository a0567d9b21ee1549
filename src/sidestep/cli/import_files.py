"""``sidestep import``: the files of a watch, or a whole account, into the data folder."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sidestep.cli.session import Session, common_options, pass_session

if TYPE_CHECKING:
    from sidestep.services.importing.import_activities import FileOutcome, ImportReport

IN_WORDS = {
    "imported": "imported",
    "already_had": "already had",
    "merged": "merged: the same activity from another source; both files are kept",
    "repaired": "repaired: damaged, and what could be read was",
    "skipped": "skipped: no activity in it",
    "failed": "failed",
}
SHOWN_PER_OUTCOME = 12
"""Files named per outcome on the screen; ``--json`` names all."""

LONGEST_NAME = 76

QUIET_MS = 1_000
"""A file still being copied keeps changing; it is read once it has been left alone this long."""

LONGEST_COPY_MS = 60_000

WAITING = "Another import is running here; this one starts when it has ended."


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--watch",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Keep importing what appears in this folder.",
)
@click.option(
    "--workers",
    type=click.IntRange(1),
    help="Processes to read with (long histories: one per core).",
)
@common_options
@pass_session
def command(
    session: Session, paths: tuple[Path, ...], watch: Path | None, workers: int | None
) -> int:
    """Read FIT, GPX and TCX files, folders of them, and account exports.

    PATHS may be files, folders, or the archives you get from Strava, Garmin, Apple Health and
    Runkeeper. Files stay where they are; Sidestep keeps an unchanged copy. Importing the same
    thing twice changes nothing.
    """
    if not paths and watch is None:
        raise click.UsageError("Name at least one file, folder or export, or a folder to --watch.")
    everything = (*paths, *((watch,) if watch else ()))
    code = _import_once(session, everything, workers)
    if watch is not None:
        _keep_watching(session, watch, workers)
    return code


def _import_once(session: Session, paths: tuple[Path, ...], workers: int | None) -> int:
    from sidestep.services.importing.import_activities import import_document
    from sidestep.services.week.run_notices import notice_imported, noticed_document

    report = run_import(session, paths, workers)
    wiring = session.wiring
    noticed = noticed_document(
        notice_imported(
            report.new_sources,
            store=wiring.store,
            knowledge=wiring.knowledge,
            clock=wiring.clock,
        )
    )
    if session.as_json:
        session.print_json(import_document(report, noticed))
    else:
        show_report(session, report)
        for each in noticed:
            session.console.print(f"\n{each['says']}", highlight=False)
    return 1 if report.has_only_failures else 0


def run_import(
    session: Session, paths: tuple[Path, ...], workers: int | None = None
) -> "ImportReport":
    """Import with a progress bar on the screen."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from sidestep.batch.ingest_pool import IngestPool
    from sidestep.domain.activity.steps import StepEstimate
    from sidestep.domain.vocabulary.parameters import number_of
    from sidestep.services.importing.import_activities import import_activities

    wiring = session.wiring
    estimate = StepEstimate(steps_per_km=number_of(wiring.knowledge.load, "step_estimate"))
    columns = (
        TextColumn("Reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
    )
    bar = Progress(*columns, console=session.console, transient=True)
    task = bar.add_task("", total=sum(wiring.import_source.expect(path) for path in paths))

    def advance(file: "FileOutcome") -> None:
        # A list holds more than the one item it was counted as.
        bar.update(task, advance=1, description=Path(file.path).name[-40:])
        seen = bar.tasks[task]
        bar.update(task, total=max(seen.total or 0, seen.completed))

    bar.disable = not session.console.is_terminal
    with bar:
        return import_activities(
            paths,
            source=wiring.import_source,
            ingest_all=IngestPool(wiring.settings, estimate, workers),
            store=wiring.store,
            clock=wiring.clock,
            turn=wiring.import_turn,
            on_file=advance,
            on_wait=lambda: bar.console.print(WAITING),
        )


def show_report(session: Session, report: "ImportReport") -> None:
    """Print how many files met each outcome, and name those that need a word."""
    from rich.table import Table

    counts = report.counts
    totals = Table(box=None, show_header=False, pad_edge=False)
    totals.add_column(justify="right", style="bold")
    totals.add_column()
    for outcome, number in counts.items():
        if number:
            totals.add_row(f"{number:,}", IN_WORDS[outcome])
    session.console.print(totals if report.files else "Nothing to import was found there.")
    for outcome in ("repaired", "failed", "skipped"):
        _name_files(session, report, outcome)


def _name_files(session: Session, report: "ImportReport", outcome: str) -> None:
    from rich.padding import Padding
    from rich.text import Text

    files = [file for file in report.files if file.outcome == outcome]
    if not files:
        return
    session.console.print(f"\n[bold]{outcome.capitalize()}[/]")
    for file in files[:SHOWN_PER_OUTCOME]:
        session.console.print(Padding(Text(_short(file.path)), (0, 0, 0, 2)))
        session.console.print(Padding(Text(file.detail, style="dim"), (0, 0, 0, 4)))
    if len(files) > SHOWN_PER_OUTCOME:
        more = len(files) - SHOWN_PER_OUTCOME
        session.console.print(f"  [dim]and {more} more (--json names all)[/]")


def _short(path: str) -> str:
    """Return the end of a long path: the part that tells files apart."""
    return path if len(path) <= LONGEST_NAME else "…" + path[-LONGEST_NAME + 1 :]


def _keep_watching(session: Session, folder: Path, workers: int | None) -> None:
    """Import again whenever something in the folder has changed, until the person stops it."""
    from watchfiles import watch

    home = session.wiring.settings.home

    def is_news(_: object, path: str) -> bool:
        # An import changes its own data folder; watching that would never come to rest.
        return not Path(path).resolve().is_relative_to(home)

    session.console.print(f"\nWatching {folder}. Stop with Ctrl-C.")
    try:
        for _ in watch(folder, watch_filter=is_news, debounce=LONGEST_COPY_MS, step=QUIET_MS):
            _import_once(session, (folder,), workers)
    except KeyboardInterrupt:
        session.console.print("Stopped watching.")
