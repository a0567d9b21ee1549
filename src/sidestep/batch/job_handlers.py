"""What a job of each kind does, with the pieces of the person who asked for it.

Each may be called again after a crash and then ends as if it had been called once: originals are
known by their content, a clip's result carries the id of its job, and what is made lies under it.
"""

import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sidestep.batch.fences import MIB, Limits
from sidestep.batch.limited_child import LimitedChild
from sidestep.batch.limited_tasks import KINDS, ClipOrder, UploadOrder, without_database
from sidestep.bootstrap.wiring import Wiring
from sidestep.domain.activity.steps import StepEstimate
from sidestep.domain.vocabulary.parameters import number_of
from sidestep.errors import (
    InputError,
    JobStoppedError,
    LimitError,
    StorageError,
    UnreadableFileError,
)
from sidestep.languages.distances import unit_named
from sidestep.languages.language import SOURCE, Language, language
from sidestep.services.clips.analyse_clip import discarded_unless_kept
from sidestep.services.clips.delete_clip import sweep_broken_off
from sidestep.services.importing.import_activities import (
    FileOutcome,
    ImportReport,
    import_document,
    import_readings,
)
from sidestep.services.importing.ingest_file import Ingested
from sidestep.services.kept_documents import keep_document
from sidestep.services.ports import StoredDocument
from sidestep.services.ports.fridge_page import FridgePage
from sidestep.services.ports.job_files import SentFile
from sidestep.services.ports.jobs import JobHandler, JobKind, JobStage, RunningJob
from sidestep.services.ports.report_pages import RunnerPage
from sidestep.services.report.asked_page import AskedPage
from sidestep.services.week.run_notices import notice_imported, noticed_document
from sidestep.services.week.weeks_anew import plan_weeks_anew

UPLOAD_LIMITS = Limits(memory_bytes=3072 * MIB, cpu_s=2 * 3600, silence_s=180.0)
"""A list of an account may be half a gigabyte of text. Measured: an archive of activities takes
0.4 GiB of address space."""

CLIP_LIMITS = Limits(memory_bytes=2048 * MIB, cpu_s=4 * 3600, silence_s=180.0)
"""Measured address space: 0.7 GiB for a picture of 480 by 480, 1.0 GiB for the largest that is read
(8192 by 4320)."""

MOST_CRASHES = 5
"""Files of one upload that may each end a process; with more, the rest is given up too."""

NAMED = 200
"""Files named in a result; the rest is in its counts."""

LOOK_AGAIN_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTools:
    """What the jobs are done with: whose pieces, and what reading may take."""

    wiring_of: Callable[[str], Wiring]
    upload_limits: Limits = UPLOAD_LIMITS
    clip_limits: Limits = CLIP_LIMITS

    def handlers(self) -> Mapping[JobKind, JobHandler]:
        """Return what each kind of job is done by."""
        return {
            JobKind.IMPORT_UPLOAD: self._with_upload(self._import_upload),
            JobKind.ANALYSE_CLIP: self._with_upload(self._analyse_clip),
            JobKind.MAKE_REPORT: lambda job: make_report(job, self.wiring_of(job.owner)),
            JobKind.MAKE_EXPORT: lambda job: make_archive(job, self.wiring_of(job.owner)),
            JobKind.MAKE_BACKUP: lambda job: make_archive(job, self.wiring_of(job.owner)),
        }

    def _with_upload(
        self, work: Callable[[RunningJob, Wiring, tuple[SentFile, ...]], Any]
    ) -> JobHandler:
        def handler(job: RunningJob) -> Any:
            wiring = self.wiring_of(job.owner)
            # It is swept away once the job is known to be over: until then, whoever takes the
            # job up after a crash needs it.
            files = wiring.job_files.files(job.owner, str(job.arguments["upload"]))
            return work(job, wiring, files)

        return handler

    def _import_upload(
        self, job: RunningJob, wiring: Wiring, files: tuple[SentFile, ...]
    ) -> dict[str, Any]:
        return import_upload(job, wiring, files, self.upload_limits)

    def _analyse_clip(
        self, job: RunningJob, wiring: Wiring, files: tuple[SentFile, ...]
    ) -> dict[str, Any]:
        return analyse_upload(job, wiring, files, self.clip_limits)


def wirings_of(everybodys: Wiring) -> Callable[[str], Wiring]:
    """Return what finds an owner's pieces; each is put together once, what is nobody's shared."""
    known: dict[str, Wiring] = {}
    lock = threading.Lock()

    def wiring_of(owner: str) -> Wiring:
        with lock:
            if owner not in known:
                known[owner] = everybodys.of(owner)
            return known[owner]

    return wiring_of


class _OtherImportError(Exception):
    """Another import runs in this data folder."""


def import_upload(
    job: RunningJob, wiring: Wiring, files: tuple[SentFile, ...], limits: Limits
) -> dict[str, Any]:
    """Import what was sent and return what ``sidestep import --json`` prints, shortened."""
    while True:
        try:
            return _short(_import_now(job, wiring, files, limits), wiring)
        except _OtherImportError:
            job.tell(0.0, JobStage.WAITING)
            _pause(job)


def _pause(job: RunningJob) -> None:
    threading.Event().wait(LOOK_AGAIN_S)
    if job.is_stopped():
        raise JobStoppedError("stopped before it began")


def _import_now(
    job: RunningJob, wiring: Wiring, files: tuple[SentFile, ...], limits: Limits
) -> ImportReport:
    estimate = StepEstimate(steps_per_km=number_of(wiring.knowledge.load, "step_estimate"))
    seen = 0
    total = 1

    def order(scratch: Path, known: Mapping[str, str], first: int) -> UploadOrder:
        return UploadOrder(
            settings=without_database(wiring.settings),
            files=files,
            scratch=scratch,
            known=known,
            step_estimate=estimate,
            first=first,
        )

    def on_total(number: int) -> None:
        nonlocal total
        total = max(number, 1)

    def on_file(_: FileOutcome) -> None:
        nonlocal seen
        seen += 1
        job.tell(min(seen / total, 1.0), JobStage.READING)

    def read(scratch: Path, known: Mapping[str, str]) -> Iterator[Ingested]:
        return _read_behind_fences(
            lambda first: order(scratch, known, first), job, limits, on_total
        )

    return import_readings(
        read,
        store=wiring.store,
        clock=wiring.clock,
        turn=wiring.import_turn,
        began_at=job.asked_at,
        on_file=on_file,
        on_wait=_refuse_to_wait,
    )


def _refuse_to_wait() -> None:
    # Waiting for the lock could not be cancelled.
    raise _OtherImportError


def _read_behind_fences(
    order_from: Callable[[int], UploadOrder],
    job: RunningJob,
    limits: Limits,
    on_total: Callable[[int], None],
) -> Iterator[Ingested]:
    """Yield what each item held; one that ends its process fails alone, the rest goes on."""
    first = 0
    crashes = 0
    while True:
        began = None
        with LimitedChild(
            "sidestep.batch.limited_tasks:read_upload",
            order_from(first),
            limits=limits,
            is_stopped=job.is_stopped,
        ) as child:
            try:
                for what, value in child:
                    if what == "total":
                        on_total(value)
                    elif what == "begins":
                        began = value
                    else:
                        first += 1
                        began = None
                        yield value
            except (LimitError, UnreadableFileError) as error:
                crashes += 1
                if began is None or crashes > MOST_CRASHES:
                    raise
                failure = error
            else:
                return
        first += 1
        detail = f"{failure.message}. {failure.hint}".rstrip(". ")
        yield Ingested(shown_as=began, sha256="", outcome="failed", detail=detail)


def _short(report: ImportReport, wiring: Wiring) -> dict[str, Any]:
    """Return the report with those files only that need a word, as many as a page can show."""
    noticed = notice_imported(
        report.new_sources, store=wiring.store, knowledge=wiring.knowledge, clock=wiring.clock
    )
    weeks: tuple[date, ...] = ()
    if report.new_sources:
        # In the browser nobody asks for a plan: a first week must not stay without the history.
        weeks = plan_weeks_anew(store=wiring.store, knowledge=wiring.knowledge, clock=wiring.clock)
    document = import_document(report, noticed_document(noticed))
    plain = ("imported", "already_had")
    telling = [file for file in document["files"] if file["outcome"] not in plain]
    return {
        **document,
        "n_files": len(report.files),
        "files": telling[:NAMED],
        "weeks_planned": [starts.isoformat() for starts in weeks],
    }


def analyse_upload(
    job: RunningJob, wiring: Wiring, files: tuple[SentFile, ...], limits: Limits
) -> dict[str, Any]:
    """Measure a clip, keep the result once, and return which document it is."""
    shows = str(job.arguments["shows"])
    if shows not in KINDS or len(files) != 1:
        raise InputError(
            f"a job for {shows!r} with {len(files)} files cannot be done",
            hint="Send one clip, of a run or of squats.",
        )
    kind = KINDS[shows]
    kept = _already_kept(wiring, kind.kept_as, job.id)
    if kept is None:
        with discarded_unless_kept(job.id, wiring.clip_folder):
            # The job's own name: what it drew before it was killed goes when it is done again.
            wiring.clip_folder.discard(job.id)
            content = _watch(job, wiring, files[0], limits)
            kept = keep_document(
                kind.kept_as,
                {**content, "file": files[0].label, "job": job.id},
                store=wiring.store,
                knowledge=wiring.knowledge,
                clock=wiring.clock,
            )
        sweep_broken_off(store=wiring.store, folder=wiring.clip_folder)
    return {"document": kept.id, "shows": shows, "usable": kept.content["quality"]["usable"]}


def _already_kept(wiring: Wiring, kind: str, job_id: str) -> StoredDocument | None:
    documents = wiring.store.documents(kind)
    return next((each for each in documents if each.content.get("job") == job_id), None)


def _watch(job: RunningJob, wiring: Wiring, file: SentFile, limits: Limits) -> dict[str, Any]:
    order = ClipOrder(
        settings=without_database(wiring.settings),
        clip=file.path,
        shows=str(job.arguments["shows"]),
        view=str(job.arguments.get("view", "auto")),
        keeps_clip=bool(job.arguments.get("keep", False)),
        place=job.id,
    )
    with LimitedChild(
        "sidestep.batch.limited_tasks:watch_upload",
        order,
        limits=limits,
        is_stopped=job.is_stopped,
    ) as child:
        try:
            for share in child:
                job.tell(float(share), JobStage.WATCHING)
        except InputError as error:
            message = error.message.replace(str(file.path), file.label)
            renamed = message.replace(file.path.name, file.label)
            raise type(error)(renamed, hint=error.hint) from None
        content: dict[str, Any] = child.result
    return content


def reader_of(job: RunningJob) -> Language:
    """Return the language and unit that a page was asked for in, else English and kilometres."""
    code = str(job.arguments.get("language", SOURCE))
    return language(code, unit_named(job.arguments.get("distances")))


def make_report(job: RunningJob, wiring: Wiring) -> dict[str, Any]:
    """Set a page under the job's own name, so that there is one however often it is begun."""
    asked = AskedPage.from_plain(job.arguments, wiring.knowledge)
    page = asked.build(
        store=wiring.store,
        clip_folder=wiring.clip_folder,
        knowledge=wiring.knowledge,
        clock=wiring.clock,
        read_drawing=wiring.read_drawing,
    )
    job.tell(0.3, JobStage.WRITING)
    path = wiring.job_files.page(job.owner, job.id)
    try:
        if isinstance(page, RunnerPage):
            wiring.report_writer.write_runner_page(page, path, reader_of(job))
        elif isinstance(page, FridgePage):
            wiring.report_writer.write_fridge_page(page, path, reader_of(job))
        else:
            wiring.report_writer.write_clinician_page(page, path, reader_of(job))
    except StorageError as error:
        raise StorageError(
            "the page cannot be written", hint="Check the free space of the data folder."
        ) from error
    if job.is_stopped():
        # Nobody can open it any more, and whoever erased her data wants none made anew.
        path.unlink(missing_ok=True)
        raise JobStoppedError("stopped before it was done")
    clips = () if isinstance(page, FridgePage) else page.clips
    return {"for": asked.page_for.value, "pages": 1 + len(clips)}


def make_archive(job: RunningJob, wiring: Wiring) -> dict[str, Any]:
    """Pack an export or a backup under the job's own name, and return what to call it."""
    archive = wiring.job_files.archive(job.owner, job.id)
    work = archive.with_suffix(".work")
    shutil.rmtree(work, ignore_errors=True)  # A worker that was killed left it.
    job.tell(0.1, JobStage.WRITING)
    pack = _pack_export if job.kind is JobKind.MAKE_EXPORT else _pack_backup
    try:
        work.mkdir(mode=0o700)
        packed = pack(job, wiring, work)
        packed.chmod(0o600)
        packed.replace(archive)
    except OSError as error:
        raise StorageError(
            "the archive cannot be written", hint="Check the free space of the data folder."
        ) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    if job.is_stopped():
        archive.unlink(missing_ok=True)
        raise JobStoppedError("stopped before it was done")
    return {"named": f"sidestep-{wiring.clock.today().isoformat()}{packed.suffix}"}


def _pack_export(job: RunningJob, wiring: Wiring, work: Path) -> Path:
    wiring.exporter.export(work / "sidestep-data")
    job.tell(0.4, JobStage.WRITING)
    if job.is_stopped():
        raise JobStoppedError("stopped before it was done")
    return Path(shutil.make_archive(str(work / "packed"), "zip", work / "sidestep-data"))


def _pack_backup(_: RunningJob, wiring: Wiring, work: Path) -> Path:
    if not wiring.is_alone:
        raise InputError(
            "somebody else has an account in this data folder by now",
            hint="A copy of it is made where the program runs: sidestep backup FILE",
        )
    path = work / "packed.tar"
    wiring.backups.make(path, None, now=wiring.clock.now(), is_passing=True)
    return path
