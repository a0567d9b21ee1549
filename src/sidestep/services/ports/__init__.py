"""What the services need from the outside world; the adapters implement it."""

from sidestep.services.ports.activity_files import ActivityFileReader, FileReading, Loss
from sidestep.services.ports.backups import Backup, Backups
from sidestep.services.ports.clip_folder import ClipFolder
from sidestep.services.ports.clip_pictures import ClipPictures
from sidestep.services.ports.clips import PoseSource
from sidestep.services.ports.clock import Clock
from sidestep.services.ports.import_items import (
    AccountHint,
    DailyItem,
    FailedItem,
    FileItem,
    ImportItem,
    ImportSource,
    ImportTurn,
    RowItem,
    SkippedItem,
)
from sidestep.services.ports.knowledge import Knowledge
from sidestep.services.ports.storage import (
    ActivityRow,
    DataExporter,
    Exported,
    Originals,
    SourceEntry,
    SourceFile,
    SourceLink,
    Store,
    StoredDocument,
    StreamStore,
)
from sidestep.services.ports.week_files import CalendarEvent, OwnFiles, WeekFiles

__all__ = [
    "AccountHint",
    "ActivityFileReader",
    "ActivityRow",
    "Backup",
    "Backups",
    "CalendarEvent",
    "ClipFolder",
    "ClipPictures",
    "Clock",
    "DailyItem",
    "DataExporter",
    "Exported",
    "FailedItem",
    "FileItem",
    "FileReading",
    "ImportItem",
    "ImportSource",
    "ImportTurn",
    "Knowledge",
    "Loss",
    "Originals",
    "OwnFiles",
    "PoseSource",
    "RowItem",
    "SkippedItem",
    "SourceEntry",
    "SourceFile",
    "SourceLink",
    "Store",
    "StoredDocument",
    "StreamStore",
    "WeekFiles",
]
