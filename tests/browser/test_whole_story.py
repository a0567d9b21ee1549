"""From ``sidestep serve`` to the orthopaedist's page: one person, her phone, a week of days.

The server is the real command in a process of its own with its worker, started anew each day, as
a laptop is. The camera is a rendered runner. She reads no documentation and taps what is offered.
"""

import io
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from browser.conftest import PHONE
from builders.sent_pictures import CLIPS

MONDAY = date(2026, 11, 23)
PORT = "8397"
ADDRESS = f"http://localhost:{PORT}"
STARTS_WITHIN_S = 60
WATCHED_WITHIN_MS = 240_000
NAME, PASSWORD = "Runner", "four words in a row"
ANSWERS: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[2] / "examples/answers/self_care_front.yaml").read_text("utf-8")
)


@contextmanager
def sidestep_serve(home: Path, on: date) -> Iterator[tuple[str, str]]:
    """Run ``sidestep serve`` on a day; give its address and a link that it prints.

    What it and its worker say stands in ``said.txt`` beside the data folder, day after day.
    """
    command = [sys.executable, "-m", "sidestep", "--home", str(home), "serve", "--port", PORT]
    environment = {**os.environ, "SIDESTEP_TODAY": on.isoformat(), "PYTHONUNBUFFERED": "1"}
    log = home.parent / "said.txt"
    with (
        log.open("a") as said,
        subprocess.Popen(
            command, stdout=said, stderr=subprocess.STDOUT, env=environment
        ) as process,
    ):
        try:
            _wait_for(ADDRESS)
            yield ADDRESS, re.findall(r"http://\S+", log.read_text())[0]
        finally:
            process.terminate()


def _wait_for(address: str) -> None:
    for _ in range(STARTS_WITHIN_S * 10):
        with suppress(OSError):
            urllib.request.urlopen(f"{address}/healthz").read()  # noqa: S310
            return
        time.sleep(0.1)
    pytest.fail(f"{address} does not answer")


@pytest.fixture
def phone(runner_as_camera: Browser) -> Page:
    """Return a page on a phone whose camera sees a rendered runner."""
    context = runner_as_camera.new_context(
        viewport=PHONE,  # type: ignore[arg-type]
        locale="en",
        permissions=["camera"],
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    return page


def answer_screen(page: Page, answers: Mapping[str, Any]) -> None:
    """Tap the answers to what one screen asks, and go on."""
    asked = [
        str(each.get_attribute("value")) for each in page.locator("main input[name=asked]").all()
    ]
    for id in asked:
        value = answers.get(id)
        if value is None or value == []:
            way = page.locator(f'button[name="{"none" if value == [] else "unknown"}"]')
            if way.count():
                way.click()
                return
            continue
        for word in value if isinstance(value, list) else [value]:
            said = ("yes" if word else "no") if isinstance(word, bool) else f"{word}"
            control = page.locator(f'[name="{id}"][value="{said}"]')
            if not control.count():
                page.locator(f'input[name="{id}"]').fill(said)
                continue
            if control.evaluate("each => each.tagName") == "BUTTON":
                control.click()
                return
            label = page.locator(f'label:has([name="{id}"][value="{said}"])')
            (label if label.count() else control).first.click()
    page.locator("main form button.button.whole").click()
    open_still = page.locator('button[name="go_on"]')
    if open_still.count() and page.locator("#trouble").count():
        open_still.click()


def answer_everything(page: Page, answers: Mapping[str, Any]) -> int:
    """Answer screen by screen until something is found; return how many there were."""
    for screens in range(60):
        if page.url.endswith("/knee/result"):
            return screens
        answer_screen(page, answers)
        page.wait_for_load_state()
    pytest.fail("the questions do not end")


def check_in(page: Page, pain: int) -> None:
    """Tell of a day: the pain, all of it done, nothing new."""
    page.locator("nav a[href='/check-in']").first.click()
    for name, value in (
        ("pain_now", pain),
        ("did", "all"),
        ("pain_on_run", 1),
        ("pain_hour_after", 0),
    ):
        choice = page.locator(f'label:has([name="{name}"][value="{value}"])')
        if choice.count() and choice.is_visible():
            choice.click()
    page.get_by_role("button", name="Nothing new. Done").click()
    page.wait_for_url("**/check-in/done**")


def test_from_a_sore_knee_to_the_page_for_the_orthopaedist(phone: Page, tmp_path: Path) -> None:
    home, page = tmp_path / "home", phone
    elsewhere: list[str] = []
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "request",
        lambda request: None if "//localhost:" in request.url else elsewhere.append(request.url),
    )
    with sidestep_serve(home, MONDAY) as (address, link):
        page.goto(f"{address}/")
        page.get_by_role("link", name="My knee hurts").click()
        assert answer_everything(page, ANSWERS) > 10
        expect(page.locator("h1")).to_have_text("Nothing you answered asks for a clinician now")

        page.goto(link)
        page.get_by_label("Your name").fill(NAME)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Begin").click()
        page.wait_for_url("**/knee/result")
        page.locator("nav a[href='/today']").first.click()
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator("main .card").first).to_be_visible()

        page.goto(f"{address}/clips/new/squat")
        page.locator("input[type=file]").set_input_files(CLIPS / "squat_deep.mp4")
        page.locator("[data-film-form] button").click()
        page.wait_for_url("**/clips/clip_squat-*", timeout=WATCHED_WITHIN_MS)
        expect(page.locator("main")).to_contain_text("Knee over the foot")

        page.goto(f"{address}/mirror")
        page.locator("[data-start]").click()
        bars = page.locator("[data-bars=left] .bar")
        expect(bars.nth(2)).to_be_attached(timeout=WATCHED_WITHIN_MS)
        page.locator("[data-stop]").click()
        page.wait_for_url("**/mirror/sessions/*")
        check_in(page, 2)
    for days in range(1, 7):
        with sidestep_serve(home, MONDAY + timedelta(days=days)) as (address, _):
            page.goto(f"{address}/today")
            expect(page.locator("h1")).to_be_visible()
            check_in(page, 1)
    with sidestep_serve(home, MONDAY + timedelta(days=7)) as (address, _):
        page.goto(f"{address}/week/{MONDAY}/review")
        expect(page.locator("main")).to_contain_text(re.compile(r"(\d+) of \1\s*planned things"))
        page.goto(f"{address}/progress")
        expect(page.locator("h1")).to_be_visible()
        page.goto(f"{address}/more")
        page.locator("main a[href='/ask']").click()
        expect(page.get_by_role("button", name="Make the page (PDF)")).to_be_visible()
        # A browser shows the PDF in a viewer that no test can read: ask for what its form asks for.
        asks = "form => '' + new URLSearchParams(new FormData(form))"
        form = page.locator("main form").first
        answer = page.context.request.post(
            str(form.evaluate("form => form.action")),
            data=str(form.evaluate(asks)),
            headers={
                "content-type": "application/x-www-form-urlencoded",
                "sec-fetch-site": "same-origin",
            },
        )
        # On a busy machine the first page is not there before the request stops waiting for it.
        job = answer.url.removesuffix("/page.pdf")
        page.goto(job)
        opens = page.get_by_role("link", name="Open it (PDF)")
        expect(opens).to_be_visible(timeout=WATCHED_WITHIN_MS)
        pdf = page.context.request.get(f"{job}/page.pdf").body()
    text = " ".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert "kneecap" in text
    assert "squat" in text.lower()
    said = (tmp_path / "said.txt").read_text()
    for private in (NAME, PASSWORD, "squat_deep", "kneecap", "pain", "Traceback"):
        assert private not in said, said
    assert errors == []
    assert elsewhere == []
