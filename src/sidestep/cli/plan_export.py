"""``sidestep plan export``: the week for a watch and a calendar; what is in it is not here."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sidestep.cli.day import DAY
from sidestep.cli.exits import COULD_NOT
from sidestep.cli.reading_language import language_option, reading_language
from sidestep.cli.run_range import HEART_RATES, PACES, range_in_words
from sidestep.cli.session import Session, common_options, pass_session
from sidestep.domain.vocabulary.counts import count_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from sidestep.domain.planning.run_session import RunTarget
    from sidestep.domain.planning.week import NoWeek, WeekPlan
    from sidestep.languages.language import Language
    from sidestep.services.ports import CalendarEvent
    from sidestep.services.week.export_week import ExportedRun, ExportedWeek
    from sidestep.services.week.today_card import TodayCard

_ONTO_THE_WATCH = "Onto a Garmin watch: by cable, into its folder GARMIN/NewFiles."
_ONTO_THE_SITE = "Into the description of a planned run on intervals.icu."
_STILL_THERE = (
    "An earlier export of this week may still be in your calendar and on your watch. Leave its "
    "runs out for now."
)
_TAKE_IT_BACK = "Export with --ics to the same file: its days to come are then taken back."
_EFFORT_FIRST = (
    "Sidestep did not work it out and cannot tell whether it is easy for you: the effort named in "
    "each step counts for more."
)
_OPEN_IT = (
    "Open it with your calendar as you did before, so that these days no longer ring. Leave out "
    "the runs that are still on your watch."
)


@click.command()
@click.option(
    "--fit",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write each run into this folder, as a FIT workout for a watch.",
)
@click.option(
    "--text",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write each run into this folder, as a text that intervals.icu reads as a workout.",
)
@click.option(
    "--ics",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.ics",
    help="Write each day with something to do into this calendar file.",
)
@click.option(
    "--pdf",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.pdf",
    help="Write the week with its pictures on one page, for the fridge.",
)
@click.option(
    "--at",
    type=click.DateTime(formats=["%H:%M"]),
    metavar="HH:MM",
    help="When the days of the calendar begin; unless given, they last the whole day.",
)
@click.option(
    "--heart-rate",
    type=HEART_RATES,
    metavar="120-145",
    help="A range of your own, in beats a minute, for the watch to hold you to while you run.",
)
@click.option(
    "--pace",
    type=PACES,
    metavar="6:30-7:30",
    help="The same as minutes for a kilometre. Unless given, runs go by effort alone.",
)
@click.option(
    "--week",
    type=DAY,
    metavar="DATE",
    help="First of the seven days, as sidestep plan has it.",
)
@language_option
@common_options
@pass_session
@click.pass_context
def export(
    ctx: click.Context,
    session: Session,
    fit: Path | None,
    text: Path | None,
    ics: Path | None,
    pdf: Path | None,
    at: datetime | None,
    heart_rate: "RunTarget | None",
    pace: "RunTarget | None",
    week: datetime | None,
    code: str | None,
) -> None:
    """Take the week along: runs for a watch, days for a calendar, a page for the fridge.

    Give --fit, --text, --ics, --pdf or several. A file of an earlier export is written anew; any
    other file that is in the way is left as it is. Exit code 1 when no week can be shown. While the
    plan is put away nothing new is written: the days to come of earlier exports are taken back.
    Today goes out as sidestep today has it.
    """
    from sidestep.domain.planning.week import NoWeek
    from sidestep.services.week.export_week import (
        Places,
        export_document,
        export_no_week,
        export_week,
        take_page_along,
    )
    from sidestep.services.week.plan_week import plan_and_keep
    from sidestep.services.week.today_card import as_it_stands, today_card

    if fit is None and text is None and ics is None and pdf is None:
        raise click.UsageError(
            "Say where to: --fit DIR, --text DIR, --ics FILE.ics or --pdf FILE.pdf."
        )
    if code is not None and pdf is None:
        raise click.UsageError("--language is for the page: give --pdf FILE.pdf, too.")
    _check_calendar(ics, at)
    target = _target(heart_rate, pace, has_runs=fit is not None or text is not None)
    wiring = session.wiring
    store, knowledge, clock = wiring.store, wiring.knowledge, wiring.clock
    week = week or (ctx.parent.params.get("week") if ctx.parent is not None else None)
    starts = None if week is None else week.date()
    plan = plan_and_keep(store=store, knowledge=knowledge, clock=clock, week_starts=starts)
    places = Places(fit=fit, text=text, ics=ics)
    pieces: dict[str, Any] = {
        "files": wiring.week_files,
        "store": store,
        "knowledge": knowledge,
        "clock": clock,
    }
    if isinstance(plan, NoWeek):
        left = export_no_week(plan, places, **pieces)
        if session.as_json:
            session.print_json({**export_document(left, why_no_week=plan.says), "pdf": None})
        else:
            _print_no_week(session, plan, left)
        ctx.exit(COULD_NOT)
    card = None
    if any(day.date == clock.today() for day in plan.days):
        card = today_card(store=store, knowledge=knowledge, clock=clock)
        plan = replace(plan, days=tuple(as_it_stands(day, card) for day in plan.days))
    exported = export_week(
        plan, places, **pieces, at=None if at is None else at.time(), target=target
    )
    if pdf is not None:
        take_page_along(plan.week_starts, plan.days, store=store, knowledge=knowledge, clock=clock)
        _write_page(session, plan, pdf, reading_language(session, code))
    if session.as_json:
        session.print_json(
            {**export_document(exported), "pdf": None if pdf is None else str(pdf.resolve())}
        )
    else:
        _print(session.console, exported, pdf, target, card)


def _write_page(session: Session, plan: "WeekPlan", pdf: Path, reader: "Language") -> None:
    from sidestep.services.report.fridge_page import fridge_page

    wiring = session.wiring
    page = fridge_page(
        plan,
        knowledge=wiring.knowledge,
        read_drawing=wiring.read_drawing,
        made_on=wiring.clock.today(),
    )
    wiring.report_writer.write_fridge_page(page, pdf, reader)


def _target(
    heart_rate: "RunTarget | None", pace: "RunTarget | None", *, has_runs: bool
) -> "RunTarget | None":
    if heart_rate is not None and pace is not None:
        raise click.UsageError("A run goes by one range: give --heart-rate or --pace, not both.")
    target = heart_rate or pace
    if target is not None and not has_runs:
        raise click.UsageError("A range is for the runs: give --fit DIR or --text DIR, too.")
    return target


def _check_calendar(ics: Path | None, at: datetime | None) -> None:
    if at is not None and ics is None:
        raise click.UsageError("--at is for the calendar: give --ics FILE.ics, too.")
    if ics is not None and ics.suffix.lower() != ".ics":
        message = f"{ics.name!r} is no name for a calendar file; end it in .ics"
        raise click.BadParameter(message, param_hint="--ics")


def _print_no_week(session: Session, plan: "NoWeek", left: "ExportedWeek") -> None:
    from rich.text import Text

    from sidestep.cli.plan_pages import print_no_week
    from sidestep.services.week.export_week import has_coming, was_exported

    console, wiring = session.console, session.wiring
    print_no_week(console, plan)
    if left.calendar is None or left.removed:
        console.print()
    _print_removed(console, left)
    if left.calendar is not None:
        console.print()
        _print_calendar(console, left.calendar, left.events)
        console.print()
        console.print(Text(_OPEN_IT))
        return
    if not left.removed:
        console.print("Nothing was written.")
    if was_exported(wiring.store, plan.week_starts):
        console.print(Text(_STILL_THERE))
    if plan.is_hidden and has_coming(wiring.store, wiring.clock.today()):
        console.print(Text(_TAKE_IT_BACK))


def _print(
    console: "Console",
    exported: "ExportedWeek",
    pdf: Path | None,
    target: "RunTarget | None",
    card: "TodayCard | None",
) -> None:
    from rich.text import Text

    from sidestep.cli.paragraphs import heading, long_day

    console.print(f"[bold]Your week from {long_day(exported.week_starts)}[/bold]")
    if card is not None and card.changes:
        console.print(Text(f"Today as it stands now: {card.message}"))
    if exported.runs:
        _print_runs(console, "For the watch, one workout a run", exported.runs, _ONTO_THE_WATCH)
    if exported.texts:
        _print_runs(console, "As text, one a run", exported.texts, _ONTO_THE_SITE)
    has_run = exported.runs or exported.texts
    if has_run and target is not None:
        console.print()
        console.print(Text(f"Your range while running: {range_in_words(target)}. {_EFFORT_FIRST}"))
    if not has_run and exported.calendar is None and pdf is None:
        console.print("No run is to come in it, so there is no workout to write.")
    _print_removed(console, exported)
    if exported.calendar is not None:
        console.print()
        _print_calendar(console, exported.calendar, exported.events)
    if pdf is not None:
        console.print()
        console.print(heading("For the fridge"))
        console.print(f"  {pdf.resolve()}", soft_wrap=True, style="dim")


def _print_removed(console: "Console", exported: "ExportedWeek") -> None:
    for path in exported.removed:
        console.print(f"  Taken away, no run that day any more: {path.resolve()}", soft_wrap=True)


def _print_calendar(console: "Console", calendar: Path, events: "Sequence[CalendarEvent]") -> None:
    from sidestep.cli.paragraphs import heading

    cancelled = sum(event.is_cancelled for event in events)
    days = count_of(len(events) - cancelled, "day", "days")
    taken_back = f"{count_of(cancelled, 'day', 'days')} taken back"
    console.print(heading("For the calendar"))
    if cancelled == len(events):
        console.print(f"  {taken_back}")
    else:
        tail = f", {cancelled} taken back" if cancelled else ""
        console.print(f"  {days} with something to do{tail}")
    console.print(f"    {calendar.resolve()}", soft_wrap=True, style="dim")


def _print_runs(
    console: "Console", title: str, runs: "Sequence[ExportedRun]", what_next: str
) -> None:
    from sidestep.cli.paragraphs import heading, short_day

    console.print()
    console.print(heading(title))
    for run in runs:
        session = run.session
        steps = count_of(session.stored_steps, "step", "steps")
        what = f"{session.title} {session.distance_km:.1f} km, {steps}"
        console.print(f"  {short_day(session.on)}  {what}", highlight=False)
        console.print(f"    {run.path.resolve()}", soft_wrap=True, style="dim")
    console.print(f"  {what_next}")
