"""What was sent once is known again, for each person by herself."""

from datetime import UTC, datetime
from pathlib import Path

from sidestep.adapters.storage.database import open_database
from sidestep.adapters.storage.people import SqlPeople

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_key_is_new_once_and_for_each_person(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'sidestep.sqlite'}")
    people = SqlPeople(engine)
    assert people.is_first("one", "key", NOON)
    assert not people.is_first("one", "key", NOON)
    assert people.is_first("other", "key", NOON)
    people.forget_key("one", "key")
    assert people.is_first("one", "key", NOON)
    assert not people.is_first("other", "key", NOON)
    engine.dispose()
