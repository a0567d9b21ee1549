"""The newest result of a kind is the one that was kept last, whatever the clock says."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from builders.shipped import shipped_knowledge
from sidestep.bootstrap.settings import Settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.services.kept_documents import DocumentKind, keep_document

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


class Hands:
    """A clock whose hands are moved by hand."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at


@pytest.mark.parametrize("moved_s", [0.0, -3600.0, 1.0])
def test_what_is_kept_last_is_the_newest(tmp_path: Path, moved_s: float) -> None:
    url = f"sqlite:///{tmp_path / 'sidestep.sqlite'}"
    store, clock = Wiring(Settings(home=tmp_path, database_url=url)).store, Hands()
    for number in range(8):
        keep_document(
            DocumentKind.WEEK_PLAN,
            {"number": number},
            store=store,
            knowledge=shipped_knowledge(),
            clock=clock,  # type: ignore[arg-type]
        )
        clock.at += timedelta(seconds=moved_s)
    kept = store.documents(DocumentKind.WEEK_PLAN)
    assert [document.content["number"] for document in kept] == list(range(8))
    newest = store.latest_document(DocumentKind.WEEK_PLAN)
    assert newest is not None
    assert newest.content == {"number": 7}
