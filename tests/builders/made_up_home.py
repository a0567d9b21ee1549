"""The data folder of the made-up runner: her files imported, her knee checked, her week planned."""

import shutil
from pathlib import Path

from builders.command_line import sidestep


def make_home(folder: Path) -> Path:
    """Run the demonstration and return the data folder it leaves."""
    sidestep("demo", "--folder", str(folder))
    return folder / "home"


def copy_home(made: Path, home: Path) -> Path:
    """Copy a data folder that nobody has open, for a test that changes it."""
    shutil.copytree(made, home)
    return home
