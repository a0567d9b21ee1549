"""Finds the browser that the pages are tested in."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""As quiet as a browser gets: it must ask nobody for anything while it is watched for that."""


def chromium() -> str:
    """Return the path of a Chromium; a test without one fails."""
    named = os.environ.get("SIDESTEP_CHROMIUM")
    found = named or next((path for name in NAMES if (path := shutil.which(name))), None)
    found = found or next((str(path) for path in MAC if path.exists()), None)
    assert found, "no Chromium: install one, or name it in SIDESTEP_CHROMIUM"
    return found
