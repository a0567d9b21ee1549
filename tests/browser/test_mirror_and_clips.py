"""The mirror before a rendered runner as the camera, and a clip from its sending to its result."""

import json
import re
from collections.abc import Callable

from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.conftest import PHONE, Seen, sign_in
from browser.every_way import problems_every_way
from builders.sent_pictures import CLIPS
from sidestep.batch.worker_process import WorkerProcess
from sidestep.bootstrap.settings import OWNER
from sidestep.services.kept_documents import DocumentKind
from sidestep.web.site import Site

BEGINS_WITHIN_MS = 90_000
WATCHED_WITHIN_MS = 240_000


def begin(page: Page, address: str) -> None:
    sign_in(page, address)
    page.goto(f"{address}/mirror")
    page.locator("[data-start]").click()


def test_somebody_runs_before_the_mirror(
    runner_as_camera: Browser,
    open_context: Callable[..., BrowserContext],
    runners_address: str,
    runners_site: Site,
) -> None:
    page = runner_as_camera.new_context(
        viewport=PHONE,  # type: ignore[arg-type]
        locale="en",
        permissions=["camera"],
    ).new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    begin(page, runners_address)
    stage = page.locator("[data-stage]")
    bars = stage.locator("[data-bars=left] .bar")
    expect(bars.nth(2)).to_be_attached(timeout=BEGINS_WITHIN_MS)
    expect(stage.locator("[data-cue]")).to_have_text("Knees apart")
    expect(stage).to_have_attribute("data-measured", re.compile("delay"), timeout=BEGINS_WITHIN_MS)
    measured = json.loads(str(stage.get_attribute("data-measured")))
    assert measured["delay"] > 0
    stage.locator("[data-stop]").click()
    page.wait_for_url("**/mirror/sessions/*", timeout=BEGINS_WITHIN_MS)
    expect(page.locator("h1")).to_have_text("At the mirror")
    assert not problems_every_way(page, open_context)
    (kept,) = runners_site.desk(OWNER).store.documents(DocumentKind.MIRROR_SESSION)
    assert kept.content["left"]["n_steps"] >= 3
    assert kept.content["delay_ms"] is not None
    assert errors == []


def test_without_a_camera_the_mirror_says_why(
    open_context: Callable[..., BrowserContext], runners_address: str
) -> None:
    context = open_context()
    context.add_init_script("Object.defineProperty(navigator, 'mediaDevices', {value: undefined})")
    page = context.new_page()
    sign_in(page, runners_address)
    page.goto(f"{runners_address}/mirror")
    expect(page.locator("[data-start]")).to_be_hidden()
    expect(page.locator("[data-no-camera]")).to_contain_text("sidestep serve --https")
    page.goto(f"{runners_address}/clips/new/squat")
    expect(page.locator("[data-recorder]")).to_be_hidden()
    expect(page.locator("[data-no-camera]")).to_contain_text("HTTPS")


def test_a_film_is_recorded_in_the_browser(runner_as_camera: Browser, runners_address: str) -> None:
    page = runner_as_camera.new_context(
        viewport=PHONE,  # type: ignore[arg-type]
        permissions=["camera"],
    ).new_page()
    sign_in(page, runners_address)
    page.goto(f"{runners_address}/clips/new/run")
    page.locator("[data-recorder]").evaluate(
        "place => Object.assign(place.dataset, {wait: '1', seconds: '2'})"
    )
    page.locator("[data-open]").click()
    expect(page.locator("[data-hint]")).not_to_be_empty()
    page.locator("[data-record]").click()
    page.locator("[data-send]").click(timeout=BEGINS_WITHIN_MS)
    page.wait_for_url("**/jobs/*")
    expect(page.locator("progress")).to_be_visible()


def test_a_sent_clip_comes_back_with_film_and_chart_in_step(
    open_context: Callable[..., BrowserContext],
    runners_page: Page,
    runners_address: str,
    runners_site: Site,
    seen: Seen,
) -> None:
    runners_page.goto(f"{runners_address}/clips/new/run")
    runners_page.locator("input[type=file]").set_input_files(CLIPS / "run_rear.mp4")
    with WorkerProcess(runners_site.wiring.settings):
        runners_page.locator("[data-film-form] button").click()
        runners_page.wait_for_url("**/clips/clip_run-*", timeout=WATCHED_WITHIN_MS)
    expect(runners_page.locator(".file-name")).to_have_text("run_rear.mp4")
    film = runners_page.locator("[data-overlay]")
    expect(film).to_have_js_property("readyState", 4, timeout=BEGINS_WITHIN_MS)
    marks = runners_page.locator("[data-chart]").first.locator(".mark")
    marks.nth(4).click(force=True)
    at_s = float(str(marks.nth(4).get_attribute("data-at")))
    runners_page.wait_for_function(
        "at => Math.abs(document.querySelector('[data-overlay]').currentTime - at) < 0.05",
        arg=at_s,
    )
    expect(marks.nth(4)).to_have_class("mark is-now")
    assert not problems_every_way(runners_page, open_context)
    assert not seen.troubles
