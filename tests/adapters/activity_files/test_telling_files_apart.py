"""Files are told apart by content, never by name; what is not accepted is named."""

import gzip

import pytest

from builders.activity_bytes import full_run
from sidestep.adapters.activity_files.reader import ActivityFiles
from sidestep.adapters.activity_files.writing import write_fit, write_gpx, write_tcx
from sidestep.errors import UnreadableFileError


@pytest.mark.parametrize(
    ("content", "reader"),
    [
        (write_fit(full_run(seconds=60)), "fitfast"),
        (write_gpx(full_run(seconds=60)), "gpx"),
        (write_tcx(full_run(seconds=60)), "tcx"),
    ],
)
def test_the_name_does_not_matter(content: bytes, reader: str) -> None:
    for name in ("a.fit", "b.gpx", "c.tcx", "d", "e.jpg"):
        assert ActivityFiles().read(name, content).reader == reader
        assert ActivityFiles().read(name, gzip.compress(content)).reader == reader


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "empty"),
        (gzip.compress(b"", mtime=0), "empty"),
        (bytes(500), "500 zero bytes"),
        (b"PK\x03\x04....", "a zip archive"),
        (b"%PDF-1.7", "a PDF document"),
        (b"\x89PNG\r\n", "a picture"),
        (b'{"a": 1}', "JSON text"),
        (b"<html><body>Sign in</body></html>", "XML of another kind (<html>)"),
        (
            b"Date,Distance\n2026-05-04,5.0\n",
            "text of another kind (it begins with 'Date,Distance')",
        ),
        (b"\x01\x02\x03\x04", "of a kind not known here"),
    ],
)
def test_anything_else_is_named_and_the_accepted_kinds_are_listed(
    content: bytes, found: str
) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        ActivityFiles().read("some file", content)
    assert found in caught.value.message
    assert "FIT, GPX and TCX files are read" in caught.value.message
    assert caught.value.hint
