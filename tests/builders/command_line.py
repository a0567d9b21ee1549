"""Runs a command as a person types it."""

from click.testing import CliRunner, Result

from sidestep.cli.main import command


def sidestep(*arguments: str, typed: str = "") -> Result:
    """Run a command that must succeed."""
    result = CliRunner().invoke(command, arguments, input=typed)
    assert result.exit_code == 0, result.output
    return result
