"""How a load analysis looks in the terminal, in full or in brief; the tables stand beside it."""

from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from sidestep.cli.load_tables import (
    print_exposures,
    print_rest_and_variety,
    print_runs,
    print_weeks,
    weeks_in_brief,
)
from sidestep.cli.paragraphs import ground, heading, indented, long_day
from sidestep.domain.load.report import LoadReport, Notice
from sidestep.domain.vocabulary.evidence import Source

QUESTIONS_SHOWN = 10
NOTICES_IN_BRIEF = 3


def print_report(console: Console, report: LoadReport, sources: Mapping[str, Source]) -> None:
    """Print the report for a person: what stands out first, questions last."""
    if report.days_since_last_data is None:
        _print_nothing_known(console, report)
    else:
        console.print(f"[bold]Your running as of {long_day(report.on)}[/bold]\n")
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


def print_report_in_brief(console: Console, report: LoadReport) -> None:
    """Print what stands out with its basis, the ceiling of the next run and twelve weeks."""
    if report.days_since_last_data is None:
        _print_nothing_known(console, report)
        return
    console.print(f"[bold]Your running as of {long_day(report.on)}[/bold]\n")
    _print_notes(console, report.notes[:1] if report.is_stale else ())
    notices = _standing_out(report)
    for notice in notices[:NOTICES_IN_BRIEF]:
        console.print(f"[bold]▸ {notice.title}[/bold]")
        console.print(indented(f"{notice.says} Basis: {notice.backing.basis.in_words}."))
    if not notices:
        console.print(_nothing_stands_out(report))
    if more := notices[NOTICES_IN_BRIEF:]:
        titles = "; ".join(notice.title for notice in more)
        console.print(f"▸ Also: {titles}. In full: [bold]sidestep load[/bold]")
    console.print(f"\n{_cap_in_brief(report)}\n")
    console.print(weeks_in_brief(report))


def _cap_in_brief(report: LoadReport) -> str:
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


def _print_nothing_known(console: Console, report: LoadReport) -> None:
    """Print since when data exists, or how to begin where there is none at all."""
    if report.notes:
        console.print(f"[bold]Your running as of {long_day(report.on)}[/bold]\n")
        _print_notes(console, report.notes)
    else:
        _print_welcome(console)


def _print_welcome(console: Console) -> None:
    console.print(
        "There is nothing to look at yet.\n\n"
        "Give Sidestep the files of your watch, a folder of them, or the export of your\n"
        "account (Strava, Garmin, Apple Health, Runkeeper). They stay on this machine.\n\n"
        "  [bold]sidestep import ~/Downloads/my-export.zip[/bold]\n\n"
        "No files at hand? See it all on a made-up runner: [bold]sidestep demo[/bold]"
    )


def _print_what_stands_out(
    console: Console, report: LoadReport, sources: Mapping[str, Source]
) -> None:
    notices = _standing_out(report)
    console.print(heading("What stands out"))
    if not notices:
        console.print(_nothing_stands_out(report))
    for notice in notices:
        console.print(f"[bold]▸ {notice.title}[/bold]")
        console.print(indented(notice.says))
        console.print(indented(ground(notice.backing, sources), "dim"))
    console.print()


def _standing_out(report: LoadReport) -> list[Notice]:
    return [one for one in report.notices if one.kind != "context"]


def _nothing_stands_out(report: LoadReport) -> str:
    if report.is_stale:
        return "Too little is known of your last days to say."
    return "Nothing does. No run far beyond the others, and days off in between: good."


def _print_cap(console: Console, report: LoadReport) -> None:
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


def _print_notes(console: Console, notes: Iterable[str]) -> None:
    for note in notes:
        console.print(f"Note: {note}\n")


def _print_context(console: Console, notices: Iterable[Notice]) -> None:
    shown = [f"· {notice.says}" for notice in notices]
    if not shown:
        return
    console.print("Shown for information, not predictive", style="dim bold")
    for line in shown:
        console.print(line, style="dim")
    console.print()


def _print_questions(console: Console, report: LoadReport) -> None:
    if not report.questions:
        return
    console.print(heading("We ask, and count nothing until you answer"))
    for question in report.questions[:QUESTIONS_SHOWN]:
        console.print(f"[bold]{long_day(question.on)}[/bold]  {question.asks}")
        console.print(
            f"  sidestep activities answer {question.activity_id} --keep | --exclude | "
            "--sport SPORT",
            soft_wrap=True,
            markup=False,
        )
    more = len(report.questions) - QUESTIONS_SHOWN
    if more > 0:
        console.print(f"and {more} more: sidestep activities", style="dim")
