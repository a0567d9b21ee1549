"""Puts services and adapters together, each piece on first use."""

from contextlib import closing, contextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sidestep.bootstrap.settings import OWNER, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from datetime import datetime

    from sqlalchemy.engine import Engine

    from sidestep.adapters.storage.originals import OriginalFolder
    from sidestep.adapters.storage.streams import ParquetStreams
    from sidestep.domain.activity.recording import Recording
    from sidestep.domain.activity.steps import StepEstimate
    from sidestep.services.importing.ingest_file import FileIngester
    from sidestep.services.knowledge.knowledge_reading import KnowledgeReading
    from sidestep.services.ports import (
        Backups,
        ClipFolder,
        ClipPictures,
        Clock,
        DataExporter,
        FileItem,
        ImportSource,
        ImportTurn,
        Knowledge,
        PoseSource,
        Store,
        WeekFiles,
    )
    from sidestep.services.ports.certificates import Certificates
    from sidestep.services.ports.clips import LivePoses
    from sidestep.services.ports.drawings import Drawing
    from sidestep.services.ports.frames import Clips, FrameSource, SentPictures
    from sidestep.services.ports.job_files import JobFiles
    from sidestep.services.ports.jobs import Jobs, JobWorker
    from sidestep.services.ports.mirror_screen import MirrorScreen
    from sidestep.services.ports.people import Passwords, People
    from sidestep.services.ports.reports import ReportWriter
    from sidestep.services.upkeep.examine_home import Examined


_EVERYBODYS = ("_engine", "clock", "knowledge", "people", "passwords")
"""Pieces that everybody in a data folder shares."""


class Wiring:
    """The pieces of one person in one data folder."""

    def __init__(self, settings: Settings) -> None:
        from sidestep.adapters.storage.home_files import finish_restore

        self.settings = settings
        finish_restore(settings.home)

    @cached_property
    def clock(self) -> "Clock":
        """The machine's clock in the machine's zone."""
        from sidestep.adapters.system.clock import SystemClock

        return SystemClock()

    @cached_property
    def knowledge(self) -> "Knowledge":
        """The shipped knowledge, read and checked."""
        from sidestep.adapters.knowledge.load import load_knowledge

        return load_knowledge()

    def read_drawing(self, exercise_id: str) -> "Drawing | None":
        """Find the shipped drawing of an exercise."""
        from sidestep.adapters.knowledge.load import load_drawing

        return load_drawing(exercise_id)

    @cached_property
    def knowledge_reading(self) -> "KnowledgeReading":
        """The shipped knowledge with its test cases and whatever is wrong with it."""
        from sidestep.adapters.knowledge.load import read_knowledge

        return read_knowledge()

    def read_answers(self, path: Path) -> "Mapping[str, object]":
        """Read a file of answers to the knee check."""
        from sidestep.adapters.knowledge.answers import read_answers

        return read_answers(path)

    def write_answers(self, path: Path, answers: "Mapping[str, object]") -> None:
        """Write a file of answers to the knee check."""
        from sidestep.adapters.knowledge.answers import write_answers

        write_answers(path, answers)

    def answers_written_at(self, path: Path) -> "datetime":
        """Tell when a file of answers was last written."""
        from sidestep.adapters.knowledge.answers import answers_written_at

        return answers_written_at(path)

    def check_answers_place(self, path: Path) -> None:
        """Make sure that a file of answers can be written."""
        from sidestep.adapters.knowledge.answers import check_answers_place

        check_answers_place(path)

    @cached_property
    def store(self) -> "Store":
        """The person's records; opening it makes the data folder and its tables."""
        from sidestep.adapters.storage.store import SqlStore

        return SqlStore(self._engine, self.settings.owner)

    def store_for_later(self) -> "Callable[[], Store]":
        """Return what opens the store at the end of long work, and fail now if it would fail then.

        The library behind it takes 28 MiB. Where a glance at the file, or at the folder in which
        there is none, is enough to know that it will open, it is not loaded yet.
        """
        from sidestep.adapters.storage.revision import HEAD
        from sidestep.adapters.storage.sqlite_files import will_open

        file = self.settings.own_database
        if self.settings.database_url != f"sqlite:///{file}" or not will_open(file, HEAD):
            _ = self.store
        return lambda: self.store

    @cached_property
    def _engine(self) -> "Engine":
        from sidestep.adapters.storage.database import open_database

        return open_database(self.settings.database_url)

    @cached_property
    def people(self) -> "People":
        """Who may sign in."""
        from sidestep.adapters.storage.people import SqlPeople

        return SqlPeople(self._engine)

    @cached_property
    def passwords(self) -> "Passwords":
        """Hashes passwords."""
        from sidestep.adapters.passwords.argon2id import Argon2id

        return Argon2id()

    @cached_property
    def certificates(self) -> "Certificates":
        """Vouches for this machine."""
        from sidestep.adapters.certificates.local_authority import LocalAuthority

        return LocalAuthority(self.settings.home / "https")

    @property
    def is_alone(self) -> bool:
        """Whether the data folder is this person's alone, and so what a backup of it holds."""
        return self.settings.owner == OWNER and len(self.people.accounts()) == 1

    def of(self, owner: str) -> "Wiring":
        """Return the pieces of somebody else in the same data folder; what is nobody's stays."""
        if owner == self.settings.owner:
            return self
        other = Wiring(self.settings.of(owner))
        for name in _EVERYBODYS:
            other.__dict__[name] = getattr(self, name)
        return other

    @cached_property
    def originals(self) -> "OriginalFolder":
        """The files as they came."""
        from sidestep.adapters.storage.originals import OriginalFolder

        return OriginalFolder(self.settings.files / "originals")

    @cached_property
    def streams(self) -> "ParquetStreams":
        """The samples of the activities."""
        from sidestep.adapters.storage.streams import ParquetStreams

        return ParquetStreams(self.settings.files / "streams")

    @cached_property
    def exporter(self) -> "DataExporter":
        """Copies everything out, and erases it."""
        from sidestep.adapters.storage.export import FolderExporter

        return FolderExporter(self.settings.files, self.store, self.originals, self.streams)

    @cached_property
    def backups(self) -> "Backups":
        """Copies the data folder into one file and back."""
        from sidestep import __version__
        from sidestep.adapters.storage.home_backups import HomeBackups

        return HomeBackups(
            home=self.settings.home,
            own_database=self.settings.own_database,
            database_url=self.settings.database_url,
            program_version=__version__,
        )

    @cached_property
    def examined(self) -> "Examined":
        """Everything that an examination looks at; nothing of it is opened or made here."""
        from sidestep.adapters.pose.model_files import look_at_models
        from sidestep.adapters.storage.home_inspector import HomeInspection
        from sidestep.adapters.system.machine import look_at_machine
        from sidestep.services.upkeep.examine_home import Examined

        settings = self.settings
        return Examined(
            home=HomeInspection(home=settings.home, database_url=settings.database_url),
            machine=look_at_machine,
            models=lambda: look_at_models(settings.models),
            knowledge=lambda: self.knowledge_reading,
            clock=self.clock,
        )

    @cached_property
    def report_writer(self) -> "ReportWriter":
        """Sets the pages as PDF."""
        from sidestep.adapters.reports.typst_pages import TypstPages

        return TypstPages()

    @cached_property
    def week_files(self) -> "WeekFiles":
        """Makes and writes the files of a week, for a watch and a calendar."""
        from sidestep.adapters.activity_files.fit_workout import encode_workout, is_own_workout
        from sidestep.adapters.activity_files.workout_text import (
            encode_workout_text,
            is_own_workout_text,
        )
        from sidestep.adapters.calendar.ics import (
            encode_calendar,
            encode_subscription,
            is_own_calendar,
        )
        from sidestep.adapters.storage.own_files import FilesOfOurs
        from sidestep.services.ports import WeekFiles

        return WeekFiles(
            encode_workout=encode_workout,
            encode_workout_text=encode_workout_text,
            encode_calendar=encode_calendar,
            encode_subscription=encode_subscription,
            own_files=FilesOfOurs((is_own_workout, is_own_workout_text, is_own_calendar)),
        )

    @cached_property
    def import_turn(self) -> "ImportTurn":
        """Lets one import at a time into the data folder."""
        from sidestep.adapters.storage.import_turn import FolderTurn

        return FolderTurn(self.settings.home)

    @cached_property
    def import_source(self) -> "ImportSource":
        """Opens files, folders and account exports."""
        from sidestep.adapters.accounts.opener import ImportSources
        from sidestep.adapters.system.local_zone import LocalZone

        return ImportSources(LocalZone())

    @cached_property
    def jobs(self) -> "Jobs":
        """Asks for long work and watches it; everybody's, each by owner."""
        from sidestep.adapters.jobs.job_client import QueuedJobs
        from sidestep.adapters.jobs.queue_database import open_queue

        return QueuedJobs(open_queue(self.settings.jobs_url))

    @cached_property
    def job_worker(self) -> "JobWorker":
        """Takes jobs off the queue and does them, in a process of its own."""
        from sidestep.adapters.jobs.job_runner import JobRunner
        from sidestep.adapters.jobs.queue_database import open_queue

        return JobRunner(open_queue(self.settings.jobs_url))

    def forget_jobs(self) -> None:
        """Delete the person's jobs, with what was sent and made for them."""
        self.job_files.erase(self.settings.owner)
        # Looking for jobs must not make a queue where there never was one.
        if (self.settings.home / "jobs.sqlite").exists() or "sqlite" not in self.settings.jobs_url:
            from sidestep.adapters.jobs.job_client import QueuedJobs
            from sidestep.adapters.jobs.queue_database import open_queue

            with closing(QueuedJobs(open_queue(self.settings.jobs_url))) as jobs:
                jobs.forget(self.settings.owner)

    @contextmanager
    def worker_turn(self) -> "Iterator[None]":
        """Wait until no other process does the jobs of this data folder, then be the one."""
        from sidestep.adapters.storage.file_lock import hold_lock

        with hold_lock(self.settings.home / "worker.lock", lambda: None):
            yield

    @cached_property
    def job_files(self) -> "JobFiles":
        """Uploads and pages, for the length of a job; everybody's, each by owner."""
        from sidestep.adapters.storage.job_files import JobFolder

        return JobFolder(self.settings.home)

    @cached_property
    def clips(self) -> "Clips":
        """Opens clips."""
        from sidestep.adapters.video.clip_files import ClipFiles

        return ClipFiles()

    @cached_property
    def pose_source(self) -> "PoseSource":
        """Follows a person through a clip."""
        from sidestep.adapters.pose.blazepose_source import BlazePoseSource
        from sidestep.adapters.pose.model_files import find_models
        from sidestep.adapters.system.freed_memory import give_back, hold_little

        hold_little()
        return BlazePoseSource(self.clips, find_models(self.settings.models), give_back)

    @cached_property
    def pose_model(self) -> str:
        """The pose model's name, by which its calibration is found."""
        from sidestep.adapters.pose.model_files import find_models

        return find_models(self.settings.models).name

    @cached_property
    def live_poses(self) -> "LivePoses":
        """Finds a person in pictures as they happen."""
        from sidestep.adapters.pose.live_poses import BlazePoseLive
        from sidestep.adapters.pose.model_files import find_models

        return BlazePoseLive(find_models(self.settings.models))

    def sent_pictures(self) -> "SentPictures":
        """Decode pictures that a browser sends, one sender's."""
        from sidestep.adapters.video.sent_pictures import JpegPictures

        return JpegPictures()

    def live_frames(
        self, clip: Path | None, camera: str | None
    ) -> "AbstractContextManager[FrameSource]":
        """Watch a camera, the first when none is named, or play a clip in real time."""
        from sidestep.adapters.video.live_capture import play_file, watch_camera
        from sidestep.adapters.video.mirror_camera import first_camera

        return play_file(clip) if clip is not None else watch_camera(camera or first_camera())

    @contextmanager
    def mirror_screen(
        self, save: Path | None, *, has_window: bool, has_sound: bool
    ) -> "Iterator[MirrorScreen]":
        """Open what the mirror is shown and heard on, and the film it is saved to."""
        from sidestep.adapters.screen.tones import open_tones
        from sidestep.adapters.screen.window import open_window
        from sidestep.adapters.video.mirror_screen import drawn_mirror

        with (
            open_window() if has_window else nullcontext() as window,
            open_tones() if has_sound else nullcontext() as tones,
            drawn_mirror(window, tones, save) as screen,
        ):
            yield screen

    @cached_property
    def clip_pictures(self) -> "ClipPictures":
        """Draws on clips."""
        from sidestep.adapters.system.freed_memory import give_back
        from sidestep.adapters.video.overlay import OverlayPictures

        return OverlayPictures(self.clips, give_back)

    @cached_property
    def clip_folder(self) -> "ClipFolder":
        """Keeps the pictures of clips."""
        from sidestep.adapters.storage.clip_folder import ClipPictureFolder

        return ClipPictureFolder(self.settings.files / "clips")

    def write_activity_file(self, recording: "Recording", format: str) -> bytes:
        """Return a recording as the bytes of a ``fit``, ``gpx`` or ``tcx`` file."""
        from sidestep.adapters.activity_files import writing

        write = {"fit": writing.write_fit, "gpx": writing.write_gpx, "tcx": writing.write_tcx}
        return write[format](recording)

    @cached_property
    def read_item(self) -> "Callable[[FileItem], bytes]":
        """Reads the bytes of one file to import, on disk or in an archive."""
        from sidestep.adapters.accounts.reading import read_item

        return read_item

    def file_ingester(self, step_estimate: "StepEstimate") -> "FileIngester":
        """Build what reads one original; the same in every worker process.

        The one number it needs is handed in, so that a worker need not read the knowledge.
        """
        from sidestep.adapters.activity_files.reader import ActivityFiles
        from sidestep.adapters.system.local_zone import LocalZone
        from sidestep.services.importing.ingest_file import FileIngester

        return FileIngester(
            read_bytes=self.read_item,
            reader=ActivityFiles(),
            originals=self.originals,
            streams=self.streams,
            zone=LocalZone(),
            step_estimate=step_estimate,
        )
