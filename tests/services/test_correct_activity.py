"""What the person says about an activity is kept, and answers the question it raised."""

from dataclasses import replace
from pathlib import Path

import pytest

from builders.summaries import make_row, make_run, make_source
from sidestep.adapters.storage.database import open_database
from sidestep.adapters.storage.store import SqlStore
from sidestep.domain.activity.summary import ActivitySummary, Oddity, Verdict
from sidestep.domain.vocabulary.sport import Sport
from sidestep.errors import InputError
from sidestep.services.importing.correct_activity import correct_activity
from sidestep.services.ports import SourceEntry


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    store = SqlStore(open_database(f"sqlite:///{tmp_path / 'sidestep.sqlite'}"), "me")
    odd = replace(make_run(), oddities=(Oddity(code="fast", message="Was it a drive?"),))
    store.apply([SourceEntry(source=make_source(), new=(make_row(odd),))])
    return store


def stored(store: SqlStore) -> ActivitySummary:
    (activity,) = store.activities()
    return activity


def test_an_odd_recording_does_not_count_until_it_is_answered(store: SqlStore) -> None:
    assert not stored(store).is_counted
    correct_activity(store, "run", verdict="keep")
    assert stored(store).is_counted


def test_naming_the_sport_is_an_answer(store: SqlStore) -> None:
    correct_activity(store, "run", sport="cycle")
    assert stored(store).sport is Sport.CYCLE
    assert stored(store).is_counted


def test_leaving_out_wins_over_naming_the_sport(store: SqlStore) -> None:
    correct_activity(store, "run", verdict="exclude", sport="cycle")
    assert stored(store).verdict is Verdict.EXCLUDED


def test_effort_alone_answers_nothing(store: SqlStore) -> None:
    correct_activity(store, "run", effort_rpe=6.0)
    assert stored(store).effort_rpe == 6.0
    assert stored(store).verdict is Verdict.UNASKED


def test_an_unknown_sport_names_the_known_ones(store: SqlStore) -> None:
    with pytest.raises(InputError, match="'quidditch'") as caught:
        correct_activity(store, "run", sport="quidditch")
    assert "football" in caught.value.hint
