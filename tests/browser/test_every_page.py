"""Every page in a real browser: nothing from elsewhere, nothing too wide, axe finds nothing."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from browser.conftest import PHONE, TODAY, WEEK_STARTS, Seen, sign_in
from browser.every_way import problems_as_it_stands, problems_every_way
from builders.clip_results import kept_run
from builders.job_homes import zip_of_runs
from fakes.jobs import ScriptedJobs
from sidestep.batch.worker_process import WorkerProcess
from sidestep.bootstrap.settings import OWNER
from sidestep.languages.language import LANGUAGES
from sidestep.services.people.sign_in import make_link
from sidestep.services.ports.jobs import JobError, JobKind, JobState, JobStatus
from sidestep.web.guard.sizes import FORM_BYTES
from sidestep.web.site import Site

READ_WITHIN_MS = 90_000
TAP_PX = 44

THE_DAY_BEFORE, A_DAY_OF_REST = "2026-11-24", "2026-11-28"

FOR_ANYBODY = (
    "/",
    "/sign-in",
    "/offline",
    "/knee",
    "/knee/place",
    "/knee/questions?at=calf_swollen",
    "/learn",
    "/learn/exercises",
    "/learn/exercises/fire_hydrant",
    "/why?q=longest",
    "/why/spike_gate_1_10",
)
FOR_HERSELF = (
    "/today",
    "/week",
    f"/week/{WEEK_STARTS}",
    "/week/ahead",
    f"/week/{WEEK_STARTS}/review",
    f"/week/{WEEK_STARTS}/watch",
    "/check-in",
    f"/check-in?day={THE_DAY_BEFORE}",
    f"/play/{TODAY}",
    f"/play/{TODAY}/1",
    f"/play/{TODAY}/done",
    "/more",
    "/knee",
    "/knee/place",
    "/knee/questions?at=beliefs",
    "/knee/questions?at=calf_swollen",
    "/knee/result",
    "/ask",
    "/ask/print",
    "/ask/print?parts=knee",
    "/settings",
    "/connect",
    "/connect/activities",
    "/progress",
    "/mirror",
    "/clips",
    "/clips/new/run",
    "/clips/new/squat",
    "/offline",
)


def look_at(page: Page, address: str, paths: tuple[str, ...], status: int = 200) -> None:
    for path in paths:
        answer = page.goto(f"{address}{path}")
        assert answer is not None
        assert answer.status == status, path
        look_closely(page, path)


def look_closely(page: Page, where: str) -> None:
    """Make sure that the page that is shown is as wide as the screen and holds what it should."""
    assert not problems_as_it_stands(page), where
    assert page.locator("h1").count() == 1, where


IN_EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


@IN_EVERY_LANGUAGE
def test_every_page_for_anybody_is_sound(
    open_context: Callable[..., BrowserContext],
    runners_address: str,
    runners_site: Site,
    seen: Seen,
    language: str,
) -> None:
    wiring = runners_site.wiring
    token = make_link("newcomer", people=wiring.people, clock=wiring.clock)
    page = open_context(locale=language).new_page()
    look_at(page, runners_address, (*FOR_ANYBODY, f"/welcome/{token}"))
    assert not seen.troubles


@IN_EVERY_LANGUAGE
def test_every_page_for_herself_is_sound(
    open_context: Callable[..., BrowserContext], runners_address: str, seen: Seen, language: str
) -> None:
    page = open_context(locale=language).new_page()
    sign_in(page, runners_address)
    look_at(page, runners_address, FOR_HERSELF)
    page.goto(f"{runners_address}/connect")
    page.locator("a.activity-line").first.click()
    look_closely(page, "an activity")
    assert not seen.troubles


@IN_EVERY_LANGUAGE
def test_what_is_said_when_something_goes_wrong_is_sound(
    open_context: Callable[..., BrowserContext],
    runners_address: str,
    runners_site: Site,
    seen: Seen,
    language: str,
) -> None:
    """Work however it ends, and what a page says that cannot be shown."""
    queue = runners_site.wiring.__dict__["jobs"] = BreakingJobs()
    page = open_context(locale=language).new_page()
    sign_in(page, runners_address)
    for kind, ends in ENDS.items():
        for number, changes in enumerate(ends):
            job = queue.start(kind, OWNER, ARGUMENTS[kind], str(number))
            queue.become(OWNER, job, **changes)
            runners_site.wiring.job_files.page(OWNER, job).write_bytes(b"%PDF-1.7")
            look_at(page, runners_address, (f"/jobs/{job}",))
    look_at(page, runners_address, ("/nothing/here",), 404)
    look_at(page, runners_address, (f"/jobs/{BreakingJobs.BREAKS}",), 500)
    page.goto(f"{runners_address}/more")
    with page.expect_navigation():
        page.evaluate(SEND_TOO_MUCH)
    look_closely(page, "what is too large")
    page.goto("about:blank")
    page.set_content(f'<form method="post" action="{runners_address}/sign-out"><button></form>')
    with page.expect_navigation():
        page.locator("button").click()
    look_closely(page, "what another site sends")
    assert not seen.elsewhere


SEND_TOO_MUCH = f"""() => {{
  const form = document.body.appendChild(document.createElement("form"));
  Object.assign(form, {{method: "post", action: "/sign-out"}});
  const field = form.appendChild(document.createElement("textarea"));
  Object.assign(field, {{name: "a", value: "x".repeat({FORM_BYTES + 1})}});
  form.submit();
}}"""

ARGUMENTS: dict[JobKind, dict[str, str]] = {
    JobKind.IMPORT_UPLOAD: {},
    JobKind.ANALYSE_CLIP: {"shows": "squat"},
    JobKind.MAKE_REPORT: {"for": "clinician"},
}
FAILED = JobError(
    code="unreadable",
    message="a rather long name of a film that somebody took on the treadmill.mov is no film",
    hint="Send another file.",
)
ENDS: dict[JobKind, tuple[dict[str, Any], ...]] = {
    JobKind.IMPORT_UPLOAD: ({"status": JobStatus.FAILED, "error": FAILED},),
    JobKind.ANALYSE_CLIP: (
        {"status": JobStatus.RUNNING, "progress": 0.8, "message": "watching"},
        {"status": JobStatus.CANCELLED},
    ),
    JobKind.MAKE_REPORT: ({"status": JobStatus.DONE, "progress": 1.0, "result": {}},),
}


class BreakingJobs(ScriptedJobs):
    """A queue that breaks down when it is asked for a certain job."""

    BREAKS = "b" * 32

    def state(self, owner: str, job_id: str) -> JobState | None:
        if job_id == self.BREAKS:
            message = "broken on purpose"
            raise RuntimeError(message)
        return super().state(owner, job_id)


def test_the_warning_signs_and_what_they_mean_are_sound(
    open_context: Callable[..., BrowserContext],
    runners_page: Page,
    runners_address: str,
    seen: Seen,
) -> None:
    runners_page.goto(f"{runners_address}/check-in")
    runners_page.locator('label:has([name="pain_now"][value="3"])').click()
    runners_page.locator('[name="new_signs"][value="yes"]').click()
    runners_page.wait_for_url("**/check-in/signs**")
    assert not problems_every_way(runners_page, open_context)
    while "/check-in/signs" in runners_page.url:
        with runners_page.expect_navigation():
            runners_page.locator('[name="answer"]').nth(1).click()
    assert "/check-in/done" in runners_page.url
    assert not problems_every_way(runners_page, open_context)
    runners_page.goto(f"{runners_address}/today")
    assert not problems_every_way(runners_page, open_context)
    assert not seen.troubles


def test_a_day_of_rest_and_two_films_side_by_side_are_shown_soundly(
    open_context: Callable[..., BrowserContext],
    runners_page: Page,
    runners_address: str,
    runners_site: Site,
    seen: Seen,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SIDESTEP_TODAY", A_DAY_OF_REST)
    runners_page.goto(f"{runners_address}/today")
    expect(runners_page.locator("main .card.rest").first).to_be_visible()
    assert not problems_every_way(runners_page, open_context)
    before, after = kept_run(), replace(kept_run(), id="clip_run-2")
    for clip in (before, after):
        runners_site.desk(OWNER).store.save_document(clip)
    for path in (f"compare?one={before.id}&other={after.id}", before.id):
        runners_page.goto(f"{runners_address}/clips/{path}")
        assert not problems_every_way(runners_page, open_context), path
    assert not seen.troubles


def test_a_knee_that_is_to_be_seen_now_is_shown_soundly(
    open_context: Callable[..., BrowserContext], runners_address: str, seen: Seen
) -> None:
    page = open_context().new_page()
    page.goto(f"{runners_address}/knee/questions?at=calf_swollen")
    page.locator('[name="calf_swollen"][value="yes"]').click()
    page.wait_for_url("**/knee/result")
    expect(page.locator("h1")).to_have_text("Get emergency help now")
    assert not problems_every_way(page, open_context)
    assert not seen.troubles


def test_what_an_import_found_is_shown_soundly(
    open_context: Callable[..., BrowserContext],
    runners_page: Page,
    runners_address: str,
    runners_site: Site,
    seen: Seen,
) -> None:
    runners_page.goto(f"{runners_address}/connect")
    archive = {"name": "runs.zip", "mimeType": "application/zip", "buffer": zip_of_runs(2)}
    runners_page.locator("input[type=file]").set_input_files(archive)  # type: ignore[arg-type]
    runners_page.locator("main form button").first.click()
    runners_page.wait_for_url("**/jobs/*")
    assert not problems_every_way(runners_page, open_context)
    with WorkerProcess(runners_site.wiring.settings):
        expect(runners_page.locator(".counts")).to_be_visible(timeout=READ_WITHIN_MS)
    assert not problems_every_way(runners_page, open_context)
    assert not seen.troubles


@pytest.mark.parametrize(
    "path", ["/today", "/week", "/check-in", f"/play/{TODAY}", f"/play/{TODAY}/1"]
)
def test_what_is_pressed_is_large_enough(
    open_context: Callable[..., BrowserContext], runners_address: str, path: str
) -> None:
    page = open_context(PHONE).new_page()
    sign_in(page, runners_address)
    page.goto(f"{runners_address}{path}")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert page.evaluate(TOO_SMALL, TAP_PX) == []


TOO_SMALL = """(least) => {
  const textAround = (link) => link.closest("p, li, td, dd")?.textContent.trim() ?? "";
  const isInText = (link) => link.tagName === "A" && getComputedStyle(link).display === "inline"
    && textAround(link) !== link.textContent.trim();
  const pressed = (part) => (part.labels?.[0] ?? part).getBoundingClientRect();
  return [...document.querySelectorAll("a, button, input, select, textarea, summary")]
    .filter((part) => part.checkVisibility({visibilityProperty: true}) && part.type !== "hidden")
    .filter((part) => !part.closest(".skip") && !isInText(part))
    .map((part) => [part, pressed(part)])
    .filter(([, box]) => box.height < least || box.width < 24)
    .map(([part, box]) => `${box.width} x ${box.height}: ${part.outerHTML.slice(0, 160)}`);
}"""


def test_nothing_is_fetched_from_elsewhere_even_when_asked_for(
    open_context: Callable[..., BrowserContext], seen: Seen
) -> None:
    page = open_context().new_page()
    with pytest.raises(Error, match="ERR_FAILED"):
        page.goto("http://elsewhere.invalid/picture.png")
    assert seen.elsewhere == ["http://elsewhere.invalid/picture.png"]


UNDER_A_BAR = """() => {
  const held = document.activeElement;
  if (!held || held === document.body || held.closest(".skip, .places")) return false;
  const shown = (held.labels?.[0] ?? held).getBoundingClientRect();
  const [x, y] = [shown.x + shown.width / 2, shown.y + shown.height / 2];
  const over = document.elementFromPoint(x, y);
  return !!over?.closest(".places, .sticky") && !held.closest(".sticky");
}"""


@pytest.mark.parametrize("path", ["/settings", "/check-in", "/knee/questions?at=beliefs"])
def test_what_has_the_focus_is_never_behind_a_bar(
    open_context: Callable[..., BrowserContext], runners_address: str, path: str
) -> None:
    page = open_context(PHONE).new_page()
    sign_in(page, runners_address)
    page.goto(f"{runners_address}{path}")
    for _ in range(40):
        page.keyboard.press("Tab")
        held = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        assert not page.evaluate(UNDER_A_BAR), held
