"""All rules on one page: the longest there is, looked at whole, where parts of it are elsewhere."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext

from browser.axe import problems
from browser.conftest import PHONE
from browser.every_way import is_too_wide_by_px


def test_the_page_of_all_rules_is_sound_as_a_whole(
    open_context: Callable[..., BrowserContext], new_address: str
) -> None:
    # Once, in the longer language on the smaller screen: its rows are those of a search, which is
    # looked at in every way.
    page = open_context(PHONE, locale="de").new_page()
    page.goto(f"{new_address}/why")
    assert page.locator(".rule-line").count() > 300
    assert is_too_wide_by_px(page) <= 0
    assert not problems(page)
