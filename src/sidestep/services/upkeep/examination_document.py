"""What other programs read of an examination."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sidestep import __version__
from sidestep.services.upkeep.examine_home import Check, all_is_well


def examination_document(checks: Sequence[Check], home: Path) -> dict[str, Any]:
    """Build the document of an examination."""
    return {
        "fine": all_is_well(checks),
        "home": str(home),
        "program_version": __version__,
        "checks": [
            {
                "id": check.id,
                "title": check.title,
                "fine": check.is_fine,
                "says": check.finding.says,
                "to_do": check.finding.to_do or None,
            }
            for check in checks
        ],
    }
