"""Says what is wrong with a data folder and the machine it is on, and what to do about each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sidestep.domain.vocabulary.counts import count_of
from sidestep.errors import SidestepError, StorageError
from sidestep.services.knowledge.inspect_knowledge import holds, inspect_knowledge
from sidestep.services.knowledge.knowledge_reading import KnowledgeReading
from sidestep.services.ports import Clock
from sidestep.services.ports.health import (
    DatabaseState,
    FilesState,
    HomeInspector,
    MachineState,
    ModelsState,
)

OLDEST_PYTHON = (3, 11)

LEAST_FREE_BYTES = 1_000_000_000
"""An account's export of ten years unpacks to about as much."""

MADE_ON = datetime(2026, 11, 1, tzinfo=UTC)
"""A clock that shows an earlier day is wrong: this program was not there."""

LONGEST_AHEAD = timedelta(days=1)
"""Something kept later than now by more than a journey across the zones explains."""

NAMED = 3
"""Files named in a sentence; there may be thousands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check found; ``to_do`` is empty when all is well."""

    says: str
    to_do: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check by its id and title, with what it found."""

    id: str
    title: str
    finding: Finding

    @property
    def is_fine(self) -> bool:
        """Whether there is nothing to do."""
        return not self.finding.to_do


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """Where an examination gets what it looks at; each is asked only when its turn comes."""

    home: HomeInspector
    machine: Callable[[], MachineState]
    models: Callable[[], ModelsState]
    knowledge: Callable[[], KnowledgeReading]
    clock: Clock


def examine_home(examined: Examined) -> tuple[Check, ...]:
    """Check everything; a check that cannot be made is a finding too, and ends no other."""
    checks: Sequence[tuple[str, str, Callable[[], Finding]]] = (
        ("python", "Python", lambda: _python(examined.machine())),
        ("folder", "Data folder", lambda: _folder(examined.home)),
        ("privacy", "Privacy", lambda: _privacy(examined.home)),
        ("space", "Free space", lambda: _space(examined.home)),
        ("database", "Database", lambda: _database(examined.home.database())),
        ("originals", "Originals", lambda: _originals(examined.home.originals())),
        ("samples", "Samples", lambda: _samples(examined.home.streams())),
        ("leftovers", "Leftovers", lambda: _leftovers(examined.home.leftovers())),
        ("knowledge", "Knowledge", lambda: _knowledge(examined.knowledge())),
        ("models", "Pose models", lambda: _models(examined.models())),
        ("clock", "Clock", lambda: _clock(examined)),
    )
    found: list[Check] = []
    for id, title, make in checks:
        is_closed = any(each.id == "database" and not each.is_fine for each in found)
        found.append(Check(id=id, title=title, finding=_found_by(make, is_closed=is_closed)))
    return tuple(found)


def all_is_well(checks: Sequence[Check]) -> bool:
    """Tell whether there is nothing to do."""
    return all(check.is_fine for check in checks)


def _found_by(make: Callable[[], Finding], *, is_closed: bool) -> Finding:
    try:
        return make()
    except SidestepError as error:
        if is_closed and isinstance(error, StorageError):
            return _WITHOUT_DATABASE
        return Finding(says=f"cannot be checked: {error.message}", to_do=error.hint or _LOOK)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return Finding(says=f"cannot be checked: {where}{error.strerror or error}", to_do=_LOOK)


_WITHOUT_DATABASE = Finding(
    says="cannot be checked without the database", to_do="First do what is said of the database."
)

_LOOK = "Check that your user may read the data folder and everything in it."


def _python(machine: MachineState) -> Finding:
    version = ".".join(map(str, machine.python))
    if machine.python[:2] >= OLDEST_PYTHON:
        return Finding(says=version)
    oldest = ".".join(map(str, OLDEST_PYTHON))
    return Finding(
        says=f"{version}, and {oldest} or newer was expected",
        to_do=f"Install Sidestep again with Python {oldest} or newer.",
    )


def _folder(home: HomeInspector) -> Finding:
    folder = home.folder()
    if not folder.is_writable:
        return Finding(
            says=f"{folder.path} cannot be written",
            to_do="Give your user the right to write there, or choose another with --home.",
        )
    return Finding(says=str(folder.path) if folder.is_there else f"{folder.path}, not made yet")


def _privacy(home: HomeInspector) -> Finding:
    folder = home.folder()
    if folder.others_may:
        return Finding(
            says="other people of this machine can look into the folder",
            to_do=f"chmod 700 '{folder.path}'",
        )
    return Finding(says="only you can look into the folder" if folder.is_there else "no folder yet")


def _space(home: HomeInspector) -> Finding:
    free_bytes = home.folder().free_bytes
    if free_bytes is None:
        return Finding(says="the disk does not say")
    says = f"{free_bytes / 1e9:,.1f} GB"
    if free_bytes >= LEAST_FREE_BYTES:
        return Finding(says=says)
    return Finding(
        says=f"{says}, and {LEAST_FREE_BYTES / 1e9:g} GB or more was expected",
        to_do="Make room on the disk of the data folder, or move the folder to another.",
    )


def _database(database: DatabaseState) -> Finding:
    if not database.is_there:
        return Finding(says="none yet")
    if database.problems:
        return Finding(
            says=f"{database.where} is damaged: {_some(database.problems)}",
            to_do="Move the data folder away and restore your newest backup: sidestep restore",
        )
    if not database.is_known:
        return Finding(
            says=f"of a newer Sidestep: step {database.revision}, this program knows up to "
            f"{database.newest_revision}",
            to_do="Update Sidestep.",
        )
    if database.revision not in (None, database.newest_revision):
        says = f"whole, at step {database.revision}; the next command brings it up to date"
        return Finding(says=says)
    return Finding(says=f"whole, at step {database.newest_revision}")


def _originals(files: FilesState) -> Finding:
    if not (files.missing or files.changed):
        return Finding(says=f"{count_of(files.named, 'file', 'files')}, all as they came")
    return Finding(
        says=_what_is_wrong(files, "no longer as they came"),
        to_do="Put the folder originals back from a backup. Files that are missing come back, too, "
        "when you import them again into a new folder.",
    )


def _samples(files: FilesState) -> Finding:
    if not (files.missing or files.changed):
        return Finding(says=f"{count_of(files.named, 'file', 'files')}, all there")
    return Finding(
        says=_what_is_wrong(files, "cut short"),
        to_do="Put the folder streams back from a backup. Your activities are complete without "
        "them.",
    )


def _what_is_wrong(files: FilesState, how_changed: str) -> str:
    parts = [
        f"{len(found)} of {files.named:,} {what}: {_some([name[:12] for name in found])}"
        for found, what in ((files.missing, "missing"), (files.changed, how_changed))
        if found
    ]
    return "; ".join(parts)


def _leftovers(paths: tuple[Path, ...]) -> Finding:
    if not paths:
        return Finding(says="none")
    return Finding(
        says=f"of work that was broken off: {_some([str(path) for path in paths])}",
        to_do="Delete them: nothing reads them again.",
    )


def _knowledge(reading: KnowledgeReading) -> Finding:
    problems = inspect_knowledge(reading)
    if holds(problems):
        return Finding(says=f"holds together, version {reading.knowledge.version}")
    wrong = [f"{each.file}: {each.says}" for each in problems if not each.is_warning]
    return Finding(
        says=_some(wrong),
        to_do="Install Sidestep again; if you changed the knowledge, see: sidestep knowledge check",
    )


def _models(models: ModelsState) -> Finding:
    if models.problems:
        return Finding(
            says=_some(models.problems),
            to_do=f"Install Sidestep again, or see what is in {models.folder}. Only clips need it.",
        )
    return Finding(says=models.name)


def _clock(examined: Examined) -> Finding:
    now = examined.clock.now()
    shown = f"{now:%Y-%m-%d %H:%M}, {now.tzname()} (UTC{now:%z})"
    if zone := examined.machine().unknown_zone:
        return Finding(
            says=f"{shown}, because the zone {zone!r} that TZ names is not known",
            to_do="Set TZ to a name such as Europe/Berlin, or unset it. Days begin by it.",
        )
    newest = examined.home.newest_instant()
    latest = max(MADE_ON, newest - LONGEST_AHEAD) if newest is not None else MADE_ON
    if now < latest:
        kept = "this program was made" if latest == MADE_ON else "something was kept"
        return Finding(
            says=f"{shown}, but {kept} later, on {max(latest, newest or latest):%Y-%m-%d}",
            to_do="Set the clock of this machine.",
        )
    return Finding(says=shown)


def _some(what: Sequence[str]) -> str:
    more = len(what) - NAMED
    return ", ".join(what[:NAMED]) + (f" and {more:,} more" if more > 0 else "")
