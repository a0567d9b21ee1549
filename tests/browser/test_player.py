"""The player in a real browser: sets, sides, rests, and the signals that somebody wanted or not."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.conftest import TODAY, sign_in
from browser.every_way import problems_every_way
from builders.shipped import shipped_knowledge

EXERCISES, PLANS = shipped_knowledge().exercises, shipped_knowledge().plans
REST_S, HELD_S = (
    int(PLANS[each].value) for each in ("rest_between_sets_s", "stretch_before_hold_s")
)
RUN_DAY = date.fromisoformat(TODAY) + timedelta(days=1)
COUNTED, HELD = f"/play/{TODAY}/1", f"/play/{RUN_DAY}/1"
"""A clamshell, counted on each leg; a groin stretch before the run, held on each leg."""

WATCHED = """
window.asked = {awake: 0, vibrated: [], sounded: 0};
Object.defineProperty(navigator, 'wakeLock', {value: {request: async () => {
  asked.awake += 1; return {released: true, release() {}};
}}});
navigator.vibrate = (pattern) => asked.vibrated.push(pattern);
class Ear {
  currentTime = 0;
  createOscillator() {
    const start = () => { asked.sounded += 1; };
    return {frequency: {}, connect: (next) => next, start, stop() {}};
  }
  createGain() {
    const gain = {setValueAtTime() {}, exponentialRampToValueAtTime() {}};
    return {gain, connect: (next) => next};
  }
}
window.AudioContext = Ear;
"""
"""What keeps the screen on, vibrates and sounds, replaced by what counts how often it was asked."""


@pytest.fixture
def player(open_context: Callable[..., BrowserContext], runners_address: str) -> Page:
    """Return a page with a clock of its own whose device only notes what is asked of it."""
    context = open_context()
    context.add_init_script(WATCHED)
    page = context.new_page()
    page.clock.install()
    sign_in(page, runners_address)
    return page


def go(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}{path}")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def turn_is(page: Page, words: str) -> None:
    expect(page.locator("[data-turn]")).to_contain_text(words)


def wants(page: Page, address: str, *options: str) -> None:
    go(page, address, f"/play/{TODAY}")
    for option in options:
        page.locator(f"label:has([data-option={option}])").click()


def test_sets_are_counted_leg_by_leg_with_a_rest_between(
    player: Page, runners_address: str, open_context: Callable[..., BrowserContext]
) -> None:
    go(player, runners_address, COUNTED)
    count = player.locator("[data-count]")
    turn_is(player, "Set 1 of 2, left leg")
    expect(count).to_have_text(str(EXERCISES["clamshell"].dose.repetitions))
    main = player.locator("[data-main]")
    main.focus()
    player.keyboard.press("Enter")
    turn_is(player, "Set 1 of 2, right leg")
    player.keyboard.press("Space")
    turn_is(player, "Next: Set 2 of 2, left leg")
    expect(count).to_have_text(str(REST_S))
    player.clock.run_for(1000 * (REST_S - 10))
    expect(count).to_have_text("10")
    assert not problems_every_way(player, open_context)
    player.clock.run_for(10_400)
    turn_is(player, "Set 2 of 2, left leg")
    expect(main).to_be_focused()
    press(player, "Set done")
    press(player, "Set done")
    turn_is(player, "That was all of it")
    expect(player.locator(".turns .is-done")).to_have_count(4)
    press(player, "One back")
    turn_is(player, "Set 2 of 2, right leg")


def test_either_leg_may_be_first_and_a_rest_may_be_shorter(
    player: Page, runners_address: str
) -> None:
    go(player, runners_address, COUNTED)
    press(player, "Other leg first")
    for words in ("Set 1 of 2, right leg", "Set 1 of 2, left leg"):
        turn_is(player, words)
        press(player, "Set done")
    press(player, "On with it")
    turn_is(player, "Set 2 of 2, right leg")


def test_a_page_that_comes_back_goes_on_where_it_was(player: Page, runners_address: str) -> None:
    go(player, runners_address, COUNTED)
    press(player, "Set done")
    player.reload()
    turn_is(player, "Set 1 of 2, right leg")
    press(player, "Set done")
    player.reload()
    turn_is(player, "Next: Set 2 of 2, left leg")
    go(player, runners_address, HELD)
    turn_is(player, "Left leg")
    press(player, "Start")
    player.clock.run_for(8_000)
    player.reload()
    left_s = HELD_S - 8
    expect(player.locator("[data-count]")).to_have_text(str(left_s))
    press(player, "Go on")
    player.clock.run_for(1000 * left_s + 400)
    turn_is(player, "Right leg")
    # Another day begins anew, and the day before is gone from the device.
    assert TODAY not in str(player.evaluate("localStorage.getItem('sidestep.play')"))


@pytest.mark.parametrize("is_wanted", [True, False])
def test_the_device_is_asked_for_what_is_wanted_and_for_nothing_else(
    player: Page, runners_address: str, is_wanted: bool
) -> None:
    if is_wanted:
        wants(player, runners_address, "awake", "sound", "vibration")
    go(player, runners_address, HELD)
    press(player, "Start")
    before = player.evaluate("asked")
    player.clock.run_for(1000 * HELD_S + 400)
    press(player, "Change sides")
    player.clock.run_for(1000 * HELD_S + 400)
    turn_is(player, "That was all of it")
    after = player.evaluate("asked")
    once = int(is_wanted)
    assert before == {"awake": once, "vibrated": [], "sounded": 0}
    assert after["awake"] == once
    assert after["sounded"] == 2 * once
    assert len(after["vibrated"]) == 2 * once
    assert after["vibrated"][1:] == [[180, 90, 180]] * once
    player.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert player.evaluate("asked.awake") == 2 * once


def test_without_scripts_the_sets_are_a_list(
    open_context: Callable[..., BrowserContext], player: Page, runners_address: str
) -> None:
    plain = open_context(java_script_enabled=False, storage_state=player.context.storage_state())
    page = plain.new_page()
    go(page, runners_address, COUNTED)
    sets = page.get_by_role("list", name="Sets").get_by_role("listitem")
    expect(sets).to_have_count(4)
    expect(sets.nth(1)).to_contain_text("Set 1 of 2, right leg: 12 times")
    expect(page.locator("[data-live]")).to_be_hidden()
    expect(page.get_by_text(f"Rest about {REST_S} seconds")).to_be_visible()
    page.get_by_role("button", name="Done, next").click()
    page.wait_for_url("**/2")
