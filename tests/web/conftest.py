"""A site over a data folder of its own, on a day that stands still, and browsers to look at it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from builders.sites import site_over
from fakes.jobs import ScriptedJobs
from sidestep.bootstrap.settings import OWNER
from sidestep.services.people.sign_in import make_link
from sidestep.web.app import create_app
from sidestep.web.site import Site

TODAY = "2026-11-22"
PASSWORD = "four words in a row"  # noqa: S105
BASE = "http://localhost"

Browser = TestClient


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Return a site whose data folder is empty."""
    monkeypatch.setenv("SIDESTEP_TODAY", TODAY)
    return site_over(tmp_path / "home")


@pytest.fixture
def open_browser(site: Site) -> Iterator[Callable[[], Browser]]:
    """Return what opens a browser of its own, with its own cookies, signed in nowhere."""
    app = create_app(site)
    opened: list[Browser] = []

    def open_one() -> Browser:
        browser = TestClient(
            app,
            base_url=BASE,
            headers={"sec-fetch-site": "same-origin"},
            follow_redirects=False,
        )
        opened.append(browser)
        return browser

    yield open_one
    for browser in opened:
        browser.close()


@pytest.fixture
def visitor(open_browser: Callable[[], Browser]) -> Browser:
    """Return a browser of somebody without an account."""
    return open_browser()


@pytest.fixture
def sign_up(site: Site, open_browser: Callable[[], Browser]) -> Callable[[str, str], Browser]:
    """Return what makes an account (owner, name) and gives a browser signed in with it."""

    def make(owner_id: str, name: str) -> Browser:
        token = make_link(owner_id, people=site.wiring.people, clock=site.wiring.clock)
        browser = open_browser()
        answer = browser.post(f"/welcome/{token}", data={"name": name, "password": PASSWORD})
        assert answer.status_code == 303, answer.text
        return browser

    return make


@pytest.fixture
def runner(sign_up: Callable[[str, str], Browser]) -> Browser:
    """Return a browser signed in as the data folder's first person."""
    return sign_up(OWNER, "Runner")


@pytest.fixture
def jobs(site: Site) -> ScriptedJobs:
    """Return the queue of the site's people: pages are made at once, all else waits."""
    jobs = ScriptedJobs(site.wiring.of)
    for owner in (OWNER, "other"):
        site.desk(owner).wiring.__dict__["jobs"] = jobs
    return jobs
