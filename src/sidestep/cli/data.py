"""``sidestep data``: everything out, or everything gone."""

from pathlib import Path

import click

from sidestep.cli.session import Session, common_options, pass_session
from sidestep.domain.vocabulary.counts import count_of

_WORDS = {
    "activities": ("activity", "activities"),
    "streams": ("stream", "streams"),
    "originals": ("original", "originals"),
    "days_of_steps": ("day of steps", "days of steps"),
    "documents": ("document", "documents"),
    "clip_files": ("file of a clip", "files of clips"),
}


@click.group()
@common_options
def command() -> None:
    """Take your data with you, or erase it."""


@command.command()
@click.argument("folder", type=click.Path(path_type=Path))
@common_options
@pass_session
def export(session: Session, folder: Path) -> None:
    """Copy everything into a new FOLDER: CSV, JSON, Parquet, originals, clips."""
    exported = session.wiring.exporter.export(folder)
    if session.as_json:
        session.print_json({"folder": str(exported.folder), **exported.counts})
        return
    counts = ", ".join(count_of(n, *_WORDS[what]) for what, n in exported.counts.items())
    session.console.print(f"Copied to {exported.folder}: {counts}.")
    session.console.print("Its README.md says what each file holds.", style="dim")


@command.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@common_options
@pass_session
def erase(session: Session, *, yes: bool) -> None:
    """Delete everything Sidestep keeps about you. Your own files elsewhere stay."""
    home = session.wiring.settings.home
    if not yes:
        if session.as_json:
            raise click.UsageError("With --json, say --yes: nothing is erased without it.")
        click.confirm(f"Erase everything in {home}? This cannot be undone", abort=True, err=True)
    session.wiring.forget_jobs()
    session.wiring.exporter.erase()
    if session.as_json:
        session.print_json({"erased": str(home)})
    else:
        session.console.print(f"Erased everything Sidestep kept in {home}.")
