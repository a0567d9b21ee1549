"""One person's pieces while the server runs, and what was worked out for her pages already.

What a page shows is worked out by the services; here it is only kept until something changes.
"""

from collections.abc import Callable
from functools import cached_property
from threading import RLock
from typing import Any, TypeVar, cast

from sidestep.bootstrap.wiring import Wiring
from sidestep.services.ports import Clock, Knowledge, Store
from sidestep.web.remembered_store import RememberedStore

Result = TypeVar("Result")


class Desk:
    """One person's pieces.

    Parameters
    ----------
    wiring
        Bound to this person: nothing here sees anybody else's rows or files.
    """

    def __init__(self, wiring: Wiring) -> None:
        self.wiring = wiring
        self.owner_id = wiring.settings.owner
        self._lock = RLock()
        self._made_for: object = None
        self._results: dict[str, Any] = {}

    @cached_property
    def store(self) -> Store:
        """Her records; what was read is kept until they change."""
        return RememberedStore(self.wiring.store)

    @property
    def knowledge(self) -> Knowledge:
        """The rules."""
        return self.wiring.knowledge

    @property
    def clock(self) -> Clock:
        """The clock."""
        return self.wiring.clock

    @property
    def pieces(self) -> dict[str, Any]:
        """Store, knowledge and clock, as most services take them."""
        return {"store": self.store, "knowledge": self.knowledge, "clock": self.clock}

    def kept(self, name: str, work_out: Callable[[], Result]) -> Result:
        """Return what was worked out under a name, anew when the day or her records have changed.

        Workers and the command line write to the same records, so the store is asked each time how
        far they have got; that costs one short look.
        """
        with self._lock:
            now = (self.clock.today(), self.store.version())
            if now != self._made_for:
                self._results.clear()
                self._made_for = now
            if name not in self._results:
                result = work_out()
                # What was worked out may have been written down as well, such as a first week;
                # then nothing that was worked out before it holds.
                self._made_for = (now[0], self.store.version())
                if self._made_for != now:
                    self._results.clear()
                self._results[name] = result
            return cast("Result", self._results[name])
