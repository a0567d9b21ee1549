"""A file that ends its reader costs itself, not the upload; a bomb costs its job, with a reason."""

import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from builders.clip_results import kept_squat
from builders.daily_loop import check_the_knee
from builders.job_homes import settings_of, zip_of_runs
from builders.summaries import MONDAY
from fakes.jobs import HandedJob
from sidestep.adapters.reports.typst_pages import TypstPages
from sidestep.batch import job_handlers
from sidestep.batch.fences import MIB
from sidestep.batch.job_handlers import (
    CLIP_LIMITS,
    MOST_CRASHES,
    UPLOAD_LIMITS,
    analyse_upload,
    import_upload,
    make_archive,
    make_report,
)
from sidestep.batch.limited_tasks import ClipOrder, UploadOrder
from sidestep.bootstrap.wiring import Wiring
from sidestep.errors import (
    InputError,
    JobStoppedError,
    LimitError,
    SidestepError,
    StorageError,
    UnreadableFileError,
)
from sidestep.languages.language import Language
from sidestep.services.clips.delete_clip import delete_clip
from sidestep.services.importing.ingest_file import Ingested
from sidestep.services.ports.job_files import SentFile
from sidestep.services.ports.jobs import JobKind, JobStage
from sidestep.services.ports.report_pages import RunnerPage
from sidestep.services.report.asked_page import AskedPage, PageFor
from sidestep.services.week.kept_week import kept_week_of, notes_of
from sidestep.services.week.shown_week import shown_week


@pytest.fixture
def wiring(tmp_path: Path) -> Wiring:
    return Wiring(settings_of(tmp_path / "home"))


class ScriptedChild:
    """Reads as many items as there are, except that its process ends on some."""

    n_items = 10
    deadly: frozenset[int] = frozenset()
    result = None

    def __init__(
        self, task: str, argument: UploadOrder, *, limits: object, is_stopped: Callable[[], bool]
    ) -> None:
        self._first = argument.first

    def __enter__(self) -> "ScriptedChild":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def __iter__(self) -> Iterator[Any]:
        yield "total", self.n_items
        for number in range(self._first, self.n_items):
            yield "begins", f"item {number}"
            if number in self.deadly:
                raise UnreadableFileError("the reader crashed", hint="Try another.")
            yield "read", Ingested(shown_as=f"item {number}", sha256="", outcome="skipped")


def test_a_file_that_ends_its_reader_fails_alone(
    wiring: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ScriptedChild, "deadly", frozenset({0, 3, 4, 9}))
    monkeypatch.setattr(job_handlers, "LimitedChild", ScriptedChild)
    job = HandedJob()

    result = import_upload(job, wiring, (), UPLOAD_LIMITS)

    assert (result["skipped"], result["failed"], result["n_files"]) == (6, 4, 10)
    failed = [file for file in result["files"] if file["outcome"] == "failed"]
    assert [file["path"] for file in failed] == ["item 0", "item 3", "item 4", "item 9"]
    assert failed[0]["detail"] == "the reader crashed. Try another"
    assert job.told[-1] == (1.0, JobStage.READING)


def test_an_upload_of_nothing_but_deadly_files_is_given_up(
    wiring: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ScriptedChild, "deadly", frozenset(range(MOST_CRASHES + 1)))
    monkeypatch.setattr(job_handlers, "LimitedChild", ScriptedChild)

    with pytest.raises(UnreadableFileError, match="crashed"):
        import_upload(HandedJob(), wiring, (), UPLOAD_LIMITS)


def test_a_first_week_does_not_stay_without_the_history(
    wiring: Wiring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIDESTEP_TODAY", (MONDAY + timedelta(days=7)).date().isoformat())
    check_the_knee(wiring)
    shown = shown_week(store=wiring.store, knowledge=wiring.knowledge, clock=wiring.clock)
    assert "no_recent_run" in {note.rule for note in shown.notes}
    sent = tmp_path / "0001.zip"
    sent.write_bytes(zip_of_runs(2, seconds=300))

    import_upload(HandedJob(), wiring, (SentFile(path=sent, label="my runs.zip"),), UPLOAD_LIMITS)

    week = kept_week_of(wiring.store, shown.starts)
    assert week is not None
    assert "no_recent_run" not in {note.rule for note in notes_of(week)}


def test_a_bomb_in_an_archive_fails_alone(wiring: Wiring, tmp_path: Path) -> None:
    sent = tmp_path / "0001.zip"
    sent.write_bytes(zip_of_runs(2, seconds=300))
    with zipfile.ZipFile(sent, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.gpx", bytes(400 * MIB))

    result = import_upload(
        HandedJob(), wiring, (SentFile(path=sent, label="my runs.zip"),), UPLOAD_LIMITS
    )

    assert (result["imported"], result["failed"]) == (2, 1)
    (bomb,) = result["files"]
    assert bomb["path"].startswith("my runs.zip")
    assert "0001" not in bomb["path"] + bomb["detail"]


class DrawingChild:
    """Implements the child that watches a clip: draws two pictures, and ends as it is told to."""

    ends: type[SidestepError] | None = None
    draws = "overlay.mp4"

    def __init__(
        self, task: str, argument: ClipOrder, *, limits: object, is_stopped: Callable[[], bool]
    ) -> None:
        self._folder = Wiring(argument.settings).clip_folder
        self._place = argument.place
        self.result = kept_squat().content

    def __enter__(self) -> "DrawingChild":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def __iter__(self) -> Iterator[float]:
        path = self._folder.pictures(self._place) / self.draws
        path.write_bytes(b"pictures")
        yield 0.5
        if self.ends is not None:
            raise self.ends("it ended", hint="")
        self.result["pictures"] = {"overlay": self._folder.name_of(path)}


def test_a_clip_done_again_after_its_end_leaves_one_place_and_a_failed_one_none(
    wiring: Wiring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_handlers, "LimitedChild", DrawingChild)
    sent = (SentFile(path=tmp_path / "0001.mp4", label="knee.mp4"),)
    job = HandedJob({"shows": "squat"}, kind=JobKind.ANALYSE_CLIP)
    clips = wiring.settings.files / "clips"

    # What a worker leaves that was killed while it drew.
    (wiring.clip_folder.pictures(job.id) / "half.mp4").write_bytes(b"half")
    analyse_upload(job, wiring, sent, CLIP_LIMITS)
    analyse_upload(job, wiring, sent, CLIP_LIMITS)

    (kept,) = wiring.store.documents("clip_squat")
    (place,) = clips.iterdir()
    assert [path.name for path in place.iterdir()] == ["overlay.mp4"]
    delete_clip(kept, store=wiring.store, folder=wiring.clip_folder)
    assert not list(clips.iterdir())

    monkeypatch.setattr(DrawingChild, "ends", UnreadableFileError)
    with pytest.raises(UnreadableFileError):
        analyse_upload(job, wiring, sent, CLIP_LIMITS)
    assert not list(clips.iterdir())


@pytest.mark.skipif("not __import__('sys').platform.startswith('linux')")
@pytest.mark.parametrize("memory_mib", [720, 800])
def test_a_clip_that_wants_too_much_memory_is_told_so(
    wiring: Wiring, tmp_path: Path, memory_mib: int
) -> None:
    sent = tmp_path / "0001.mp4"
    write_large_clip(sent)
    limits = replace(CLIP_LIMITS, memory_bytes=memory_mib * MIB)
    job = HandedJob({"shows": "squat"}, kind=JobKind.ANALYSE_CLIP)

    with pytest.raises((LimitError, UnreadableFileError), match=r"memory|crashed") as caught:
        analyse_upload(job, wiring, (SentFile(path=sent, label="big.mp4"),), limits)

    assert caught.value.hint
    assert not wiring.store.documents("clip_squat")


def write_large_clip(path: Path) -> None:
    """Four frames of the largest picture that is read at all."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=30)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 8192, 4320, "yuv420p"
        stream.codec_context.options = {"preset": "ultrafast", "crf": "40"}
        black = np.zeros((4320 * 3 // 2, 8192), np.uint8)
        frame = av.VideoFrame.from_ndarray(black, format="yuv420p")
        for number in range(4):
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def test_an_import_that_waits_for_another_can_be_stopped(
    wiring: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_handlers, "LOOK_AGAIN_S", 0.01)
    held, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with Wiring(wiring.settings).import_turn.take(lambda: None):
            held.set()
            leave.wait()

    other = threading.Thread(target=hold)
    other.start()
    held.wait()
    job = HandedJob(stops_at=JobStage.WAITING)
    try:
        with pytest.raises(JobStoppedError):
            import_upload(job, wiring, (), UPLOAD_LIMITS)
    finally:
        leave.set()
        other.join()
    assert job.told == [(0.0, JobStage.WAITING)]


def page_job(wiring: Wiring, **options: Any) -> HandedJob:
    asked = AskedPage(page_for=PageFor.RUNNER, on=MONDAY.date())
    return HandedJob(asked.as_plain(), kind=JobKind.MAKE_REPORT, **options)


def test_a_page_that_is_made_again_is_still_one(wiring: Wiring) -> None:
    job = page_job(wiring)
    path = wiring.job_files.page(job.owner, job.id)

    assert make_report(job, wiring) == {"for": "runner", "pages": 1}
    first = path.read_bytes()
    make_report(job, wiring)

    assert list(path.parent.iterdir()) == [path]
    assert path.read_bytes() == first


def test_a_page_that_was_stopped_is_not_kept(wiring: Wiring) -> None:
    job = page_job(wiring, stops_at=JobStage.WRITING)
    with pytest.raises(JobStoppedError):
        make_report(job, wiring)
    assert not wiring.job_files.page(job.owner, job.id).exists()


class FullDisk(TypstPages):
    """Sets pages that nothing can hold."""

    def write_runner_page(self, page: RunnerPage, path: Path, reader: Language) -> None:
        raise StorageError(f"{path} cannot be written: No space left on device")


def test_a_page_that_cannot_be_written_says_what_to_do_and_not_where(wiring: Wiring) -> None:
    wiring.__dict__["report_writer"] = FullDisk()
    with pytest.raises(StorageError, match=r"^the page cannot be written$") as told:
        make_report(page_job(wiring), wiring)
    assert told.value.hint == "Check the free space of the data folder."


def archive_job(kind: JobKind = JobKind.MAKE_EXPORT, **options: Any) -> HandedJob:
    return HandedJob({}, kind=kind, **options)


def test_an_archive_that_is_packed_again_is_still_one(wiring: Wiring) -> None:
    job = archive_job()
    path = wiring.job_files.archive(job.owner, job.id)
    path.with_suffix(".work").mkdir()  # A worker was killed while it packed.
    for _ in range(2):
        assert make_archive(job, wiring)["named"].endswith(".zip")
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("kind", [JobKind.MAKE_EXPORT, JobKind.MAKE_BACKUP])
def test_an_archive_that_was_stopped_is_not_kept(
    wiring: Wiring, kind: JobKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Wiring, "is_alone", True)
    wiring.settings.home.mkdir(exist_ok=True)
    (wiring.settings.home / "a file of hers").write_text("kept")
    job = archive_job(kind, stops_at=JobStage.WRITING)
    with pytest.raises(JobStoppedError):
        make_archive(job, wiring)
    assert list(wiring.job_files.archive(job.owner, job.id).parent.iterdir()) == []


def test_nothing_is_copied_that_is_not_all_hers(wiring: Wiring) -> None:
    with pytest.raises(InputError, match="somebody else"):
        make_archive(archive_job(JobKind.MAKE_BACKUP, owner="anna"), wiring.of("anna"))


def test_an_archive_that_cannot_be_written_says_what_to_do_and_not_where(
    wiring: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "/home/me/somewhere")

    monkeypatch.setattr(type(wiring.exporter), "export", full)
    with pytest.raises(StorageError, match=r"^the archive cannot be written$"):
        make_archive(archive_job(), wiring)
