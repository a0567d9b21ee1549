"""Connections are few on PostgreSQL: who finds none free in time is told to come again."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from builders.shipped import shipped_knowledge
from fakes.postgres import empty_database
from sidestep.adapters.storage import database
from sidestep.adapters.storage.database import BUSY, LENT_AT_ONCE
from sidestep.bootstrap.settings import OWNER, Settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.services.people.sign_in import make_link
from sidestep.web.app import create_app
from sidestep.web.site import Site


@pytest.fixture
def wiring(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wiring]:
    """Return a data folder whose rows and queue are in a real PostgreSQL."""
    monkeypatch.setattr(database, "LENDS_WITHIN_S", 0.02)
    empty_database(postgres_url)
    wiring = Wiring(Settings(home=tmp_path / "home", database_url=postgres_url))
    wiring.__dict__["knowledge"] = shipped_knowledge()
    yield wiring
    wiring._engine.dispose()


@contextmanager
def all_lent(engine: sa.Engine) -> Iterator[None]:
    """Hold every connection there is."""
    with ExitStack() as held:
        for _ in range(LENT_AT_ONCE):
            held.enter_context(engine.connect())
        yield


def test_a_page_and_a_program_are_told_to_come_again_and_then_served(wiring: Wiring) -> None:
    site = Site(wiring=wiring)
    token = make_link(OWNER, people=wiring.people, clock=wiring.clock)
    browser = TestClient(
        create_app(site),
        base_url="http://localhost",
        headers={"sec-fetch-site": "same-origin"},
        follow_redirects=False,
    )
    password = "four words in a row"  # noqa: S105
    browser.post(f"/welcome/{token}", data={"name": "Runner", "password": password})

    with all_lent(wiring._engine):
        page, document = browser.get("/today"), browser.get("/api/v1/profile")
        ready = browser.get("/readyz")

    assert (page.status_code, document.status_code, ready.status_code) == (503, 503, 503)
    assert BUSY[1:] in page.text
    assert "To the beginning" in page.text
    assert document.json()["error"]["code"] == "storage"
    assert document.json()["error"]["message"] == BUSY
    assert all(int(each.headers["retry-after"]) > 0 for each in (page, document))
    assert browser.get("/api/v1/profile").status_code == 200
