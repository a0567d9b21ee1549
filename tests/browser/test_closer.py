"""A chart that the browser draws itself: under the page's own policy, read value by value."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from browser.axe import problems
from browser.conftest import DESK, PHONE, Seen, sign_in

DRAWN_WITHIN_MS = 60_000


@pytest.mark.parametrize(
    ("size", "colours", "language"), [(PHONE, "dark", "de"), (DESK, "light", "en")]
)
def test_the_history_is_drawn_and_can_be_read(
    open_context: Callable[..., BrowserContext],
    runners_address: str,
    seen: Seen,
    size: dict[str, int],
    colours: str,
    language: str,
) -> None:
    page = open_context(size, color_scheme=colours, locale=language).new_page()
    sign_in(page, runners_address)
    page.goto(f"{runners_address}/progress")
    page.locator("[data-open]").click()
    picture = page.locator("[data-drawn] canvas")
    expect(picture).to_be_visible(timeout=DRAWN_WITHIN_MS)
    box = picture.bounding_box()
    assert box is not None
    says = page.locator("[data-says]")
    hint = says.text_content()
    # The bars of the distance fill the middle of the picture: one of them is under the pointer.
    for share in (0.56, 0.58, 0.6, 0.62, 0.64):
        picture.hover(position={"x": 0.6 * box["width"], "y": share * box["height"]})
    expect(says).not_to_have_text(str(hint))
    assert "km: " in str(says.text_content())
    assert not problems(page)
    assert not seen.troubles
