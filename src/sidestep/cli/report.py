"""``sidestep report``: a page and its clips as PDF; what they say is decided elsewhere."""

from datetime import datetime
from pathlib import Path

import click

from sidestep.cli.day import DAY
from sidestep.cli.reading_language import language_option, reading_language
from sidestep.cli.session import Session, common_options, pass_session

_COUNTED = {1: "One page", 2: "Two pages", 3: "Three pages"}


@click.command(name="report")
@click.argument("file", metavar="FILE.pdf", type=click.Path(path_type=Path))
@click.option(
    "--for",
    "whom",
    type=click.Choice(["runner", "clinician"]),
    default="runner",
    show_default=True,
    help="Who will read it.",
)
@click.option(
    "--on",
    "on",
    type=DAY,
    metavar="DATE",
    help="The day the page is made for, YYYY-MM-DD (today unless given).",
)
@language_option
@common_options
@pass_session
def command(session: Session, file: Path, whom: str, on: datetime | None, code: str | None) -> None:
    """Write one page as PDF, for you or for a clinician, and one for each measured clip.

    The newest run and the newest squats are shown. What is still missing (answers, runs) is named
    on the first page, with how to add it.
    """
    from sidestep.services.report.clinician_page import build_clinician_page
    from sidestep.services.report.report_parts import gather_parts
    from sidestep.services.report.runner_page import build_runner_page

    wiring = session.wiring
    parts = gather_parts(
        store=wiring.store,
        clip_folder=wiring.clip_folder,
        knowledge=wiring.knowledge,
        clock=wiring.clock,
        on=None if on is None else on.date(),
    )
    page = build_runner_page(parts)
    clips = page.clips
    reader = reading_language(session, code)
    if whom == "runner":
        wiring.report_writer.write_runner_page(page, file, reader)
    else:
        for_clinician = build_clinician_page(parts)
        clips = for_clinician.clips
        wiring.report_writer.write_clinician_page(for_clinician, file, reader)
    pages = 1 + len(clips)
    if session.as_json:
        session.print_json(
            {
                "file": str(file.resolve()),
                "pages": pages,
                "for": whom,
                "missing": [
                    {"title": each.title, "command": each.command} for each in page.missing
                ],
            }
        )
        return
    readers = "you" if whom == "runner" else "a clinician"
    session.console.print(
        f"{_COUNTED[pages]} for {readers}: [bold]{file.resolve()}[/bold]", soft_wrap=True
    )
    for each in page.missing:
        session.console.print(f"  Still missing: {each.title}. Add it with: {each.command}")
