"""A person's records with what was read of them kept until they change.

One page asks for the same activities and days many times over; ten years of them take a fifth of a
second each time.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from threading import RLock
from typing import TypeVar, cast

from sidestep.domain.activity.summary import ActivitySummary, Verdict
from sidestep.domain.vocabulary.sport import Sport
from sidestep.services.ports import SourceEntry, SourceFile, Store, StoredDocument

Read = TypeVar("Read")


class RememberedStore:
    """Implements ``services.ports.Store`` over another one.

    Each reading asks how far the records have got, for workers and the command line write to them
    too. What it gives is shared: nobody may change it.

    Parameters
    ----------
    store
        Where the records are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = RLock()
        self._read_at: int | None = None
        self._known: dict[Hashable, object] = {}

    def version(self) -> int:
        """Return a number that grows whenever anything of this person is written."""
        return self._store.version()

    def _once(self, key: Hashable, read: Callable[[], Read]) -> Read:
        with self._lock:
            now = self._store.version()
            if now != self._read_at:
                self._known.clear()
                self._read_at = now
            if key not in self._known:
                self._known[key] = read()
            return cast("Read", self._known[key])

    def known_sources(self) -> Mapping[str, SourceFile]:
        """Return every original seen before, by content hash."""
        return self._store.known_sources()

    def activities(self) -> list[ActivitySummary]:
        """Return all activities by start."""
        return list(self._once("activities", self._store.activities))

    def daily_steps(self, *, since: date, until: date) -> Mapping[date, int]:
        """Return each day's steps from that day's best source."""
        return self._once(
            ("steps", since, until), lambda: self._store.daily_steps(since=since, until=until)
        )

    def standing_hours(self, *, since: date, until: date) -> Mapping[date, int]:
        """Return hours with standing by day."""
        return self._once(
            ("standing", since, until),
            lambda: self._store.standing_hours(since=since, until=until),
        )

    def latest_document(self, kind: str) -> StoredDocument | None:
        """Return the newest result of a kind."""
        return self._once(("latest", kind), lambda: self._store.latest_document(kind))

    def documents(self, kind: str) -> Sequence[StoredDocument]:
        """Return all results of a kind, oldest first."""
        return self._once(("documents", kind), lambda: tuple(self._store.documents(kind)))

    def richness_of(self) -> Mapping[str, int]:
        """Return how rich each activity's present description is, by activity id."""
        return self._store.richness_of()

    def stream_key(self, activity_id: str) -> str | None:
        """Return under which key an activity's samples are kept, ``None`` if it has none."""
        return self._store.stream_key(activity_id)

    def apply(self, entries: Sequence[SourceEntry]) -> None:
        """Write all entries in one transaction, or none."""
        self._store.apply(entries)

    def set_verdict(self, activity_id: str, verdict: Verdict) -> None:
        """Keep what the person said about an odd activity."""
        self._store.set_verdict(activity_id, verdict)

    def set_effort(self, activity_id: str, effort_rpe: float) -> None:
        """Keep how hard a session felt, 0 to 10."""
        self._store.set_effort(activity_id, effort_rpe)

    def set_sport(self, activity_id: str, sport: Sport) -> None:
        """Keep the person's correction of the sport."""
        self._store.set_sport(activity_id, sport)

    def save_document(self, document: StoredDocument) -> None:
        """Keep a result."""
        self._store.save_document(document)

    def delete_document(self, document_id: str) -> bool:
        """Delete a result; return whether this person had one with that id."""
        return self._store.delete_document(document_id)

    def erase(self) -> None:
        """Delete every row of this person."""
        self._store.erase()
        # Nothing is left that could say how far the records have got.
        with self._lock:
            self._read_at = None
