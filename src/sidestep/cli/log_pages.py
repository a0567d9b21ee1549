"""A check-in set for the terminal: what was kept, and what the knee's answer asks for."""

from rich.console import Console
from rich.text import Text

from sidestep.cli.knee_findings import print_urgency
from sidestep.cli.paragraphs import ground, heading, indented, item, long_day
from sidestep.domain.planning.pain_response import Response, Step
from sidestep.domain.triage.check import PLACE
from sidestep.domain.triage.rules import Urgency
from sidestep.domain.vocabulary.counts import count_of
from sidestep.services.check_ins.log_day import SIDE_STEPS, LoggedDay
from sidestep.services.ports import Knowledge

STEPS = {
    Step.STEP_BACK: "a lighter week",
    Step.BACK: "one step back",
    Step.HOLD: "stay where you are",
    Step.PROGRESS: "a little more, if you like",
}
SIGNS_OPEN = (
    "Your pain rose or something is new, and not every warning sign was answered. Unknown is not "
    "no: until they are, today is for rest. Answer them with: sidestep log"
)


def print_logged(console: Console, logged: LoggedDay, knowledge: Knowledge) -> None:
    """Print what came of a check-in: a warning sign before anything else."""
    console.print()
    told = count_of(len(logged.answers), "answer", "answers")
    console.print(f"[bold]Kept: {long_day(logged.on)}, {told}.[/bold]")
    if SIDE_STEPS in logged.on_file:
        console.print(Text("Your watch led through the run, all its side steps included.", "dim"))
    check = logged.check
    if check is not None and logged.is_plan_hidden:
        console.print()
        print_urgency(console, check, knowledge)
        console.print()
        console.print(Text("No plan until that is settled.", "bold"))
        if check.is_only_open or PLACE in check.unanswered:
            console.print("Answer what is open with: [bold]sidestep knee[/bold]")
        console.print(
            "A page for whoever you see: [bold]sidestep report page.pdf --for clinician[/bold]"
        )
        return
    if logged.are_signs_open:
        console.print()
        console.print(Text(SIGNS_OPEN, "bold"))
    if check is not None:
        for raised in check.red_flags:
            if raised.is_present and raised.flag.urgency is Urgency.SOON:
                flag = raised.flag
                console.print(item("!", f"{flag.title}: see {flag.who}, {flag.how_soon}."))
    for title, response in (("Running", logged.running), ("Exercises", logged.exercises)):
        if response is not None:
            print_response(console, title, response, knowledge)
    console.print()
    if check is None:
        console.print("Where does it hurt? A plan needs that first: [bold]sidestep knee[/bold]")
    else:
        console.print("What that means for today: [bold]sidestep today[/bold]")


def print_response(console: Console, title: str, response: Response, knowledge: Knowledge) -> None:
    """Print what comes next, what was seen, the rule and its ground."""
    console.print()
    console.print(heading(f"{title}: {STEPS[response.step]}"))
    console.print(Text(response.saw))
    console.print(indented(response.why.says))
    console.print(indented(ground(response.why.backing, knowledge.sources), "dim"))
