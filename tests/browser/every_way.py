"""One page on the phone and on the desk, light and dark, in every language."""

from collections.abc import Callable
from itertools import product

from playwright.sync_api import BrowserContext, Page

from browser.axe import problems
from browser.conftest import DESK, PHONE
from sidestep.languages.language import LANGUAGES


def is_too_wide_by_px(page: Page) -> int:
    """Return how far a page reaches beyond the screen's right edge."""
    beyond: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return beyond


def problems_every_way(page: Page, open_context: Callable[..., BrowserContext]) -> list[str]:
    """Open the address a page stands at in every way, signed in as it is; say what is wrong."""
    signed_in = page.context.storage_state()
    found = []
    for size, colours, language in product((PHONE, DESK), ("light", "dark"), LANGUAGES):
        context = open_context(size, color_scheme=colours, locale=language, storage_state=signed_in)
        other = context.new_page()
        other.goto(page.url)
        way = f"{size['width']} px, {colours}, {language}: "
        found += [way + each for each in problems(other)]
        if (beyond := is_too_wide_by_px(other)) > 0:
            found.append(f"{way}{beyond} px too wide")
        context.close()
    return found
