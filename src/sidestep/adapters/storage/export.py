"""Copies everything out in open formats, described in the export's own README; and erases it."""

import csv
import json
import re
import shutil
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sidestep.adapters.storage.clip_folder import CLAIM
from sidestep.adapters.storage.originals import OriginalFolder
from sidestep.adapters.storage.sqlite_files import copies_before_update
from sidestep.adapters.storage.streams import ParquetStreams
from sidestep.errors import InputError
from sidestep.services.importing.list_activities import activities_document
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.ports import Exported, Store

README = (
    "# Your Sidestep data",
    "Everything Sidestep keeps about you, in formats that other programs read.",
    "**activities.csv, activities.json**: one row or entry per activity: start (UTC), day, sport, "
    "distance, time, steps and where the count comes from, cadence (both feet), heart rate, "
    "effort, whether it counts, the hashes of its files.",
    "**streams/ID.parquet**: the samples of the activity with this id: time_s from its start, and "
    "one column per stream with the unit in its name.",
    "**originals/**: every file as it came, unchanged; its name begins with the first 12 "
    "characters of its SHA-256. A .json file is one row of an account's list.",
    "**sources.csv**: every original: SHA-256, what it was called, who read it, what came of it.",
    "**daily_steps.csv, standing_hours.csv**: by day; steps from the source that counted most.",
    f"**{', '.join(f'{kind}.json' for kind in DocumentKind)}**: results as they were stored, each "
    "with the versions that made it.",
    "**clips/ID/**: the pictures of each clip, and the clip itself where you asked to keep it.",
    "Importing this whole folder into a new data folder gives the activities and days back, with "
    "the sport and effort you corrected. Whether you counted an odd recording, your answers and "
    "your plans are not read back: sidestep backup keeps those too.",
)
"""The export's own README, a paragraph each."""


class FolderExporter:
    """Implements ``services.ports.DataExporter`` for one data folder."""

    def __init__(
        self, home: Path, store: Store, originals: OriginalFolder, streams: ParquetStreams
    ) -> None:
        self._home = home
        self._store = store
        self._originals = originals
        self._streams = streams

    def export(self, folder: Path) -> Exported:
        """Write everything into a new or empty folder.

        Raises
        ------
        InputError
            The folder is there already and not empty, or it is a file.
        """
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise InputError(f"{folder} is not an empty folder", hint="Name a new one.")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "README.md").write_text("\n\n".join(README) + "\n", encoding="utf-8")
        counts = {
            "activities": self._write_activities(folder),
            "streams": self._copy_streams(folder / "streams"),
            "originals": self._copy_originals(folder),
            "days_of_steps": self._write_days(folder),
            "documents": self._write_documents(folder),
            "clip_files": self._copy_clips(folder / "clips"),
        }
        return Exported(folder=folder, counts=counts)

    def erase(self) -> None:
        """Delete every row, sample, original and clip of this person."""
        self._store.erase()
        for name in ("originals", "streams", "clips", "scratch"):
            shutil.rmtree(self._home / name, ignore_errors=True)
        for copy in copies_before_update(self._home / "sidestep.sqlite"):
            copy.unlink(missing_ok=True)

    def _write_activities(self, folder: Path) -> int:
        entries = activities_document(self._store.activities())
        _write_json(folder / "activities.json", entries)
        flat = [
            {
                **entry,
                "sources": " ".join(entry["sources"]),
                "oddities": " ".join(oddity["code"] for oddity in entry["oddities"]),
            }
            for entry in entries
        ]
        names = list(flat[0]) if flat else ["id"]
        _write_csv(
            folder / "activities.csv", names, ([row[name] for name in names] for row in flat)
        )
        return len(entries)

    def _copy_streams(self, folder: Path) -> int:
        folder.mkdir()
        copied = 0
        for activity in self._store.activities():
            key = self._store.stream_key(activity.id)
            if key is not None and self._streams.path(key).is_file():
                shutil.copyfile(self._streams.path(key), folder / f"{activity.id}.parquet")
                copied += 1
        return copied

    def _copy_originals(self, folder: Path) -> int:
        target = folder / "originals"
        target.mkdir()
        sources = self._store.known_sources().values()
        names = ["sha256", "shown_as", "reader", "outcome", "detail", "imported_at"]
        rows = ([str(getattr(source, name)) for name in names] for source in sources)
        _write_csv(folder / "sources.csv", names, rows)
        copied = 0
        for source in sources:
            if source.outcome != "skipped":
                original = self._originals.path(source.sha256)
                name = f"{source.sha256[:12]}-{_plain_name(source.shown_as, original)}"
                shutil.copyfile(original, target / name)
                copied += 1
        return copied

    def _copy_clips(self, folder: Path) -> int:
        kept = self._home / "clips"
        if not kept.is_dir():
            return 0
        shutil.copytree(kept, folder, ignore=shutil.ignore_patterns(f"*{CLAIM}"))
        return sum(path.is_file() for path in folder.rglob("*"))

    def _write_days(self, folder: Path) -> int:
        steps = self._store.daily_steps(since=date.min, until=date.max)
        _write_csv(folder / "daily_steps.csv", ["day", "steps"], sorted(steps.items()))
        hours = self._store.standing_hours(since=date.min, until=date.max)
        _write_csv(folder / "standing_hours.csv", ["day", "hours"], sorted(hours.items()))
        return len(steps)

    def _write_documents(self, folder: Path) -> int:
        written = 0
        for kind in DocumentKind:
            documents = [
                {
                    "id": document.id,
                    "made_at": document.made_at.isoformat(),
                    "program_version": document.program_version,
                    "knowledge_version": document.knowledge_version,
                    "content": document.content,
                }
                for document in self._store.documents(kind)
            ]
            _write_json(folder / f"{kind}.json", documents)
            written += len(documents)
        return written


def _plain_name(shown_as: str, original: Path) -> str:
    """Return the file's own name without anything a file system could stumble over."""
    stem = re.split(r"[/\\!]", shown_as)[-1]
    plain = re.sub(r"[^\w.-]", "_", stem)[-80:] or "original"
    suffix = "".join(original.suffixes[-2:]) if original.name.endswith(".gz") else original.suffix
    return plain if plain.lower().endswith(suffix) else plain + suffix


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _write_csv(path: Path, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows(rows)
