"""What axe finds on a page against WCAG 2.2 AA."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / ".venv/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

ALL_IS_THERE = """() => !document.querySelector(
  "[hx-trigger=revealed]:not([data-hx-revealed]), .htmx-request, .htmx-swapping, .htmx-settling"
)"""


def problems(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA."""
    # What a bar at the screen's edge covers is scrolled into view by a person, not by axe.
    size = page.viewport_size
    assert size is not None
    _grow(page, size["width"], size["height"])
    # What is fetched once it is seen makes the page longer again.
    page.wait_for_function(ALL_IS_THERE)
    _grow(page, size["width"], size["height"])
    # The policy of the pages forbids scripts inside them, so it comes in as the tester's own.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
    )
    page.set_viewport_size(size)
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found["violations"]]


def _grow(page: Page, width: int, least: int) -> None:
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(height, least)})
