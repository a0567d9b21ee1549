"""The ``sidestep`` command: finds its subcommands by file and maps errors to exit codes."""

import importlib
import sys
from typing import Any

import click

from sidestep import __version__
from sidestep.cli.session import Session, home_option, json_option

COMMANDS = {
    "import": ("import_files", "Read the files of your watch or an account export."),
    "activities": ("activities", "List what was imported; answer questions about odd recordings."),
    "load": (
        "load",
        "What stands out in your training: too much, too soon, no rest, one direction.",
    ),
    "knee": ("knee", "Answer where and how it hurts; learn how soon to be seen, and what fits."),
    "clip": ("clip", "See the knee: measure a running or squat clip, compare two."),
    "profile": ("profile", "Days, minutes and equipment you have, for the plan."),
    "plan": ("plan", "This week: runs, stretches, side steps, strength, rest."),
    "today": ("today", "One card: what today is for, and what the last days changed about it."),
    "log": ("log", "Tell of a day: pain, run, exercises. A minute, and all of it optional."),
    "review": ("review", "The week in three numbers, and one change to take or leave."),
    "exercise": ("exercise", "Every exercise: how, how much, easier, harder, instead."),
    "report": ("report", "One page as PDF, for you or for a clinician."),
    "knowledge": ("knowledge", "Every rule, its basis and its sources."),
    "serve": ("serve", "Open it all in the browser, on this machine or in the house."),
    "data": ("data", "Export everything, or erase it."),
    "backup": ("backup", "Everything as one file, encrypted if you like."),
    "restore": ("restore", "Put a backup back where nothing is yet."),
    "doctor": ("doctor", "What is wrong with your data folder, and what to do."),
    "demo": ("demo", "Try it all on a made-up runner."),
}
"""Command name to (module in this package, one line of help), so that help needs no import."""


class LazyGroup(click.Group):
    """A group that imports a subcommand only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module and return what it defines as ``command``."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"sidestep.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_line) for name, (_, help_line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sidestep")
@home_option
@json_option
@click.pass_context
def command(ctx: click.Context, /, **_: Any) -> None:
    """From a sore knee and a watch's files to a week you can trust.

    Everything stays on this machine. Start with: sidestep demo
    """
    ctx.ensure_object(Session)


def main() -> None:
    """Run the command; exit codes: 0 done, 1 could not, 2 wrong use, 70 our fault."""
    from sidestep.cli.exits import run

    sys.exit(run(command))
