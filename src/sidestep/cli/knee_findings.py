"""How a knee check looks in the terminal; what it says comes from the rules."""

from collections.abc import Iterable

from rich import box
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from sidestep.cli.paragraphs import ground, heading, indented, item
from sidestep.domain.triage.findings import FittingPattern, KneeCheck, RaisedFlag, ScreenedCause
from sidestep.domain.triage.rules import Myth, PlanAccess, Urgency
from sidestep.domain.vocabulary.evidence import NOT_REVIEWED, Backing, Basis
from sidestep.services.ports import Knowledge

_URGENCY = {
    Urgency.EMERGENCY: "EMERGENCY: get help now",
    Urgency.URGENT: "URGENT: be seen within days",
    Urgency.SOON: "SOON: have it looked at",
    Urgency.SELF_CARE: "SELF CARE: nothing here asks for a clinician now",
}
_PLAN = {
    PlanAccess.ALLOWED: "Your week: a plan may be shown",
    PlanAccess.REDUCED: "Your week: a plan with less load",
    PlanAccess.HIDDEN: "Your week: no plan for now",
}
_NEXT = {
    PlanAccess.ALLOWED: "See it with: sidestep plan",
    PlanAccess.REDUCED: "See it with: sidestep plan",
    PlanAccess.HIDDEN: "A page for whoever you see: sidestep report page.pdf --for clinician",
}
MOST_OPEN_QUESTIONS = 12
MOST_PER_TIER = 4


def print_findings(console: Console, check: KneeCheck, knowledge: Knowledge) -> None:
    """Print a knee check: how soon to be seen first, then what fits, then whether to plan."""
    console.print()
    print_urgency(console, check, knowledge)
    if check.urgency is Urgency.EMERGENCY:
        _print_foot(console, check, knowledge)
        return
    _print_patterns(console, check, knowledge)
    console.print()
    console.print(_plan_panel(check))
    _print_causes(console, check, knowledge)
    _print_myths(console, check.myths, knowledge)
    _print_foot(console, check, knowledge)


def print_urgency(console: Console, check: KneeCheck, knowledge: Knowledge) -> None:
    """Print how soon to be seen and what is still open, and nothing that could distract."""
    console.print(_urgency_panel(check, knowledge))
    if not check.is_emergency:
        _print_open(console, check, knowledge)


def print_findings_in_brief(console: Console, check: KneeCheck, knowledge: Knowledge) -> None:
    """Print a knee check on one screen: how soon to be seen, what raised each pattern, causes."""
    console.print(_urgency_panel(check, knowledge))
    if check.urgency is Urgency.EMERGENCY:
        return
    for fitting in check.patterns:
        console.print(Text.assemble("Fits a pattern: ", (fitting.pattern.title, "bold")))
        for clue in fitting.raised_by:
            console.print(item("+", Text(clue)))
    present = _present_causes(check)
    if present:
        console.print()
        console.print(_causes_in_brief(present))
    console.print(Text("Patterns are never a diagnosis; other causes can feel the same.", "dim"))


def _causes_in_brief(present: Iterable[ScreenedCause]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("What may add to it", ratio=4)
    table.add_column("Your answer", ratio=5)
    table.add_column("Basis", width=9, style="dim")
    for screened in present:
        answers = "; ".join(screened.in_brief)
        table.add_row(Text(screened.cause.title), Text(answers), screened.cause.backing.basis.value)
    return table


def _present(check: KneeCheck) -> list[RaisedFlag]:
    return [each for each in check.red_flags if each.is_present]


def _present_causes(check: KneeCheck) -> list[ScreenedCause]:
    """Return the causes in the answers, those on the firmest ground first."""
    firmest = list(Basis)
    present = [screened for screened in check.causes if screened.is_present]
    return sorted(present, key=lambda screened: firmest.index(screened.cause.backing.basis))


def _urgency_panel(check: KneeCheck, knowledge: Knowledge) -> Panel:
    present = _present(check)
    if check.urgency is Urgency.EMERGENCY:
        present = [each for each in present if each.flag.urgency is Urgency.EMERGENCY]
    parts: list[RenderableType] = []
    if check.is_only_open:
        parts.append(
            Text(
                "Your answers leave warning signs open, and unknown is not no. Until they are"
                f" answered we count this as {check.urgency.word.replace('_', ' ')}."
            )
        )
        worst = next(each.flag for each in check.red_flags if not each.is_present)
        parts.append(
            Text.assemble(
                ("If you cannot answer: ", "bold"), f"be seen by {worst.who}, {worst.how_soon}."
            )
        )
    for raised in present:
        if parts:
            parts.append(Text())
        parts.extend(_flag_lines(raised, knowledge))
    if not present and not check.red_flags:
        parts.append(
            Text(
                "No warning sign in your answers. If it gets worse, or something new appears,"
                " answer again."
            )
        )
    is_emergency = check.urgency is Urgency.EMERGENCY
    return Panel(
        Group(*parts),
        title=Text(_title(check), "bold"),
        title_align="left",
        box=box.HEAVY if is_emergency else box.ROUNDED,
        padding=(1, 2),
    )


def _title(check: KneeCheck) -> str:
    return "NOT CLEAR YET: please answer more" if check.is_only_open else _URGENCY[check.urgency]


def _flag_lines(raised: RaisedFlag, knowledge: Knowledge) -> list[RenderableType]:
    flag = raised.flag
    return [
        Text(flag.title, "bold"),
        Text(flag.says),
        Text.assemble(("Who: ", "bold"), flag.who),
        Text.assemble(("How soon: ", "bold"), flag.how_soon),
        _ground(flag.backing, knowledge),
    ]


def _print_open(console: Console, check: KneeCheck, knowledge: Knowledge) -> None:
    still_open = [each for each in check.red_flags if not each.is_present]
    if still_open:
        _print_heading(console, "Not ruled out yet")
        for tier in sorted({each.flag.urgency for each in still_open}, reverse=True):
            titles = [each.flag.title for each in still_open if each.flag.urgency is tier]
            console.print(Text(tier.word.replace("_", " "), "bold"))
            for title in titles[:MOST_PER_TIER]:
                console.print(item("?", Text(title)))
            _print_more(console, len(titles) - MOST_PER_TIER)
    if check.unanswered:
        _print_heading(console, "Still to answer")
        for fact in check.unanswered[:MOST_OPEN_QUESTIONS]:
            question = knowledge.questions.get(fact)
            asks = question.asks if question else fact
            console.print(item("·", Text.assemble(asks, (f"  {fact}", "dim"))))
        _print_more(console, len(check.unanswered) - MOST_OPEN_QUESTIONS)


def _print_more(console: Console, count: int) -> None:
    if count > 0:
        console.print(item("·", Text(f"and {count} more", "dim")))


def _print_patterns(console: Console, check: KneeCheck, knowledge: Knowledge) -> None:
    _print_heading(console, "Patterns that can feel like this")
    if not check.patterns:
        console.print(Text("Your answers fit none of the patterns we know. That happens often."))
        return
    console.print(
        Text(
            "Never a diagnosis, and in no order of likelihood. Other causes can feel the same.",
            "dim",
        )
    )
    for fitting in check.patterns:
        console.print()
        _print_pattern(console, fitting, knowledge)


def _print_pattern(console: Console, fitting: FittingPattern, knowledge: Knowledge) -> None:
    pattern = fitting.pattern
    console.print(Text(pattern.title, "bold"))
    console.print(indented(Text(pattern.says)))
    for mark, clues in (("+", fitting.raised_by), ("–", fitting.lowered_by)):
        for clue in clues:
            console.print(item(mark, Text(clue)))
    if fitting.not_known:
        asked = [
            knowledge.questions[fact].asks if fact in knowledge.questions else fact
            for fact in fitting.not_known
        ]
        console.print(item("?", Text(f"Not known: {' '.join(asked)}", "dim")))
    console.print(indented(Text.assemble(("Ask a clinician: ", "bold"), pattern.ask_a_clinician)))
    console.print(indented(_ground(pattern.backing, knowledge)))


def _print_causes(console: Console, check: KneeCheck, knowledge: Knowledge) -> None:
    _print_heading(console, "What may add to it")
    present = _present_causes(check)
    if check.plan is not PlanAccess.HIDDEN:
        for screened in present:
            _print_cause(console, screened, knowledge)
    elif present:
        # What the plan would do about each is not said while there is no plan.
        console.print(_causes_in_brief(present))
    for truth, words in ((None, "Not known yet"), (False, "Not in your answers")):
        titles = [each.cause.title for each in check.causes if each.is_present is truth]
        if titles:
            console.print(Text.assemble((f"{words}: ", "bold"), "; ".join(titles), "."))


def _print_cause(console: Console, screened: ScreenedCause, knowledge: Knowledge) -> None:
    cause = screened.cause
    console.print(Text.assemble((cause.title, "bold"), f" · {'; '.join(screened.in_brief)}"))
    console.print(indented(Text.assemble(("What is known: ", "bold"), cause.known)))
    console.print(indented(Text.assemble(("In the plan: ", "bold"), cause.plan_does)))
    console.print(indented(_ground(cause.backing, knowledge)))
    console.print()


def _print_myths(console: Console, myths: Iterable[Myth], knowledge: Knowledge) -> None:
    for place, myth in enumerate(myths):
        if place == 0:
            _print_heading(console, "What you believe about knees")
        body = Group(Text(myth.says), _ground(myth.backing, knowledge))
        console.print(
            Panel(body, title=Text(f"“{myth.belief}”"), title_align="left", box=box.ROUNDED)
        )


def _plan_panel(check: KneeCheck) -> Panel:
    reasons = [Text(reason) for reason in check.plan_reasons]
    return Panel(
        Group(*reasons, Text(), Text(_NEXT[check.plan], "dim")),
        title=Text(_PLAN[check.plan], "bold"),
        title_align="left",
        box=box.ROUNDED,
        padding=(1, 2),
    )


def _print_foot(console: Console, check: KneeCheck, knowledge: Knowledge) -> None:
    shown: list[Backing] = [
        *(each.flag.backing for each in check.red_flags),
        *(each.pattern.backing for each in check.patterns),
        *(each.cause.backing for each in check.causes),
    ]
    reviewed = (
        "All rules shown have been reviewed."
        if shown and all(backing.reviewed for backing in shown)
        else f"These rules are {NOT_REVIEWED}. They do not replace being seen."
    )
    console.print(Text(f"{reviewed} Rules version {knowledge.version}.", "dim"))


def _ground(backing: Backing, knowledge: Knowledge) -> Text:
    return Text(ground(backing, knowledge.sources), "dim")


def _print_heading(console: Console, words: str) -> None:
    console.print()
    console.print(heading(words))
