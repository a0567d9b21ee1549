"""What ingesting one original tells of what it changed."""

from datetime import UTC
from pathlib import Path

from builders.recordings import recording_of, steady_run
from sidestep.adapters.storage.originals import OriginalFolder
from sidestep.adapters.storage.streams import ParquetStreams
from sidestep.domain.activity.recording import Recording
from sidestep.domain.activity.steps import StepEstimate
from sidestep.services.importing.ingest_file import FileIngester, Ingested
from sidestep.services.ports import ActivityFileReader, FileItem, FileReading, RowItem

EMPTY = recording_of(None)


class OneReading:
    def __init__(self, *recordings: Recording) -> None:
        self.reading = FileReading(reader="gpx", recordings=recordings)

    def read(self, name: str, content: bytes) -> FileReading:
        return self.reading


def make_ingester(folder: Path, reader: ActivityFileReader) -> FileIngester:
    return FileIngester(
        read_bytes=lambda _: b"a file",
        reader=reader,
        originals=OriginalFolder(folder / "originals"),
        streams=ParquetStreams(folder / "streams"),
        zone=UTC,
        step_estimate=StepEstimate(steps_per_km=900.0),
    )


def ingest(folder: Path, *recordings: Recording) -> Ingested:
    item = FileItem(shown_as="a.gpx", container=folder / "a.gpx", member=None)
    return make_ingester(folder, OneReading(*recordings)).ingest(item, {})


def test_an_empty_session_does_not_cost_the_run_beside_it(tmp_path: Path) -> None:
    ingested = ingest(tmp_path, EMPTY, steady_run())
    assert [row.summary.distance_m for row in ingested.rows] == [1800.0]
    assert ingested.outcome == "read"
    assert "neither time nor distance" in ingested.detail
    assert ingested.rows[0].stream_key is not None
    assert ingested.rows[0].stream_key.endswith("-1")


def test_a_file_of_nothing_but_empty_sessions_fails(tmp_path: Path) -> None:
    ingested = ingest(tmp_path, EMPTY, EMPTY)
    assert (ingested.outcome, ingested.rows) == ("failed", ())
    assert "neither time nor distance" in ingested.detail


def test_a_doubled_count_of_steps_is_told_with_the_other_repairs(tmp_path: Path) -> None:
    item = RowItem(
        shown_as="a", reader="garmin", content=b"a", recording=steady_run(steps_counted=848)
    )
    ingested = make_ingester(tmp_path, OneReading()).ingest(item, {})
    (row,) = ingested.rows
    assert row.summary.steps == 1696
    assert any("one foot" in repair for repair in row.repairs)
    assert "one foot" in ingested.detail
