"""What an account's list says fills what its file leaves open, and only that."""

from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from builders.recordings import steady_run
from sidestep.adapters.storage.originals import OriginalFolder
from sidestep.adapters.storage.streams import ParquetStreams
from sidestep.domain.activity.recording import Recording
from sidestep.domain.activity.steps import StepEstimate
from sidestep.domain.activity.summary import ActivitySummary
from sidestep.domain.vocabulary.sport import Sport
from sidestep.services.importing.ingest_file import FileIngester
from sidestep.services.ports import AccountHint, FileItem, FileReading, Loss

HINT = AccountHint(sport=Sport.FOOTBALL, duration_s=5000, elapsed_s=5400, distance_m=9e3)


class OneReading:
    def __init__(self, reading: FileReading) -> None:
        self.reading = reading

    def read(self, name: str, content: bytes) -> FileReading:
        return self.reading


def summarise_with_hint(
    folder: Path, recording: Recording, loss: Loss | None = None
) -> ActivitySummary:
    ingester = FileIngester(
        read_bytes=lambda _: b"a file",
        reader=OneReading(FileReading(reader="gpx", recordings=(recording,), loss=loss)),
        originals=OriginalFolder(folder / "originals"),
        streams=ParquetStreams(folder / "streams"),
        zone=UTC,
        step_estimate=StepEstimate(steps_per_km=900.0),
    )
    item = FileItem(shown_as="a.gpx", container=folder / "a.gpx", member=None, hint=HINT)
    (row,) = ingester.ingest(item, {}).rows
    return row.summary


def track() -> Recording:
    """Ten minutes of samples as a track has them, without any totals of its own."""
    return replace(steady_run(), duration_s=None, elapsed_s=None, distance_m=None)


def test_samples_speak_for_themselves(tmp_path: Path) -> None:
    summary = summarise_with_hint(tmp_path, track())
    assert summary.sport is Sport.FOOTBALL
    assert summary.elapsed_s == pytest.approx(600.0)
    assert summary.distance_m is not None
    assert summary.distance_m < 3000.0


def test_a_damaged_file_is_filled_up_from_the_list(tmp_path: Path) -> None:
    loss = Loss(recovered_s=600.0, expected_s=None, reason="it ends in the middle")
    summary = summarise_with_hint(tmp_path, track(), loss)
    assert (summary.elapsed_s, summary.distance_m) == (5400.0, 9000.0)


def test_a_file_without_samples_takes_the_totals_of_the_list(tmp_path: Path) -> None:
    summary = summarise_with_hint(tmp_path, replace(track(), streams=None))
    assert (summary.duration_s, summary.distance_m) == (5000.0, 9000.0)
