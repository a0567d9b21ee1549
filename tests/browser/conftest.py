"""Real Chromium before a served site: the made-up runner's, or one where nobody has begun."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    Route,
    expect,
    sync_playwright,
)

from builders.chromium import ARGUMENTS, chromium
from builders.made_up_home import copy_home, make_home
from builders.sent_pictures import jpegs_of
from builders.served import served
from builders.sites import site_over
from sidestep.bootstrap.settings import OWNER
from sidestep.services.people.sign_in import make_link, use_link
from sidestep.web.site import Site

TODAY = "2026-11-25"
"""A Wednesday: inside the week that the demonstration plans."""
PLANNED_ON, WEEK_STARTS = "2026-11-22", "2026-11-23"
NAME, PASSWORD = "Runner", "four words in a row"

# Machines that run the tests are shared: how quick a page is, is measured in benchmarks.
expect.set_options(timeout=30_000)

PHONE, DESK = {"width": 360, "height": 780}, {"width": 1280, "height": 900}


@dataclass
class Seen:
    """What a browser said and asked for while it was watched."""

    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    @property
    def troubles(self) -> list[str]:
        """What should never be: errors, and addresses elsewhere that were asked for."""
        return self.errors + self.elsewhere


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Return what starts browsers; there can be one in a process."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chrome(playwright: Playwright) -> Iterator[Browser]:
    """Return the browser; pages are opened in contexts of their own."""
    browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def made_up_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the made-up runner's data folder; copy it before changing it."""
    os.environ["SIDESTEP_TODAY"] = PLANNED_ON
    try:
        return make_home(tmp_path_factory.mktemp("demo") / "sidestep-demo")
    finally:
        del os.environ["SIDESTEP_TODAY"]


@pytest.fixture
def runners_site(made_up_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Return a site of the made-up runner, who has an account."""
    monkeypatch.setenv("SIDESTEP_TODAY", TODAY)
    site = site_over(copy_home(made_up_home, tmp_path / "home"))
    people, clock = site.wiring.people, site.wiring.clock
    use_link(
        make_link(OWNER, people=people, clock=clock),
        NAME,
        PASSWORD,
        people=people,
        passwords=site.wiring.passwords,
        clock=clock,
    )
    return site


@pytest.fixture
def runners_address(runners_site: Site) -> Iterator[str]:
    """Serve the made-up runner's site, and give its address."""
    with served(runners_site) as address:
        yield address


@pytest.fixture
def new_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Return a site where nobody has begun."""
    monkeypatch.setenv("SIDESTEP_TODAY", TODAY)
    return site_over(tmp_path / "home")


@pytest.fixture
def new_address(new_site: Site) -> Iterator[str]:
    """Serve a site where nobody has begun, and give its address."""
    with served(new_site) as address:
        yield address


@pytest.fixture
def runner_as_camera(chrome: Browser, tmp_path: Path) -> Iterator[Browser]:
    """Return a browser whose camera sees a rendered runner again and again."""
    film = tmp_path / "camera.mjpeg"
    film.write_bytes(b"".join(jpeg for _, jpeg in jpegs_of("run_front", every=2, height=720)))
    browser = chrome.browser_type.launch(
        executable_path=chromium(),
        args=[
            *ARGUMENTS,
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={film}",
        ],
    )
    yield browser
    browser.close()


@pytest.fixture
def seen() -> Seen:
    """Return what the browsers of this test said and asked for."""
    return Seen()


@pytest.fixture
def open_context(chrome: Browser, seen: Seen) -> Iterator[Callable[..., BrowserContext]]:
    """Return what opens a browser of its own: ``width``, ``height``, colours, language."""
    opened: list[BrowserContext] = []

    def open_one(size: dict[str, int] = PHONE, **options: object) -> BrowserContext:
        chosen = {"locale": "en", "reduced_motion": "reduce", **options}
        context = chrome.new_context(viewport=size, **chosen)  # type: ignore[arg-type]
        context.route(_is_elsewhere, lambda route: _refuse(route, seen))
        context.on("page", lambda page: _watch(page, seen))
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


def _is_elsewhere(address: str) -> bool:
    return urlsplit(address).hostname not in ("localhost", "127.0.0.1", None)


def _refuse(route: Route, seen: Seen) -> None:
    seen.elsewhere.append(route.request.url)
    route.abort()


@pytest.fixture
def runners_page(open_context: Callable[..., BrowserContext], runners_address: str) -> Page:
    """Return a phone's page on which the made-up runner has signed in."""
    page = open_context().new_page()
    sign_in(page, runners_address)
    return page


def _watch(page: Page, seen: Seen) -> None:
    page.on(
        "console",
        lambda message: seen.errors.append(message.text) if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: seen.errors.append(str(error)))


def sign_in(page: Page, address: str) -> None:
    """Sign the made-up runner in, whatever the language."""
    page.goto(f"{address}/sign-in")
    page.locator("input[name=name]").fill(NAME)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button").click()
    page.wait_for_url("**/today")
