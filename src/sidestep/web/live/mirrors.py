"""Who stands before the mirror now: one mirror each, and no more than the machine can carry."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Lock

MOST = max(2, os.cpu_count() or 2)
"""Each takes about a core."""


class NoRoom(StrEnum):
    """Why there is no mirror for somebody now."""

    YOURS_IS_OPEN = "yours_is_open"
    ALL_TAKEN = "all_taken"


@dataclass(slots=True)
class Mirrors:
    """The mirrors that are open."""

    most: int = MOST
    _owners: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    @contextmanager
    def room(self, owner_id: str) -> Iterator[NoRoom | None]:
        """Take a place for as long as it is used; give why there is none instead."""
        with self._lock:
            reason = self._why_not(owner_id)
            if reason is None:
                self._owners.add(owner_id)
        try:
            yield reason
        finally:
            if reason is None:
                with self._lock:
                    self._owners.discard(owner_id)

    def _why_not(self, owner_id: str) -> NoRoom | None:
        if owner_id in self._owners:
            return NoRoom.YOURS_IS_OPEN
        return NoRoom.ALL_TAKEN if len(self._owners) >= self.most else None
