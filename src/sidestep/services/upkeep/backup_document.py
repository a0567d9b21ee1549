"""What other programs read about a backup that was made or restored."""

from pathlib import Path
from typing import Any

from sidestep.services.ports import Backup


def backup_document(backup: Backup) -> dict[str, Any]:
    """Build the document of a backup that was made."""
    return {
        "file": str(backup.path),
        "made_at": backup.made_at.isoformat(),
        "program_version": backup.program_version,
        "database_revision": backup.database_revision,
        "files": backup.files,
        "size_bytes": backup.size_bytes,
        "encrypted": backup.is_encrypted,
    }


def restored_document(backup: Backup, home: Path) -> dict[str, Any]:
    """Build the document of a backup that was put back."""
    return {"home": str(home), **backup_document(backup)}
