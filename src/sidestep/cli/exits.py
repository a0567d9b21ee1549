"""Exit codes, and how an error is told."""

import json
import os
import sys
import traceback

import click

from sidestep.cli.session import Session
from sidestep.errors import SidestepError

DONE, COULD_NOT, WRONG_USE, OUR_FAULT = 0, 1, 2, 70

USAGE_HINT = "Add --help to the command to see what it takes."
SYSTEM_HINT = "Check that the folder exists, can be written and has room."


def run(command: click.Command, arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code; errors go to stderr (and as JSON to stdout)."""
    try:
        code = _run(command, arguments, Session())
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has gone; what is left of it must not be written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return code


def _run(command: click.Command, arguments: list[str] | None, session: Session) -> int:
    try:
        code = command.main(
            args=arguments, prog_name="sidestep", standalone_mode=False, obj=session
        )
        return code if isinstance(code, int) else DONE
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.exceptions.Abort:
        return _tell(session, "stopped", "Stopped. Nothing was lost.", "")
    except click.ClickException as wrong:
        if session.as_json:
            _print_error_json("usage", wrong.format_message(), USAGE_HINT)
        wrong.show()
        return WRONG_USE
    except SidestepError as error:
        return _tell(session, error.code, f"Error: {error.message}", error.hint)
    except BrokenPipeError:
        raise
    except OSError as refused:
        what = f"{refused.filename}: {refused.strerror}" if refused.filename else str(refused)
        return _tell(session, "system", f"Error: {what}", SYSTEM_HINT)
    except Exception as fault:
        if session.as_json:
            _print_error_json("internal", f"unexpected {type(fault).__name__}", "")
        traceback.print_exc()
        click.echo("This is a fault in Sidestep, not in what you gave. Nothing was lost.", err=True)
        return OUR_FAULT


def _tell(session: Session, code: str, message: str, hint: str) -> int:
    if session.as_json:
        _print_error_json(code, message.removeprefix("Error: "), hint)
    click.echo(message, err=True)
    if hint:
        click.echo(f"  What to do: {hint}", err=True)
    return COULD_NOT


def _print_error_json(code: str, message: str, hint: str) -> None:
    document = {"error": {"code": code, "message": message, "hint": hint}}
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
