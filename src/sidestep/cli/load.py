"""``sidestep load``: what stands out in the training, in full or in brief; no arithmetic."""

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from sidestep.cli.session import Session, common_options, pass_session

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rich.console import Console

    from sidestep.domain.load.report import LoadReport, Notice
    from sidestep.domain.vocabulary.evidence import Source

QUESTIONS_SHOWN = 10
NOTICES_IN_BRIEF = 3


@click.command(name="load")
@click.option(
    "--on",
    "on",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    metavar="DATE",
    help="The day to look back from, YYYY-MM-DD (today unless given).",
)
@common_options
@pass_session
def command(session: Session, on: datetime | None) -> None:
    """See what stands out: too much, too soon, no rest, one direction."""
    from sidestep.services.training.analyse_load import analyse_history
    from sidestep.services.training.load_document import load_document

    wiring = session.wiring
    report = analyse_history(
        wiring.store, wiring.knowledge, wiring.clock, None if on is None else on.date()
    )
    if session.as_json:
        session.print_json(load_document(report, wiring.knowledge.sources))
        return
    print_report(session.console, report, wiring.knowledge.sources)


def print_report(console: "Console", report: "LoadReport", sources: "Mapping[str, Source]") -> None:
    """Print the report for a person: what stands out first, questions last."""
    from sidestep.cli.load_tables import (
        print_exposures,
        print_rest_and_variety,
        print_runs,
        print_weeks,
    )

    if report.days_since_last_data is None:
        _print_welcome(console)
    else:
        console.print(f"[bold]Your running as of {_long_day(report.on)}[/bold]\n")
        # Old data would make every figure below look calmer than it may be: said first.
        early, later = (
            (report.notes[:1], report.notes[1:]) if report.is_stale else ((), report.notes)
        )
        _print_notes(console, early)
        _print_what_stands_out(console, report, sources)
        _print_cap(console, report)
        print_weeks(console, report)
        print_runs(console, report)
        print_rest_and_variety(console, report)
        print_exposures(console, report)
        _print_notes(console, [note for note in later if note not in report.cap_notes])
        _print_context(console, [one for one in report.notices if one.kind == "context"])
    _print_questions(console, report)


def print_report_in_brief(console: "Console", report: "LoadReport") -> None:
    """Print what stands out with its basis, the ceiling of the next run and twelve weeks."""
    from sidestep.cli.load_tables import weeks_in_brief

    if report.days_since_last_data is None:
        _print_welcome(console)
        return
    console.print(f"[bold]Your running as of {_long_day(report.on)}[/bold]\n")
    _print_notes(console, report.notes[:1] if report.is_stale else ())
    notices = _standing_out(report)
    for notice in notices[:NOTICES_IN_BRIEF]:
        console.print(f"[bold]▸ {notice.title}[/bold]")
        _print_indented(console, f"{notice.says} Basis: {notice.backing.basis.in_words}.")
    if not notices:
        console.print(_nothing_stands_out(report))
    if more := notices[NOTICES_IN_BRIEF:]:
        titles = "; ".join(notice.title for notice in more)
        console.print(f"▸ Also: {titles}. In full: [bold]sidestep load[/bold]")
    console.print(f"\n{_cap_in_brief(report)}\n")
    console.print(weeks_in_brief(report))


def _cap_in_brief(report: "LoadReport") -> str:
    if report.cap is None or report.next_run_cap_km is None:
        return "No ceiling for the next run: no run with a distance in the last 30 days."
    # The note goes with the number: alone it would read as an invitation.
    return " ".join(
        (
            f"Ceiling of your next run: {report.next_run_cap_km:.1f} km, not a target "
            f"(basis: {report.cap.backing.basis.in_words}).",
            *report.cap_notes,
        )
    )


def _print_welcome(console: "Console") -> None:
    console.print(
        "There is nothing to look at yet.\n\n"
        "Give Sidestep the files of your watch, a folder of them, or the export of your\n"
        "account (Strava, Garmin, Apple Health, Runkeeper). They stay on this machine.\n\n"
        "  [bold]sidestep import ~/Downloads/my-export.zip[/bold]\n\n"
        "No files at hand? See it all on a made-up runner: [bold]sidestep demo[/bold]"
    )


def _print_what_stands_out(
    console: "Console", report: "LoadReport", sources: "Mapping[str, Source]"
) -> None:
    notices = _standing_out(report)
    console.rule("What stands out", align="left", style="default")
    if not notices:
        console.print(_nothing_stands_out(report))
    for notice in notices:
        console.print(f"[bold]▸ {notice.title}[/bold]")
        _print_indented(console, notice.says)
        _print_indented(console, f"Basis: {_ground(notice, sources)}", style="dim")
    console.print()


def _standing_out(report: "LoadReport") -> "list[Notice]":
    return [one for one in report.notices if one.kind != "context"]


def _nothing_stands_out(report: "LoadReport") -> str:
    if report.is_stale:
        return "Too little is known of your last days to say."
    return "Nothing does. No run far beyond the others, and days off in between: good."


def _ground(notice: "Notice", sources: "Mapping[str, Source]") -> str:
    from sidestep.services.knowledge.short_name import short_names

    names = short_names(notice.backing.citations, sources)
    ground = notice.backing.basis.in_words + (f" ({names})" if names else "")
    return ground if notice.backing.reviewed else f"{ground}; not clinically reviewed"


def _print_indented(console: "Console", text: str, style: str = "") -> None:
    from rich.padding import Padding
    from rich.text import Text

    console.print(Padding(Text(text, style=style), (0, 0, 0, 2)))


def _print_cap(console: "Console", report: "LoadReport") -> None:
    from rich.panel import Panel
    from rich.text import Text

    if report.cap is None:
        words = Text("No ceiling for the next run", style="bold")
        says = (
            "There is no run with a distance in the last 30 days to measure it by. Start short, "
            "running and walking by turns."
        )
    else:
        words = Text(f"Ceiling of your next run: {report.next_run_cap_km:.1f} km", style="bold")
        # The note goes with the number: alone it would read as an invitation.
        says = " ".join((report.cap.says, *report.cap_notes))
    console.print(Panel(Text.assemble(words, "\n", says), expand=True))
    console.print()


def _print_notes(console: "Console", notes: "Iterable[str]") -> None:
    for note in notes:
        console.print(f"Note: {note}\n")


def _print_context(console: "Console", notices: "Iterable[Notice]") -> None:
    shown = [f"· {notice.says}" for notice in notices]
    if not shown:
        return
    console.print("Shown for information, not predictive", style="dim bold")
    for line in shown:
        console.print(line, style="dim")
    console.print()


def _print_questions(console: "Console", report: "LoadReport") -> None:
    if not report.questions:
        return
    console.rule("We ask, and count nothing until you answer", align="left", style="default")
    for question in report.questions[:QUESTIONS_SHOWN]:
        console.print(f"[bold]{_long_day(question.on)}[/bold]  {question.asks}")
        console.print(
            f"  sidestep activities answer {question.activity_id} --keep | --exclude | "
            "--sport SPORT",
            soft_wrap=True,
            markup=False,
        )
    more = len(report.questions) - QUESTIONS_SHOWN
    if more > 0:
        console.print(f"and {more} more: sidestep activities", style="dim")


def _long_day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
