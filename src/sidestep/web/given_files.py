"""Gives files to a browser to save; what is in them is the services' and the adapters'."""

import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Final

from starlette.responses import Response

CALENDAR: Final = "text/calendar; charset=utf-8"
FIT: Final = "application/vnd.ant.fit"
TEXT: Final = "text/plain; charset=utf-8"
ZIP: Final = "application/zip"

_READABLE = 0o644 << 16
"""Who may read what is unpacked; nobody may without it."""


def given_file(content: bytes, name: str, kind: str) -> Response:
    """Return a file to save under a name of ours, of plain letters."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)


def bundled(files: Mapping[str, bytes], on: date) -> bytes:
    """Return files as one archive; the same files of the same day always give the same bytes."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = _READABLE
            archive.writestr(entry, content)
    return packed.getvalue()
