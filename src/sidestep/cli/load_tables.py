"""The tables of ``sidestep load``: weeks, runs, rest and variety, steps; no sentence of advice."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table

from sidestep.cli.paragraphs import short_day
from sidestep.domain.load.exposure import steps_inside
from sidestep.domain.load.report import Exposure, KneeInside, LoadReport, WeekTotals
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK, day_in_words

BAR_CELLS = 24
RUNS_SHOWN = 10
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


def print_weeks(console: Console, report: LoadReport) -> None:
    """Print twelve weeks with their bars, time, climb and days; weeks without data in one line."""
    if all(_is_unknown(week) for week in report.weeks):
        console.print(
            f"Twelve weeks: not known. There is no data from the {len(report.weeks)} weeks to "
            f"{day_in_words(report.on)}.\n"
        )
        return
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
    for cells in _week_rows(report.weeks, most_km, BAR_CELLS):
        table.add_row(*cells)
    console.print(table)
    console.print(
        "run: days with a run · off: days without one · ?: days without data\n",
        style="dim",
    )


def weeks_in_brief(report: LoadReport) -> Table:
    """Return the same weeks in one line each, without time and climb."""
    table = Table(box=None, padding=(0, 1), pad_edge=False)
    table.add_column("week to", no_wrap=True)
    table.add_column("km", justify="right")
    table.add_column("", no_wrap=True, width=BRIEF_BAR_CELLS)
    table.add_column("days run", justify="right", no_wrap=True)
    table.add_column("off", justify="right", no_wrap=True)
    most_km = max(week.distance_km for week in report.weeks)
    for cells in _week_rows(report.weeks, most_km, BRIEF_BAR_CELLS):
        ends_on, distance, bar, _, _, run, off, _ = cells
        table.add_row(ends_on, distance, bar, run, off)
    return table


def _is_unknown(week: WeekTotals) -> bool:
    return week.days_without_data == DAYS_PER_WEEK


def _week_rows(
    weeks: Sequence[WeekTotals], most_km: float, bar_cells: int
) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each week, those of weeks without data in a row gathered in one line."""
    for is_unknown, group in groupby(weeks, _is_unknown):
        in_a_row = tuple(group)
        if is_unknown:
            yield _unknown_cells(in_a_row)
        else:
            yield from (_week_cells(week, most_km, bar_cells) for week in in_a_row)


def _unknown_cells(weeks: Sequence[WeekTotals]) -> tuple[str, ...]:
    words = "no data" if len(weeks) == 1 else f"no data, {len(weeks)} weeks"
    days = str(DAYS_PER_WEEK * len(weeks))
    return short_day(weeks[-1].ends_on), "–", words, "–", "", "–", "–", days


def _week_cells(week: WeekTotals, most_km: float, bar_cells: int) -> tuple[str, ...]:
    filled = round(bar_cells * week.distance_km / most_km) if most_km > 0 else 0
    if week.distance_km > 0:
        filled = max(filled, 1)
    return (
        short_day(week.ends_on),
        f"{week.distance_km:.1f}",
        "█" * filled,
        _duration(week.duration_s),
        "" if week.ascent_m is None else f"{week.ascent_m:.0f} m",
        str(week.running_days),
        str(week.non_running_days),
        str(week.days_without_data) if week.days_without_data else "",
    )


def print_runs(console: Console, report: LoadReport) -> None:
    """Print the latest runs and all that stand out, each against the longest before it."""
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
            short_day(run.on),
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


def print_rest_and_variety(console: Console, report: LoadReport) -> None:
    """Print days with and without running, hard runs and sport that changes direction."""
    week = report.week
    table = _table("Rest and variety, last four weeks")
    table.add_column("")
    table.add_column("")
    table.add_row("days, last seven", _days_in_words(week))
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


def _days_in_words(week: WeekTotals) -> str:
    if _is_unknown(week):
        return "not known"
    known = f"{week.non_running_days} without running, {week.running_days} with"
    return f"{known}, {week.days_without_data} without data" if week.days_without_data else known


def _hard_runs(report: LoadReport) -> str:
    if not report.intensities_28d:
        return "no run recorded"
    ratings = [run.is_hard for run in report.intensities_28d]
    unrated = ratings.count(None)
    if unrated == len(ratings):
        return "can't tell how hard they were"
    known = f"{ratings.count(True)} of {len(ratings) - unrated}"
    return f"{known}, {unrated} more not known" if unrated else known


def print_exposures(console: Console, report: LoadReport) -> None:
    """Print the steps per knee, the estimate they are and where the counts come from."""
    if all(_are_steps_unknown(one, report) for one in report.exposures):
        console.print(
            "Steps per knee: not known. No steps of your runs in the last year are on file.\n"
        )
        return
    table = _table("Steps per knee, an estimate")
    table.add_column("in")
    table.add_column("per knee", justify="right")
    table.add_column("both feet", justify="right")
    table.add_column("where the count comes from")
    for one in report.exposures:
        is_unknown = _are_steps_unknown(one, report)
        table.add_row(
            _SPANS.get(one.days, f"{one.days} days"),
            "not known" if is_unknown else f"{one.steps_per_knee:,}",
            "not known" if is_unknown else f"{one.steps:,}",
            _step_sources(one),
        )
    console.print(table)
    if report.exposure_note is not None:
        console.print(report.exposure_note.says, style="dim")
    _print_knee_inside(console, report)
    console.print()


def _print_knee_inside(console: Console, report: LoadReport) -> None:
    """Print how many of those steps had the knee inside the foot line, by the newest clip."""
    if report.knee_inside_note is None:
        return
    table = _table(f"\n{report.knee_inside_note.title}, an estimate")
    table.add_column("in")
    for inside in report.knee_inside:
        table.add_column(f"{inside.side.value} knee", justify="right")
    for one in report.exposures:
        if not _are_steps_unknown(one, report):
            table.add_row(
                _SPANS.get(one.days, f"{one.days} days"),
                *(_steps_inside_in_words(one, inside) for inside in report.knee_inside),
            )
    console.print(table)
    console.print(report.knee_inside_note.says, style="dim")


def _steps_inside_in_words(exposure: Exposure, inside: KneeInside) -> str:
    if not inside.is_telling:
        return "too wide a range to tell"
    low, high = steps_inside(exposure, inside)
    return f"{low:,} to {high:,}" if low < high else f"{high:,}"


def _are_steps_unknown(exposure: Exposure, report: LoadReport) -> bool:
    """Whether no steps means that nobody counted them, not that none were run."""
    return not exposure.steps and (report.is_stale or exposure.runs_without_steps > 0)


def _step_sources(exposure: Exposure) -> str:
    if not exposure.steps:
        return "no run with steps"
    return ", ".join(
        f"{100 * steps / exposure.steps:.0f} % {_STEP_SOURCES.get(source, source)}"
        for source, steps in exposure.by_source.items()
    )


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60}:{minutes % 60:02d}"
