"""What ingesting one original tells of what it changed."""

from datetime import UTC
from pathlib import Path

from builders.recordings import steady_run
from sidestep.adapters.storage.originals import OriginalFolder
from sidestep.adapters.storage.streams import ParquetStreams
from sidestep.domain.activity.steps import StepEstimate
from sidestep.services.importing.ingest_file import FileIngester
from sidestep.services.ports import FileReading, RowItem


class NoFiles:
    def read(self, name: str, content: bytes) -> FileReading:
        raise AssertionError(name)


def test_a_doubled_count_of_steps_is_told_with_the_other_repairs(tmp_path: Path) -> None:
    ingester = FileIngester(
        read_bytes=lambda _: b"",
        reader=NoFiles(),
        originals=OriginalFolder(tmp_path / "originals"),
        streams=ParquetStreams(tmp_path / "streams"),
        zone=UTC,
        step_estimate=StepEstimate(steps_per_km=900.0),
    )
    item = RowItem(
        shown_as="a", reader="garmin", content=b"a", recording=steady_run(steps_counted=848)
    )
    ingested = ingester.ingest(item, {})
    (row,) = ingested.rows
    assert row.summary.steps == 1696
    assert any("one foot" in repair for repair in row.repairs)
    assert "one foot" in ingested.detail
