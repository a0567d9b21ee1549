"""Takes what a page sends once, however often it arrives: twice tapped, or kept while offline."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from sidestep.web.desk import Desk

KEY_MOST = 64


def new_key() -> str:
    """Return a key for a page that is about to be shown."""
    return secrets.token_urlsafe(16)


@contextmanager
def taken_once(desk: Desk, key: str) -> Iterator[bool]:
    """Tell whether this is the first time; when keeping it fails it may come again.

    Without a key nothing can be told apart, and everything is taken.
    """
    people, key = desk.wiring.people, key[:KEY_MOST]
    if not key:
        yield True
        return
    is_first = people.is_first(desk.owner_id, key, desk.clock.now())
    try:
        yield is_first
    except BaseException:
        if is_first:
            people.forget_key(desk.owner_id, key)
        raise
