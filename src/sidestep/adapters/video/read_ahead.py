"""Lets the next items of an iterator be made while the last one is still being worked on."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from queue import Full, Queue
from threading import Event, Thread
from typing import Generic, TypeVar

Item = TypeVar("Item")

_LOOK_UP_S = 0.1
"""How often a full queue is left for a look at whether anybody still wants more."""


@dataclass(frozen=True, slots=True)
class _End(Generic[Item]):
    """What the iterator ended with."""

    error: BaseException | None


def read_ahead(items: Iterator[Item], depth: int) -> Generator[Item]:
    """Give the same items in the same order, at most ``depth`` of them made in advance.

    They are made in a thread of their own. When the caller stops early, by ``close`` or by an
    error, the thread has ended before the caller goes on, so that what the items come from can be
    closed. Errors come out where the item would have been.
    """
    waiting: Queue[Item | _End[Item]] = Queue(depth)
    is_wanted = Event()
    is_wanted.set()
    thread = Thread(target=_make, args=(items, waiting, is_wanted), daemon=True)
    thread.start()
    try:
        while not isinstance(item := waiting.get(), _End):
            yield item
        if item.error is not None:
            raise item.error
    finally:
        is_wanted.clear()
        thread.join()


def _make(items: Iterator[Item], waiting: "Queue[Item | _End[Item]]", is_wanted: Event) -> None:
    error: BaseException | None = None
    try:
        for item in items:
            _put(item, waiting, is_wanted)
            if not is_wanted.is_set():
                return
    except BaseException as caught:
        error = caught
    _put(_End(error), waiting, is_wanted)


def _put(item: "Item | _End[Item]", waiting: "Queue[Item | _End[Item]]", is_wanted: Event) -> None:
    while is_wanted.is_set():
        try:
            waiting.put(item, timeout=_LOOK_UP_S)
        except Full:
            continue
        return
