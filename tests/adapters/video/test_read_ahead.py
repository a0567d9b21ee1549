"""Items made in advance: the same ones, in order, never too many, and none after the end."""

import threading
import time
from collections.abc import Iterator

import pytest

from sidestep.adapters.video.read_ahead import read_ahead


def test_the_same_items_come_in_the_same_order() -> None:
    assert list(read_ahead(iter(range(100)), 3)) == list(range(100))


def test_an_error_comes_where_its_item_would_have_been() -> None:
    def broken() -> Iterator[int]:
        yield 1
        yield 2
        raise ValueError("third")

    given: list[int] = []
    with pytest.raises(ValueError, match="third"):
        given.extend(read_ahead(broken(), 5))
    items = read_ahead(broken(), 5)
    assert [next(items), next(items)] == [1, 2]
    with pytest.raises(ValueError, match="third"):
        next(items)


def test_no_more_than_depth_are_waiting() -> None:
    made: list[int] = []

    def counted() -> Iterator[int]:
        for number in range(50):
            made.append(number)
            yield number

    items = read_ahead(counted(), 2)
    assert next(items) == 0
    time.sleep(0.3)
    # One was given, two wait, and one is in hand for when there is room.
    assert len(made) <= 4
    items.close()


def test_closing_ends_the_thread_first() -> None:
    items = read_ahead(iter(range(1000)), 2)
    next(items)
    names = {thread.name for thread in threading.enumerate()}
    items.close()
    assert {thread.name for thread in threading.enumerate()} < names
    assert list(items) == []
