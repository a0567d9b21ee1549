"""What axe finds on a page against WCAG 2.2 AA."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / ".venv/node_modules/axe-core/axe.min.js"
ALL_RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""Those of all the rules that look at colours: nothing else differs between light and dark."""

ALL_IS_THERE = """() => !document.querySelector(
  "[hx-trigger=revealed]:not([data-hx-revealed]), .htmx-request, .htmx-swapping, .htmx-settling"
)"""
# All that axe tells of what is right is long, and of no use here.
WHAT_IS_WRONG = """async (runOnly) => {
  const found = await axe.run(document, {runOnly, resultTypes: ["violations"]});
  return found.violations.map((each) => `${each.id}: ${each.nodes[0].html.slice(0, 120)}`);
}"""


def problems(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA in the colours that are shown."""
    with _shown_whole(page):
        return _found(page, ALL_RULES)


def problems_light_and_dark(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA; the page is left in light colours."""
    with _shown_whole(page):
        page.emulate_media(color_scheme="dark")
        dark = _found(page, OF_COLOURS)
        page.emulate_media(color_scheme="light")
        light = _found(page, ALL_RULES)
    return [f"light: {each}" for each in light] + [f"dark: {each}" for each in dark]


@contextmanager
def _shown_whole(page: Page) -> Iterator[None]:
    """Make the screen as high as the page, with axe in it, and as it was again afterwards."""
    # What a bar at the screen's edge covers is scrolled into view by a person, not by axe.
    size = page.viewport_size
    assert size is not None
    _grow(page, size["width"], size["height"])
    # What is fetched once it is seen makes the page longer again.
    page.wait_for_function(ALL_IS_THERE)
    _grow(page, size["width"], size["height"])
    if not page.evaluate("'axe' in window"):
        # The policy of the pages forbids scripts inside them, so it comes in as the tester's own.
        page.evaluate(AXE.read_text(encoding="utf-8"))
    yield
    page.set_viewport_size(size)


def _found(page: Page, rules: Mapping[str, object]) -> list[str]:
    found: list[str] = page.evaluate(WHAT_IS_WRONG, rules)
    return found


def _grow(page: Page, width: int, least: int) -> None:
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(height, least)})
