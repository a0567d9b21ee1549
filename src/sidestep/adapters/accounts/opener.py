"""Turns what a person points at into items to import; each account's own form is read elsewhere."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path

from sidestep.adapters.accounts.apple_health import ROUTES as APPLE_ROUTES
from sidestep.adapters.accounts.apple_health import is_apple_head, read_apple_health
from sidestep.adapters.accounts.archives import extract_nested, open_archive
from sidestep.adapters.accounts.cells import decode_text, read_rows
from sidestep.adapters.accounts.failures import failed
from sidestep.adapters.accounts.garmin import ROOT as GARMIN_ROOT
from sidestep.adapters.accounts.garmin import read_garmin
from sidestep.adapters.accounts.holdings import (
    FolderHolding,
    Holding,
    PartHolding,
    ZipHolding,
    group_refusals,
    is_zip,
    opened_zip,
    read_head,
    shown,
)
from sidestep.adapters.accounts.leftovers import (
    ending,
    is_activity_head,
    is_activity_name,
    summarise_leftovers,
)
from sidestep.adapters.accounts.own_export import CLAIMS as OWN_CLAIMS
from sidestep.adapters.accounts.own_export import LIST_NAME as OWN_LIST
from sidestep.adapters.accounts.own_export import SOURCES_NAME as OWN_SOURCES
from sidestep.adapters.accounts.own_export import read_own_export
from sidestep.adapters.accounts.runkeeper import (
    TABLE_NAME as RUNKEEPER_TABLE,
)
from sidestep.adapters.accounts.runkeeper import is_runkeeper_header, read_runkeeper
from sidestep.adapters.accounts.strava import TABLE_NAME as STRAVA_TABLE
from sidestep.adapters.accounts.strava import is_strava_header, read_strava
from sidestep.errors import InputError
from sidestep.services.ports import FailedItem, FileItem, ImportItem, SkippedItem

_DEEPEST_ARCHIVE = 3
_REFUSALS_NAMED = 10
_HEAD_BYTES = 64 << 10


@dataclass(frozen=True, slots=True)
class _Account:
    """An account's export found in a holding.

    ``root`` is the folder it lies in, ``claims`` what in that folder belongs to it: a folder of
    downloads may hold several accounts side by side.
    """

    root: str
    claims: tuple[str, ...]
    read: Callable[[Holding], Iterator[ImportItem]]

    def part_of(self, holding: Holding) -> PartHolding:
        inside = (each for each in holding.names() if each.startswith(self.root))
        names = (name.removeprefix(self.root) for name in inside)
        claimed = (name for name in names if name.startswith(self.claims))
        return PartHolding(holding, self.root, claimed)


class ImportSources:
    """Files, folders, archives and account exports as items to import.

    Parameters
    ----------
    local_zone
        The runner's zone, for lists that have clock times only.
    """

    def __init__(self, local_zone: tzinfo = UTC) -> None:
        self._local_zone = local_zone

    def items(self, path: Path, scratch: Path) -> Iterator[ImportItem]:
        """Yield what ``path`` holds, in a stable order; never raises for one bad entry.

        Parameters
        ----------
        path
            A file of any kind, a folder, an archive or an account's export.
        scratch
            A folder for archives found inside archives; the caller removes it.
        """
        visit = _Visit(scratch, self._local_zone)
        if path.is_dir():
            yield from visit.folder(FolderHolding(path))
        elif not path.is_file():
            reason = "it is neither a file nor a folder" if path.exists() else "it does not exist"
            yield FailedItem(shown_as=shown(str(path)), reason=reason)
        else:
            folder = _OneFile(path)
            yield from visit.loose(folder, path.name)

    def expect(self, path: Path) -> int:
        """Return about how many items ``path`` holds, for a progress bar.

        A file counts as one, though a list in it may hold many.
        """
        if path.is_dir():
            return len(FolderHolding(path).names())
        if path.is_file() and path.suffix.lower() == ".zip":
            with suppress(InputError), open_archive(path) as archive:
                return len(archive.infolist())
        return 1


class _OneFile(FolderHolding):
    """A single file seen as a folder with nothing else in it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.parent)
        self._names = (path.name,)


class _Visit:
    """One call of ``items``: what it may write to and how deep it has gone."""

    def __init__(self, scratch: Path, local_zone: tzinfo) -> None:
        self._scratch = scratch
        self._local_zone = local_zone
        self._depth = 0

    def folder(self, folder: FolderHolding) -> Iterator[ImportItem]:
        """Yield what a folder on disk holds, and the folders in it that cannot be looked into."""
        if folder.names() or not folder.unreadable:
            yield from self.holding(folder)
        for error in folder.unreadable:
            yield FailedItem(
                shown_as=shown(str(error.filename)),
                reason=f"the folder cannot be looked into ({error.strerror}). "
                "Change who may read it, or copy it",
            )

    def holding(self, holding: Holding) -> Iterator[ImportItem]:
        """Yield the accounts in a folder or archive, then everything beside them."""
        if not holding.names():
            yield SkippedItem(shown_as=holding.shown_as, reason="there is nothing in it to import")
        accounts = self._find_accounts(holding)
        claimed: set[str] = set()
        for account in accounts:
            part = account.part_of(holding)
            claimed.update(account.root + name for name in part.names())
            yield from account.read(part)
        yield from self._beside(holding, accounts, claimed)

    def _beside(
        self, holding: Holding, accounts: Sequence[_Account], claimed: set[str]
    ) -> Iterator[ImportItem]:
        roots = tuple(account.root for account in accounts)
        leftovers: list[str] = []
        for name in holding.names():
            if name in claimed:
                continue
            if name.startswith(roots) and not _may_hold_activities(name):
                leftovers.append(name)
            else:
                yield from self.loose(holding, name)
        yield from summarise_leftovers(holding.shown_as, leftovers)

    def _find_accounts(self, holding: Holding) -> list[_Account]:
        found: dict[tuple[str, tuple[str, ...]], _Account] = {}
        for name in holding.names():
            account = self._account_at(holding, name)
            if account is not None:
                found.setdefault((account.root, account.claims), account)
        return list(found.values())

    def _account_at(self, holding: Holding, name: str) -> _Account | None:
        folder, _, base = name.rpartition("/")
        root = f"{folder}/" if folder else ""
        if name.startswith(GARMIN_ROOT) or f"/{GARMIN_ROOT}" in name:
            above = name[: name.index(GARMIN_ROOT)]
            return _Account(above, (GARMIN_ROOT,), lambda part: read_garmin(part, self.inner))
        if base == OWN_LIST and f"{root}{OWN_SOURCES}" in holding.names():
            return _Account(root, OWN_CLAIMS, read_own_export)
        if base == STRAVA_TABLE and f"{root}{OWN_SOURCES}" in holding.names():
            return None
        if base == STRAVA_TABLE and self._is_strava(holding, name, root):
            return _Account(root, (base, "activities/"), lambda part: read_strava(part, base))
        if base == RUNKEEPER_TABLE and is_runkeeper_header(_header(holding, name)):
            claims = base, *_files_in(holding, root)
            return _Account(root, claims, lambda part: read_runkeeper(part, self._local_zone, base))
        if base.lower().endswith(".xml") and is_apple_head(read_head(holding, name)):
            return _Account(root, (base, APPLE_ROUTES), lambda part: read_apple_health(part, base))
        return None

    def _is_strava(self, holding: Holding, name: str, root: str) -> bool:
        beside = f"{root}activities/"
        has_files = any(each.startswith(beside) for each in holding.names())
        return has_files or is_strava_header(_header(holding, name))

    def loose(self, holding: Holding, name: str) -> Iterator[ImportItem]:
        """Yield what one file is that belongs to no account."""
        item = holding.item(name)
        suffix = ending(name)
        if is_activity_name(name):
            yield item
        elif suffix == ".zip" or (item.member is None and is_zip(item.container)):
            yield from self.inner(holding, name)
        elif suffix == ".csv":
            yield from self._table(holding, name)
        elif suffix == ".xml" and is_apple_head(read_head(holding, name)):
            yield from read_apple_health(_only(holding, name), name.rpartition("/")[2])
        elif is_activity_head(read_head(holding, name)):
            yield item
        else:
            yield SkippedItem(shown_as=item.shown_as, reason=f"not an activity file ({suffix})")

    def _table(self, holding: Holding, name: str) -> Iterator[ImportItem]:
        header = _header(holding, name)
        base = name.rpartition("/")[2]
        if is_strava_header(header):
            yield from read_strava(_only(holding, name), base)
        elif is_runkeeper_header(header):
            yield from read_runkeeper(_only(holding, name), self._local_zone, base)
        else:
            yield SkippedItem(
                shown_as=holding.item(name).shown_as,
                reason="not a list of activities that is known here (.csv)",
            )

    def inner(self, holding: Holding, name: str) -> Iterator[ImportItem]:
        """Yield what an archive holds, on disk or inside another."""
        item = holding.item(name)
        if self._depth >= _DEEPEST_ARCHIVE:
            yield FailedItem(
                shown_as=item.shown_as,
                reason=f"an archive inside {_DEEPEST_ARCHIVE} others is not opened. "
                "Unpack the outer ones and import the folder",
            )
            return
        self._depth += 1
        try:
            with opened_zip(self._on_disk(holding, name, item), item.shown_as) as archive:
                yield from _refused(archive)
                if archive.names() or not archive.refused:
                    yield from self.holding(archive)
        except InputError as error:
            yield failed(item.shown_as, error)
        finally:
            self._depth -= 1

    def _on_disk(self, holding: Holding, name: str, item: FileItem) -> Path:
        if item.member is None:
            return item.container
        with holding.open(name) as stream:
            return extract_nested(stream, self._scratch)


def _may_hold_activities(name: str) -> bool:
    return is_activity_name(name) or ending(name) == ".zip"


def _files_in(holding: Holding, root: str) -> Iterator[str]:
    """Yield the activity files that lie right in a folder."""
    for name in holding.names():
        base = name.removeprefix(root)
        if name.startswith(root) and "/" not in base and is_activity_name(base):
            yield base


def _only(holding: Holding, name: str) -> Holding:
    """Return one file of a holding without those around it."""
    folder, _, base = name.rpartition("/")
    return PartHolding(holding, f"{folder}/" if folder else "", (base,))


def _header(holding: Holding, name: str) -> Sequence[str]:
    head = decode_text(read_head(holding, name, _HEAD_BYTES))
    try:
        return next(read_rows(head), [])
    except InputError:
        return []


def _refused(archive: ZipHolding) -> Iterator[FailedItem]:
    for entries in group_refusals(archive.refused).values():
        for entry in entries[:_REFUSALS_NAMED]:
            yield failed(shown(f"{archive.shown_as}/{entry.name}"), entry.error)
        rest = len(entries) - _REFUSALS_NAMED
        if rest > 0:
            yield failed(archive.shown_as, entries[-1].error, about=f"{rest:,} more entries")
