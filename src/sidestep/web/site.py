"""What one running server knows: its data folder, its addresses, and a desk for each person."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from sidestep.bootstrap.wiring import Wiring
from sidestep.web.desk import Desk
from sidestep.web.guard.attempts import Attempts
from sidestep.web.live.mirrors import Mirrors

LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")


VISITORS_PAGES = 20
"""PDF pages that an address may have made without an account in a quarter of an hour."""


@dataclass(slots=True, kw_only=True)
class Site:
    """One running server.

    Attributes
    ----------
    wiring
        The pieces of the data folder's first person.
    hosts
        Names this server answers to: anybody else's name in a request is refused, so that a page
        from elsewhere cannot reach it under a name of its own.
    root_path
        Where it lies under a proxy, such as ``/sidestep``; empty at the top.
    is_https
        Whether browsers reach it over HTTPS; cookies then never travel without.
    pages_of_visitors
        PDF pages made for addresses without an account.
    authority
        Certificate of the authority that vouches for this machine, where it is one of its own.
    is_ending
        Whether the server was told to end; what is streamed ends then, for it waits for that.
    """

    wiring: Wiring
    hosts: tuple[str, ...] = LOOPBACK
    root_path: str = ""
    is_https: bool = False
    authority: Path | None = None
    attempts: Attempts = field(default_factory=Attempts)
    pages_of_visitors: Attempts = field(default_factory=lambda: Attempts(most=VISITORS_PAGES))
    mirrors: Mirrors = field(default_factory=Mirrors)
    is_ending: Callable[[], bool] = lambda: False
    _desks: dict[str, Desk] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def desk(self, owner_id: str) -> Desk:
        """Return a person's desk, the same one as long as the server runs."""
        with self._lock:
            if owner_id not in self._desks:
                self._desks[owner_id] = Desk(self.wiring.of(owner_id))
            return self._desks[owner_id]
