"""One page in every way: enlarged, on the phone and on the desk, light and dark, in each language.

A page is opened once in each language. Its size and its colours change while it stands there, as
they do when a phone is turned or the evening comes: both are up to the style sheets alone.
"""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page

from browser.axe import problems_light_and_dark
from browser.conftest import DESK, PHONE
from sidestep.languages.language import LANGUAGES

ENLARGED = {"width": 320, "height": 256}
"""What is left of 1280 x 1024 pixels when everything is four times as large."""


def is_too_wide_by_px(page: Page) -> int:
    """Return how far a page reaches beyond the screen's right edge."""
    beyond: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return beyond


def problems_as_it_stands(page: Page) -> list[str]:
    """Look at the page that is shown at every size and in both colours; say what is wrong.

    It is left as wide as a desk and in light colours.
    """
    found = []
    for size in (ENLARGED, PHONE, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        way = f"{size['width']} px, "
        if (beyond := is_too_wide_by_px(page)) > 0:
            found.append(f"{way}{beyond} px too wide")
        if size is not ENLARGED:
            found += [way + each for each in problems_light_and_dark(page)]
    return found


def problems_every_way(page: Page, open_context: Callable[..., BrowserContext]) -> list[str]:
    """Open the address a page stands at in every way, signed in as it is; say what is wrong."""
    signed_in = page.context.storage_state()
    found = []
    for language in LANGUAGES:
        context = open_context(locale=language, storage_state=signed_in)
        other = context.new_page()
        other.goto(page.url)
        found += [f"{language}, {each}" for each in problems_as_it_stands(other)]
        context.close()
    return found
