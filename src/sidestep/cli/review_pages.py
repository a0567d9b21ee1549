"""A week's review set for the terminal: numbers first, then the one change."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sidestep.cli.paragraphs import ground, heading, indented, long_day
from sidestep.domain.planning.review import ChangeKind, Proposal
from sidestep.domain.vocabulary.counts import count_of
from sidestep.services.ports import Knowledge
from sidestep.services.week.accepted_change import ACCEPTED, DECLINED
from sidestep.services.week.review_week import PainOfWeek, WeekReview, has_files

_CHANGES = {
    "less": "clearly less than the week before",
    "more": "clearly more than the week before",
    "no_clear_change": "no clear change from the week before",
}


def print_review(console: Console, review: WeekReview, knowledge: Knowledge) -> None:
    """Print the three numbers and the proposal with its reason and its ground."""
    console.print(f"[bold]Your week from {long_day(review.week_starts)}[/bold]")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="bold")
    table.add_column()
    table.add_row("Pain", _pain(review.pain))
    table.add_row("Kept", _kept(review))
    table.add_row("Load", _load(review))
    if review.pain.energy is not None:
        table.add_row("Energy", f"{review.pain.energy:.1f} of 10 on average")
    console.print(table)
    console.print()
    for why in review.over_cap:
        console.print(Text(why.says))
        console.print(indented(ground(why.backing, knowledge.sources), "dim"))
        console.print()
    console.print(heading(f"Proposed: {review.proposal.title}"))
    console.print(Text(review.proposal.saw))
    console.print(indented(review.proposal.why.says))
    console.print(indented(ground(review.proposal.why.backing, knowledge.sources), "dim"))


def print_decision(console: Console, review: WeekReview) -> None:
    """Print what becomes of the proposal, and what else the next week has by itself."""
    console.print()
    week = f"sidestep plan --week {review.for_week.isoformat()}"
    if review.proposal.is_of_reason:
        _print_of_reason(console, review.proposal, review.decision, review)
    elif review.proposal.change is ChangeKind.HOLD:
        console.print("The plan goes on as it is.")
    elif not review.proposal.change.changes_plan:
        console.print("The plan stays as it is; this one is yours to do.")
    elif review.decision == ACCEPTED:
        console.print(f"Taken. It shapes the week from {long_day(review.for_week)}:")
        console.print(f"  [bold]{week}[/bold]")
    elif review.decision is not None:
        console.print("Left. The next week is planned without it.")
    else:
        console.print("Take it or leave it: [bold]sidestep review --accept[/bold] or --decline")
    for each in review.beside:
        console.print()
        console.print(heading(f"Also: {each.proposal.title}"))
        console.print(Text(each.proposal.saw))
        console.print(indented(each.proposal.why.says))
        _print_of_reason(console, each.proposal, each.decision, review)


def _print_of_reason(
    console: Console, proposal: Proposal, decision: str | None, review: WeekReview
) -> None:
    """Print what becomes of an answer that the next week has by itself."""
    if decision == DECLINED:
        console.print("Left. The next week is planned without it.")
        return
    week = review.for_week.isoformat()
    named = f" --week {review.week_starts.isoformat()}"
    named += f" --change {proposal.change}" if review.beside else ""
    console.print(f"Your next week has this by itself: [bold]sidestep plan --week {week}[/bold]")
    console.print("As it was:")
    console.print(f"  [bold]sidestep review{named} --decline[/bold]")


def _pain(pain: PainOfWeek) -> str:
    if pain.mean is None:
        return "not told this week"
    change = f"; {_CHANGES[pain.change]}" if pain.change else ""
    return f"{pain.mean:.1f} of 10 on average{change}"


def _kept(review: WeekReview) -> str:
    kept = review.kept
    if kept is None:
        return "no week was planned"
    silent = f"; {kept.unknown} not told of" if kept.unknown else ""
    if kept.frac is None:
        return f"nothing told of yet{silent}"
    return f"{kept.done} of {kept.planned} planned things{silent}"


def _load(review: WeekReview) -> str:
    week, before = review.load.week, review.load.weeks[-2]
    told = f"{count_of(review.runs_told, 'run', 'runs')} told of, on no file: how far is unknown"
    if review.runs_told and not week.runs:
        return told
    if not has_files(review.load):
        return "no run is on file"
    on_file = (
        f"{count_of(week.runs, 'run', 'runs')}, {week.distance_km:.1f} km in seven days; "
        f"{before.distance_km:.1f} km in the seven before"
    )
    return f"{on_file}; {told}" if review.runs_told else on_file
