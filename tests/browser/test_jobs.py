"""Long work in a real browser: streamed across a restart of the server, and without script."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.conftest import Seen, sign_in
from builders.served import served
from fakes.jobs import ScriptedJobs
from sidestep.bootstrap.settings import OWNER
from sidestep.services.ports.jobs import JobKind, JobStatus
from sidestep.web.site import Site

COMES_BACK_WITHIN_MS = 20_000
OUR_OWN_DOING = ("ERR_CONNECTION_REFUSED", "ERR_INCOMPLETE_CHUNKED_ENCODING", "[object Event]")
"""What a browser and htmx say when a stream breaks off."""

ARGUMENTS: dict[JobKind, dict[str, Any]] = {
    JobKind.IMPORT_UPLOAD: {},
    JobKind.ANALYSE_CLIP: {"shows": "squat"},
    JobKind.MAKE_REPORT: {"for": "clinician"},
}


@pytest.fixture
def queue(runners_site: Site) -> ScriptedJobs:
    """Return the runner's queue, whose jobs stand where a test puts them."""
    queue = ScriptedJobs()
    runners_site.wiring.__dict__["jobs"] = queue
    return queue


def begin(queue: ScriptedJobs, kind: JobKind, **changes: Any) -> str:
    job = queue.start(kind, OWNER, ARGUMENTS[kind], str(changes))
    queue.become(OWNER, job, **{"status": JobStatus.RUNNING, **changes})
    return job


def share_of(page: Page) -> Any:
    return expect(page.locator("progress"))


def test_the_page_goes_on_by_itself_when_the_server_was_restarted_meanwhile(
    open_context: Callable[..., BrowserContext],
    runners_site: Site,
    queue: ScriptedJobs,
    seen: Seen,
) -> None:
    page = open_context().new_page()
    job = begin(queue, JobKind.IMPORT_UPLOAD, progress=0.4, message="reading")
    with served(runners_site) as address:
        sign_in(page, address)
        page.goto(f"{address}/jobs/{job}")
        share_of(page).to_have_attribute("value", "40.0")
        queue.become(OWNER, job, progress=0.5)
        share_of(page).to_have_attribute("value", "50.0")
    queue.become(OWNER, job, progress=0.8)
    again = Site(wiring=runners_site.wiring)
    with served(again, urlsplit(address).port or 0):
        share_of(page).to_have_attribute("value", "80.0", timeout=COMES_BACK_WITHIN_MS)
        queue.become(OWNER, job, status=JobStatus.CANCELLED)
        expect(page.locator("h1")).to_have_text("Stopped")
        expect(page.get_by_role("button", name="Stop it")).to_have_count(0)
    assert not [each for each in seen.troubles if not any(own in each for own in OUR_OWN_DOING)]


def test_without_script_the_page_looks_again_until_the_end(
    open_context: Callable[..., BrowserContext], runners_address: str, queue: ScriptedJobs
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    job = begin(queue, JobKind.ANALYSE_CLIP, progress=0.4, message="watching")
    sign_in(page, runners_address)
    page.goto(f"{runners_address}/jobs/{job}")
    share_of(page).to_have_attribute("value", "40.0")
    queue.become(OWNER, job, progress=0.8)
    share_of(page).to_have_attribute("value", "80.0", timeout=COMES_BACK_WITHIN_MS)
    page.get_by_role("button", name="Stop it").click()
    expect(page.locator("h1")).to_have_text("Stopped")
