"""Every page in a real browser: nothing from elsewhere, nothing too wide, axe finds nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from browser.conftest import DESK, PHONE, Seen, sign_in
from sidestep.web.language import LANGUAGES

AXE = Path(__file__).parents[2] / ".venv/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

FOR_ANYBODY = (
    "/",
    "/sign-in",
    "/learn",
    "/learn/exercises",
    "/learn/exercises/fire_hydrant",
    "/why?q=longest",
    "/why/spike_gate_1_10",
)
FOR_HERSELF = (
    "/today",
    "/settings",
    "/connect",
    "/progress",
    "/mirror",
    "/clips",
    "/clips/new/run",
    "/clips/new/squat",
)


def problems(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA."""
    # What a bar at the screen's edge covers is scrolled into view by a person, not by axe.
    size = page.viewport_size
    assert size is not None
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
    # The policy of the pages forbids scripts inside them, so it comes in as the tester's own.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
    )
    page.set_viewport_size(size)
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found["violations"]]


def look_at(page: Page, address: str, paths: tuple[str, ...]) -> None:
    for path in paths:
        answer = page.goto(f"{address}{path}")
        assert answer is not None
        assert answer.status == 200, path
        too_wide = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert too_wide <= 0, f"{path} is {too_wide} px too wide"
        assert not problems(page), path
        assert page.locator("h1").count() == 1, path


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_sound(
    open_context: Callable[..., BrowserContext],
    runners_address: str,
    seen: Seen,
    size: dict[str, int],
    colours: str,
    language: str,
) -> None:
    page = open_context(size, color_scheme=colours, locale=language).new_page()
    look_at(page, runners_address, FOR_ANYBODY)
    sign_in(page, runners_address)
    look_at(page, runners_address, FOR_HERSELF)
    assert seen.elsewhere == []
    assert seen.errors == []
