"""A figure that moves can be held still; without a script no button stands there dead."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from browser.axe import problems
from browser.conftest import PHONE, TODAY, Seen, sign_in

EXERCISE = "/learn/exercises/fire_hydrant"
LOOP, STILL = (
    re.compile(r"^/drawings/\w+\.webp"),
    re.compile(r"^/drawings/\w+\.(start|finish)\.webp"),
)
TAP_PX = 44


def first_figure(page: Page, address: str) -> str:
    """Go to the first step of today that has a figure."""
    for number in range(1, 20):
        page.goto(f"{address}/play/{TODAY}/{number}")
        if page.locator("[data-moving]").count():
            return urlsplit(page.url).path
    pytest.fail("no step of today has a figure")


def shown_by(picture: Locator) -> str:
    """Return the path of what a picture shows, once it is there."""
    picture.evaluate("image => image.decode()")
    assert picture.evaluate("image => image.naturalWidth") > 0
    return urlsplit(str(picture.evaluate("image => image.currentSrc"))).path


@pytest.mark.parametrize("place", ["player", "exercise"])
def test_a_figure_is_paused_and_played(
    open_context: Callable[..., BrowserContext], runners_address: str, seen: Seen, place: str
) -> None:
    page = open_context(reduced_motion="no-preference").new_page()
    if place == "player":
        sign_in(page, runners_address)
        path = first_figure(page, runners_address)
    else:
        path = EXERCISE
    page.goto(f"{runners_address}{path}")
    picture = page.locator("[data-moving] img")
    pause = page.get_by_role("button", name="Pause the picture")
    play = page.get_by_role("button", name="Play the picture")
    assert LOOP.match(shown_by(picture))
    box = pause.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= TAP_PX

    pause.focus()
    page.keyboard.press("Enter")
    expect(play).to_be_focused()
    assert STILL.match(shown_by(picture))
    assert not problems(page)

    page.reload()
    assert STILL.match(shown_by(picture))
    play.click()
    expect(pause).to_be_visible()
    assert LOOP.match(shown_by(picture))
    assert seen.errors == []


def test_who_wants_little_motion_sees_a_still_and_may_play_it(
    open_context: Callable[..., BrowserContext], runners_address: str
) -> None:
    page = open_context(PHONE).new_page()
    page.goto(f"{runners_address}{EXERCISE}")
    picture = page.locator("[data-moving] img")
    assert STILL.match(shown_by(picture))
    page.get_by_role("button", name="Play the picture").click()
    assert LOOP.match(shown_by(picture))


def test_without_a_script_there_is_no_button(
    open_context: Callable[..., BrowserContext], runners_address: str
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto(f"{runners_address}{EXERCISE}")
    expect(page.locator("[data-moving] img")).to_be_visible()
    expect(page.locator("[data-moving] button")).to_be_hidden()
