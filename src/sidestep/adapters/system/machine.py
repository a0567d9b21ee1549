"""What an examination asks the machine: its Python and its time zone."""

import os
import re
import sys
from zoneinfo import ZoneInfo

from sidestep.services.ports.health import MachineState

_RULE = re.compile(r"(<[^>]+>|[A-Za-z]{3,})[+-]?\d")
"""How a zone begins that is spelt out instead of named, such as ``CET-1CEST``."""


def look_at_machine() -> MachineState:
    """Return the Python that runs and the zone that is set, if it is none."""
    version = sys.version_info
    return MachineState(
        python=(version.major, version.minor, version.micro), unknown_zone=_unknown_zone()
    )


def _unknown_zone() -> str:
    """Return what ``TZ`` is set to if the system takes it for UTC, which it does in silence."""
    zone = os.environ.get("TZ", "").removeprefix(":")
    if not zone or zone.startswith("/") or _RULE.match(zone):
        return ""
    try:
        ZoneInfo(zone)
    except (KeyError, OSError, ValueError):
        return zone
    return ""
