"""Every page in a real browser: nothing from elsewhere, nothing too wide, axe finds nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from browser.axe import problems
from browser.conftest import DESK, PHONE, PLANNED_ON, TODAY, Seen, sign_in
from browser.every_way import is_too_wide_by_px
from sidestep.web.language import LANGUAGES

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
    "/week",
    "/week/ahead",
    f"/week/{PLANNED_ON}/review",
    "/check-in",
    f"/play/{TODAY}",
    f"/play/{TODAY}/1",
    "/more",
    "/knee",
    "/knee/place",
    "/knee/questions?at=beliefs",
    "/knee/result",
    "/ask",
    "/settings",
    "/connect",
    "/progress",
    "/mirror",
    "/clips",
    "/clips/new/run",
    "/clips/new/squat",
)


def look_at(page: Page, address: str, paths: tuple[str, ...]) -> None:
    for path in paths:
        answer = page.goto(f"{address}{path}")
        assert answer is not None
        assert answer.status == 200, path
        assert is_too_wide_by_px(page) <= 0, path
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
