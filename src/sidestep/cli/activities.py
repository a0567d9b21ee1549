"""``sidestep activities``: what was imported, and answers to the questions about odd recordings."""

from typing import TYPE_CHECKING, Any

import click

from sidestep.cli.session import Session, common_options, pass_session

if TYPE_CHECKING:
    from sidestep.domain.activity.summary import ActivitySummary


@click.group(invoke_without_command=True)
@click.option("--last", type=click.IntRange(1), default=None, help="Only the newest N.")
@common_options
@pass_session
@click.pass_context
def command(ctx: click.Context, session: Session, last: int | None) -> None:
    """List what was imported, newest last; correct it where the files are wrong."""
    if ctx.invoked_subcommand is not None:
        return
    from sidestep.services.importing.list_activities import activities_document

    activities = session.wiring.store.activities()
    if last is not None:
        activities = activities[-last:]
    if session.as_json:
        session.print_json(activities_document(activities))
    else:
        _show(session, activities)


@command.command()
@click.argument("activity_id")
@click.option("--keep", is_flag=True, help="It is right as recorded: count it.")
@click.option("--exclude", is_flag=True, help="Leave it out of everything.")
@click.option("--sport", help="It was another sport, e.g. cycle or football.")
@click.option("--effort", type=click.FloatRange(0, 10), help="How hard it felt, 0 to 10.")
@common_options
@pass_session
def answer(
    session: Session,
    activity_id: str,
    *,
    keep: bool,
    exclude: bool,
    sport: str | None,
    effort: float | None,
) -> None:
    """Keep an activity, leave it out, correct its sport, log its effort."""
    from sidestep.services.importing.correct_activity import correct_activity

    if not keep and not exclude and sport is None and effort is None:
        raise click.UsageError("Say at least one of --keep, --exclude, --sport and --effort.")
    if exclude and (keep or sport is not None):
        raise click.UsageError("--exclude leaves it out: say it without --keep and --sport.")
    verdict = "exclude" if exclude else "keep" if keep else None
    correct_activity(
        session.wiring.store, activity_id, verdict=verdict, sport=sport, effort_rpe=effort
    )
    if session.as_json:
        session.print_json({"id": activity_id, "kept": True})
    else:
        session.console.print("Noted.")


def _show(session: Session, activities: "list[ActivitySummary]") -> None:
    if not activities:
        session.console.print("Nothing imported yet. Start with: sidestep import FOLDER")
        return
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, justify in COLUMNS:
        # The id has to be typed, so it is never cut; a long sport may be.
        width = LONGEST_SPORT if name == "Sport" else None
        table.add_column(name, justify=justify, no_wrap=True, max_width=width)
    for activity in activities:
        table.add_row(*_cells(activity))
    session.console.print(table)
    if any(_mark(activity) == LEFT_OUT for activity in activities):
        session.console.print(f"\n{LEFT_OUT} left out, as you said")
    if any(_mark(activity) == NOT_COUNTED for activity in activities):
        session.console.print(f"\n{NOT_COUNTED} not counted yet: sidestep load asks about it")


LONGEST_SPORT = 14
LEFT_OUT, NOT_COUNTED = "-", "?"

COLUMNS: tuple[tuple[str, Any], ...] = (
    ("Day", "left"),
    ("", "left"),
    ("Sport", "left"),
    ("km", "right"),
    ("Time", "right"),
    ("Steps", "right"),
    ("spm", "right"),
    ("Id", "left"),
)


def _cells(activity: "ActivitySummary") -> tuple[str, ...]:
    minutes, seconds = divmod(round(activity.duration_s), 60)
    hours, minutes = divmod(minutes, 60)
    return (
        activity.local_date.isoformat(),
        _mark(activity),
        activity.sport.value.replace("_", " "),
        "" if activity.distance_km is None else f"{activity.distance_km:.2f}",
        f"{hours}:{minutes:02d}:{seconds:02d}",
        "" if activity.steps is None else f"{activity.steps:,}",
        "" if activity.cadence_spm is None else f"{activity.cadence_spm:.0f}",
        activity.id,
    )


def _mark(activity: "ActivitySummary") -> str:
    if activity.is_counted:
        return ""
    return LEFT_OUT if activity.verdict == "excluded" else NOT_COUNTED
