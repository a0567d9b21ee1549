"""Counts attempts, so that passwords cannot be tried, nor pages be made, by the thousand."""

import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

WINDOW_S = 15 * 60.0
MOST = 8
MOST_NAMES = 10_000
"""More are not remembered; the oldest go first."""


@dataclass(slots=True)
class Attempts:
    """Attempts that count by key (an address, a name) over the last quarter of an hour."""

    most: int = MOST
    now_s: Callable[[], float] = time.monotonic
    _failed: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _lock: Lock = field(default_factory=Lock)

    def wait_s(self, *keys: str) -> float:
        """Return how long these keys have to wait, 0 for not at all."""
        with self._lock:
            return max((self._wait_s(key) for key in keys), default=0.0)

    def failed(self, *keys: str) -> None:
        """Note an attempt that counts."""
        with self._lock:
            for key in keys:
                self._failed[key].append(self.now_s())
                if len(self._failed) > MOST_NAMES:
                    self._failed.pop(next(iter(self._failed)))

    def succeeded(self, *keys: str) -> None:
        """Forget the failed attempts of these keys."""
        with self._lock:
            for key in keys:
                self._failed.pop(key, None)

    def _wait_s(self, key: str) -> float:
        if key not in self._failed:
            return 0.0
        times, now = self._failed[key], self.now_s()
        while times and now - times[0] > WINDOW_S:
            times.popleft()
        if not times:
            del self._failed[key]
            return 0.0
        return WINDOW_S - (now - times[0]) if len(times) >= self.most else 0.0
