"""``sidestep load``: what stands out in the training; the tables, not the arithmetic."""

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from sidestep.cli.session import Session, common_options, pass_session

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rich.console import Console
    from rich.table import Table

    from sidestep.domain.load.report import Exposure, LoadReport, Notice, WeekTotals
    from sidestep.domain.vocabulary.evidence import Source

BAR_CELLS = 24
DAYS_PER_WEEK = 7
RUNS_SHOWN = 10
QUESTIONS_SHOWN = 10
NOTICES_IN_BRIEF = 3
BRIEF_BAR_CELLS = 40

_BANDS = {
    "within": "within",
    "over_1_10": "! longer by more than a tenth",
    "over_2_00": "!! more than twice as long",
    "undefined": "? no run in the 30 days before",
}
_SPANS = {7: "7 days", 28: "4 weeks", 365: "a year"}
_STEP_SOURCES = {
    "session_count": "counted by the watch",
    "integrated_cadence": "from cadence",
    "phone_steps": "counted by the phone",
    "estimate": "estimated",
}


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
    from sidestep.services.training.analyse_load import analyse_history, load_document

    wiring = session.wiring
    report = analyse_history(
        wiring.store, wiring.knowledge, wiring.clock, None if on is None else on.date()
    )
    if session.as_json:
        session.print_json(load_document(report))
        return
    print_report(session.console, report, wiring.knowledge.sources)


def print_report(console: "Console", report: "LoadReport", sources: "Mapping[str, Source]") -> None:
    """Print the report for a person: what stands out first, questions last."""
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
        _print_weeks(console, report)
        _print_runs(console, report)
        _print_rest_and_variety(console, report)
        _print_exposures(console, report)
        _print_notes(console, [note for note in later if note not in report.cap_notes])
        _print_context(console, [one for one in report.notices if one.kind == "context"])
    _print_questions(console, report)


def print_report_in_brief(console: "Console", report: "LoadReport") -> None:
    """Print what stands out with its basis, the ceiling of the next run and twelve weeks."""
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
    console.print(_weeks_in_brief(report))


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


def _weeks_in_brief(report: "LoadReport") -> "Table":
    from rich.table import Table

    table = Table(box=None, padding=(0, 1), pad_edge=False)
    table.add_column("week to", no_wrap=True)
    table.add_column("km", justify="right")
    table.add_column("", no_wrap=True, width=BRIEF_BAR_CELLS)
    table.add_column("days run", justify="right", no_wrap=True)
    table.add_column("off", justify="right", no_wrap=True)
    most_km = max(week.distance_km for week in report.weeks)
    for week in report.weeks:
        ends_on, distance, bar, _, _, run, off, _ = _week_cells(week, most_km, BRIEF_BAR_CELLS)
        table.add_row(ends_on, distance, bar, run, off)
    return table


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


def _print_weeks(console: "Console", report: "LoadReport") -> None:
    table = _table("Twelve weeks")
    table.add_column("week to", no_wrap=True)
    table.add_column("km", justify="right")
    table.add_column("", no_wrap=True, width=BAR_CELLS)
    table.add_column("time", justify="right")
    table.add_column("climb", justify="right")
    table.add_column("run", justify="right")
    table.add_column("off", justify="right")
    table.add_column("?", justify="right")
    most_km = max(week.distance_km for week in report.weeks)
    for week in report.weeks:
        table.add_row(*_week_cells(week, most_km, BAR_CELLS))
    console.print(table)
    console.print(
        "run: days with a run · off: days without one · ?: days without data\n",
        style="dim",
    )


def _week_cells(week: "WeekTotals", most_km: float, bar_cells: int) -> tuple[str, ...]:
    if week.days_without_data == DAYS_PER_WEEK:
        return _short_day(week.ends_on), "–", "no data", "–", "", "–", "–", str(DAYS_PER_WEEK)
    filled = round(bar_cells * week.distance_km / most_km) if most_km > 0 else 0
    if week.distance_km > 0:
        filled = max(filled, 1)
    return (
        _short_day(week.ends_on),
        f"{week.distance_km:.1f}",
        "█" * filled,
        _duration(week.duration_s),
        "" if week.ascent_m is None else f"{week.ascent_m:.0f} m",
        str(week.running_days),
        str(week.non_running_days),
        str(week.days_without_data) if week.days_without_data else "",
    )


def _print_runs(console: "Console", report: "LoadReport") -> None:
    if not report.runs_30d:
        return
    table = _table("Each run against the longest of the 30 days before it")
    table.add_column("day", no_wrap=True)
    table.add_column("km", justify="right")
    table.add_column("longest before", justify="right")
    table.add_column("ratio", justify="right")
    table.add_column("")
    standing_out = [run for run in report.spikes if run not in report.runs_30d[:RUNS_SHOWN]]
    for run in (*report.runs_30d[:RUNS_SHOWN], *standing_out):
        table.add_row(
            _short_day(run.on),
            f"{run.distance_km:.1f}",
            "–" if run.longest_before_km is None else f"{run.longest_before_km:.1f}",
            "–" if run.ratio is None else f"{run.ratio:.2f}",
            _BANDS[run.band.value],
        )
    console.print(table)
    hidden = len(report.runs_30d) - RUNS_SHOWN - len(standing_out)
    if hidden > 0:
        console.print(f"and {hidden} earlier, all within", style="dim")
    console.print()


def _print_rest_and_variety(console: "Console", report: "LoadReport") -> None:
    week = report.week
    table = _table("Rest and variety, last four weeks")
    table.add_column("")
    table.add_column("")
    off = f"{week.non_running_days} without running, {week.running_days} with"
    if week.days_without_data:
        off += f", {week.days_without_data} without data"
    table.add_row("days, last seven", off)
    row = report.longest_row_without_rest_days
    table.add_row("longest row of running days", str(row) if row else "no run recorded")
    table.add_row("hard runs", _hard_runs(report))
    share = report.multidirectional_share_28d
    table.add_row(
        "sport that changes direction",
        "not known" if share is None else f"{100 * share:.0f} % of moving time",
    )
    table.show_header = False
    console.print(table)
    console.print()


def _hard_runs(report: "LoadReport") -> str:
    if not report.intensities_28d:
        return "no run recorded"
    ratings = [run.is_hard for run in report.intensities_28d]
    unrated = ratings.count(None)
    if unrated == len(ratings):
        return "can't tell how hard they were"
    known = f"{ratings.count(True)} of {len(ratings) - unrated}"
    return f"{known}, {unrated} more not known" if unrated else known


def _print_exposures(console: "Console", report: "LoadReport") -> None:
    table = _table("Steps per knee, an estimate")
    table.add_column("in")
    table.add_column("per knee", justify="right")
    table.add_column("both feet", justify="right")
    table.add_column("where the count comes from")
    for one in report.exposures:
        table.add_row(
            _SPANS.get(one.days, f"{one.days} days"),
            f"{one.steps_per_knee:,}",
            f"{one.steps:,}",
            _step_sources(one),
        )
    console.print(table)
    if report.exposure_note is not None:
        console.print(report.exposure_note.says, style="dim")
    console.print()


def _step_sources(exposure: "Exposure") -> str:
    if not exposure.steps:
        return "no run with steps"
    return ", ".join(
        f"{100 * steps / exposure.steps:.0f} % {_STEP_SOURCES.get(source, source)}"
        for source, steps in exposure.by_source.items()
    )


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


def _table(title: str) -> "Table":
    from rich import box
    from rich.table import Table

    return Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


def _short_day(day: date) -> str:
    return f"{day:%a} {day.day:>2} {day:%b}"


def _long_day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
