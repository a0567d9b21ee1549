"""``sidestep profile``: shows and changes days, minutes, equipment and wishes for the plan."""

from typing import TYPE_CHECKING, Any

import click

from sidestep.cli.session import Session, common_options, pass_session

if TYPE_CHECKING:
    from sidestep.domain.planning.request import RunnerProfile

NONE = frozenset({"", "none", "any", "default"})
"""Words that take a value back."""


@click.group(name="profile", invoke_without_command=True)
@common_options
@pass_session
@click.pass_context
def command(ctx: click.Context, session: Session) -> None:
    """See the days, minutes and equipment your plan is made for.

    Change them with: sidestep profile set
    """
    if ctx.invoked_subcommand is None:
        from sidestep.services.week.edit_profile import known_profile

        _show(session, known_profile(session.wiring.store))


@command.command(name="set")
@click.option("--not-on", metavar="DAYS", help="Days you cannot train: tue,thu (or none).")
@click.option(
    "--minutes",
    multiple=True,
    metavar="MIN",
    help="Minutes a day: 30, or for one day sat=60 (any takes it back). Repeatable.",
)
@click.option("--equipment", metavar="LIST", help="What you have: band,step (or none).")
@click.option("--running-days", metavar="N", help="Your own most running days (or default).")
@click.option("--long-run", metavar="DAY", help="Day you would like for the longest run (or none).")
@click.option("--run-on", metavar="DAYS", help="Days you would like to run on (or none).")
@click.option(
    "--class",
    "group_class",
    metavar="DAY=MIN",
    help="A group class you go to every week: wed=60 (or none).",
)
@click.option(
    "--goal",
    metavar="KM@DATE",
    help="A distance you would like to run on a day: 10@2027-05-02 (or none).",
)
@click.option("--body-mass", metavar="KG", help="Body mass in kilograms (or none).")
@click.option("--height", metavar="CM", help="Height in centimetres (or none).")
@common_options
@pass_session
def set_profile(session: Session, /, **options: Any) -> None:
    """Change what your plan is made for; what you do not name stays."""
    from sidestep.services.week.edit_profile import known_profile, profile_document
    from sidestep.services.week.profile_and_weeks import change_profile_and_weeks
    from sidestep.services.week.weeks_anew import rest_of_week

    wiring = session.wiring
    before = profile_document(known_profile(wiring.store))
    changes = changes_from(options, before)
    if not changes:
        raise click.UsageError("There is nothing to change: name something, such as --minutes 30.")
    profile = change_profile_and_weeks(
        changes, store=wiring.store, knowledge=wiring.knowledge, clock=wiring.clock
    )
    _show(session, profile)
    if not session.as_json and rest_of_week(
        store=wiring.store, knowledge=wiring.knowledge, clock=wiring.clock
    ):
        session.console.print(
            "The week under way stays as it was planned. Plan what is left of it anew: "
            "[bold]sidestep plan[/bold]"
        )


@command.command(name="clinician")
@click.option(
    "--no-running-until", metavar="DATE", help="First day with running again: 2027-01-15 (or none)."
)
@click.option("--longest-km", metavar="KM", help="Longest run in kilometres (or none).")
@click.option("--longest-min", metavar="MIN", help="Longest run in minutes (or none).")
@click.option("--running-days", metavar="N", help="Running days a week at most (or none).")
@click.option(
    "--no-jumping/--jumping",
    default=None,
    help="No jumping and no sport that goes sideways; --jumping takes it back.",
)
@click.option("--pain-max", metavar="N", help="Pain, 0 to 10, above which you rest (or none).")
@click.option(
    "--not-doing",
    metavar="LIST",
    help="Exercises not to be done, or kinds: stretches, side_steps, side_work, strength, "
    "foot_work (or none).",
)
@click.option(
    "--said-by", metavar="TEXT", help="Who said so and when; for you alone, and optional (or none)."
)
@click.option("--seen-on", metavar="DATE", help="Last day somebody looked at the knee (or none).")
@click.option("--no-limits", is_flag=True, help="Take all of them back.")
@common_options
@pass_session
def clinician(session: Session, /, no_limits: bool, **options: Any) -> None:
    """Set limits that a doctor or physiotherapist told you; without options, show them.

    They hold at once and come before everything else. They can only make a week stricter: of your
    own limit and theirs, the stricter one wins.
    """
    from sidestep.services.week.edit_profile import known_profile, profile_document
    from sidestep.services.week.profile_and_weeks import change_profile_and_weeks

    wiring = session.wiring
    profile = known_profile(wiring.store)
    changes = _clinician_changes(options)
    if no_limits or changes:
        before = profile_document(profile)["clinician"] or {}
        profile = change_profile_and_weeks(
            {"clinician": None if no_limits else {**before, **changes}},
            store=wiring.store,
            knowledge=wiring.knowledge,
            clock=wiring.clock,
        )
    _show_clinician(session, profile)


_CLINICIAN_FIELDS = {
    "no_running_until": "no_running_until",
    "longest_km": "longest_run_km",
    "longest_min": "longest_run_min",
    "running_days": "running_days_max",
    "pain_max": "pain_max",
    "said_by": "said_by",
    "seen_on": "seen_on",
}


def _clinician_changes(options: dict[str, Any]) -> dict[str, Any]:
    changes: dict[str, Any] = {
        field: _value_or_none(options[option])
        for option, field in _CLINICIAN_FIELDS.items()
        if options[option] is not None
    }
    if options["no_jumping"] is not None:
        changes["no_jumping"] = options["no_jumping"]
    if options["not_doing"] is not None:
        changes["not_doing"] = _listed(options["not_doing"])
    return changes


def _show_clinician(session: Session, profile: "RunnerProfile") -> None:
    from rich.markup import escape

    from sidestep.domain.vocabulary.days import day_in_words
    from sidestep.services.week.edit_profile import profile_document

    limits = profile.clinician
    if session.as_json:
        session.print_json(profile_document(profile)["clinician"])
        return
    console = session.console
    if limits.seen_on is not None:
        console.print(f"Somebody looked at your knee on {day_in_words(limits.seen_on)}.")
    if not limits.is_set:
        console.print(
            "No limits of a clinician. Set what you were told: "
            "[bold]sidestep profile clinician --longest-km 5[/bold]"
        )
        return
    console.print("[bold]What your clinician said[/bold]\n")
    for limit in limits.in_words.values():
        console.print(f"  {limit[:1].upper()}{limit[1:]}.", highlight=False)
    if limits.not_doing:
        names = ", ".join(sorted(limits.not_doing))
        console.print(f"  [dim]{escape(names)}[/dim]", highlight=False)
    if limits.said_by:
        console.print(f"  [dim]{escape(limits.said_by)}[/dim]", highlight=False)
    console.print(
        "\nYour weeks keep to it from now on. All options: "
        "[bold]sidestep profile clinician --help[/bold]"
    )


def changes_from(options: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """Turn the options given into changes of the profile document."""
    changes: dict[str, Any] = {}
    for field in ("not_on", "run_on", "equipment"):
        if options[field] is not None:
            changes[field] = _listed(options[field])
    for option, field in (
        ("running_days", "running_days_max"),
        ("long_run", "long_run_on"),
        ("body_mass", "body_mass_kg"),
        ("height", "height_cm"),
    ):
        if options[option] is not None:
            changes[field] = _value_or_none(options[option])
    if options["group_class"] is not None:
        changes["group_class"] = _group_class(options["group_class"])
    if options["goal"] is not None:
        changes["goal"] = _goal(options["goal"])
    if options["minutes"]:
        changes.update(_minutes(options["minutes"], before))
    return changes


def _group_class(text: str) -> dict[str, str] | None:
    if _value_or_none(text) is None:
        return None
    day, equals, minutes = text.partition("=")
    if not equals:
        raise click.BadParameter(
            f"{text!r} is no class; say its day and minutes, such as wed=60", param_hint="--class"
        )
    return {"weekday": day, "minutes": minutes.strip()}


def _goal(text: str) -> dict[str, str] | None:
    if _value_or_none(text) is None:
        return None
    distance_km, at, on = text.partition("@")
    if not at:
        raise click.BadParameter(
            f"{text!r} is no goal; say distance and day, such as 10@2027-05-02",
            param_hint="--goal",
        )
    return {"distance_km": distance_km.strip(), "on": on.strip()}


def _listed(text: str) -> list[str]:
    if text.strip().lower() in NONE:
        return []
    return [word.strip() for word in text.split(",") if word.strip()]


def _value_or_none(text: str) -> str | None:
    return None if text.strip().lower() in NONE else text.strip()


def _minutes(given: tuple[str, ...], before: dict[str, Any]) -> dict[str, Any]:
    from sidestep.services.week.edit_profile import WEEKDAY_IDS, weekday_of

    every_day = before["minutes"]
    on_days = dict(before["minutes_on"])
    for text in given:
        day, equals, value = text.partition("=")
        if not equals:
            every_day = _value_or_none(text)
            continue
        name = WEEKDAY_IDS[weekday_of(day)]
        on_days[name] = _value_or_none(value)
    return {
        "minutes": every_day,
        "minutes_on": {day: value for day, value in on_days.items() if value is not None},
    }


def _show(session: Session, profile: "RunnerProfile") -> None:
    from sidestep.services.week.edit_profile import profile_document

    document = profile_document(profile)
    if session.as_json:
        session.print_json(document)
        return
    from rich.table import Table

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="bold")
    table.add_column()
    for label, text in _rows(document):
        table.add_row(label, text)
    session.console.print("[bold]What your plan is made for[/bold]\n")
    session.console.print(table)
    if profile.clinician.is_set:
        for limit in profile.clinician.in_words.values():
            session.console.print(f"  {limit[:1].upper()}{limit[1:]}.", highlight=False)
    session.console.print(
        "\nChange it: [bold]sidestep profile set --not-on tue,thu --minutes 30[/bold]\n"
        "All options: [bold]sidestep profile set --help[/bold]"
    )


def _rows(document: dict[str, Any]) -> list[tuple[str, str]]:
    per_day = [f"{day} {minutes}" for day, minutes in document["minutes_on"].items()]
    every_day = "no limit" if document["minutes"] is None else f"{document['minutes']} a day"
    running_days = document["running_days_max"]
    return [
        ("Cannot train on", ", ".join(document["not_on"]) or "any day is fine"),
        ("Minutes", ", ".join([every_day, *per_day])),
        ("Equipment", ", ".join(document["equipment"]) or "none (a floor, a wall, a chair)"),
        (
            "Running days at most",
            "the trainer's convention" if running_days is None else f"{running_days}, your choice",
        ),
        ("Longest run on", document["long_run_on"] or "no wish"),
        ("Rather run on", ", ".join(document["run_on"]) or "no wish"),
        ("Group class", _class_words(document["group_class"])),
        ("Goal", _goal_words(document["goal"])),
        ("Your clinician", "no limits" if document["clinician"] is None else "set limits, below"),
        ("Body mass", _measure(document["body_mass_kg"], "kg")),
        ("Height", _measure(document["height_cm"], "cm")),
    ]


def _class_words(group_class: dict[str, Any] | None) -> str:
    if group_class is None:
        return "none"
    return f"{group_class['weekday']}, {group_class['minutes']} min"


def _goal_words(goal: dict[str, Any] | None) -> str:
    return "none" if goal is None else f"{goal['distance_km']:g} km on {goal['on']}"


def _measure(value: float | None, unit: str) -> str:
    return "not told" if value is None else f"{value:g} {unit}"
